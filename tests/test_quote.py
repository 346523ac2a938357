"""`lsq quote`: references in the standard forms, with the requested passages."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lsq as api
from lsq.hit import Snippet
from lsq.model import Article, Place, Places
from lsq.output.quotations import STYLES, gbt7714, markdown
from lsq.relations.quotations import Quotation, Stretch, quotation
from lsq.segment import Segmenter
from tests.conftest import SECOND, Program
from tests.factories import Factory, article, put
from tests.test_formats import ARTICLES

LAW = article(
    "第一条 为了节约用水。\n第二条 本条例自公布之日起施行。",
    "国务院办公厅关于印发《节水办法》的通知",
    path="laws/a.txt",
    date="2020-08-26",
    issuer="国务院办公厅",
    number="国办发〔2020〕12号",
)


def written(style: str, *quotations: Quotation) -> str:
    STYLES[style](quotations, out := io.StringIO())
    return out.getvalue()


TITLE = "国务院办公厅关于印发《节水办法》的通知"
UNSIGNED = {"number": None, "issuer": None}
SOCIETY = "全国信息与文献标准化技术委员会"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, f"国务院办公厅. {TITLE}: 国办发〔2020〕12号[Z]. 2020-08-26. laws/a.txt:1"),
        (
            {"issuer": "甲 乙、丙 丁", "paged": True, "number": None, "date": "2020"},
            f"甲, 乙, 丙, 等. {TITLE}[Z]. 2020: 1. laws/a.txt:p1",
        ),
        ({"title": "《节水办法》", "date": None, **UNSIGNED}, "节水办法[Z]. laws/a.txt:1"),
        (
            {"title": "《甲》和《乙》", **UNSIGNED},
            "《甲》和《乙》[Z]. 2020-08-26. laws/a.txt:1",
        ),
        (
            {"title": "文献著录", "number": "GB/T 3792.4—2009", "issuer": SOCIETY},
            f"{SOCIETY}. 文献著录: GB/T 3792.4—2009[S]. 2020-08-26. laws/a.txt:1",
        ),
        (
            {"title": "怎么干？", **UNSIGNED, "byline": "本报记者 蓝倞", "column": "要闻"},
            "蓝倞. 怎么干？[N]. 2020-08-26(要闻). laws/a.txt:1",
        ),
        (
            {
                "published": "2021-01-01",
                "date": None,
                "title": "国办发〔2020〕12号文",
                "issuer": None,
            },
            "国办发〔2020〕12号文[Z]. 2021-01-01. laws/a.txt:1",
        ),
        (
            {"sheet": "表", "title": "名单", **UNSIGNED, "date": None},
            "名单[Z]. laws/a.txt:表!1",
        ),
    ],
)
def test_a_reference_follows_the_standard(facts: dict[str, Any], expected: str) -> None:
    assert gbt7714(Quotation(LAW._replace(**facts))) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            {"number": None},
            "《国务院办公厅关于印发〈节水办法〉的通知》，国务院办公厅，2020年8月26日（`laws/a.txt:1`）",
        ),
        (
            {"title": "《节水办法》", "date": "2020-08", "issuer": "甲 乙"},
            "《节水办法》，甲、乙，国办发〔2020〕12号，2020年8月（`laws/a.txt:1`）",
        ),
        (
            {"title": "a*b_[c](d)", **UNSIGNED, "date": None, "path": "`a`"},
            r"《a\*b\_\[c\](d)》（`` `a`:1 ``）",
        ),
    ],
)
def test_a_source_in_markdown(facts: dict[str, Any], expected: str) -> None:
    assert markdown(Quotation(LAW._replace(**facts))) == expected


def test_passages_come_with_their_places() -> None:
    passages = (Snippet("1. 为了*节水*。", Place(3, None)), Snippet("施行。", Place(None, 4)))
    quoted = Quotation(LAW._replace(number=None, issuer=None, date=None), passages)
    assert written("gbt7714", quoted, Quotation(LAW)).splitlines() == [
        "[1] 国务院办公厅关于印发《节水办法》的通知[Z]. laws/a.txt:3",
        "第3行：1. 为了*节水*。",
        "第4页：施行。",
        f"[2] {gbt7714(Quotation(LAW))}",
    ]
    assert written("markdown", quoted) == (
        "> 1\\. 为了\\*节水\\*。（第3行）\n>\n> 施行。（第4页）\n\n"
        "——《国务院办公厅关于印发〈节水办法〉的通知》（`laws/a.txt:3`）\n"
    )


def entries(text: str) -> list[tuple[str, dict[str, str]]]:
    """The entries of a file of BibTeX: the key and the fields of each."""
    found = []
    for entry in re.split(r"^(?=@)", text, flags=re.MULTILINE)[1:]:
        head, *lines = entry.strip().splitlines()
        assert lines.pop() == "}"
        key = re.fullmatch(r"@misc\{([\w-]+),", head)
        assert key
        fields = dict(re.fullmatch(r"  (\w+) = \{(.*)\},", line).groups() for line in lines)  # type: ignore[union-attr,misc]
        found.append((key[1], fields))
    return found


def test_a_bibtex_entry_has_the_metadata() -> None:
    passage = Snippet("节约 50% 的水 & 电。", Place(7, None))
    first, second = entries(written("bibtex", Quotation(LAW, (passage,)), Quotation(LAW)))
    assert re.fullmatch(r"2020-[0-9a-f]{8}", first[0])
    assert second[0] == f"{first[0]}-2"
    assert first[1] == {
        "author": "{国务院办公厅}",
        "title": "{国务院办公厅关于印发《节水办法》的通知}",
        "number": "国办发〔2020〕12号",
        "date": "2020-08-26",
        "year": "2020",
        "mark": "Z",
        "howpublished": "laws/a.txt:7",
        "langid": "chinese",
        "annotation": r"节约 50\% 的水 \& 电。（第7行）",
    }
    assert "annotation" not in second[1]


@given(st.lists(ARTICLES, min_size=1, max_size=3))
def test_no_text_of_an_article_breaks_an_entry(articles: list[Article]) -> None:
    hostile = [one._replace(title=f"}}{one.title}\\{{@misc{{%") for one in articles]
    quotations = [Quotation(one, (Snippet(one.body, one.place(0)),)) for one in hostile]
    read = entries(written("bibtex", *quotations))
    assert len(read) == len({key for key, _ in read}) == len(articles)
    for _, fields in read:
        for value in fields.values():
            depth = 0
            for character in value:
                depth += {"{": 1, "}": -1}.get(character, 0)
                assert depth >= 0
            assert depth == 0
    for style in STYLES:
        text = written(style, *quotations)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", text)


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("43", Stretch(43, 43)),
        ("43-50", Stretch(43, 50)),
        ("４３", Stretch(43, 43)),
        ("p3", Stretch(3, 3, paged=True)),
        ("p3-p5", Stretch(3, 5, paged=True)),
        ("P3-5", Stretch(3, 5, paged=True)),
    ],
)
def test_places_are_parsed(text: str, stretch: Stretch) -> None:
    assert Stretch.of(text) == stretch


@pytest.mark.parametrize("text", ["", "0", "5-4", "x", "3-", "p", "9999999999"])
def test_invalid_places_are_refused(text: str) -> None:
    with pytest.raises(api.PlaceError, match="no place"):
        Stretch.of(text)


def test_passages_are_chosen_by_places_and_matches(
    whoosh: Factory, segmenter: Segmenter, tmp_path: Path
) -> None:
    long = article(
        "第一条 节约用水。\n第二条 保护水源。不得污染。\n第三条 节约用水。再说一遍。", "节水办法"
    )._replace(places=Places((0, 5, 15, 30), (1, 3, 5, 9)))
    engine = whoosh(tmp_path)
    put(engine, segmenter, [long, article("页。", "页", path="b.pdf", paged=True)])

    def passages(*args: object, **given: object) -> list[tuple[str, int | None]]:
        found = quotation(engine, "a.txt#1", *args, **given)  # type: ignore[arg-type]
        return [(one.text, one.place.line) for one in found.passages]

    assert passages() == []
    assert passages("污染") == [("不得污染。", 5)]
    assert passages("污染", around=1) == [
        ("第二条 保护水源。不得污染。 第三条 节约用水。", 5),
    ]
    assert [text for text, _ in passages("节约用水")] == ["第一条 节约用水。", "第三条 节约用水。"]
    assert passages("没有") == []
    assert passages(places=[Stretch(4, 5)]) == [("第二条 保护水源。不得污染。", 5)]
    assert passages(places=[Stretch(9, 99), Stretch(3, 3)]) == [
        ("第一条 节约用水。", 3),
        ("第三条 节约用水。再说一遍。", 9),
    ]
    assert passages("污染", places=[Stretch(5, 5)])[0] == ("第二条 保护水源。不得污染。", 5)
    with pytest.raises(api.PlaceError, match=r"a\.txt#1 has lines, not pages; write 3"):
        passages(places=[Stretch(3, 3, paged=True)])
    with pytest.raises(api.PlaceError, match=r"b\.pdf#1 has pages, not lines; write p3"):
        quotation(engine, "b.pdf#1", places=[Stretch(3, 3)])


def test_the_program_quotes(lsq: Program) -> None:
    ran = lsq("quote", f"{SECOND}#1", "--match", "百山祖", "--style", "gbt7714")
    assert (ran.returncode, ran.stderr) == (0, "")
    source, quoted = ran.stdout.splitlines()
    assert source.startswith("蓝倞. 丽水“十四五”怎么干？[N]. ")
    assert source.endswith(f". {SECOND}:271")
    assert quoted.startswith("第271行：高标准创成百山祖国家公园")
    nothing = lsq("quote", f"{SECOND}#1", "--match", "没有的话")
    assert nothing.returncode == 1
    assert nothing.stdout.count("\n") == 1
    assert f"{SECOND}#1: it has no such passage" in nothing.stderr
    for args in (["nothing#1"], [f"{SECOND}#1", "--at", "x"], [f"{SECOND}#1", "--context", "1"]):
        refused = lsq("quote", *args)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert refused.stderr


def test_a_program_in_python_quotes(indexed: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(indexed.folder)
    with api.open_index("index") as index:
        quoted = index.quote(f"{SECOND}#1", "百山祖")
    assert [one.place.line for one in quoted.passages] == [271]
