"""Choose the snippets of an article.

A snippet is a range of the article's text with highlighted occurrences of the query: a range that
shows as much of the query as possible, extended to the ends of sentences or clauses nearby.
Whoosh's highlighter is not used: it does not know 。 and chooses differently in each run.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from lsq.hit import Snippet, StoredArticle
from lsq.model import Article
from lsq.query import Chunk, Literal, Query, positive_parts
from lsq.search.snippets.highlighting import (
    Occurrence,
    occurrences,
    originals,
    strings,
)
from lsq.search.snippets.rounding import AFTER, BEFORE, BETWEEN, MARGIN, SENTENCE_END, SPAN, rounded
from lsq.text.fold import dropped_space, fold, squeeze

# A later snippet must show more than this share of what the first shows, by length, or a whole
# run not shown yet; else it is a stray word. The body is preferred to the title if it shows at
# least this share of what the title does.
STRAY = 0.5
# In characters: shorter sentences do not count as repeated.
SAME = 8
# Up to this many occurrences are filtered without bisection.
_FEW = 10
# How many ranges are tried for each snippet, because an article may repeat itself many times.
ATTEMPTS = 4

# In characters, more than the length of a snippet: how far after the first occurrences more are
# searched at first.
FAR = 300


def piece(found: StoredArticle, start: int, end: int, occurrences: Sequence[Occurrence]) -> Snippet:
    """The snippet of a range of an article's text, with the occurrences inside it.

    Args:
        found: the article.
        start: where the range begins.
        end: where it ends.
        occurrences: as `lsq.search.snippets.highlighting` orders them.
    """
    if len(occurrences) > _FEW:
        low = bisect_left(occurrences, start, key=lambda one: one.start)
        high = bisect_left(occurrences, end, low, key=lambda one: one.start)
        occurrences = occurrences[low:high]
    within = apart(one for one in occurrences if start <= one.start and one.end <= end)
    highlights = tuple((one.start - start, one.end - start) for one in within)
    place = found.place(start + (highlights[0][0] if highlights else 0))
    low, high = max(0, start - BETWEEN), min(found.length, end + BETWEEN)
    text = found.text_between(low, high)
    first, after = start - low, end - low
    begins = not start or _sentence_ends(text, 0, first)
    ends = _sentence_ends(text, first, after) or _paragraph_ends(found, end, text[after:])
    return Snippet(text[first:after].replace("\n", " "), place, highlights, begins, ends)


def _paragraph_ends(found: StoredArticle, end: int, following: str) -> bool:
    """Whether a line feed or the end of the text comes next, white space aside.

    Args:
        found: the article.
        end: where in its text to look.
        following: what comes next, or the beginning of it.
    """
    line, feed, _ = following.partition("\n")
    if line.strip() or feed:
        return not line.strip()
    return not found.text_between(end, found.line_end(end, found.length)).strip()


def _sentence_ends(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends at the end of a range, white space aside."""
    within = SENTENCE_END.finditer(text, max(start, end - BETWEEN), end)
    ends = [match.end() for match in within]
    return bool(ends) and not text[ends[-1] : end].strip()


def apart(occurrences: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """The occurrences without those that overlap an earlier or longer one.

    So each highlight is a string of the query, not a union of several.

    Args:
        occurrences: as `lsq.search.snippets.highlighting` orders them.
    """
    shown = 0
    for one in occurrences:
        if shown <= one.start:
            yield one
            shown = one.end


def snippets(found: StoredArticle, query: Query, most: int = 3) -> tuple[Snippet, ...]:
    """At most `most` snippets of an article, the one that shows the most first.

    Args:
        found: the article.
        query: the query; if none of its terms occurs in the text, the only snippet is the
            beginning of the article.
        most: the maximum number.

    Raises:
        QueryError: a regular expression takes too long.
    """
    if most == 1 and (first_piece := _first_piece(found, query)):
        return (first_piece,)
    marked = occurrences(found, query)
    left = _of_body(marked, found.body_start)
    whole = _whole_runs(query)
    chosen: list[tuple[int, int]] = []
    seen: set[str] = set()
    shown: set[str] = set()
    least = 0.0
    for _attempt in range(most * ATTEMPTS):
        if not left or len(chosen) == most:
            break
        first, last = _densest(found, left)
        sought = {one.sought for one in left if first <= one.start and one.end <= last}
        worth = sum(map(len, sought))
        start, end = rounded(found, first, last)
        # Two snippets never show the same text twice.
        start = max([start, *(e for s, e in chosen if s < start < e)])
        end = min([end, *(s for s, e in chosen if s < end <= e or start < s < end)])
        left = [one for one in left if not (start < one.end and one.start < end)]
        sentences = _sentences(found.text_between(start, end))
        stray = worth <= least and not (sought & whole) - shown
        if chosen and (stray or seen & sentences):
            continue
        chosen.append((start, end))
        seen |= sentences
        shown |= sought
        least = least or worth * STRAY
    if not chosen:
        text = found.text_between(0, found.length)
        start = len(text) - len(text.lstrip())
        chosen.append(rounded(found, start, start))
    return tuple(piece(found, start, end, marked) for start, end in chosen)


def _first_piece(found: StoredArticle, query: Query) -> Snippet | None:
    """The only snippet of an article, if its first occurrences decide it; else None.

    A range that shows all terms is the best one, so later occurrences, maybe hundreds, do not
    matter.
    """
    first = _first_occurrences(found, query, found.beginning, whole=False) or _first_occurrences(
        found, query, found.squeezed, whole=True
    )
    if not first or not first[0]:
        return None
    marked, stop = first
    left = _of_body(marked, found.body_start)
    everything = sum(map(len, {one.sought for one in left}))
    # Restore at once what the rest needs, if the first range is the best.
    start = left[0].start
    found.text_between(max(0, start - BEFORE), min(found.length, start + SPAN + AFTER))
    worth, start, end = _densest_in(found, left, SPAN, everything)
    if worth < everything or start + SPAN > stop:
        return None
    start, end = rounded(found, start, end)
    return piece(found, start, end, marked) if end <= stop else None


def _first_occurrences(
    found: StoredArticle, query: Query, text: str, *, whole: bool
) -> tuple[list[Occurrence], int] | None:
    """The occurrences of a query's strings up to FAR after the first of each in the body.

    Args:
        found: the article.
        query: the query.
        text: the article's squeezed text, or the beginning of it.
        whole: whether `text` is all of it.

    Returns:
        The occurrences, and the position in the article's text up to which they are complete.
        None if `text` does not contain all strings, or the query marks more than strings.
    """
    sought = dict.fromkeys(strings(query, text, whole=whole) or ())
    # Several strings that are not close together at the beginning seldom are later.
    if not sought or (whole and len(sought) > 1):
        return None
    body = found.squeezed_offset(found.body_start)
    last = 0
    kept: list[tuple[int, int, str]] = []
    others: list[tuple[str, int]] = []
    for one in sought:
        size = len(one)
        at = text.find(one)
        while at >= 0:
            kept.append((at, -at - size, one))
            if at >= body:
                last = max(last, at)
                others.append((one, at + size))
                break
            at = text.find(one, at + size)
        if at < 0 and not whole:
            return None
    stop = last + FAR
    for one, start in others:
        size = len(one)
        end = stop + size - 1
        if end > len(text) and not whole:
            return None
        at = text.find(one, start, end)
        while at >= 0:
            kept.append((at, -at - size, one))
            at = text.find(one, at + size, end)
    return originals(found, kept), found.offset(stop)


def _of_body(marked: list[Occurrence], start: int) -> list[Occurrence]:
    """The occurrences in the body, from `start` on, if they show enough; else all."""
    if not marked or marked[0].start >= start:
        return marked
    body = [one for one in marked if one.start >= start]
    if not body or len(body) == len(marked):
        return marked
    enough = STRAY * sum(map(len, {one.sought for one in marked if one.end <= start}))
    return body if sum(map(len, {one.sought for one in body})) >= enough else marked


def _whole_runs(query: Query) -> set[str]:
    """The runs and literals of a query, without the words of runs."""
    terms = positive_parts(query)
    return {term.text for term in terms if isinstance(term, Literal | Chunk)}


def _sentences(shown: str) -> set[str]:
    """The sentences of a snippet, for comparison, without short ones."""
    pieces = (squeeze(one).strip() for one in SENTENCE_END.split(shown))
    return {one for one in pieces if len(one) >= SAME}


def beginning(article: Article) -> Snippet:
    """The beginning of an article's body, which must not be blank."""
    found = _searched(article)
    body = len(article.title or "") + 1
    start = body + len(article.body) - len(article.body.lstrip())
    return piece(found, *rounded(found, start, start), ())


def highlights(article: Article, query: Query) -> tuple[tuple[int, int], ...]:
    """The ranges of an article's whole text that the query highlights.

    They are ascending, and apart from each other.

    Raises:
        QueryError: a regular expression takes too long.
    """
    found = _searched(article)
    return tuple((one.start, one.end) for one in apart(occurrences(found, query)))


def _searched(article: Article) -> StoredArticle:
    """An article that is in no index, with its searched text."""
    folded = fold(article.text)
    dropped: list[int] = []
    for space in dropped_space(folded):
        dropped += [space.start() - len(dropped)] * len(space[0])
    return StoredArticle(article, squeeze(folded), dropped)


def _densest(found: StoredArticle, occurrences: Sequence[Occurrence]) -> tuple[int, int]:
    """The range in a paragraph that shows the most terms, by their length.

    Its length is at most SPAN, or MARGIN more if only then it shows all terms.
    """
    everything = sum(map(len, {one.sought for one in occurrences}))
    worth, first, last = _densest_in(found, occurrences, SPAN, everything)
    if worth < everything:
        wide = SPAN + MARGIN
        wider = _densest_in(found, occurrences, wide, everything, everything - 1)
        if wider[0] == everything:
            return wider[1:]
    return first, last


def _densest_in(
    found: StoredArticle,
    occurrences: Sequence[Occurrence],
    span: int,
    everything: int,
    enough: int = 0,
) -> tuple[int, int, int]:
    """The best range of limited length: how much it shows, start, end.

    Args:
        found: the article.
        occurrences: the occurrences in it.
        span: the maximum length, in characters.
        everything: the maximum that a range can show.
        enough: a range must show more than this, or the result is empty.
    """
    best = (enough, 0, 0)
    starts = [one.start for one in occurrences]
    every = [one.sought for one in occurrences]
    for index, first in enumerate(occurrences):
        limit = max(first.start + span, first.end)
        # Up to the limit only: there may be tens of thousands of occurrences.
        after = bisect_left(starts, limit, index + 1)
        if sum(map(len, set(every[index:after]))) <= best[0]:
            continue
        shown = {first.sought: len(first.sought)}
        end = first.end
        if after - index > 1:
            limit = found.line_end(first.end, limit)
            for one in occurrences[index + 1 : after]:
                if one.end <= limit:
                    shown[one.sought] = len(one.sought)
                    end = max(end, one.end)
        worth = sum(shown.values())
        if worth > best[0]:
            best = (worth, first.start, end)
        if worth == everything:
            break
    return best
