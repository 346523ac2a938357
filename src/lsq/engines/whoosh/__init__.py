"""The postings of an index in a folder, as Whoosh's files. The only package that knows Whoosh.

library                     the parts of Whoosh used to write: schema, files sealed and synced
commit, segment_file, columns    Whoosh's files, read without importing it
affixes                     words by how they begin or end
transaction                 documents in, files out, a commit
segments, postings, terms   written in bulk, merged

`WhooshStore`, here, is the store for `lsq.engines.folder`. Modules that only a writer needs,
Whoosh above all, are imported there.
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
