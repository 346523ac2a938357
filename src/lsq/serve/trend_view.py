"""The page of a trend: how often a query occurs over time, as a picture and as a table."""

from typing import Final

from lsq.counting.groups import Group
from lsq.counting.trend import Trend, Trends
from lsq.messages import _
from lsq.output.html.elements import Html, element, joined
from lsq.output.html.whole_page import of_documents
from lsq.output.printable import occurrences_in_articles
from lsq.serve.chart import chart
from lsq.serve.indexes import ServedIndexes
from lsq.serve.page_frame import framed
from lsq.serve.page_request import PageRequest

TREND: Final = "/trend"
# Months of a hundred years; more are no picture.
_MOST: Final = 1_200


def trend_page(indexes: ServedIndexes, asked: PageRequest) -> Html:
    """How often the query occurs, by year or by month."""
    by: Group = "month" if asked.by == "month" else "year"
    with indexes.opened(asked.place) as index:
        trends = index.trends(by=by, **asked.request().matching)
        trend = trends.of(asked.q or "*")
    title = _("{query} over time – lsq").format(query=asked.q)
    return framed(
        indexes,
        asked,
        title,
        element(
            "section",
            element("h1", element("bdi", asked.q, lang=of_documents())),
            element("p", element("a", _("Back to the hits"), href=asked.url()), class_="place"),
            _choice(asked, by),
            _summary(trend, trends),
            _shown(trend),
            id="hits",
            tabindex="-1",
        ),
        address=TREND,
        kind="trend",
    )


def _choice(asked: PageRequest, by: Group) -> Html:
    names = {"year": _("by year"), "month": _("by month")}
    return element(
        "nav",
        *(
            element(
                "a",
                name,
                href=asked.url(TREND, by="" if one == "year" else one),
                aria_current="page" if one == by else None,
            )
            for one, name in names.items()
        ),
        class_="turn",
        aria_label=_("Periods"),
    )


def _summary(trend: Trend, trends: Trends) -> Html:
    said = occurrences_in_articles(trend.occurrences, trend.articles)
    lacking = trends.undated + trends.reduced
    more = _("{outside:,} of them in articles without such a date; the index has {lacking:,}")
    return element(
        "p",
        said,
        f"; {more.format(outside=trend.outside, lacking=lacking)}" if trend.outside else None,
        class_="total",
    )


def _shown(trend: Trend) -> Html | None:
    rows = [row for row in trend.rows if row.value is not None]
    kept = [at for at, row in enumerate(rows) if row.of]
    rows = rows[kept[0] : kept[-1] + 1][-_MOST:] if kept else []
    if not rows:
        return element("p", _("No article has such a date."), class_="note")
    columns = (_("Period"), _("occurrences"), _("articles"), _("of"), _("per million characters"))
    head = element("tr", *(element("th", column, scope="col") for column in columns))
    body = (
        element(
            "tr",
            element("th", row.value or "", scope="row"),
            element("td", f"{row.occurrences:,}"),
            element("td", f"{row.articles:,}"),
            element("td", f"{row.of:,}"),
            element("td", f"{row.per_million:,.1f}"),
        )
        for row in rows
        if row.of
    )
    name = _("Occurrences per million characters, {first} to {last}").format(
        first=rows[0].value, last=rows[-1].value
    )
    return joined(
        element("figure", chart(rows, name), element("figcaption", name)),
        element("table", element("thead", head), element("tbody", *body), class_="numbers"),
    )
