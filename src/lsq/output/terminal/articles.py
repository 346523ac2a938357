"""Whole articles at a terminal, with metadata and highlights."""

import shutil
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TextIO

from lsq.messages import _, is_chinese
from lsq.model import Article
from lsq.output.links import LinkFormat
from lsq.output.printable import location
from lsq.output.records import metadata
from lsq.output.shown import clip, label
from lsq.output.terminal import HEAD, HEAD_MATCH, MATCH, PLAIN, TerminalWriter, linked, painted

# Paragraphs are indented by two ideographs, in columns.
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
    line = f"{where}  {_('recognised (OCR)')}" if article.ocr else where
    writer.put(line, [(0, len(where), linked(links, article.path, place))])
    if article.title:
        head = clip(highlights, 0, len(article.title))
        writer.put(article.title, painted(len(article.title), head, HEAD, HEAD_MATCH))
    for name, value in metadata(article).items():
        if value is not None and name != "title":
            writer.put(value, label=(_label(name), PLAIN))
    writer.skip()
    offset = len(article.title or "") + 1
    for text, _place in article.paragraphs():
        inside = clip(highlights, offset, offset + len(text))
        spans = painted(len(text), inside, PLAIN, MATCH)
        writer.put(text, spans, label=(" " * _INDENT, PLAIN), indent=0)
        offset += len(text) + 1


def _label(name: str) -> str:
    return f"{label(name)}{'：' if is_chinese() else ': '}"
