"""The page of a trend: how often a query occurs over time, as a chart and a table."""

from typing import Final

from lsq.counting.groups import Group
from lsq.counting.trend import Trend, Trends
from lsq.messages import _
from lsq.output.html.elements import Html, element, joined
from lsq.output.html.whole_page import documents_lang
from lsq.output.printable import occurrences_in_articles
from lsq.serve.chart import chart
from lsq.serve.indexes import ServedIndexes
from lsq.serve.page_frame import framed_page
from lsq.serve.page_request import PageRequest

TREND: Final = "/trend"
# The months of a hundred years; a chart cannot show more.
_MAX_PERIODS: Final = 1_200


def trend_page(indexes: ServedIndexes, request: PageRequest) -> Html:
    """The page of a trend by year or by month."""
    by: Group = "month" if request.by == "month" else "year"
    with indexes.opened(request.place) as index:
        trends = index.trends(by=by, **request.search_request().matching)
        trend = trends.of(request.q or "*")
    title = _("{query} over time – lsq").format(query=request.q)
    return framed_page(
        indexes,
        request,
        title,
        element(
            "section",
            element("h1", element("bdi", request.q, lang=documents_lang())),
            element("p", element("a", _("Back to the hits"), href=request.url()), class_="place"),
            _period_links(request, by),
            _summary(trend, trends),
            _table(trend),
            id="hits",
            tabindex="-1",
        ),
        address=TREND,
        kind="trend",
    )


def _period_links(request: PageRequest, by: Group) -> Html:
    names = {"year": _("by year"), "month": _("by month")}
    return element(
        "nav",
        *(
            element(
                "a",
                name,
                href=request.url(TREND, by="" if one == "year" else one),
                aria_current="page" if one == by else None,
            )
            for one, name in names.items()
        ),
        class_="turn",
        aria_label=_("Periods"),
    )


def _summary(trend: Trend, trends: Trends) -> Html:
    total = occurrences_in_articles(trend.occurrences, trend.articles)
    lacking = trends.undated + trends.reduced
    more = _("{outside:,} of them in articles without such a date; the index has {lacking:,}")
    return element(
        "p",
        total,
        f"; {more.format(outside=trend.outside, lacking=lacking)}" if trend.outside else None,
        class_="total",
    )


def _table(trend: Trend) -> Html | None:
    rows = [row for row in trend.rows if row.value is not None]
    filled = [at for at, row in enumerate(rows) if row.of]
    rows = rows[filled[0] : filled[-1] + 1][-_MAX_PERIODS:] if filled else []
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
