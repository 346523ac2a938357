"""Functions that all formats share: sanitized text, names of places, paths, counts.

Control characters in text of documents must not reach a terminal.
"""

import os
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TextIO, TypeVar

from lsq.messages import _, ngettext
from lsq.model import Place

# C0 and C1 controls, direction overrides and isolates, line and paragraph
# separators: https://www.unicode.org/reports/tr36/ and ECMA-48. And surrogates, which Python
# uses for the bytes of a name that is not UTF-8.
_OBEYED = (
    "[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)


def sanitize(text: str) -> str:
    """Replace each control character by U+FFFD; the length stays."""
    # Printable text has none of these (Unicode, categories C and Z); to know that is faster.
    return text if text.isprintable() else _obeyed().sub("\ufffd", text)


def escaped(json_text: str) -> str:
    """Write control characters in JSON text as JSON escapes."""
    if json_text.isprintable():
        return json_text
    return _obeyed().sub(lambda obeyed: f"\\u{ord(obeyed[0]):04x}", json_text)


@cache
def _obeyed() -> re.Pattern[str]:
    # Compiled when first needed: it takes a third of a millisecond.
    return re.compile(_OBEYED)


def exact(path: str) -> str:
    """The path as text that is written to a pipe as its exact bytes in the file system.

    It needs a stream as `lsq.cli.streams` makes it: UTF-8, with surrogates for other bytes.
    """
    if not os.path.lexists(path):  # its name may be in GBK
        from lsq.readers.names import actual

        path = actual(path)
    try:
        return os.fsencode(path).decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # indexed on another system
        return path


def write_paths(paths: Iterable[str], out: TextIO, *, null: bool) -> None:
    """Write one path per line; with `null`, end each with NUL, and write it exactly in a pipe."""
    named = exact if null and not out.isatty() else sanitize
    end = "\0" if null else "\n"
    out.writelines(f"{named(path)}{end}" for path in paths)


def numbered(place: Place) -> str:
    """A place as text: a line, a page, or a sheet and row: 12, p3, 人员!12.

    A colon in a sheet's name is replaced, because a colon ends the place.
    """
    if place.sheet is not None:
        return f"{sanitize(place.sheet).replace(':', '：')}!{place.row}"
    return f"p{place.page}" if place.page else f"{place.line}"


def location(path: str, place: Place) -> str:
    """The file and the place in it."""
    return f"{sanitize(path)}:{numbered(place)}"


def counted(articles: int) -> str:
    """A number of articles, in words."""
    return ngettext("{count:,} article", "{count:,} articles", articles).format(count=articles)


def counted_occurrences(occurrences: int) -> str:
    """A number of occurrences, in words."""
    text = ngettext("{count:,} occurrence", "{count:,} occurrences", occurrences)
    return text.format(count=occurrences)


def occurrences_in_articles(occurrences: int, articles: int) -> str:
    """Two numbers in words: of occurrences, and of the articles that contain them."""
    return _("{occurrences} in {articles}").format(
        occurrences=counted_occurrences(occurrences), articles=counted(articles)
    )


Row = TypeVar("Row")


def promptly(rows: Iterable[Row], put: Callable[[Row], object], out: TextIO) -> None:
    """Write rows as they are made; flush only the first, because buffering is faster.

    Args:
        rows: the rows, made one by one.
        put: writes a row to `out`.
        out: the stream.
    """
    for number, row in enumerate(rows):
        put(row)
        if number == 0:
            out.flush()
