"""Articles with the same text are found, and distinguished from those that only look similar."""

import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.engines import Engine
from lsq.model import Article
from lsq.query import Everything
from lsq.query.filters import Filters
from lsq.relations.likeness import (
    Body,
    are_reprints,
    compared_text,
    containment,
    grams,
    relation_of,
    similar,
)
from lsq.relations.reprints import groups
from lsq.segment import Segmenter
from lsq.text.fold import fold, squeeze
from tests.conftest import Program
from tests.factories import Factory, article, put
from tests.terminal import at_terminal
from tests.test_formats import valid

Known = Callable[..., Engine]
CHARACTERS = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可"


def news(seed: int, length: int = 600) -> str:
    """A text of sentences that no other seed gives."""
    chosen = random.Random(seed)
    text = "".join(chosen.choice(CHARACTERS) for _ in range(length))
    return "".join(f"{text[at : at + 20]}。" for at in range(0, length, 20))


@pytest.fixture
def known(factory: Factory, tmp_path: Path, segmenter: Segmenter) -> Iterator[Known]:
    engine = factory(tmp_path)
    with engine:

        def filled(*articles: Article) -> Engine:
            put(engine, segmenter, articles)
            return engine

        yield filled


def test_relations_are_distinguished(known: Known) -> None:
    text = news(1)
    asked = article(text, "大会召开", "asked.txt", date="2020-01-01")
    short = news(2, 100)
    others = {
        "identical": article(text, "大会召开", "identical.txt"),
        "reprint": article(f"{text}\n编辑：{news(3, 20)}", "本报：大会召开", "reprint.txt"),
        "misprint": article(text.replace(text[100], "龘", 1), "喜讯", "misprint.txt"),
        "version": article(text[:400] + news(4, 200), "大会召开（2020修正）", "version.txt"),
        "excerpt": article(text[:200], "摘要", "excerpt.txt"),
        "alike": article(text[:420] + news(5, 180), "另一回事", "alike.txt"),
        "number": article(text.replace(text[50:52], "12", 1), "数字", "number.txt"),
        "name": article(text.replace(text[50:53], "龘龘龘", 1), "名字", "name.txt"),
        "other": article(news(6), "别的", "other.txt"),
    }
    engine = known(asked, *others.values(), article(short, "短", "s.txt"))
    told = {one.article.path.removesuffix(".txt"): one.relation for one in similar(engine, asked)}
    assert told == {
        "identical": "identical",
        "reprint": "reprint",
        "misprint": "reprint",
        "version": "version",
        "excerpt": "excerpt",
        "alike": "alike",
        "number": "alike",
        "name": "alike",
    }
    assert similar(engine, article(short, "短", "s.txt")) == []
    only = similar(engine, asked, Filters(path=["excerpt"]))
    assert [one.article.path for one in only] == ["excerpt.txt"]


def test_a_common_title_does_not_make_articles_similar(known: Known) -> None:
    title = "最高人民法院关于审理涉及计算机网络域名民事纠纷案件适用法律若干问题的解释"
    one = article("本解释自公布之日起施行。", f"{title}第八条", "8.txt")
    two = article("人民法院可以判令停止侵权、注销域名。", f"{title}第六条", "6.txt")
    assert similar(known(one, two), one) == []


def test_a_recurring_label_does_not_make_versions() -> None:
    """A speaker in the minutes, the heading of each page: within a file they recur."""
    first, second = (
        article(news(1, 80), "主席"),
        article(news(1, 70) + news(2, 10), "主席", ordinal=2),
    )
    assert relation_of(first, second, 0.8, 0.8) == "alike"
    law, newer = article(news(1, 80), "刑法"), article(news(1, 70), "刑法", "新.txt")
    assert relation_of(law, newer, 0.8, 0.9) == "version"


def test_a_short_formula_is_not_a_reprint() -> None:
    one, two = article(news(1, 100)), article(news(1, 100) + "完。")
    assert relation_of(one, two, 1.0, 0.97) == "alike"


@given(st.text("甲乙丙", max_size=30), st.text("甲乙丙", max_size=30))
def test_containment_is_the_share_of_common_strings(one: str, two: str) -> None:
    shared, covered = containment(grams(one), grams(two))
    parts = {one[at : at + 5] for at in range(len(one) - 4)} or {one}
    others = {two[at : at + 5] for at in range(len(two) - 4)} or {two}
    assert shared == len(parts & others) / len(parts)
    assert covered == len(parts & others) / len(others)


def test_similar_finds_all_that_an_exact_comparison_finds(known: Known) -> None:
    chosen = random.Random(20)
    made = []
    for number in range(40):
        base = news(number // 4)
        cut = chosen.randrange(0, len(base))
        body = base[:cut] + news(1000 + number, chosen.randrange(20, 400)) + base[cut:]
        made.append(article(body, f"第{number}篇", f"{number:02}.txt"))
    engine = known(*made)
    for asked in made:
        own = grams(compared_text(asked))
        exact = {
            other.id
            for other in made
            if other is not asked and max(containment(own, grams(compared_text(other)))) >= 0.6
        }
        assert exact == {one.article.id for one in similar(engine, asked)}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Program:
    folder = tmp_path_factory.mktemp("papers")
    for name, title in (("日报", "大会召开"), ("晚报", "=大会召开了")):
        (folder / f"{name}.md").write_text(f"# {title}\n\n{news(1)}\n", "utf-8")
    (folder / "别的.md").write_text(f"# 别的\n\n{news(2)}\n", "utf-8")
    program = Program(folder)
    assert program("index", ".").returncode == 0
    return program


def test_the_program_prints_similar_articles(papers: Program) -> None:
    ran = papers("similar", "日报.md#1")
    assert (ran.returncode, ran.stdout) == (0, "晚报.md:1:reprint 1.00 1.00 =大会召开了\n")
    row = json.loads(papers("similar", "大会召开", "--format", "jsonl").stdout)
    assert valid("relative", row)
    assert row["relation"] == "reprint"
    table = papers("similar", "日报.md#1", "--format", "csv").stdout.splitlines()
    assert "'=大会召开了" in table[1]
    assert papers("similar", "日报.md#1", "--format", "tsv").stdout.count("\n") == 2
    nothing = papers("similar", "别的.md#1")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "no other article" in nothing.stderr
    assert papers("similar", "没有.md#1").returncode == 2
    assert papers("similar", "日报.md#1", "--path", "别的").returncode == 1


def test_a_terminal_shows_how_they_are_related(papers: Program) -> None:
    command = [sys.executable, "-m", "lsq", "similar", "日报.md#1"]
    shown = at_terminal(command, papers.folder, environment={"LSQ_PAGER": "cat"})
    assert shown.code == 0
    assert "reprint: it has 100% of the text" in shown.text


def test_reprints_are_grouped_into_one_hit(papers: Program) -> None:
    plain = papers("search", "*", "--format", "jsonl").stdout
    every = [json.loads(line) for line in plain.splitlines()]
    assert len(every) == 3
    assert all("reprints" not in row for row in every)
    ran = papers("search", "*", "--group-reprints", "--format", "jsonl", "--sort", "path")
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert all(valid("line", row) for row in rows)
    assert [(row["rank"], row["path"], row["reprints"]) for row in rows] == [
        (1, "别的.md", []),
        (2, "日报.md", ["晚报.md#1"]),
    ]
    second = papers("search", "*", "--group-reprints", "--offset", "1", "--sort", "path")
    assert second.stdout.startswith("日报.md:")
    table = papers("search", "*", "--group-reprints", "--format", "tsv", "--sort", "path").stdout
    assert [line.split("\t")[-1] for line in table.splitlines()] == ["reprints", "", "晚报.md#1"]
    assert papers("search", "*", "--group-reprints", "-c").returncode == 2
    command = [sys.executable, "-m", "lsq", "search", "*", "--group-reprints"]
    shown = at_terminal(command, papers.folder, environment={"LSQ_PAGER": "cat"})
    assert "also in 晚报.md#1" in shown.text or "also in 日报.md#1" in shown.text
    assert "2 articles found" in shown.text


def test_groups_agree_with_comparing_all_pairs(known: Known) -> None:
    chosen = random.Random(30)
    made = []
    for number in range(30):
        body = news(number // 3)
        if number % 3 == 1:
            body += f"编辑：{news(2000 + number, 20)}"
        if number % 3 == 2 and chosen.random() < 0.5:
            body = body.replace(body[60:62], "12", 1)
        made.append(article(body, f"第{number}篇", f"{number:02}.txt"))
    engine = known(*made)
    matches = engine.search(Everything(), None, "path").best
    firsts, others = groups(engine, matches)
    wholes = [Body(squeeze(fold(one.body))) for one in made]
    expected: list[list[int]] = []
    for number, whole in enumerate(wholes):
        group = next((one for one in expected if are_reprints(whole, wholes[one[0]])), None)
        if group is None:
            expected.append([number])
        else:
            group.append(number)
    found = [[first, *others.get(first.key, [])] for first in firsts]
    assert [[match.path for match in group] for group in found] == [
        [made[number].path for number in group] for group in expected
    ]
    assert 10 < len(expected) < 30
