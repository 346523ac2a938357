"""The parts of Whoosh that write an index; the schema, and a storage that seals and syncs files.

Whoosh has strings with invalid escapes, for which Python warns when it first compiles them; the
warnings are suppressed.
"""

import errno
import os
import warnings
from pathlib import Path
from typing import Any

from lsq.disk import change, create, sync
from lsq.engines.folder.sealed import seal
from lsq.engines.folder.store import BYTES, COLUMNS
from lsq.engines.paths import without_dots
from lsq.engines.whoosh.commit import INDEX_NAME

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import columns, fields, formats
    from whoosh.codec.whoosh3 import W3Codec, W3Segment
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import StructFile
    from whoosh.index import TOC, clean_files
    from whoosh.util import random_name
    from whoosh.util.numeric import length_to_byte

__all__ = [
    "TOC",
    "FileStorage",
    "StructFile",
    "W3Codec",
    "W3Segment",
    "clean_files",
    "columns",
    "fields",
    "formats",
    "length_to_byte",
    "random_name",
]


# In a column of more values than this, the starts of values are stored, 4 bytes each, so that
# a few values can be read without the lengths of all.
_LISTED = 1000


def _words() -> fields.KEYWORD:
    field = fields.KEYWORD(scorable=True)
    # The frequency of a word is the weight of its posting. Positions are not stored: queries that
    # depend on them are decided on the texts.
    field.format = formats.Existence()
    return field


def _bytes() -> columns.VarBytesColumn:
    return columns.VarBytesColumn(write_offsets_cutoff=_LISTED)


def _column(name: str) -> fields.COLUMN:
    if COLUMNS[name] == BYTES:
        return fields.COLUMN(_bytes())
    return fields.COLUMN(columns.NumericColumn(COLUMNS[name]))


SCHEMA = fields.Schema(
    words=_words(),
    # Titles and numbers, normalized: see `lsq.query.keys`.
    names=fields.ID(),
    # Both a term and a column, for users who open the index with Whoosh alone.
    path=fields.ID(sortable=_bytes()),
    **{name: _column(name) for name in COLUMNS if name != "path"},
)


class DurableStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """A folder in which a commit is sealed and synced when Whoosh renames it.

    Attributes:
        addition: bytes to append to Whoosh's content of a commit.
    """

    addition = b""

    def __init__(self, folder: str) -> None:
        super().__init__(without_dots(folder))  # Whoosh would not resolve links before a `..`

    def create_file(
        self,
        name: str,
        excl: bool = False,  # noqa: ARG002  # it always is
        mode: str = "wb",
        **options: Any,
    ) -> StructFile:
        return StructFile(create(self._fpath(name), mode.replace("w", "x")), name=name, **options)

    def temp_storage(self, name: str | None = None) -> "DurableStorage":
        path = self._fpath(name or f"{random_name()}.tmp")
        if os.path.islink(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        return DurableStorage(path).create()  # type: ignore[no-any-return]

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Seal and sync a file, then rename it, then sync the folder."""
        with change(os.path.join(self.folder, oldname)) as file:
            file.seek(0, os.SEEK_END)
            file.write(self.addition)
        seal(os.path.join(self.folder, oldname), newname)
        sync(Path(self.folder, oldname))
        super().rename_file(oldname, newname, safe)
        sync(Path(self.folder))


def commit_nothing(folder: str) -> None:
    """Write the first commit of an index without documents to `folder`."""
    TOC(SCHEMA, [], 0).write(DurableStorage(folder), INDEX_NAME)
