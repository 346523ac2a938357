"""The page of one search: `lsq search … --format html`. Hits are written as they are made."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TextIO

from lsq import __version__
from lsq.counting.facets import Facet
from lsq.messages import _
from lsq.output import OutputOptions
from lsq.output.explanation import lines
from lsq.output.html.elements import Html, element
from lsq.output.html.facets import facets_html
from lsq.output.html.hits import hit_html, totals
from lsq.output.html.link_targets import FileLinks, Links
from lsq.output.html.whole_page import END, self_contained
from lsq.output.links import FILES, LinkFormat
from lsq.output.printable import promptly
from lsq.output.shown import headings
from lsq.search.searcher import Results


def write(results: Results, out: TextIO, options: OutputOptions) -> None:
    """Write a page: the query, the numbers of matches, the hits by tier, the facets."""
    promptly(_pieces(results, options), lambda piece: out.write(piece + "\n"), out)


def write_html(
    results: Results,
    out: TextIO,
    *,
    facets: Sequence[Facet] = (),
    explain: bool = False,
    hyperlink_format: str = FILES,
) -> None:
    """Write results as one HTML page that needs no other file.

    Args:
        results: the results of `Index.search`.
        out: a stream of UTF-8.
        facets: the facets of `Index.facets`, for the tables beside the hits.
        explain: explain each hit.
        hyperlink_format: the format of links to files, as for `lsq search`.

    Raises:
        ValueError: the format is invalid.
    """
    options = OutputOptions(explain=explain, links=LinkFormat(hyperlink_format), facets=facets)
    write(results, out, options)


def _pieces(results: Results, options: OutputOptions) -> Iterator[Html]:
    links = FileLinks(options.links)
    yield self_contained(_("{query} – lsq").format(query=results.query))
    yield _header(results, has_facets=bool(options.facets))
    yield Html('<main id="hits">')
    yield from _hits(results, links, explain=options.explain)
    yield Html("</main>")
    if options.facets:
        tables = facets_html(options.facets, links)
        yield element("aside", tables, id="facets", aria_label=_("What these articles are"))
    yield _footer()
    yield END


def _header(results: Results, *, has_facets: bool) -> Html:
    first, count = results.request.offset, len(results)
    part = _("hits {first:,} to {last:,}").format(first=first + 1, last=first + count)
    return element(
        "header",
        element("h1", element("bdi", results.query)),
        totals(results),
        element("p", part) if count < results.total and count else None,
        element("p", element("a", _("What these articles are"), href="#facets"), class_="jump")
        if has_facets
        else None,
    )


def _hits(results: Results, links: Links, *, explain: bool) -> Iterator[Html]:
    """The hits; when sorted by relevance, in a section for each tier."""
    by_tier = results.request.sort == "relevance"
    before = None
    for hit in results:
        tier = hit.match if by_tier else results.request.sort
        if tier != before:
            yield from [Html("</section>")] * (before is not None)
            yield Html('<section class="tier">')
            yield element("h2", headings()[tier])
        before = tier
        yield hit_html(hit, links, lines(results.explain(hit), _) if explain else ())
    yield from [Html("</section>")] * (before is not None)


def _footer() -> Html:
    text = _("Searched with lsq {version} on {date}").format(
        version=__version__, date=date.today().isoformat()
    )
    return element("footer", element("p", text))
