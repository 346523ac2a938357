"""JSON and JSON Lines: the records in a file.

The records are the objects of the outermost list, or of the longest list in the outermost
object, or else that object itself. A place is the line on which a record begins.

Source: RFC 8259; https://jsonlines.org
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin
from lsq.readers.database_records import Record, bulletins
from lsq.readers.encoding import decode
from lsq.readers.sizes import check_ends

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(strict=False)

# The maximum share of invalid lines in JSON Lines.
_BROKEN = 0.5


def read(path: str, data: bytes) -> Iterator[Bulletin]:
    """Read the records of a file.

    Raises:
        ReadError: it is not text, or not JSON.
    """
    try:
        text = decode(data)
    except ValueError as error:
        raise ReadError(path, str(error)) from error
    check_ends(path, text)
    missing = None
    try:
        records = list(_records(text))
    except ValueError as error:
        records, broken = _by_line(text)
        if not records or broken > _BROKEN * (broken + len(records)):
            raise ReadError(path, _("damaged: not JSON ({error})").format(error=error)) from error
        if broken:
            missing = _("{count} of its lines are not JSON").format(count=broken)
    except RecursionError as error:
        raise ReadError(path, _("its values are nested too deep")) from error
    yield from bulletins(path, records, missing)


def _records(text: str) -> Iterator[Record]:
    """The records of a JSON text; raises ValueError if it is invalid."""
    start = _skip(text, 0)
    value, end = _DECODER.raw_decode(text, start)
    if _skip(text, end) < len(text):
        raise ValueError(f"more after its end, at {end}")
    at = start
    if isinstance(value, dict):
        name = max(
            (name for name, inner in value.items() if _is_list_of_records(inner)),
            key=lambda name: len(value[name]),
            default=None,
        )
        if name is None:
            yield _record(text, start, value)
            return
        rest = {other: inner for other, inner in value.items() if other != name}
        if rest:
            yield _record(text, start, rest)
        at = text.find(f"{json.dumps(name, ensure_ascii=False)}", start)
        value, at = value[name], text.find("[", max(at, start))
    yield from _of_list(text, at, value if isinstance(value, list) else [value])


def _of_list(text: str, at: int, values: list[Any]) -> Iterator[Record]:
    """The records of a list that begins at `at`, with their lines as far as these are found."""
    line, counted = 1 + text.count("\n", 0, max(at, 0)), max(at, 0)
    place = at + 1 if at >= 0 and text[at : at + 1] == "[" else -1
    for value in values:
        if place >= 0:
            place = _skip(text, place)
            line, counted = line + text.count("\n", counted, place), place
            try:
                _, place = _DECODER.raw_decode(text, place)
                place = _skip(text, place) + 1  # the comma
            except ValueError:
                place = -1
        yield Record(line, value if isinstance(value, dict) else {"": value})


def _by_line(text: str) -> tuple[list[Record], int]:
    """The records of JSON Lines, and the number of invalid lines."""
    records: list[Record] = []
    broken = 0
    for place, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                value = _DECODER.decode(line)
            except (ValueError, RecursionError):
                broken += 1
            else:
                records.append(Record(place, value if isinstance(value, dict) else {"": value}))
    return records, broken


def _record(text: str, at: int, values: dict[str, Any]) -> Record:
    return Record(1 + text.count("\n", 0, at), values)


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 0 and all(isinstance(x, dict) for x in value)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
