"""Labels in lines: 发文字号：国发〔2019〕3号.

Text that was copied out of a table of them has a row on a line, 索引号：000014349/2023-00001
主题分类：农业, often without the colons, and where cleaning has closed up the white space
without that as well.

Apart from the table of labels, which every search loads: to compile what finds them in lines
takes 10 ms.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lsq.text.fold import IDEOGRAPH
from lsq.text.labels import CATALOGUE, LABELS

# A shorter label may be a part of another word, but one that no text begins with.
_LONG = 3
_ALONE = frozenset({"标题"})
_LONGEST_ROW = 160
_MOST_LABELS = 12  # in one row


def _spaced(labels: Sequence[str]) -> str:
    """An alternative for each label, whose characters may stand apart, the longest first."""
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
        start: where it begins.
        end: where its value begins.
        label: as in `LABELS`.
    """

    start: int
    end: int
    label: str


def find_labels(text: str) -> list[FoundLabel]:
    """The labels of a line that begins with one, each with its colon or in brackets."""
    # A line that does not begin with one is not searched for others: most lines.
    if text[0] not in _BEGINNINGS or _LABEL.match(text) is None:
        return []
    found: list[FoundLabel] = []
    for match in _LABEL.finditer(text):
        label = re.sub(r"\s+", "", match["plain"] or match["boxed"]).lower()
        if match["boxed"] or _may_begin(text, match.start(), label):
            found.append(FoundLabel(match.start(), match.end(), label))
    return found


def _may_begin(text: str, at: int, label: str) -> bool:
    """Whether a label may begin there: not within a word, unless it is a word by itself."""
    before = text[at - 1 : at]
    if not before or before.isspace() or before in _PARTING:
        return True
    if label.isascii():
        return not before.isalnum()
    return len(label) >= _LONG or _is_ideograph(before) is None


def find_bare(text: str) -> list[FoundLabel]:
    """The labels of a row whose labels have no colon, if it may be one; else none.

    In the middle of it a label has white space before it, or what is no ideograph, or a
    figure after it: the title of a document may hold words that are labels elsewhere.
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
        apart = apart or len(label) >= _LONG or (not start and label in _ALONE)
        if (parted or after.isdecimal()) and apart:
            found.append(FoundLabel(start, end, label))
        elif not found:
            return []
    return found if len(found) <= _MOST_LABELS else []


def bare_rows(texts: Sequence[str]) -> list[bool]:
    """Which lines are rows of a table of labels that have no colons.

    One of them begins with what only catalogues have, or has several labels; those next to
    it begin with a label, and hold its value.
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
    """Whether a row can be nothing but one of labels and values."""
    if not _holds_value(text, found):
        return False
    long = [one for one in found if len(one.label) >= _LONG]
    return found[0].label in CATALOGUE or len({one.label for one in long}) > 1
