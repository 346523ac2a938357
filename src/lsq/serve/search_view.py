"""The page of a search: facets, the hits by tier, and an article beside them."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final

from lsq.hit import Hit
from lsq.index import Index
from lsq.messages import _
from lsq.output.html.elements import Html, element, joined
from lsq.output.html.facets import facets_html
from lsq.output.html.hits import hit_html, totals
from lsq.output.html.whole_page import documents_lang
from lsq.output.shown import tier_names
from lsq.serve.article_view import article_html, open_article
from lsq.serve.indexes import ServedIndexes
from lsq.serve.notes import hints_html, notes
from lsq.serve.page_frame import framed_page
from lsq.serve.page_request import HITS_PER_PAGE, PageLinks, PageRequest
from lsq.serve.trend_view import TREND

if TYPE_CHECKING:
    from lsq.search.searcher import Results

# In a larger index, counting facets takes longer than searching.
_MAX_ARTICLES_FOR_FACETS: Final = 20_000

_EXAMPLES: Final = (
    "国土空间规划",
    '"绿水青山就是金山银山"',
    "title:规划 date:2020..",
    "同句(规划 保护)",
    "/第[一二三]届[^。]{2,8}/",
)


def search_page(indexes: ServedIndexes, request: PageRequest) -> Html:
    """The page of a search; without a query, the start page."""
    with indexes.opened(request.place) as index:
        found = open_article(index, request) if request.id else None
        if not request.q:
            pieces = [None if found else _start_html(index, request)]
        else:
            pieces = _search_html(index, request)
    # Another process draws the page; the index is closed meanwhile, so that others may search.
    beside = article_html(indexes, found, request) if found else None
    kind = ("searched" if request.q else "alone" if beside else "start") + " beside" * bool(beside)
    title = _("{query} – lsq").format(query=request.q) if request.q else "lsq"
    parts = (
        ("article",) if beside and not request.q else ("hits", "article") if beside else ("hits",)
    )
    return framed_page(indexes, request, title, *pieces, beside, kind=kind, parts=parts)


def _search_html(index: Index, request: PageRequest) -> list[Html | None]:
    """The facets and the hits."""
    results = index.answer(request.search_request())
    hits = element(
        "section",
        element(
            "div",
            element("h1", element("bdi", request.q), lang=documents_lang()),
            element(
                "a", _("over time"), href=request.url(TREND, start=0, id="", page=0, at=0, view="")
            )
            if results.total
            else None,
            class_="heading",
        ),
        _results_html(index, request, results),
        id="hits",
        tabindex="-1",
    )
    return [_facets(index, request) if results.total else None, hits]


def _start_html(index: Index, request: PageRequest) -> Html:
    links = (
        element("li", element("a", one, href=request.url(q=one), lang=documents_lang()))
        for one in _EXAMPLES
    )
    size = _("{count:,} articles in {location}")
    size = size.format(count=index.article_count(), location=index.location)
    return element(
        "section",
        element("h1", _("Search the bulletins")),
        element("p", size),
        element("p", _("For example:")),
        element("ul", *links),
        element("p", _("Keys: / search, j and k next and previous hit, n and p match.")),
        id="hits",
    )


def _results_html(index: Index, request: PageRequest, results: "Results") -> Html:
    if not results.total:
        return joined(*notes(index, request, results), hints_html(index, request))
    return joined(
        totals(results),
        *notes(index, request, results),
        _past_the_end(request) if not len(results) else None,
        *_by_tier(request, results),
        _paging(request, results.total),
    )


def _past_the_end(request: PageRequest) -> Html:
    return element(
        "p", element("a", _("There are no more hits: to the first"), href=request.url(start=0))
    )


def _by_tier(request: PageRequest, results: "Results") -> Iterator[Html]:
    """The hits; when sorted by relevance, in a section for each tier."""
    if request.sort != "relevance":
        yield element("section", *(_hit_html(request, hit) for hit in results), class_="tier")
        return
    names = tier_names()
    for tier, hits in groupby(results, key=lambda hit: hit.match):
        pieces = [_hit_html(request, hit) for hit in hits]
        yield element("section", element("h2", names[tier]), *pieces, class_="tier")


def _hit_html(request: PageRequest, hit: Hit) -> Html:
    html = hit_html(hit, PageLinks(request, hit.article.id, f"hit-{hit.rank}"))
    return element("div", html, class_="chosen") if hit.article.id == request.id else html


def _paging(request: PageRequest, total: int) -> Html | None:
    """The links to the previous and the next hits."""
    if total <= HITS_PER_PAGE and not request.start:
        return None
    before, after = max(0, request.start - HITS_PER_PAGE), request.start + HITS_PER_PAGE
    shown = _("hits {first:,} to {last:,}")
    return element(
        "nav",
        element("a", _("Previous"), href=request.url(start=before), rel="prev")
        if request.start
        else None,
        element("span", shown.format(first=request.start + 1, last=min(after, total))),
        element("a", _("Next"), href=request.url(start=after), rel="next")
        if after < total
        else None,
        class_="turn",
        aria_label=_("Pages of hits"),
    )


def _facets(index: Index, request: PageRequest) -> Html:
    name = _("What these articles are")
    if not request.facets and index.article_count() > _MAX_ARTICLES_FOR_FACETS:
        link = element("a", name, href=request.url(facets=True))
        return element("aside", link, id="facets", aria_label=name)
    found = index.facets(request.q, **request.search_request().matching)
    tables = facets_html(found, PageLinks(request))
    folded = element("details", element("summary", name), tables, open=True)
    return element("aside", folded, id="facets", aria_label=name)
