"""Write rows of named values: what commands other than `lsq search` print for programs.

A stable interface, as `lsq.output.records` is. For people, each
command has a writer of its own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Generic, TextIO, TypeVar

from lsq.output import records, tables

Row = TypeVar("Row")


class Counted(Generic[Row]):
    """Things that are passed on one by one, and counted.

    Attributes:
        count: how many have been passed on.
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


# Writes rows that have these columns, by the format's name.
TABLES: Final[Mapping[str, Callable[[Rows, Sequence[str], TextIO], None]]] = {
    "jsonl": _to_jsonl,
    "tsv": _to_tsv,
    "csv": _to_csv,
    "docx": _to_docx,
    "xlsx": _to_xlsx,
}
