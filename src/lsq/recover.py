"""What lsq recovers of a file: file → reader → lines → repair → paragraphs → extract.

Knows nothing of indexes: the same articles are shown, indexed or counted.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lsq.errors import ReadError
from lsq.extract import extract
from lsq.messages import _
from lsq.model import Article
from lsq.readers import Begin, load, read_data
from lsq.repair import repair


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a file holds.

    Attributes:
        articles: all that could be read, in the order of the file.
        failures: what could not: the file, members of an archive, pages.
        digest: of the file's content; empty if there was no reading it.
    """

    articles: tuple[Article, ...]
    failures: tuple[ReadError, ...]
    digest: str


def recover(path: str) -> Recovered:
    """Recover the articles of the file at `path`, an archive or a single bulletin."""
    try:
        data = load(path)
    except ReadError as error:
        return Recovered((), (error,), "")
    articles: list[Article] = []
    failures: list[ReadError] = []
    for found in recover_data(path, data):
        if isinstance(found, ReadError):
            failures.append(found)
        else:
            articles.append(found)
    return Recovered(tuple(articles), tuple(failures), digest(data))


def recover_data(
    path: str, data: bytes, begin: Begin = lambda *_: None
) -> Iterator[Article | ReadError]:
    """The articles of a file whose content, `data`, is at hand, and what cannot be read.

    One bulletin after the other; `begin` is told as by `lsq.readers.read_data`.
    """
    for bulletin in read_data(path, data, begin):
        if isinstance(bulletin, ReadError):
            yield bulletin
            continue
        yield from extract(bulletin, repair(bulletin))
        if bulletin.missing:
            yield ReadError(bulletin.path, bulletin.missing)


def digest(data: bytes) -> str:
    """Tells the content of a file from others: BLAKE2b (RFC 7693), 16 bytes, in hex."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def recover_named(name: str) -> Recovered:
    """Recover what a user names: a file, a member of an archive, or an article's id.

    Args:
        name: `path`, `archive/member`, or either with `#` and an article's ordinal.

    Raises:
        ReadError: there is no such file, member or article.
    """
    if Path(name).is_file():
        return recover(name)
    path, mark, ordinal = name.rpartition("#")
    if not (mark and path and ordinal.isdecimal()):
        path, ordinal = name, ""
    source = next((str(p) for p in (Path(path), *Path(path).parents) if p.is_file()), None)
    if source is None:
        raise ReadError(name, _("no such file; name a file, or an article as lsq search does"))
    whole = recover(source)
    inside = Path(path) != Path(source)
    articles = tuple(
        article
        for article in whole.articles
        if (not inside or Path(article.path) == Path(path))
        and (not ordinal or article.ordinal == int(ordinal))
    )
    failures = tuple(
        failure for failure in whole.failures if not inside or Path(failure.path) == Path(path)
    )
    if not (articles or failures):
        raise ReadError(
            name,
            _("{source} has no such article; lsq show {source} shows all it has").format(
                source=source
            ),
        )
    return Recovered(articles, failures, whole.digest)
