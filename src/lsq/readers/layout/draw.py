"""A page as it was laid out, drawn: its lines, their order, headings, tables and furniture.

For users to report what lsq saw, and for developers to see it. An SVG is text, so that it
needs no library.
"""

from collections.abc import Iterable
from html import escape

from lsq.model import Role
from lsq.readers.layout.continued import LaidOut

_GAP = 12  # between pages
_COLOURS = {
    Role.TEXT: ("#2b6cb0", "text"),
    Role.TABLE: ("#2f855a", "table"),
    Role.FURNITURE: ("#a0aec0", "furniture"),
}
_HEADING = ("#c53030", "heading")


def draw(pages: Iterable[LaidOut]) -> str:
    """The pages below each other, as one SVG."""
    bodies: list[str] = []
    top, width = 0.0, 1.0
    for page in pages:
        bodies.append(f'<g transform="translate(0 {top:.1f})">{_page(page)}</g>')
        top += page.sheet.height + _GAP
        width = max(width, page.sheet.width)
    size = f'viewBox="0 0 {width:.1f} {max(top, 1.0):.1f}" width="{width:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif">\n'
        + "\n".join(bodies)
        + "\n</svg>\n"
    )


def _page(page: LaidOut) -> str:
    sheet = page.sheet
    parts = [
        (
            f'<rect width="{sheet.width:.1f}" height="{sheet.height:.1f}"'
            ' fill="#fff" stroke="#718096"/>'
        )
    ]
    parts += [
        f'<rect x="{rule.left:.1f}" y="{rule.top:.1f}" fill="#cbd5e0"'
        f' width="{max(0.3, rule.right - rule.left):.1f}"'
        f' height="{max(0.3, rule.bottom - rule.top):.1f}"/>'
        for rule in sheet.rules
    ]
    columns: dict[int, str] = {}
    before: tuple[float, float] | None = None
    for number, (laid, area) in enumerate(page.lines, 1):
        colour, kind = _HEADING if laid.heading else _COLOURS.get(laid.role, _COLOURS[Role.TEXT])
        column = columns.setdefault(id(laid.column), str(len(columns) + 1))
        wide, high = area.right - area.left, area.bottom - area.top
        size = min(high, wide) / 1.1
        parts.append(
            f'<rect class="{kind}" data-column="{column}" x="{area.left:.1f}" y="{area.top:.1f}"'
            f' width="{wide:.1f}" height="{high:.1f}" fill="{colour}" fill-opacity="0.12"'
            f' stroke="{colour}" stroke-width="0.4"/>'
        )
        if wide >= high:
            parts.append(
                f'<text x="{area.left:.1f}" y="{area.top + 0.82 * high:.1f}"'
                f' font-size="{size:.1f}" textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs">'
                f"{_said(laid.text)}</text>"
            )
        else:
            parts.append(
                f'<text x="{area.left + wide / 2:.1f}" y="{area.top:.1f}" font-size="{size:.1f}"'
                f' writing-mode="vertical-rl">{_said(laid.text)}</text>'
            )
        parts.append(
            f'<text x="{area.left - 1:.1f}" y="{area.top + 4:.1f}" font-size="4" text-anchor="end"'
            f' fill="{colour}">{number}</text>'
        )
        middle = (area.left + 2, area.top + high / 2)
        if before is not None and abs(middle[1] - before[1]) > 3 * size:
            parts.append(
                f'<path d="M{before[0]:.1f} {before[1]:.1f}L{middle[0]:.1f} {middle[1]:.1f}"'
                f' stroke="#d69e2e" stroke-width="0.8" fill="none"/>'
            )
        before = middle
    return "".join(parts)


def _said(text: str) -> str:
    """Text that may stand in XML."""
    return escape("".join(char if char.isprintable() else "\ufffd" for char in text))
