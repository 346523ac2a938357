"""Translate errors of the system, and of damaged files, into lsq's errors."""

import os
import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lsq.errors import DamagedError, ForeignIndexError, LsqError, StorageError
from lsq.messages import _, answer

# Exceptions of unpacking a damaged file. A checksum reports damage earlier, as `DamageError`;
# these are for a file that somebody has given valid checksums.
_UNPACKING = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
)


class DamageError(ValueError):
    """A file of an index is not as it was written."""


class Unpacking:
    """A context for code that only unpacks data read from an index.

    A class, not a generator: it is entered for every article.

    Raises:
        DamageError: the content is not what lsq writes.
    """

    __slots__ = ()

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, rest: object) -> None:
        if isinstance(error, _UNPACKING) and not isinstance(error, DamageError):
            raise DamageError(f"{type(error).__name__}: {error}") from error


UNPACKING = Unpacking()


def link_refused(path: str) -> str:
    """The message for a link inside an index folder, which may lead anywhere."""
    return _(
        "{path}: this is a link; lsq follows no links inside an index folder, "
        "because others may have put them there; delete it"
    ).format(path=path)


@contextmanager
def translate_errors(location: str) -> Iterator[None]:
    """A context for code that reads or writes the index at `location`.

    An error of lsq's own code is not translated.

    Raises:
        DamagedError: its files are not as they were written.
        ForeignIndexError: one of them is a link.
        StorageError: the system refuses, or has too little memory.
    """
    try:
        yield
    except LsqError:
        raise
    except DamageError as error:
        raise DamagedError(location) from error
    except MemoryError as error:
        raise StorageError(
            _("{location}: not enough memory; close other programs, or search for less").format(
                location=location
            )
        ) from error
    except OSError as error:
        place = _place(error, location)
        if place != location and os.path.islink(place):  # one that somebody has just created
            raise ForeignIndexError(link_refused(place)) from error
        raise StorageError(f"{place}: {answer(error)}") from error


def _place(error: OSError, location: str) -> str:
    """The file that the system names, or the index."""
    named = error.filename
    return os.fsdecode(named) if isinstance(named, str | bytes) else location
