"""Bring files to the disk, so that a commit never names what a power cut takes away."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Bring a file, or a folder's list of files, to the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no such thing for folders
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
