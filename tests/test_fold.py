"""What reads alike folds alike, one character for one."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.text.fold import drop_invisible, dropped_space, fold, squeeze, squeeze_lines
from tests.conftest import ROOT, made_by
from tests.oracle import without_white_space


@pytest.mark.parametrize(
    ("texts", "folded"),
    [
        (["ＧＤＰ　２０２０", "GDP 2020", "gdp 2020"], "gdp 2020"),
        (["國務院辦公廳", "国务院办公厅"], "国务院办公厅"),
        (["⼈⺠医院书记兼院⻓"], "人民医院书记兼院长"),
        (
            ["〔2020〕", "［2020］", "【2020】", "﹝2020﹞", "(2020)", "（2020）", "[2020]"],
            "(2020)",
        ),
        (
            ["“重要窗口”", "「重要窗口」", "『重要窗口』", '"重要窗口"', "＂重要窗口＂"],
            '"重要窗口"',
        ),
        (["2019—2025", "2019–2025", "2019－2025", "2019-2025", "2019―2025"], "2019-2025"),
        (["二○二○", "二〇二〇", "二◯二◯", "二零二零"], "二零二零"),
        (["接着", "接著"], "接着"),
        (["答复", "答覆", "答復"], "答复"),
        (["炮台", "砲台", "礮臺"], "炮台"),
        (["什么", "什麼", "什麽"], "什么"),
        (["大会……", "大會⋯⋯"], "大会……"),
        (["３．５"], "3.5"),
        (["25°", "25º", "25˚"], "25°"),
        (["1∶2", "1：2", "1:2"], "1:2"),
        (["其它"], "其它"),
        (["《〈办法〉》"], "《《办法》》"),
        (["艾尔肯・吐尼亚孜", "艾尔肯•吐尼亚孜", "艾尔肯·吐尼亚孜"], "艾尔肯·吐尼亚孜"),
        (["豈 ΣΊΣΥΦΟΣ"], "岂 σίσυφοσ"),
        (["a\tb\u00a0c\u3000d\ne"], "a b c d\ne"),
        (["①²㎡½"], "①²㎡½"),
        (["，。、；：？！％"], ",。、;:?!%"),
    ],
)
def test_alike(texts: list[str], folded: str) -> None:
    assert {fold(text) for text in texts} == {folded}


@given(st.text())
def test_offsets_never_move_and_twice_is_once(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert all(fold(char) == new for char, new in zip(text, folded, strict=True))


@given(
    st.text(min_size=1),
    st.sampled_from(["国土，（空间）：规划", "國務院辦公廳關於加強", "GDP ＧＤＰ", "", "𠮷"]),
)
def test_a_long_text_folds_like_its_characters(text: str, repeated: str) -> None:
    for long in (repeated * 100 + text, text * 300, text + repeated * 200):
        assert fold(long) == "".join(map(fold, long))


def test_white_space_is_a_space_or_a_line_feed() -> None:
    spaces = [char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace()]
    assert {fold(space) for space in spaces if space != "\n"} == {" "}
    assert fold("\n") == "\n"


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("国 土\n空　间", "国土空间"),
        ("共 1500 亿元", "共1500亿元"),
        ("加强领导，\n二是 落实", "加强领导,二是落实"),
        ("the 国土", "the国土"),
        ("5G 技术", "5g技术"),
        ("open  data, 2 3", "open  data,2 3"),
        ("Éire é", "éire é"),
        (" 国土 ", "国土"),
        ("二 〇 二 〇", "二零二零"),
        ("𠮷 野", "𠮷野"),
    ],
)
def test_white_space_counts_only_between_words_of_letters_or_digits(
    text: str, squeezed: str
) -> None:
    assert squeeze(fold(text)) == squeezed


@given(st.text(alphabet="国土a1éяω×，。 \n\u3000"))
def test_the_oracle_states_which_white_space_counts(text: str) -> None:
    folded = fold(text)
    assert without_white_space(folded) == squeeze(folded)
    assert without_white_space(folded, line_by_line=True) == squeeze_lines(folded)


@given(st.text(alphabet="国土⺠𠮷a，。 \n\u3000"))
def test_what_squeezing_drops_is_told(text: str) -> None:
    folded = fold(text)
    kept, end = "", 0
    for run in dropped_space(folded):
        kept += folded[end : run.start()]
        end = run.end()
    assert kept + folded[end:] == squeeze(folded)


def test_what_has_no_shape_is_dropped() -> None:
    assert drop_invisible("\ufeff2014\u00ad2020\u200b年\u202c") == "20142020年"
    assert drop_invisible("葛\U000e0100飾区☀\ufe0f") == "葛飾区☀"


def test_the_table_is_what_its_sources_say() -> None:
    table = ROOT / "src" / "lsq" / "text" / "fold.txt"
    assert made_by("fold_table.py").split() == table.read_text("utf-8").split()
