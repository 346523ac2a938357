"""lsq: search Chinese government bulletins.

`__all__` lists the public API. Each name is imported on first use, so that the command line
starts fast.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lsq.counting.contents import Info
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
        RowsError,
        StorageError,
        SynonymError,
        UnknownIdError,
        UnreachableError,
        WatchError,
        WorkerError,
    )
    from lsq.hit import Hit, Snippet
    from lsq.index import Index, open_index
    from lsq.indexing.indexer import Options, Summary
    from lsq.model import Article, Place
    from lsq.output.html.search_page import write_html
    from lsq.query.filters import Filters
    from lsq.relations.watches import Watch
    from lsq.search.request import SearchRequest
    from lsq.search.searcher import Results
    from lsq.search.thesaurus import read_user_synonyms

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
    "Info",
    "LocationError",
    "LockedError",
    "LsqError",
    "NoIndexError",
    "OpenError",
    "Options",
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
    "RowsError",
    "SearchRequest",
    "Snippet",
    "StorageError",
    "Summary",
    "SynonymError",
    "UnknownIdError",
    "UnreachableError",
    "Watch",
    "WatchError",
    "WorkerError",
    "open_index",
    "read_user_synonyms",
    "write_html",
]

_HOMES = {
    "Article": "lsq.model",
    "Filters": "lsq.query.filters",
    "Hit": "lsq.hit",
    "Index": "lsq.index",
    "Info": "lsq.counting.contents",
    "Options": "lsq.indexing.indexer",
    "Place": "lsq.model",
    "Results": "lsq.search.searcher",
    "SearchRequest": "lsq.search.request",
    "Snippet": "lsq.hit",
    "Summary": "lsq.indexing.indexer",
    "Watch": "lsq.relations.watches",
    "open_index": "lsq.index",
    "read_user_synonyms": "lsq.search.thesaurus",
    "write_html": "lsq.output.html.search_page",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'lsq' has no attribute {name!r}")
    from importlib import import_module

    # Every other public name is an exception.
    return getattr(import_module(_HOMES.get(name, "lsq.errors")), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
