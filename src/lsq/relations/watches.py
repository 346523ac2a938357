"""Saved queries, and the new articles since each was last run.

A watch is a file in the user's data folder ($XDG_DATA_HOME, or the system's equivalent). It has
the query and, for each reported article, the digest of its text: so a rebuilt index reports
nothing twice, and a changed text is new. `mark` stores what was reported, after the output: a run
that is interrupted before reports the same again.
"""

import json
import os
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from lsq.disk import user_folder, write_file
from lsq.engines import Engine, Match
from lsq.errors import WatchError
from lsq.messages import _
from lsq.query.filters import Filters
from lsq.search import searcher
from lsq.search.request import SearchRequest

_FORMAT: Final = 1
_SUFFIX: Final = ".json"


class Watch(NamedTuple):
    """A saved query.

    Attributes:
        name: its name.
        query: as typed.
        location: that of the index: an absolute path or a URL.
        filters: the arguments of `lsq.Filters`, by name.
        any_word: whether one matching term is enough.
        literal: whether runs must occur literally.
        seen: the digest of the text of each reported article, by path and ordinal.
    """

    name: str
    query: str
    location: str
    filters: Mapping[str, Any]
    any_word: bool = False
    literal: bool = False
    seen: Mapping[str, str] = {}

    def request(self) -> SearchRequest:
        """Its request to an index; raises QueryError as `Filters` does."""
        return SearchRequest(
            self.query, self.any_word, Filters(**self.filters) or None, literal=self.literal
        )


class News(NamedTuple):
    """The new articles of a watch.

    Attributes:
        results: the new hits, the best first.
        found: the digests of all articles found, for `mark`.
    """

    results: searcher.Results
    found: Mapping[str, str]


def data_folder() -> str:
    """The folder of the user's watches, which may not exist."""
    return os.path.join(user_folder("XDG_DATA_HOME", ".local", "share"), "watches")


def watches() -> list[Watch]:
    """All watches, by name.

    Raises:
        WatchError: a file of the folder is not a watch.
    """
    try:
        names = os.listdir(data_folder())
    except FileNotFoundError:
        return []
    files = [os.path.join(data_folder(), name) for name in names if name.endswith(_SUFFIX)]
    return sorted(map(_read, files), key=lambda watch: watch.name)


def find(name: str) -> Watch:
    """The watch with this name.

    Raises:
        WatchError: there is none, or its file is damaged.
    """
    file = _file(name)
    if not os.path.exists(file):
        raise WatchError(_("there is no watch {name}; list them: lsq watch list").format(name=name))
    return _read(file)


def add(watch: Watch) -> None:
    """Save a new watch.

    Raises:
        WatchError: there is a watch with this name.
        QueryError: its filters are invalid.
    """
    watch.request()
    if os.path.exists(_file(watch.name)):
        raise WatchError(
            _("there is a watch {name} already; remove it first: lsq watch remove {name}").format(
                name=watch.name
            )
        )
    _write(watch)


def remove(name: str) -> None:
    """Delete a watch; raises WatchError if there is none."""
    find(name)
    os.remove(_file(name))


def news(engine: Engine, watch: Watch, shown: Any = 3) -> News:
    """Find the new articles of a watch, without marking them as seen.

    Args:
        engine: the index.
        watch: the watch.
        shown: as for `lsq.search.searcher.search`.
    """
    results = searcher.search(engine, watch.request(), shown)
    found: dict[str, str] = {}
    new: list[Match] = []
    seen: dict[str, set[str]] = {}
    for key, digest in watch.seen.items():
        seen.setdefault(key.rpartition("#")[0], set()).add(digest)
    for match, text in zip(results.matches, engine.texts(results.matches), strict=True):
        digest = blake2b(text, digest_size=8).hexdigest()
        path = _stored(match.path, watch.location)
        found[f"{path}#{match.ordinal}"] = digest
        # The ordinal is not compared: it changes with the articles before it.
        if digest not in seen.get(path, ()):
            new.append(match)
    return News(results.only(new), found)


def mark(watch: Watch, found: Mapping[str, str]) -> None:
    """Store these articles as seen."""
    _write(watch._replace(seen={**watch.seen, **found}))


def _stored(path: str, location: str) -> str:
    """A path independent of the current folder: relative to the index, or on a cluster absolute."""
    absolute = os.path.abspath(path)
    if "://" in location:
        return absolute
    try:
        return os.path.relpath(absolute, location)
    except ValueError:  # on another drive of Windows
        return absolute


def _file(name: str) -> str:
    """The file of a watch, named by a digest: its name may have any characters."""
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    return os.path.join(data_folder(), digest + _SUFFIX)


def _read(file: str) -> Watch:
    try:
        with open(file, encoding="utf-8") as opened:
            values = json.load(opened)
        if values.pop("format") != _FORMAT:
            raise ValueError("another format")
        watch = Watch(**values)
        if not isinstance(watch.seen, dict) or not isinstance(watch.filters, dict):
            raise TypeError("not as it was written")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise WatchError(
            _("{file} is not a watch as lsq writes it; delete it and add the watch again").format(
                file=file
            )
        ) from error
    return watch


def _write(watch: Watch) -> None:
    """Write a watch to the disk, atomically."""
    os.makedirs(data_folder(), mode=0o700, exist_ok=True)
    file = _file(watch.name)
    write_file(file, json.dumps({"format": _FORMAT, **watch._asdict()}).encode())


def named(wanted: Sequence[str]) -> list[Watch]:
    """The watches with these names, or all."""
    return [find(name) for name in wanted] if wanted else watches()
