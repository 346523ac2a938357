"""What lsq recovers from a file, and bars for the share of it that is right."""

import logging
import re
from pathlib import Path

from benchmarks.bars import Bar
from benchmarks.tables import share
from lsq.errors import ReadError
from lsq.extract import extract
from lsq.model import Article, Bulletin
from lsq.readers import load, read_data
from lsq.repair import repair
from lsq.text.fold import fold

_SHARE = "{:.1%}".format
_LOG = logging.getLogger(__name__)


def read(path: Path) -> Bulletin:
    """Read the only bulletin in a file.

    Raises:
        ReadError: it cannot be read.
    """
    (found,) = read_data(str(path), load(str(path)))
    if isinstance(found, ReadError):
        raise found
    return found


def read_all(path: Path) -> tuple[Article, ...]:
    """Read the articles of all sheets, records or members of a file.

    Raises:
        ReadError: nothing in it can be read.
    """
    articles: list[Article] = []
    refused: ReadError | None = None
    for found in read_data(str(path), load(str(path))):
        if isinstance(found, ReadError):
            refused = refused or found
        else:
            articles.extend(articles_of(found))
    if refused and not articles:
        raise refused
    return tuple(articles)


def articles_of(bulletin: Bulletin) -> tuple[Article, ...]:
    """The measured part of lsq: from a bulletin to its articles."""
    return extract(bulletin, repair(bulletin))


def key(value: str | None) -> str:
    """A key that is equal for two spellings of the same title or number."""
    return re.sub(r"\s", "", fold(value or ""))


def at_least(what: str, hits: int, total: int, wanted: float | None) -> Bar:
    """The bar for a count of a total, with a minimum share."""
    value = hits / total if total else None
    return Bar(what, value, wanted, None, _SHARE, at_least=True, told=share(hits, total))


def at_most(what: str, hits: int, total: int, borne: float) -> Bar:
    """The bar for a count of a total, with a maximum share."""
    value = hits / total if total else None
    return Bar(what, value, borne, None, _SHARE, told=share(hits, total))


def fail(what: str, *details: object) -> None:
    """Report a failure, if failures are reported."""
    _LOG.info(" | ".join(map(str, (what, *details))))
