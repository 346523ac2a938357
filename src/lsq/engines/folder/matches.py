"""Match a regular expression in the texts of a segment, and count the matches.

The matches are those in the lined texts, where each line is squeezed separately. Making a lined
text takes longer than matching a plain expression, whose matches contain no white space: in the
squeezed text it has the same matches, unless one extends over the end of a line. So a plain
expression is matched in the squeezed texts, many at a time as they are stored: they are separated
by NULs, which it does not match either.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from itertools import accumulate

from lsq.engines.folder.snapshot_segment import Segment
from lsq.query import Regex
from lsq.query.patterns import Patterns, is_plain

Ranges = list[tuple[int, int]]


def match_counts(
    expression: Regex, among: Collection[int], segment: Segment, patterns: Patterns
) -> Iterator[tuple[int, int]]:
    """The documents in which an expression matches, and the number of non-empty matches in each.

    Args:
        expression: the expression.
        among: the live documents to search.
        segment: their segment.
        patterns: the regular expressions of the query.

    Raises:
        QueryError: it takes too long.
    """
    if not is_plain(expression.pattern) or patterns.may_be_empty(expression):
        for number in sorted(among):
            if found := list(patterns.ranges(expression, segment.lined(number))):
                yield number, sum(start < end for start, end in found)
        return
    for number, found in _in_squeezed(expression, among, segment, patterns):
        if segment.are_within_lines(number, found):
            yield number, len(found)
        elif in_lines := list(patterns.ranges(expression, segment.lined(number))):
            yield number, len(in_lines)


def _in_squeezed(
    expression: Regex, among: Collection[int], segment: Segment, patterns: Patterns
) -> Iterator[tuple[int, Ranges]]:
    """The documents in which a plain expression matches, and the ranges in the squeezed texts."""
    for run, text in segment.together(among):
        found = list(patterns.ranges(expression, text))
        if not found:
            continue
        begins = [start for start, _ in found]
        starts = list(accumulate((len(one) + 1 for one in text.split("\0")), initial=0))
        for number in run:
            start, end = starts[number - run[0] : number - run[0] + 2]
            first, stop = bisect_left(begins, start), bisect_left(begins, end)
            if first < stop:
                yield number, [(one - start, other - start) for one, other in found[first:stop]]
