"""Find the default index of a command, without importing click."""

import os
from typing import Final

FOLDER: Final = "index"
VARIABLE: Final = "LSQ_INDEX"


def default_location() -> str:
    """The location of the index for a command without `-i`."""
    return os.environ.get(VARIABLE) or nearest()


def nearest() -> str:
    """The nearest index named `index/`, in this folder or a parent; else `index/` here."""
    from lsq.engines import is_index

    folder = os.getcwd()
    while not is_index(os.path.join(folder, FOLDER)):
        parent = os.path.dirname(folder)
        if parent == folder:
            return FOLDER
        folder = parent
    return os.path.relpath(os.path.join(folder, FOLDER))
