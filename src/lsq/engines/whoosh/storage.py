"""Whoosh's files as lsq writes them: sealed, and on the disk before a commit names them."""

import os
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from lsq.engines.folder.durable import sync
from lsq.engines.folder.layout import INDEX_NAME
from lsq.engines.folder.sealed import seal
from lsq.engines.whoosh.schema import SCHEMA


class DurableStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """A folder in which what is renamed, a commit, is sealed and has reached the disk.

    Attributes:
        addition: what stands in a commit after what Whoosh has written, and reads.
    """

    addition = b""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Give a file its name, after its content and before the folder's list is synced."""
        with open(os.path.join(self.folder, oldname), "ab") as file:
            file.write(self.addition)
        seal(os.path.join(self.folder, oldname), newname)
        sync(Path(self.folder, oldname))
        super().rename_file(oldname, newname, safe)
        sync(Path(self.folder))


def commit_nothing(folder: str) -> None:
    """Write the first commit of an index without documents to `folder`."""
    TOC(SCHEMA, [], 0).write(DurableStorage(folder), INDEX_NAME)
