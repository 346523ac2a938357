"""Whatever is in a file, reading it comes to an end, in lines or in a ReadError.

The readers' modules are called directly here, past the net that `read` has under them.
What is asked of any bytes, `fuzz.targets` says; `python -m fuzz` asks it for longer.
"""

import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fuzz.mutations import mutations
from fuzz.targets import TARGETS
from hypothesis import given, settings
from hypothesis import strategies as st

from lsq.errors import ReadError
from lsq.model import Bulletin, Line
from lsq.readers import docx as docx_reader
from lsq.readers import html as html_reader
from lsq.readers import package, text, word, wordml
from lsq.readers.package import Budget, Package
from tests.readers.conftest import Read, texts
from tests.readers.samples import doc, docx, paragraph, zipped


@pytest.fixture(scope="module", autouse=True)
def _no_converter() -> Iterator[None]:
    """Whatever LibreOffice makes of junk, it takes too long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        yield


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_bytes_give_text_with_places_or_a_reason(name: str, data: st.DataObject) -> None:
    TARGETS[name].check(data.draw(mutations(TARGETS[name].seeds)))  # it asserts


def _raise_nothing_foreseen(path: str, data: bytes) -> Bulletin:
    raise IndexError(path, data)


def _blame_another(path: str, data: bytes) -> Bulletin:
    raise ReadError("c", f"{path}: {data!r}")


@pytest.mark.parametrize(
    "defect",
    [
        _raise_nothing_foreseen,
        _blame_another,
        lambda path, _: Bulletin(path, (Line("一", 0),)),
        lambda _, data: Bulletin("c", (Line(data.decode(), 1),)),
    ],
    ids=["another error", "another file", "no place", "another path"],
)
def test_a_check_sees_what_is_no_answer(
    defect: Callable[[str, bytes], Bulletin], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "read", defect)
    with pytest.raises((AssertionError, IndexError)):
        TARGETS["text"].check("一".encode())


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
    [
        laughs(),
        f"<!DOCTYPE x [<!ENTITY a '{'a' * 100_000}'>]><p>{'&a;' * 1000}</p>",
        "<a>" * 100_000 + "</a>" * 100_000,
        "<p>" * 300 + "</p>" * 300,
        f"<x {'a' * 20_000_000}='1'/>",
    ],
    ids=["billion laughs", "one long laugh", "deep", "nested paragraphs", "a long name"],
)
def test_xml_that_blows_up_is_refused(document: str) -> None:
    # All of it is well formed: it is refused for its size alone.
    with pytest.raises(ReadError, match="its XML breaks off or is broken") as caught:
        docx_reader.read("a", zipped({"word/document.xml": document}))
    assert caught.value.path == "a"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<div class=nav>" * 2000 + "一", ["一"]),
        ("<table><tr><td>" * 600 + "一", ["一"]),
        ("<a href=x>" * 20_000 + "一", ["一"]),
        ("<p>" + "一\n" * 300_000, ["一" * 300_000]),
        ("<p>一" + " " * 1_000_000 + "\n" + "<br>" * 50_000 + "二", ["一", "二"]),
    ],
    ids=["deep", "tables", "links", "lines", "space"],
)
def test_pages_that_take_long_lose_nothing(page: str, expected: list[str]) -> None:
    assert texts(html_reader.read("a", f"<html>{page}".encode())) == expected


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<b>" * 20_000 + "</i>" * 20_000, "nested too deep"),
        ("<p " + "a" * 1_000_000, "no text"),
        ("&#1;&#xD800;&#x110000;\x00" * 1000, "not text"),
    ],
    ids=["unclosed", "attribute", "characters"],
)
def test_pages_that_take_long_and_hold_nothing_are_refused(page: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        html_reader.read("a", f"<html>{page}".encode())


def test_styles_based_on_one_another_are_each_looked_at_once(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = 0
    over = wordml.Style.over

    def counted(self: wordml.Style, base: wordml.Style) -> wordml.Style:
        nonlocal looked
        looked += 1
        return over(self, base)

    monkeypatch.setattr(wordml.Style, "over", counted)
    chain = "".join(
        f"<w:style w:styleId='s{number}'><w:basedOn w:val='s{number + 1}'/></w:style>"
        for number in range(999)
    )
    heading = "<w:style w:styleId='s999'><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>"
    loop = "<w:style w:styleId='t'><w:basedOn w:val='t'/></w:style>"
    body = paragraph("一", "<w:pStyle w:val='s0'/>") + paragraph("二", "<w:pStyle w:val='t'/>")
    bulletin = read("a.docx", docx(body, styles=chain + heading + loop))
    assert [line.heading for line in bulletin.lines] == [True, False]
    assert looked < 1100


@pytest.mark.parametrize("name", ["WordDocument", "1Table", "Root Entry"])
def test_sectors_in_a_circle_are_not_followed_for_ever(name: str) -> None:
    content = bytearray(doc("国务院" * 2000))
    table = struct.unpack_from("<128I", content, 512)
    # Each sector but the last of a chain follows itself.
    struct.pack_into("<128I", content, 512, *(min(n, at) for at, n in enumerate(table)))
    entry = content.find(name.encode("utf-16-le"))
    struct.pack_into("<I", content, entry + 120, (1 << 31) - 1)
    tracemalloc.start()
    try:
        with pytest.raises(ReadError, match="claims to be larger than the whole"):
            word.read("a.doc", bytes(content))
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()


def test_a_folder_where_the_text_should_be_is_refused() -> None:
    content = bytearray(doc("国务院"))
    content[content.find("WordDocument".encode("utf-16-le")) + 66] = 1  # [MS-CFB] 2.6.1
    with pytest.raises(ReadError, match="damaged"):
        word.read("a.doc", bytes(content))


def test_a_label_longer_than_any_is_cut(read: Read) -> None:
    level = f"<w:lvl w:ilvl='0'><w:lvlText w:val='{'%1' * 30_000}'/></w:lvl>"
    numbering = f"<w:abstractNum w:abstractNumId='1'>{level}</w:abstractNum>"
    numbering += "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
    numbered = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    bulletin = read("a.docx", docx(paragraph("一", numbered), numbering=numbering))
    assert texts(bulletin) == ["1" * 32 + " 一"]


def test_what_is_unpacked_in_vain_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({f"{number}.txt": bytes(1000) for number in range(20)})
    asked = 0
    read = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        nonlocal asked
        asked += n or 0
        return read(self, n)

    budget = Budget(0, archive=True)
    budget.left, budget.vain = 100, 500
    with Package("a.zip", bomb, budget) as opened:
        monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
        for name in opened.names:
            with pytest.raises(ReadError, match="refused"):
                opened.read(name)
    # Five of 101 bytes each, of which the first is one too many; then one byte is enough.
    assert asked == 5 * 101 + 15


def test_a_damaged_member_counts_for_what_it_claims() -> None:
    content = bytearray(zipped({"a.txt": "国务院" * 100, "b.txt": "一"}))
    content[content.find(b"a.txt") + 10] ^= 0xFF
    budget = Budget(len(content), archive=True)
    with Package("a.zip", bytes(content), budget) as opened:
        with pytest.raises(ReadError, match="cannot be unpacked"):
            opened.read("a.txt")
        assert budget.vain == package._ALL - 900
        assert opened.read("b.txt") == "一".encode()


def test_more_elements_than_any_document_has(read: Read) -> None:
    with pytest.raises(ReadError, match="larger than any document's"):
        read("a.html", "<html>" + "<p>一" * 700_000)
    with pytest.raises(ReadError, match="larger than any document's"):
        read("a.docx", docx("<w:p/>" * 3_100_000))
