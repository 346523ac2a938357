"""Pictures in Word documents, presentations and OFD: recognised, or told."""

import pytest

from lsq.errors import PictureError
from lsq.extract import extract
from lsq.model import Bulletin
from lsq.readers import ocr, omissions, read_data
from lsq.repair import repair
from tests.readers.pictured import (
    SMALL,
    TINY,
    WHOLE,
    drawing,
    in_docx,
    in_ofd,
    in_pptx,
    vml,
)
from tests.readers.samples import glyphs, paragraph
from tests.recognising import WORDS, Recogniser, page, recogniser, saved

__all__ = ["recogniser"]

TEXT = "各县（市、区）人民政府，市政府直属各单位：现将有关文件印发给你们，请认真贯彻执行。"


def read(path: str, data: bytes) -> list[Bulletin]:
    found = list(read_data(path, data))
    errors = [one for one in found if not isinstance(one, Bulletin)]
    if errors:
        raise errors[0]
    return [one for one in found if isinstance(one, Bulletin)]


def said(bulletin: Bulletin) -> list[str]:
    return [one.text for one in repair(bulletin)]


def page_text(number: int) -> str:
    digit = "零一二三四五六七八九"[number]
    return f"第{digit}页{WORDS[:17]}{WORDS[:22]}{WORDS[:9]}。"


FULL = "0 0 210 297"


@pytest.mark.usefixtures("recogniser")
@pytest.mark.parametrize("shown", [drawing, vml])
def test_a_scanned_page_in_a_docx_is_read_where_it_stands(shown: object) -> None:
    assert callable(shown)
    body = paragraph(TEXT) + shown("a", WHOLE) + shown("b", SMALL) + paragraph("特此通知。")
    (found,) = read("a.docx", in_docx(body, a=saved(page(1)), b=saved(page(2))))
    assert said(found) == [TEXT, page_text(1), page_text(2), "特此通知。"]
    assert found.recognised == (2, 3)
    (article,) = extract(found, repair(found))
    assert article.ocr


def test_ornaments_and_pictures_shown_again_are_not(recogniser: Recogniser) -> None:
    body = paragraph(TEXT) + drawing("a", WHOLE) + drawing("b", TINY) + drawing("a", WHOLE)
    (found,) = read("a.docx", in_docx(body, a=saved(page(1)), b=saved(page(2))))
    assert recogniser.calls == [1]
    assert found.recognised == (2,)


def test_of_a_document_that_is_nothing_else_small_pictures_are_read(recogniser: Recogniser) -> None:
    (found,) = read("a.docx", in_docx(drawing("a", (120, 160)), a=saved(page(3))))
    assert said(found) == [page_text(3)]
    assert recogniser.calls == [3]


@pytest.mark.usefixtures("recogniser")
def test_what_is_no_picture_costs_itself() -> None:
    body = paragraph(TEXT) + drawing("a", WHOLE) + drawing("b", WHOLE) + drawing("c", SMALL)
    content = in_docx(body, a=b"\x01\0\0\0EMF", b=saved(page(4)), c=saved(page(0)))
    (found,) = read("a.docx", content)
    assert said(found) == [TEXT, page_text(4)]
    assert "word/media/a.png" in str(found.missing)
    assert dict(found.left_out) == {omissions.PICTURE: 1, omissions.WORDLESS: 1}


@pytest.mark.usefixtures("recogniser")
def test_pictures_on_slides_are_articles_of_their_own() -> None:
    shown = [("a", (700, 500)), ("b", TINY)]
    content = in_pptx(shown, [TEXT], a=saved(page(5)), b=saved(page(6)))
    slides, pictures = read("a.pptx", content)
    assert (said(slides), said(pictures)) == ([TEXT], [page_text(5)])
    assert (slides.recognised, pictures.recognised) == ((), (1,))
    assert [one.place for one in pictures.lines] == [1, 1, 1]


@pytest.mark.usefixtures("recogniser")
def test_pages_of_an_ofd_that_are_pictures_are_read() -> None:
    text = glyphs(TEXT[:30], 20, 20) + glyphs(TEXT[30:], 20, 30)
    content = in_ofd(
        (text, [("a", "150 200 40 40")]),
        ("", [("b", FULL)]),
        (glyphs("12", 100, 280), [("c", FULL)]),
        a=saved(page(1)),
        b=saved(page(2)),
        c=saved(page(3)),
    )
    (found,) = read("a.ofd", content)
    assert found.recognised == (2, 3)
    assert said(found)[1:] == [page_text(2), page_text(3)]
    assert {one.place for one in found.lines} == {1, 2, 3}


@pytest.mark.usefixtures("recogniser")
def test_strips_of_a_page_are_read_where_they_stand() -> None:
    strips = [("b", "0 148 210 149"), ("a", "0 0 210 148")]
    (found,) = read("a.ofd", in_ofd(("", strips), a=saved(page(1)), b=saved(page(2))))
    whole = "".join(said(found))
    assert whole.index("第一页") < whole.index("第二页")


@pytest.mark.parametrize("installed", [True, False])
def test_pages_that_nobody_recognises_are_told(
    monkeypatch: pytest.MonkeyPatch, installed: bool
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: installed)
    advice = "--ocr auto" if installed else "pip install"
    body = paragraph(TEXT) + drawing("a", WHOLE) + drawing("b", SMALL) + drawing("c", TINY)
    pictures = {name: saved(page(1)) for name in "abc"}
    with ocr.using(ocr.Settings("never")):
        (found,) = read("a.docx", in_docx(body, **pictures))
        assert advice in str(found.missing)
        assert (found.unrecognised, dict(found.left_out)) == (2, {omissions.PICTURE: 1})
        (found,) = read(
            "a.ofd", in_ofd((glyphs(TEXT, 20, 20), []), ("", [("a", FULL)]), **pictures)
        )
        assert "1 of its 2 pages" in str(found.missing)
        assert advice in str(found.missing)
        assert found.unrecognised == 1
        for name, content in (
            ("a.docx", in_docx(drawing("a", WHOLE), **pictures)),
            ("a.pptx", in_pptx([("a", (700, 500))], [], **pictures)),
            ("a.ofd", in_ofd(("", [("a", FULL)]), **pictures)),
        ):
            with pytest.raises(PictureError, match=advice):
                read(name, content)
