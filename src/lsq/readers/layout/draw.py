"""Draw the detected layout of a page: lines, their order, headings, tables and furniture.

Users can report a wrong layout with it, and developers examine it. An SVG needs no library.
"""

from collections.abc import Iterable, Iterator
from html import escape

from lsq.model import Role
from lsq.readers.layout.continued import LaidOut
from lsq.readers.layout.lines import Laid
from lsq.readers.layout.page_content import Rule

_GAP = 12  # between pages
_POINTS = 842  # the height of a page in the unit of lines and numbers
_COLOURS = {
    Role.TEXT: ("#2b6cb0", "text"),
    Role.TABLE: ("#2f855a", "table"),
    Role.FURNITURE: ("#a0aec0", "furniture"),
}
_HEADING = ("#c53030", "heading")


def draw(pages: Iterable[LaidOut], gap: float = _GAP) -> str:
    """Draw the pages below each other, `gap` apart, as one SVG."""
    bodies: list[str] = []
    top, width = 0.0, 1.0
    for page in pages:
        bodies.append(f'<g transform="translate(0 {top:.1f})">{_page(page)}</g>')
        top += page.sheet.height + gap
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
    unit = sheet.height / _POINTS  # a page may be measured in millimetres, or pixels
    columns: dict[int, str] = {}
    before: tuple[Laid, Rule] | None = None
    for number, (laid, area) in enumerate(page.lines, 1):
        colour, kind = _HEADING if laid.heading else _COLOURS.get(laid.role, _COLOURS[Role.TEXT])
        column = columns.setdefault(id(laid.column), str(len(columns) + 1))
        parts.append(
            f'<rect class="{kind}" data-column="{column}" x="{area.left:.1f}" y="{area.top:.1f}"'
            f' width="{area.right - area.left:.1f}" height="{area.bottom - area.top:.1f}"'
            f' fill="{colour}" fill-opacity="0.12" stroke="{colour}"'
            f' stroke-width="{0.4 * unit:.2f}"><title>{number} {kind}</title></rect>'
        )
        if laid.row is not None and laid.role is Role.TABLE and area == laid.area:
            parts += _cells(laid, area)
        else:
            parts.append(_line(laid.text, area))
        parts.append(
            f'<text x="{area.left - unit:.1f}" y="{area.top + 5 * unit:.1f}" text-anchor="end"'
            f' font-size="{5 * unit:.1f}" fill="{colour}">{number}</text>'
        )
        if before is not None and before[0].column is not laid.column:
            parts.append(_jump(before[1], area, unit))
        before = laid, area
    return "".join(parts)


def _line(text: str, area: Rule) -> str:
    """A line of text, from left to right or downwards, with its length on the page."""
    wide, high = area.right - area.left, area.bottom - area.top
    size = min(high, wide) / 1.1
    if wide >= high:
        return (
            f'<text x="{area.left:.1f}" y="{area.top + 0.82 * high:.1f}" font-size="{size:.1f}"'
            f' textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs">{_escaped(text)}</text>'
        )
    return (
        f'<text x="{area.left + wide / 2:.1f}" y="{area.top:.1f}" font-size="{size:.1f}"'
        f' textLength="{high:.1f}" writing-mode="vertical-rl">{_escaped(text)}</text>'
    )


def _cells(laid: Laid, area: Rule) -> Iterator[str]:
    """The cells of a row, each in its position, wrapped to its width."""
    size = laid.fragment.size
    for cell in laid.row.cells if laid.row else ():
        lines, width = [""], 0.0
        for char in cell.text:
            step = size * (0.5 if char.isascii() else 1.0)
            if width + step > cell.right - cell.left + 0.5 * size and lines[-1]:
                lines.append("")
                width = 0.0
            lines[-1] += char
            width += step
        for at, line in enumerate(lines):
            y = area.top + (0.88 + 1.25 * at) * size
            yield (
                f'<text x="{max(cell.left, area.left):.1f}" y="{y:.1f}"'
                f' font-size="{0.95 * size:.1f}">{_escaped(line)}</text>'
            )
        yield (
            f'<path class="cell" d="M{cell.right:.1f} {area.top:.1f}V{area.bottom:.1f}"'
            f' stroke="{_COLOURS[Role.TABLE][0]}" stroke-width="{0.05 * size:.2f}"/>'
        )


def _jump(before: Rule, after: Rule, unit: float) -> str:
    """A line from the end of one column to the beginning of the next, with a dot there."""
    if before.right - before.left >= before.bottom - before.top:
        x, y = before.right, (before.top + before.bottom) / 2
    else:
        x, y = (before.left + before.right) / 2, before.bottom
    left, top = after.left + 2 * unit, after.top + 2 * unit
    return (
        f'<path class="jump" d="M{x:.1f} {y:.1f}L{left:.1f} {top:.1f}" stroke="#d69e2e"'
        f' stroke-width="{0.8 * unit:.2f}" fill="none"/>'
        f'<circle cx="{left:.1f}" cy="{top:.1f}" r="{1.5 * unit:.1f}" fill="#d69e2e"/>'
    )


def _escaped(text: str) -> str:
    """Escape text for XML."""
    return escape("".join(char if char.isprintable() else "\ufffd" for char in text))
