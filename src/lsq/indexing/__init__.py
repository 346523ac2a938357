"""The first flow as code: files → readers → repair → extract → words → an engine.

files       which files are meant by the paths a user names
scan        the files compared with the index, both in the order of their paths
extraction  one file: read, repaired, its articles extracted
workers/    extraction in several watched processes
indexer     an update or a rebuild of an index
viewer      the same as far as articles, for `lsq show`
copier      an index from one engine to another, without the files
"""

from typing import NamedTuple


class Progress(NamedTuple):
    """How far an update has come, in bytes of the files that have to be read.

    Attributes:
        done: those of files read, and of recognised pages in others.
        total: of all.
        page: the page recognised last, and of how many; None for none.
        writing: all is read, and is being written.
    """

    done: int
    total: int
    page: tuple[int, int] | None = None
    writing: bool = False
