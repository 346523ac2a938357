"""Indexing: files → readers → repair → extract → words → an engine.

files       find the files at and below the paths that a user names
scan        compare the files with the index, both in the order of their paths
changes     find changed, moved, skipped and failed files
losses      find deleted files, and keep those of an unmounted disk
extraction  read and repair one file, and extract its articles
workers/    extraction in several watched processes
indexer     update or rebuild an index
viewer      extract articles without an index, for `lsq show`
copier      copy an index to another engine, without the files
watching    wait for changes of files, for `lsq index --watch`
"""

from typing import NamedTuple


class Progress(NamedTuple):
    """The progress of an update, in bytes of the files to read.

    Attributes:
        done: the bytes of files read, and of recognised pages in others.
        total: the bytes of all files.
        page: the number of the page recognised last, and of pages in its file; or None.
        writing: whether all files are read, and the index is being written.
    """

    done: int
    total: int
    page: tuple[int, int] | None = None
    writing: bool = False
