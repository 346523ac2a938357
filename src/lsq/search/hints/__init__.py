"""Suggest queries when a search finds nothing. Loaded only then.

hints        what no article contains, how to spell it, and what finds more
corrections  a part of a query with a similar word of the index: same sound, or one edit apart
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from lsq.engines import Engine
from lsq.query import And, Chunk, Literal, Or, Query, Spelled, positive_parts
from lsq.query.unparse import unparse
from lsq.search.request import SearchRequest, to_query
from lsq.search.understood import understood

if TYPE_CHECKING:
    from lsq.search.hints.corrections import Correction

# How many of the parts that no article contains are reported; for how many of these similar
# spellings are searched, which takes some hundredths of a second; and how many parts, and words
# of such a part, are looked up.
PARTS: Final = 5
CORRECTED: Final = 2
TRIED: Final = 20
# More words than this are looked up by reading all words of the index.
FEW: Final = 50


class Missing(NamedTuple):
    """A part of a query that no article contains.

    Attributes:
        query: the part, as it can be typed.
        words: those of its words that no article contains either, of a pasted text not all;
            none where it is one word.
        corrections: similar strings that articles contain, the likeliest first.
    """

    query: str
    words: tuple[str, ...]
    corrections: tuple["Correction", ...]


class Hints(NamedTuple):
    """Suggestions for a search that finds nothing.

    Attributes:
        missing: the parts that no article contains, where that says more than that nothing was
            found.
        with_any: how many articles match with `any_word`; 0 if the request has it already.
        unfiltered: how many match without the filters; 0 if there are none.
    """

    missing: tuple[Missing, ...]
    with_any: int
    unfiltered: int


def hints(engine: Engine, request: SearchRequest) -> Hints:
    """The suggestions for a search that finds nothing.

    Raises what `lsq.search.searcher.search` does.
    """
    cut = engine.segmenter.query_words
    filters, any_word = request.filters, request.any_word
    asked = to_query(request._replace(filters=None), cut)
    parts = list(dict.fromkeys(_missing(engine, asked)))[:PARTS]
    missing = tuple(_told(engine, parts))
    if parts == [asked] and not (filters or missing[0].words or missing[0].corrections):
        missing = ()  # reporting that nothing was found is enough
    with_any = (
        0 if any_word else engine.count(understood(engine, request._replace(any_word=True)).tree)
    )
    return Hints(
        missing=missing,
        with_any=with_any,
        unfiltered=engine.count(asked) if filters else 0,
    )


def _missing(engine: Engine, query: Query) -> Iterator[Query]:
    """The parts of a query that no article satisfies: runs and literals, or else a whole part."""
    for part in islice(_side_by_side(query), TRIED):
        if not engine.count(part):
            none = [_as_typed(one) for one in _terms(part) if not engine.count(one)]
            yield from none or [part]


def _terms(query: Query) -> Iterator[Query]:
    """The scored runs and literals, each with all its spellings."""
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
    unknown: dict[Query, list[str]] = {
        part: _unknown(engine, part) for part in terms if isinstance(part, Chunk)
    }
    near: Mapping[str, int] = {}
    if terms:
        from lsq.search.hints.corrections import corrected, words_near

        near = words_near(engine, ((part, unknown.get(part, ())) for part in terms[:CORRECTED]))
    for part in parts:
        words: tuple[str, ...] = ()
        corrections: tuple[Correction, ...] = ()
        if isinstance(part, Chunk) and part.words != (part.text,):
            # A string that is not a word of the index may still occur in its texts.
            some = unknown[part][:TRIED]
            words = tuple(word for word in some if not engine.count(Literal(word)))
        if isinstance(part, Literal | Chunk) and part in terms[:CORRECTED]:
            corrections = corrected(engine, part, unknown.get(part, ()), near)
        yield Missing(unparse(part), words, corrections)


def _unknown(engine: Engine, chunk: Chunk) -> list[str]:
    """The words of a run that the index does not have."""
    if len(chunk.words) > FEW:
        known = dict(engine.words())
        return [word for word in chunk.words if word not in known]
    return [word for word in chunk.words if not engine.doc_freq(word)]
