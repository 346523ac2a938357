"""A page of an article as a picture with boxes around the matches."""

from lsq.messages import _, ngettext
from lsq.output.html.elements import Html, element, joined
from lsq.readers.drawn_page import Facsimile
from lsq.readers.layout import Rule
from lsq.serve.boxes import MatchBoxes
from lsq.serve.page_request import PageRequest

PICTURE = "/picture"


def page_html(page: Facsimile, found: MatchBoxes, request: PageRequest) -> Html:
    """A page with its boxes, and links to the previous and the next page."""
    name = _("Page {number} of {pages}").format(number=page.number, pages=page.pages)
    return joined(
        _page_links(page, request, name),
        _match_count(found) if request.q else None,
        element(
            "figure",
            _picture_with_boxes(page, found, request, name),
            class_="page",
        ),
    )


def _page_links(page: Facsimile, request: PageRequest, name: str) -> Html:
    number = page.number
    before = element("a", _("Previous page"), href=request.url(page=number - 1), rel="prev")
    after = element("a", _("Next page"), href=request.url(page=number + 1), rel="next")
    return element(
        "nav",
        before if number > 1 else None,
        element("span", name),
        after if number < page.pages else None,
        class_="turn",
        aria_label=_("Pages"),
    )


def _match_count(found: MatchBoxes) -> Html:
    count = len(found.boxes)
    text = ngettext("{count} match on this page", "{count} matches on this page", count)
    more = _("{lost} more could not be placed on the picture").format(lost=found.lost)
    return element(
        "p", text.format(count=count), f"; {more}" if found.lost else None, class_="place"
    )


def _picture_with_boxes(
    page: Facsimile, found: MatchBoxes, request: PageRequest, name: str
) -> Html:
    picture = request.url(
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
