"""Find the title of an official document or a law among its first paragraphs.

Official titles may have several lines, be repeated, and follow the red head (…文件) and labels.
`news` finds the headlines of newspapers.
"""

import re
from collections.abc import Iterable, Sequence

from lsq.extract.assemble import Title, places_within, title_of
from lsq.extract.dates import dated_source, whole_date
from lsq.extract.identity import kind, serial, whole_number
from lsq.extract.metadata_labels import Labelled
from lsq.model import Paragraph, Role
from lsq.text.fold import fold
from lsq.text.typography import DATED, ends_sentence, is_aside, is_form, is_marked

_LONGEST_LINE = 100
_LONGEST = 200
_MOST_LINES = 6
# The maximum number of paragraphs, such as navigation, between the labels and the headline: if it
# repeats a label, and else.
_MOST_IF_LABELLED = 60
_MOST_PARAGRAPHS = 40
_NOT_TITLE = re.compile(
    r"https?://|www\.|[一-鿿]{0,8}(?:首页|字体|打印|分享|字号)[:：\s]|---"
    r"|(?:附件|附表|附录|大纲)\s?[\d一二三四五六七八九十]{0,3}\s?[:：]?$"
)
_RED = re.compile(r"(?!.*关于).{0,40}文\s?件")
# （试行第九版）, on a line of its own under the title
_EDITION = re.compile(r"[（(][^（）()]{0,16}(?:试行|暂行|版|稿|修订|草案|年本)[^（）()]{0,8}[）)]")
_CONTINUED = ("的", "》", "”", "和", "及", "与", "、")


def find_title(
    paragraphs: Sequence[Paragraph], labelled: Labelled, start: int, stop: int
) -> Title | None:
    """Find the title of the document in the paragraphs from `start` to `stop`."""
    if wanted := labelled.values.get("title"):
        return _labelled_title(paragraphs, labelled, wanted, start, stop)
    below = range(max(start, labelled.end), min(stop, start + labelled.end + _MOST_PARAGRAPHS))
    title = _title_among(paragraphs, below)
    if title is None and labelled.count:  # the labels may be under the title
        above = range(start, min(stop, labelled.end, start + _MOST_PARAGRAPHS))
        title = _title_among(paragraphs, [i for i in above if i not in labelled.block])
    return title


def _title_among(paragraphs: Sequence[Paragraph], indexes: Iterable[int]) -> Title | None:
    """The title at the beginning of the paragraphs with these indexes."""
    shown = [index for index in indexes if paragraphs[index].role is Role.TEXT]
    for index in shown[:10]:
        paragraph = paragraphs[index]
        if (
            paragraph.heading
            and len(paragraph.text) <= _LONGEST
            and not _NOT_TITLE.match(paragraph.text)
            and not _RED.fullmatch(paragraph.text)
            and not whole_number(paragraph.text)
        ):
            return _with_repeats(paragraphs, [index], shown)
    return _printed_title(paragraphs, shown)


def _labelled_title(
    paragraphs: Sequence[Paragraph], labelled: Labelled, wanted: str, start: int, stop: int
) -> Title:
    """The headline that equals the label's title, or else the value of the label."""
    key = _key(wanted)
    runs = (
        run
        for first in range(start, min(stop, labelled.end + _MOST_IF_LABELLED))
        if first not in labelled.title_at
        if (run := _run_with_text(paragraphs, key, first, stop))
    )
    repeats = set(labelled.title_at)
    headline = next(runs, None)
    if headline:
        for again in runs:
            repeats.update(again)
        return title_of(paragraphs, headline, repeats)
    at = labelled.title_at[-1] if labelled.title_at else start
    return Title(wanted, places_within(paragraphs[at], wanted), frozenset(repeats))


def _run_with_text(
    paragraphs: Sequence[Paragraph], key: str, first: int, stop: int
) -> list[int] | None:
    """The paragraphs from `first` on whose joined texts equal `key`, if any."""
    text = ""
    run: list[int] = []
    for index in range(first, min(stop, first + _MOST_LINES)):
        if paragraphs[index].role is Role.FURNITURE:
            continue
        text += _key(paragraphs[index].text)
        run.append(index)
        if text == key:
            return run
        if not key.startswith(text):
            return None
    return None


def _printed_title(paragraphs: Sequence[Paragraph], shown: Sequence[int]) -> Title | None:
    """The title by its form: the first short lines before the text begins."""
    run: list[int] = []
    text = ""
    for index in shown:
        line = paragraphs[index].text
        if not run and (
            _NOT_TITLE.match(line)
            or _RED.fullmatch(line)
            or whole_number(line)
            or dated_source(line)
        ):
            if _RED.fullmatch(line):
                run, text = [], ""
            continue
        if run and _EDITION.fullmatch(line):
            run.append(index)
            break
        if run and _RED.fullmatch(line):  # the names of joint issuers above 文件
            run, text = [], ""
            continue
        if (
            len(line) > _LONGEST_LINE
            or len(text) + len(line) > _LONGEST
            or len(run) == _MOST_LINES
            or (ends_sentence(line) and not (not run and line[-1] in "？！"))
            or is_marked(line)
            or is_aside(line)
            or is_form(line)
            or whole_number(line)
            or whole_date(line)
            or dated_source(line)
            or (kind(text) and serial(line))
            or DATED.match(line)
        ):
            break
        if run and _key(line) == _key(text):
            break
        if (
            run
            and kind(text)
            and not line.startswith(_CONTINUED)
            and text.count("《") == text.count("》")
        ):
            break
        run.append(index)
        text += line
    return _with_repeats(paragraphs, run, shown) if run else None


def _with_repeats(
    paragraphs: Sequence[Paragraph], run: Sequence[int], shown: Sequence[int]
) -> Title:
    """The title in the paragraphs of `run`, with those right after it that repeat it."""
    title = title_of(paragraphs, run)
    key = _key(title.text)
    after = [index for index in shown if index > run[-1]][:2]
    repeats = [index for index in after if _key(paragraphs[index].text) == key]
    return title_of(paragraphs, run, repeats) if repeats else title


def _key(text: str) -> str:
    """The normalized form of a title, for comparison."""
    return re.sub(r"\s+", "", fold(text))
