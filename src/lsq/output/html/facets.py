"""Facets as HTML: a table for each field."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from lsq.counting.facets import Facet, FacetBy
from lsq.messages import _
from lsq.output.html.elements import Html, element, joined
from lsq.output.html.hits import linked
from lsq.output.html.link_targets import Links
from lsq.output.html.whole_page import documents_lang
from lsq.output.shown import facet_names


def facets_html(facets: Sequence[Facet], links: Links, *, level: int = 2) -> Html:
    """A table for each field that some article has, with the most frequent values.

    Args:
        facets: the facets, grouped by field.
        links: the link targets.
        level: the level of the headings, 1 to 6.
    """
    groups = ((by, list(group)) for by, group in groupby(facets, key=lambda facet: facet.by))
    return joined(
        *(
            _group(by, group, links, level)
            for by, group in groups
            if any(facet.value is not None for facet in group)
        )
    )


def _group(by: FacetBy, facets: list[Facet], links: Links, level: int) -> Html:
    return element(
        "section",
        element(f"h{level}", facet_names()[by]),
        element("table", element("thead", _head()), element("tbody", *_rows(facets, links))),
        class_="facet",
    )


def _head() -> Html:
    columns = (element("th", column, scope="col") for column in (_("found"), _("of")))
    return element("tr", element("td"), *columns)


def _rows(facets: Iterable[Facet], links: Links) -> Iterable[Html]:
    for facet in facets:
        value = _("(none)") if facet.value is None else facet.value
        shown = element("bdi", value, lang=None if facet.value is None else documents_lang())
        yield element(
            "tr",
            element("th", linked(shown, links.facet(facet)), scope="row"),
            element("td", f"{facet.articles:,}"),
            element("td", f"{facet.of:,}"),
        )
