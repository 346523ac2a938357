"""Find the articles of a segment that match a query, as sets of document numbers.

Words are looked up in the postings; literals are searched in the texts, so that segmentation
cannot miss any. Conditions on texts are checked only on candidates, which contain every required
string; conditions on a field, in its column.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TypeVar

from lsq.engines.folder.snapshot_segment import Segment
from lsq.query import (
    And,
    Chunk,
    Dated,
    Everything,
    Field,
    Literal,
    Named,
    Near,
    Not,
    Or,
    Query,
    Regex,
    SameParagraph,
    SameSentence,
)
from lsq.query.fields import CODES, DAYS, STORED
from lsq.query.keys import name_key
from lsq.query.patterns import Patterns, is_plain

# Up to this many candidates, the values of a field are read one by one.
FEW = 100

Part = TypeVar("Part")


def matching(query: Query, segment: Segment, patterns: Patterns) -> frozenset[int]:
    """The numbers of the live documents of a segment that match `query`.

    Raises:
        QueryError: its regular expressions take too long.
    """
    segment.prefetch(_strings_to_search(query))
    return _matching(query, segment, patterns)


def matching_among(
    query: Query, segment: Segment, patterns: Patterns, among: frozenset[int]
) -> Collection[int]:
    """The documents that match among some live ones; the result may contain others too.

    Raises as `matching`.
    """
    match query:
        case Field(name, Literal(text)) if _is_searched_in_column(name) and len(among) <= FEW:
            sought, column = text.encode("utf-8", "replace"), segment.column(name)
            return [number for number in among if sought in column[number]]
    segment.prefetch(_strings_to_search(query))
    return _matching(query, segment, patterns, among)


def _is_searched_in_column(field: str) -> bool:
    """Whether a literal in a field is searched in its column without unpacking values."""
    return field in STORED and field not in CODES


def count_matches(query: Query, segment: Segment, patterns: Patterns) -> None:
    """Find where regular expressions match, and how often, in the same pass.

    Only those are counted that are all of the query, or alternatives of it: what matches
    them is scored. Of another one, it is enough to find the first match in each text.

    Raises:
        QueryError: its regular expressions take too long.
    """
    expressions = list(_alternatives(query))
    if expressions:
        segment.prefetch(_strings_to_search(query))
    for one in expressions:
        segment.cached(one, partial(_found_and_counted, one, segment, patterns))


def _alternatives(query: Query) -> Iterator[Regex]:
    match query:
        case Regex():
            yield query
        case Or(parts):
            for part in parts:
                yield from _alternatives(part)


def _found_and_counted(expression: Regex, segment: Segment, patterns: Patterns) -> Iterable[int]:
    from lsq.engines.folder.matches import match_counts
    from lsq.query.anchor import anchor

    known = anchor(expression.pattern)
    among = _candidates(expression, segment) if known is None else segment.anchored(known)
    counts = segment.match_counts[expression.pattern] = dict(
        match_counts(expression, among, segment, patterns)
    )
    return counts


def _matching(  # noqa: PLR0911  # a case a node
    query: Query, segment: Segment, patterns: Patterns, among: frozenset[int] | None = None
) -> frozenset[int]:
    """As `matching`; with `among`, only these documents count, but others may be returned too."""
    match query:
        case Literal(text):
            return segment.containing(text, among)
        case Chunk(text, words, any_word):
            return _with_words(words, segment, any_word=any_word) | segment.containing(text, among)
        case Regex(pattern) if is_plain(pattern):  # to count its matches takes hardly longer
            return segment.cached(query, lambda: _found_and_counted(query, segment, patterns))
        case Regex() | SameSentence() | SameParagraph() | Near():
            return segment.cached(query, lambda: _check_texts(query, segment, patterns))
        case Field(name, Literal(text)) if _is_searched_in_column(name):
            sought = text.encode("utf-8", "replace")
            return segment.cached(query, lambda: segment.column(name).containing(sought))
        case Field(name, inner):
            return segment.cached(query, lambda: _with_value(name, inner, segment, patterns))
        case Named():
            return segment.cached(query, lambda: segment.file.named(name_key(query)))
        case Dated():
            return segment.cached(query, lambda: _dated(query, segment))
        case Everything():
            return segment.live
        case And(parts):
            return _in_every(parts, segment, patterns, among)
        case Or(parts):
            return frozenset.union(*(_matching(one, segment, patterns, among) for one in parts))
        case Not(negated):
            excluded = _matching(negated, segment, patterns, among)
            return (segment.live if among is None else among) - excluded


def _in_every(
    parts: Sequence[Query], segment: Segment, patterns: Patterns, among: frozenset[int] | None
) -> frozenset[int]:
    """The documents that match all of several queries, at least one.

    Each query is decided only for the documents that match those before it, the rarest first.
    """
    found = among
    for part in sorted(parts, key=lambda one: _estimate(one, segment)):
        matched = _matching(part, segment, patterns, found)
        found = matched if found is None else found & matched
        if not found:
            break
    return found or frozenset()


def _estimate(query: Query, segment: Segment) -> int:
    """A rough estimate of how many documents match, without reading texts."""
    match query:
        case Field() | Named() | Dated():
            return 0
        case Chunk(_, words) if words:
            return min(map(segment.file.doc_freq, words))
    return segment.info.documents


def _strings_to_search(query: Query, inside: bool = False) -> Iterator[str]:
    """The strings that may have to be searched in all texts.

    Args:
        query: a query.
        inside: whether it is inside a node in which words are searched as strings.
    """
    match query:
        case Literal(text) | Regex(_, text) if text:
            yield text
        case Chunk(text, words):
            yield from (text, *words) if inside else (text,)
        case SameSentence(part) | SameParagraph(part):
            yield from _strings_to_search(part, inside=True)
        case Near(_, parts):
            for part in parts:
                yield from _strings_to_search(part, inside=True)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _strings_to_search(part, inside)
        case Not(part) if not inside:
            yield from _strings_to_search(part)


def _intersection(
    several: Iterable[Part], find: Callable[[Part], frozenset[int]]
) -> frozenset[int]:
    """The documents in all results of one or more searches.

    When none is left, the other searches are skipped.
    """
    rest = iter(several)
    found = find(next(rest))
    for one in rest:
        if not found:
            break
        found &= find(one)
    return found


def _with_words(words: tuple[str, ...], segment: Segment, *, any_word: bool) -> frozenset[int]:
    """The documents with all of these words, or with any of them."""
    if not words:
        return frozenset()
    lists = [chain.from_iterable(ids for ids, _ in segment.file.postings(word)) for word in words]
    if any_word:
        return segment.alive(chain.from_iterable(lists))
    first, *rest = lists
    return segment.alive(set(first).intersection(*rest) if rest else first)


def _check_texts(query: Query, segment: Segment, patterns: Patterns) -> Iterator[int]:
    from lsq.query.units import holds

    for number in sorted(_candidates(query, segment)):
        if holds(query, segment.lined(number), patterns):
            yield number


def _candidates(query: Query, segment: Segment) -> frozenset[int]:  # noqa: PLR0911  # a case a node
    """Candidates: documents that contain every string `query` requires, anywhere."""
    match query:
        case Literal(text) | Regex(_, text) if text:
            return segment.containing(text)
        case Chunk(text, words, any_word):
            if any_word:
                return segment.containing(text).union(*map(segment.containing, words))
            by_words = _intersection(words, segment.containing) if words else frozenset()
            return segment.containing(text) | by_words
        case SameSentence(inner) | SameParagraph(inner):
            return _candidates(inner, segment)
        case And(parts) | Near(_, parts):
            return _intersection(parts, lambda one: _candidates(one, segment))
        case Or(parts):
            return frozenset.union(*(_candidates(one, segment) for one in parts))
    return segment.live


def _with_value(name: str, inner: Query, segment: Segment, patterns: Patterns) -> Iterator[int]:
    from lsq.query.units import satisfies

    decided: dict[str, bool] = {}
    for number, value in segment.values(name):
        if value not in decided:
            decided[value] = satisfies(value, name, inner, patterns)
        if decided[value]:
            yield number


def _dated(dated: Dated, segment: Segment) -> Iterator[int]:
    begins, ends = map(segment.column, DAYS[dated.name])
    first, last = dated.first, dated.last
    # An article without a date ends on day 0, before every day in a query.
    return (number for number in segment.live if begins[number] <= last and first <= ends[number])
