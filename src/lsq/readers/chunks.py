"""Files embedded in the text of a Word document (`w:altChunk`).

Programs that convert web pages embed the page in the package, and Word converts it when it next
saves the document. Each is read by the reader of its format.

Source: ECMA-376 part 1, 17.17.2.1 (altChunk).
"""

from collections.abc import Callable, Iterator
from importlib import import_module

from lxml import etree

from lsq.errors import ReadError
from lsq.model import Bulletin, Line
from lsq.readers import formats
from lsq.readers.omissions import Parts

# The limits: embedded files, and their nesting, as a docx may embed another docx.
_MOST = 100
_DEPTH = 3
_nesting = 0


class Chunks:
    """The embedded files of a document.

    Args:
        path: the path of the document.
        folder: the folder of its main part.
        relations: the relations of the main part; None without any.
        data: returns the bytes of a part.
        parts: records unreadable parts.
    """

    def __init__(
        self,
        path: str,
        folder: str,
        relations: etree._Element | None,
        data: Callable[[str], bytes],
        parts: Parts,
    ) -> None:
        self._path = path
        self._targets = {
            relation.get("Id", ""): _resolved(folder, relation.get("Target", ""))
            for relation in (relations if relations is not None else ())
        }
        self._data = data
        self._parts = parts
        self._left = _MOST

    def target(self, identifier: str) -> str:
        """The name of the part with this relation id; empty if there is none."""
        return self._targets.get(identifier, "")

    def lines(self, identifier: str) -> Iterator[Line]:
        """The lines of an embedded file; none if it cannot be read."""
        name = self.target(identifier)
        if name and self._left > 0:
            self._left -= 1
            with self._parts.reading(name):
                yield from self._read(name)

    def _read(self, name: str) -> tuple[Line, ...]:
        global _nesting  # noqa: PLW0603  # readers call each other recursively
        data = self._data(name)
        form = formats.detect(name, data)
        if form not in _READ or _nesting >= _DEPTH:
            raise ReadError(self._path, f"{name}: {form}")
        _nesting += 1
        try:
            bulletin: Bulletin = import_module(f"lsq.readers.{form}").read(self._path, data)
        finally:
            _nesting -= 1
        return bulletin.lines


# The formats that may be embedded and whose reader returns one bulletin.
_READ = frozenset({"html", "mht", "docx", "text", "word"})


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
