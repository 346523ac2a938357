"""The thesaurus: its groups follow the rules, and its forms are found in texts."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.errors import LsqError, SynonymError
from lsq.search.thesaurus import Entry, Table, lookup, own_table, read_user_synonyms
from lsq.search.thesaurus.synonym_groups import FIELDS, SynonymGroup, read_groups, table_of
from lsq.search.thesaurus.table import TABLE
from tests.conftest import made_by

FILES = sorted(Path(TABLE).parent.glob(FIELDS))
GROUPS = [group for file in FILES for group in read_groups(file)]

# What the law tells apart: no group has a word with the one and a word with the other.
APART = [
    ("定金", "订金"),
    ("权力", "权利"),
    ("拘留", "逮捕"),
    ("行政拘留", "刑事拘留"),
    ("抵押", "质押"),
    ("罚款", "罚金"),
    ("缓刑", "假释"),
    ("减刑", "假释"),
    ("有期徒刑", "拘役"),
    ("没收财产", "没收违法所得"),
    ("抢劫", "抢夺"),
    ("盗窃", "侵占"),
    ("诈骗", "敲诈勒索"),
    ("贪污", "受贿"),
    ("行贿", "受贿"),
    ("挪用资金", "职务侵占"),
    ("故意杀人", "故意伤害"),
    ("轻伤", "重伤"),
    ("主犯", "从犯"),
    ("取保候审", "监视居住"),
    ("行政复议", "行政诉讼"),
    ("上诉", "申诉"),
    ("抚养", "扶养"),
    ("抚养", "赡养"),
    ("扶养", "赡养"),
    ("遗嘱", "遗赠"),
    ("宣告失踪", "宣告死亡"),
    ("假药", "劣药"),
    ("诉讼时效", "保证期间"),
    ("吊销", "注销"),
    ("免征", "减征"),
    ("著作权", "专利"),
    ("商标", "专利"),
    ("驱逐出境", "限期出境"),
]


def test_every_file_of_groups_is_large_and_described() -> None:
    assert len(GROUPS) >= 3000
    for file in FILES:
        assert file.read_text("utf-8").startswith("# ")
        assert read_groups(file)


def test_no_lay_form_is_in_two_groups() -> None:
    counts = Counter(form for group in GROUPS for form in group.lay)
    assert [form for form, times in counts.items() if times > 1] == []


def test_official_terms_of_mutual_groups_are_not_lay_forms() -> None:
    """What means the same as a lay form is not a lay form itself: then there is one way."""
    official = {term for group in GROUPS if group.mutual for term in group.official}
    assert official.isdisjoint(form for group in GROUPS for form in group.lay)


@pytest.mark.parametrize(("one", "other"), APART, ids="/".join)
def test_words_that_the_law_distinguishes_are_in_different_groups(one: str, other: str) -> None:
    for group in GROUPS:
        words = (*group.lay, *group.official)
        has_one = [word for word in words if one in word and other not in word]
        has_other = [word for word in words if other in word and one not in word]
        assert not (has_one and has_other), group


def test_the_table_is_made_of_the_groups() -> None:
    assert made_by("thesaurus_table.py") == Path(TABLE).read_text("utf-8")


def test_every_form_is_found() -> None:
    for group in GROUPS:
        for form in group.lay:
            (entry,) = lookup(form)
            assert (entry.form, entry.start, entry.end) == (form, 0, len(form))
            assert entry.terms == group.official
            assert set(entry.others) == (set(group.lay) - {form} if group.mutual else set())
            assert entry.relation == ("=" if group.mutual else ">")


def test_abbreviations_are_synonyms_both_ways() -> None:
    for short, full in [
        ("人社局", "人力资源和社会保障局"),
        ("市监局", "市场监督管理局"),
        ("民诉法", "民事诉讼法"),
        ("三农", "农业、农村和农民"),
        ("两山", "绿水青山就是金山银山"),
        ("双碳", "碳达峰碳中和"),
        ("帐户", "账户"),
        ("身分证", "居民身份证"),
        ("新冠", "新型冠状病毒"),
    ]:
        (forward,), (back,) = lookup(short), lookup(full)
        assert forward.relation == "="
        assert full in forward.terms
        assert back.relation == "<"
        assert short in back.terms


def table(*groups: SynonymGroup) -> Table:
    return Table(table_of(groups).encode())


def forms(entries: list[Entry]) -> list[str]:
    return [entry.form for entry in entries]


def test_the_longest_form_is_taken_and_none_overlaps() -> None:
    mine = [table(SynonymGroup(("物业", "物业费", "费用太贵"), ("物业服务费",), mutual=False))]
    assert forms(lookup("物业费用太贵", tables=mine)) == ["物业", "费用太贵"]
    assert forms(lookup("物业费太贵", tables=mine)) == ["物业费"]


def test_forms_begin_and_end_where_words_do() -> None:
    mine = [table(SynonymGroup(("担保",), ("保证合同",), mutual=False))]
    text = "承担保险责任"
    assert forms(lookup(text, tables=mine)) == ["担保"]
    assert lookup(text, {0, 2, 4, 6}, mine) == []
    assert forms(lookup("谁来担保", {0, 2, 4}, mine)) == ["担保"]


def test_the_first_table_takes_precedence() -> None:
    theirs = table(SynonymGroup(("人社局",), ("区人力社保局",), mutual=True))
    (entry,) = lookup("人社局", tables=[theirs, own_table()])
    assert entry.terms == ("区人力社保局",)


@pytest.mark.parametrize("text", ["", "人", "\udc80\udcff人社局", "\U00020000\U00020000"])
def test_any_text_can_be_looked_up(text: str) -> None:
    assert forms(lookup(text)) == (["人社局"] if "人社局" in text else [])


FORM = st.text("甲乙丙", min_size=2, max_size=4)


@given(
    st.dictionaries(FORM, st.lists(FORM, min_size=1, max_size=2), max_size=8), st.text("甲乙丙丁")
)
def test_entries_are_forms_of_the_text(words: dict[str, list[str]], text: str) -> None:
    groups = [SynonymGroup((form,), tuple(terms), mutual=False) for form, terms in words.items()]
    found = lookup(text, tables=[table(*groups)])
    for entry in found:
        assert text[entry.start : entry.end] == entry.form
        assert list(entry.terms) == words[entry.form]
    assert all(former.end <= latter.start for former, latter in pairwise(found))
    covered = {place for entry in found for place in range(entry.start, entry.end)}
    for form in words:
        start = text.find(form)
        if start >= 0:  # it was taken, or a longer or earlier one that is in its way
            assert covered & set(range(start, start + len(form)))


def test_a_users_groups_are_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    file.write_bytes(
        "\ufeff# 本局的简称\r\n\r\n老街｜老 城\t历史文化街区 \t=\r\n跑腿\t代办\t＞\r\n".encode()
    )
    theirs = [read_user_synonyms(file)]
    assert lookup("老城", tables=theirs) == [Entry("老城", "=", ("历史文化街区",), ("老街",), 0, 2)]
    assert lookup("历史文化街区", tables=theirs)[0].terms == ("老街", "老城")
    assert lookup("跑腿", tables=theirs)[0].relation == ">"
    assert lookup("代办", tables=theirs) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("老街\t历史文化街区", ":1: not of the form"),
        ("# 简称\n老街 历史文化街区 =", ":2: not of the form"),
        ("老街\t历史文化街区\t~", ":1: not of the form"),
        ("老街\t历史文化街区\t=\n古镇|老街\t历史文化名镇\t>", ":2: “老街” is on line 1"),
        ("老街|老街\t历史文化街区\t=", ":1: “老街” is there twice"),
        ("老街|古街\t老街\t=", ":1: “老街” is on both sides"),
        ("街\t历史文化街区\t=", ":1: “街”: a word must have 2 to 80 characters"),
        ("\t历史文化街区\t=", ":1: “”: a word must have 2 to 80 characters"),
        ("老\x1b[31m街\t历史文化街区\t=", ":1: a word cannot have control characters"),
    ],
)
def test_an_invalid_group_is_reported_with_its_line(
    tmp_path: Path, content: str, told: str
) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text(content, "utf-8")
    with pytest.raises(SynonymError, match=r"mine\.tsv:") as caught:
        read_user_synonyms(file)
    assert told in str(caught.value)
    assert isinstance(caught.value, LsqError)
    assert "\x1b" not in str(caught.value)


def test_an_unreadable_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SynonymError, match="cannot be read"):
        read_user_synonyms(tmp_path / "none.tsv")
    file = tmp_path / "gbk.tsv"
    file.write_bytes("# ok\n老街\t历史文化街区\t=".encode("gbk"))
    with pytest.raises(SynonymError, match=r"gbk\.tsv:2: not UTF-8"):
        read_user_synonyms(file)
