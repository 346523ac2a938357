"""Tell official documents from news, and part those that one gazette holds.

A document is one article however many chapters and attachments it has; another
begins only where another title is followed, or preceded, by another number.
"""

import re
from collections.abc import Sequence

from lsq.extract.identity import kind, whole_number
from lsq.extract.labels import Labelled
from lsq.model import Bulletin, Paragraph, Role
from lsq.text.typography import ends, is_dateline

# How far from its beginning a document shows what it is, in paragraphs.
_LOOK_AT = 40
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百\d]{1,5}[条章](?:\s|$)|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）"
)
# 各县（市、区）人民政府，市政府直属各单位：
_ADDRESSEES = re.compile(
    r"(?!.*(?:说|指出|强调|表示|如下))(?:各|省|市|国务院|有关|你)[^。；]{0,160}"
    r"(?:政府|部门|单位|机构|各部委|厅|局|委员会)[^。；]{0,40}[:：]"
)
_FEWEST_NUMBERED = 3
_MOST_TITLE_LINES = 4
_LONGEST_LINE = 100
_LONGEST_NUMBER = 60


def is_official(bulletin: Bulletin, paragraphs: Sequence[Paragraph], labelled: Labelled) -> bool:
    """Whether the bulletin is an official document, or several, and not a paper."""
    if labelled.count:
        return True
    shown = [paragraph for paragraph in paragraphs if paragraph.role is not Role.FURNITURE]
    title = ""
    for paragraph in shown[:_LOOK_AT]:
        text = paragraph.text
        if len(title) < _LONGEST_LINE and not ends(text):
            title += text
            if kind(title) and not paragraph.wrapped:
                return True
        if "〔" in (whole_number(text) or ""):
            return True
        if _ADDRESSEES.fullmatch(text) and not is_dateline(text):
            return True
    if any(line.heading for line in bulletin.lines):
        return True
    numbered = sum(_NUMBERED.match(paragraph.text) is not None for paragraph in shown)
    return numbered >= _FEWEST_NUMBERED and not any(
        paragraph.role is Role.BYLINE or is_dateline(paragraph.text) for paragraph in shown
    )


def starts(paragraphs: Sequence[Paragraph]) -> list[int]:
    """The paragraphs that documents begin with; the first is 0."""
    shown = [index for index, paragraph in enumerate(paragraphs) if paragraph.role is Role.TEXT]
    found = [0]
    numbers: set[str] = set()
    for position, index in enumerate(shown):
        text = paragraphs[index].text
        if len(text) > _LONGEST_NUMBER or "号" not in text:
            continue
        number = whole_number(text)
        if number is None or "〔" not in number:
            continue
        if numbers and number not in numbers:
            start = _title_before(paragraphs, shown, position)
            if start is not None and start > found[-1]:
                found.append(start)
        numbers.add(number)
    return found


def _title_before(
    paragraphs: Sequence[Paragraph], shown: Sequence[int], position: int
) -> int | None:
    """The first line of the title that stands before the number at `position`."""
    title = ""
    for back in range(1, _MOST_TITLE_LINES + 1):
        if back > position:
            break
        paragraph = paragraphs[shown[position - back]]
        if ends(paragraph.text) or len(paragraph.text) > _LONGEST_LINE:
            break
        title = paragraph.text + title
        if kind(title) and "关于" in title:
            return shown[position - back]
    return None
