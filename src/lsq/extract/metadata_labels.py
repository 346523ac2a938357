"""Read metadata that is labelled: tables of gov.cn, front matter, 【】 notes.

A label comes before its value on the line (发文字号：国发〔2019〕3号), where others may
follow, or on a line of its own with the value on the next. Knows no more of the document than its
first paragraphs; which value wins over what else is known is decided in `official`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lsq.extract.dates import parse_date
from lsq.model import Paragraph, Role
from lsq.text.labelled import FoundLabel, bare_rows, find_bare, find_labels
from lsq.text.labels import CATALOGUE, LABELS
from lsq.text.typography import ends_sentence

# Where to look, in paragraphs: pages of gov.cn have navigation before their table.
_LOOK_AT = 80
# Two different labels make a table; one may be a sentence that looks like one.
_FEWEST = 2
_LONGEST_VALUE = 160
_TELLING = {"title", "issuer", "number", "date", "published"}
# The maximum distance of two labels of a block, and the minimum length of a sentence of text.
_FARTHEST, _TEXT = 3, 40
_LONGEST_DATE = 40
# A cell that only tables of labels have, and the maximum length of a label, with spaces.
_CELL, _LONGEST_LABEL = "索引号", 20


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labels at the head of a bulletin, and their values.

    Attributes:
        values: field of a label (title, issuer, number, date …) → its first value.
        title_at: the paragraphs that hold the title's label and the title.
        end: the first paragraph after the last of them.
        count: the number of labels.
        block: the paragraphs of their block, labels and values: they contain only metadata.
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
        self.known: dict[int, int] = {}  # the number of labels in the paragraphs read
        self._waiting: tuple[str, int] | None = None  # a label whose value follows

    def read_value(self, index: int, text: str) -> None:
        """Read a paragraph without a label: the value of the label before it, or none."""
        if self._waiting and len(text) <= _LONGEST_VALUE:
            name, at = self._waiting
            if self._tell(name, text) and name == "title":
                self.title_at = (at, index)
            if self._is_told(name, text):
                self.known[index] = 0
            self.end = index + 1
        self._waiting = None

    def read_labels(self, index: int, text: str, labels: Sequence[FoundLabel]) -> None:
        """Read a paragraph that begins with a label and may have more."""
        told = True  # everything in the paragraph is among the values
        for one, after in zip(labels, [*labels[1:], None], strict=True):
            value = text[one.end : after.start if after else None].strip(" 　|；;\"'")
            name = LABELS[one.label]
            self.catalogued = self.catalogued or one.label in CATALOGUE
            self._waiting = None if value else (name, index)
            is_first = 0 < len(value) <= _LONGEST_VALUE and self._tell(name, value)
            if is_first and name == "title" and len(labels) == 1:
                self.title_at = (index,)
            told = told and (not value or self._is_told(name, value))
        self.count += len(labels)
        self.labels.update(one.label for one in labels)
        self.end = index + 1
        if told:
            self.known[index] = len(labels)

    def read_bare(self, index: int, label: str) -> None:
        """Read a cell with a label and no colon; its value is in the next."""
        self.catalogued = self.catalogued or label in CATALOGUE
        self._waiting = (LABELS[label], index)
        self.count += 1
        self.labels.add(label)
        self.end = index + 1
        self.known[index] = 1

    def _tell(self, name: str, value: str) -> bool:
        """Keep a value if it is the first of its field; return whether it was."""
        if not name or name in self.values:
            return False
        self.values[name] = value
        return True

    def _is_told(self, name: str, value: str) -> bool:
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
    telling = reading.catalogued or reading.values.keys() & _TELLING
    if len(reading.labels) < _FEWEST or not telling:
        return NOTHING
    return Labelled(
        reading.values,
        reading.title_at,
        reading.end,
        reading.count,
        _block(paragraphs, reading.known),
    )


def _bare(text: str) -> str:
    """The text of a cell that may be a label, without its spaces."""
    return re.sub(r"\s+", "", text) if len(text) <= _LONGEST_LABEL else ""


def _is_value(name: str, text: str) -> bool:
    """Whether a text can be the value of a label, and is not text of the document."""
    if len(text) > _LONGEST_VALUE or text[-1] in "。；！？，：":
        return False
    if name in ("date", "published"):
        return len(text) <= _LONGEST_DATE and parse_date(text) is not None
    if name == "number":
        return "号" in text or not re.search("[一-鿿]", text) or text == "无"
    return True


def _block(paragraphs: Sequence[Paragraph], known: Mapping[int, int]) -> frozenset[int]:
    """The first paragraphs that are labels and values, next to each other, before any text.

    Args:
        paragraphs: of the bulletin.
        known: those that are labels and values, and how many labels each has.
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
