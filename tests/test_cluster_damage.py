"""Damaged documents of an index on a cluster are reported, and can be rebuilt."""

import json
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import OpenSearch

import lsq
from lsq.engines.opensearch import OpenSearchEngine
from lsq.engines.opensearch.documents import (
    ARTICLE,
    DICTIONARY,
    DICTIONARY_ID,
    FILE,
    FORMAT_VERSION,
    LOCK,
    LOCK_ID,
)
from lsq.errors import DamagedError, ForeignIndexError
from lsq.indexing.indexer import Options

Ask = Callable[[lsq.Index], object]

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

    def source(self, key: str) -> dict[str, Any]:
        source: dict[str, Any] = self.client.get(index=self.name, id=key)["_source"]
        return source

    def put(self, key: str, source: dict[str, Any]) -> None:
        """Put a document in the place of one; a field that is None is not there."""
        left = {name: value for name, value in source.items() if value is not None}
        self.client.index(index=self.name, id=key, body=left, params={"refresh": "true"})

    def noted(self) -> dict[str, Any]:
        """What was noted of the index when it was made."""
        ((_, described),) = self.client.indices.get(index=self.name).items()
        meta: dict[str, Any] = described["mappings"]["_meta"]
        return meta

    def note(self, meta: dict[str, Any]) -> None:
        """Put something else in the place of what was noted of the index."""
        self.client.indices.put_mapping(index=self.name, body={"_meta": meta})

    def opened(self, **how: bool) -> lsq.Index:
        return lsq.open_index(self.location, create=False, **how)

    def made_anew(self) -> lsq.Index:
        index = self.opened(damaged=True)
        index.update(["texts"], Options(rebuild=True))
        return index


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "texts").mkdir()
    (folder / "texts/a.txt").write_text("百山祖国家公园。\n\n国土空间规划。\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def made(cluster_url: str, folder: Path) -> Iterator[Damaged]:
    """Made once, for that takes seconds: whoever damages it repairs it."""
    made = Damaged(f"{cluster_url}damaged")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        with lsq.open_index(made.location) as index:
            index.update(["texts"])
    with made.client:
        yield made


@pytest.fixture
def damaged(
    made: Damaged, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Damaged:
    monkeypatch.chdir(folder)
    # What was kept here of the index before shall not help.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return made


def base64(content: bytes) -> str:
    return b64encode(content).decode()


def packed(article: object) -> str:
    return base64(zlib.compress(json.dumps(article).encode()))


def hits(index: lsq.Index) -> object:
    return list(index.search("*", sort="path"))


def sought(query: str) -> Ask:
    return lambda index: index.search(query)


def explained(index: lsq.Index) -> object:
    return index.explain("国土", "texts/a.txt#1")


def files(index: lsq.Index) -> object:
    return index.paths()


@pytest.mark.parametrize(
    ("ask", "record", "changes"),
    [
        (hits, ARTICLE, {"article": "?"}),
        (hits, ARTICLE, {"article": 5}),
        (hits, ARTICLE, {"article": base64(b"not packed")}),
        (hits, ARTICLE, {"article": base64(zlib.compress(b"{"))}),
        (hits, ARTICLE, {"article": packed([])}),
        (hits, ARTICLE, {"article": packed({})}),
        (hits, ARTICLE, {"article": None}),
        (hits, ARTICLE, {"spaces": None}),
        (hits, ARTICLE, {"spaces": base64(b"odd")}),
        (hits, ARTICLE, {"text": None}),
        (hits, ARTICLE, {"text": 5}),
        (hits, ARTICLE, {"path": None}),
        (sought("百山祖"), ARTICLE, {"text": ["百山祖", "国土"]}),
        (sought("同句(百山祖 公园)"), ARTICLE, {"spaces": None}),
        (sought("同句(百山祖 公园)"), ARTICLE, {"spaces": base64(b"odd")}),
        (sought("近/9(百山祖 公园)"), ARTICLE, {"text": ["百山祖公园"]}),
        (sought("/百山./"), ARTICLE, {"spaces": "A"}),
        (sought("title:/百山./"), ARTICLE, {"title": ["百山祖", "国土"]}),
        (explained, ARTICLE, {"norm": None}),
        (files, FILE, {"digest": None}),
        (files, FILE, {"change": None}),
        (files, FILE, {"source": None}),
        (files, FILE, {"source": ["texts/a.txt", "texts/b.txt"]}),
    ],
)
def test_damage_is_reported(
    damaged: Damaged, ask: Ask, record: str, changes: dict[str, Any]
) -> None:
    key = damaged.key(record)
    before = damaged.source(key)
    damaged.put(key, before | changes)
    try:
        with damaged.opened() as index, pytest.raises(DamagedError, match=REBUILD):
            ask(index)
    finally:
        damaged.put(key, before)


@pytest.mark.parametrize(
    "dictionary",
    [None, "?", 5, base64(b"not packed"), base64(zlib.compress(b"no dictionary"))],
    ids=str,
)
def test_a_damaged_dictionary_is_reported_and_rebuilt(damaged: Damaged, dictionary: object) -> None:
    damaged.put(DICTIONARY_ID, {"record": DICTIONARY, "dictionary": dictionary})
    with pytest.raises(DamagedError, match=REBUILD):
        damaged.opened()
    with damaged.made_anew() as index:
        assert index.search("国土空间").total == 1


@pytest.mark.parametrize(
    "noted",
    [
        {"root": "/"},
        {"dictionary": "0" * 64},
        {"dictionary": "../../elsewhere", "root": "/"},
        {"dictionary": "", "root": "/"},
        {"dictionary": 5, "root": "/"},
        {"dictionary": "0" * 64, "root": 5},
    ],
    ids=str,
)
def test_damaged_metadata_is_reported(
    damaged: Damaged, tmp_path: Path, noted: dict[str, Any]
) -> None:
    before = damaged.noted()
    damaged.note({"lsq": FORMAT_VERSION, **noted})
    try:
        with pytest.raises(DamagedError, match=REBUILD):
            damaged.opened()
    finally:
        damaged.note(before)
    assert not list(tmp_path.rglob("elsewhere"))


@pytest.mark.parametrize("holder", [None, {}, {"alive": "long ago"}, 5], ids=str)
def test_a_damaged_lock_is_abandoned(damaged: Damaged, holder: object) -> None:
    damaged.put(LOCK_ID, {"record": LOCK, "holder": holder})
    with damaged.opened() as index:
        assert index.update(["texts"]).unchanged == 1


def test_a_rebuild_replaces_a_missing_dictionary(damaged: Damaged) -> None:
    damaged.client.delete(index=damaged.name, id=DICTIONARY_ID)
    with pytest.raises(DamagedError, match=REBUILD):
        damaged.opened()
    with damaged.made_anew() as index:
        assert index.search("国土空间").total == 1
    with damaged.opened() as index:
        assert index.search("国土空间").total == 1


def test_an_index_of_another_version_can_be_rebuilt(damaged: Damaged) -> None:
    damaged.note({"lsq": 0})
    with pytest.raises(ForeignIndexError, match=r"\(format 0, .*lsq index --rebuild"):
        damaged.opened()
    with damaged.made_anew() as index:
        assert index.search("国土空间").total == 1


@pytest.mark.parametrize("alias", [True, False], ids=["by an alias", "by its name"])
def test_an_index_that_lsq_did_not_make_is_never_rebuilt(damaged: Damaged, alias: bool) -> None:
    """Nothing is written to it, and it is not deleted."""
    name = f"{damaged.name}-of-others" + ("-alias" if alias else "")
    index = f"{name}-1" if alias else name
    damaged.client.indices.create(index=index, body={"aliases": {name: {}}} if alias else {})
    damaged.client.index(index=index, id="theirs", body={"kept": "yes"}, params={"refresh": "true"})
    location = damaged.location.replace(damaged.name, name)
    with pytest.raises(ForeignIndexError, match="lsq did not make"):
        OpenSearchEngine(location, damaged=True)
    assert damaged.client.count(index=index)["count"] == 1
