"""Where the index is that a command uses when none is named."""

import os
from typing import Final

FOLDER: Final = "index"
VARIABLE: Final = "LSQ_INDEX"


def default_location() -> str:
    """Where the index is for a command that is not told."""
    return os.environ.get(VARIABLE) or nearest()


def nearest() -> str:
    """The nearest `index/` that is an index, looking upwards; else the one in this folder."""
    from lsq.engines import is_index

    folder = os.getcwd()
    while not is_index(os.path.join(folder, FOLDER)):
        parent = os.path.dirname(folder)
        if parent == folder:
            return FOLDER
        folder = parent
    return os.path.relpath(os.path.join(folder, FOLDER))
