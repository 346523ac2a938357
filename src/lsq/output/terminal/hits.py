"""Hits at a terminal, each with its title, facts, place and snippets."""

import shutil
from collections.abc import Iterable
from typing import TextIO

from rich.style import Style

from lsq.hit import Hit, Snippet
from lsq.messages import _
from lsq.output import OutputOptions
from lsq.output.linebreaks import width
from lsq.output.links import LinkFormat
from lsq.output.printable import location, numbered
from lsq.output.shown import shown, totals, with_ellipses
from lsq.output.terminal import HEAD, HEAD_MATCH, MATCH, PLAIN, TerminalWriter, linked, painted
from lsq.search.searcher import Results

# The maximum number of named reprints of a hit.
_REPRINTS = 3

# The minimum width of the column before snippets, and of the gap at its end.
_GUTTER = 4
_GAP = 2


def write(results: Results, out: TextIO, options: OutputOptions) -> None:
    """Write the hits, then the number of all."""
    writer = TerminalWriter(out, shutil.get_terminal_size().columns, colour=options.colour)
    first = last = 0
    before = ""  # the match of the last hit
    by_relevance = results.request.sort == "relevance"
    for hit in results:
        first, last = first or hit.rank, hit.rank
        if by_relevance and before not in ("", hit.match) and hit.match in _rules():
            writer.rule(_rules()[hit.match])
        before = hit.match
        _write_hit(writer, hit, options.links)
        options.written(hit)
        if options.explain:
            from lsq.output.explanation import lines

            _write_explanation(writer, lines(results.explain(hit), _))
        writer.skip()
    if last:
        _write_closing(writer, first, last, results, pages=options.pages)


def write_rule(text: str, out: TextIO, options: OutputOptions) -> None:
    """Write a rule with a title for the hits below it."""
    TerminalWriter(out, shutil.get_terminal_size().columns, colour=options.colour).rule(text)


def _rules() -> dict[str, str]:
    """The titles of rules, by how the hits below them match."""
    return {"synonym": _("by synonyms"), "words": _("by their words only")}


def _write_hit(writer: TerminalWriter, hit: Hit, links: LinkFormat | None) -> None:
    article = hit.article
    title, highlights, snippets = shown(hit)
    _write_head(writer, hit, title, highlights)
    place = hit.snippets[0].place
    where = location(article.path, place)
    line = f"{where}  {_('recognised (OCR)')}" if article.ocr else where
    writer.put(line, [(0, len(where), linked(links, article.path, place))])
    if hit.reprints:
        others = _(", ").join(hit.reprints[:_REPRINTS])
        more = len(hit.reprints) - _REPRINTS
        others += _(" and {more:,} more").format(more=more) if more > 0 else ""
        writer.put(_("also in {places}").format(places=others))
    names = [numbered(snippet.place) for snippet in snippets]
    gutter = max([_GUTTER, *(len(name) + _GAP for name in names)])
    for name, snippet in zip(names, snippets, strict=True):
        label = f"{name:>{gutter - _GAP}}" + " " * _GAP
        _write_snippet(writer, snippet, (label, linked(links, article.path, snippet.place)))


def _write_head(
    writer: TerminalWriter, hit: Hit, title: str, highlights: tuple[tuple[int, int], ...]
) -> None:
    """Write the title and the facts, on the same line if they fit."""
    article = hit.article
    label = (f"{hit.rank}. ", HEAD)
    facts = [
        fact for fact in (article.date or article.published, article.issuer, article.number) if fact
    ]
    lines = _packed([title, *facts], writer.width - len(label[0]))
    writer.put(lines[0], painted(len(title), highlights, HEAD, HEAD_MATCH), label=label)
    for line in lines[1:]:
        writer.put(line, label=(" " * len(label[0]), PLAIN))


def _packed(pieces: list[str], room: int) -> list[str]:
    """Put pieces side by side on as few lines as possible, without breaking a piece."""
    lines = pieces[:1]
    for piece in pieces[1:]:
        line = f"{lines[-1]}  {piece}"
        if width(line) <= room:
            lines[-1] = line
        else:
            lines.append(piece)
    return lines


def _write_snippet(writer: TerminalWriter, snippet: Snippet, label: tuple[str, Style]) -> None:
    text, highlights = with_ellipses(snippet)
    writer.put(text, painted(len(text), highlights, PLAIN, MATCH), label=label)


def _write_explanation(writer: TerminalWriter, explained: Iterable[str]) -> None:
    """Write the explanation of a hit; details of a line are below it, indented."""
    for line in explained:
        text = line.lstrip()
        writer.put(text, label=(" " * (_GUTTER + len(line) - len(text)), PLAIN))


def _write_closing(
    writer: TerminalWriter, first: int, last: int, results: Results, *, pages: bool
) -> None:
    """Write the totals, the ranks shown, and how to see the other hits."""
    found = totals(first, last, results)
    if last == results.total or not pages:
        writer.put(found)
        return
    more = _("next: --offset {last}; all: -n 0").format(last=last)
    line = _("{shown}; {more}").format(shown=found, more=more)
    # Keep options and their values on one line.
    for part in [line] if width(line) <= writer.width else [found, more]:
        writer.put(part)
