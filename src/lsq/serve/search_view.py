"""The page of a search: what these articles are, the hits by tier, an article beside them."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final

from lsq.hit import Hit
from lsq.index import Index
from lsq.messages import _
from lsq.output.html.elements import Html, element, joined
from lsq.output.html.facets import facets_html
from lsq.output.html.hits import hit_html, totals
from lsq.output.html.whole_page import of_documents
from lsq.output.shown import tier_names
from lsq.serve.article_view import article_html, open_article
from lsq.serve.indexes import ServedIndexes
from lsq.serve.notes import hints_html, notes
from lsq.serve.page_frame import framed
from lsq.serve.page_request import HITS, PageLinks, PageRequest
from lsq.serve.trend_view import TREND

if TYPE_CHECKING:
    from lsq.search.searcher import Results

# Of a larger index, counting what the articles are takes longer than searching it.
_FEW_ARTICLES: Final = 20_000

_EXAMPLES: Final = (
    "国土空间规划",
    '"绿水青山就是金山银山"',
    "title:规划 date:2020..",
    "同句(规划 保护)",
    "/第[一二三]届[^。]{2,8}/",
)


def search_page(indexes: ServedIndexes, asked: PageRequest) -> Html:
    """The page of a search; without a query, that which asks for one."""
    with indexes.opened(asked.place) as index:
        found = open_article(index, asked) if asked.id else None
        if not asked.q:
            pieces = [None if found else _start(index, asked)]
        else:
            pieces = _searched(index, asked)
    # A page is read by another process; meanwhile, others may search.
    beside = article_html(indexes, found, asked) if found else None
    kind = ("searched" if asked.q else "alone" if beside else "start") + " beside" * bool(beside)
    title = _("{query} – lsq").format(query=asked.q) if asked.q else "lsq"
    parts = ("article",) if beside and not asked.q else ("hits", "article") if beside else ("hits",)
    return framed(indexes, asked, title, *pieces, beside, kind=kind, parts=parts)


def _searched(index: Index, asked: PageRequest) -> list[Html | None]:
    """What the articles are that match, and the hits."""
    results = index.answer(asked.request())
    hits = element(
        "section",
        element(
            "div",
            element("h1", element("bdi", asked.q), lang=of_documents()),
            element(
                "a", _("over time"), href=asked.url(TREND, start=0, id="", page=0, at=0, view="")
            )
            if results.total
            else None,
            class_="heading",
        ),
        _found(index, asked, results),
        id="hits",
        tabindex="-1",
    )
    return [_facets(index, asked) if results.total else None, hits]


def _start(index: Index, asked: PageRequest) -> Html:
    links = (
        element("li", element("a", one, href=asked.url(q=one), lang=of_documents()))
        for one in _EXAMPLES
    )
    held = _("{count:,} articles in {location}")
    said = held.format(count=index.article_count(), location=index.location)
    return element(
        "section",
        element("h1", _("Search the bulletins")),
        element("p", said),
        element("p", _("For example:")),
        element("ul", *links),
        element("p", _("Keys: / search, j and k next and previous hit, n and p match.")),
        id="hits",
    )


def _found(index: Index, asked: PageRequest, results: "Results") -> Html:
    if not results.total:
        return joined(*notes(index, asked, results), hints_html(index, asked))
    return joined(
        totals(results),
        *notes(index, asked, results),
        _no_more(asked) if not len(results) else None,
        *_by_tier(asked, results),
        _pages(asked, results.total),
    )


def _no_more(asked: PageRequest) -> Html:
    return element(
        "p", element("a", _("There are no more hits: to the first"), href=asked.url(start=0))
    )


def _by_tier(asked: PageRequest, results: "Results") -> Iterator[Html]:
    """The hits, in a section for each tier where these decide their order."""
    if asked.sort != "relevance":
        yield element("section", *(_hit(asked, hit) for hit in results), class_="tier")
        return
    names = tier_names()
    for tier, hits in groupby(results, key=lambda hit: hit.match):
        pieces = [_hit(asked, hit) for hit in hits]
        yield element("section", element("h2", names[tier]), *pieces, class_="tier")


def _hit(asked: PageRequest, hit: Hit) -> Html:
    made = hit_html(hit, PageLinks(asked, hit.article.id, f"hit-{hit.rank}"))
    return element("div", made, class_="chosen") if hit.article.id == asked.id else made


def _pages(asked: PageRequest, total: int) -> Html | None:
    """The links to the hits before and after."""
    if total <= HITS and not asked.start:
        return None
    before, after = max(0, asked.start - HITS), asked.start + HITS
    said = _("hits {first:,} to {last:,}")
    return element(
        "nav",
        element("a", _("Previous"), href=asked.url(start=before), rel="prev")
        if asked.start
        else None,
        element("span", said.format(first=asked.start + 1, last=min(after, total))),
        element("a", _("Next"), href=asked.url(start=after), rel="next") if after < total else None,
        class_="turn",
        aria_label=_("Pages of hits"),
    )


def _facets(index: Index, asked: PageRequest) -> Html:
    name = _("What these articles are")
    if not asked.facets and index.article_count() > _FEW_ARTICLES:
        link = element("a", name, href=asked.url(facets=True))
        return element("aside", link, id="facets", aria_label=name)
    found = index.facets(asked.q, **asked.request().matching)
    tables = facets_html(found, PageLinks(asked))
    folded = element("details", element("summary", name), tables, open=True)
    return element("aside", folded, id="facets", aria_label=name)
