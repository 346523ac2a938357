"""A hit as HTML; the numbers of matches by tier."""

from collections.abc import Iterable

from lsq.hit import Hit
from lsq.messages import _
from lsq.model import Article, Place
from lsq.output.html.elements import Html, element, joined, marked
from lsq.output.html.link_targets import Links
from lsq.output.html.whole_page import documents_lang
from lsq.output.printable import counted, location, numbered
from lsq.output.records import metadata
from lsq.output.shown import label, shown, tier_names, with_ellipses
from lsq.search.searcher import Results


def totals(results: Results) -> Html:
    """The number of matching articles, and the number in each tier."""
    ways = [
        element("li", f"{name} ", element("b", f"{results.totals[how]:,}"))
        for how, name in tier_names().items()
        if results.totals.get(how)
    ]
    total = _("{articles} found").format(articles=counted(results.total))
    return joined(
        element("p", total, class_="total"),
        element("ul", *ways, class_="tiers") if len(ways) > 1 else None,
    )


def hit_html(hit: Hit, links: Links, explained: Iterable[str] = (), *, level: int = 3) -> Html:
    """A hit: its title, metadata, place and snippets, and the reprints grouped with it.

    Args:
        hit: the hit.
        links: the link targets.
        explained: the lines of its explanation (`lsq.output.explanation`).
        level: the level of its heading, 1 to 6.
    """
    article = hit.article
    title, highlights, snippets = shown(hit)
    start = hit.snippets[0].place if hit.snippets else article.place(0)
    target = links.article(article.id) or links.place(article.path, start)
    named = element("bdi", marked(title, highlights), lang=documents_lang())
    return element(
        "article",
        element(
            f"h{level}",
            element("span", f"{hit.rank:,}.", class_="rank"),
            " ",
            linked(named, target),
        ),
        facts(article),
        where(article, start, links),
        element(
            "ol",
            *(
                element(
                    "li",
                    linked(numbered(one.place), links.place(article.path, one.place), class_="at"),
                    element("p", marked(*with_ellipses(one)), lang=documents_lang()),
                )
                for one in snippets
            ),
            class_="snippets",
        )
        if snippets
        else None,
        _reprints(hit.reprints, links) if hit.reprints else None,
        _explained(explained),
        class_="hit",
        id=f"hit-{hit.rank}",
    )


def facts(article: Article) -> Html | None:
    """The metadata of an article without its title; None if there is none."""
    rows = [
        element("div", element("dt", label(name)), element("dd", value, lang=documents_lang()))
        for name, value in metadata(article).items()
        if value is not None and name != "title"
    ]
    return element("dl", *rows, class_="facts") if rows else None


def where(article: Article, place: Place, links: Links) -> Html:
    """A place of an article, and whether its text was recognised."""
    return element(
        "p",
        linked(location(article.path, place), links.place(article.path, place)),
        " ",
        _("recognised (OCR)") if article.ocr else None,
        class_="place",
    )


def linked(text: str, target: str | None, **attributes: str) -> Html:
    """Text as a link, or as a span if there is no target."""
    if target is None:
        return element("span", text, **attributes)
    return element("a", text, href=target, **attributes)


def _reprints(names: Iterable[str], links: Links) -> Html:
    items = (element("li", linked(name, links.article(name))) for name in names)
    return element(
        "details",
        element("summary", _("also in")),
        element("ul", *items),
        class_="reprints",
    )


def _explained(lines: Iterable[str]) -> Html | None:
    pieces: list[str] = []
    for line in lines:
        pieces += [Html("\n")] * bool(pieces) + [line]
    if not pieces:
        return None
    return element(
        "details",
        element("summary", _("why")),
        element("pre", *pieces),
        class_="why",
    )
