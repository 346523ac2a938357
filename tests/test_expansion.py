"""The expansion of a query: the words that are added, and their weights."""

from collections.abc import Sequence

import pytest

from lsq.search.expansion import FORM_WORD, LONGEST, TERM_WORD, Expansion, expand, synonyms
from lsq.search.thesaurus import Table
from lsq.search.thesaurus.synonym_groups import SynonymGroup, table_of
from lsq.segment import Segmenter


class Counted:
    """A thousand articles, of which so many have each of these strings, and others none."""

    def __init__(self, **frequencies: int) -> None:
        self._frequencies = frequencies

    def max_doc(self) -> int:
        return 1000

    def doc_freq(self, words: Sequence[str], enough: float) -> int:  # noqa: ARG002
        return self._frequencies.get("".join(words), 0)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def tables(*groups: tuple[str, str, bool]) -> list[Table]:
    made = [
        SynonymGroup(tuple(lay.split("|")), tuple(official.split("|")), mutual)
        for lay, official, mutual in groups
    ]
    return [Table(table_of(made).encode())]


NEIGHBOURS = tables(("邻居|隔壁邻居", "相邻权利人|不动产", False), ("担保", "保证合同", False))


def expanded(segmenter: Segmenter, text: str, **frequencies: int) -> Expansion:
    expansion = expand(text, segmenter, Counted(**frequencies), NEIGHBOURS)
    assert expansion
    return expansion


def test_official_words_are_added_and_everyday_ones_weigh_less(segmenter: Segmenter) -> None:
    expansion = expanded(segmenter, "隔壁邻居吵闹")
    assert expansion.terms == ["相邻权利人", "不动产"]
    form, rest = segmenter.query_words("隔壁邻居"), segmenter.query_words("吵闹")
    terms = segmenter.query_words("相邻权利人，不动产")
    assert expansion.words == (
        dict.fromkeys(form, FORM_WORD) | dict.fromkeys(rest, 1) | dict.fromkeys(terms, TERM_WORD)
    )


def test_a_word_that_the_terms_contain_keeps_its_weight(segmenter: Segmenter) -> None:
    mine = tables(("劳动仲裁", "劳动争议仲裁", True))
    expansion = expand("劳动仲裁", segmenter, Counted(), mine)
    assert expansion
    assert expansion.words["劳动"] == expansion.words["仲裁"] == 1
    assert expansion.words["争议"] == TERM_WORD


def test_a_form_that_statutes_use_keeps_its_weight(segmenter: Segmenter) -> None:
    assert expanded(segmenter, "邻居吵闹", 邻居=1).words["邻居"] == FORM_WORD
    assert expanded(segmenter, "邻居吵闹", 邻居=2).words["邻居"] == 1


def test_a_common_form_is_not_expanded(segmenter: Segmenter) -> None:
    assert expanded(segmenter, "邻居吵闹", 邻居=5)
    assert expand("邻居吵闹", segmenter, Counted(邻居=6), NEIGHBOURS) is None


def test_a_common_term_is_not_searched(segmenter: Segmenter) -> None:
    assert expanded(segmenter, "邻居", 不动产=20).terms == ["相邻权利人", "不动产"]
    assert expanded(segmenter, "邻居", 不动产=21).terms == ["相邻权利人"]
    assert expand("邻居", segmenter, Counted(不动产=21, 相邻权利人=21), NEIGHBOURS) is None


def test_a_term_that_lists_many_things_is_not_searched(segmenter: Segmenter) -> None:
    mine = tables(
        ("六稳", "稳就业、稳金融、稳外贸、稳外资", True), ("三稳", "稳一、稳二、稳三", True)
    )
    assert expand("六稳", segmenter, Counted(), mine) is None
    assert expand("三稳", segmenter, Counted(), mine)


@pytest.mark.parametrize("text", ["承担保险责任", "超市开业", "", "a"])
def test_a_form_inside_a_word_is_not_expanded(segmenter: Segmenter, text: str) -> None:
    assert expand(text, segmenter, Counted(), NEIGHBOURS) is None


def test_a_passage_is_not_expanded(segmenter: Segmenter) -> None:
    assert expand("邻居".ljust(LONGEST, "，"), segmenter, Counted(), NEIGHBOURS)
    assert expand("邻居".ljust(LONGEST + 1, "，"), segmenter, Counted(), NEIGHBOURS) is None


def test_official_words_are_not_expanded_to_everyday_ones(segmenter: Segmenter) -> None:
    mine = tables(("个税", "个人所得税", True))
    assert expand("个人所得税", segmenter, Counted(), mine) is None
    assert expand("个税", segmenter, Counted(), mine)
    # Nor do they stand in the way of everyday ones.
    mine = tables(("邻里", "邻居权利人", True), ("邻居", "相邻权利人", False))
    expansion = expand("邻居权利人", segmenter, Counted(), mine)
    assert expansion
    assert [entry.form for entry in expansion.entries] == ["邻居"]


def test_a_form_may_contain_letters_and_symbols(segmenter: Segmenter) -> None:
    mine = tables(("n+1|互联网+", "经济补偿", False))
    for text in ("公司给n+1吗", "n+1", "互联网+是什么"):
        assert expand(text, segmenter, Counted(), mine), text
    assert expand("公司给xn+12吗", segmenter, Counted(), mine) is None


def test_synonyms_are_mutual_and_of_whole_runs() -> None:
    mine = tables(("个税|个所税", "个人所得税", True), ("邻居", "相邻权利人", False))
    forward, back = synonyms("个税", mine), synonyms("个人所得税", mine)
    assert forward
    assert (forward.terms, forward.others) == (("个人所得税", "个所税"), ())
    assert back
    assert back.terms == ("个税", "个所税")
    assert synonyms("缴个税", mine) is None
    assert synonyms("邻居", mine) is None
    entry = synonyms("人社局")
    assert entry
    assert "人力资源和社会保障局" in entry.terms


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("承担保险责任", [0, 2, 4, 6]),
        ("n+1", [0, 1, 2, 3]),
        ("给996吗", [0, 1, 4, 5]),
        ("“邻居”", [0, 1, 3, 4]),
        ("", [0]),
    ],
)
def test_boundaries_are_where_words_and_symbols_begin_and_end(
    segmenter: Segmenter, text: str, places: list[int]
) -> None:
    assert sorted(segmenter.query_boundaries(text)) == places
