"""The postings and columns of an index in a folder, in Whoosh's files.

The only package that knows Whoosh, which only writers import:

    commit        reads the table of contents: the segments of a commit
    segment_file  reads a segment: terms and postings
    columns       reads its columns
    affixes       finds words by their beginnings and endings
    library       the parts of Whoosh that write: schema, sealed and synced files
    transaction   writes documents, and commits
    segments      writes and merges segments
    postings      writes posting lists in bulk
    terms         writes the terms in bulk

`WhooshStore`, here, is the store for `lsq.engines.folder`.
"""

import os
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from lsq.engines.folder.mark import Mark
from lsq.engines.folder.store import Commit, SegmentInfo
from lsq.engines.whoosh.commit import INDEX_NAME, last_commit, read_commit
from lsq.engines.whoosh.segment_file import SegmentFile

if TYPE_CHECKING:
    from lsq.engines.whoosh.transaction import WhooshTransaction

_FILE = re.compile(rf"_?{INDEX_NAME}_\w+\..*")


class WhooshStore:
    """An `lsq.engines.folder.store.Store` of Whoosh's files."""

    name = "whoosh"

    def owns(self, file: str) -> bool:
        return _FILE.fullmatch(file) is not None

    def commit_nothing(self, data: str) -> None:
        from lsq.engines.whoosh.library import commit_nothing

        commit_nothing(data)

    def read_commit(self, data: str) -> Commit:
        return read_commit(data)

    def committed(self, data: str) -> float:
        return os.stat(last_commit(data)).st_mtime

    def open_segment(self, data: str, segment: SegmentInfo) -> SegmentFile:
        return SegmentFile(data, segment)

    def transaction(
        self, mark: Mark, location: str, documents: Callable[[str], Sequence[tuple[str, int]]]
    ) -> "WhooshTransaction":
        from lsq.engines.whoosh.transaction import WhooshTransaction

        return WhooshTransaction(mark, location, documents)
