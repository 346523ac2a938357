"""References are found as a reader finds them, and resolved to the right version."""

import csv
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lsq.engines import Engine
from lsq.errors import UnknownIdError
from lsq.model import Article
from lsq.relations.citations import Citation, citations, cited_by, graph, most_cited
from lsq.relations.references import references
from lsq.segment import Segmenter
from lsq.text.fold import fold
from tests.conftest import Program
from tests.factories import Factory, article, put
from tests.terminal import at_terminal
from tests.test_formats import valid

Known = Callable[..., Engine]


def read(text: str) -> list[tuple[str, str, str]]:
    """The references of a text: form, the likeliest name, pinpoint."""
    return [(one.form, one.names[0], one.pinpoint) for one in references(fold(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("根据《中华人民共和国水法》制定。", [("quoted", "中华人民共和国水法", "")]),
        ("《关于修改〈水法〉的决定》", [("quoted", "关于修改《水法》的决定", "")]),
        ("《水法》（2016年修正）第三条", [("quoted", "水法", "第三条")]),
        ("《民法典》合同编第五百条", [("quoted", "民法典", "第五百条")]),
        ("依照刑法第二百三十三条定罪", [("bare", "依照刑法", "第二百三十三条")]),
        (
            "本法第三条、第五条第二款",
            [("self", "本法", "第三条"), ("self", "本法", "第五条第二款")],
        ),
        (
            "水法第三条第（一）项、第（三）项",
            [("bare", "水法", "第三条第(一)项"), ("bare", "水法", "第三条第(三)项")],
        ),
        ("水法第三条至第五条的规定", [("bare", "水法", "第三条至第五条")]),
        ("刑法第二百五十三条之一", [("bare", "刑法", "第二百五十三条之一")]),
        ("按照国发〔2019〕3号文件", [("number", "国发(2019)3号", "")]),
        ("《通知》（国发〔2019〕3号）", [("quoted", "通知", "")]),
        ("第三条 有下列情形的", []),
        ("水法\n第三条 为了", []),
        ("该法第三条", []),
        ("《没有完的名字\n下一段》", []),
    ],
)
def test_references_are_found_in_a_text(text: str, found: list[tuple[str, str, str]]) -> None:
    assert read(text) == found


def test_an_alias_stands_for_its_name() -> None:
    text = fold("《关于适用公司法的解释》（以下简称《解释》）。解释第三条，《解释》第四条。")
    _, bare, quoted = references(text)
    assert bare.names == ("解释", "关于适用公司法的解释")
    assert quoted.names == ("关于适用公司法的解释", "解释")


PIECES = [
    "《",
    "》",
    "〈",
    "刑法",
    "第三条",
    "第二款",
    "（以下简称",
    "）",
    "本法",
    "〔2019〕",
    "3号",
    "\n",
    "和",
    "、",
    "至",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_references_never_overlap(text: str) -> None:
    folded = fold(text)
    last = 0
    for one in references(folded):
        low, high = one.printed
        assert 0 <= low < high <= len(text)
        assert one.pinned == (0, 0) or last <= one.pinned[0] < one.pinned[1] <= len(text)
        assert one.names
        last = max(last, one.pinned[1])


@pytest.fixture
def known(factory: Factory, tmp_path: Path, segmenter: Segmenter) -> Iterator[Known]:
    engine = factory(tmp_path)
    with engine:

        def filled(*articles: Article) -> Engine:
            put(engine, segmenter, articles)
            return engine

        yield filled


def law(path: str, title: str, body: str = "第一条 水。", **facts: Any) -> Article:
    return article(body, title, f"{path}.txt", **facts)


def targets(found: list[Citation]) -> list[str | None]:
    return [one.target.id if one.target else None for one in found]


def test_a_name_leads_to_the_version_of_the_citing_text(known: Known) -> None:
    engine = known(
        law("old", "中华人民共和国水法", date="2002-08-29"),
        law("new", "中华人民共和国水法（2016修正）", date="2016-07-02"),
        law("air", "大气污染防治条例", "依照水法第三条。", date="2010"),
        law("water", "水污染防治条例", "《水法》第三条。", date="2020"),
        law("first", "节约用水办法", "《水法》，《大气防治条例》", date="1999"),
        law("none", "河道办法", "《水法》"),
        law("said", "河湖办法", "2002年8月29日通过的《水法》", date="2021"),
    )
    for name, target, version in (
        ("air", "old.txt#1", "current"),
        ("water", "new.txt#1", "current"),
        ("first", "old.txt#1", "later"),
        ("none", "new.txt#1", "undated"),
        ("said", "old.txt#1", "named"),
    ):
        (one, *others) = citations(engine, [f"{name}.txt#1"])
        assert one.target, name
        assert (one.target.id, one.version) == (target, version), name
        assert all(
            other.target is None for other in others
        )  # a similar name is a different document
    assert {one.source.id for one in cited_by(engine, ["old.txt#1"])} == {
        "air.txt#1",
        "first.txt#1",
        "said.txt#1",
    }
    assert len(cited_by(engine, ["水法"])) == 5
    assert {one.source.id for one in cited_by(engine, ["new.txt#1"])} == {
        "water.txt#1",
        "none.txt#1",
    }


def test_the_issuer_before_a_title_may_be_left_out(known: Known) -> None:
    engine = known(
        law("court", "最高人民法院关于审理水案件的解释"),
        law("here", "甲市人民代表大会常务委员会关于修改条例的决定", issuer="甲市人大常委会"),
        law(
            "a",
            "办法",
            "《关于审理水案件的解释》，甲市人民代表大会常务委员会《关于修改条例的决定》",
        ),
        law("b", "细则", "《乙市人民政府关于审理水案件的解释》，《关于修改条例的决定》"),
    )
    assert targets(citations(engine, ["a.txt#1"])) == ["court.txt#1", "here.txt#1"]
    assert targets(citations(engine, ["b.txt#1"])) == [None, None]
    assert [one.id for one in [one.source for one in cited_by(engine, ["court.txt#1"])]] == [
        "a.txt#1"
    ]


def test_a_number_leads_to_its_document(known: Known) -> None:
    engine = known(
        law("a", "甲通知", number="国发〔2019〕3号"),
        law("b", "乙通知", "按照国发[2019] 3号和国发〔2019〕4号，《丙通知》（国发〔2019〕3号）"),
    )
    assert targets(citations(engine, ["乙通知"])) == ["a.txt#1", None, "a.txt#1"]
    assert len(cited_by(engine, ["国发〔2019〕3号"])) == 2


def test_a_pinpoint_leads_to_the_part_of_a_code_that_has_it(known: Known) -> None:
    engine = known(
        law("1", "民法典", "第一条 甲。\n第二条 乙，本法第三条。", date="2020-05-28"),
        law("2", "民法典", "第三条 丙，本法第二条。", date="2020-05-28"),
        law("3", "解释", "民法典第三条、第二条。", date="2021"),
    )
    assert targets(citations(engine, ["3.txt#1"])) == ["2.txt#1", "1.txt#1"]
    assert targets(citations(engine, ["1.txt#1", "2.txt#1"])) == ["2.txt#1", "1.txt#1"]


def test_an_unknown_name_is_refused(known: Known) -> None:
    engine = known(law("a", "水法"))
    for name in ("土地法", "a.txt#2", "《》"):
        with pytest.raises(UnknownIdError):
            citations(engine, [name])


TITLES = ["水法", "大气法", "关于水法的解释", "甲市关于水法的解释", "最高人民法院关于大气法的解释"]
SAID = [
    "《水法》",
    "《大气法》第三条",
    "依照水法第一条",
    "本法第二条、第三条",
    "《关于水法的解释》",
    "《最高人民法院关于大气法的解释》（以下简称《解释》）",
    "《解释》第二条",
    "国发〔2019〕3号",
    "\n第二条 ",
    "。",
]
LAWS = st.lists(
    st.tuples(
        st.sampled_from(TITLES),
        st.lists(st.sampled_from(SAID), max_size=6).map("".join),
        st.sampled_from([None, "2010", "2015-03-01", "2020-05"]),
        st.sampled_from([None, "国发〔2019〕3号"]),
    ),
    min_size=1,
    max_size=6,
)


def test_one_article_and_the_whole_graph_agree(
    factory: Factory, tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    many = 8 if request.node.get_closest_marker("cluster") else 60

    @settings(max_examples=many, suppress_health_check=list(HealthCheck))
    @given(LAWS)
    def agree(laws: list[tuple[str, str, str | None, str | None]]) -> None:
        with factory(tmp_path_factory.mktemp("index")) as engine:
            made = [
                law(str(number), title, f"第一条 甲。{body}", date=date, number=sign)
                for number, (title, body, date, sign) in enumerate(laws)
            ]
            put(engine, segmenter, made)
            whole = list(graph(engine))
            for one in made:
                assert citations(engine, [one.id]) == [c for c in whole if c.source.id == one.id]
                assert cited_by(engine, [one.id]) == [
                    c for c in whole if c.target and c.target.id == one.id != c.source.id
                ]
            cited = most_cited(whole)
            assert sum(one.references for one in cited) == sum(
                1 for c in whole if c.target and c.form != "self" and c.target.id != c.source.id
            )

    agree()


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> Program:
    folder = tmp_path_factory.mktemp("laws")
    texts = {
        "水法(2016-07-02).md": "# 水法\n\n第一条 为了节水，制定本法。\n\n第二条 适用本法第一条。\n",
        "办法(2020-01-01).md": "# 节水办法\n\n第一条 根据《水法》和《=没有的法》，制定本办法。\n\n"
        "第二条 违反水法第二条的，处罚。\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    program = Program(folder)
    assert program("index", ".").returncode == 0
    return program


def test_the_program_prints_references_in_every_format(laws: Program) -> None:
    plain = laws("cite", "节水办法")
    assert plain.stdout.splitlines() == [
        "办法(2020-01-01).md:3:《水法》 → 水法(2016-07-02).md#1",
        "办法(2020-01-01).md:3:《=没有的法》 → ?",
        "办法(2020-01-01).md:5:水法第二条 → 水法(2016-07-02).md#1",
    ]
    lines = laws("cite", "--format", "jsonl").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) == 4
    assert all(valid("reference", row) for row in rows)
    tsv = [line.split("\t") for line in laws("cite", "--format", "tsv").stdout.splitlines()]
    assert [dict(zip(tsv[0], row, strict=True))["text"] for row in tsv[1:]] == [
        row["text"] for row in rows
    ]
    table = list(csv.DictReader(laws("cite", "--format", "csv", "节水办法").stdout.splitlines()))
    assert table[1]["name"] == "'=没有的法"
    assert list(table[0]) == [name for name in rows[0] if name != "format_version"]
    dot = laws("cite", "--format", "dot").stdout
    assert '"办法(2020-01-01).md#1" -> "水法(2016-07-02).md#1" [label="2"];' in dot
    assert "style=dashed" in dot


def test_the_program_counts_citations(laws: Program) -> None:
    assert laws("cite", "--top", "5").stdout.split() == ["1", "2", "水法"]
    rows = [
        json.loads(one)
        for one in laws("cite", "--top", "9", "--format", "jsonl").stdout.splitlines()
    ]
    assert all(valid("cited", row) for row in rows)
    assert laws("cite", "--top", "5", "--unresolved").stdout.split() == ["1", "1", "=没有的法"]
    assert laws("cite", "--to", "水法", "-n", "1").stdout.count("\n") == 1
    assert laws("cite", "--unresolved").stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["水法"], 0),
        (["--to", "节水办法"], 1),
        (["水法", "--unresolved"], 1),
        (["--since", "2021"], 1),
        (["--to", "水法", "--since", "2019"], 0),
        (["--to", "水法", "--since", "2021"], 1),
        (["没有这部法"], 2),
        (["--to"], 2),
        (["--from", "--to", "水法"], 2),
        (["--top", "3", "--format", "dot"], 2),
    ],
)  # fmt: skip
def test_the_exit_code_shows_whether_there_is_a_reference(
    laws: Program, args: list[str], code: int
) -> None:
    ran = laws("cite", *args)
    assert ran.returncode == code, ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_terminal_shows_the_targets_of_references(laws: Program) -> None:
    command = [sys.executable, "-m", "lsq", "cite", "节水办法"]
    shown = at_terminal(command, laws.folder, environment={"LSQ_PAGER": "cat"})
    assert shown.code == 0
    assert "节水办法" in shown.text
    assert "《水法》 → 水法 (2016-07-02)" in shown.text
    assert "not in the index" in shown.text
    assert "3 references" in shown.text


@pytest.mark.parametrize(
    "command",
    [["cite"], ["cite", "--to"], ["similar"], ["diff", "seeds/000_6870835c1c1f66f0.txt#1"]],
)
def test_a_name_of_no_article_is_refused_as_an_unknown_id(lsq: Program, command: list[str]) -> None:
    told = lsq(*command, "网络安全法")
    assert told.returncode == 2
    assert "has this number or title; search for it with lsq search" in told.stderr
    assert "has this id" in lsq(*command, "seeds/none.txt#1").stderr
