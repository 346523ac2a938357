"""Engines without articles, and a way to put some into any of them."""

from collections.abc import Callable, Iterable
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from lsq.engines import Engine, Stamp
from lsq.engines.bm25 import prepared
from lsq.engines.folder import FolderEngine
from lsq.engines.folder.store import Store
from lsq.engines.registry import open_engine, store_of
from lsq.model import Article, Places
from lsq.segment import Segmenter

# Gives an engine for which there is this folder.
Factory = Callable[[Path], Engine]

# Every engine: the name of the fixture in `tests.conftest` that gives such ones.
ENGINES = ["whoosh", pytest.param("opensearch", marks=pytest.mark.cluster)]


def article(
    body: str = "国土",
    title: str | None = None,
    path: str = "a.txt",
    ordinal: int = 1,
    line: int | None = None,
    **facts: Any,
) -> Article:
    """An article of so many articles in a file, which begins at a line: if unsaid, the n-th."""
    places = Places((0,), (line or ordinal,))
    return Article(path, ordinal, title, body, places)._replace(**facts)


def in_folder(store: str) -> Factory:
    """Indexes in folders, with the store of that name."""

    def made(folder: Path) -> Engine:
        def only(location: str, _name: str) -> Store:
            return store_of(location, store)

        return FolderEngine(str(folder / "index"), only, create=True)

    return made


def opensearch(url: str) -> Factory:
    """Empties the same index of a cluster each time: to make one takes seconds."""

    def emptied(folder: Path) -> Engine:  # noqa: ARG001  # it is not on this machine
        engine = open_engine(url, create=True)
        with engine.update() as update:
            for path in engine.stamps():
                update.drop(path)
        return engine

    return emptied


def put(engine: Engine, segmenter: Segmenter, articles: Iterable[Article]) -> None:
    """Put these articles into an engine, in the place of those that their files had."""
    with engine.update() as update:
        for path, own in groupby(sorted(articles, key=attrgetter("path")), attrgetter("path")):
            documents = [prepared(article, segmenter, engine.prepare) for article in own]
            update.replace(path, Stamp(0, 0, ""), documents)
