"""How well the articles that match a query match it: BM25, added up.

How often a word occurs stands in the postings; how often a literal or a regular
expression does is counted in the texts. For an explanation, the score is given term by
term.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from lsq.engines.bm25 import BM25, TermScore, terms_of
from lsq.engines.folder.evaluate import matching
from lsq.engines.folder.snapshot import Segment, Snapshot
from lsq.query import Query, Regex
from lsq.query.patterns import Patterns

# How often a term occurs in those of some documents of a segment that have it.
Frequencies = Callable[[Segment, frozenset[int]], Iterable[tuple[int, float]]]
# A term: what kind it is of, what it looks for, how many documents have it, its weight.
Term = tuple[str, str, int, float, Frequencies]


def scores(query: Query, snapshot: Snapshot) -> dict[int, float]:
    """The score of each document that matches, by its number in the whole index."""
    patterns = Patterns()
    matched = [(segment, matching(query, segment, patterns)) for segment in snapshot.segments]
    found = {segment.first + number: 0.0 for segment, numbers in matched for number in numbers}
    if not found:
        return found
    for _, _, having, weight, frequencies in terms(query, snapshot, patterns):
        if not having:
            continue
        bm25 = BM25(snapshot.count_all, having, snapshot.total_length, weight)
        for segment, numbers in matched:
            for number, frequency in frequencies(segment, numbers):
                found[segment.first + number] += bm25.score(frequency, segment.norms[number])
    return found


def terms(query: Query, snapshot: Snapshot, patterns: Patterns) -> Iterator[Term]:
    """The terms of a query, in an order of their own: so sums are the same at every run."""
    words, literals, expressions = terms_of(query)
    for word, weight in words.items():
        yield "word", word, snapshot.having(word), weight, partial(_of_word, word)
    for literal in literals:
        having = sum(len(segment.containing(literal)) for segment in snapshot.segments)
        yield "literal", literal, having, 1, partial(_of_literal, literal)
    for expression in expressions:
        having = sum(len(matching(expression, segment, patterns)) for segment in snapshot.segments)
        yield "regex", expression.pattern, having, 1, partial(_of_regex, expression, patterns)


def _of_word(word: str, segment: Segment, among: frozenset[int]) -> Iterator[tuple[int, float]]:
    for numbers, frequencies in segment.file.postings(word):
        for number, frequency in zip(numbers, frequencies, strict=True):
            if number in among:
                yield number, frequency


def _of_literal(text: str, segment: Segment, among: frozenset[int]) -> Iterator[tuple[int, float]]:
    yield from segment.occurrences(text, among)


def _of_regex(
    expression: Regex, patterns: Patterns, segment: Segment, among: frozenset[int]
) -> Iterator[tuple[int, float]]:
    for number in matching(expression, segment, patterns) & among:
        found = patterns.ranges(expression, segment.lined(number))
        # To find nothing somewhere is no occurrence of anything.
        yield number, sum(start < end for start, end in found)


def term_scores(
    query: Query, snapshot: Snapshot, keys: Sequence[int]
) -> dict[int, list[TermScore]]:
    """What each term adds to each of these documents, named by their numbers in the index."""
    asked: dict[int, set[int]] = defaultdict(set)
    for key in keys:
        segment, number = snapshot.segment_of(key)
        asked[segment.first].add(number)
    told: dict[int, list[TermScore]] = {key: [] for key in keys}
    if not keys:
        return told
    for kind, text, having, weight, frequencies in terms(query, snapshot, Patterns()):
        bm25 = BM25(snapshot.count_all, max(1, having), snapshot.total_length, weight)
        for segment in snapshot.segments:
            numbers = frozenset(asked[segment.first])
            found = dict(frequencies(segment, numbers)) if numbers else {}
            for number in numbers:
                frequency = int(found.get(number, 0))
                score = bm25.score(frequency, segment.norms[number])
                term = TermScore(kind, text, frequency, having, snapshot.count_all, score)
                told[segment.first + number].append(term)
    return told
