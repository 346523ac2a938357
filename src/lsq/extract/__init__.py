"""Convert paragraphs to articles with their metadata.

    paragraphs → labels → official document (official, headline) ┐
                        → newspaper (news)                       ┴→ assemble → Articles

Distinguishes official documents from news, and splits a gazette into its documents. A document
is one article with all its chapters and attachments; the next document begins only at another
title with another document number. Missing metadata is None, never guessed.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from lsq.extract.assemble import Metadata, Title, assemble, title_of
from lsq.extract.dates import date_in_name, dated_source, parse_date, whole_date, with_year
from lsq.extract.headline import find_title
from lsq.extract.identity import kind, whole_number
from lsq.extract.metadata_labels import NOTHING, Labelled, read_labels
from lsq.extract.news import heads
from lsq.extract.official import find_metadata
from lsq.model import Article, Bulletin, Paragraph, Places, Role
from lsq.text.typography import DATELINE, column_name, ends_sentence, is_dateline, is_masthead

__all__ = ["extract"]

_REPORTER = re.compile(r"[（(](?P<name>(?:本报)?(?:记者|通讯员)[^（）()]{1,40})[）)]")
_BRACKETS = "（）() 　"
# How many paragraphs are examined to tell an official document from news.
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


def extract(bulletin: Bulletin, paragraphs: Sequence[Paragraph]) -> tuple[Article, ...]:
    """Extract the articles of a bulletin, in order.

    Args:
        bulletin: the bulletin.
        paragraphs: the result of `lsq.repair.repair` for it.

    Returns:
        At least one article if there is any text; none otherwise.
    """
    if not paragraphs:
        return ()
    if bulletin.exact:
        return (_whole(bulletin, paragraphs),)
    if all(paragraph.role is Role.FURNITURE for paragraph in paragraphs):
        # On a page with nothing else, the apparent furniture is the text.
        paragraphs = [paragraph._replace(role=Role.TEXT) for paragraph in paragraphs]
    labelled = read_labels(paragraphs)
    if is_official(bulletin, paragraphs, labelled):
        return _documents(bulletin, paragraphs, labelled)
    return _news(bulletin, paragraphs)


def _documents(
    bulletin: Bulletin, paragraphs: Sequence[Paragraph], labelled: Labelled
) -> tuple[Article, ...]:
    """Extract the official documents of a bulletin, most often one."""
    begin = starts(paragraphs)
    found: list[Article] = []
    for start, stop in zip(begin, [*begin[1:], len(paragraphs)], strict=True):
        labels = labelled if start == 0 else NOTHING
        title = find_title(paragraphs, labels, start, stop)
        facts = find_metadata(bulletin.path, paragraphs, labels, title, range(start, stop))
        body = _body(paragraphs, start, stop, title, labels.block)
        if not body and labels.block:  # a document that consists of labels
            body = _body(paragraphs, start, stop, title)
        found.append(assemble(bulletin, len(found) + 1, title, body, facts))
    return tuple(found)


def _news(bulletin: Bulletin, paragraphs: Sequence[Paragraph]) -> tuple[Article, ...]:
    """Extract the articles of a newspaper page."""
    found: list[Article] = []
    begin = heads(paragraphs)
    first = next(i for i, one in enumerate(paragraphs) if one.role is not Role.FURNITURE)
    pieces: list[tuple[int, tuple[int, ...]]] = [(head.start, head.headline) for head in begin]
    if not pieces or pieces[0][0] > first:
        pieces.insert(0, (first, ()))
    # In wrapped text, the lines of a headline are joined without a separator.
    between = "" if any(paragraph.wrapped for paragraph in paragraphs) else " "
    columns = _columns(paragraphs)
    published = _published(bulletin, paragraphs)
    for (start, headline), after in zip(pieces, [*pieces[1:], (len(paragraphs), ())], strict=True):
        title = title_of(paragraphs, headline, between=between) if headline else None
        body = _body(paragraphs, start, after[0], title)
        dated = published or _source_day(body)
        facts = Metadata(
            date=_day(body, dated) or _last_line_day(body),
            published=dated,
            kind=kind(title.text) if title and "关于" in title.text else None,
            column=_column_at(columns, start),
            byline=_byline(body),
        )
        found.append(assemble(bulletin, len(found) + 1, title, body, facts))
    return tuple(found)


def _body(
    paragraphs: Sequence[Paragraph],
    start: int,
    stop: int,
    title: Title | None,
    block: frozenset[int] = frozenset(),
) -> list[Paragraph]:
    """The body between two paragraphs, without title, furniture and a block of labels."""
    excluded = block | (title.consumed if title else frozenset[int]())
    return [
        paragraphs[index]
        for index in range(start, stop)
        if index not in excluded and paragraphs[index].role is not Role.FURNITURE
    ]


def _columns(paragraphs: Sequence[Paragraph]) -> list[tuple[int, str]]:
    """The positions and names of the columns of the newspaper."""
    return [
        (index, name)
        for index, paragraph in enumerate(paragraphs)
        if paragraph.role is Role.FURNITURE and (name := column_name(paragraph.text))
    ]


def _column_at(columns: Sequence[tuple[int, str]], start: int) -> str | None:
    """The column of the article that begins at `start`.

    The name is at the head or the foot of a page; if the first comes after text, all are at the
    foot.
    """
    if not columns:
        return None
    before = bisect_left(columns, start, key=itemgetter(0))
    return columns[max(before - 1, 0)][1]


def _published(bulletin: Bulletin, paragraphs: Sequence[Paragraph]) -> str | None:
    """The day of the newspaper, from its masthead or the name of the file."""
    for paragraph in paragraphs:
        if paragraph.role is Role.FURNITURE and is_masthead(paragraph.text):
            return parse_date(paragraph.text)
    return date_in_name(bulletin.path)


def _day(body: Sequence[Paragraph], published: str | None) -> str | None:
    """The day in the dateline of an article, or else the day of the newspaper."""
    if published is None:
        return None
    for paragraph in body[:4]:
        if is_dateline(paragraph.text):
            match = DATELINE.match(paragraph.text)
            if match and match["month"]:
                return with_year(match[0], published) or published
    return published


def _source_day(body: Sequence[Paragraph]) -> str | None:
    """The day in a line with the source under the headline: 2023-03-15新闻联播."""
    return next((day for one in body[:4] if (day := dated_source(one.text))), None)


def _last_line_day(body: Sequence[Paragraph]) -> str | None:
    """The day in the last line, if that contains nothing else."""
    day = whole_date(body[-1].text) if len(body) > 1 else None
    return day if day and len(day) > len("2020") else None


def _byline(body: Sequence[Paragraph]) -> str | None:
    """The author of the article: on a line of its own, or in brackets near the beginning."""
    for paragraph in [*body[:3], *body[-2:]]:
        if paragraph.role is Role.BYLINE:
            return paragraph.text.strip(_BRACKETS)
    for paragraph in body[:3]:
        match = _REPORTER.search(paragraph.text, 0, 60)
        if match:
            return match["name"]
    return None


def _whole(bulletin: Bulletin, paragraphs: Sequence[Paragraph]) -> Article:
    """Convert a sheet or record to one article.

    The title is the first heading; for a sheet without headings, the name of the sheet.

    Args:
        bulletin: a sheet or a record.
        paragraphs: its rows or lines, at least one.
    """
    heads = [index for index, paragraph in enumerate(paragraphs) if paragraph.heading]
    title = title_of(paragraphs, heads[:1]) if heads else _sheet_title(bulletin, paragraphs)
    labelled = read_labels(paragraphs)
    facts = find_metadata(bulletin.path, paragraphs, labelled, title, range(len(paragraphs)))
    body = (
        [paragraph for index, paragraph in enumerate(paragraphs) if index not in title.consumed]
        if title
        else list(paragraphs)
    )
    return assemble(bulletin, 1, title, body, facts)


def _sheet_title(bulletin: Bulletin, paragraphs: Sequence[Paragraph]) -> Title | None:
    if bulletin.sheet is None:
        return None
    return Title(bulletin.sheet, Places((0,), paragraphs[0].places.numbers), frozenset())


def is_official(bulletin: Bulletin, paragraphs: Sequence[Paragraph], labelled: Labelled) -> bool:
    """Whether the bulletin consists of official documents, not news."""
    if labelled.count:
        return True
    shown = [paragraph for paragraph in paragraphs if paragraph.role is not Role.FURNITURE]
    title = ""
    for paragraph in shown[:_LOOK_AT]:
        text = paragraph.text
        if len(title) < _LONGEST_LINE and not ends_sentence(text):
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
    """The first paragraphs of the documents of a gazette; the first is 0."""
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
    """The first paragraph of the title before the document number at `position`."""
    title = ""
    for back in range(1, _MOST_TITLE_LINES + 1):
        if back > position:
            break
        paragraph = paragraphs[shown[position - back]]
        if ends_sentence(paragraph.text) or len(paragraph.text) > _LONGEST_LINE:
            break
        title = paragraph.text + title
        if kind(title) and "关于" in title:
            return shown[position - back]
    return None
