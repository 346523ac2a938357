"""Convert records of named values, as databases export them in JSON and XML, into bulletins.

A record with a long text, such as an article of a law, becomes a bulletin: its title, each
short value on a line after its name, then its texts. Records of short values only become rows
of one bulletin.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from lsq.model import Bulletin, Line
from lsq.readers import html, table_lines
from lsq.readers.sizes import check_text

# Names of values that are titles, the likeliest first.
_TITLES = (
    *(
        "title",
        "标题",
        "標題",
        "题名",
        "文件名称",
        "法规名称",
        "名称",
        "headline",
        "name",
        "subject",
    ),
    *("article_number", "条号", "主题"),
)

# A value with at least this many characters, or with several lines, is a text.
_TEXT = 60
_LONGEST_TITLE = 200

# A malicious file could repeat a long name with each of many values.
_LONGEST_NAME = 200

# If this share of records has texts, each record becomes a bulletin.
_SHARE = 0.3

# Deeper values are not read.
_DEPTH = 40

# Long values without such characters are digests and the like, not texts.
_READABLE = re.compile(r"[\s\u2e80-\uffef]")
# Long, but not texts.
_URLS = re.compile(r"(?:[a-z]+://\S+\s*)+")
_HTML = re.compile(r"<(?:p|div|br|table|span|td|li|h[1-6])\b[^<>]*+>", re.IGNORECASE)


class Record(NamedTuple):
    """A record.

    Attributes:
        place: the line of the file on which it begins.
        values: by name.
    """

    place: int
    values: Mapping[str, Any]


def bulletins(
    path: str, records: Sequence[Record], missing: str | None = None
) -> Iterator[Bulletin]:
    """A bulletin for each record, or one for all if they are rows of a table."""
    flat = [(record.place, list(_flat(path, record.values))) for record in records]
    texts = sum(any(_is_text(value) for _, value in values) for _, values in flat)
    if texts < max(1, _SHARE * len(flat)):
        lines = tuple(Line(_row(values), place, ends=True) for place, values in flat)
        yield Bulletin(path, lines, exact=True, missing=missing)
        return
    for place, values in flat:
        yield Bulletin(path, tuple(_lines(place, values)), exact=True, missing=missing)
        missing = None  # report it once


def _row(values: Sequence[tuple[str, str]]) -> str:
    return table_lines.BETWEEN.join(
        f"{name}：{table_lines.said(value)}" for name, value in values if value
    )


def _lines(place: int, values: Sequence[tuple[str, str]]) -> Iterator[Line]:
    names = [name.lower() for name, _ in values]
    title = next((names.index(name) for name in _TITLES if name in names), None)
    if title is not None and _could_be_title(values[title][1]):
        yield Line(values[title][1], place, heading=True, ends=True)
    else:
        title = None
    for index, (name, value) in enumerate(values):
        if index != title and not _is_text(value):
            yield Line(f"{name}：{table_lines.said(value)}" if name else value, place, ends=True)
    for index, (_, value) in enumerate(values):
        if index != title and _is_text(value):
            yield from (Line(text, place, ends=True) for text in value.split("\n"))


def _could_be_title(value: str) -> bool:
    return len(value) <= _LONGEST_TITLE and "\n" not in value


def _is_text(value: str) -> bool:
    is_long = len(value) >= _TEXT and _READABLE.search(value) is not None
    return (is_long or "\n" in value) and _URLS.fullmatch(value) is None


def _flat(path: str, values: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Flatten nested values to pairs of dotted names and non-empty texts."""
    match values:
        case dict() if depth < _DEPTH:
            for inner, value in values.items():
                whole = f"{name}.{inner}" if name else str(inner)
                yield from _flat(path, value, whole[:_LONGEST_NAME], depth + 1)
        case list() if depth < _DEPTH and all(isinstance(value, str) for value in values):
            if text := "\n".join(map(_plain, values)).strip():
                yield name, text
        case list() if depth < _DEPTH:
            for value in values:
                yield from _flat(path, value, name, depth + 1)
        case str():
            check_text(path, values)
            text = _page(path, values) if _HTML.search(values) else _plain(values)
            if text:
                yield name, text
        case None:
            pass
        case _:
            yield name, str(values)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _page(path: str, source: str) -> str:
    lines = html.page(path, source, website=False)
    return "\n".join(line.text for line in lines).strip()
