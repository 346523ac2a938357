"""A range of an article as a snippet, and which occurrences in it are highlighted."""

from collections.abc import Iterable, Iterator, Sequence

from lsq.model import Article, Snippet
from lsq.snippets.marks import Mark


def piece(article: Article, start: int, end: int, marks: Sequence[Mark]) -> Snippet:
    """The range of the article's text as one line, with those of the marks that lie in it."""
    within = apart(mark for mark in marks if start <= mark.start and mark.end <= end)
    highlights = tuple((mark.start - start, mark.end - start) for mark in within)
    place = article.place(start + (highlights[0][0] if highlights else 0))
    return Snippet(article.text[start:end].replace("\n", " "), place, highlights)


def apart(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Those that do not overlap: of marks that do, the first and longest stands.

    So each highlight is something that was sought, never a blend.

    Args:
        marks: as `lsq.snippets.marks` orders them.
    """
    shown = 0
    for mark in marks:
        if shown <= mark.start:
            yield mark
            shown = mark.end
