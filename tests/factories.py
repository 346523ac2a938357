"""Engines without articles, and a way to put some into any of them."""

from collections.abc import Callable, Iterable
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from lsq.engines import Engine, Stamp, open_engine
from lsq.engines.prepared import prepared
from lsq.engines.whoosh import WhooshEngine
from lsq.model import Article
from lsq.segment import Segmenter

# Gives an engine for which there is this folder.
Factory = Callable[[Path], Engine]


def whoosh(folder: Path) -> Engine:
    """An index in a folder."""
    return WhooshEngine(str(folder / "index"), create=True)


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
