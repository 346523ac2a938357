"""Whole articles for people: with their metadata, and highlights."""

import shutil
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple, TextIO

from lsq.messages import _, is_chinese
from lsq.model import Article
from lsq.output.links import LinkFormat
from lsq.output.printable import location
from lsq.output.records import metadata
from lsq.output.shown import label
from lsq.output.terminal import HEAD, HEAD_MATCH, MATCH, PLAIN, TerminalWriter, linked, painted

# In columns: a paragraph begins two ideographs further in.
_INDENT = 4


class Marked(NamedTuple):
    """An article, and the ranges of its text to highlight, ascending."""

    article: Article
    highlights: Sequence[tuple[int, int]] = ()


def write(
    articles: Iterable[Marked], out: TextIO, *, colour: bool, links: LinkFormat | None = None
) -> int:
    """Write the articles, a blank line after each.

    Args:
        articles: the articles.
        out: the stream to write to.
        colour: whether escape sequences may style the text.
        links: makes URLs of places; None for no links.

    Returns:
        The line of the first highlight, from 0; 0 without any.
    """
    writer = TerminalWriter(out, shutil.get_terminal_size().columns, colour=colour)
    for article in articles:
        _write_article(writer, article, links)
        writer.skip()
    return writer.first_match or 0


def _write_article(writer: TerminalWriter, marked: Marked, links: LinkFormat | None) -> None:
    article, highlights = marked
    place = article.place(0)
    where = location(article.path, place)
    said = f"{where}  {_('recognised (OCR)')}" if article.ocr else where
    writer.put(said, [(0, len(where), linked(links, article.path, place))])
    if article.title:
        head = _within(highlights, 0, len(article.title))
        writer.put(article.title, painted(len(article.title), head, HEAD, HEAD_MATCH))
    for name, value in metadata(article).items():
        if value is not None and name != "title":
            writer.put(value, label=(_label(name), PLAIN))
    writer.skip()
    offset = len(article.title or "") + 1
    for text, _place in article.paragraphs():
        inside = _within(highlights, offset, offset + len(text))
        spans = painted(len(text), inside, PLAIN, MATCH)
        writer.put(text, spans, label=(" " * _INDENT, PLAIN), indent=0)
        offset += len(text) + 1


def _label(name: str) -> str:
    """The label before a value of that name."""
    return f"{label(name)}{'：' if is_chinese() else ': '}"


def _within(ranges: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The parts of the ranges between `start` and `end`, counted from `start`."""
    first = bisect_right(ranges, start, key=itemgetter(1))
    beyond = bisect_left(ranges, end, key=itemgetter(0))
    return [(max(low, start) - start, min(high, end) - start) for low, high in ranges[first:beyond]]
