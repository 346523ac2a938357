"""Record what the text of a document lacks: parts left out on purpose, and unreadable parts.

Page headers and editors' comments are left out, because a hit in them would confuse; they are
counted. Parts are pages, chapters or slides: if some cannot be read, the others still are.
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
# How many unreadable parts a message lists.
_NAMED = 10


class Parts:
    """Records which parts of a document cannot be read."""

    def __init__(self) -> None:
        self._count = 0
        self._unread: list[str] = []
        self._reason = ""

    @contextmanager
    def reading(self, name: str) -> Iterator[None]:
        """Read a part in a `with`; errors in it are recorded, and the part is left out.

        Raises:
            PackageError: raised inside, as it concerns all parts.
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
        """The message about the unreadable parts, with the first reason; None without any."""
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
    """The first names, separated by commas."""
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
