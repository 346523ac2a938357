"""A trend as a bar chart: an SVG with titles for screen readers."""

from collections.abc import Sequence
from typing import Final

from lsq.counting.trend import TrendRow
from lsq.messages import _
from lsq.output.html.elements import Html, element

# In units of the SVG.
_WIDTH: Final = 720.0
_HEIGHT: Final = 220.0
_LEFT: Final = 52.0
_BOTTOM: Final = 28.0
_TOP: Final = 12.0
# The width of a label below the axis.
_LABEL_WIDTH: Final = 56.0
# The share of its column that a bar covers.
_BAR_SHARE: Final = 0.8
_STEPS: Final = 4


def chart(rows: Sequence[TrendRow], name: str) -> Html:
    """A bar for each period: the occurrences per million characters.

    Args:
        rows: the periods in order.
        name: the title of the chart, for screen readers.
    """
    top = _round_up(max((row.per_million for row in rows), default=0.0))
    wide = (_WIDTH - _LEFT) / max(len(rows), 1)
    return element(
        "svg",
        element("title", name),
        *_grid(top),
        *(_bar(row, at, wide, top) for at, row in enumerate(rows)),
        *_labels(rows, wide),
        class_="chart",
        viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
        role="img",
    )


def _y(value: float, top: float) -> float:
    """The y coordinate of a value."""
    room = _HEIGHT - _BOTTOM - _TOP
    return _TOP + room * (1 - value / top)


def _grid(top: float) -> list[Html]:
    """Horizontal lines at round values, with labels."""
    pieces = []
    for step in range(_STEPS + 1):
        value = top * step / _STEPS
        y = _y(value, top)
        pieces.append(element("path", class_="axis", d=f"M{_LEFT:.0f} {y:.1f}H{_WIDTH:.0f}"))
        pieces.append(
            element(
                "text", f"{value:,.4g}", x=f"{_LEFT - 6:.0f}", y=f"{y + 4:.1f}", text_anchor="end"
            )
        )
    return pieces


def _bar(row: TrendRow, at: int, wide: float, top: float) -> Html:
    y = _y(row.per_million, top)
    text = _("{value}: {occurrences:,} in {articles:,} of {of:,} articles")
    words = text.format(
        value=row.value, occurrences=row.occurrences, articles=row.articles, of=row.of
    )
    return element(
        "rect",
        element("title", words),
        class_="bar" if row.of else "bar none",
        x=f"{_LEFT + wide * (at + (1 - _BAR_SHARE) / 2):.2f}",
        y=f"{y:.2f}",
        width=f"{max(wide * _BAR_SHARE, 0.5):.2f}",
        height=f"{_HEIGHT - _BOTTOM - y:.2f}",
    )


def _labels(rows: Sequence[TrendRow], wide: float) -> list[Html]:
    """The labels of as many periods as there is room for."""
    each = max(1, -(-int(_LABEL_WIDTH) // max(1, int(wide))))
    return [
        element(
            "text",
            row.value or "",
            x=f"{_LEFT + wide * (at + 0.5):.1f}",
            y=f"{_HEIGHT - 8:.0f}",
            text_anchor="middle",
        )
        for at, row in enumerate(rows)
        if at % each == 0
    ]


def _round_up(value: float) -> float:
    """The next value that divides into four round steps."""
    if value <= 0:
        return 1.0
    power = 10.0 ** (len(f"{int(value)}") - 1) if value >= 1 else 0.1
    return next(power * one for one in (1, 2, 3, 4, 5, 6, 8, 10) if power * one >= value)
