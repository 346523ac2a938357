"""Open the engine of a location, and the store of an index in a folder.

A new engine is a case in `open_engine`; a new store, a row of `_STORES`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from lsq.engines import NEW, Engine
from lsq.errors import ForeignIndexError
from lsq.messages import _

if TYPE_CHECKING:
    from lsq.engines.folder.store import Store


def _whoosh() -> "Store":
    from lsq.engines.whoosh import WhooshStore

    return WhooshStore()


# The stores by their names in `lsq.json`.
_STORES: dict[str, Callable[[], "Store"]] = {"whoosh": _whoosh}


def store_of(location: str, name: str) -> "Store":
    """The store of the index in the folder `location`, by its name in `lsq.json`.

    Raises:
        ForeignIndexError: this lsq has no store of that name.
    """
    if name not in _STORES:
        raise ForeignIndexError(
            _(
                "{location}: its postings are kept by “{name}”, which this version of lsq does not "
                "have (it has: {known}); use the version that made it, or index again with: "
                "lsq index --rebuild PATH…"
            ).format(location=location, name=name, known=", ".join(_STORES))
        )
    return _STORES[name]()


def is_url(location: str) -> bool:
    """Whether a location is an index on a cluster, and not a folder."""
    return location.startswith(("http://", "https://"))


def check_free(location: str) -> None:
    """Check that an index may be made in the folder `location`; a cluster is not checked.

    Raises:
        ForeignIndexError: the folder has other files.
        StorageError: it cannot be read.
    """
    if not is_url(location):
        from lsq.engines.folder.damage import translate_errors
        from lsq.engines.folder.data import check_free as check

        with translate_errors(location):
            check(location, store_of(location, NEW))


def open_engine(location: str, *, create: bool = False, damaged: bool = False) -> Engine:
    """Open the index at `location`, a folder or the URL of one on a cluster.

    Args:
        location: where the index is.
        create: make an empty index if there is none.
        damaged: open even an index that is damaged or of another version; then only `rebuild`
            works.

    Raises:
        NoIndexError: there is none.
        ForeignIndexError: lsq did not make it, or another version did.
        OwnerError: it belongs to another user.
        DamagedError: its files are not as they were written.
        StorageError: the system does not allow lsq to read or make it.
        LocationError, UnreachableError, RefusedError: see `lsq.engines.opensearch`.
    """
    if is_url(location):
        from lsq.engines.opensearch import OpenSearchEngine

        return OpenSearchEngine(location, create=create, damaged=damaged)
    from lsq.engines.folder import FolderEngine

    return FolderEngine(location, store_of, create=create, damaged=damaged)
