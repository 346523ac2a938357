"""Lay out pages: find furniture over several pages, and put lines into reading order."""

from collections.abc import Iterable, Iterator, Sequence

from lsq.model import Line, Role
from lsq.readers.layout.blocks import Block, blocks_of, close_gaps, level_rules
from lsq.readers.layout.continued import LaidOut, continued
from lsq.readers.layout.fragments import Fragment, fragment_of, fragments
from lsq.readers.layout.frames import Frame, on_page, to_frame
from lsq.readers.layout.furniture import Furniture
from lsq.readers.layout.grids import Cell, Grid
from lsq.readers.layout.lines import (
    Inner,
    Laid,
    body_size,
    lines_of,
    settle_edges,
    with_notes,
)
from lsq.readers.layout.order import Column, ordered
from lsq.readers.layout.page_content import PageContent, Rule
from lsq.readers.layout.prepare import Part, PreparedPage, prepare
from lsq.readers.layout.table_rows import Row, RowCell, close_up, joined, said

# The number of pages that are compared with each other.
_WINDOW = 64
# A page with fewer characters is no evidence of the size of body text.
_FEW_CHARACTERS = 150
# The maximum distance of the text of a full cell from its edge, in units of its size.
_FULL = 2.2
# A table in a cell: the maximum distance of baselines in a row, the minimum distance of cells,
# and the minimum number of rows with several cells.
_ONE_LINE, _PARTED, _FEWEST_ROWS = 0.35, 1.5, 2
# The maximum gap in a line of furniture, in units of its size.
_APART = 3.0


def lay_out(sheets: Iterable[PageContent]) -> Iterator[LaidOut]:
    """Lay out the pages of a document, in order."""
    return continued(_one_by_one(sheets))


def _one_by_one(sheets: Iterable[PageContent]) -> Iterator[LaidOut]:
    furniture = Furniture()
    window: list[PreparedPage] = []
    for sheet in sheets:
        window.append(prepare(sheet))
        if len(window) == _WINDOW:
            yield from _window(window, furniture)
            window = []
    if window:
        yield from _window(window, furniture)


def to_lines(pages: Iterable[LaidOut], first: int = 1) -> Iterator[Line]:
    """Convert pages to lines for `lsq.repair`; places are page numbers from `first` on."""
    numbers: dict[int, int] = {}
    kept: list[Column] = []  # kept alive, so that ids stay unique
    for number, page in enumerate(pages, first):
        for laid, _ in page.lines:
            column = numbers.setdefault(id(laid.column), len(numbers))
            if column == len(kept):
                kept.append(laid.column)
            yield Line(laid.text, number, ends=laid.ends, role=laid.role, seen=laid.seen(column))


def _window(window: list[PreparedPage], furniture: Furniture) -> Iterator[LaidOut]:
    worn = _worn(window, furniture)
    size, is_bold = body_size([one for page in window for part in page.parts for one in part.found])
    pages: list[tuple[PreparedPage, list[tuple[Laid, Frame]]]] = []
    for page, own in zip(window, worn, strict=True):
        pages.append((page, _page(page, own, size, is_bold)))
    settle_edges([[laid for laid, _ in lines] for _, lines in pages])
    for page, lines in pages:
        yield LaidOut(page.sheet, [(laid, on_page(laid.area, frame)) for laid, frame in lines])


def _worn(window: list[PreparedPage], furniture: Furniture) -> list[set[int]]:
    """The furniture of pages, in upright text and in turned main text."""
    worn: list[set[int]] = [set() for _ in window]
    for turn in (0, 1):
        chosen = [
            (index, part)
            for index, page in enumerate(window)
            for part in page.parts
            if not part.frame.down
            and (part.frame.turn == 0 if turn == 0 else part is page.parts[0] and part.frame.turn)
        ]
        if chosen:
            found = furniture.find(
                [
                    (part.found, part.frame.rules, part.frame.width, part.frame.height)
                    for _, part in chosen
                ]
            )
            for (index, _), own in zip(chosen, found, strict=True):
                worn[index] |= own
    return worn


def _page(
    page: PreparedPage, worn: set[int], size: float, is_bold: bool
) -> list[tuple[Laid, Frame]]:
    if not page.parts:
        return [(_alone(fragment_of(run)), Frame(0, False, 0, 0, [], [])) for run in page.slanted]
    main = page.parts[0]
    own, own_bold = body_size([one for part in page.parts[:1] for one in part.found])
    if sum(len(one.text) for one in main.found) >= _FEW_CHARACTERS:
        size, is_bold = own, own_bold
    head: list[tuple[Laid, Frame]] = []
    foot: list[tuple[Laid, Frame]] = []
    inners: list[Block] = []
    apart: list[tuple[Laid, Frame]] = []
    for part in page.parts:
        above, below = _furniture(part, worn)
        head += [(laid, part.frame) for laid in above]
        foot += [(laid, part.frame) for laid in below]
        if part is main:
            continue
        part.found = [one for one in part.found if id(one) not in worn]
        laid = _part(part, set(), size, is_bold, [])
        if part.frame.down or main.frame.down:
            inners += _regions(laid, part.frame, main.frame, page.sheet)
        else:
            apart += [(one, part.frame) for one in laid]
    laid = _part(main, worn, size, is_bold, inners)
    laid = with_notes(laid, level_rules(main.frame.rules), size)
    text = [(one, main.frame) for one in laid]
    slanted = [
        (_alone(fragment_of(run))._replace(role=Role.FURNITURE), main.frame) for run in page.slanted
    ]
    return [*head, *text, *apart, *slanted, *foot]


def _alone(one: Fragment) -> Laid:
    area = Rule(one.left, one.top, one.right, one.bottom)
    return Laid(one.text, area, Column(one.left, one.right), one, ends=True)


def _furniture(part: Part, worn: set[int]) -> tuple[list[Laid], list[Laid]]:
    """The furniture at the top and at the bottom of a page, as lines."""
    own = sorted(
        (one for one in part.found if id(one) in worn), key=lambda one: (one.base, one.left)
    )
    rows: list[list[Fragment]] = []
    for one in own:
        if rows and abs(rows[-1][-1].base - one.base) < 0.5 * one.size:
            rows[-1].append(one)
        else:
            rows.append([one])
    head: list[Laid] = []
    foot: list[Laid] = []
    for side_by_side in rows:
        side_by_side.sort(key=lambda one: one.left)
        whole: list[Fragment] = []
        for one in side_by_side:
            if whole and one.left - whole[-1].right <= _APART * one.size:
                whole[-1].text += " " + one.text
                whole[-1].right = one.right
            else:
                whole.append(one)
        for one in whole:
            line = _alone(one)._replace(role=Role.FURNITURE)
            (head if one.base < part.frame.height / 2 else foot).append(line)
    return head, foot


def _part(
    part: Part, worn: set[int], size: float, is_bold: bool, inners: list[Block]
) -> list[Laid]:
    """The lines of one direction, in reading order."""
    rules = part.frame.rules
    found = close_gaps([one for one in part.found if id(one) not in worn], rules)
    blocks = blocks_of(found, rules)
    for grid in part.tables:
        rows = _table(grid, rules, size, is_bold=is_bold)
        blocks.append(_inner(grid.area, rows, size))
    for grid in part.boxes:
        laid: list[Laid] = []
        for cell in grid.cells:
            within = close_gaps(fragments(cell.runs), rules)
            laid += lines_of(ordered(blocks_of(within, rules), rules), size, is_body_bold=is_bold)
        blocks.append(_inner(grid.area, laid, size))
    return lines_of(ordered([*blocks, *inners], rules), size, is_body_bold=is_bold)


def _inner(area: Rule, laid: list[Laid], size: float) -> Block:
    return Block([], area.left, area.right, area.top, area.bottom, size, Inner(laid))


def _holds_rows(within: Sequence[Fragment]) -> bool:
    """Whether a cell that spans the whole table contains rows of cells."""
    counts: list[int] = []
    last: Fragment | None = None
    for one in within:  # by line
        beside = last is not None and abs(one.base - last.base) <= _ONE_LINE * one.size
        if not beside or last is None:
            counts.append(1)
        elif one.left - last.right > _PARTED * one.size:
            counts[-1] += 1
        last = one
    return sum(count > 1 for count in counts) >= _FEWEST_ROWS and max(counts) > _FEWEST_ROWS


def _table(grid: Grid, rules: list[Rule], size: float, *, is_bold: bool) -> list[Laid]:
    """Convert the rows of a ruled table to lines.

    Args:
        grid: the table.
        rules: the ruling lines of the page.
        size: the font size of body text.
        is_bold: whether body text is bold.
    """
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    column = Column(grid.area.left, grid.area.right)
    found = []
    for number, cells in sorted(rows.items()):
        filled: list[RowCell] = []
        whole: list[Fragment] = []
        for cell in sorted(cells, key=lambda cell: cell.column):
            within = fragments(cell.runs)
            within.sort(key=lambda one: (round(one.base / (0.5 * one.size or 1)), one.left))
            if len(cells) == 1 and _holds_rows(within):
                blocks = blocks_of(close_gaps(within, rules), rules)
                found += lines_of(ordered(blocks, rules), size, is_body_bold=is_bold)
                continue
            text = close_up(joined([one.text for one in within])) if within else ""
            if text:
                left, right = grid.xs[cell.column], grid.xs[cell.last + 1]
                full = within[-1].right >= right - _FULL * within[-1].size
                filled.append(RowCell(text, left, right, full))
                whole += within
        if not whole:
            continue
        area = Rule(
            min(one.left for one in whole),
            min(one.top for one in whole),
            max(one.right for one in whole),
            max(one.bottom for one in whole),
        )
        first, text = whole[0], said(filled)
        fragment = Fragment(text, area.left, area.right, first.base, first.size, first.bold)
        row = Row(
            tuple(filled),
            tuple(grid.xs),
            cut_above=grid.open_above and number == 0,
            cut_below=grid.open_below and number == len(grid.ys) - 2,
        )
        found.append(Laid(text, area, column, fragment, Role.TABLE, ends=True, row=row))
    return found


def _regions(laid: list[Laid], frame: Frame, main: Frame, sheet: PageContent) -> list[Block]:
    """Convert text of another direction to blocks of the main one, one for lines that touch."""
    groups: list[tuple[Rule, list[Laid]]] = []
    for one in laid:
        area, size = one.area, 1.5 * one.fragment.size
        if groups:
            last, lines = groups[-1]
            if (
                area.left <= last.right + size
                and area.right >= last.left - size
                and area.top <= last.bottom + size
                and area.bottom >= last.top - size
            ):
                lines.append(one)
                groups[-1] = (
                    Rule(
                        min(last.left, area.left),
                        min(last.top, area.top),
                        max(last.right, area.right),
                        max(last.bottom, area.bottom),
                    ),
                    lines,
                )
                continue
        groups.append((area, [one]))
    return [
        _inner(to_frame(on_page(area, frame), main, sheet), lines, lines[0].fragment.size)
        for area, lines in groups
    ]
