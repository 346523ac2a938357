"""Whoosh's files as lsq writes them: sealed, and on the disk before a commit names them."""

import errno
import os
from pathlib import Path
from typing import Any

from lsq.disk import change, create
from lsq.engines.folder.durable import sync
from lsq.engines.folder.sealed import seal
from lsq.engines.paths import without_dots
from lsq.engines.whoosh.commit import INDEX_NAME
from lsq.engines.whoosh.library import TOC, FileStorage, StructFile, random_name
from lsq.engines.whoosh.schema import SCHEMA


class DurableStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """A folder in which what is renamed, a commit, is sealed and has reached the disk.

    Attributes:
        addition: what stands in a commit after what Whoosh has written, and reads.
    """

    addition = b""

    def __init__(self, folder: str) -> None:
        super().__init__(without_dots(folder))  # which it makes absolute without looking

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
        """Give a file its name, after its content and before the folder's list is synced."""
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
