"""Workbooks for Excel: a row per snippet, or the rows of other commands, under column names.

The columns and values are those of csv. Every text is stored as text, even if it looks like a
formula or an error value of Excel. A cell holds 32,767 characters and a sheet 1,048,576 rows;
longer texts end in `…`, and more rows begin another sheet.

Sources: Excel specifications and limits (support.microsoft.com); ECMA-376, 18.3.1.4 (cells),
18.8.45 (quotePrefix) and 22.9.2.19 (`_xHHHH_` in strings).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, TextIO

from lsq.errors import ExtraError
from lsq.output import OutputOptions
from lsq.output.office import for_xml, put
from lsq.output.tables import FORMULAS, SNIPPET, columns_of, values_of
from lsq.search.searcher import Results

if TYPE_CHECKING:
    from openpyxl.cell.rich_text import CellRichText

_MAX_CELL: Final = 32_767  # in units of UTF-16
_MAX_ROWS: Final = 1_048_576
_NAME: Final = "lsq"
# Excel decodes these escapes.
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

# Widths of columns with long texts and of others, in digits.
_WIDE: Final = frozenset({"snippet", "text", "left", "right", "old", "new", "title", "query"})
_WIDTHS: Final = {True: 60, False: 16}


def write(results: Results, out: TextIO, options: OutputOptions) -> None:  # noqa: ARG001  # a `Writer`
    """Write a row per snippet, with bold matches."""
    sheets = _Sheets(columns_of(results))
    for values in values_of(results):
        sheets.add(values, {SNIPPET[-1]: values["highlights"]})
    put(sheets.content(), out)


def write_rows(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], out: TextIO) -> None:
    """Write rows of named values."""
    sheets = _Sheets(columns)
    for row in rows:
        sheets.add(row)
    put(sheets.content(), out)


class _Sheets:
    """A workbook whose sheets have these columns; a temporary file holds the rows."""

    def __init__(self, columns: Sequence[str]) -> None:
        try:
            from openpyxl import Workbook
        except ImportError as error:
            raise ExtraError("office") from error
        self._columns = columns
        self._book = Workbook(write_only=True)
        self._rows = 0
        self._begin()

    def _begin(self) -> None:
        """Begin a sheet, with the names of the columns."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        number = len(self._book.worksheets) + 1
        self._sheet = self._book.create_sheet(_NAME if number == 1 else f"{_NAME} {number}")
        self._sheet.freeze_panes = "A2"
        for at, name in enumerate(self._columns, 1):
            self._sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS[name in _WIDE]
        head = []
        for name in self._columns:
            cell = WriteOnlyCell(self._sheet, name)
            cell.font = Font(bold=True)
            head.append(cell)
        self._sheet.append(head)
        self._rows = 1

    def add(
        self,
        values: Mapping[str, Any],
        highlights: Mapping[str, Sequence[Sequence[int]]] | None = None,
    ) -> None:
        """Add a row; `highlights` are ranges of texts, by column."""
        if self._rows == _MAX_ROWS:
            self._begin()
        self._sheet.append(
            [self._cell(values[name], (highlights or {}).get(name, ())) for name in self._columns]
        )
        self._rows += 1

    def _cell(self, value: Any, highlights: Sequence[Sequence[int]]) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if value is None or isinstance(value, bool | int | float):
            return value
        text = for_xml(str(value))
        shown = _cut(text)
        rich: Any = _rich(shown, highlights) if highlights and shown == text else None
        cell = WriteOnlyCell(self._sheet, rich or _escaped(shown))
        if rich is None:
            cell.data_type = "s"
        # It must not become a formula when somebody edits it either.
        cell.quotePrefix = text.startswith(FORMULAS)
        return cell

    def content(self) -> bytes:
        """The bytes of the file."""
        self._book.save(file := BytesIO())
        return file.getvalue()


def _escaped(text: str) -> str:
    return _ESCAPE.sub("_x005F_", text)


def _cut(text: str) -> str:
    """Shorten a text to what a cell holds."""
    # No character has more than two units.
    if len(text) * 2 <= _MAX_CELL or len(text.encode("utf-16-le")) <= 2 * _MAX_CELL:
        return text
    units = text.encode("utf-16-le")[: 2 * (_MAX_CELL - 1)]
    return units.decode("utf-16-le", "ignore") + "…"


def _rich(text: str, highlights: Sequence[Sequence[int]]) -> "CellRichText":
    """A text with bold ranges."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    bold = InlineFont(b=True, color=Color("FFA31D1D"))
    pieces: list[Any] = []
    at = 0
    for start, end in highlights:
        pieces += [_escaped(text[at:start])] if at < start else []
        pieces.append(TextBlock(bold, _escaped(text[start:end])))
        at = end
    return CellRichText(*pieces, *([_escaped(text[at:])] if at < len(text) else []))
