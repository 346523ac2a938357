"""A transaction that opens its store only when something changes.

An update that finds nothing changed neither imports Whoosh nor reads the commit again.
"""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from lsq.engines import Stamp
from lsq.engines.folder.damage import translate_errors
from lsq.engines.folder.data import sweep_unfinished
from lsq.engines.folder.mark import Mark

if TYPE_CHECKING:
    from lsq.engines.folder.store import Transaction


class LateTransaction:
    """An `lsq.engines.folder.store.Transaction`; without a change, it only deletes leftovers.

    Args:
        mark: the data.
        location: the index folder.
        begin: begins the transaction of the store.
    """

    def __init__(self, mark: Mark, location: str, begin: "Callable[[], Transaction]") -> None:
        self.segmenter = mark.segmenter()
        self._data = mark.data
        self._location = location
        self._begin = begin
        self.is_begun = False

    def replace(self, source: str, stamp: Stamp, documents: Iterable[Any]) -> None:
        self._begun.replace(source, stamp, documents)

    def restamp(self, source: str, stamp: Stamp) -> None:
        self._begun.restamp(source, stamp)

    def drop(self, source: str) -> None:
        self._begun.drop(source)

    @cached_property
    def _begun(self) -> "Transaction":
        with translate_errors(self._location):
            begun = self._begin()
        self.is_begun = True
        return begun.__enter__()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        try:
            if self.is_begun:
                self._begun.__exit__(*error)
            else:
                with translate_errors(self._location):
                    sweep_unfinished(self._data)
        finally:
            self.segmenter.close()
