"""Write rows of named values, the output of commands other than `lsq search` for programs.

This is a stable interface, as `lsq.output.records` is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Generic, TextIO, TypeVar

from lsq.output import records, tables

Row = TypeVar("Row")


class Counted(Generic[Row]):
    """An iterable that counts its items as they are read.

    Attributes:
        count: the number of items read.
    """

    def __init__(self, each: Iterable[Row]) -> None:
        self._each = each
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for one in self._each:
            self.count += 1
            yield one


Rows = Iterable[dict[str, Any]]


def _to_jsonl(rows: Rows, _columns: Sequence[str], out: TextIO) -> None:
    records.write_rows(rows, out)


def _to_tsv(rows: Rows, columns: Sequence[str], out: TextIO) -> None:
    tables.write_rows(rows, columns, out)


def _to_csv(rows: Rows, columns: Sequence[str], out: TextIO) -> None:
    tables.write_rows(rows, columns, out, as_csv=True)


def _to_docx(rows: Rows, columns: Sequence[str], out: TextIO) -> None:
    from lsq.output.office import word_file

    word_file.write_rows(rows, columns, out)


def _to_xlsx(rows: Rows, columns: Sequence[str], out: TextIO) -> None:
    from lsq.output.office import excel_file

    excel_file.write_rows(rows, columns, out)


# Format → the function that writes rows with these columns.
TABLES: Final[Mapping[str, Callable[[Rows, Sequence[str], TextIO], None]]] = {
    "jsonl": _to_jsonl,
    "tsv": _to_tsv,
    "csv": _to_csv,
    "docx": _to_docx,
    "xlsx": _to_xlsx,
}
