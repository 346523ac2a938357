"""Pictures and scanned pages, with a recogniser that knows what is on them."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from lsq.errors import PictureError, ReadError
from lsq.extract import extract
from lsq.readers import ocr
from lsq.readers.ocr import Picture, Recognition, recognition
from lsq.repair import repair
from tests.readers.conftest import Read, placed
from tests.readers.samples import pdf
from tests.recognising import (
    HEIGHT,
    WIDTH,
    Recogniser,
    line,
    lines_of_page,
    page,
    recogniser,
    saved,
)

__all__ = ["recogniser"]


def flat(image: Image.Image) -> Image.Image:
    """An image with a palette of its own colours."""
    return image.convert("P", palette=Image.Palette.ADAPTIVE)


PARAGRAPH = "".join(one.text for one in lines_of_page(1))
FORMS = {
    "a.png": saved(page(1)),
    "a.bmp": saved(page(1), form="BMP"),
    "a.gif": saved(flat(page(1)), form="GIF"),
    "a.tif": saved(page(1), form="TIFF"),
    "a.webp": saved(page(1), form="WEBP", lossless=True),
    "palette.png": saved(flat(page(1))),
    "clear.png": saved(page(1).convert("RGBA")),
    "named.txt": saved(page(1)),
    "named.pdf": saved(page(1)),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_picture_is_read_like_a_printed_page(
    read: Read, recogniser: Recogniser, name: str
) -> None:
    bulletin = read(name, FORMS[name])
    assert recogniser.calls == [1]
    assert bulletin.recognised == (1,)
    (paragraph,) = repair(bulletin)
    assert paragraph.text == PARAGRAPH
    (article,) = extract(bulletin, [paragraph])
    assert article.ocr
    assert article.place(0).page == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", saved(page(1), form="JPEG", quality=95)),
        ("cmyk.jpg", saved(page(1).convert("CMYK"), form="JPEG")),
        ("a.tif", saved(page(1).convert("CMYK"), form="TIFF")),
        ("grey.png", saved(page(1).convert("L"))),
        ("mask.png", saved(page(1).convert("1"))),
        ("deep.png", saved(Image.new("I;16", (WIDTH, HEIGHT), 40000))),
        ("deep.tif", saved(Image.new("F", (WIDTH, HEIGHT), 0.5), form="TIFF")),
    ],
)
def test_every_kind_of_picture_is_made_colours(
    read: Read, recogniser: Recogniser, name: str, content: bytes
) -> None:
    read(name, content)
    assert len(recogniser.calls) == 1


def test_all_pages_of_a_tif_are_read_and_told(read: Read, recogniser: Recogniser) -> None:
    told: list[tuple[str, int, int]] = []
    settings = ocr.Settings("auto", 1, lambda *page: told.append((Path(page[0]).name, *page[1:])))
    with ocr.using(settings):
        bulletin = read("a.tif", saved(page(1), page(0), page(3), form="TIFF"))
    assert recogniser.calls == [1, 0, 3]
    assert told == [("a.tif", 1, 3), ("a.tif", 2, 3), ("a.tif", 3, 3)]
    assert bulletin.recognised == (1, 3)
    assert bulletin.left_out == (("wordless", 1),)
    assert {place for place, _ in placed(bulletin.lines)} == {1, 3}


def test_a_picture_is_held_as_its_camera_says(
    read: Read, recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    turned = page(1).crop((0, 0, 300, 100))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by a quarter
    seen: list[tuple[int, int]] = []
    known = recogniser.recognise

    def recognise(one: Picture, threads: int) -> Recognition:
        seen.append((one.width, one.height))
        return known(one, threads)

    monkeypatch.setattr("lsq.readers.ocr.recogniser.recognise", recognise)
    read("a.jpg", saved(turned, form="JPEG", exif=exif))
    read("a.png", saved(page(2).crop((0, 0, 300, 100)).convert("RGBA"), exif=exif))
    assert seen == [(300, 900)] * 2  # small, so made larger


def test_a_large_picture_is_made_smaller(read: Read, recogniser: Recogniser) -> None:
    large = page(1).resize((4 * WIDTH, 4 * HEIGHT))
    (first, *_) = read("a.png", saved(large)).lines
    assert first.text.startswith("第一页")
    assert recogniser.calls == [1]


def test_what_is_no_larger_than_a_character_has_no_text(read: Read, recogniser: Recogniser) -> None:
    bulletin = read("a.png", saved(page(1).crop((0, 0, 1, 1))))
    assert not bulletin.lines
    assert bulletin.left_out == (("wordless", 1),)
    assert not recogniser.calls


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds next to nothing."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


GOOD = saved(page(1), form="JPEG")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.jpg", GOOD[: len(GOOD) // 2], "damaged, or not downloaded whole"),
        ("a.png", saved(page(1))[:60], "damaged"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "damaged"),
        ("a.jpg", b"\xff\xd8\xff" + b"\xff" * 200, "damaged"),
        ("a.tif", b"II*\0\0\0\0\0", "damaged"),  # no page at all
        ("a.tif", b"II*\0\x08\0\0\0\xff\xff" + b"\x01" * 200, "damaged"),
        ("a.gif", b"GIF89a" + b"\0" * 7 + b";", "damaged"),
        ("a.bmp", b"BM" + b"\xff" * 60, "damaged"),
        ("a.webp", b"RIFF\xff\0\0\0WEBPVP8 " + b"\0" * 20, "damaged"),
        ("a.png", png_of(60_000, 60_000), "million pixels"),
        ("a.png", png_of(12_000, 12_000), "million pixels"),
        ("a.png", png_of(0, 10), "damaged"),
    ],
)
def test_what_cannot_be_decoded_is_told(
    read: Read, recogniser: Recogniser, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(ReadError, match=reason):
        read(name, content)
    assert not recogniser.calls


def test_a_recogniser_that_fails_is_told(read: Read, recogniser: Recogniser) -> None:
    recogniser.error = RuntimeError("a long story\nno kernel for Conv")
    with pytest.raises(ReadError, match="page 1 cannot be recognised: RuntimeError: no kernel"):
        read("a.png", saved(page(1)))
    recogniser.error = MemoryError()
    with pytest.raises(ReadError, match="more memory"):
        read("a.png", saved(page(1)))


def test_without_the_extra_a_picture_says_how_to_install_it(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PictureError, match=r"pip install 'lsq-bulletins\[ocr\]'"):
        read("a.png", saved(page(1)))
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    with (
        ocr.using(ocr.Settings("never")),
        pytest.raises(PictureError, match="--ocr auto"),
    ):
        read("a.png", saved(page(1)))


def scans(*numbers: int) -> bytes:
    """A PDF of scanned pages."""
    return saved(*map(page, numbers), form="PDF", resolution=75)


def test_scanned_pages_of_a_pdf_are_recognised(read: Read, recogniser: Recogniser) -> None:
    bulletin = read("a.pdf", scans(1, 2))
    assert recogniser.calls == [1, 2]
    assert bulletin.recognised == (1, 2)
    assert bulletin.missing is None
    assert [one.text for one in repair(bulletin)] == [
        PARAGRAPH,
        "".join(one.text for one in lines_of_page(2)),
    ]


TEXT = "国务院办公厅关于加强监管的意见"
COLOUR = "0.431 0.784 0.784 rg 0 0 1000 1000 re f "
INLINE = COLOUR + "q 1 0 0 1 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q"


def test_only_pages_without_usable_text_are(read: Read, recogniser: Recogniser) -> None:
    content = pdf(TEXT, "", drawn={1: INLINE})
    bulletin = read("a.pdf", content)
    assert len(recogniser.calls) == 1
    assert bulletin.recognised == (2,) or bulletin.missing is None
    assert (1, TEXT) in placed(bulletin.lines)
    with ocr.using(ocr.Settings("always")):
        read("a.pdf", content)
    assert len(recogniser.calls) == 2  # the second page is in the cache
    with ocr.using(ocr.Settings("never")):
        assert read("a.pdf", content).missing


OUTLINES = COLOUR + "0 0 0 rg 50 50 100 100 re f"


def test_text_that_is_drawn_as_outlines_is_recognised(read: Read, recogniser: Recogniser) -> None:
    bulletin = read("a.pdf", pdf(TEXT, "", "", drawn={1: OUTLINES}))
    assert len(recogniser.calls) == 1  # a blank page has nothing to be recognised
    assert bulletin.missing is None


def test_a_scan_without_text_is_told(read: Read, recogniser: Recogniser) -> None:
    with pytest.raises(ReadError, match="none was recognised") as caught:
        read("a.pdf", scans(0, 0))
    assert not isinstance(caught.value, PictureError)
    recogniser.error = RuntimeError("no kernel")
    with pytest.raises(ReadError, match="recognising it failed: RuntimeError: no kernel"):
        read("a.pdf", scans(1))


def test_a_page_that_was_recognised_is_not_recognised_again(
    read: Read, recogniser: Recogniser
) -> None:
    before = read("a.pdf", scans(1, 2)).lines
    assert read("b.pdf", scans(2, 1)).lines != before
    assert read("a.pdf", scans(1, 2)).lines == before
    assert recogniser.calls == [1, 2]


@pytest.mark.parametrize("harm", ["cut", "junk", "other", "bomb"])
def test_what_is_damaged_in_the_cache_is_recognised_again(
    read: Read, recogniser: Recogniser, tmp_path: Path, harm: str
) -> None:
    read("a.png", saved(page(1)))
    (kept,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    content = kept.read_bytes()
    kept.write_bytes(
        {
            "cut": content[:20],
            "junk": b"\xff" * 50,
            "other": zlib.compress(b'[1, 2, [["x", [1], 3]], []]'),
            "bomb": zlib.compress(b" " * (8 << 20)),
        }[harm]
    )
    assert read("a.png", saved(page(1))).recognised == (1,)
    assert recogniser.calls == [1, 1]


def test_a_cache_that_cannot_be_written_to_is_none(
    read: Read, recogniser: Recogniser, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("in its place")
    assert read("a.png", saved(page(1))).recognised == (1,)
    assert read("a.png", saved(page(1))).recognised == (1,)
    assert recogniser.calls == [1, 1]


def test_the_cache_is_bounded(
    recogniser: Recogniser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "_PAGES_A_FOLDER", 8)
    found = recogniser.recognise(Picture(1, 1, bytes([100, 0, 0])), 1)
    for number in range(40):
        name = f"aa{number:038x}"
        recognition.store_page(name, found)
        assert recognition.load_page(name) == found
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert 6 <= len(kept) <= 8
    huge = found._replace(lines=tuple(line("字" * 500, 0, 0) for _ in range(300)))
    recognition.store_page("bb", huge)
    assert recognition.load_page("bb") is None
