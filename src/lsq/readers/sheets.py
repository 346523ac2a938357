"""Spreadsheets of Excel (xlsx, xlsb, xls), WPS (et) and OpenDocument (ods).

A sheet becomes a bulletin, a row a line (`lsq.readers.table_lines`); a place is the row number.
Values are those last computed; formulas, comments and charts are not read, hidden sheets are.
python-calamine parses them thirteen times as fast as openpyxl, but does not check sizes, so
this module does.

Source: https://docs.rs/calamine
"""

import io
from collections.abc import Iterator
from typing import Any

import python_calamine as calamine

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin
from lsq.readers import table_lines
from lsq.readers.package import Package

_ZIP = b"PK"

# The maximum number of cells of a sheet, empty ones between others included.
_MOST_CELLS = 20_000_000

# The parts of a workbook in a zip that calamine unpacks.
_UNPACKED = (".xml", ".bin", ".rels")


def read(path: str, data: bytes) -> Iterator[Bulletin]:
    """Read the sheets of a workbook that are not empty.

    Raises:
        ReadError: it is damaged, encrypted or too large.
    """
    if data.startswith(_ZIP):
        _unpack(path, data)
    workbook = _guarded(path, lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))
    for about in workbook.sheets_metadata:
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue  # a chart or a macro
        lines = _guarded(path, lambda name=about.name: _lines(path, workbook, name))
        if lines:
            yield Bulletin(path, lines, sheet=about.name, exact=True)


def _lines(path: str, workbook: calamine.CalamineWorkbook, name: str) -> tuple[Any, ...]:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return ()
    if sheet.height * sheet.width > _MOST_CELLS:
        raise ReadError(
            path, _("a sheet claims more cells than any spreadsheet has; save it again")
        )
    top, left = sheet.start
    cells = enumerate(sheet.to_python(skip_empty_area=True), top + 1)
    merges = [
        table_lines.Merge(start[0] - top, start[1] - left, end[0] - top, end[1] - left)
        for start, end in sheet.merged_cell_ranges or ()
        if start[0] >= top and start[1] >= left
    ]
    return tuple(table_lines.lines(cells, merges))


def _unpack(path: str, data: bytes) -> None:
    """Check that a workbook does not unpack to too much.

    Raises:
        ReadError: it does, or is damaged.
    """
    with Package(path, data) as package:
        for name in package.names:
            if name.lower().endswith(_UNPACKED):
                package.read(name)


def _guarded(path: str, act: Any) -> Any:
    """Call `act`; raises exceptions and panics of calamine as ReadError."""
    try:
        return act()
    except calamine.PasswordError as error:
        raise ReadError(
            path,
            _(
                "encrypted with a password; open it in an office program and save it without "
                "a password"
            ),
        ) from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise ReadError(
            path, _("damaged: it contains no readable workbook ({error})").format(error=error)
        ) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ReadError(
            path, _("damaged: it contains no readable workbook ({error})").format(error=error)
        ) from error
