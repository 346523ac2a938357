"""Quote an article: the source, with the requested sentences or paragraphs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Self

from lsq.engines import Engine
from lsq.errors import PlaceError
from lsq.hit import Snippet
from lsq.messages import _
from lsq.model import Article
from lsq.query import parse
from lsq.relations.citations import named_article
from lsq.search.explain import find_article
from lsq.search.snippets.cuts import sentences

_PLACE: Final = re.compile(r"(?P<page>[pP]?)(?P<first>\d{1,9})(?:-[pP]?(?P<last>\d{1,9}))?")


class Quotation(NamedTuple):
    """An article and passages of it.

    Attributes:
        article: the article.
        passages: paragraphs and sentences, each once.
    """

    article: Article
    passages: tuple[Snippet, ...] = ()


class Stretch(NamedTuple):
    """A range of lines, of rows of a sheet, or of pages.

    Attributes:
        first: the first, from 1.
        last: the last.
        paged: whether it is of pages.
    """

    first: int
    last: int
    paged: bool = False

    @classmethod
    def of(cls, text: str) -> Self:
        """Parse a range such as `43`, `43-50`, `p3` or `p3-p5`.

        Raises:
            PlaceError: it is invalid.
        """
        found = _PLACE.fullmatch(text)
        if found:
            first = int(found["first"])
            last = int(found["last"] or first)
            if 0 < first <= last:
                return cls(first, last, bool(found["page"]))
        raise PlaceError(
            _(
                "{place!r} is no place; write a line, 43, lines, 43-50, or pages, p3 or p3-p5"
            ).format(place=text)
        )


def quotation(
    engine: Engine,
    name: str,
    match: str | None = None,
    *,
    around: int = 0,
    places: Sequence[Stretch] = (),
) -> Quotation:
    """An article of the index, and passages of it.

    Args:
        engine: the index.
        name: an id, a number or a title.
        match: a query; the sentences that it finds are quoted.
        around: how many sentences before and after these.
        places: the paragraphs in any of these are quoted.

    Raises:
        UnknownIdError: there is no such article.
        AmbiguousNameError: there are several.
        QueryError: `match` is invalid.
        PlaceError: the places are lines but the article has pages, or the other way round.
    """
    article = named_article(engine, name)
    passages = list(_paragraphs_at(article, places)) if places else []
    if match is not None:
        tree = parse(match, engine.segmenter.query_words)
        (stored,) = engine.found([find_article(engine, article.id)])
        found = sentences(around, None)(stored, tree)
        passages += (one for one in found if one.highlights)
    return Quotation(article, tuple(dict.fromkeys(passages)))


def _paragraphs_at(article: Article, places: Iterable[Stretch]) -> Iterator[Snippet]:
    """The paragraphs in any of the places."""
    wanted = list(places)
    for one in wanted:
        if one.paged != article.paged:
            message = (
                _("{id} has pages, not lines; write p{number}")
                if article.paged
                else _("{id} has lines, not pages; write {number}")
            )
            raise PlaceError(message.format(id=article.id, number=one.first))
    offset = len(article.title or "") + 1
    for text, place in article.paragraphs():
        first = article.places.at(offset)
        last = article.places.at(offset + max(len(text) - 1, 0))
        if text and any(one.first <= last and first <= one.last for one in wanted):
            yield Snippet(text, place)
        offset += len(text) + 1
