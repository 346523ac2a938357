"""Every engine finds exactly what the oracle finds, for random queries and articles."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lsq.engines import TEXT_FACTS, Affixes, Engine, Stamp
from lsq.engines.bm25 import TITLE_WEIGHT, prepared
from lsq.engines.whoosh import transaction
from lsq.model import SORTS, Article, Places, Sort
from lsq.query import And, Chunk, Everything, Query, match_any, parse, positive_parts
from lsq.query.filters import Filters
from lsq.query.units import normalize
from lsq.search.expansion import with_synonyms
from lsq.search.tiers import NO_SYNONYMS, ladder
from lsq.segment import Segmenter
from lsq.text.fold import fold, squeeze
from tests.factories import Factory
from tests.oracle import matching_ids, or_same, possible_days, tier
from tests.queries import (
    FIELDS,
    FILTERS,
    NAMED,
    PASSAGES,
    PIECES,
    QUERIES,
    SENTENCES,
    TERMS,
    TITLES,
    TOGETHER,
)

# Texts keep line feeds between paragraphs; sentences are cut anywhere and put together.
TEXTS = st.lists(st.sampled_from(SENTENCES) | PIECES, min_size=1, max_size=6).flatmap(
    lambda pieces: st.sampled_from(["", "\n", " "]).map(lambda joint: joint.join(pieces))
)


@pytest.fixture(autouse=True)
def _many_merges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "MERGED", 2)


DATES = st.sampled_from([None, "2020-08-26", "2020-02", "2020", "2019-12-31", "2021", "2020-08"])
FACTS = st.fixed_dictionaries(
    {
        "date": DATES,
        "published": DATES,
        "issuer": st.sampled_from(
            [None, "丽水市人民政府", "中华人民共和国国务院", "国务院办公厅", "國務院 辦公廳", ""]
        ),
        "number": st.sampled_from(
            [None, "丽政发〔2020〕12号", "丽政发[2020] 2 号", "麗政發【２０２０】112号", "第12号"]
        ),
        "kind": st.sampled_from([None, "通知", "意见"]),
        "indexno": st.sampled_from([None, "000014349/2020-00012", "000014349/2020-0112"]),
        "subject": st.sampled_from([None, "国土资源、能源\\土地"]),
        "column": st.sampled_from([None, "02城事·重点"]),
        "byline": st.sampled_from([None, "记者 蓝倞"]),
    }
)
PIECE = st.tuples(st.none() | PIECES | TITLES, TEXTS, FACTS)
BULLETINS = st.dictionaries(
    st.sampled_from(["a.txt", "b.txt", "子/丙.txt", "#1 .txt"]),
    st.lists(PIECE, max_size=3),  # there are files without an article
    min_size=1,
)
Bulletins = dict[str, list[tuple[str | None, str, dict[str, Any]]]]


def articles(bulletins: Bulletins) -> list[Article]:
    return [
        Article(path, ordinal, title, body, Places((0, 1), (ordinal, 9)), not title, **facts)
        for path, pieces in bulletins.items()
        for ordinal, (title, body, facts) in enumerate(pieces, 1)
    ]


def in_order(sort: Sort, found: list[Article]) -> list[str]:
    """The ids in the order of their dates or paths, as people would sort them."""
    found = sorted(found, key=lambda article: (article.path, article.ordinal))
    dated = [article for article in found if article.date or article.published]
    undated = [article for article in found if article not in dated]
    if sort != "path":
        # Sorting keeps the order of equals, the other way round as well.
        dated.sort(key=first_day, reverse=sort == "-date")
        found = dated + undated
    return [article.id for article in found]


def first_day(article: Article) -> int:
    return possible_days(article.date or article.published)[0]


def put(engine: Engine, segmenter: Segmenter, added: Bulletins, dropped: set[str]) -> None:
    with engine.update() as update:
        for path in dropped:
            update.drop(path)
        for path, pieces in added.items():
            mine = articles({path: pieces})
            documents = [prepared(each, segmenter, engine.prepare) for each in mine]
            update.replace(path, Stamp(len(pieces), 7, "0f"), documents)


def examples(request: pytest.FixtureRequest, here: int, cluster: int) -> settings:
    """So many examples of what an engine is asked, by where it is."""
    if request.node.get_closest_marker("cluster"):
        # To find the simplest example that fails takes too long there.
        phases = [phase for phase in Phase if phase is not Phase.shrink]
        return settings(max_examples=cluster, phases=phases)
    return settings(max_examples=here)


ASKED = {
    "first": BULLETINS,
    "second": BULLETINS,
    "dropped": st.sets(st.sampled_from(["a.txt", "b.txt"])),
    "queries": st.lists(
        st.tuples(QUERIES | NAMED, st.booleans(), FILTERS), min_size=1, max_size=12
    ),
}


def test_an_engine_finds_what_the_oracle_finds(
    factory: Factory,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    segmenter: Segmenter,
) -> None:
    @settings(examples(request, 60, 15), suppress_health_check=list(HealthCheck))
    @given(**ASKED)
    def asked(**asked: Any) -> None:
        finds_what_the_oracle_finds(factory, tmp_path_factory, segmenter, **asked)

    asked()


def finds_what_the_oracle_finds(
    factory: Factory,
    tmp_path_factory: pytest.TempPathFactory,
    segmenter: Segmenter,
    first: Bulletins,
    second: Bulletins,
    dropped: set[str],
    queries: list[tuple[str, bool, Filters]],
) -> None:
    kept = {path: pieces for path, pieces in first.items() if path not in dropped}
    present = articles(kept | second)
    with factory(tmp_path_factory.mktemp("engine")) as engine:
        put(engine, segmenter, first, set())
        put(engine, segmenter, second, dropped - second.keys())
        assert engine.article_count() == len(present)
        assert engine.stamps() == {
            path: Stamp(len(pieces), 7, "0f") for path, pieces in (kept | second).items()
        }
        for typed, any_word, filters in queries:
            cut = segmenter.query_words
            parsed = query = parse(typed, cut)
            query = And((match_any(query) if any_word else query, *filters.queries()))
            expected = matching_ids(query, present, segmenter)
            found = engine.search(query)
            assert {f"{match.path}#{match.ordinal}" for match in found.best} == expected, typed
            assert found.total == len(found.best) == len(expected), typed
            assert engine.count(query) == found.total, typed
            order = [(-match.score, match.path, match.ordinal) for match in found.best]
            assert order == sorted(order), typed
            assert list(engine.search(query, limit=2).best) == list(found.best[:2]), typed
            scores = {match.key: match.score for match in found.best}
            in_tiers(engine, query, parsed, present, segmenter, any_word=any_word)
            if others := {} if any_word else same_words(parsed, present):
                wide = with_synonyms(parsed, others)
                assert wide == or_same(parsed, others), typed
                wider = And((wide, *filters.queries()))
                ids = {f"{match.path}#{match.ordinal}" for match in engine.search(wider).best}
                assert ids == matching_ids(wider, present, segmenter), typed
                in_tiers(engine, wider, parsed, present, segmenter, any_word=False, others=others)
            for sort in SORTS[1:]:
                by = engine.search(query, sort=sort)
                names = [f"{match.path}#{match.ordinal}" for match in by.best]
                assert names == in_order(sort, [one for one in present if one.id in expected])
                assert {match.key: match.score for match in by.best} == scores, typed
                assert list(engine.search(query, 2, sort).best) == list(by.best[:2]), typed
            terms = engine.term_scores(query, found.best)
            # A cluster adds with fewer digits.
            sums = {key: sum(term.score for term in terms[key]) for key in scores}
            assert sums == pytest.approx(scores, rel=1e-6), typed
            everything = engine.search(Everything()).best
            assert engine.satisfying(query, everything) == scores.keys(), typed
            assert engine.satisfying(query, everything[:2]) <= scores.keys(), typed
            got = {each.article.id: each.article for each in engine.found(found.best)}
            assert got == {each.id: each for each in present if each.id in expected}, typed


def same_words(typed: Query, present: list[Article]) -> dict[str, list[str]]:
    """For some of the runs of a query: words of the articles, as if they meant the same."""
    titles = [squeeze(fold(article.title)) for article in present if article.title]
    pieces = [squeeze(fold(article.body))[1:5] for article in present]
    words = [word for word in (*titles[:1], *pieces[:2]) if word.strip()]
    runs = [part.text for part in positive_parts(typed) if isinstance(part, Chunk)]
    return {run: words for run in runs[::2] if words}


def in_tiers(
    engine: Engine,
    query: Query,
    typed: Query,
    present: list[Article],
    segmenter: Segmenter,
    *,
    any_word: bool,
    others: Mapping[str, Sequence[str]] = NO_SYNONYMS,
) -> None:
    """Every engine puts what matches in the same tiers, in whatever order it is wanted."""
    asked = ladder(typed, any_word=any_word, synonyms=others)
    by_id = {article.id: article for article in present}
    found = engine.search(query, ladder=asked.steps)
    ids = [f"{match.path}#{match.ordinal}" for match in found.best]
    names = [asked.tiers[match.tier] for match in found.best]
    expected = [tier(typed, by_id[one], segmenter, any_word=any_word, others=others) for one in ids]
    assert names == expected, typed
    order = [(m.tier, -m.day, -m.score, m.path, m.ordinal) for m in found.best]
    assert order == sorted(order), typed
    days = [possible_days(by_id[one].date or by_id[one].published) for one in ids]
    newest = [asked.tiers[match.tier] in ("edition", "title", "alias") for match in found.best]
    for match, possible, is_newest in zip(found.best, days, newest, strict=True):
        assert match.day == (possible[0] if possible and is_newest else 0), typed
    assert list(found.tiers) == [
        sum(match.tier == number for match in found.best) for number in range(len(asked.tiers))
    ]
    assert list(engine.search(query, 2, ladder=asked.steps).best) == list(found.best[:2]), typed
    tiers = {match.key: match.tier for match in found.best}
    by_date = engine.search(query, sort="date", ladder=asked.steps)
    assert {match.key: match.tier for match in by_date.best} == tiers, typed
    assert by_date.tiers == found.tiers


def filled(engine: Engine, segmenter: Segmenter) -> list[Article]:
    """Put articles that differ in little into an engine."""
    dates = [None, "2020", "2020-08", "2020-08-26", "2019-12-31", "2021"]
    numbers = [None, "丽政发〔2020〕12号", "麗政發[2020] 2 号", "第112号", "12"]
    bulletins: Bulletins = {}
    for index, passage in enumerate([*PASSAGES, *SENTENCES[:20], *PASSAGES]):
        title = [None, "国土空间规划", passage[:4].strip()][index % 3]
        facts = {
            "date": dates[index % 6],
            "published": dates[index // 6],
            "number": numbers[index % 5],
            "issuer": [None, "国务院", "國務院 辦公廳"][index % 3],
            "kind": [None, "通知"][index % 2],
        }
        bulletins.setdefault(f"{index % 4}.txt", []).append((title, passage, facts))
    present = articles(bulletins)
    put(engine, segmenter, bulletins, set())
    return present


@pytest.fixture(scope="module")
def full(
    factory: Factory, tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter
) -> Iterator[tuple[Engine, list[Article]]]:
    with factory(tmp_path_factory.mktemp("engine")) as engine:
        yield engine, filled(engine, segmenter)


def test_an_engine_answers_any_query(
    full: tuple[Engine, list[Article]], request: pytest.FixtureRequest, segmenter: Segmenter
) -> None:
    @examples(request, 1000, 300)
    @given(query=QUERIES | TOGETHER | FIELDS | TERMS, any_word=st.booleans())
    def asked(query: str, any_word: bool) -> None:
        answers(*full, segmenter, query, any_word=any_word)

    asked()


def answers(
    engine: Engine, present: list[Article], segmenter: Segmenter, query: str, *, any_word: bool
) -> None:
    tree = parse(query, segmenter.query_words)
    tree = match_any(tree) if any_word else tree
    found = {f"{match.path}#{match.ordinal}" for match in engine.search(tree).best}
    assert found == matching_ids(tree, present, segmenter)


def test_an_engine_knows_its_words(
    full: tuple[Engine, list[Article]], segmenter: Segmenter
) -> None:
    opened, present = full
    each = [
        {
            *segmenter.document_words(fold(article.title or "")),
            *segmenter.document_words(fold(article.body)),
        }
        for article in present
    ]
    having = Counter(word for words in each for word in words)
    words = list(opened.words())
    assert dict(words) == having
    assert len(words) == len(having)
    often = [word for word, _ in having.most_common(5)]
    assert [opened.doc_freq(word) for word in often] == [having[word] for word in often]
    for number in range(2, len(often) + 1):
        some = often[:number]
        assert opened.doc_freq(*some) == sum(words.issuperset(some) for words in each)
    assert opened.doc_freq("量子", often[0]) == 0
    halves = [(word[:half], word[half:]) for word in sorted(having) for half in (1, 2)]
    for first, last in halves[::7]:
        affixes = Affixes((first, "国", "量子"), (last,) if last else ())
        found = list(opened.words(affixes))
        assert dict(found) == {word: count for word, count in words if affixes.has(word)}
        assert len(found) == len(dict(found))
    assert dict(opened.words(Affixes(endings=("\0", "\ud800")))) == {}


def test_an_engine_knows_the_facts_of_matches(full: tuple[Engine, list[Article]]) -> None:
    opened, present = full
    by_id = {article.id: article for article in present}
    matches = opened.search(Everything(), sort="-date").best
    assert len(matches) == len(present)
    for match, facts in zip(matches, opened.facts(matches), strict=True):
        article = by_id[f"{match.path}#{match.ordinal}"]
        for name in TEXT_FACTS:
            assert getattr(facts, name) == normalize(name, getattr(article, name))
        made = possible_days(article.date or article.published) or [0]
        assert (facts.first_date, facts.last_date) == (made[0], made[-1])
        published = possible_days(article.published) or [0]
        assert (facts.first_published, facts.last_published) == (published[0], published[-1])
    assert not list(opened.facts([]))


def test_an_engine_returns_the_score_of_each_term(
    full: tuple[Engine, list[Article]], request: pytest.FixtureRequest, segmenter: Segmenter
) -> None:
    @examples(request, 100, 50)
    @given(query=QUERIES | TERMS)
    def asked(query: str) -> None:
        a_term_is_told_of_every_article(*full, segmenter, query)

    asked()


def a_term_is_told_of_every_article(
    engine: Engine, present: list[Article], segmenter: Segmenter, query: str
) -> None:
    everything = engine.search(Everything()).best
    by_id = {f"{match.path}#{match.ordinal}": match.key for match in everything}
    terms = engine.term_scores(parse(query, segmenter.query_words), everything)
    assert terms.keys() == set(by_id.values())
    for article in present:
        for term in terms[by_id[article.id]]:
            assert (term.score > 0) == (term.frequency > 0)
            assert 0 <= term.having <= term.articles == len(present)
            if term.kind == "literal":
                assert term.frequency == squeeze(fold(article.text)).count(term.text)
            if term.kind == "word":
                in_title = segmenter.document_words(fold(article.title or "")).count(term.text)
                in_body = segmenter.document_words(fold(article.body)).count(term.text)
                assert term.frequency == TITLE_WEIGHT * in_title + in_body
