"""PDF."""

import pypdfium2
import pytest

from lsq.errors import ReadError
from tests.readers.conftest import Read, placed
from tests.readers.samples import encrypted_pdf, pdf

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
