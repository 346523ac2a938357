"""Suggest queries when a search finds nothing. Loaded only then.

hints        parts that no article contains, and queries that find something
corrections  similar strings in the articles: with the same sound, or one edit apart
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from lsq.engines import Engine
from lsq.query import And, Chunk, Literal, Or, Query, Spelled, positive_parts
from lsq.query.unparse import unparse
from lsq.search.request import SearchRequest, to_query
from lsq.search.rewrite import rewrite

if TYPE_CHECKING:
    from lsq.search.hints.corrections import Correction

# How many of the parts that no article contains are reported.
PARTS: Final = 5
# For how many of them similar strings are searched, which takes some hundredths of a second.
CORRECTED: Final = 2
# How many parts of a query, and words of a part, are looked up.
TRIED: Final = 20
# To look up more words than this, all words of the index are read once.
FEW: Final = 50


class Missing(NamedTuple):
    """A part of a query that no article contains.

    Attributes:
        query: the part, as it can be typed.
        words: its words that no article contains either, at most TRIED; none if it is one word.
        corrections: similar strings that articles contain, the likeliest first.
    """

    query: str
    words: tuple[str, ...]
    corrections: tuple["Correction", ...]


class Hints(NamedTuple):
    """Suggestions for a search that finds nothing.

    Attributes:
        missing: the parts that no article contains; none where reporting the only part would
            just repeat that nothing was found.
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
    query = to_query(request._replace(filters=None), cut)
    parts = list(dict.fromkeys(_missing_parts(engine, query)))[:PARTS]
    missing = tuple(_with_corrections(engine, parts))
    if parts == [query] and not (filters or missing[0].words or missing[0].corrections):
        missing = ()
    with_any = (
        0 if any_word else engine.count(rewrite(engine, request._replace(any_word=True)).query)
    )
    return Hints(
        missing=missing,
        with_any=with_any,
        unfiltered=engine.count(query) if filters else 0,
    )


def _missing_parts(engine: Engine, query: Query) -> Iterator[Query]:
    """The parts of a query that no article satisfies: runs and literals, or else a whole part."""
    for part in islice(_required_parts(query), TRIED):
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


def _required_parts(query: Query) -> Iterator[Query]:
    """The parts that must all be satisfied."""
    for part in query.parts if isinstance(query, And) else (query,):
        yield from _required_parts(part) if isinstance(part, And) else (part,)


def _with_corrections(engine: Engine, parts: list[Query]) -> Iterator[Missing]:
    """The missing parts with their missing words, and corrections of the first."""
    terms = [part for part in parts if isinstance(part, Literal | Chunk)]
    unknown: dict[Query, list[str]] = {
        part: _unknown_words(engine, part) for part in terms if isinstance(part, Chunk)
    }
    doc_freqs: Mapping[str, int] = {}
    if terms:
        from lsq.search.hints.corrections import corrections_of, similar_words

        to_correct = ((part, unknown.get(part, ())) for part in terms[:CORRECTED])
        doc_freqs = similar_words(engine, to_correct)
    for part in parts:
        words: tuple[str, ...] = ()
        corrections: tuple[Correction, ...] = ()
        if isinstance(part, Chunk) and part.words != (part.text,):
            # A string that is not a word of the index may still occur in its texts.
            some = unknown[part][:TRIED]
            words = tuple(word for word in some if not engine.count(Literal(word)))
        if isinstance(part, Literal | Chunk) and part in terms[:CORRECTED]:
            corrections = corrections_of(engine, part, unknown.get(part, ()), doc_freqs)
        yield Missing(unparse(part), words, corrections)


def _unknown_words(engine: Engine, chunk: Chunk) -> list[str]:
    """The words of a run that the index does not have."""
    if len(chunk.words) > FEW:
        known = dict(engine.words())
        return [word for word in chunk.words if word not in known]
    return [word for word in chunk.words if not engine.doc_freq(word)]
