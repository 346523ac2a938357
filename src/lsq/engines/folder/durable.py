"""Bring files to the disk, so that a commit never names what a power cut takes away."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Bring a file, or a folder's list of files, to the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no such thing for folders
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
