"""An index on a cluster returns the same articles, order and scores as a folder."""

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmarks.corpora import CORPORA

import lsq
from lsq import Index
from lsq.engines import Stamp
from lsq.engines.bm25 import prepared
from lsq.engines.registry import open_engine
from lsq.search.searcher import Results
from lsq.search.thesaurus import Table
from lsq.search.thesaurus.synonym_groups import SynonymGroup, table_of
from lsq.segment import Segmenter
from lsq.text.fold import fold
from tests.factories import article
from tests.queries import SENTENCES

FORMS = [
    "{0}",
    "{0}",
    "{0} {1}",
    "{0} OR {1}",
    '"{0}"',
    '"{0}" {1}',
    "{0} -{1}",
    "同句({0} {1})",
    "同段({0} {1})",
    "近/30({0} {1})",
    "/{0}/",
    "title:{0} OR {1}",
    "{0} date:2015..",
]


def queries(texts: list[str], count: int) -> list[tuple[str, bool]]:
    """Queries of what stands in some texts, in all forms; and whether any word is enough."""
    chance = random.Random(4)

    def piece() -> str:
        while True:
            text = chance.choice(texts)
            start = chance.randrange(len(text))
            found = text[start : start + chance.choice([2, 2, 3, 4, 4, 6, 10])]
            if found.isalpha():
                return found

    asked = [
        (form.format(piece(), piece()), chance.random() < 0.3)
        for form in FORMS * (count // len(FORMS) + 1)
    ]
    # Occurrences that overlap, and what stands in no word.
    return [*asked[: count - 2], ('"——"', False), ('"……"', False)]


def made(folder: Path) -> Iterator[str]:
    """An index of articles put together by chance; gives their texts."""
    chance = random.Random(7)
    segmenter = Segmenter()
    with open_engine(str(folder / "index"), create=True) as engine, engine.update() as update:
        for number in range(300):
            path = str(folder / f"{number % 17}-{number}.txt")
            documents = []
            for ordinal in range(1, 11):
                title = chance.choice([None, chance.choice(SENTENCES)[:20]])
                body = "\n".join(chance.choices(SENTENCES, k=chance.randint(1, 30)))
                date = chance.choice([None, "2014", "2016-08", "2020-08-26"])
                source = article(body, title, path, ordinal, date=date)
                documents.append(prepared(source, segmenter, engine.prepare))
                yield source.text
            update.replace(path, Stamp(number, 0, ""), documents)


def laws(folder: Path) -> Iterator[str]:
    """An index of real laws and policy papers; gives their texts."""
    if not CORPORA.exists():
        pytest.skip("no corpora; set LSQ_CORPORA to where they are")
    paths = [str(CORPORA / name) for name in ("laws", "policy")]
    with lsq.open_index(str(folder / "index")) as index:
        index.update(paths)
        for hit in index.search("*", limit=200):
            yield fold(hit.article.text)


@pytest.fixture(
    scope="module",
    params=[
        made,
        pytest.param(
            laws,
            marks=pytest.mark.skipif(
                "LSQ_TEST_LAWS" not in os.environ, reason="takes minutes; set LSQ_TEST_LAWS=1"
            ),
        ),
    ],
)
def indices(
    request: pytest.FixtureRequest, cluster_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Index, Index, list[str]]]:
    """An index in a folder, its copy on the cluster, and texts."""
    fill: Callable[[Path], Iterator[str]] = request.param
    folder = tmp_path_factory.mktemp("same")
    texts = list(fill(folder))
    with (
        lsq.open_index(str(folder / "index")) as whoosh,
        lsq.open_index(f"{cluster_url}same") as opensearch,
    ):
        assert opensearch.copy_from(whoosh) == whoosh.article_count()
        yield whoosh, opensearch, texts


def test_the_first_hundred_hits_are_the_same(indices: tuple[Index, Index, list[str]]) -> None:
    whoosh, opensearch, texts = indices
    asked = queries(texts, 8 * len(FORMS))
    found = 0
    for query, any_word in asked:
        one = whoosh.search(query, limit=100, any_word=any_word)
        other = opensearch.search(query, limit=100, any_word=any_word)
        assert other.total == one.total, query
        in_the_same_tiers(one, other)
        scores = {(match.path, match.ordinal): match.score for match in one.matches}
        got = {(match.path, match.ordinal): match.score for match in other.matches}
        assert list(got) == list(scores), query
        assert list(got.values()) == pytest.approx(list(scores.values()), abs=1e-5), query
        found += bool(one.total)
    assert found > 0.75 * len(asked)


def in_the_same_tiers(one: Results, other: Results) -> None:
    """Both have the same hits, on the same steps, in the same order."""

    def steps(results: Results) -> list[tuple[int, str, int, int]]:
        return [(m.tier, m.path, m.ordinal, m.day) for m in results.matches]

    assert steps(other) == steps(one), one.query
    totals = (one.total, one.literal_total, one.synonym_total)
    assert (other.total, other.literal_total, other.synonym_total) == totals, one.query
    tiers = [match.tier for match in one.matches]
    assert tiers == sorted(tiers), one.query


def test_titles_and_synonyms_have_the_same_tiers(
    indices: tuple[Index, Index, list[str]],
) -> None:
    whoosh, opensearch, texts = indices
    chance = random.Random(5)
    titles = [title for text in texts if (title := text.partition("\n")[0]).isalpha()]
    asked = [query for query, _ in queries(texts, 60) if query.isalpha()]
    met = Counter[str]()
    for query in [*chance.sample(titles, min(20, len(titles))), *asked]:
        same = chance.choice([*titles, *asked])
        table = [SynonymGroup((query,), (same,), mutual=True)] if same != query else []
        synonyms = Table(table_of(table).encode())
        one = whoosh.search(query, limit=300, synonyms=synonyms)
        other = opensearch.search(query, limit=300, synonyms=synonyms)
        in_the_same_tiers(one, other)
        met["title"] += next(iter(one)).match == "title"
        met["synonym"] += one.synonym_total > 0
        met["words"] += one.total > one.literal_total + one.synonym_total
    assert all(met[how] for how in ("title", "synonym", "words")), met


def test_a_copy_has_all_articles_and_stamps(indices: tuple[Index, Index, list[str]]) -> None:
    whoosh, opensearch, _ = indices
    assert opensearch.paths() == whoosh.paths()
    of_whoosh = [hit.article for hit in whoosh.search("*")]
    assert [hit.article for hit in opensearch.search("*")] == of_whoosh
