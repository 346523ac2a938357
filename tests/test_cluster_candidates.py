"""Requests to a cluster: few texts that do not match, and not too many words."""

import gc
from collections.abc import Iterator
from types import FunctionType, ModuleType

import pytest

from lsq.engines.opensearch import OpenSearchEngine
from lsq.engines.opensearch.clauses import candidates
from lsq.errors import StorageError
from lsq.model import Article, Places
from lsq.query import And, Literal, Near, Or, SameSentence, parse
from lsq.query.nodes import Node
from tests.factories import put

TEXTS = {
    "一句": "百山祖国家公园是丽水的花园。",
    "两句": "先到百山祖。花园在后面！",
    "远": f"百山祖{'甲' * 40}花园",
    "一样": "只有百山祖，没有别的",
    "都没有": "国土空间规划",
}


@pytest.fixture(scope="module")
def engine(cluster_url: str) -> Iterator[OpenSearchEngine]:
    with OpenSearchEngine(f"{cluster_url}candidates", create=True) as engine:
        articles = [
            Article(path, 1, None, text, Places((0,), (1,))) for path, text in TEXTS.items()
        ]
        put(engine, engine.segmenter, articles)
        yield engine


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("同句(百山祖 花园)", {"一句", "远"}),
        ("同句(百山祖 -花园)", {"一句", "两句", "远", "一样"}),
        ("同句(百山祖 (花园 OR 别的))", {"一句", "远", "一样"}),
        ("同句(百山祖。 花园)", {"一句", "两句", "远"}),
        ("同句(百山祖 /花.$/)", {"一句", "远"}),
        ('同句("百山祖" "百山祖")', {"一句", "两句", "远", "一样"}),
        ('近/9("百山祖" "百山祖")', {"一句", "两句", "远", "一样"}),
        ("同句(百山祖 (百山祖 OR 海洋))", {"一句", "两句", "远", "一样"}),
        ("同句(百山祖国家公园 公园)", {"一句"}),
        ("近/20((百山祖 花园) 公园)", {"一句"}),
        ("同段(百山祖 花园)", {"一句", "两句", "远"}),
        ("近/9(百山祖 花园)", {"两句"}),
        ("近/13(花园 百山祖)", {"一句", "两句"}),
        ("近/99(百山祖 (花园 OR 别的))", {"一句", "两句", "远", "一样"}),
        ("近/4(百山祖 山祖国)", {"一句"}),
        ("近/3(百山祖 百山)", {"一句", "两句", "远", "一样"}),
        ("近/9(百山祖 /花园/)", {"一句", "两句", "远"}),
    ],
)
def test_candidates_contain_the_required_strings(
    engine: OpenSearchEngine, query: str, expected: set[str]
) -> None:
    tree = parse(query, engine.segmenter.query_words)
    looked_at = {path for path in TEXTS if path in stored(engine, candidates(tree))}
    assert looked_at == expected
    assert {match.path for match in engine.search(tree).best} <= expected


def stored(engine: OpenSearchEngine, clause: dict[str, object]) -> set[str]:
    return {hit["_source"]["path"] for hit in engine._snapshot.scan(clause, ["path"])}


@pytest.mark.parametrize(
    "query", ["同句(百山祖 花园)", "/花./", "title:/花./", "path:花园"], ids=str
)
def test_results_of_a_query_are_not_kept(engine: OpenSearchEngine, query: str) -> None:
    """An index may be open for days."""
    tree = parse(query, engine.segmenter.query_words)
    engine.search(tree)
    engine.count(tree)
    assert not [one for one in kept_by(engine) if isinstance(one, str | Node) and "花" in str(one)]


def kept_by(thing: object) -> Iterator[object]:
    """Whatever can be reached from a thing, but for what would be there without it."""
    seen: set[int] = set()
    left = [thing]
    while left:
        one = left.pop()
        if id(one) not in seen and not isinstance(one, type | ModuleType | FunctionType):
            seen.add(id(one))
            yield one
            left += gc.get_referents(one)


def test_too_many_words_for_a_cluster_are_reported(engine: OpenSearchEngine) -> None:
    words = tuple(Literal(f"第{number}条") for number in range(1500))
    assert engine.search(Or(words[:500])).total == 0
    with pytest.raises(StorageError, match=r"more words than .*max_clause_count"):
        engine.search(Or(words))


def test_long_operands_of_near_are_accepted(engine: OpenSearchEngine) -> None:
    strings = tuple(Literal(f"百山祖国家公园的花园第{number}号") for number in range(60))
    assert engine.search(Near(30, strings)).total == 0
    assert engine.search(SameSentence(And(strings))).total == 0
    assert engine.search(And(strings)).total == 0
