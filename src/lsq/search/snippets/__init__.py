"""Choose the pieces of an article that show why it was found.

A snippet is the stretch of text that shows the most of the query, with sentence or
clause ends at its own ends where they are near. Whoosh's highlighter is not used:
it does not know 。 and picks differently from run to run.
"""

import re
from collections.abc import Sequence

from lsq.model import Article, Found, Snippet
from lsq.query import Query
from lsq.search.snippets.marks import Mark, marks
from lsq.search.snippets.pieces import SENTENCE_END, apart, piece
from lsq.text.fold import fold, space_between_ideographs, squeeze

# In characters. A snippet of SPAN and both margins is three lines of ideographs at
# a terminal of 80 columns.
SPAN = 60
MARGIN = 30

_CLAUSE_END = re.compile(r"[，,：:\s]+")


def snippets(found: Found, query: Query, most: int = 3) -> tuple[Snippet, ...]:
    """At most `most` snippets of an article, the one that shows the most first.

    Args:
        found: the article.
        query: what found it; where nothing of this occurs that could be shown, the only
            snippet is how the article begins.
        most: how many.

    Raises:
        QueryError: a regular expression takes too long.
    """
    text = found.article.text
    marked = marks(found, query)
    left = marked
    chosen: list[tuple[int, int]] = []
    while left and len(chosen) < most:
        first, last = _densest(text, left)
        start, end = _rounded(text, first, last)
        # Two snippets never show the same text twice.
        start = max([start, *(e for s, e in chosen if s < start < e)])
        end = min([end, *(s for s, e in chosen if s < end <= e or start < s < end)])
        chosen.append((start, end))
        left = [mark for mark in left if not (start < mark.end and mark.start < end)]
    if not chosen:
        start = len(text) - len(text.lstrip())
        chosen.append(_rounded(text, start, start))
    return tuple(piece(found.article, text, start, end, marked) for start, end in chosen)


def beginning(article: Article) -> Snippet:
    """How the body of an article begins; it must not be blank."""
    text = article.text
    body = len(article.title or "") + 1
    start = body + len(article.body) - len(article.body.lstrip())
    return piece(article, text, *_rounded(text, start, start), ())


def highlights(article: Article, query: Query) -> tuple[tuple[int, int], ...]:
    """The ranges of an article's whole text in which something stands that is sought.

    They are ascending, and apart from each other.

    Raises:
        QueryError: a regular expression takes too long.
    """
    folded = fold(article.text)
    dropped: list[int] = []
    for space in space_between_ideographs(folded):
        dropped += [space.start() - len(dropped)] * len(space[0])
    found = Found(article, squeeze(folded), dropped)
    return tuple((mark.start, mark.end) for mark in apart(marks(found, query)))


def _densest(text: str, marks: Sequence[Mark]) -> tuple[int, int]:
    """The range in SPAN and a paragraph that shows the most, by length, of what is sought."""
    best = (0, 0, 0)
    everything = sum(map(len, {mark.sought for mark in marks}))
    for index, first in enumerate(marks):
        shown: dict[str, int] = {}
        end = first.end
        limit = max(first.start + SPAN, first.end)
        paragraph_end = text.find("\n", first.end, limit)
        if paragraph_end >= 0:
            limit = paragraph_end
        # By number, and no further than the limit: there may be tens of thousands of marks.
        for number in range(index, len(marks)):
            mark = marks[number]
            if mark.start >= limit:
                break
            if mark.end <= limit:
                shown[mark.sought] = len(mark.sought)
                end = max(end, mark.end)
        worth = sum(shown.values())
        if worth > best[0]:
            best = (worth, first.start, end)
        if worth == everything:
            break
    return best[1:]


def _rounded(text: str, start: int, end: int) -> tuple[int, int]:
    """Extend a range to the ends of its sentence or clause, as far as there is room."""
    room = MARGIN + SPAN - min(SPAN, end - start)
    start, end = _start_before(text, start), _end_after(text, end, room)
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _start_before(text: str, start: int) -> int:
    """Where the sentence begins, or else the first clause that begins within MARGIN."""
    low = max(0, start - MARGIN)
    if sentences := [match.end() for match in SENTENCE_END.finditer(text, low, start)]:
        return sentences[-1]
    if low == 0:
        return 0
    clause = _CLAUSE_END.search(text, low, start)
    return clause.end() if clause else _outside_word(text, low, start)


def _end_after(text: str, end: int, room: int) -> int:
    """Where the sentence ends, or else the last clause that ends while there is room."""
    high = min(len(text), end + room)
    if sentence := SENTENCE_END.search(text, end, high):
        whole = SENTENCE_END.match(text, sentence.start())
        return (whole or sentence).end()
    if high == len(text):
        return high
    clauses = [match.end() for match in _CLAUSE_END.finditer(text, end, high)]
    return clauses[-1] if clauses else _outside_word(text, high, end)


def _outside_word(text: str, cut: int, kept: int) -> int:
    """The place nearest to `cut`, towards `kept`, where no number or Latin word is cut."""
    at = cut
    while at != kept and _inside_word(text, at):
        at += 1 if cut < kept else -1
    return cut if at == kept else at


def _inside_word(text: str, at: int) -> bool:
    around = text[at - 1 : at + 1]
    return at > 0 and len(around) > 1 and around.isascii() and around.isalnum()
