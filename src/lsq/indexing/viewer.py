"""Read the articles that a user names: name → file → reader → repair → extract.

Independent of indexes: returns the articles that an index would contain.
"""

import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lsq.errors import ReadError
from lsq.indexing.extraction import Recovered, drawn, itself, pictured
from lsq.indexing.workers import work
from lsq.messages import _
from lsq.model import Article, OcrMode
from lsq.readers.names import actual

if TYPE_CHECKING:
    from lsq.readers.drawn_page import Facsimile


class _Wanted(NamedTuple):
    """A parsed name.

    Attributes:
        name: as the user gave it.
        source: the file, or the archive that contains the bulletin.
        member: the path of the bulletin in an archive; None for the whole file.
        ordinal: the number of the article in its bulletin; None for all.
    """

    name: str
    source: str
    member: Path | None
    ordinal: str | None


def view(names: Iterable[str], mode: OcrMode = "auto") -> Iterator[Article | ReadError]:
    """Read the named articles; yields them and the errors in the order of the names.

    Another process reads each file once, with the bounds of an index run.

    Args:
        names: each `path`, `archive/member`, or either with `#` and an article's ordinal.
        mode: which pages to recognise.

    Raises:
        WorkerError: a process cannot be started.
    """
    wanted = [_wanted(name) for name in names]
    sources = dict.fromkeys(each.source for each in wanted if isinstance(each, _Wanted))
    files = [(source, _size(source)) for source in sources]
    recovered = {whole.path: whole for whole in work(files, itself, 1, mode)}
    for each in wanted:
        if isinstance(each, ReadError):
            yield each
        else:
            yield from _chosen(each, recovered[each.source])


def pictures(names: Iterable[str], mode: OcrMode = "auto") -> Iterator[str | ReadError]:
    """Draw the pages of files as lsq sees them: an SVG for each file, in the order of the names.

    Args:
        names: the files.
        mode: which pages to recognise.

    Raises:
        WorkerError: a process cannot be started.
    """
    files = [(name, _size(name)) for name in names]
    for each in work(files, str, jobs=1, mode=mode, task=drawn):
        yield from each.articles
        yield from each.failures


def facsimile(name: str, number: int, mode: OcrMode = "auto") -> "Facsimile":
    """Draw a page of the file of an article.

    Another process reads it, with the bounds of an index run.

    Args:
        name: the id of the article.
        number: the number of the page, from 1.
        mode: which pages to recognise.

    Raises:
        ReadError: it cannot be drawn.
        WorkerError: a process cannot be started.
    """
    wanted = _wanted(name)
    if isinstance(wanted, ReadError):
        raise wanted
    files = [(wanted.source, _size(wanted.source))]
    task = partial(pictured, wanted.member, number)
    unused: Any = str  # the task converts no articles
    whole: Recovered[Facsimile] = next(iter(work(files, unused, 1, mode, task=task)))
    for failure in whole.failures:
        raise failure
    return whole.articles[0]


def _is_file(path: Path) -> bool:
    return os.path.isfile(actual(str(path)))


def _wanted(name: str) -> _Wanted | ReadError:
    if _is_file(Path(name)):
        return _Wanted(name, name, None, None)
    path, mark, ordinal = name.rpartition("#")
    if not (mark and path and ordinal.isdecimal()):
        path, ordinal = name, ""
    source = next((str(p) for p in (Path(path), *Path(path).parents) if _is_file(p)), None)
    if source is None:
        return ReadError(
            name, _("no such file; name a file, or an article by the id that lsq search prints")
        )
    member = None if Path(path) == Path(source) else Path(path)
    return _Wanted(name, source, member, ordinal or None)


def _size(path: str) -> int:
    try:
        return os.path.getsize(actual(path))
    except OSError:
        return 0  # just deleted; reading it reports that


def _chosen(wanted: _Wanted, whole: Recovered[Article]) -> Iterator[Article | ReadError]:
    """Select the requested articles and errors of a file."""
    name, source, member, ordinal = wanted
    articles = [
        article
        for article in whole.articles
        if member in {None, Path(article.path)} and ordinal in {None, str(article.ordinal)}
    ]
    failures = [
        failure
        for failure in whole.failures
        if member in {None, Path(failure.path)} or not whole.digest
    ]
    yield from articles
    yield from failures
    if not (articles or failures or (member is None and ordinal is None)):
        yield ReadError(
            name,
            _("{source} has no such article; lsq show {source} shows all its articles").format(
                source=source
            ),
        )
