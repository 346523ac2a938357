"""A page of an article as a picture, the matches boxed on it."""

from lsq.messages import _, ngettext
from lsq.output.html.elements import Html, element, joined
from lsq.readers.drawn_page import Facsimile
from lsq.readers.layout import Rule
from lsq.serve.boxes import Boxed
from lsq.serve.page_request import PageRequest

PICTURE = "/picture"


def page_html(page: Facsimile, found: Boxed, asked: PageRequest) -> Html:
    """A page with its boxes, and the links to those before and after it."""
    name = _("Page {number} of {pages}").format(number=page.number, pages=page.pages)
    return joined(
        _turn(page, asked, name),
        _matches(found) if asked.q else None,
        element(
            "figure",
            _drawing(page, found, asked, name),
            class_="page",
        ),
    )


def _turn(page: Facsimile, asked: PageRequest, name: str) -> Html:
    number = page.number
    before = element("a", _("Previous page"), href=asked.url(page=number - 1), rel="prev")
    after = element("a", _("Next page"), href=asked.url(page=number + 1), rel="next")
    return element(
        "nav",
        before if number > 1 else None,
        element("span", name),
        after if number < page.pages else None,
        class_="turn",
        aria_label=_("Pages"),
    )


def _matches(found: Boxed) -> Html:
    count = len(found.boxes)
    said = ngettext("{count} match on this page", "{count} matches on this page", count)
    more = _("{lost} more could not be placed on the picture").format(lost=found.lost)
    return element(
        "p", said.format(count=count), f"; {more}" if found.lost else None, class_="place"
    )


def _drawing(page: Facsimile, found: Boxed, asked: PageRequest, name: str) -> Html:
    picture = asked.url(
        PICTURE, q="", sort="relevance", any_word=False, literal=False, start=0, at=0
    )
    size = {"width": f"{page.width:.2f}", "height": f"{page.height:.2f}"}
    boxes = [_box(box, number) for number, match in enumerate(found.boxes, 1) for box in match]
    return element(
        "svg",
        element("image", href=picture, **size),
        *boxes,
        viewBox=f"0 0 {page.width:.2f} {page.height:.2f}",
        role="img",
        aria_label=name,
    )


def _box(box: Rule, number: int) -> Html:
    return element(
        "rect",
        class_="box",
        data_match=number,
        x=f"{box.left:.2f}",
        y=f"{box.top:.2f}",
        width=f"{box.right - box.left:.2f}",
        height=f"{box.bottom - box.top:.2f}",
    )
