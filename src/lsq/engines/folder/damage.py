"""Translate errors of the system, and of damaged files, into lsq's errors."""

import os
import pickle
import struct
import zlib
from contextlib import AbstractContextManager

from lsq.errors import DamagedError, ForeignIndexError, LsqError, StorageError
from lsq.messages import _, system_message

# Exceptions of unpacking a damaged file. Checksums detect accidental damage before that; these
# are for damaged files with valid checksums.
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


class _ErrorTranslation:
    """See `translate_errors`. A class, as `Unpacking` is."""

    __slots__ = ("_location",)

    def __init__(self, location: str) -> None:
        self._location = location

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, rest: object) -> None:
        if error is None or isinstance(error, LsqError):
            return
        if isinstance(error, DamageError):
            raise DamagedError(self._location) from error
        if isinstance(error, MemoryError):
            raise StorageError(
                _("{location}: not enough memory; close other programs, or search for less").format(
                    location=self._location
                )
            ) from error
        if isinstance(error, OSError):
            place = _place(error, self._location)
            if place != self._location and os.path.islink(place):
                # Somebody has just created the link.
                raise ForeignIndexError(link_refused(place)) from error
            raise StorageError(f"{place}: {system_message(error)}") from error


def translate_errors(location: str) -> AbstractContextManager[None]:
    """A context for code that reads or writes the index at `location`.

    An error of lsq's own code is not translated.

    Raises:
        DamagedError: its files are not as they were written.
        ForeignIndexError: one of them is a link.
        StorageError: the system refuses, or has too little memory.
    """
    return _ErrorTranslation(location)


class Restoring:
    """A context for code that only unpacks what was read of the index at `location`.

    Raises:
        DamagedError: the content is not what lsq writes.
    """

    __slots__ = ("_location",)

    def __init__(self, location: str) -> None:
        self._location = location

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, rest: object) -> None:
        if error is not None:
            with _ErrorTranslation(self._location), UNPACKING:
                raise error


def _place(error: OSError, location: str) -> str:
    """The file that the system names, or the index."""
    named = error.filename
    return os.fsdecode(named) if isinstance(named, str | bytes) else location
