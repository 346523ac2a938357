"""lsq: search Chinese government bulletins.

The public API is what `__all__` names; it is loaded when first used, so that the
command line starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lsq.errors import LsqError
    from lsq.index import Index, open_index
    from lsq.model import Article, Hit, Snippet
    from lsq.search.searcher import Results

__version__ = "0.1.0"

_HOMES = {
    "Article": "lsq.model",
    "Hit": "lsq.model",
    "Index": "lsq.index",
    "LsqError": "lsq.errors",
    "Results": "lsq.search.searcher",
    "Snippet": "lsq.model",
    "open_index": "lsq.index",
}

__all__ = ["Article", "Hit", "Index", "LsqError", "Results", "Snippet", "open_index"]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'lsq' has no attribute {name!r}")
