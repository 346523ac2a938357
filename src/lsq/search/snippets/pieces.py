"""A range of an article as a snippet, and which occurrences in it are highlighted."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from lsq.model import Article, Snippet
from lsq.search.snippets.occurrences import Occurrence
from lsq.text import PRINTED_END

SENTENCE_END = re.compile(PRINTED_END)
_PARAGRAPH_END = re.compile(r"[^\S\n]*+(?:\n|\Z)")
# In characters: more than marks, closing signs and spaces ever stand between sentences.
_BETWEEN = 16


def piece(
    article: Article, text: str, start: int, end: int, occurrences: Sequence[Occurrence]
) -> Snippet:
    """A range of an article's text as one line, with those of the occurrences that lie in it.

    Args:
        article: that.
        text: the article's, which takes time to put together for each of many pieces.
        start: where the range begins.
        end: where it ends.
        occurrences: as `lsq.search.snippets.occurrences` orders them.
    """
    first, after = (bisect_left(occurrences, at, key=lambda one: one.start) for at in (start, end))
    within = apart(one for one in occurrences[first:after] if one.end <= end)
    highlights = tuple((one.start - start, one.end - start) for one in within)
    place = article.place(start + (highlights[0][0] if highlights else 0))
    begins = not start or _sentence_ends(text, 0, start)
    ends = _sentence_ends(text, start, end) or bool(_PARAGRAPH_END.match(text, end))
    shown = text[start:end].replace("\n", " ")
    return Snippet(shown, place, highlights, begins, ends)


def _sentence_ends(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends at the end of a range, white space aside."""
    within = SENTENCE_END.finditer(text, max(start, end - _BETWEEN), end)
    ends = [match.end() for match in within]
    return bool(ends) and not text[ends[-1] : end].strip()


def apart(occurrences: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """Those that do not overlap: of occurrences that do, the first and longest stands.

    So each highlight is something that was sought, never a blend.

    Args:
        occurrences: as `lsq.search.snippets.occurrences` orders them.
    """
    shown = 0
    for one in occurrences:
        if shown <= one.start:
            yield one
            shown = one.end
