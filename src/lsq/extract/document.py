"""Understand one official document or law: its title and what is known of it.

Sources of a fact, the surest first: labels, then the document's own form (title,
number under it, signature, notice in brackets), then the file's name; only a day
in the file's name of a law is surer than its text, which tells its whole history.
"""

import re
from collections.abc import Sequence

from lsq.extract import identity
from lsq.extract.assemble import Facts, Title
from lsq.extract.dates import (
    date_in_name,
    find_dates,
    is_paper,
    parse_date,
    whole_date,
    year_in_name,
)
from lsq.extract.identity import find_number, whole_number
from lsq.extract.labels import Labelled
from lsq.extract.signature import find_signature
from lsq.model import Paragraph, Role
from lsq.query.fields import LABELLED
from lsq.text.typography import HISTORY, ends, is_aside

# How many paragraphs under the title may be about the document: number, history.
_ABOUT = 16
_LONGEST_NOTICE = 120
_YEAR = 4  # the length of 2020
_HISTORY_FIRST = frozenset("（(根12１２一二")
_ENACTED = re.compile(
    r"日\s*(?P<organ>[^\s，。《》（）()]{2,40}?"
    r"(?:人民代表大会常务委员会|人民代表大会|国务院|人民政府|最高人民法院|最高人民检察院))"
)
_TERM = re.compile(r"第[一二三四五六七八九十百\d]+届")


def understand(
    path: str,
    paragraphs: Sequence[Paragraph],
    labelled: Labelled,
    title: Title | None,
    span: range,
) -> Facts:
    """What is known of the document in the paragraphs of `span`.

    Args:
        path: the bulletin's file.
        paragraphs: of the bulletin.
        labelled: what labels say of this document.
        title: its title, if it has one.
        span: which paragraphs are the document's.
    """
    values = labelled.values
    start, stop = span.start, span.stop
    first = max([start, labelled.end, *(title.consumed if title else ())])
    about = _about(paragraphs, first, stop)
    history = _history(about)
    in_name = date_in_name(path)
    named = None if is_paper(path) else in_name
    date = parse_date(values.get("date", "")) or named
    issuer = values.get("issuer") or (identity.issuer(title.text) if title else None)
    date = date or history
    if date is None or issuer is None:
        signature = find_signature(paragraphs, start, stop)
        if signature:
            date = date or signature.date
            issuer = issuer or signature.issuer
    if date is None:
        date = in_name or year_in_name(path)
    published = parse_date(values.get("published", "")) or (in_name if is_paper(path) else None)
    return Facts(
        date=date,
        published=published,
        issuer=_tidy(issuer) or _enactor(about),
        number=_number(values.get("number"), paragraphs, about, start, first),
        kind=values.get("kind") or (identity.kind(title.text) if title else None),
        column=values.get("column"),
        byline=values.get("byline"),
        labelled={name: values[name].strip() for name in LABELLED if values.get(name)},
    )


def _about(paragraphs: Sequence[Paragraph], first: int, stop: int) -> list[str]:
    """The texts right under the title."""
    return [
        paragraph.text
        for paragraph in paragraphs[first : min(stop, first + _ABOUT)]
        if paragraph.role is Role.TEXT
    ]


def _history(about: Sequence[str]) -> str | None:
    """The day a law was last passed or amended, by the notices under its title."""
    latest = None
    for text in about:
        if text[0] not in _HISTORY_FIRST:
            if ends(text) or len(text) > _LONGEST_NOTICE:
                break
            continue
        if not (HISTORY.match(text) or is_aside(text) or whole_date(text)):
            if ends(text):
                break
            continue
        for found in find_dates(text):
            after = text[found.end : found.end + 4].strip()
            if not after.startswith(("施行", "起施行", "起")) and len(found.iso) > _YEAR:
                latest = max(latest or "", found.iso)
    return latest


def _enactor(about: Sequence[str]) -> str | None:
    """Who passed a law, by the first notice under its title."""
    for text in about:
        if text[0] in _HISTORY_FIRST and (match := _ENACTED.search(text)):
            return _TERM.sub("", match["organ"])
    return None


def _number(
    label: str | None, paragraphs: Sequence[Paragraph], about: Sequence[str], start: int, first: int
) -> str | None:
    """The document's number, by its label or on a line of its own near the title."""
    if label:
        return find_number(label) or whole_number(label) or re.sub(r"\s+", "", label)
    above = [paragraph.text for paragraph in paragraphs[start : first + 1]]
    for text in [*above, *about]:
        number = whole_number(text)
        if number:
            return number
    return None


def _tidy(issuer: str | None) -> str | None:
    return re.sub(r"\s+", "、", issuer.strip()) if issuer else None
