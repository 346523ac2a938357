"""Markdown, as far as documents use it: headings, comments, the rest as it stands.

Source: CommonMark 0.31, sections 4.2 (ATX headings) and 4.6 (HTML comments),
https://spec.commonmark.org/0.31.2/
"""

import re
from itertools import count

from lsq.model import Bulletin, Line
from lsq.readers.text import read_lines

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]++|$)")
_COMMENT = re.compile(r"\s*+<!--.*?-->\s*+$")


def read(path: str, data: bytes) -> Bulletin:
    """Read a Markdown file; raises as `lsq.readers.text.read_lines` does.

    A heading loses its marks and is known as one; a line that is a comment is
    left blank, so that the lines keep their numbers.
    """
    return Bulletin(path, tuple(map(_line, read_lines(path, data), count(1))))


def _line(text: str, number: int) -> Line:
    if "#" not in text and "<!--" not in text:  # most lines
        return Line(text, number)
    if heading := _HEADING.match(text):
        said = text[heading.end() :].rstrip(" \t")
        bare = said.rstrip("#")
        # Marks at its end count only where white space parts them from what it says.
        closed = not bare or bare[-1] in " \t"
        return Line(bare.rstrip(" \t") if closed else said, number, heading=True)
    return Line("" if _COMMENT.match(text) else text, number)
