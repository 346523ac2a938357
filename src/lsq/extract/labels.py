"""Read metadata that is labelled: tables of gov.cn, front matter, 【】 notes.

A label stands before its value on the line (发文字号：国发〔2019〕3号), or on a line
of its own with the value on the next. Knows no more of the document than its
first paragraphs; which value wins over what else is known is for `document`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lsq.model import Paragraph, Role
from lsq.text.labels import LABELS

_SPACED = "|".join(
    r"\s{0,4}".join(map(re.escape, label)) for label in sorted(LABELS, key=len, reverse=True)
)
_LABEL = re.compile(
    rf"(?:^|(?<=[\s；;|]))(?:(?P<plain>{_SPACED})\s?[:：]|[【\[](?P<boxed>{_SPACED})[】\]]\s?[:：]?)\s*",
    re.IGNORECASE,
)
_FIRST = (
    frozenset(label[0] for label in LABELS) | set("【[") | {label[0].upper() for label in LABELS}
)
# Where to look, in paragraphs: pages of gov.cn have navigation before their table.
_LOOK_AT = 80
# Two labels make a table; one may be a sentence that happens to read alike.
_FEWEST = 2
_LONGEST_VALUE = 160
_TELLING = {"title", "issuer", "number", "date", "published"}
# Labels that only catalogues of documents have.
_CATALOGUE = {"法宝引证码", "原文链接", "索引号"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """What the labels at the head of a bulletin say.

    Attributes:
        values: what a label tells (title, issuer, number, date …) → its first value.
        title_at: the paragraphs that hold the title's label and the title.
        end: the first paragraph after the last of them.
        count: how many labels there are.
    """

    values: Mapping[str, str]
    title_at: tuple[int, ...]
    end: int
    count: int


NOTHING = Labelled({}, (), 0, 0)


def read_labels(paragraphs: Sequence[Paragraph]) -> Labelled:
    """Read the labels among the first paragraphs."""
    values: dict[str, str] = {}
    title_at: tuple[int, ...] = ()
    end = count = 0
    catalogued = False
    waiting: tuple[str, int] | None = None  # a label whose value is still to come
    for index, paragraph in enumerate(paragraphs[:_LOOK_AT]):
        text = paragraph.text
        if paragraph.role is Role.FURNITURE:
            continue
        matches = (
            list(_LABEL.finditer(text))
            if text[0] in _FIRST and len(text) <= 4 * _LONGEST_VALUE
            else []
        )
        if not matches or matches[0].start() > 0:
            if waiting and len(text) <= _LONGEST_VALUE:
                name, at = waiting
                if name and name not in values:
                    values[name] = text
                    if name == "title":
                        title_at = (at, index)
                end = index + 1
            waiting = None
            continue
        for match, after in zip(matches, [*matches[1:], None], strict=True):
            label = re.sub(r"\s+", "", match["plain"] or match["boxed"]).lower()
            value = text[match.end() : after.start() if after else None].strip(" 　|；;\"'")
            name = LABELS[label]
            catalogued = catalogued or label in _CATALOGUE
            count += 1
            end = index + 1
            waiting = None
            if not value:
                waiting = (name, index)
            elif name and name not in values and len(value) <= _LONGEST_VALUE:
                values[name] = value
                if name == "title" and len(matches) == 1:
                    title_at = (index,)
    if count < _FEWEST or not (catalogued or values.keys() & _TELLING):
        return NOTHING
    return Labelled(values, title_at, end, count)
