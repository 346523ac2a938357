"""From files to an index: file → reader → repair → extract → segment → engine.

Files that have not changed since they were indexed are left alone, files that are
gone are dropped, a file that cannot be read is reported and the rest goes on.
"""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lsq.engines import Engine, Stamp, is_index
from lsq.errors import ReadError
from lsq.extract import extract
from lsq.fold import fold
from lsq.model import Article
from lsq.readers import is_readable, read
from lsq.repair import repair
from lsq.segment import Segmenter

# A word in the title counts as often as this in the body (BM25F's field weight in
# its simple form: Robertson, Zaragoza, Taylor, "Simple BM25 Extension to Multiple
# Weighted Fields", 2004).
TITLE_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Summary:
    """What an update did; all but `articles` count files.

    Attributes:
        added: were not in the index.
        replaced: had changed.
        unchanged: had not.
        dropped: are gone, and so from the index.
        failures: could not be read, and why; what the index had of them it keeps.
        articles: how many articles the index holds now.
        seconds: how long it took.
    """

    added: int
    replaced: int
    unchanged: int
    dropped: int
    failures: tuple[ReadError, ...]
    articles: int
    seconds: float


def update(engine: Engine, segmenter: Segmenter, paths: Iterable[str]) -> Summary:
    """Bring the index up to date with the files at and below `paths`.

    Raises:
        LockedError, StorageError: the index cannot be written to; it is as it was.
    """
    started = time.monotonic()
    failures: list[ReadError] = []
    roots = [os.path.relpath(path) for path in paths]
    added = replaced = unchanged = 0
    with engine.update() as changes:
        indexed = engine.stamps()
        seen = dict(_files(roots, failures))
        for path, stamp in seen.items():
            if indexed.get(path) == stamp:
                unchanged += 1
                continue
            try:
                articles = articles_of(path)
            except ReadError as error:
                failures.append(error)
                continue
            changes.replace(path, stamp, ((each, words_of(each, segmenter)) for each in articles))
            replaced += path in indexed
            added += path not in indexed
        gone = [path for path in indexed if path not in seen and _is_gone(path, roots)]
        for path in gone:
            changes.drop(path)
    return Summary(
        added=added,
        replaced=replaced,
        unchanged=unchanged,
        dropped=len(gone),
        failures=tuple(failures),
        articles=engine.article_count(),
        seconds=time.monotonic() - started,
    )


def articles_of(path: str) -> tuple[Article, ...]:
    """The articles of the file at `path`.

    Raises:
        ReadError: it cannot be read.
    """
    bulletin = read(path)
    return extract(bulletin, repair(bulletin))


def words_of(article: Article, segmenter: Segmenter) -> Sequence[str]:
    """The words an article is found and ranked by, those of the title repeated."""
    title = list(segmenter.document_words(fold(article.title or "")))
    return [*title * TITLE_WEIGHT, *segmenter.document_words(fold(article.body))]


def _files(roots: Iterable[str], failures: list[ReadError]) -> Iterator[tuple[str, Stamp]]:
    """The files at and below `roots` that lsq reads, in a stable order."""
    for root in roots:
        if Path(root).is_dir():
            found: Iterable[str] = filter(is_readable, _walk(root, failures))
        else:
            found = [root]
        for path in found:
            try:
                status = Path(path).stat()
                path.encode()
            except UnicodeEncodeError:
                name = os.fsencode(path).decode("utf-8", "backslashreplace")
                failures.append(ReadError(name, "its name is not UTF-8; rename it"))
            except OSError as error:
                failures.append(ReadError(path, error.strerror or str(error)))
            else:
                yield path, Stamp(status.st_size, status.st_mtime_ns)


def _walk(root: str, failures: list[ReadError]) -> Iterator[str]:
    """All files below a folder but hidden ones and those of indexes; follows no links."""

    def cannot_list(error: OSError) -> None:
        failures.append(ReadError(str(error.filename), error.strerror or str(error)))

    for folder, subfolders, names in os.walk(root, onerror=cannot_list):
        subfolders[:] = sorted(
            name
            for name in subfolders
            if not name.startswith(".") and not is_index(os.path.join(folder, name))  # noqa: PTH118  # as strings: Path would drop "./" and cost time
        )
        for name in sorted(names):
            if not name.startswith("."):
                yield os.path.relpath(os.path.join(folder, name))  # noqa: PTH118  # likewise


def _is_gone(path: str, roots: Iterable[str]) -> bool:
    """Whether an indexed file should have been found below one of `roots`.

    A root that is itself gone says nothing: it may be a disk that is not mounted.
    """
    return any(Path(root).is_dir() and Path(path).is_relative_to(root) for root in roots)
