"""Split a newspaper page into its articles by their headlines.

A headline is a short paragraph that does not end with a sentence. Its context distinguishes it
from subheadings: it comes after a byline, a page number or the end of a text, and before a
byline, a dateline or a text. Evidence is strong or weak; weak evidence counts only in wrapped
text, where headings and headlines break the pattern of the lines.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lsq.extract.dates import dated_source, whole_date
from lsq.model import Paragraph, Role
from lsq.text.typography import ends_sentence, is_aside, is_dateline, is_form, is_marked

_LONGEST = 70
_LONGEST_LINE = 60
# A longer paragraph under a headline, or one of several lines, is a lead.
_LONGEST_DECK = 40
_MOST_LINES = 4
_SHORTEST = 4
# The minimum text of an article before another may begin without strong evidence.
_SHORTEST_ARTICLE = 60
# So many headlines with only weak evidence are subheadings of one article.
_MOST_WEAK = 6
# Headings of a box beside an article, which is part of the article.
_SIDEBAR = re.compile(
    "（(?:延伸阅读|(?:相关|新闻|资料)?链接|(?:新闻)?背景|名词解释|小贴士|短评)）$"
)
# Photo credits: 张连华摄, 瞿明斌摄（影像中国）, 图/新华社, 图片由市水利局提供
_CREDIT = re.compile(
    r"[（(]?[^，。；：！？]{1,24}(?:摄(?:影)?(?:报道)?|制图|供图|绘)(?:[（(][^（）()]{1,20}[）)])?[）)]?"
    r"|[（(]?(?:摄影|制图|图片?|摄|版式设计|制表|数据来源|资料来源)\s?[:：/／][^，。；！？]{1,30}[）)]?"
    r"|[（(]?(?:图片|照片)?(?:均)?由?[^，。；：！？]{1,20}提供[）)]?"
    r"|[（(]?(?:资料图片|资料照片|影像中国|人民视觉|新华社发)[^，。；！？]{0,12}[）)]?"
)
# 国务院扶贫办： before a quotation is part of the headline
_LONGEST_SPEAKER = 16
_SPEAKER_ENDS = "：:"
_ALIKE = 0.9  # the minimum ratio of font sizes in one headline
_QUESTIONS = "？！?!"
_LONGEST_QUESTION = 30


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of an article.

    Attributes:
        start: its first paragraph, including the kicker.
        headline: the paragraphs of its headline.
        strong: whether there is evidence besides its form.
    """

    start: int
    headline: tuple[int, ...]
    strong: bool


def heads(paragraphs: Sequence[Paragraph]) -> list[Head]:
    """Find the beginnings of articles, in order."""
    shown = [i for i, paragraph in enumerate(paragraphs) if paragraph.role is not Role.FURNITURE]
    usual_gap = _usual_gap(paragraphs, shown)
    found: list[Head] = []
    written = 0  # characters of text since the last headline
    position = 0
    first = _first(paragraphs, shown)
    while position < len(shown):
        block = _block(paragraphs, shown, position, usual_gap)
        if block:
            strong = _is_strong(paragraphs, shown, position, len(block), written)
            if (
                position == first
                or strong
                or _is_weak(paragraphs, shown, position, len(block), written)
            ):
                start = shown[0] if position == first else block[0]
                headline = _headline(paragraphs, block)
                found.append(Head(start, headline, strong or position == first))
                written = 0
                position += len(block)
                continue
        paragraph = paragraphs[shown[position]]
        if paragraph.role is Role.TEXT:
            written += len(paragraph.text)
        position += 1
    weak = sum(not head.strong for head in found)
    if weak >= _MOST_WEAK and weak > 2 * (len(found) - weak):
        return [head for head in found if head.strong]
    return found


def _first(paragraphs: Sequence[Paragraph], shown: Sequence[int]) -> int:
    """The position of the first paragraph that is not a line of date and source."""
    for position, index in enumerate(shown):
        if dated_source(paragraphs[index].text) is None:
            return position
    return 0


def _block(
    paragraphs: Sequence[Paragraph], shown: Sequence[int], position: int, usual_gap: int
) -> list[int]:
    """The paragraphs from `position` on that may be headline, kicker and deck."""
    block: list[int] = []
    size = 0
    widest = 0  # the maximum distance of paragraphs in the block, in lines
    for index in shown[position : position + _MOST_LINES]:
        paragraph = paragraphs[index]
        if not (
            _may_be_headline(paragraph, first=not block) or (not block and _is_speaker(paragraph))
        ):
            break
        if block and not paragraph.heading and _is_lead(paragraph):
            break
        size += len(paragraph.text)
        if block:
            gap = paragraph.places.numbers[0] - paragraphs[block[-1]].places.numbers[-1]
            if size > _LONGEST or (len(block) > 1 and gap > widest) or gap > usual_gap:
                break
            widest = max(widest, gap)
        block.append(index)
    if len(block) == 1 and _is_speaker(paragraphs[block[0]]):
        return []
    return block


def _usual_gap(paragraphs: Sequence[Paragraph], shown: Sequence[int]) -> int:
    """The most frequent distance of paragraphs, in lines; pages count as lines."""
    gaps = [
        paragraphs[after].places.numbers[0] - paragraphs[before].places.numbers[-1]
        for before, after in pairwise(shown)
    ]
    return max(set(gaps), key=Counter(gaps).__getitem__) if gaps else 1


def _is_speaker(paragraph: Paragraph) -> bool:
    """Whether a line names the speaker of the headline below it: 国务院扶贫办：."""
    text = paragraph.text
    return (
        paragraph.role is Role.TEXT
        and text[-1] in _SPEAKER_ENDS
        and len(text) <= _LONGEST_SPEAKER
        and not is_marked(text)
        and not ("，" in text or "。" in text)
    )


def _may_be_headline(paragraph: Paragraph, first: bool) -> bool:
    text = paragraph.text
    if paragraph.role is not Role.TEXT or len(text) > _LONGEST_LINE:
        return False
    if _CREDIT.fullmatch(text):
        return False
    if paragraph.heading:
        return not is_marked(text)
    if ends_sentence(text) and not (
        text[-1] in _QUESTIONS and len(text) <= _LONGEST_QUESTION and "。" not in text
    ):
        return False
    if is_aside(text):
        return not first
    return (
        not is_marked(text)
        and not is_dateline(text)
        and not is_form(text)
        and not _SIDEBAR.search(text)
        and whole_date(text) is None
        and dated_source(text) is None
    )


def _is_lead(paragraph: Paragraph) -> bool:
    """Whether it has the form of body text, even without a sentence end."""
    return len(paragraph.text) > _LONGEST_DECK or (
        len(paragraph.places.numbers) > 1 and "，" in paragraph.text
    )


def _is_strong(
    paragraphs: Sequence[Paragraph], shown: Sequence[int], position: int, size: int, written: int
) -> bool:
    """Whether the context of a block shows that an article begins with it."""
    block = [paragraphs[index] for index in shown[position : position + size]]
    if any(paragraph.heading for paragraph in block):
        return True
    after = shown[position + size : position + size + 2]
    if after:
        follower = paragraphs[after[0]]
        if follower.role is Role.TEXT and is_dateline(follower.text):
            return True
        if follower.role is Role.BYLINE and len(after) > 1 and _is_text(paragraphs[after[1]]):
            return True
    if not written or not after or not _is_text(paragraphs[after[0]]):
        return False
    before = paragraphs[shown[position - 1]]
    if before.role is Role.BYLINE:
        return True
    furniture_between = shown[position] - shown[position - 1] > 1
    return furniture_between and _is_over(before)


def _is_weak(
    paragraphs: Sequence[Paragraph], shown: Sequence[int], position: int, size: int, written: int
) -> bool:
    """Whether a block may be a headline by its form and position alone."""
    first = paragraphs[shown[position]]
    after = shown[position + size : position + size + 1]
    return (
        first.wrapped
        and first.text[-1] not in _QUESTIONS
        and first.text[-1] not in _SPEAKER_ENDS
        and written >= _SHORTEST_ARTICLE
        and len(first.text) >= _SHORTEST
        and _is_over(paragraphs[shown[position - 1]])
        and bool(after)
        and _is_text(paragraphs[after[0]])
    )


def _is_over(paragraph: Paragraph) -> bool:
    """Whether an article may end with it."""
    text = paragraph.text
    return (
        paragraph.role is Role.BYLINE
        or is_aside(text)
        or (ends_sentence(text) and text[-1] not in "：；:;，")
    )


def _is_text(paragraph: Paragraph) -> bool:
    """Whether it is body text."""
    if paragraph.role is not Role.TEXT:
        return False
    return ends_sentence(paragraph.text) or _is_lead(paragraph)


def _headline(paragraphs: Sequence[Paragraph], block: Sequence[int]) -> tuple[int, ...]:
    """The paragraphs of a block that are the headline, without kicker and deck."""
    bold = [index for index in block if paragraphs[index].heading]
    sizes = [paragraphs[index].size for index in bold]
    largest = max((size for size in sizes if size is not None), default=None)
    if largest is not None:  # kicker, deck and authors are smaller
        bold = [index for index in bold if (paragraphs[index].size or 0) >= _ALIKE * largest]
    if bold:
        headline = [bold[0]]
        for index in block[block.index(bold[0]) + 1 :]:
            if index not in bold and not is_aside(paragraphs[index].text):
                break
            headline.append(index)
        return tuple(headline)
    headline = [block[0]]
    for index in block[1:]:
        if paragraphs[headline[-1]].text[-1] in _QUESTIONS or paragraphs[index].text.startswith(
            "——"
        ):
            break
        headline.append(index)
    return tuple(headline)
