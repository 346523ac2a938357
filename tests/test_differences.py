"""Two articles are aligned sentence by sentence, and the program reports the differences."""

import json
import sys
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lsq.relations.differences import align, compare, differing
from tests.conftest import FIRST, SECOND, Program
from tests.factories import article
from tests.terminal import at_terminal
from tests.test_formats import valid


def told(old: str, new: str, *, numbers: bool = False) -> list[tuple[str, str, str]]:
    """The differences between two texts: kind, old and new sentence."""
    changes = compare(article(old), article(new), numbers=numbers)
    return [
        (one.kind, one.old.text if one.old else "", one.new.text if one.new else "")
        for one in changes
        if one.kind != "same"
    ]


def test_sentences_are_aligned() -> None:
    first, last = "第一条 为了节约用水，制定本法。", "条 自公布之日起施行。"
    old = f"{first}\n第二条 县级人民政府负责。有关部门配合。\n第三{last}"
    new = f"{first}\n第二条 单位应当节水。\n第三条 县级以上人民政府负责。\n第四{last}"
    assert told(old, new) == [
        ("added", "", "单位应当节水。"),
        ("changed", "县级人民政府负责。", "县级以上人民政府负责。"),
        ("removed", "有关部门配合。", ""),
    ]
    assert ("changed", "第三条 自公布之日起施行。", "第四条 自公布之日起施行。") in told(
        old, new, numbers=True
    )


def test_white_space_width_and_variants_do_not_count() -> None:
    assert told("國土（規劃）, 甲。\n乙。", "国土(规划)，甲 。乙。") == []


def test_a_change_is_marked_where_it_is() -> None:
    old, new = differing("处二万元以下罚款。", "并处五万元以下的罚款。")
    assert old == ((0, 2),)  # with what lies between two differences
    assert new == ((0, 3), (7, 8))


SENTENCES = ["甲乙丙丁。", "甲乙丙戊。", "甲己丙丁。", "子丑寅卯。", "子丑寅辰。", "一。", ""]
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=8)


@given(TEXTS, TEXTS)
def test_an_alignment_has_all_sentences_in_order(old: list[str], new: list[str]) -> None:
    pairs = list(align(old, new))
    assert [low for low, _ in pairs if low is not None] == list(range(len(old)))
    assert [high for _, high in pairs if high is not None] == list(range(len(new)))


def likeness(one: str, two: str) -> float:
    first = [one[at : at + 2] for at in range(len(one) - 1)]
    second = [two[at : at + 2] for at in range(len(two) - 1)]
    shared = sum(min(first.count(pair), second.count(pair)) for pair in set(first))
    return 2 * shared / (len(first) + len(second))


DISTINCT = st.lists(st.text("甲乙丙丁戊", min_size=3, max_size=6), max_size=4, unique=True)


@given(DISTINCT, DISTINCT)
@example(["甲乙丙丁", "戊甲乙丙"], ["甲乙丙戊", "丁戊甲乙"])
@example(["甲乙丙丁戊", "丙丁戊"], ["丙丁甲", "甲乙丙丁乙"])
def test_the_pairs_have_the_greatest_total_likeness(old: list[str], new: list[str]) -> None:
    """Doubtful pairs count little, and what has moved is not paired with what took its place."""
    if set(old) & set(new):
        return  # equal sentences are paired before what is alike
    best = 0.0
    for size in range(min(len(old), len(new)) + 1):
        for left in combinations(old, size):
            for right in combinations(new, size):
                found = [likeness(one, two) for one, two in zip(left, right, strict=True)]
                if all(value >= 0.4 for value in found):
                    best = max(best, sum(value - 0.35 for value in found))
    pairs = list(align(old, new))
    made = [(old[low], new[high]) for low, high in pairs if low is not None and high is not None]
    gone = [old[low] for low, high in pairs if low is not None and high is None]
    come = [new[high] for low, high in pairs if low is None and high is not None]
    moved = any(likeness(one, two) >= 0.65 for one in gone for two in come)
    total = sum(likeness(one, two) - 0.35 for one, two in made)
    assert total == pytest.approx(best) or (moved and total < best)


def test_a_good_pair_outweighs_two_doubtful_ones() -> None:
    old = ["持证但在禁采区采砂的，责令停止违法行为。", "未按照许可证要求采砂的，责令停止违法行为。"]
    new = ["单位未按照许可证要求采砂的，责令停止违法行为。", "运输、收购砂石的，责令停止违法行为。"]
    assert list(align(old, new)) == [(0, None), (1, 0), (None, 1)]


def test_a_moved_sentence_is_not_paired_with_what_took_its_place() -> None:
    moved = "二年内曾因违反规定，倾倒废物受过处罚，又实施{}行为的；"
    kept = "重点排污单位{}篡改、伪造自动监测数据，排放化学需氧量、氨氮、二氧化硫的；"
    old = [moved.format("前列"), kept.format("")]
    new = [
        "二年内曾因违反规定，在预警期间超标排放，又实施的；",
        kept.format("等"),
        moved.format("此类"),
    ]
    assert list(align(old, new)) == [(0, None), (None, 0), (1, 1), (None, 2)]


@given(st.text("甲乙丙丁，。", max_size=12), st.text("甲乙丙丁，。", max_size=12))
def test_texts_outside_the_differing_ranges_are_equal(old: str, new: str) -> None:
    left, right = differing(old, new)
    for text, ranges in ((old, left), (new, right)):
        assert all(0 <= low < high <= len(text) for low, high in ranges)
        assert all(one[1] < two[0] for one, two in pairwise(ranges))
    assert (not left and not right) == (old == new)


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Program:
    folder = tmp_path_factory.mktemp("drafts")
    body = (
        "第一条 为了节水，制定本办法。\n\n第二条 处{}万元以下罚款。\n\n第{}条 自公布之日起施行。\n"
    )
    (folder / "旧.md").write_text("# 节水办法\n\n" + body.format("二", "三"), "utf-8")
    (folder / "新.md").write_text("# 节水办法\n\n" + body.format("五", "四"), "utf-8")
    (folder / "同.md").write_text("# 节水办法\n\n" + body.format("五", "四"), "utf-8")
    program = Program(folder)
    assert program("index", ".").returncode == 0
    return program


def test_the_program_prints_lines_as_diff_does(drafts: Program) -> None:
    ran = drafts("diff", "旧.md#1", "新.md#1")
    assert ran.returncode == 1
    assert ran.stdout.splitlines() == [
        "--- 旧.md#1",
        "+++ 新.md#1",
        "@@ -3 +3 @@",
        " 第一条 为了节水，制定本办法。",
        "-第二条 处二万元以下罚款。",
        "+第二条 处五万元以下罚款。",
        " 第四条 自公布之日起施行。",
    ]
    assert drafts("diff", "旧.md#1", "新.md#1", "-C", "0").stdout.count("\n") == 5


def test_the_exit_code_is_that_of_diff(drafts: Program) -> None:
    same = drafts("diff", "新.md#1", "同.md#1")
    assert (same.returncode, same.stdout, same.stderr) == (0, "", "")
    assert drafts("diff", "旧.md#1", "没有.md#1").returncode == 2
    several = drafts("diff", "旧.md#1", "节水办法")
    assert several.returncode == 2
    assert "新.md#1" in several.stderr


def test_programs_get_rows(drafts: Program) -> None:
    lines = drafts("diff", "旧.md#1", "新.md#1", "--format", "jsonl", "--numbers").stdout
    rows = [json.loads(line) for line in lines.splitlines()]
    assert [row["kind"] for row in rows] == ["changed", "changed"]
    assert all(valid("change", row) for row in rows)
    assert rows[0]["old"]["differing"] == [[5, 6]]
    for name in ("tsv", "csv"):
        table = drafts("diff", "旧.md#1", "新.md#1", "--format", name).stdout.splitlines()
        assert len(table) == 2
        assert table[0].replace("\t", ",").startswith("kind,old_line")


def test_a_terminal_shows_signs_beside_colours(drafts: Program) -> None:
    command = [sys.executable, "-m", "lsq", "diff", "旧.md#1", "新.md#1"]
    shown = at_terminal(command, drafts.folder, environment={"LSQ_PAGER": "cat"})
    assert shown.code == 1
    assert "- 第二条 处二万元以下罚款。\n+ 第二条 处五万元以下罚款。" in shown.text
    assert "\x1b[" in shown.raw


def test_articles_of_the_seeds_differ(lsq: Program) -> None:
    assert lsq("diff", f"{FIRST}#1", f"{SECOND}#1").returncode == 1
    assert lsq("diff", f"{FIRST}#1", f"{FIRST}#1").returncode == 0
