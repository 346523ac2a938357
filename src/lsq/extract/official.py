"""Find the metadata of one official document or law.

The sources, the most reliable first: labels; the form of the document (title, number under it,
signature, notice in brackets); the name of the file. The date is an exception: a day in the
name of the file precedes the text, unless the text states a later day on which the law was
passed, amended or published.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lsq.extract import identity
from lsq.extract.assemble import Metadata, Title
from lsq.extract.dates import (
    date_in_name,
    find_dates,
    is_paper,
    parse_date,
    whole_date,
    year_in_name,
)
from lsq.extract.identity import find_number, is_organ, whole_number
from lsq.extract.metadata_labels import Labelled
from lsq.model import Paragraph, Role
from lsq.query.fields import LABELLED
from lsq.text.typography import HISTORY, ends_sentence, is_aside

# How many paragraphs under the title may contain its number and history.
_ABOUT = 16
_LONGEST_NOTICE = 120
# The length of 2020: a date of this length is not a signature.
_YEAR_ALONE = 4
_HISTORY_FIRST = frozenset("（(根12１２一二")
# In 日前签署国务院令, the words before the office are not part of its name.
_ENACTED = re.compile(
    r"日\s*+(?:[前起后由经]{0,2}(?:签署|签发|发布|公布)|[由经])?+\s*+"
    r"(?P<organ>[^\s，。《》（）()\d]{0,40}?"
    r"(?:人民代表大会常务委员会|人民代表大会|国务院|人民政府|最高人民法院|最高人民检察院))"
)
_TERM = re.compile(r"第?[一二三四五六七八九十百\d]{1,4}届")
# 市人民代表大会 lacks the name of the city, which the title of the law contains.
_PLACELESS = re.compile(r"(?P<unit>市|省|县|区|州|自治[区州县旗]|镇|乡)人民")
_LATER = ("通过", "修正", "修订", "修改", "批准", "公布", "发布")
# Kinds of documents whose number is an issue: 会议纪要 第8期
_SERIAL_KINDS = ("纪要", "简报", "专报", "快报", "通讯", "信息", "通报", "参考")
_DECREES = ("令", "公告")
_LONGEST_OFFICE = 60
_MOST_OFFICES = 12


def find_metadata(
    path: str,
    paragraphs: Sequence[Paragraph],
    labelled: Labelled,
    title: Title | None,
    span: range,
) -> Metadata:
    """Find the metadata of a document.

    Args:
        path: the path of the bulletin.
        paragraphs: the paragraphs of the bulletin.
        labelled: the labels of the document.
        title: its title, if it has one.
        span: the indexes of its paragraphs.
    """
    values = labelled.values
    start, stop = span.start, span.stop
    first = max([start, labelled.end, *(title.consumed if title else ())])
    about = _about(paragraphs, first, stop)
    history = _history(about)
    in_name = date_in_name(path)
    named = None if is_paper(path) else in_name
    if named and history and history > named and _is_later(about, history):
        named = history
    date = parse_date(values.get("date", "")) or named
    issuer = values.get("issuer") or (identity.issuer(title.text) if title else None)
    date = date or history
    if date is None or issuer is None:
        signature = find_signature(paragraphs, start, stop)
        if signature:
            date = date or signature.date
            issuer = issuer or signature.issuer
    above = _above(paragraphs, start, title)
    issuer = issuer or _red_head(above)
    if date is None or issuer is None:
        headed = _headed(about)
        if headed:
            date, issuer = date or headed[1], issuer or headed[0]
    if date is None:
        date = in_name or year_in_name(path)
    published = parse_date(values.get("published", "")) or (in_name if is_paper(path) else None)
    return Metadata(
        date=date,
        published=published,
        issuer=_tidy(issuer) or _enactor(about, title),
        number=_number(values.get("number"), [*above, *about], title),
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
    """The last day on which a law was passed or amended, from the notices under its title."""
    latest = None
    for text in about:
        if text[0] not in _HISTORY_FIRST:
            if ends_sentence(text) or len(text) > _LONGEST_NOTICE:
                break
            continue
        if not (HISTORY.match(text) or is_aside(text) or whole_date(text)):
            if ends_sentence(text):
                break
            continue
        for found in find_dates(text):
            after = text[found.end : found.end + 4].strip()
            if not after.startswith(("施行", "起施行", "起")) and len(found.iso) > _YEAR_ALONE:
                latest = max(latest or "", found.iso)
    return latest


def _is_later(about: Sequence[str], date: str) -> bool:
    """Whether a notice says that the document was passed, amended or published on this day."""
    return any(
        found.iso == date and any(word in text[found.end :] for word in _LATER)
        for text in about
        for found in find_dates(text)
    )


def _above(paragraphs: Sequence[Paragraph], start: int, title: Title | None) -> list[str]:
    """The lines above the title: the red head and the number."""
    stop = min(title.consumed) if title and title.consumed else start
    return [
        paragraph.text
        for paragraph in paragraphs[start:stop][-_ABOUT:]
        if paragraph.role is Role.TEXT
    ]


def _red_head(above: Sequence[str]) -> str | None:
    """The offices in the red head above the title; the last is followed by 文件."""
    organs: list[str] = []
    for text in above:
        if organ := identity.red_head(text):
            return "、".join([*organs, organ])
        if text in ("文件", "文 件") and organs:
            return "、".join(organs)
        organs = [*organs, re.sub(r"\s+", "", text)] if identity.is_organ(text) else []
    return None


def _headed(about: Sequence[str]) -> tuple[str, str] | None:
    """The office and date on one line under the head of minutes and briefs."""
    for text in about[:4]:
        last = max(find_dates(text), key=lambda found: found.end, default=None)
        if last is None or last.end != len(text) or len(last.iso) <= _YEAR_ALONE:
            continue
        organ = text[: last.start].strip()
        if identity.is_organ(organ):
            return organ, last.iso
    return None


def _enactor(about: Sequence[str], title: Title | None) -> str | None:
    """The body that passed a law, from the first notice under its title."""
    for text in about:
        if text[0] in _HISTORY_FIRST and (match := _ENACTED.search(text)):
            organ = _TERM.sub("", match["organ"])
            if organ.startswith("人民"):
                continue
            placeless = _PLACELESS.match(organ)
            if placeless and title:
                place, unit, _ = title.text.partition(placeless["unit"])
                return place + organ if unit and place else organ
            return organ
    return None


def _number(label: str | None, texts: Sequence[str], title: Title | None) -> str | None:
    """The document number, from its label or from a line near the title.

    Args:
        label: the value of the label, if any.
        texts: the lines above and under the title.
        title: the title of the document.
    """
    if label:
        return find_number(label) or whole_number(label) or re.sub(r"\s+", "", label)
    title_text = title.text if title else ""
    before = title_text
    for text in texts:
        number = whole_number(text)
        if number:
            head = re.sub(r"\s+", "", before)
            is_decree = number[0] == "第" and head.endswith(_DECREES) and "关于" not in head
            return head + number if is_decree else number
        before = text
    if title_text.endswith(_SERIAL_KINDS):
        return next((number for text in texts if (number := identity.serial(text))), None)
    return None


def _tidy(issuer: str | None) -> str | None:
    return re.sub(r"\s+", "、", issuer.strip()) if issuer else None


class Signature(NamedTuple):
    """The signature of a document.

    Attributes:
        issuer: the offices, joined by 、; None for a date without an office.
        date: ISO 8601, maybe reduced.
    """

    issuer: str | None
    date: str


def find_signature(paragraphs: Sequence[Paragraph], start: int, stop: int) -> Signature | None:
    """Find the first signature between two paragraphs."""
    begun = False
    for index in range(start, stop):
        paragraph = paragraphs[index]
        text = paragraph.text
        if paragraph.role is Role.FURNITURE:
            continue
        if len(text) > _LONGEST_OFFICE:
            begun = True
            continue
        if not begun:
            begun = ends_sentence(text) and text[-1] in "。；！？”"
            continue
        if "年" not in text and not text[0].isdigit():
            continue
        date = whole_date(text)
        if date is not None and len(date) > _YEAR_ALONE:
            return Signature(_offices(paragraphs, start, index), date)
        # 国务院办公厅 2019年1月22日, on one line
        last = max(find_dates(text), key=lambda found: found.end, default=None)
        if last and last.end == len(text) and is_organ(text[: last.start].strip()):
            return Signature(text[: last.start].strip(), last.iso)
    return None


def _offices(paragraphs: Sequence[Paragraph], start: int, at: int) -> str | None:
    """The offices on the lines before a date."""
    found: list[str] = []
    for index in range(at - 1, max(start, at - _MOST_OFFICES) - 1, -1):
        paragraph = paragraphs[index]
        if paragraph.role is Role.FURNITURE:
            continue
        text = paragraph.text
        if ends_sentence(text) or not is_organ(text):
            break
        found.extend(reversed(re.split(r"[\s　]+", text)))
    return "、".join(reversed(found)) or None
