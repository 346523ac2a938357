"""Whatever is in a file, reading it comes to an end, in lines or in a ReadError.

The readers' modules are called directly here, past the net that `read` has under them.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsq.errors import ReadError
from lsq.model import Bulletin
from lsq.readers.archive import members
from tests.readers.conftest import Read, texts
from tests.readers.samples import doc, docx, epub, glyphs, ofd, paragraph, pdf, zipped

SAMPLES = {
    "text": "第一条\r\n第二条".encode("gbk"),
    "html": b"<html><body><table><tr><td>\xe4\xb8\x80</td></tr></table></body></html>",
    "mht": b'MIME-Version: 1.0\nContent-Type: text/html; charset="gbk"\n\n<html><p>a</html>',
    "pdf": pdf("丽水市人民政府办公室文件", "第二页"),
    "docx": docx(paragraph("一") * 5, styles="<w:style/>"),
    "word": doc("国务院", "办公厅 2020"),
    "epub": epub("<h1>一</h1>", "<p>二</p>"),
    "ofd": ofd(glyphs("国务院", 30, 20), template=glyphs("页眉", 30, 5)),
}


@pytest.fixture(scope="module", autouse=True)
def _no_converter() -> Iterator[None]:
    """Whatever LibreOffice makes of junk, it takes too long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        yield


def attempt(form: str, data: bytes) -> None:
    try:
        result = import_module(f"lsq.readers.{form}").read("a", data)
    except ReadError:
        return
    assert isinstance(result, Bulletin)


@pytest.mark.parametrize("form", SAMPLES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_cut_short(form: str, data: st.DataObject) -> None:
    sample = SAMPLES[form]
    attempt(form, sample[: data.draw(st.integers(0, len(sample) - 1))])


@pytest.mark.parametrize("form", SAMPLES)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_overwritten(form: str, data: st.DataObject) -> None:
    sample = bytearray(SAMPLES[form])
    place = data.draw(st.integers(0, len(sample) - 1))
    junk = data.draw(st.binary(min_size=1, max_size=8))
    sample[place : place + len(junk)] = junk
    attempt(form, bytes(sample))


@pytest.mark.parametrize("form", SAMPLES)
@settings(max_examples=40, deadline=None)
@given(junk=st.binary(max_size=400))
def test_junk_after_the_right_beginning(form: str, junk: bytes) -> None:
    attempt(form, SAMPLES[form][:8] + junk)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_archives(data: st.DataObject) -> None:
    sample = bytearray(zipped({"a.txt": "一", "b/c.zip": zipped({"d.md": "# 二"})}))
    sample[data.draw(st.integers(0, len(sample) - 1))] = data.draw(st.integers(0, 255))
    for member in members("a.zip", bytes(sample)):
        assert isinstance(member, (tuple, ReadError))


HIDDEN = "丙丁"


@pytest.mark.parametrize("form", ["docx", "ofd", "html"])
def test_external_entities_are_not_read(form: str, read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "s.txt"
    secret.write_text(HIDDEN, "utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    contents = {
        "docx": zipped({"word/document.xml": f"{doctype}<x><p><t>一&e;</t></p></x>"}),
        "ofd": zipped(
            {
                "OFD.xml": "<x><DocBody><DocRoot>d.xml</DocRoot></DocBody></x>",
                "d.xml": '<x><Pages><Page BaseLoc="p.xml"/></Pages></x>',
                "p.xml": f"{doctype}<x><TextObject><TextCode>一&e;</TextCode></TextObject></x>",
            }
        ),
        "html": f"{doctype}<html><p>一&e;</p></html>".encode(),
    }
    assert HIDDEN not in "".join(texts(read(f"a.{form}", contents[form])))


def laughs() -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    return f"<!DOCTYPE x [{entities}]><x><p><t>一&e9;</t></p></x>"


@pytest.mark.parametrize(
    "document",
    [laughs(), "<a>" * 100_000, "<p>" * 300 + "</p>" * 300, f"<x {'a' * 20_000_000}='1'/>"],
    ids=["billion laughs", "deep", "nested paragraphs", "a long name"],
)
def test_xml_that_blows_up(document: str) -> None:
    attempt("docx", zipped({"word/document.xml": document}))


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<div class=nav>" * 2000 + "一",
        "<html>" + "<table><tr><td>" * 600 + "一",
        "<html>" + "<a href=x>" * 20_000 + "一",
        "<html>" + "<b>" * 20_000 + "</i>" * 20_000,
        "<html><p " + "a" * 1_000_000,
        "<html><p>" + "一\n" * 300_000,
        "<html><p>" + " " * 1_000_000 + "\n" + "<br>" * 50_000,
        "<html>" + "&#1;&#xD800;&#x110000;\x00" * 1000,
    ],
    ids=["deep", "tables", "links", "unclosed", "attribute", "lines", "space", "characters"],
)
def test_pages_that_take_long(page: str) -> None:
    attempt("html", page.encode())


def test_more_elements_than_any_document_has(read: Read) -> None:
    with pytest.raises(ReadError, match="larger than that of any document"):
        read("a.html", "<html>" + "<p>一" * 700_000)
    with pytest.raises(ReadError, match="larger than that of any document"):
        read("a.docx", docx("<w:p/>" * 3_100_000))
