"""What files with files inside have in common: their members have names, and are bounded.

A kind of container is a module with a class `Container` that is made of a path, bytes and
a budget, is used in a `with`, has `names` and `read(name, path)`, and raises ReadError as
`lsq.readers.package.Package` does, which is that of zips.
"""

from typing import Protocol, Self

from lsq.readers.encoding import decode


class Opened(Protocol):
    """An open container.

    Attributes:
        names: of its members, folders excluded, in their order.
        form: the reader of what the file says itself, besides its members; None for none.
    """

    names: list[str]
    form: str | None

    def read(self, name: str, path: str | None = None) -> bytes:
        """The bytes of a member; `path` is what to call it in errors."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def shown(name: bytes) -> str:
    """A member's name, which old Chinese archivers wrote in GBK and did not say so."""
    try:
        text = decode(name)
    except ValueError:
        text = name.decode("utf-8", "replace")
    return text.replace("\\", "/").lstrip("/")
