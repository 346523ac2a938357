"""Write the differences between two articles: lines like those of diff, JSON, tables.

JSON and tables are a stable interface, as `lsq.output.records` is.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TextIO

from lsq.output.printable import numbered, promptly, sanitize
from lsq.relations.differences import Change, Ranges, Sentence

COLUMNS: Final = (
    "kind",
    *("old_line", "old_page", "old_number", "old"),
    *("new_line", "new_page", "new_number", "new"),
)


def record(change: Change) -> dict[str, Any]:
    """A change as plain values."""
    return {
        "kind": change.kind,
        "old": change.old and _sentence(change.old, change.old_ranges),
        "new": change.new and _sentence(change.new, change.new_ranges),
    }


def _sentence(sentence: Sentence, ranges: Ranges) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "number": sentence.number or None,
        **sentence.place._asdict(),
        "differing": [list(one) for one in ranges],
    }


def row(change: Change) -> dict[str, Any]:
    """A change as a row of a table."""
    values: dict[str, Any] = {"kind": change.kind}
    for side, sentence in (("old", change.old), ("new", change.new)):
        values[side] = sentence and sentence.text
        values[f"{side}_number"] = (sentence and sentence.number) or None
        values[f"{side}_line"] = sentence and sentence.place.line
        values[f"{side}_page"] = sentence and sentence.place.page
    return values


def hunks(changes: Sequence[Change], context: int) -> Iterator[list[Change]]:
    """Group changes into hunks, with `context` unchanged sentences before and after."""
    hunk: list[Change] = []
    after = 0
    for number, change in enumerate(changes):
        if change.kind != "same":
            if not hunk:
                low = max(0, number - context)
                hunk = list(changes[low:number])
            hunk.append(change)
            after = 0
        elif hunk:
            after += 1
            if after > 2 * context:
                yield hunk[: len(hunk) - context] if context else hunk
                hunk, after = [], 0
            else:
                hunk.append(change)
    if hunk:
        yield hunk[: len(hunk) - max(0, after - context)]


def write_plain(found: Iterable[list[Change]], names: tuple[str, str], out: TextIO) -> None:
    """Write changes in the style of diff -u, with a sentence for a line."""
    promptly(_lines(found, names), out.write, out)


def _lines(found: Iterable[list[Change]], names: tuple[str, str]) -> Iterator[str]:
    yield f"--- {sanitize(names[0])}\n+++ {sanitize(names[1])}\n"
    for hunk in found:
        yield f"{heading(hunk)}\n"
        for change in hunk:
            for sign, sentence, _ranges in sides(change):
                yield f"{sign}{sanitize(printed(sentence))}\n"


def heading(hunk: Sequence[Change]) -> str:
    """The places where a hunk begins in both articles: @@ -12 +14 @@."""
    old = next((numbered(one.old.place) for one in hunk if one.old), "")
    new = next((numbered(one.new.place) for one in hunk if one.new), "")
    return " ".join(["@@", *([f"-{old}"] if old else []), *([f"+{new}"] if new else []), "@@"])


def sides(change: Change) -> Iterator[tuple[str, Sentence, Ranges]]:
    """The lines of a change: the sign, the sentence, and its ranges that differ."""
    if change.kind == "same" and change.new:
        yield " ", change.new, ()
        return
    if change.old:
        yield "-", change.old, change.old_ranges
    if change.new:
        yield "+", change.new, change.new_ranges


def printed(sentence: Sentence) -> str:
    """A sentence after its number, if it has one."""
    return f"{sentence.number} {sentence.text}" if sentence.number else sentence.text
