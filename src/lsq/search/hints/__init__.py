"""What would help when a search finds nothing. Loaded only then.

hints        what no article has, how to spell it, and what finds more
corrections  a part of a query with a near word of the index in it: same sound, or one edit apart
"""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from lsq.engines import Engine
from lsq.query import And, Chunk, Literal, Or, Query, Spelled, positive_parts
from lsq.query.unparse import unparse
from lsq.search.request import SearchRequest, to_query
from lsq.search.understood import understood

if TYPE_CHECKING:
    from lsq.search.hints.corrections import Correction

# How many of the parts that no article has are told, and of how many near spellings are
# looked for, which takes a tenth of a second each; and of how many parts, and words of such
# a part, it is tried whether articles have them.
PARTS: Final = 5
CORRECTED: Final = 2
TRIED: Final = 20


class Missing(NamedTuple):
    """A part of a query that no article has.

    Attributes:
        query: the part, as it can be typed.
        words: those of its words that no article has either, of a pasted text not all;
            none where it is but one.
        corrections: what articles do have that is much like it, the likeliest first.
    """

    query: str
    words: tuple[str, ...]
    corrections: tuple["Correction", ...]


class Hints(NamedTuple):
    """What would help.

    Attributes:
        missing: what of the query no article has, where that says more than that nothing
            was found.
        with_any: how many articles match if not all of the query need apply; 0 if that
            is so already.
        unfiltered: how many match without what limits the search from outside; 0 if
            nothing does.
    """

    missing: tuple[Missing, ...]
    with_any: int
    unfiltered: int


def hints(engine: Engine, request: SearchRequest) -> Hints:
    """What would help for a search that finds nothing.

    Raises what `lsq.search.searcher.search` does.
    """
    cut = engine.segmenter.query_words
    filters, any_word = request.filters, request.any_word
    asked = to_query(request._replace(filters=None), cut)
    parts = list(dict.fromkeys(_missing(engine, asked)))[:PARTS]
    missing = tuple(_told(engine, parts))
    if parts == [asked] and not (filters or missing[0].words or missing[0].corrections):
        missing = ()  # that nothing was found says as much
    with_any = (
        0 if any_word else engine.count(understood(engine, request._replace(any_word=True)).tree)
    )
    return Hints(
        missing=missing,
        with_any=with_any,
        unfiltered=engine.count(asked) if filters else 0,
    )


def _missing(engine: Engine, query: Query) -> Iterator[Query]:
    """What of a query no article satisfies: runs and literals, or else the whole part."""
    for part in islice(_side_by_side(query), TRIED):
        if not engine.count(part):
            none = [_as_typed(one) for one in _terms(part) if not engine.count(one)]
            yield from none or [part]


def _terms(query: Query) -> Iterator[Query]:
    """The runs and literals that speak for an article, each with all its spellings."""
    match query:
        case Literal() | Chunk() | Spelled():
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from _terms(part)
        case _:
            yield from (one for one in positive_parts(query) if isinstance(one, Literal | Chunk))


def _as_typed(term: Query) -> Query:
    return term.parts[0] if isinstance(term, Spelled) else term


def _side_by_side(query: Query) -> Iterator[Query]:
    """The parts that must all be satisfied."""
    for part in query.parts if isinstance(query, And) else (query,):
        yield from _side_by_side(part) if isinstance(part, And) else (part,)


def _told(engine: Engine, parts: list[Query]) -> Iterator[Missing]:
    terms = [part for part in parts if isinstance(part, Literal | Chunk)]
    having = dict(engine.words()) if terms else {}
    for part in parts:
        words: tuple[str, ...] = ()
        corrections: tuple[Correction, ...] = ()
        if isinstance(part, Chunk) and part.words != (part.text,):
            # What is no word of the index may yet stand in its texts.
            unknown = [word for word in part.words if word not in having][:TRIED]
            words = tuple(word for word in unknown if not engine.count(Literal(word)))
        if isinstance(part, Literal | Chunk) and part in terms[:CORRECTED]:
            from lsq.search.hints.corrections import corrected

            corrections = corrected(engine, part, having)
        yield Missing(unparse(part), words, corrections)
