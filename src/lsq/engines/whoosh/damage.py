"""Say in lsq's words what the system, or a damaged file, answers to reading or writing."""

import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lsq.errors import DamagedError, LsqError, StorageError
from lsq.messages import answer

# What comes of reading files that are not as they were written: numbers out of range,
# names that are not there, texts that do not unpack.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    FileNotFoundError,
    ImportError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
)


@contextmanager
def reported(location: str) -> Iterator[None]:
    """Run something that reads or writes the index at `location`, and nothing else.

    Raises:
        DamagedError: its files are not as they were written.
        StorageError: the system refuses.
    """
    try:
        yield
    except LsqError:
        raise
    except _DAMAGE as error:
        raise DamagedError(location) from error
    except OSError as error:
        raise StorageError(f"{location}: {answer(error)}") from error
