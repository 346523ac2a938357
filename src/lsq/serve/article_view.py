"""An article beside the hits: its metadata, and its text with the matches marked."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from lsq.errors import QueryError, ReadError, WorkerError
from lsq.index import Index
from lsq.messages import _
from lsq.model import Article, Place
from lsq.output.html.elements import Html, element, joined, marked
from lsq.output.html.hits import facts, where
from lsq.output.html.whole_page import documents_lang
from lsq.output.printable import numbered
from lsq.output.shown import clip, headline
from lsq.serve.boxes import box_matches
from lsq.serve.indexes import ServedIndexes
from lsq.serve.page_request import PageLinks, PageRequest, anchor, number_of
from lsq.serve.page_view import page_html
from lsq.serve.related_view import related_html

# Characters of a text that are shown at once.
_PART_SIZE: Final = 100_000

Range = tuple[int, int]


class _Passage(NamedTuple):
    """A paragraph of an article.

    Attributes:
        text: its text.
        place: where it begins in the file.
        start: its offset in the article's text.
    """

    text: str
    place: Place
    start: int


class OpenArticle(NamedTuple):
    """The article that a page shows.

    Attributes:
        article: the article.
        ranges: the matches of the query in its text.
        related: lists of related articles, if the request wants them.
    """

    article: Article
    ranges: Sequence[Range]
    related: Html | None


def open_article(index: Index, request: PageRequest) -> OpenArticle:
    """Read the requested article from the index.

    Raises:
        UnknownIdError: the index does not contain it.
    """
    article = index.article(request.id)
    related = related_html(index, article, request) if request.view == "related" else None
    return OpenArticle(article, find_matches(index, article, request.q), related)


def article_html(indexes: ServedIndexes, found: OpenArticle, request: PageRequest) -> Html:
    """An article with its metadata, and one of: its text, a page, related articles."""
    article, ranges, related = found
    back = request.url(id="", page=0, at=0, view="")
    links = PageLinks(request, article.id)
    return element(
        "article",
        element("a", _("Back to the hits"), href=back, class_="back") if request.q else None,
        element("h1", element("bdi", *_title_html(article, ranges), lang=documents_lang())),
        facts(article),
        where(article, article.place(0), links),
        _tabs(article, ranges, request),
        related or _content(indexes, article, ranges, request),
        id="article",
        tabindex="-1",
    )


def _tabs(article: Article, ranges: Sequence[Range], request: PageRequest) -> Html:
    """The links to the views of an article."""
    first = article.place(ranges[0][0] if ranges else 0).page
    number = request.page or first or 0
    tabs: list[tuple[str, dict[str, Any], bool]] = [
        (_("Text"), {"page": 0, "view": ""}, not (request.page or request.view))
    ]
    if number:
        name = _("Page {number}").format(number=number)
        tabs.append((name, {"page": number, "view": ""}, bool(request.page) and not request.view))
    tabs.append((_("Versions, citations"), {"view": "related"}, request.view == "related"))
    return element(
        "nav",
        *(
            element("a", name, href=request.url(**change), aria_current="page" if is_on else None)
            for name, change, is_on in tabs
        ),
        class_="tabs",
        aria_label=_("Views of the article"),
    )


def _content(
    indexes: ServedIndexes, article: Article, ranges: Sequence[Range], request: PageRequest
) -> Html:
    """The requested page as a picture, or the text; also if the file can no longer be read."""
    if not request.page:
        return _text_html(article, ranges, request)
    try:
        page = indexes.pages.page(article, request.page)
    except (ReadError, WorkerError) as error:
        return joined(element("p", str(error), class_="note"), _text_html(article, ranges, request))
    return page_html(page, box_matches(page, article, ranges), request)


def find_matches(index: Index, article: Article, query: str) -> Sequence[Range]:
    """The matches of a query in an article's text; none if the query is invalid."""
    if not query:
        return ()
    try:
        return index.highlights(article, query)
    except QueryError:
        return ()


def _title_html(article: Article, ranges: Sequence[Range]) -> Iterator[str]:
    if not article.title:
        yield headline(article)
        return
    yield marked(article.title, clip(ranges, 0, len(article.title)))


def _text_html(article: Article, ranges: Sequence[Range], request: PageRequest) -> Html:
    passages = list(_paragraphs(article))
    first = max(
        (at for at, one in enumerate(passages) if 0 < number_of(one.place) <= request.at), default=0
    )
    # Show the whole part that contains it, so that its context is visible.
    parts = _parts(passages)
    start = max(one for one in parts if one <= first)
    end = min((one for one in parts if one > start), default=len(passages))
    return element(
        "div",
        _part_link(_("Earlier"), passages, parts, start, -1, request),
        *_passages_html(passages[start:end], ranges),
        _part_link(_("Further"), passages, parts, start, 1, request),
        class_="text",
        lang=documents_lang(),
    )


def _paragraphs(article: Article) -> Iterator[_Passage]:
    start = len(article.title or "") + 1
    for text, place in article.paragraphs():
        yield _Passage(text, place, start)
        start += len(text) + 1


def _parts(passages: Sequence[_Passage]) -> list[int]:
    """The indices of the paragraphs that begin a part; each begins a new place."""
    parts, size = [0], 0
    for at, one in enumerate(passages):
        if size > _PART_SIZE and one.place != passages[at - 1].place:
            parts.append(at)
            size = 0
        size += len(one.text)
    return parts


def _part_link(  # noqa: PLR0913, PLR0917  # a link depends on all of them
    label: str,
    passages: Sequence[_Passage],
    parts: Sequence[int],
    start: int,
    step: int,
    request: PageRequest,
) -> Html | None:
    """The link to the part before or after the one that begins at `start`."""
    at = parts.index(start) + step
    if not 0 <= at < len(parts):
        return None
    place = passages[parts[at]].place
    link = request.url(at=number_of(place), page=0, fragment=anchor(place))
    return element("p", element("a", label, href=link), class_="turn")


def _passages_html(passages: Sequence[_Passage], ranges: Sequence[Range]) -> Iterator[Html]:
    before: Place | None = None
    for one in passages:
        is_new = one.place != before
        before = one.place
        inside = clip(ranges, one.start, one.start + len(one.text))
        if not one.text.strip():
            continue
        yield element(
            "p",
            element("span", numbered(one.place) if is_new else None, class_="at"),
            element("span", marked(one.text, inside)),
            id=anchor(one.place) if is_new else None,
        )
