"""Every engine finds exactly what the oracle finds, whatever is asked of whatever."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lsq.engines import Engine, Stamp
from lsq.engines.whoosh import WhooshEngine, transaction
from lsq.model import Article, Places
from lsq.query import parse
from lsq.segment import Segmenter
from lsq.workers import prepared
from tests.conftest import SEEDS
from tests.oracle import matching_ids

# Sentences of real bulletins, and some with what is hard: spaces, wraps, variants of
# one character, words that overlap, signs, digits, nothing but punctuation.
SENTENCES = [
    sentence + "。"
    for seed in sorted(SEEDS.iterdir())
    for sentence in seed.read_text("utf-8").replace("\n", "").split("。")
] + [
    "习近 平在浙江考察时强调",
    "中華人民共和國國務院令（第７０１号）",
    "⼈⺠医院书记兼院⻓",
    "二〇二〇年八月二十六日，二○二○年",
    "GDP增长6.5%，R&D经费占比2.1%",
    "第一条　为了规范、促进 and protect “数据”安全",
    "——《关于……的意见》【2020】12号",
    "北京大学生前来应聘",
    "1+3+N",
    "、",
]

PIECES = st.sampled_from(SENTENCES).flatmap(
    lambda sentence: st.tuples(st.integers(0, len(sentence) - 1), st.integers(1, 12)).map(
        lambda cut: sentence[cut[0] : cut[0] + cut[1]]
    )
)
# Texts keep line feeds between paragraphs; sentences are cut anywhere and put together.
TEXTS = st.lists(st.sampled_from(SENTENCES) | PIECES, min_size=1, max_size=6).flatmap(
    lambda pieces: st.sampled_from(["", "\n", " "]).map(lambda joint: joint.join(pieces))
)
BULLETINS = st.dictionaries(
    st.sampled_from(["a.txt", "b.txt", "子/丙.txt", "#1 .txt"]),
    st.lists(st.tuples(st.none() | PIECES, TEXTS), min_size=1, max_size=3),
    min_size=1,
)

CHUNKS = PIECES.map(
    lambda piece: "".join(char for char in piece if char.isalnum() or char in "、。，·+.")
).filter(lambda chunk: chunk and chunk not in {"AND", "OR", "NOT"})
LITERALS = PIECES.filter(lambda piece: piece.strip() and '"' not in piece).map(
    lambda piece: f'"{piece}"'
)
QUERIES = st.recursive(
    CHUNKS | LITERALS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"（{'｜'.join(parts)}）"),
        inner.map(lambda part: f"-({part})"),
        inner.map(lambda part: f"NOT ({part})"),
    ),
    max_leaves=6,
)

Factory = Callable[[Path], Engine]


def whoosh(folder: Path) -> Engine:
    return WhooshEngine(str(folder / "index"), create=True)


ENGINES = [whoosh]


@pytest.fixture(autouse=True)
def _many_merges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "LIKE", 2)


def articles(bulletins: dict[str, list[tuple[str | None, str]]]) -> list[Article]:
    facts = {
        "date": "2020-08-26",
        "published": "2020-08",
        "issuer": "丽水市人民政府",
        "number": "丽政发〔2020〕12号",
        "kind": "通知",
        "column": "02城事·重点",
        "byline": "记者 蓝倞",
    }
    return [
        Article(path, ordinal, title, body, Places((0, 1), (ordinal, 9)), paged=not title, **facts)
        for path, pieces in bulletins.items()
        for ordinal, (title, body) in enumerate(pieces, 1)
    ]


def put(engine: Engine, segmenter: Segmenter, added: Sequence[Article], dropped: set[str]) -> None:
    with engine.update() as update:
        for path in dropped:
            update.drop(path)
        for path in {article.path for article in added}:
            mine = [article for article in added if article.path == path]
            documents = [prepared(each, segmenter, engine.prepare) for each in mine]
            update.replace(path, Stamp(0, 0, ""), documents)


@pytest.mark.parametrize("factory", ENGINES)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    first=BULLETINS,
    second=BULLETINS,
    dropped=st.sets(st.sampled_from(["a.txt", "b.txt"])),
    queries=st.lists(QUERIES, min_size=1, max_size=12),
)
def test_an_engine_finds_what_the_oracle_finds(
    factory: Factory,
    tmp_path_factory: pytest.TempPathFactory,
    segmenter: Segmenter,
    first: dict[str, list[tuple[str | None, str]]],
    second: dict[str, list[tuple[str | None, str]]],
    dropped: set[str],
    queries: list[str],
) -> None:
    kept = {path: pieces for path, pieces in first.items() if path not in dropped}
    present = articles(kept | second)
    with factory(tmp_path_factory.mktemp("engine")) as engine:
        put(engine, segmenter, articles(first), set())
        put(engine, segmenter, articles(second), dropped - second.keys())
        assert engine.article_count() == len(present)
        for typed in queries:
            query = parse(typed, segmenter.query_words)
            expected = matching_ids(query, present, segmenter)
            found = engine.search(query)
            assert {f"{match.path}#{match.ordinal}" for match in found.best} == expected, typed
            assert found.total == len(found.best) == len(expected), typed
            assert engine.count(query) == found.total, typed
            order = [(-match.score, match.path, match.ordinal) for match in found.best]
            assert order == sorted(order), typed
            assert list(engine.search(query, limit=2).best) == list(found.best[:2]), typed
            got = {article.id: article for article in engine.articles(found.best)}
            assert got == {each.id: each for each in present if each.id in expected}, typed
