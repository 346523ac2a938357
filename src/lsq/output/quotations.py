"""Write quotations with their sources in three styles: GB/T 7714, Markdown, BibTeX.

References are in Chinese in every locale, like the documents.

GB/T 7714-2015, 信息与文献 参考文献著录规则. Its table B.1 has no mark for laws and government
documents, which are neither books [M] nor reports [R], so they get [Z], 其他. An article with the
number of a standard gets [S], 标准; a newspaper article, with a column or a byline, gets [N], 报纸.
[EB/OL] is not used, because articles do not say where on the web they were published. The number of
a document follows its title after a colon, as that of a standard (4.1: 其他题名信息); after three
authors follows 等 (8.1); the quoted page follows the date after a colon. The path is the standard's
获取和访问路径.

Markdown: 《》 around the title, 〈〉 for titles within it: GB/T 15834-2011, 4.15.

BibTeX: an entry of type misc; `mark` and `annotation` are fields of biblatex-gb7714-2015 and
biblatex, which others ignore.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from typing import Final, TextIO

from lsq.model import Article, Place
from lsq.output.printable import location, sanitize
from lsq.output.shown import headline
from lsq.relations.quotations import Quotation

# A standard's number: GB/T 7714—2015, GB 2760-2014, DB33/T 1001, YY/T 0316.
_STANDARD: Final = re.compile(r"(?:GB|DB\d{2,4}|[A-Z]{2,3})(?:/[TZ])? ?\d[\d.]*")
_BYLINE: Final = re.compile(r"^(?:本报|特约|见习)*(?:记者|通讯员)[\s:：]*")
_AUTHORS: Final = re.compile(r"[\s、,，]+")
_MOST_AUTHORS: Final = 3

# Punctuation that Markdown may take for markup, anywhere and at the beginning of a line
# (CommonMark 0.31, 2.4 and 5).
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|~&$#])")
_LINE_START: Final = re.compile(r"^([+\-=]|\d+(?=[.)]))")
# Characters that TeX needs escaped.
_TEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}


def write_gbt7714(quotations: Iterable[Quotation], out: TextIO) -> None:
    """Write references by GB/T 7714, numbered if there are several, and the passages."""
    quotations = list(quotations)
    for number, quoted in enumerate(quotations, 1):
        label = f"[{number}] " if len(quotations) > 1 else ""
        out.write(f"{label}{gbt7714(quoted)}\n")
        out.writelines(
            f"{_place_text(passage.place)}：{sanitize(passage.text)}\n"
            for passage in quoted.passages
        )


def write_markdown(quotations: Iterable[Quotation], out: TextIO) -> None:
    """Write the passages as block quotes, each source after its passages; blank lines between."""
    for number, quoted in enumerate(quotations):
        out.write("\n" if number else "")
        blocks = [f"> {_prose(one.text)}（{_place_text(one.place)}）\n" for one in quoted.passages]
        # An empty quoted line separates the paragraphs of a block quote.
        out.write(">\n".join(blocks))
        out.write(f"\n——{markdown(quoted)}\n" if blocks else f"{markdown(quoted)}\n")


def write_bibtex(quotations: Iterable[Quotation], out: TextIO) -> None:
    """Write an entry for each source, separated by blank lines."""
    keys: dict[str, int] = {}
    for number, quoted in enumerate(quotations):
        key = _key(quoted.article)
        keys[key] = keys.get(key, 0) + 1
        same = "" if keys[key] == 1 else f"-{keys[key]}"
        out.write("\n" if number else "")
        out.write(f"@misc{{{key}{same},\n")
        fields = _bibtex_fields(quoted)
        out.writelines(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        out.write("}\n")


STYLES: Final[Mapping[str, Callable[[Iterable[Quotation], TextIO], None]]] = {
    "gbt7714": write_gbt7714,
    "markdown": write_markdown,
    "bibtex": write_bibtex,
}


def gbt7714(quoted: Quotation) -> str:
    """The reference of GB/T 7714-2015, without a number."""
    article, place = quoted.article, _place(quoted)
    title = _bare(headline(article))
    if article.number and article.number not in title:
        title += f": {article.number}"
    day = article.date or article.published or ""
    if _mark(article) == "N" and article.column:
        day += f"({article.column})"
    if place.page and day:
        day += f": {place.page}"
    named = ", ".join(_authors(article))
    parts = [
        named,
        f"{title}[{_mark(article)}]",
        day,
        location(article.path, place),
    ]
    return sanitize(". ".join(filter(None, parts)))


def markdown(quoted: Quotation) -> str:
    """《题名》，机关，文号，日期（path:line), in Markdown."""
    article = quoted.article
    title = _bare(headline(article)).replace("《", "〈").replace("》", "〉")
    issuers = "、".join(_authors(article)).replace("、等", "等")
    facts = (f"《{title}》", issuers, article.number, _chinese_date(article))
    reference = "，".join(_MARKUP.sub(r"\\\1", sanitize(fact)) for fact in facts if fact)
    return f"{reference}（{_code(location(article.path, _place(quoted)))}）"


def _bibtex_fields(quoted: Quotation) -> dict[str, str]:
    """The fields of a BibTeX entry, escaped for TeX."""
    article, place = quoted.article, _place(quoted)
    day = article.date or article.published
    values = {
        "author": " and ".join(f"{{{_tex(one)}}}" for one in _authors(article, most=None)),
        # Double braces keep the case of letters.
        "title": f"{{{_tex(_bare(headline(article)))}}}",
        "number": _tex(article.number or ""),
        "date": day or "",
        "year": (day or "")[:4],
        "pages": str(place.page or ""),
        "mark": _mark(article),
        "howpublished": _tex(location(article.path, place)),
        "langid": "chinese",
        "annotation": _tex(
            " ".join(f"{one.text}（{_place_text(one.place)}）" for one in quoted.passages)
        ),
    }
    return {name: value for name, value in values.items() if value}


def _mark(article: Article) -> str:
    """The mark of the kind of document; see the module's docstring."""
    if article.number and _STANDARD.match(article.number):
        return "S"
    return "N" if article.column or article.byline else "Z"


def _authors(article: Article, most: int | None = _MOST_AUTHORS) -> list[str]:
    """The issuers or authors; after `most`, 等."""
    named = article.issuer or _BYLINE.sub("", article.byline or "")
    authors = [one for one in _AUTHORS.split(named) if one]
    return authors if most is None or len(authors) <= most else [*authors[:most], "等"]


def _place(quoted: Quotation) -> Place:
    """The place of the first passage, else of the article's beginning."""
    return quoted.passages[0].place if quoted.passages else quoted.article.place(0)


def _place_text(place: Place) -> str:
    if place.sheet is not None:
        return f"{sanitize(place.sheet)}，第{place.row}行"
    return f"第{place.page}页" if place.page else f"第{place.line}行"


def _bare(title: str) -> str:
    """A title without 《》 around all of it."""
    if not (title.startswith("《") and title.endswith("》")):
        return title
    depth = 0
    for at, character in enumerate(title):
        depth += {"《": 1, "》": -1}.get(character, 0)
        if depth == 0:
            return title[1:-1] if at == len(title) - 1 else title
    return title


def _chinese_date(article: Article) -> str | None:
    known = article.date or article.published
    if known is None:
        return None
    year, *rest = known.split("-")
    return f"{year}年" + "".join(
        f"{int(part)}{unit}" for part, unit in zip(rest, "月日", strict=False)
    )


def _prose(text: str) -> str:
    """Escape text as a line of Markdown."""
    return _LINE_START.sub(_escape_start, _MARKUP.sub(r"\\\1", sanitize(text)))


def _escape_start(found: re.Match[str]) -> str:
    """Escape the beginning of a line that would be a list in Markdown."""
    return f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}"


def _code(text: str) -> str:
    """Text as code in Markdown, between more backticks than it contains in a row."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in sanitize(text))


def _key(article: Article) -> str:
    """A key in ASCII: the year, and a digest of the article's title and metadata."""
    year = (article.date or article.published or "nd")[:4]
    known = (article.title, article.number, article.issuer, article.date, article.ordinal)
    called = "\0".join(str(one or "") for one in known) + article.path.rpartition("/")[2]
    digest = blake2b(called.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{year}-{digest}"
