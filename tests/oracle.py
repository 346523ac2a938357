"""What a query means, decided by looking at the articles themselves.

No index, no sets, no tricks: the definition of `lsq.query.nodes` in the plainest
Python. Every engine must agree with it.
"""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex

from lsq.model import Article, Places
from lsq.query import (
    And,
    Chunk,
    Dated,
    Everything,
    Field,
    Literal,
    Named,
    Near,
    Not,
    Or,
    Query,
    Regex,
    SameParagraph,
    SameSentence,
)
from lsq.segment import Segmenter
from lsq.text.fold import fold


def matching_ids(query: Query, articles: Iterable[Article], segmenter: Segmenter) -> set[str]:
    return {article.id for article in articles if matches(query, article, segmenter)}


def matches(query: Query, article: Article, segmenter: Segmenter) -> bool:  # noqa: PLR0911  # a case a node
    text = fold(article.text)
    match query:
        case Chunk(sought, words, any_word):
            having = set(segmenter.document_words(text))
            return sought in without_white_space(text) or (
                not having.isdisjoint(words)
                if any_word
                else bool(words) and having.issuperset(words)
            )
        case Field(name, part):
            value = field_value(name, article)
            return value is not None and satisfied(part, value, name)
        case Dated(first, last, name):
            made = article.date if name == "date" else None
            days = possible_days(made or article.published)
            return any(first <= day <= last for day in days)
        case Named(kind, name):
            return name in names(kind, article)
        case And(parts):
            return all(matches(part, article, segmenter) for part in parts)
        case Or(parts):
            return any(matches(part, article, segmenter) for part in parts)
        case Not(part):
            return not matches(part, article, segmenter)
        case Regex() | SameSentence() | SameParagraph() | Near():
            return satisfied(query, without_white_space(text, line_by_line=True))
        case Literal() | Everything():
            return satisfied(query, without_white_space(text))


def without_white_space(folded: str, *, line_by_line: bool = False) -> str:
    """A text with only that white space which parts two words of letters or digits.

    Line by line, line feeds stay, and so does the white space beside them.
    """
    kept = ""
    pieces = re.split(r"([ \n]+)", folded)
    for before, space, after in zip(
        pieces[::2], [*pieces[1::2], ""], [*pieces[2::2], ""], strict=True
    ):
        parts_words = is_of_word(before[-1:]) and is_of_word(after[:1])
        stays = parts_words or (line_by_line and "\n" in space)
        kept += before + (space if stays else "")
    return kept


def is_of_word(char: str) -> bool:
    """Whether it is a digit, or a letter of the Latin, Greek or Cyrillic alphabet."""
    european = "\u00df" <= char <= "\u024f" or "\u0370" <= char <= "\u052f"
    return (char.isascii() and char.isalnum()) or (european and char.isalpha())


def satisfied(query: Query, text: str, name: str = "") -> bool:  # noqa: PLR0911  # a case a node
    """Whether a text alone, that of a sentence or of the field `name`, satisfies a query."""
    match query:
        case Literal(sought):
            if name not in {"number", "indexno"}:
                return sought in text
            before = r"(?<!\d)" if sought[0].isdigit() else ""
            after = r"(?!\d)" if sought[-1].isdigit() else ""
            return re.search(before + re.escape(sought) + after, text) is not None
        case Chunk(sought, words, any_word):
            standing = [word in text for word in words]
            enough = any(standing) if any_word else bool(words) and all(standing)
            return sought in text or enough
        case Regex(pattern):
            return regex.search(pattern, text, regex.MULTILINE) is not None
        case SameSentence(part):
            return any(satisfied(part, one) for line in lines(text) for one in sentences(line))
        case SameParagraph(part):
            return any(satisfied(part, line) for line in lines(text))
        case Near(distance, parts):
            # The part's occurrences are those in the paragraph, wherever the stretch is.
            return any(
                all(stands_in(part, line, start, start + distance) for part in parts)
                for line in lines(text)
                for start in range(len(line) + 1)
            )
        case And(parts):
            return all(satisfied(part, text, name) for part in parts)
        case Or(parts):
            return any(satisfied(part, text, name) for part in parts)
        case Not(part):
            return not satisfied(part, text, name)
        case Everything():
            return True
        case Field() | Dated() | Named():
            raise AssertionError(query)


def lines(lined: str) -> list[str]:
    return [line.strip() for line in lined.split("\n") if line.strip()]


def sentences(line: str) -> Iterator[str]:
    """Cut after end marks, with the quotes and brackets after them, character by character."""
    start = 0
    for end in range(1, len(line) + 1):
        rest = line[end:]
        marks = re.search(r"""[。!?;…][")'》]*$""", line[start:end])
        if not rest or (marks and not rest.startswith(tuple(""")"'》"""))):
            if rest and rest[0] in "。!?;…" and line[end - 1] in "。!?;…":
                continue  # still in the same run of end marks
            if sentence := line[start:end].strip():
                yield sentence
            start = end


def stands_in(part: Query, text: str, start: int, end: int) -> bool:
    """Whether `part` of a `Near` stands in that stretch of a text."""
    match part:
        case Literal(sought):
            return sought in text[start:end]
        case Chunk(sought, words, any_word):
            standing = [word in text[start:end] for word in words]
            enough = any(standing) if any_word else bool(words) and all(standing)
            return sought in text[start:end] or enough
        case Regex(pattern):
            found = regex.finditer(pattern, text, regex.MULTILINE)
            return any(start <= one.start() and one.end() <= end for one in found)
        case And(parts):
            return all(stands_in(one, text, start, end) for one in parts)
        case Or(parts):
            return any(stands_in(one, text, start, end) for one in parts)
    raise AssertionError(part)


def field_value(name: str, article: Article) -> str | None:
    value: str | None = getattr(article, name)
    if not value:
        return None
    compared = without_white_space(fold(value)).strip()
    if name in {"number", "indexno"}:
        compared = re.sub(r"\s", "", compared)
    if name == "issuer":
        # Both forms, of which a string stands in one.
        short = re.sub("中央人民政府", "国务院", compared)
        for long, shorter in SHORT_NAMES.items():
            short = re.sub(long, shorter, short)
        compared = f"{compared}\n{short or compared}"
    return compared or None


SHORT_NAMES = {
    "中国共产党中央委员会": "中共中央",
    "人民代表大会": "人大",
    "人大常务委员会": "人大常委会",
    "人民(政府|检察院|法院)": r"\1",
    "发展和?改革委(员会)?": "发改委",
    "卫生健康委(员会)?": "卫健委",
    "国有资产监督管理委员会": "国资委",
    "工业和信息化": "工信",
    "人力资源和?社会保障": "人社",
    "住房和?城乡建设": "住建",
    "市场监督管理": "市场监管",
    "中华人民共和国": "",
}


def names(kind: str, article: Article) -> set[str]:
    """The names of that kind that an article has, each cut down in another way than lsq does."""
    if kind == "number":
        return {bare(field_value("number", article) or "")}
    title = field_value("title", article) or ""
    while found := re.search(VERSION, title):
        title = title[: found.start()].rstrip()
    whole = without_country(field_value("title", article) or "")
    return {whole} if kind == "edition" else {without_country(title)}


# A bracket at the end with a year or with what is said of a version, or the latter alone.
VERSION = (
    r"\((\d{4}(年(\d\d?月(\d\d?日)?)?|(-\d\d?){1,2})?版?|[^()]*(修正|修订|修改|试行|暂行|草案|征求意见稿"
    r"|送审稿|讨论稿|失效|废止|生效)[^()]*)\)$|\d{4}(年(\d\d?月(\d\d?日)?)?|(-\d\d?){1,2})?(修正|修订|修改|版)[本版]?$"
)


def without_country(title: str) -> str:
    left = bare(title)
    return left.replace("中华人民共和国", "") or left


def bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def tier(  # noqa: PLR0911  # a return a tier
    query: Query,
    article: Article,
    segmenter: Segmenter,
    *,
    any_word: bool,
    others: Mapping[str, Sequence[str]],
) -> str:
    """The tier of an article that matches a query, which is as typed.

    `others` are by its runs the words that mean the same.
    """
    several = list(runs(query))
    literal = exact(query)
    if several:
        if len(several) <= 50:
            typed = bare_query(query)
            version = typed and next(iter(names("edition", article._replace(title=typed))))
            name = typed and next(iter(names("title", article._replace(title=typed))))
            if version and version != name and version in names("edition", article):
                return "edition"
            if name and name in names("title", article):
                return "title"
            if typed and bare(typed) and bare(typed) in names("number", article):
                return "number"
            if matches(exact(query, in_title=True), article, segmenter):
                return "heading"
        if matches(literal, article, segmenter):
            return "literal"
        if others:
            same = [name for word in others.get(bare_query(query), ()) for name in title_of(word)]
            if names("title", article).intersection(same):
                return "alias"
            if matches(exact(or_same(query, others)), article, segmenter):
                return "synonym"
        if not any_word and len(several) <= 50:
            some = Or(tuple(several))
            if matches(some, article, segmenter):
                return "some"
    return "words" if any_word or literal != query else "literal"


def title_of(text: str) -> set[str]:
    """What a text is called as a title."""
    return {name for name in names("title", NAMELESS._replace(title=text)) if name}


NAMELESS = Article("", 1, None, "", Places((0,), (1,)))


def or_same(query: Query, others: Mapping[str, Sequence[str]]) -> Query:
    """The query in which the same words may stand for each of its runs."""
    match query:
        case Chunk(text) if text in others:
            return Or((query, *[Literal(other) for other in others[text]]))
        case And(parts) | Or(parts):
            return type(query)(tuple(or_same(part, others) for part in parts))
    return query


def runs(query: Query) -> Iterator[Query]:
    """The runs and quoted strings that speak for an article, literally, where they are sought."""
    match query:
        case Chunk(text) | Literal(text):
            yield Literal(text)
        case And(parts) | Or(parts) | Near(_, parts):
            for part in parts:
                yield from runs(part)
        case SameSentence(part) | SameParagraph(part):
            yield from runs(part)
        case Field("title", part):
            yield from (Field("title", run) for run in runs(part))


def exact(query: Query, *, in_title: bool = False) -> Query:  # noqa: PLR0911  # a case a node
    """The query with every run of these literally: anywhere, or in the title."""

    def each(part: Query) -> Query:
        return exact(part, in_title=in_title)

    match query:
        case Chunk(text) | Literal(text):
            return Field("title", Literal(text)) if in_title else Literal(text)
        case And(parts):
            return And(tuple(map(each, parts)))
        case Or(parts):
            return Or(tuple(map(each, parts)))
        case Near(distance, parts):
            inside = tuple(map(each, parts))
            return And(inside) if in_title else Near(distance, inside)
        case SameSentence(part) | SameParagraph(part):
            return each(part) if in_title else type(query)(each(part))
        case Field("title", part):
            return Field("title", exact(part))
    return Everything() if in_title else query


def bare_query(query: Query) -> str:
    """What was typed, where that may be the name of an article."""
    pieces = []
    for part in query.parts if isinstance(query, And) else [query]:
        if isinstance(part, Chunk | Literal):
            pieces.append(part.text)
        elif not isinstance(part, Not | Dated) and not (
            isinstance(part, Field) and part.name != "title"
        ):
            return ""
    return " ".join(pieces)


def possible_days(iso: str | None) -> list[int]:
    """The days that a date, maybe reduced, may mean, as numbers like 20200826."""
    if not iso:
        return []
    year, month, day = (*map(int, iso.split("-")), 0, 0)[:3]
    return [
        year * 10000 + one * 100 + other
        for one in ([month] if month else range(1, 13))
        for other in ([day] if day else range(1, calendar.monthrange(year, one)[1] + 1))
    ]
