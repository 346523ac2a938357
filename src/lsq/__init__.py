"""lsq: search Chinese government bulletins.

The public API is what `__all__` names; it is loaded when first used, so that the
command line starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lsq.errors import (
        AmbiguousNameError,
        BusyError,
        DamagedError,
        DictionaryError,
        EngineError,
        ExtraError,
        ForeignIndexError,
        LocationError,
        LockedError,
        LsqError,
        NoIndexError,
        OpenError,
        OutputError,
        OwnerError,
        PackageError,
        PagerError,
        PictureError,
        PlaceError,
        PlotError,
        PortError,
        QueryError,
        ReadError,
        RefusedError,
        RootError,
        StorageError,
        SynonymError,
        UnknownIdError,
        UnreachableError,
        WatchError,
        WorkerError,
    )
    from lsq.hit import Hit, Snippet
    from lsq.index import Index, open_index
    from lsq.model import Article, Place
    from lsq.output.html.search_page import write_html
    from lsq.query.filters import Filters
    from lsq.search.searcher import Results

__version__ = "0.1.0"

__all__ = [
    "AmbiguousNameError",
    "Article",
    "BusyError",
    "DamagedError",
    "DictionaryError",
    "EngineError",
    "ExtraError",
    "Filters",
    "ForeignIndexError",
    "Hit",
    "Index",
    "LocationError",
    "LockedError",
    "LsqError",
    "NoIndexError",
    "OpenError",
    "OutputError",
    "OwnerError",
    "PackageError",
    "PagerError",
    "PictureError",
    "Place",
    "PlaceError",
    "PlotError",
    "PortError",
    "QueryError",
    "ReadError",
    "RefusedError",
    "Results",
    "RootError",
    "Snippet",
    "StorageError",
    "SynonymError",
    "UnknownIdError",
    "UnreachableError",
    "WatchError",
    "WorkerError",
    "open_index",
    "write_html",
]

_HOMES = {
    "Article": "lsq.model",
    "Filters": "lsq.query.filters",
    "Hit": "lsq.hit",
    "Index": "lsq.index",
    "Place": "lsq.model",
    "Results": "lsq.search.searcher",
    "Snippet": "lsq.hit",
    "open_index": "lsq.index",
    "write_html": "lsq.output.html.search_page",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'lsq' has no attribute {name!r}")
    # Every other public name is an exception.
    return getattr(import_module(_HOMES.get(name, "lsq.errors")), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
