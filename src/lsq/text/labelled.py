"""Find metadata labels in lines: 发文字号：国发〔2019〕3号.

Text copied from a metadata table has a row of the table on each line, such as
索引号：000014349/2023-00001 主题分类：农业, often without colons, and without the white space
if cleaning has removed it.

Not in `labels`, which every search loads: compiling these patterns takes 10 ms.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lsq.text.fold import IDEOGRAPH
from lsq.text.labels import CATALOGUE, LABELS

# Shorter labels may be part of another word, except those with which no text begins.
_LONG = 3
_UNAMBIGUOUS = frozenset({"标题"})
_LONGEST_ROW = 160
_MOST_LABELS = 12  # in one row


def _spaced(labels: Sequence[str]) -> str:
    """A pattern of any of the labels, the longest first; their characters may be spaced out."""
    ordered = sorted(labels, key=len, reverse=True)
    return "|".join(r"\s{0,4}".join(map(re.escape, label)) for label in ordered)


_LABEL = re.compile(
    rf"(?:(?P<plain>{_spaced(list(LABELS))})\s?[:：]"
    rf"|[【\[](?P<boxed>{_spaced(list(LABELS))})[】\]]\s?[:：]?)\s*",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?P<plain>{_spaced([one for one in LABELS if not one.isascii()])})(?P<gap>[\s|]*+)(?![:：])"
)
_FIRST = frozenset(label[0] for label in LABELS)
_BEGINNINGS = _FIRST | frozenset("【[") | {label[0].upper() for label in LABELS}
_PARTING = frozenset("；;|")
_is_ideograph = re.compile(IDEOGRAPH).match


class FoundLabel(NamedTuple):
    """A label in a line.

    Attributes:
        start: the offset of the label.
        end: the offset of its value.
        label: as in `LABELS`.
    """

    start: int
    end: int
    label: str


def find_labels(text: str) -> list[FoundLabel]:
    """Find the labels of a line that begins with one, each with a colon or in brackets."""
    # Most lines do not begin with a label, and need no search for others.
    if text[0] not in _BEGINNINGS or _LABEL.match(text) is None:
        return []
    found: list[FoundLabel] = []
    for match in _LABEL.finditer(text):
        label = re.sub(r"\s+", "", match["plain"] or match["boxed"]).lower()
        if match["boxed"] or _may_begin(text, match.start(), label):
            found.append(FoundLabel(match.start(), match.end(), label))
    return found


def _may_begin(text: str, at: int, label: str) -> bool:
    """Whether a label may begin at an offset: not inside a word, unless the label is long."""
    before = text[at - 1 : at]
    if not before or before.isspace() or before in _PARTING:
        return True
    if label.isascii():
        return not before.isalnum()
    return len(label) >= _LONG or _is_ideograph(before) is None


def find_bare(text: str) -> list[FoundLabel]:
    """Find the labels of a line whose labels have no colons; none if it is not such a line.

    A label in the middle needs a character before it that is no ideograph, or a digit after it,
    as the title of a document may contain words that are labels elsewhere.
    """
    if text[0] not in _FIRST or len(text) > _LONGEST_ROW or text[-1] in "。；！？，：":
        return []
    if _BARE.match(text) is None:
        return []
    found: list[FoundLabel] = []
    for match in _BARE.finditer(text):
        label = re.sub(r"\s+", "", match["plain"])
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        parted = not before or _is_ideograph(before) is None
        apart = bool(match["gap"]) or not after or not _is_ideograph(after)
        apart = apart or len(label) >= _LONG or (not start and label in _UNAMBIGUOUS)
        if (parted or after.isdecimal()) and apart:
            found.append(FoundLabel(start, end, label))
        elif not found:
            return []
    return found if len(found) <= _MOST_LABELS else []


def bare_rows(texts: Sequence[str]) -> list[bool]:
    """Find the lines that are rows of a metadata table without colons.

    At least one row begins with a label of catalogues or has several long labels; the rows next
    to it begin with a label and contain its value.
    """
    rows = [find_bare(text) if text and text[0] in _FIRST else [] for text in texts]
    is_row = [False] * len(texts)
    for index, found in enumerate(rows):
        if is_row[index] or not _is_sure(texts[index], found):
            continue
        for step in (-1, 1):
            at = index
            while 0 <= at < len(texts) and _holds_value(texts[at], rows[at]):
                is_row[at] = True
                at += step
    return is_row


def _holds_value(text: str, found: Sequence[FoundLabel]) -> bool:
    return bool(found) and found[0].end < len(text)


def _is_sure(text: str, found: Sequence[FoundLabel]) -> bool:
    """Whether a line is certainly a row of labels and values."""
    if not _holds_value(text, found):
        return False
    long = [one for one in found if len(one.label) >= _LONG]
    return found[0].label in CATALOGUE or len({one.label for one in long}) > 1
