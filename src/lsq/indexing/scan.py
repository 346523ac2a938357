"""Compare the files below folders with the index, both in the order of their paths.

Unchanged files are only counted, so an update of an unchanged index takes no memory for its
files. This needs an index that returns its files in that order, and folders without links,
which give a file several paths. In all other cases, all files are held in memory.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from lsq.engines import Engine, Stamp
from lsq.engines.paths import real_path
from lsq.engines.stamps import has_notes, has_stamp, read_of, to_stamp, unread_of
from lsq.indexing.files import Files, beginning, files_at, names_below, stamp_of, walk
from lsq.readers import ocr
from lsq.readers.names import is_utf8

# No path is greater.
_END = "\U0010ffff"


@dataclass(slots=True)
class View:
    """The files found and the files in the index.

    Attributes:
        files: the files found.
        indexed: the files in the index.
        unread: the files that the index records as skipped or never readable.
        total: the number of files in the index, as far as it is known.
        same: the number of unchanged files that `files` and `indexed` lack.
        is_whole: whether they lack none.
    """

    files: Files
    indexed: dict[str, Stamp] = field(default_factory=dict)
    unread: dict[str, Stamp] = field(default_factory=dict)
    total: int = 0
    same: int = 0
    is_whole: bool = True


def scan(engine: Engine, roots: Sequence[str]) -> View:
    """Find the files at and below `roots`, and those of the index.

    Args:
        engine: the engine of the index.
        roots: files and folders, relative to the current folder.
    """
    if view := _merged(engine, roots):
        return view
    files, stamps = files_at(roots), engine.stamps()
    indexed = read_of(stamps)
    return View(files, indexed, unread_of(stamps), total=len(indexed))


def _merged(engine: Engine, roots: Sequence[str]) -> View | None:
    """Scan without keeping unchanged files; None if all files are needed."""
    if not _are_apart(roots):
        return None
    streams = [engine.files_below(root) for root in roots]
    if streams and streams[0] is None:
        return None
    view = View(Files(), unread=engine.unread(), is_whole=False)
    # An unchanged archive must be kept if it has unread members, which stay with it.
    archives = {str(parent) for path in view.unread for parent in PurePath(path).parents}
    for root, stream in zip(roots, streams, strict=True):
        if stream is None or not _merge(root, stream, view, archives):
            return None
    files = view.files
    gone = [path for path in view.indexed if path not in files.stamps]
    # If half of the files may be lost, all others are needed to detect moved ones.
    if files.failures or files.unseen or 2 * len(gone) > view.total or any(map(_is_linked, gone)):
        return None
    return view


def _are_apart(roots: Sequence[str]) -> bool:
    """Whether all roots are folders, none behind a link or inside another."""
    before = ""
    for path in sorted(os.path.join(os.path.abspath(root), "") for root in roots):
        folder = path.removesuffix(os.sep) or path
        if not os.path.isdir(folder) or real_path(folder) != folder:
            return False
        if before and path.startswith(before):
            return False
        before = path
    return True


def _is_linked(path: str) -> bool:
    """Whether a file exists at a path that leads through a link."""
    return os.path.lexists(path) and real_path(path) != os.path.abspath(path)


def _merge(
    root: str, indexed: Iterator[tuple[str, str, bytes]], view: View, archives: set[str]
) -> bool:
    """Compare the files below a folder with those in the index.

    Args:
        root: the folder.
        indexed: see `lsq.engines.Engine.files_below`.
        view: receives the files that differ.
        archives: files to add to it even if they are unchanged.

    Returns:
        Whether the comparison was possible.
    """
    here, can_recognise = beginning(root), ocr.is_active()
    called = names_below(root)
    is_empty = True

    def known(source: str, packed: bytes) -> None:
        path = called(here + (source if os.sep == "/" else source.replace("/", os.sep)))
        view.total += path not in view.indexed
        view.indexed[path] = to_stamp(packed)

    end = (_END, _END, b"")
    path, source, packed = next(indexed, end)
    for below, is_link in walk(root, view.files):
        if is_link:
            return False
        found = called(below)
        try:
            status = os.stat(below)
        except OSError:  # it has just gone, or cannot be accessed
            return False
        is_empty = False
        name = below[len(here) :]
        if os.sep != "/":
            name = name.replace(os.sep, "/")
        while path < name or source != path:
            # Gone; or a member of an archive, which sorts elsewhere.
            known(source, packed)
            path, source, packed = next(indexed, end)
        stamp = stamp_of(status)
        if path != name:
            if not (found.isascii() or is_utf8(found)):
                return False
            view.files.stamps[found] = stamp
            continue
        # Pages that could not be read before may be recognised now.
        is_noted = can_recognise and has_notes(packed)
        if has_stamp(packed, stamp) and not is_noted and found not in archives:
            view.total += 1
            view.same += 1
        else:
            view.files.stamps[found] = stamp
            known(source, packed)
        path, source, packed = next(indexed, end)
    while path is not _END:
        known(source, packed)
        path, source, packed = next(indexed, end)
    return not is_empty
