"""Rank the articles that match: compute their scores by BM25, and sort them.

Frequencies of words come from the postings; those of literals and regular expressions are counted
in the texts. For an explanation, scores are computed term by term.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from heapq import nlargest
from operator import attrgetter
from typing import Any

from lsq.engines import Match, Step, TopDocs
from lsq.engines.bm25 import BM25, TermScore, terms_of
from lsq.engines.folder.damage import UNPACKING
from lsq.engines.folder.evaluate import count_matches, matching, matching_among
from lsq.engines.folder.snapshot import Snapshot
from lsq.engines.folder.snapshot_segment import Segment
from lsq.engines.paths import shown_path
from lsq.model import Sort
from lsq.query import Query, Regex
from lsq.query.fields import FIRST_DAY
from lsq.query.patterns import Patterns

# Returns the documents among some of a segment that contain a term, with its frequency in each.
Frequencies = Callable[[Segment, frozenset[int]], Iterable[tuple[int, float]]]
# A term: its kind, text, doc_freq, weight and frequencies.
Term = tuple[str, str, int, float, Frequencies]
# Greater than the number of any day, 99991231.
_NEVER = 100_000_000


def scores(query: Query, snapshot: Snapshot) -> dict[int, float]:
    """The score of each document that matches, by its number in the whole index."""
    patterns = Patterns()
    for segment in snapshot.segments:
        count_matches(query, segment, patterns)
    matched = [(segment, matching(query, segment, patterns)) for segment in snapshot.segments]
    found = {segment.first + number: 0.0 for segment, numbers in matched for number in numbers}
    if not found:
        return found
    for _, _, doc_freq, weight, frequencies in terms(query, snapshot, patterns):
        if not doc_freq:
            continue
        bm25 = BM25(snapshot.max_doc, doc_freq, snapshot.total_length, weight)
        for segment, numbers in matched:
            for number, frequency in frequencies(segment, numbers):
                found[segment.first + number] += bm25.score(frequency, segment.norms[number])
    return found


def terms(query: Query, snapshot: Snapshot, patterns: Patterns) -> Iterator[Term]:
    """The terms of a query, in a fixed order, so that sums are the same in every run."""
    words, literals, expressions = terms_of(query)
    for word, weight in words.items():
        yield "word", word, snapshot.doc_freq(word), weight, partial(_of_word, word)
    for literal in literals:
        doc_freq = sum(len(segment.containing(literal)) for segment in snapshot.segments)
        yield "literal", literal, doc_freq, 1, partial(_of_literal, literal)
    for expression in expressions:
        matched = (len(matching(expression, segment, patterns)) for segment in snapshot.segments)
        yield "regex", expression.pattern, sum(matched), 1, partial(_of_regex, expression, patterns)


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
    numbers = matching(expression, segment, patterns) & among
    counts = segment.match_counts.get(expression.pattern)
    if counts is not None:
        yield from ((number, counts[number]) for number in numbers)
        return
    for number in numbers:
        found = patterns.ranges(expression, segment.lined(number))
        # An empty match is not an occurrence.
        yield number, sum(start < end for start, end in found)


def term_scores(
    query: Query, snapshot: Snapshot, keys: Sequence[int]
) -> dict[int, list[TermScore]]:
    """The score of each term for each of these documents, by their numbers in the index."""
    asked: dict[int, set[int]] = defaultdict(set)
    for key in keys:
        segment, number = snapshot.segment_of(key)
        asked[segment.first].add(number)
    by_document: dict[int, list[TermScore]] = {key: [] for key in keys}
    if not keys:
        return by_document
    for kind, text, doc_freq, weight, frequencies in terms(query, snapshot, Patterns()):
        bm25 = BM25(snapshot.max_doc, max(1, doc_freq), snapshot.total_length, weight)
        for segment in snapshot.segments:
            numbers = frozenset(asked[segment.first])
            found = dict(frequencies(segment, numbers)) if numbers else {}
            for number in numbers:
                frequency = int(found.get(number, 0))
                score = bm25.score(frequency, segment.norms[number])
                term = TermScore(kind, text, frequency, doc_freq, snapshot.max_doc, score)
                by_document[segment.first + number].append(term)
    return by_document


def _placed(tier: int, days: Mapping[int, int], key: int) -> tuple[int, int]:
    return tier, days.get(key, 0)


def _on(
    step: Query, by_segment: Iterable[tuple[Segment, frozenset[int]]], patterns: Patterns
) -> Iterator[int]:
    """The documents on a step of the ladder: of those given, all; maybe others."""
    for segment, numbers in by_segment:
        for number in matching_among(step, segment, patterns, numbers):
            yield segment.first + number


class Order:
    """Puts documents of a snapshot in order.

    Args:
        snapshot: the snapshot.
        location: of the index; paths are relative to it.
    """

    def __init__(self, snapshot: Snapshot, location: str) -> None:
        self._snapshot = snapshot
        self._location = location

    def first(
        self, found: dict[int, float], limit: int | None, sort: Sort, ladder: Sequence[Step]
    ) -> TopDocs:
        """The first `limit` of the documents that match (None: all).

        `found` has the scores; by relevance, they are moved out of it: of all matches, each
        list takes megabytes.
        """
        total = len(found)
        last = total if limit is None else limit
        best: list[Match] = []
        if sort == "relevance":
            groups = self._by_tier(found, ladder)
            for tier, group in enumerate(groups):
                days = self._days(group) if tier < len(ladder) and ladder[tier].newest else {}
                placed = partial(_placed, tier, days)
                best += self._best(group, days, group, last - len(best), placed)
        else:
            groups = self._by_tier(dict(found), ladder)
            tiers = {key: tier for tier, group in enumerate(groups) for key in group}
            sort_keys = self._sort_keys(found, sort)
            best = self._best(found, sort_keys, {}, last, lambda key: (tiers[key], 0))
        return TopDocs(total, best, [len(group) for group in groups])

    def _by_tier(self, rest: dict[int, float], ladder: Sequence[Step]) -> list[dict[int, float]]:
        """The documents, with their scores, by the first step that they satisfy."""
        patterns = Patterns()
        groups: list[dict[int, float]] = []
        by_segment = self._by_segment(rest) if ladder else ()
        for step in ladder:
            on = list(_on(step.query, by_segment, patterns))
            groups.append({key: rest.pop(key) for key in on if key in rest})
        return [*groups, rest]

    def _by_segment(self, found: Iterable[int]) -> list[tuple[Segment, frozenset[int]]]:
        """The segments, each with the numbers in it of its documents among these."""
        keys, parts = sorted(found), []
        after = 0
        for segment in self._snapshot.segments:
            first, before = segment.first, after
            after = bisect_left(keys, first + segment.info.documents, before)
            parts.append((segment, frozenset(key - first for key in keys[before:after])))
        return parts

    def _sort_keys(self, found: Iterable[int], sort: Sort) -> dict[int, int]:
        """The sort keys by date, greater for the first; none by path."""
        if sort == "path":
            return {}
        days = self._days(found)
        if sort == "-date":
            return days
        return {key: -(day or _NEVER) for key, day in days.items()}

    def _days(self, found: Iterable[int]) -> dict[int, int]:
        """The first day of each document; 0 for no date."""
        column = {segment.first: segment.column(FIRST_DAY) for segment in self._snapshot.segments}
        days: dict[int, int] = {}
        for key in found:
            segment, number = self._snapshot.segment_of(key)
            days[key] = column[segment.first][number]
        return days

    def _best(
        self,
        found: Mapping[int, float],
        sort_keys: Mapping[int, int],
        scores: Mapping[int, float],
        limit: int,
        placed: Callable[[int], tuple[int, int]],
    ) -> list[Match]:
        """The first of the documents, sorted by `sort_keys`, then by `scores`, descending, if any.

        Args:
            found: the documents with their scores.
            sort_keys: the first sort keys; none if all are equal.
            scores: the second sort keys; none if all are equal.
            limit: how many are wanted.
            placed: returns the tier and the day of a match, by its key.
        """
        if limit <= 0 or not found:
            return []
        rank: Mapping[int, Any] = scores or sort_keys or dict.fromkeys(found, 0)
        if scores and sort_keys:
            rank = {key: (sort_keys[key], scores[key]) for key in found}
        chosen: Iterable[int] = found
        if limit < len(found):
            # Ties at the limit are all kept until their paths are compared.
            least = min(nlargest(limit, rank.values()))
            chosen = [key for key in found if rank[key] >= least]
        matches = []
        for key in chosen:
            segment, number = self._snapshot.segment_of(key)
            paths, ordinals = self._places[segment.first]
            stored = paths[number]
            with UNPACKING:
                decoded = stored.decode()
            path = shown_path(decoded, self._location)
            matches.append(Match(found[key], path, ordinals[number], key, *placed(key)))
        # Sorting is stable, in reverse order too; by one key at a time, no pairs are made.
        matches.sort(key=attrgetter("ordinal"))
        matches.sort(key=attrgetter("path"))
        matches.sort(key=lambda match: rank[match.key], reverse=True)
        return matches[:limit]

    @cached_property
    def _places(self) -> dict[int, tuple[Any, Any]]:
        """By the first document of a segment, its columns of paths and ordinals."""
        return {
            segment.first: (segment.column("path"), segment.column("ordinal"))
            for segment in self._snapshot.segments
        }
