"""Bring files to the disk, so that a commit never names what a power cut takes away."""

import os
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from lsq.engines.whoosh.sealed import seal


def sync(path: Path) -> None:
    """Bring a file, or a folder's list of files, to the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no such thing for folders
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
