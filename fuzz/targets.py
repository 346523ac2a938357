"""What is fuzzed: for each name a check that any bytes must pass, and bytes to begin with.

A reader is called past the net that `lsq.readers` has under it, then what it found goes
through repair and extract: there must come out text with its places, or a ReadError that
names the file. A query must come out as a query, or as a QueryError at a place in it.
"""

import gzip
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from io import BytesIO
from unittest.mock import patch

from PIL import Image
from tests.readers.pictured import WHOLE, drawing, in_docx, in_ofd, in_pptx, vml
from tests.readers.samples import (
    doc,
    docx,
    epub,
    glyphs,
    odf,
    ofd,
    paragraph,
    pdf,
    ppt,
    pptx,
    tarred,
    xlsx,
    zipped,
)

from lsq.errors import QueryError, ReadError
from lsq.extract import extract
from lsq.model import Bulletin
from lsq.query import parse
from lsq.query.nodes import Node
from lsq.readers import formats, read_data
from lsq.readers.layout import PageContent, Rule, Run, lay_out, to_lines
from lsq.repair import repair
from lsq.segment import Segmenter

NAME = "a/b"

# Of pages made of bytes: the bytes of a run or a rule, which of them are rules, turns, pages.
_RECORD, _RULES, _TURNS, _MOST_PAGES = 8, 0xC0, 4, 6


@dataclass(frozen=True, slots=True)
class Target:
    """Something that takes bytes.

    Attributes:
        check: raises what is no answer to such bytes: a defect.
        seeds: bytes that it takes, to begin with.
    """

    check: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


def check_reader(form: str, data: bytes) -> None:
    """One reader, and what is made of its lines."""
    try:
        found = import_module(f"lsq.readers.{form}").read(NAME, data)
        for bulletin in (found,) if isinstance(found, Bulletin) else found:
            _check_bulletin(bulletin)
    except ReadError as error:
        _check_error(error)


def check_archive(data: bytes) -> None:
    """A zip, or whatever it is by its first bytes, as files are read."""
    for found in read_data(f"{NAME}.zip", data):
        if isinstance(found, ReadError):
            _check_error(found)
        else:
            _check_bulletin(found)


def check_image(data: bytes) -> None:
    """A picture, up to what would be recognised on it."""
    import lsq.readers.image  # noqa: F401 (patched below)

    with (
        patch("lsq.readers.ocr.is_active", lambda: True),
        patch("lsq.readers.image.sheet_of", lambda one: PageContent(one.width, one.height)),
    ):
        check_reader("image", data)


def check_pictured(data: bytes) -> None:
    """A document with pictures in it, up to what would be recognised on them."""
    import lsq.readers.image
    import lsq.readers.ocr.recognition  # noqa: F401 (patched below)

    form = formats.detect(NAME, data) if data.startswith(b"PK\x03\x04") else ""
    if form not in ("docx", "pptx", "ofd"):
        return
    found = PageContent(100.0, 100.0, [Run("一二三四五六七八", 10.0, 90.0, 50.0, 10.0)])
    with (
        patch("lsq.readers.ocr.is_active", lambda: True),
        patch("lsq.readers.ocr.recognition.sheet_of", lambda *_: found),
    ):
        check_reader(form, data)


def check_format(data: bytes) -> None:
    """What is told of a file by its bytes, whatever its name."""
    for suffix in ("", ".txt", ".html", ".mht", ".pdf", ".docx", ".zip"):
        try:
            form = formats.detect(NAME + suffix, data)
        except ReadError as error:
            _check_error(error)
        else:
            import_module(f"lsq.readers.{form}")


def check_layout(data: bytes) -> None:
    """Pages of runs and rules wherever bytes say: no character is made up, none stands nowhere."""
    sheets = [_sheet(page) for page in data.split(b"\xff")[:_MOST_PAGES]]
    drawn = Counter(char for sheet in sheets for run in sheet.runs for char in run.text)
    lines = list(to_lines(lay_out(sheets)))
    assert all(1 <= line.place <= len(sheets) for line in lines)
    laid = Counter(char for line in lines for char in line.text if char not in " |")
    assert not laid - drawn, laid - drawn
    _check_bulletin(Bulletin(NAME, tuple(lines), paged=True))


def _sheet(data: bytes) -> PageContent:
    """A page: eight bytes each are a run or a rule."""
    sheet = PageContent(595.0, 842.0)
    for at in range(0, len(data) - _RECORD + 1, _RECORD):
        kind, x, y, aside, below, size, count, char = data[at : at + _RECORD]
        left, base = 2.4 * x + aside / 16, 3.4 * y + below / 16
        if kind >= _RULES:
            wide, high = (2.4 * size, 0.5) if kind % 2 else (0.5, 3.4 * size)
            sheet.rules.append(Rule(left, base, left + wide, base + high))
            continue
        high = 1.0 + size / 8
        text = chr(0x4E00 + char) * (1 + count % 24) if char % 4 else str(char) * (1 + count % 3)
        right = left + high * len(text)
        turn, is_bold = kind % 8 if kind % 8 < _TURNS else 0, kind % 5 == 0
        sheet.runs.append(Run(text, left, right, base, high, is_bold, turn=turn))
    return sheet


def check_query(data: bytes) -> None:
    """A query, as typed."""
    query = data.decode("utf-8", errors="surrogateescape")
    try:
        tree = parse(query, _segmenter().query_words)
    except QueryError as error:
        assert 0 <= error.position <= len(query), error.position
        assert error.reason
    else:
        assert isinstance(tree, Node), tree


def _check_error(error: ReadError) -> None:
    assert error.path.startswith(NAME), error.path
    assert error.reason


def _check_bulletin(bulletin: Bulletin) -> None:
    assert bulletin.path.startswith(NAME), bulletin.path
    places = {line.place for line in bulletin.lines}
    assert all(place >= 1 for place in places)
    for article in extract(bulletin, repair(bulletin)):
        assert article.text.strip()
        assert places.issuperset(article.places.numbers)


@cache
def _segmenter() -> Segmenter:
    return Segmenter()


_FLAT = (
    "<p:package xmlns:p='p'><p:part p:name='/word/document.xml'><p:xmlData><d><p><t>一</t></p></d>"
    "</p:xmlData></p:part></p:package>"
).encode()
_EXCEL = (
    b"<Workbook><Worksheet Name='a'><Table><Row><Cell>b</Cell></Row></Table></Worksheet></Workbook>"
)
_MAIL = (
    b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>a\n--x\n"
    b"Content-Disposition: attachment; filename=a.txt\n\nb\n--x--\n"
)


def _image(form: str) -> bytes:
    """A picture of that format."""
    buffer = BytesIO()
    Image.linear_gradient("L").resize((24, 16)).convert("P").convert("RGB").save(buffer, form)
    return buffer.getvalue()


_GIF = _image("GIF")
_READERS = {
    "text": ("第一条\r\n第二条".encode("gbk"), "一、总则\n　　国土空间规划。\n".encode() * 3),
    "markdown": (
        "# 标题\n\n<!-- 注 -->\n生态产品价值。\n".encode(),
        "| 县区 | 金额 |\n|---|:-:|\n| 莲都\\\\|区 | 200\n".encode(),
    ),
    "html": (
        b"<html><body><table><tr><td>\xe4\xb8\x80</td></tr></table></body></html>",
        "<html><title>一</title><nav><a href=x>二</a></nav><h1>三</h1><p>四。<pre>五".encode(),
    ),
    "mht": (b'MIME-Version: 1.0\nContent-Type: text/html; charset="gbk"\n\n<html><p>a</html>',),
    "pdf": (pdf("丽水市人民政府办公室文件", "第二页"),),
    "docx": (docx(paragraph("一") * 5, styles="<w:style/>"),),
    "word": (doc("国务院", "办公厅 2020"),),
    "epub": (epub("<h1>一</h1>", "<p>二</p>"),),
    "sheets": (xlsx({"一": [["姓名", "金额"], ["张三", 200]]}, merges=["A1:B1"]),),
    "delimited": ("姓名,金额\n张三,200\n".encode(), '甲\t"乙\n"\n'.encode("gbk")),
    "json": ('[{"title": "一", "content": "二\\n三"}]'.encode(), b'{"a": [1, {"b": "<p>c"}]}\n{}'),
    "xml": ("<a><b><c>一</c></b><b><c>二</c></b></a>".encode(), _FLAT, _EXCEL),
    "pptx": (pptx([("title", "一")], [("", "二")]),),
    "ppt": (ppt([(0, "一")], [(1, "二")]),),
    "odf": (odf("<text:h>一</text:h><text:p>二<text:s/></text:p>"),),
    "mail": (b"Subject: =?gb2312?B?zajWqg==?=\n\n" + "一".encode("gbk"), _MAIL),
    "rtf": (rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 a;}}\'d2\'bb\par \u19968?\cell\row}",),
    "ofd": (ofd(glyphs("国务院", 30, 20), template=glyphs("页眉", 30, 5)),),
}

_PAGES = (
    bytes(
        byte
        for row in range(12)
        for record in (
            (1, 20, 30 + 4 * row, 0, 0, 72, 19, row),
            (1, 130, 30 + 4 * row, 0, 0, 72, 19, 99),
        )
        for byte in record
    ),
    bytes(
        byte
        for row in range(5)
        for record in (
            (0xC1, 20, 30 + 6 * row, 0, 0, 80, 0, 0),
            (0xC0, 20 + 20 * row, 30, 0, 0, 24, 0, 0),
            (2, 22 + 20 * row, 34 + 6 * row, 0, 0, 60, 3, 40 + row),
        )
        for byte in record
    )
    * 2,
)

_QUERIES = (
    "国土空间规划 -“超市” OR 生态",
    "date:2020-01..2021-06-30 文号:丽政发[2020]12号 title:(规划 | 计划)",
    "同句(碳达峰 碳中和) near/30(a b) /第[一二三]+条/ *",
)

TARGETS: dict[str, Target] = {
    **{form: Target(partial(check_reader, form), seeds) for form, seeds in _READERS.items()},
    "archive": Target(
        check_archive,
        (
            zipped({"a.txt": "一", "b/c.zip": zipped({"d.md": "# 二"})}),
            tarred({"a.txt": "一", "b.eml": _MAIL}),
            gzip.compress(tarred({"a.txt": "一"})),
        ),
    ),
    "image": Target(check_image, tuple(map(_image, ("PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP")))),
    "format": Target(check_format, tuple(seeds[0] for seeds in _READERS.values())),
    "pictured": Target(
        check_pictured,
        (
            in_docx(paragraph("一" * 20) + drawing("a", WHOLE) + vml("b", WHOLE), a=_GIF, b=_GIF),
            in_pptx([("a", WHOLE)], ["一" * 20], a=_GIF),
            in_ofd(("", [("a", "0 0 210 297")]), (glyphs("一", 20, 20), []), a=_GIF),
        ),
    ),
    "layout": Target(check_layout, _PAGES),
    "query": Target(check_query, tuple(map(str.encode, _QUERIES))),
}
