"""Record what the text of a document lacks: parts left out on purpose, or unreadable.

Page headers and editors' comments would be found where no reader of the document sees them; so they
are left out of the text, but counted. Parts are pages, chapters or slides: if some cannot be
read, the others still are.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from lsq.errors import PackageError, ReadError
from lsq.messages import _

# Kinds, as `Bulletin.left_out` names them.
HEADER = "header"
COMMENT = "comment"
PICTURE = "picture"
WORDLESS = "wordless"
# A list of parts longer than this is read by nobody.
_NAMED = 10


class Parts:
    """Keeps account of the parts of a document as they are read."""

    def __init__(self) -> None:
        self._count = 0
        self._unread: list[str] = []
        self._reason = ""

    @contextmanager
    def reading(self, name: str) -> Iterator[None]:
        """Read the part of that name; if it is damaged, the document is read without it.

        Raises:
            PackageError: as it is raised inside: no part is any better.
        """
        self._count += 1
        try:
            yield
        except PackageError:
            raise
        except (ReadError, ValueError) as error:
            self._unread.append(name)
            self._reason = self._reason or (
                error.reason if isinstance(error, ReadError) else str(error)
            )

    @property
    def missing(self) -> str | None:
        """Which of the parts read so far could not be, and why the first of them; None for none."""
        if not self._unread:
            return None
        return _(
            "{unread} of its {parts} parts cannot be read ({named}); the first: {reason}"
        ).format(
            unread=len(self._unread),
            parts=self._count,
            named=listed(self._unread),
            reason=self._reason,
        )


def listed(names: list[str]) -> str:
    """The names in a row, as many as anybody reads."""
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
