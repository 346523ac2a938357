"""Say in lsq's words what the system, or a damaged file, answers to reading or writing."""

import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lsq.errors import DamagedError, LsqError, StorageError
from lsq.messages import _, answer

# What comes of files that are not as they were written. That checksums tell, as a
# ValueError; the rest is for files that somebody has given right ones.
_DAMAGE = (
    EOFError,
    FileNotFoundError,
    LookupError,
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
        StorageError: the system refuses, or has too little memory.
    """
    try:
        yield
    except LsqError:
        raise
    except _DAMAGE as error:
        raise DamagedError(location) from error
    except MemoryError as error:
        raise StorageError(
            _("{location}: too little memory; close other programs, or ask for less").format(
                location=location
            )
        ) from error
    except OSError as error:
        raise StorageError(f"{location}: {answer(error)}") from error
