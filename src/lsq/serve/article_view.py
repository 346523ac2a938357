"""An article beside the hits: its metadata, its text with the matches marked."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple

from lsq.errors import QueryError, ReadError, WorkerError
from lsq.index import Index
from lsq.messages import _
from lsq.model import Article, Place
from lsq.output.html.elements import Html, element, joined, marked
from lsq.output.html.hits import facts, where
from lsq.output.html.whole_page import of_documents
from lsq.output.printable import numbered
from lsq.output.shown import headline
from lsq.serve.boxes import boxed
from lsq.serve.indexes import ServedIndexes
from lsq.serve.page_request import PageLinks, PageRequest, anchor, number_of
from lsq.serve.page_view import page_html
from lsq.serve.related_view import related_html

# In characters: how much of a text is shown at once.
_PART: Final = 100_000

Range = tuple[int, int]


class _Passage(NamedTuple):
    """A paragraph of an article.

    Attributes:
        text: what it says.
        place: where it begins.
        start: in characters of the article's text.
    """

    text: str
    place: Place
    start: int


class OpenArticle(NamedTuple):
    """An article that is asked for.

    Attributes:
        article: that.
        ranges: of its text, what the query finds.
        related: lists of related articles, if they are asked for.
    """

    article: Article
    ranges: Sequence[Range]
    related: Html | None


def open_article(index: Index, asked: PageRequest) -> OpenArticle:
    """The article that is asked for.

    Raises:
        UnknownIdError: there is none.
    """
    article = index.article(asked.id)
    related = related_html(index, article, asked) if asked.view == "related" else None
    return OpenArticle(article, matches(index, article, asked.q), related)


def article_html(indexes: ServedIndexes, found: OpenArticle, asked: PageRequest) -> Html:
    """An article with its metadata: its text, a page of it, or what it is related to."""
    article, ranges, related = found
    back = asked.url(id="", page=0, at=0, view="")
    links = PageLinks(asked, article.id)
    return element(
        "article",
        element("a", _("Back to the hits"), href=back, class_="back") if asked.q else None,
        element("h1", element("bdi", *_titled(article, ranges), lang=of_documents())),
        facts(article),
        where(article, article.place(0), links),
        _tabs(article, ranges, asked),
        related or _content(indexes, article, ranges, asked),
        id="article",
        tabindex="-1",
    )


def _tabs(article: Article, ranges: Sequence[Range], asked: PageRequest) -> Html:
    """The links to what can be shown of an article."""
    first = article.place(ranges[0][0] if ranges else 0).page
    number = asked.page or first or 0
    tabs: list[tuple[str, dict[str, Any], bool]] = [
        (_("Text"), {"page": 0, "view": ""}, not (asked.page or asked.view))
    ]
    if number:
        name = _("Page {number}").format(number=number)
        tabs.append((name, {"page": number, "view": ""}, bool(asked.page) and not asked.view))
    tabs.append((_("Versions, citations"), {"view": "related"}, asked.view == "related"))
    return element(
        "nav",
        *(
            element("a", name, href=asked.url(**change), aria_current="page" if is_on else None)
            for name, change, is_on in tabs
        ),
        class_="tabs",
        aria_label=_("Views of the article"),
    )


def _content(
    indexes: ServedIndexes, article: Article, ranges: Sequence[Range], asked: PageRequest
) -> Html:
    """A page as a picture, or the text; also where the file can no longer be read."""
    if not asked.page:
        return _text(article, ranges, asked)
    try:
        page = indexes.pages.page(article, asked.page)
    except (ReadError, WorkerError) as error:
        return joined(element("p", str(error), class_="note"), _text(article, ranges, asked))
    return page_html(page, boxed(page, article, ranges), asked)


def matches(index: Index, article: Article, query: str) -> Sequence[Range]:
    """The ranges of an article's text that a query finds; none where it is not a query."""
    if not query:
        return ()
    try:
        return index.highlights(article, query)
    except QueryError:
        return ()


def _titled(article: Article, ranges: Sequence[Range]) -> Iterator[str]:
    if not article.title:
        yield headline(article)
        return
    yield marked(article.title, _inside(ranges, 0, len(article.title)))


def _text(article: Article, ranges: Sequence[Range], asked: PageRequest) -> Html:
    every = list(_paragraphs(article))
    first = max(
        (at for at, one in enumerate(every) if 0 < number_of(one.place) <= asked.at), default=0
    )
    # From the beginning of the part that has it, so that what stands before it is seen too.
    parts = _parts(every)
    start = max(one for one in parts if one <= first)
    end = min((one for one in parts if one > start), default=len(every))
    return element(
        "div",
        _turn(_("Earlier"), every, parts, start, -1, asked),
        *_shown(every[start:end], ranges),
        _turn(_("Further"), every, parts, start, 1, asked),
        class_="text",
        lang=of_documents(),
    )


def _paragraphs(article: Article) -> Iterator[_Passage]:
    start = len(article.title or "") + 1
    for text, place in article.paragraphs():
        yield _Passage(text, place, start)
        start += len(text) + 1


def _parts(every: Sequence[_Passage]) -> list[int]:
    """The paragraphs that parts begin with. A part begins where a place does."""
    parts, size = [0], 0
    for at, one in enumerate(every):
        if size > _PART and one.place != every[at - 1].place:
            parts.append(at)
            size = 0
        size += len(one.text)
    return parts


def _turn(  # noqa: PLR0913, PLR0917  # all that decides a link
    said: str,
    every: Sequence[_Passage],
    parts: Sequence[int],
    start: int,
    step: int,
    asked: PageRequest,
) -> Html | None:
    """The link to the part before or after the one that begins at `start`."""
    at = parts.index(start) + step
    if not 0 <= at < len(parts):
        return None
    place = every[parts[at]].place
    link = asked.url(at=number_of(place), page=0, fragment=anchor(place))
    return element("p", element("a", said, href=link), class_="turn")


def _shown(every: Sequence[_Passage], ranges: Sequence[Range]) -> Iterator[Html]:
    before: Place | None = None
    for one in every:
        is_new = one.place != before
        before = one.place
        inside = _inside(ranges, one.start, one.start + len(one.text))
        if not one.text.strip():
            continue
        yield element(
            "p",
            element("span", numbered(one.place) if is_new else None, class_="at"),
            element("span", marked(one.text, inside)),
            id=anchor(one.place) if is_new else None,
        )


def _inside(ranges: Sequence[Range], start: int, end: int) -> list[Range]:
    """The parts of ranges that are inside of another, counted from its start.

    Args:
        ranges: ascending, apart from each other; there may be one for each paragraph.
        start: of the other.
        end: likewise.
    """
    inside = []
    for at in range(bisect_right(ranges, start, key=itemgetter(1)), len(ranges)):
        low, high = ranges[at]
        if low >= end:
            break
        inside.append((max(low, start) - start, min(high, end) - start))
    return inside
