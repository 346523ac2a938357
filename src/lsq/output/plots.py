"""Draw trends as SVG or PNG. The only module that imports vl_convert.

The chart is described in Vega-Lite and loads nothing from outside. A PNG is drawn with the fonts
of this machine; an SVG contains text, which is drawn with the reader's fonts.

Source: https://vega.github.io/vega-lite/docs/
"""

import os
from collections.abc import Sequence
from typing import Any, Final

from lsq.counting.groups import PERIODS
from lsq.counting.trend import Trend, Trends
from lsq.errors import ExtraError, PlotError
from lsq.messages import _, system_message
from lsq.output.printable import sanitize

SVG: Final = ".svg"
PNG: Final = ".png"
SUFFIXES: Final = (SVG, PNG)

# The usual Chinese fonts of systems, then any.
_FONT: Final = (
    "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Hiragino Sans GB, Microsoft YaHei, "
    "WenQuanYi Micro Hei, SimHei, sans-serif"
)
# In pixels; _SCALE is the number of pixels of a PNG for each.
_WIDTH: Final = 640
_HEIGHT: Final = 320
_SCALE: Final = 2


def save(picture: bytes, path: str) -> None:
    """Write a picture to a new file.

    Raises:
        PlotError: there is a file of that name, or the system refuses.
    """
    try:
        with open(path, "xb") as file:
            try:
                file.write(picture)
                file.flush()
            except OSError:  # a full disk: what is there already is no picture
                os.unlink(path)
                raise
    except FileExistsError as error:
        raise PlotError(
            _("{path} exists; delete it, or give the picture another name").format(path=path)
        ) from error
    except OSError as error:
        raise PlotError(
            _("{path} cannot be written: {reason}").format(path=path, reason=system_message(error))
        ) from error


def draw(found: Sequence[Trend], trends: Trends, limit: int | None, suffix: str) -> bytes:
    """Draw trends.

    Args:
        found: the trends.
        trends: the groups in which they were counted.
        limit: the maximum number of rows of each; None for all.
        suffix: one of `SUFFIXES`.

    Raises:
        ExtraError: vl-convert-python is not installed.
        PlotError: there are no rows; or a PNG needs a font for Chinese, and there is none.
    """
    if not any(one.rows for one in found):
        raise PlotError(
            _(
                "there is nothing to draw: no article has a date for --by {by}; count otherwise, "
                "as with --by folder"
            ).format(by=trends.by)
        )
    try:
        import vl_convert
    except ModuleNotFoundError as error:
        raise ExtraError("plot") from error
    spec = chart(found, trends, limit)
    options: dict[str, Any] = {"show_warnings": False, "allowed_base_urls": []}
    if suffix == SVG:
        svg: str = vl_convert.vegalite_to_svg(spec, **options)
        return svg.encode()
    if not can_draw("国"):
        raise PlotError(
            _(
                "no font on this machine has Chinese characters; install one, such as Noto Sans "
                "CJK, or plot to an .svg file"
            )
        )
    png: bytes = vl_convert.vegalite_to_png(spec, scale=_SCALE, **options)
    return png


def chart(found: Sequence[Trend], trends: Trends, limit: int | None) -> dict[str, Any]:
    """Trends as a chart in Vega-Lite: lines over periods, bars for other groups."""
    rows = [
        {
            "query": sanitize(one.query),
            "group": _("(none)") if row.value is None else sanitize(row.value) or ".",
            "rate": row.per_million,
        }
        for one in found
        for row in one.rows[: limit or None]
    ]
    groups = list(dict.fromkeys(row["group"] for row in rows))
    queries = list(dict.fromkeys(row["query"] for row in rows))
    alone = len(queries) == 1
    rate = {
        "field": "rate",
        "type": "quantitative",
        "title": _("occurrences per million characters"),
    }
    group = {
        "field": "group",
        "type": "ordinal",
        "sort": groups,
        "title": None,
        "axis": {"labelAngle": 0, "labelOverlap": "greedy", "labelLimit": 240},
    }
    colour = {
        "field": "query",
        "type": "nominal",
        "sort": queries,
        "title": None,
        "legend": None if alone else {"orient": "top", "labelLimit": 480},
    }
    common = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "width": _WIDTH,
        "background": "white",
        "config": {"font": _FONT},
        "title": queries[0] if alone else None,
    }
    if trends.by in PERIODS:
        return common | {
            "height": _HEIGHT,
            "mark": {"type": "line", "point": True},
            "encoding": {"x": group, "y": rate, "color": colour},
        }
    return common | {
        "height": {"step": 8 + 12 * len(queries), "for": "position"},
        "mark": "bar",
        "encoding": {
            "y": group,
            "yOffset": {"field": "query", "sort": queries},
            "x": rate,
            "color": colour,
        },
    }


def can_draw(character: str) -> bool:
    """Whether a font of this machine has a character: compares it with one that no font has."""
    import vl_convert

    def drawn(text: str) -> bytes:
        size = 'xmlns="http://www.w3.org/2000/svg" width="40" height="40"'
        letter = f'<text x="4" y="30" font-size="24" font-family="{_FONT}">{text}</text>'
        png: bytes = vl_convert.svg_to_png(f"<svg {size}>{letter}</svg>")
        return png

    return drawn(character) not in (drawn("\ue000"), drawn(" "))
