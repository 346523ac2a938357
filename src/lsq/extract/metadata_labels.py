"""Read labelled metadata: tables of gov.cn, front matter, 【】 notes.

A line contains labels and values (发文字号：国发〔2019〕3号), or a label whose value is on the next
line. Only the first paragraphs are examined. `official` combines the
values with other evidence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lsq.extract.dates import parse_date
from lsq.model import Paragraph, Role
from lsq.text.labelled import FoundLabel, bare_rows, find_bare, find_labels
from lsq.text.labels import CATALOGUE, LABELS
from lsq.text.typography import ends_sentence

# How many paragraphs are examined: pages of gov.cn have navigation before their table.
_LOOK_AT = 80
# The minimum number of different labels; a single one may be a sentence that looks like one.
_FEWEST = 2
_LONGEST_VALUE = 160
_CORE_FIELDS = {"title", "issuer", "number", "date", "published"}
# The maximum distance of two labels of a block, and the minimum length of a sentence of text.
_FARTHEST, _TEXT = 3, 40
_LONGEST_DATE = 40
# A label that only metadata tables have, and the maximum length of a label, with spaces.
_CELL, _LONGEST_LABEL = "索引号", 20


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labels at the head of a bulletin, and their values.

    Attributes:
        values: field (title, issuer, number, date …) → the first value.
        title_at: the paragraphs with the label of the title and the title.
        end: the first paragraph after the labels.
        count: the number of labels.
        block: the paragraphs that contain only labels and values.
    """

    values: Mapping[str, str]
    title_at: tuple[int, ...]
    end: int
    count: int
    block: frozenset[int] = frozenset()


NOTHING = Labelled({}, (), 0, 0)


class _Reading:
    """The state of reading a block of labels."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.title_at: tuple[int, ...] = ()
        self.end = self.count = 0
        self.labels: set[str] = set()
        self.catalogued = False
        self.known: dict[int, int] = {}  # paragraph → the number of labels in it
        self._waiting: tuple[str, int] | None = None  # the field of a label without a value yet

    def read_value(self, index: int, text: str) -> None:
        """Read a paragraph without labels, which may be the value of the label before it."""
        if self._waiting and len(text) <= _LONGEST_VALUE:
            name, at = self._waiting
            if self._store(name, text) and name == "title":
                self.title_at = (at, index)
            if self._is_stored(name, text):
                self.known[index] = 0
            self.end = index + 1
        self._waiting = None

    def read_labels(self, index: int, text: str, labels: Sequence[FoundLabel]) -> None:
        """Read a paragraph of labels and their values."""
        is_stored = True  # whether `values` contains the whole paragraph
        for one, after in zip(labels, [*labels[1:], None], strict=True):
            value = text[one.end : after.start if after else None].strip(" 　|；;\"'")
            name = LABELS[one.label]
            self.catalogued = self.catalogued or one.label in CATALOGUE
            self._waiting = None if value else (name, index)
            is_first = 0 < len(value) <= _LONGEST_VALUE and self._store(name, value)
            if is_first and name == "title" and len(labels) == 1:
                self.title_at = (index,)
            is_stored = is_stored and (not value or self._is_stored(name, value))
        self.count += len(labels)
        self.labels.update(one.label for one in labels)
        self.end = index + 1
        if is_stored:
            self.known[index] = len(labels)

    def read_bare(self, index: int, label: str) -> None:
        """Read a cell that is a label without a colon; its value is in the next cell."""
        self.catalogued = self.catalogued or label in CATALOGUE
        self._waiting = (LABELS[label], index)
        self.count += 1
        self.labels.add(label)
        self.end = index + 1
        self.known[index] = 1

    def _store(self, name: str, value: str) -> bool:
        """Store a value if it is the first of its field; returns whether it was."""
        if not name or name in self.values:
            return False
        self.values[name] = value
        return True

    def _is_stored(self, name: str, value: str) -> bool:
        return _is_value(name, value) and self.values.get(name, value) == value


def read_labels(paragraphs: Sequence[Paragraph]) -> Labelled:
    """Read the labels among the first paragraphs."""
    reading = _Reading()
    in_cells = any(_bare(one.text) == _CELL for one in paragraphs[:_LOOK_AT])
    rows = bare_rows([one.text for one in paragraphs[:_LOOK_AT]])
    for index, paragraph in enumerate(paragraphs[:_LOOK_AT]):
        text = paragraph.text
        if paragraph.role is Role.FURNITURE:
            continue
        labels = find_labels(text) if len(text) <= 4 * _LONGEST_VALUE else []
        if not labels and rows[index]:
            labels = find_bare(text)
        if labels:
            reading.read_labels(index, text, labels)
        elif in_cells and (label := _bare(text)) in LABELS:
            reading.read_bare(index, label)
        else:
            reading.read_value(index, text)
    is_evidence = reading.catalogued or reading.values.keys() & _CORE_FIELDS
    if len(reading.labels) < _FEWEST or not is_evidence:
        return NOTHING
    return Labelled(
        reading.values,
        reading.title_at,
        reading.end,
        reading.count,
        _block(paragraphs, reading.known),
    )


def _bare(text: str) -> str:
    """The text of a cell without spaces; empty if it is too long for a label."""
    return re.sub(r"\s+", "", text) if len(text) <= _LONGEST_LABEL else ""


def _is_value(name: str, text: str) -> bool:
    """Whether a text may be the value of a field, and not text of the document."""
    if len(text) > _LONGEST_VALUE or text[-1] in "。；！？，：":
        return False
    if name in ("date", "published"):
        return len(text) <= _LONGEST_DATE and parse_date(text) is not None
    if name == "number":
        return "号" in text or not re.search("[一-鿿]", text) or text == "无"
    return True


def _block(paragraphs: Sequence[Paragraph], known: Mapping[int, int]) -> frozenset[int]:
    """The first contiguous paragraphs of labels and values, if no text is above them.

    Args:
        paragraphs: the paragraphs of the bulletin.
        known: the paragraphs of labels and values, with the number of labels in each.
    """
    block: list[int] = []
    for index in known:
        if block and index - block[-1] > _FARTHEST:
            break
        block.append(index)
    if max(len(block), sum(known[index] for index in block)) < _FEWEST:
        return frozenset()
    text_above = any(
        paragraph.role is Role.TEXT
        and len(paragraph.text) >= _TEXT
        and ends_sentence(paragraph.text)
        for paragraph in paragraphs[: block[0]]
    )
    return frozenset() if text_above else frozenset(block)
