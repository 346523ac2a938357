"""Engines without articles, for tests that put their own into each of them."""

from collections.abc import Callable
from pathlib import Path

from lsq.engines import Engine, open_engine
from lsq.engines.whoosh import WhooshEngine

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
