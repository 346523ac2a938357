"""PDF."""

import pypdfium2
import pytest

from lsq.errors import ReadError
from tests.readers.conftest import Read, placed
from tests.readers.samples import encrypted_pdf, numbered, pdf

PAGES = ("丽水市人民政府办公室关于印发通知", "各县市区人民政府市直各单位")


def test_places_are_pages(read: Read) -> None:
    bulletin = read("a.pdf", pdf(*PAGES))
    assert placed(bulletin.lines) == [(1, PAGES[0]), (2, PAGES[1])]
    assert bulletin.paged
    assert bulletin.missing is None


def test_the_name_does_not_matter(read: Read) -> None:
    assert read("公报.txt", pdf(*PAGES)).paged
    assert read("公报", b"junk before\n" + pdf(*PAGES)).paged


def test_private_use_here_and_there_is_text(read: Read) -> None:
    assert read("a.pdf", pdf("每棵树高约为二点五米\ue105以内")).lines


@pytest.mark.parametrize("turn", ["1 0 0 1", "0 1 -1 0"], ids=["level", "turned"])
def test_a_character_drawn_alone_without_its_font_is_read(read: Read, turn: str) -> None:
    alone = f" BT /F1 12 Tf {turn} 72 650 Tm <0001> Tj ET"
    lines = read("a.pdf", pdf(PAGES[0], drawn={0: alone})).lines
    assert sorted(line.text for line in lines) == sorted([PAGES[0], min(PAGES[0])])


HOW = "to have it recognised, install OCR with: pip install 'lsq-bulletins[ocr]'"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf("", ""), "a scan"),
        (pdf("1", "2", "3"), "a scan"),
        (pdf("国务院办公厅关于加强监管的意见", tounicode="\ue001\ue002\ue003\ue004" * 5), "fonts"),
        (pdf("".join(map(chr, range(0x5000, 0x5050))), tounicode="鋝鋞鋟鋠鋡鋢鋣" * 12), "fonts"),
        (encrypted_pdf(), "encrypted"),
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 10, "damaged"),
    ],
    ids=["pictures", "page numbers", "private use", "rare characters", "locked", "head", "junk"],
)
def test_what_cannot_be_read_is_told(read: Read, content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read("a.pdf", content)


def test_scanned_pages_among_others_are_told(read: Read) -> None:
    inline = "q 100 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q"
    bulletin = read("a.pdf", pdf(PAGES[0], "", drawn={1: inline}))
    assert bulletin.missing == f"1 of its 2 pages contain only pictures (2); {HOW}"


def test_blank_pages_are_not(read: Read) -> None:
    assert read("a.pdf", pdf(PAGES[0], "")).missing is None


def test_pages_that_cannot_be_opened_are_said_to_be_damaged(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = pypdfium2.PdfDocument.__getitem__

    def get(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
        if index in broken:
            raise pypdfium2.PdfiumError("Failed to load page.")
        return opened(document, index)

    monkeypatch.setattr(pypdfium2.PdfDocument, "__getitem__", get)
    broken = {0}
    assert read("a.pdf", pdf(*PAGES)).missing == "1 of its 2 pages are damaged (1); fetch it again"
    broken = {0, 1}
    with pytest.raises(ReadError, match="none of its pages can be opened"):
        read("a.pdf", pdf(*PAGES))


def test_a_page_that_cannot_be_opened_costs_itself(read: Read) -> None:
    # Some versions of PDFium give such a page without a rotation, others do not give it.
    damaged = pdf(*PAGES).replace(b"<< /Type /Page /", b"<< \0Type /Page /", 1)
    assert damaged != pdf(*PAGES)
    assert (2, PAGES[1]) in placed(read("a.pdf", damaged).lines)


def form(value: str, appearance: str, page: str = "") -> bytes:
    """A PDF with a filled text field, and a note, that draw themselves; and what its page draws."""
    characters = sorted(set(value + appearance + page))
    table = "".join(
        f"<{code:04x}> <{char.encode('utf-16-be').hex()}>\n"
        for code, char in enumerate(characters, 1)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /A def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(characters)} beginbfchar\n{table}endbfchar endcmap end end"
    )

    def shows(text: str, x: int, y: int) -> str:
        codes = "".join(f"{characters.index(char) + 1:04x}" for char in text)
        return f"BT /F1 11 Tf {x} {y} Td <{codes}> Tj ET"

    drawing, content = shows(appearance, 2, 5), shows(page, 101, 703)
    said = f"<feff{value.encode('utf-16-be').hex()}>"
    system = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    fonts = "/Resources << /Font << /F1 3 0 R >> >>"
    base = "/Subtype /Type0 /BaseFont /A /Encoding /Identity-H"
    leaf = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R"
    field = "/FT /Tx /T (a) /F 4 /Rect [100 700 400 720] /P 6 0 R"
    note = "/F 4 /Rect [100 600 400 620] /DA (/F1 11 Tf)"
    box = f"/Type /XObject /Subtype /Form /BBox [0 0 300 20] {fonts}"
    return numbered(
        [
            "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [8 0 R] >> >>",
            "<< /Type /Pages /Kids [6 0 R] /Count 1 >>",
            f"<< /Type /Font {base} /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo {system} >>",
            f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
            f"<< {leaf} /Annots [8 0 R 10 0 R] {fonts} >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
            f"<< /Type /Annot /Subtype /Widget {field} /V {said} /AP << /N 9 0 R >> >>",
            f"<< {box} /Length {len(drawing)} >>\nstream\n{drawing}\nendstream",
            f"<< /Type /Annot /Subtype /FreeText {note} /Contents {said} /AP << /N 9 0 R >> >>",
        ]
    )


VALUE = "云岭镇农机专业合作社联合社"


@pytest.mark.parametrize("appearance", [VALUE, VALUE[:6] + " " + VALUE[6:], ""])
@pytest.mark.parametrize("page", [VALUE, VALUE[:7] + " " + VALUE[7:], ""])
def test_what_is_filled_in_is_read_once_whatever_draws_it(
    read: Read, appearance: str, page: str
) -> None:
    lines = [line.text for line in read("a.pdf", form(VALUE, appearance, page)).lines]
    assert [line.replace(" ", "") for line in lines] == [VALUE, VALUE]  # the field, and the note


def test_a_value_is_read_though_the_page_says_something_else_there(read: Read) -> None:
    text = "".join(line.text for line in read("a.pdf", form(VALUE, VALUE, "申请")).lines)
    assert text.count(VALUE) == 2
    assert "申请" in text
