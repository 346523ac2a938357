"""Markdown: headings, comments and tables; all other text stays unchanged.

Source: CommonMark 0.31, sections 4.2 (ATX headings) and 4.6 (HTML comments),
https://spec.commonmark.org/0.31.2/; GitHub Flavored Markdown 0.29, 4.10 (tables),
https://github.github.com/gfm/
"""

import re
from collections.abc import Iterator, Sequence
from itertools import count

from lsq.model import Bulletin, Line
from lsq.readers import table_lines
from lsq.readers.text import read_lines

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]++|$)")
_COMMENT = re.compile(r"\s*+<!--.*?-->\s*+$")
# The line between the header row of a table and the other rows.
_DELIMITER = re.compile(r" {0,3}\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+(?::?-++:?[ \t]*+)?+)++")
# A bar between cells; after a backslash it is a character of a cell.
_BAR = re.compile(r"(?<!\\)\|")


def read(path: str, data: bytes) -> Bulletin:
    """Read a Markdown file; raises as `lsq.readers.text.read_lines` does.

    Headings lose their marks; comments become blank lines, so that line numbers stay. A row of
    a data table becomes one line; in other tables, each cell becomes one.
    """
    lines = read_lines(path, data)
    if not any("|" in line for line in lines):
        return Bulletin(path, tuple(map(_line, lines, count(1))))
    return Bulletin(path, tuple(_with_tables(lines)))


def _with_tables(lines: Sequence[str]) -> Iterator[Line]:
    at = 0
    while at < len(lines):
        rows = _rows(lines, at)
        if rows:
            yield from _table(rows, at + 1)
            at += len(rows)
        else:
            yield _line(lines[at], at + 1)
            at += 1


def _rows(lines: Sequence[str], at: int) -> list[list[str]]:
    """The rows of the table that begins at a line, with an empty one for the delimiter; or []."""
    if "|" not in lines[at] or not _DELIMITER.fullmatch("".join(lines[at + 1 : at + 2])):
        return []
    rows = [_cells(lines[at]), []]
    for line in lines[at + 2 :]:
        if "|" not in line:
            break
        rows.append(_cells(line))
    return rows


def _cells(line: str) -> list[str]:
    inside = line.strip().removeprefix("|")
    inside = inside[:-1] if inside.endswith("|") and not inside.endswith("\\|") else inside
    return [cell.replace("\\|", "|").strip() for cell in _BAR.split(inside)]


def _table(rows: Sequence[Sequence[str]], first: int) -> Iterator[Line]:
    is_data = table_lines.is_data(rows)
    for number, cells in enumerate(rows, first):
        if is_data or not cells:
            yield Line(table_lines.row(cells), number, ends=True)
            continue
        for cell in cells:
            yield Line(cell, number, ends=True)


def _line(text: str, number: int) -> Line:
    if "#" not in text and "<!--" not in text:  # most lines
        return Line(text, number)
    if heading := _HEADING.match(text):
        content = text[heading.end() :].rstrip(" \t")
        bare = content.rstrip("#")
        # Marks at the end close the heading only after white space.
        closed = not bare or bare[-1] in " \t"
        return Line(bare.rstrip(" \t") if closed else content, number, heading=True)
    return Line("" if _COMMENT.match(text) else text, number)
