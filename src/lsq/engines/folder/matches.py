"""Where a regular expression matches in the texts of a segment, and how often.

The matches are those in the lined texts, where each line is squeezed by itself. To line a text
takes longer than to match a plain expression, whose matches contain no white space. Its matches
in the squeezed text are the same unless one extends over the end of a line. So it is matched in
the squeezed texts, and many of them at once, as they lie in their file: there is a NUL between
two, which it does not match either.
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
    """The documents in which an expression matches, each with its matches that are not empty.

    Args:
        expression: the expression.
        among: live documents, which are examined.
        segment: theirs.
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
    """Where a plain expression matches in the squeezed texts of documents in which it does."""
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
