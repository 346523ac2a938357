"""Documents of a cluster's index that are not as they were written: told of, and mended."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import OpenSearch

import lsq
from lsq.engines.opensearch import OpenSearchEngine
from lsq.engines.opensearch.layout import DICTIONARY_ID
from lsq.errors import DamagedError, ForeignIndexError
from lsq.indexer import Options

_NUMBERS = count(1)
REBUILD = r"the index is damaged; .*lsq index --rebuild"


class Damaged:
    """An index of one file with one article, whose documents are changed behind its back."""

    def __init__(self, location: str) -> None:
        self.location = location
        nodes, self.name = location.removeprefix("http://").rsplit("/", 1)
        self.client = OpenSearch([f"http://{node}" for node in nodes.split(",")])

    def key(self, record: str) -> str:
        """The `_id` of the document of this kind."""
        found = self.client.search(index=self.name, body={"query": {"term": {"record": record}}})
        (hit,) = found["hits"]["hits"]
        return str(hit["_id"])

    def change(self, key: str, changes: dict[str, Any]) -> None:
        """Give fields of a document other values; None takes the field away."""
        source = self.client.get(index=self.name, id=key)["_source"] | changes
        left = {name: value for name, value in source.items() if value is not None}
        self.client.index(index=self.name, id=key, body=left, params={"refresh": "true"})

    def opened(self, **how: bool) -> lsq.Index:
        return lsq.open_index(self.location, create=False, **how)


@pytest.fixture
def damaged(cluster_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Damaged]:
    monkeypatch.chdir(tmp_path)
    # Of what was kept here of an index before, nothing shall help.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Path("texts").mkdir()
    Path("texts/a.txt").write_text("百山祖国家公园。\n\n国土空间规划。\n", "utf-8")
    location = f"{cluster_url}damage-{next(_NUMBERS)}"
    with lsq.open_index(location) as index:
        index.update(["texts"])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "empty cache"))
    damaged = Damaged(location)
    with damaged.client:
        yield damaged


def test_a_dictionary_that_is_gone_comes_with_a_rebuild(damaged: Damaged) -> None:
    damaged.client.delete(index=damaged.name, id=DICTIONARY_ID)
    with pytest.raises(DamagedError, match=REBUILD):
        damaged.opened()
    with damaged.opened(damaged=True) as index:
        index.update(["texts"], Options(rebuild=True))
        assert index.search("国土空间").total == 1
    with damaged.opened() as index:
        assert index.search("国土空间").total == 1


def test_an_index_of_another_version_is_made_anew(damaged: Damaged) -> None:
    meta = {"_meta": {"lsq": 0}}
    damaged.client.indices.put_mapping(index=damaged.name, body=meta)
    with pytest.raises(ForeignIndexError, match=r"\(format 0, .*lsq index --rebuild"):
        damaged.opened()
    with damaged.opened(damaged=True) as index:
        index.update(["texts"], Options(rebuild=True))
        assert index.search("国土空间").total == 1


@pytest.mark.parametrize("alias", [True, False], ids=["by an alias", "by its name"])
def test_what_lsq_did_not_make_is_never_rebuilt(damaged: Damaged, alias: bool) -> None:
    """Nothing is written to it, and it is not deleted."""
    name = f"{damaged.name}-of-others"
    index = f"{name}-1" if alias else name
    damaged.client.indices.create(index=index, body={"aliases": {name: {}}} if alias else {})
    damaged.client.index(index=index, id="theirs", body={"kept": "yes"}, params={"refresh": "true"})
    location = f"{damaged.location}-of-others"
    with pytest.raises(ForeignIndexError, match="lsq did not make"):
        OpenSearchEngine(location, damaged=True)
    assert damaged.client.count(index=index)["count"] == 1
