"""Paragraphs to articles: each piece of a bulletin with what is known of it.

    paragraphs → labels → official document (headline, document) ┐
                        → newspaper (news)                       ┴→ assemble → Articles

Knows how Chinese bulletins are made up; reads no file and knows no engine. What
is not said is None, never guessed.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from lsq.extract.assemble import Facts, Title, assemble, title_of
from lsq.extract.dates import date_in_name, dated_source, parse_date, whole_date, with_year
from lsq.extract.gazette import is_official, starts
from lsq.extract.headline import find_title
from lsq.extract.identity import kind
from lsq.extract.labels import NOTHING, Labelled, read_labels
from lsq.extract.news import heads
from lsq.extract.official import understand
from lsq.model import Article, Bulletin, Paragraph, Places, Role
from lsq.text.typography import DATELINE, column, is_dateline, is_masthead

__all__ = ["extract"]

_REPORTER = re.compile(r"[（(](?P<name>(?:本报)?(?:记者|通讯员)[^（）()]{1,40})[）)]")
_BRACKETS = "（）() 　"


def extract(bulletin: Bulletin, paragraphs: Sequence[Paragraph]) -> tuple[Article, ...]:
    """The articles of `bulletin`, in its order.

    Args:
        bulletin: where they stand.
        paragraphs: what `lsq.repair.repair` made of it.

    Returns:
        At least one article if there is any text; none otherwise.
    """
    if not paragraphs:
        return ()
    if bulletin.exact:
        return (_whole(bulletin, paragraphs),)
    if all(paragraph.role is Role.FURNITURE for paragraph in paragraphs):
        # A page with nothing else on it: what looks like furniture is all it says.
        paragraphs = [paragraph._replace(role=Role.TEXT) for paragraph in paragraphs]
    labelled = read_labels(paragraphs)
    if is_official(bulletin, paragraphs, labelled):
        return _documents(bulletin, paragraphs, labelled)
    return _news(bulletin, paragraphs)


def _documents(
    bulletin: Bulletin, paragraphs: Sequence[Paragraph], labelled: Labelled
) -> tuple[Article, ...]:
    """The official documents of a gazette; most often one."""
    begin = starts(paragraphs)
    found: list[Article] = []
    for start, stop in zip(begin, [*begin[1:], len(paragraphs)], strict=True):
        labels = labelled if start == 0 else NOTHING
        title = find_title(paragraphs, labels, start, stop)
        facts = understand(bulletin.path, paragraphs, labels, title, range(start, stop))
        body = _body(paragraphs, start, stop, title, labels.block)
        if not body and labels.block:  # a card that says nothing else
            body = _body(paragraphs, start, stop, title)
        found.append(assemble(bulletin, len(found) + 1, title, body, facts))
    return tuple(found)


def _news(bulletin: Bulletin, paragraphs: Sequence[Paragraph]) -> tuple[Article, ...]:
    """The articles of a page of a newspaper."""
    found: list[Article] = []
    begin = heads(paragraphs)
    first = next(i for i, one in enumerate(paragraphs) if one.role is not Role.FURNITURE)
    pieces: list[tuple[int, tuple[int, ...]]] = [(head.start, head.headline) for head in begin]
    if not pieces or pieces[0][0] > first:
        pieces.insert(0, (first, ()))
    # Headlines are broken up where text is wrapped; elsewhere each line says its own.
    between = "" if any(paragraph.wrapped for paragraph in paragraphs) else " "
    columns = _columns(paragraphs)
    published = _published(bulletin, paragraphs)
    for (start, headline), after in zip(pieces, [*pieces[1:], (len(paragraphs), ())], strict=True):
        title = title_of(paragraphs, headline, between=between) if headline else None
        body = _body(paragraphs, start, after[0], title)
        dated = published or _sourced(body)
        facts = Facts(
            date=_day(body, dated) or _closing(body),
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
    """What is said between two paragraphs, without title, furniture and a block of labels."""
    said = block | (title.consumed if title else frozenset[int]())
    return [
        paragraphs[index]
        for index in range(start, stop)
        if index not in said and paragraphs[index].role is not Role.FURNITURE
    ]


def _columns(paragraphs: Sequence[Paragraph]) -> list[tuple[int, str]]:
    """Where the page says which column it is, and which."""
    return [
        (index, name)
        for index, paragraph in enumerate(paragraphs)
        if paragraph.role is Role.FURNITURE and (name := column(paragraph.text))
    ]


def _column_at(columns: Sequence[tuple[int, str]], start: int) -> str | None:
    """The column of the article that begins at `start`.

    A page says it at its head or at its foot; if the first to be said comes after
    text, all stand at the foot.
    """
    if not columns:
        return None
    before = bisect_left(columns, start, key=itemgetter(0))
    return columns[max(before - 1, 0)][1]


def _published(bulletin: Bulletin, paragraphs: Sequence[Paragraph]) -> str | None:
    """The day the paper came out: by its masthead, or by the file's name."""
    for paragraph in paragraphs:
        if paragraph.role is Role.FURNITURE and is_masthead(paragraph.text):
            return parse_date(paragraph.text)
    return date_in_name(bulletin.path)


def _day(body: Sequence[Paragraph], published: str | None) -> str | None:
    """The day of an article's dateline in the year of the paper, or the paper's day."""
    if published is None:
        return None
    for paragraph in body[:4]:
        if is_dateline(paragraph.text):
            match = DATELINE.match(paragraph.text)
            if match and match["month"]:
                return with_year(match[0], published) or published
    return published


def _sourced(body: Sequence[Paragraph]) -> str | None:
    """The day that a line under the headline says: 2023-03-15新闻联播."""
    return next((day for one in body[:4] if (day := dated_source(one.text))), None)


def _closing(body: Sequence[Paragraph]) -> str | None:
    """The day on a line of its own at the end."""
    day = whole_date(body[-1].text) if len(body) > 1 else None
    return day if day and len(day) > len("2020") else None


def _byline(body: Sequence[Paragraph]) -> str | None:
    """Who wrote the article: on a line of its own, or in the brackets of the dateline."""
    for paragraph in [*body[:3], *body[-2:]]:
        if paragraph.role is Role.BYLINE:
            return paragraph.text.strip(_BRACKETS)
    for paragraph in body[:3]:
        match = _REPORTER.search(paragraph.text, 0, 60)
        if match:
            return match["name"]
    return None


def _whole(bulletin: Bulletin, paragraphs: Sequence[Paragraph]) -> Article:
    """All of `bulletin` as one article.

    Its title is its first heading; a sheet without one is called as the workbook calls it.

    Args:
        bulletin: a sheet or a record.
        paragraphs: its rows or lines, at least one.
    """
    heads = [index for index, paragraph in enumerate(paragraphs) if paragraph.heading]
    title = title_of(paragraphs, heads[:1]) if heads else _named(bulletin, paragraphs)
    labelled = read_labels(paragraphs)
    facts = understand(bulletin.path, paragraphs, labelled, title, range(len(paragraphs)))
    body = (
        [paragraph for index, paragraph in enumerate(paragraphs) if index not in title.consumed]
        if title
        else list(paragraphs)
    )
    return assemble(bulletin, 1, title, body, facts)


def _named(bulletin: Bulletin, paragraphs: Sequence[Paragraph]) -> Title | None:
    if bulletin.sheet is None:
        return None
    return Title(bulletin.sheet, Places((0,), paragraphs[0].places.numbers), frozenset())
