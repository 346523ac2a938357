"""Explanations: why an article matches or does not; the parts of a score add up to it."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.engines.folder import FolderEngine
from lsq.engines.registry import store_of
from lsq.errors import UnknownIdError
from lsq.index import Index
from lsq.messages import english
from lsq.model import SORTS, Article, Sort
from lsq.output.explanation import lines
from lsq.output.records import explanation_record as as_record
from lsq.query import parse
from lsq.query.unparse import unparse
from lsq.search.explain import Explanation, Verdict
from lsq.segment import Segmenter
from tests.factories import article, put
from tests.queries import FIELDS, FINDING, QUERIES, SENTENCES, TERMS

ARTICLES = [
    article("百山祖国家公园，超市。\n国土空间规划。", "丽水规划"),
    article("空间很大，国土很多。规划", ordinal=2, line=9, date="2020-08"),
    *(
        article(sentence, sentence[:5], "b.txt", ordinal)
        for ordinal, sentence in enumerate(SENTENCES[:30], 1)
    ),
]


@pytest.fixture(scope="module")
def index(
    tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter
) -> Iterator[tuple[Index, str]]:
    """The articles in an index, and the folder that their ids begin with."""
    folder = tmp_path_factory.mktemp("explained")
    with FolderEngine(str(folder / "index"), store_of, create=True) as engine:
        put(engine, segmenter, [one._replace(path=str(folder / one.path)) for one in ARTICLES])
        # As every path lsq prints: relative to the current folder where there is one.
        first = engine.search(parse('"百山祖国家公园，超市"', segmenter.query_words)).best[0].path
        yield Index(engine), first.removesuffix("a.txt")


def explained(
    index: tuple[Index, str], query: str, name: str, *, any_word: bool = False
) -> tuple[int | None, Explanation]:
    opened, folder = index
    return opened.explain(query, folder + name, any_word=any_word)


@pytest.mark.parametrize(
    ("query", "any_word", "verdict"),
    [
        ("国土空间", False, Verdict("国土空间", True, "all words")),
        ("国土", False, Verdict("国土", True, "literal")),
        ('"国土空间"', False, Verdict('"国土空间"', False)),
        ("国土超市", False, Verdict("国土超市", False, None, ("超市",))),
        ("国土超市", True, Verdict("国土超市", True, "any word", ("超市",))),
        ("date:2020", False, Verdict("date:2020-01-01..2020-12-31", True)),
        ("title:丽水", False, Verdict("title:丽水", False, None, ("丽水",))),
        ("/国土.{2}/", False, Verdict("/国土.{2}/", True)),
        (
            "国土 -超市",
            False,
            Verdict(
                "国土 -超市",
                True,
                parts=(
                    Verdict("国土", True, "literal"),
                    Verdict("-超市", True, parts=(Verdict("超市", False, None, ("超市",)),)),
                ),
            ),
        ),
        (
            "同句(国土 规划)",
            False,
            Verdict(
                "sentence(国土 规划)",
                False,
                parts=(Verdict("国土", True, "literal"), Verdict("规划", True, "literal")),
            ),
        ),
        (
            "near/4(国土 “规划”)",
            False,
            Verdict(
                'near/4(国土 "规划")',
                False,
                parts=(Verdict("国土", True, "literal"), Verdict('"规划"', True, "literal")),
            ),
        ),
        ("同句(空间国土)", False, Verdict("sentence(空间国土)", True, "all words")),
        ("同句(很大规划)", False, Verdict("sentence(很大规划)", False)),
    ],
)
def test_every_part_has_a_verdict(
    index: tuple[Index, str], query: str, any_word: bool, verdict: Verdict
) -> None:
    rank, explanation = explained(index, query, "a.txt#2", any_word=any_word)
    assert explanation.verdict == verdict
    assert (rank is not None) == verdict.matches
    assert (explanation.score is not None) == verdict.matches


@given(
    query=FINDING,
    any_word=st.booleans(),
    sort=st.sampled_from(SORTS),
    offset=st.integers(0, 3),
)
def test_the_parts_of_a_score_add_up_to_it(
    index: tuple[Index, str], query: str, any_word: bool, sort: Sort, offset: int
) -> None:
    results = index[0].search(query, any_word=any_word, sort=sort, offset=offset)
    for rank, hit in enumerate(results, offset + 1):
        explanation = results.explain(hit)
        assert hit.rank == rank
        assert explanation.verdict.matches
        assert explanation.score == hit.score
        assert (explanation.rerank is None) == (sort != "relevance")
        parts = [term.score for term in explanation.terms] + list(explanation.rerank or ())
        assert sum(parts) == pytest.approx(hit.score, abs=1e-9)


@given(query=FINDING, article=st.sampled_from(ARTICLES))
def test_an_article_matches_where_a_search_finds_it(
    index: tuple[Index, str], query: str, article: Article
) -> None:
    opened, folder = index
    ids = [hit.article.id for hit in opened.search(query)]
    rank, explanation = explained(index, query, article.id)
    assert explanation.verdict.matches == (folder + article.id in ids)
    assert rank is None or ids[rank - 1] == folder + article.id


@pytest.mark.parametrize("name", ["a.txt#3", "a.txt#01", "a.txt", "c.txt#1", "#1", ""])
def test_an_unknown_id_is_refused(index: tuple[Index, str], name: str) -> None:
    with pytest.raises(UnknownIdError, match="no article in the index"):
        index[0].explain("国土", name)


def test_an_explanation_is_printed(index: tuple[Index, str]) -> None:
    _, explanation = explained(index, "国土空间 -超市", "a.txt#2")
    verdict, positive, negative, excluded, tier, score, *terms = lines(explanation, english)
    assert verdict == "国土空间 -超市 … yes"
    assert positive == "  国土空间 … yes, by all its words"
    assert negative == "  -超市 … yes"
    assert excluded == "    超市 … no, without 超市"
    assert tier.startswith("tier: the words occur, but not all terms literally, ")
    shown = [float(one.split()[0]) for one in score.split("= ")[1].split(" + ")]
    assert float(score.split()[1]) == pytest.approx(sum(shown), abs=1e-3)
    assert shown[0] == pytest.approx(sum(float(term.split()[0]) for term in terms), abs=1e-3)
    assert [term.split()[2] for term in terms] == ["国土,", "空间,"]
    assert all(", once here, in " in term for term in terms)


def test_an_explanation_in_json(index: tuple[Index, str]) -> None:
    _, explanation = explained(index, "国土 超市", "a.txt#1")
    got = as_record(explanation)
    assert list(got) == ["tier", "nearness", "score", "terms", "rerank", "verdict", "synonyms"]
    assert [list(term) for term in got["terms"]] == [
        ["kind", "text", "frequency", "having", "articles", "score"]
    ] * 2
    assert list(got["rerank"]) == ["bigrams", "characters", "lead"]
    assert list(got["verdict"]) == ["query", "matches", "how", "missing", "parts"]
    assert [part["query"] for part in got["verdict"]["parts"]] == ["国土", "超市"]
    assert as_record(explained(index, "阿里", "a.txt#1")[1]) == {
        "tier": None,
        "nearness": None,
        "score": None,
        "terms": [],
        "rerank": None,
        "verdict": {
            "query": "阿里",
            "matches": False,
            "how": None,
            "missing": ["阿里"],
            "parts": [],
        },
        "synonyms": {},
    }


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("國土 ＯＲ", "国土 or"),
        ("“国土”", '"国土"'),
        ("「“国土”空间」", '「"国土"空间」'),
        ("a|(b c)", "a OR (b c)"),
        ("同段（国土 NOT 空间）", "paragraph(国土 -空间)"),
        ("＊ NOT 国土", "* -国土"),
        ("标题：（国土｜空间）", "title:(国土 OR 空间)"),
        ("标题：（－国土）", "title:(-国土)"),
        ("date:2020-08-26", "date:2020-08-26"),
        ("date:..2019", "date:..2019-12-31"),
        ("date:2021..", "date:2021-01-01.."),
        ("日期:*", "date:*"),
        ("文号:[2020]12号", 'number:"(2020)12号"'),
        ("issuer:(〔2020〕)", 'issuer:"(2020)"'),
        ("／a/b／", "／a/b／"),
    ],
)
def test_a_query_is_unparsed_as_it_can_be_typed(
    segmenter: Segmenter, query: str, shown: str
) -> None:
    assert unparse(parse(query, segmenter.query_words)) == shown


@given(query=QUERIES | FIELDS | TERMS)
def test_an_unparsed_query_is_parsed_into_the_same_nodes(segmenter: Segmenter, query: str) -> None:
    cut = segmenter.query_words
    chunks: list[str] = []

    def noting(text: str) -> tuple[str, ...]:
        chunks.append(text)
        return cut(text)

    tree = parse(query, noting)
    again = parse(unparse(tree), cut)
    # What looks like a sign once it is folded becomes a literal.
    if all(chunk[0].isalnum() for chunk in chunks):
        assert again == tree
    assert unparse(again) == unparse(tree)
