"""The server for assistants, called by the SDK's client on the real program, in Chinese."""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import mcp_types as types
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

import lsq as api
from lsq.mcp import bounded, serve, tools
from lsq.mcp.guide import INSTRUCTIONS
from lsq.output.citations import citation_record
from lsq.output.records import records
from lsq.search.tiers import MATCH
from tests.conftest import FIRST, SECOND, Program, clean_environment

Call = tuple[str, dict[str, Any]]


def asked(
    folder: Path, calls: Sequence[Call], index: str = "index"
) -> tuple[list[types.Tool], list[types.CallToolResult]]:
    """The tools of a server that is started in a folder, and what it answers to calls."""

    async def ask() -> tuple[list[types.Tool], list[types.CallToolResult]]:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "lsq", "mcp", "-i", index],
            cwd=folder,
            env=clean_environment(),
        )
        async with Client(stdio_client(server)) as client:
            listed = await client.list_tools()
            return listed.tools, [await client.call_tool(*call) for call in calls]

    return asyncio.run(ask())


CALLS: dict[str, Call] = {
    "info": ("info", {}),
    "found": ("search", {"query": "国土空间规划"}),
    "two": ("search", {"query": "丽水", "limit": 2, "snippets": 1}),
    "rest": ("search", {"query": "丽水", "limit": 2, "offset": 2}),
    "filtered": ("search", {"query": "丽水", "title": ["合作", "十四五"]}),
    "none": ("search", {"query": "国土空间归划"}),
    "any": ("search", {"query": "百山祖国家公园在哪里", "any": True}),
    "traditional": ("search", {"query": "國土空間規劃"}),
    "article": ("show", {"id": f"{SECOND}#1"}),
    "part": ("show", {"id": f"{SECOND}#1", "first_paragraph": 3, "last_paragraph": 4}),
    "past": ("show", {"id": f"{SECOND}#1", "first_paragraph": 9999}),
    "facets": ("facets", {"query": "丽水"}),
    "facet": ("facets", {"query": "丽水", "by": ["folder"], "top": 1}),
    "trend": ("trend", {"query": "丽水", "by": "folder"}),
    "cited": ("cite", {"name": f"{SECOND}#1"}),
    "citing": ("cite", {"name": f"{SECOND}#1", "direction": "to"}),
    "no query": ("search", {"query": "“国土"}),
    "no date": ("search", {"query": "国土", "since": "去年"}),
    "no such article": ("show", {"id": "nowhere.txt#1"}),
    "titled": ("show", {"id": "丽水“十四五”怎么干？"}),
    "no short query": ("search", {"query": "国土" * 10_000}),
    "no short mistake": ("search", {"query": "国土" * 2_000 + " (" + "规划" * 2_000}),
    "no short argument": ("search", {"query": "国土", "limit": ["规划"] * 10_000}),
    "no short id": ("show", {"id": "规划" * 10_000}),
    "no short name": ("规划" * 10_000, {}),
    "no such argument": ("search", {"query": "国土", "page": 2}),
    "no such number": ("search", {"query": "国土", "limit": 0}),
    "nothing": ("search", {}),
    "no such tool": ("delete", {}),
}


@pytest.fixture(scope="module")
def answers(lsq: Program) -> dict[str, types.CallToolResult]:
    _, answered = asked(lsq.folder, list(CALLS.values()))
    return dict(zip(CALLS, answered, strict=True))


def structured(result: types.CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content
    answer: dict[str, Any] = result.structured_content
    return answer


def said(result: types.CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    return content.text


def test_every_tool_only_reads(lsq: Program) -> None:
    listed, _ = asked(lsq.folder, [])
    assert {tool.name for tool in listed} == {tool.name for tool in tools.TOOLS}
    for tool in listed:
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        assert tool.output_schema is not None
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)


@pytest.mark.parametrize("name", [name for name in CALLS if not name.startswith("no")])
def test_answers_satisfy_their_schemas(answers: dict[str, types.CallToolResult], name: str) -> None:
    (tool,) = (one for one in tools.TOOLS if one.name == CALLS[name][0])
    answer = structured(answers[name])
    jsonschema.validate(answer, tool.output_schema())
    # As text it is the same, but for what is unknown or for programs alone.
    assert json.loads(said(answers[name])) == json.loads(bounded.as_text(answer))


def test_a_search_finds_what_the_command_line_finds(
    answers: dict[str, types.CallToolResult], lsq: Program
) -> None:
    found = structured(answers["found"])
    (hit,) = json.loads(lsq("search", "国土空间规划", "--format", "json").stdout)["hits"]
    assert (found["total"], found["hits"]) == (1, [hit])
    assert structured(answers["traditional"])["hits"] == [hit]
    assert structured(answers["any"])["hits"][0]["path"] == FIRST


def test_the_next_offset_continues_an_answer(answers: dict[str, types.CallToolResult]) -> None:
    two, rest = structured(answers["two"]), structured(answers["rest"])
    assert (two["total"], two["offset"], two["next_offset"]) == (3, 0, 2)
    assert (rest["total"], rest["offset"], rest["next_offset"]) == (3, 2, None)
    assert [hit["rank"] for hit in two["hits"] + rest["hits"]] == [1, 2, 3]


def test_filters_restrict_a_search(answers: dict[str, types.CallToolResult]) -> None:
    assert structured(answers["filtered"])["total"] == 2


def test_counts_are_those_of_the_command_line(
    answers: dict[str, types.CallToolResult], lsq: Program
) -> None:
    def printed(*command: str) -> list[dict[str, Any]]:
        lines = lsq(*command, "--format", "jsonl").stdout.splitlines()
        return [{**json.loads(line), "format_version": 1} for line in lines]

    def rows(name: str, listed: str) -> list[dict[str, Any]]:
        return [{**row, "format_version": 1} for row in structured(answers[name])[listed]]

    assert rows("facets", "facets") == printed("facets", "丽水")
    assert rows("facet", "facets") == printed("facets", "丽水", "--by", "folder", "--top", "1")
    *trend, summary = printed("trend", "丽水", "--by", "folder")
    assert rows("trend", "rows") == trend
    assert structured(answers["trend"])["summary"] == summary["summary"]


def test_hints_suggest_other_queries(answers: dict[str, types.CallToolResult]) -> None:
    hints = structured(answers["none"])["hints"]
    assert hints["missing"][0]["near"] == [{"query": "国土空间规划", "articles": 1}]
    assert hints["with_any"] == 2
    assert structured(answers["found"])["hints"] is None


def test_an_article_is_read_by_paragraphs(answers: dict[str, types.CallToolResult]) -> None:
    whole, part = structured(answers["article"]), structured(answers["part"])
    assert whole["title"] == "丽水“十四五”怎么干？"
    assert part["paragraphs"] == whole["paragraphs"][2:4]
    assert part["next_paragraph"] == 5
    assert structured(answers["titled"]) == whole
    past = structured(answers["past"])
    assert (past["paragraphs"], past["next_paragraph"]) == ([], None)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("no query", "this quote is not closed, at character 1 of “国土"),
        ("no date", "去年"),
        ("no such article", "nowhere.txt#1: no article has this id, number or title; search"),
        ("no short query", "at character 10001 of …"),
        ("no short mistake", "国土国土 ("),
        ("no short argument", "$.limit"),
        ("no short id", "规划规划: no article has this id"),
        ("no short name", "规划规划; there are: search"),
        ("no such argument", "'page'"),
        ("no such number", "$.limit"),
        ("nothing", "'query'"),
        ("no such tool", "no tool delete; there are: search, show, facets, trend, cite, info"),
    ],
)
def test_errors_are_reported_to_the_assistant(
    answers: dict[str, types.CallToolResult], name: str, reason: str
) -> None:
    assert answers[name].is_error
    assert reason in said(answers[name])
    assert len(said(answers[name]).encode()) < 5_000


def test_a_missing_index_does_not_end_the_server(fresh: Program) -> None:
    _, (first,) = asked(fresh.folder, [("info", {})])
    assert first.is_error
    assert "no index at index; make one with: lsq index PATH" in said(first)


def test_nothing_but_the_protocol_is_printed(lsq: Program) -> None:
    given = b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}\nnonsense\n'
    ran = subprocess.run(
        [sys.executable, "-m", "lsq", "mcp"],
        cwd=lsq.folder,
        env=clean_environment(),
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in ran.stdout.splitlines())


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[api.Index]:
    """An index of long articles, one of them without a line end."""
    folder = tmp_path_factory.mktemp("large")
    for number in range(60):
        text = f"第{number}条\n\n" + "数据安全“管理”办法。\n\n" * 300
        (folder / f"{number}.txt").write_text(text, "utf-8")
    (folder / "long.txt").write_text("网络安全审查" * 5_000, "utf-8")
    with api.open_index(str(folder / "index")) as index:
        index.update([str(folder)])
        yield index


def sent(answer: dict[str, Any]) -> int:
    """How many bytes are sent for an answer."""
    text = types.TextContent(text=bounded.as_text(answer))
    result = types.CallToolResult(content=[text], structured_content=answer)
    return len(result.model_dump_json(by_alias=True, exclude_none=True).encode())


SEARCH, SHOW, FACETS, TREND, CITE, INFO = tools.TOOLS


def test_all_hits_can_be_reached_in_answers_of_limited_size(large: api.Index) -> None:
    seen: list[str] = []
    offset: int | None = 0
    while offset is not None:
        answer = SEARCH.run(
            large, {"query": "数据安全", "limit": 50, "snippets": 10, "offset": offset}
        )
        assert len(answer["hits"]) >= 1
        assert sent(answer) <= bounded.LARGEST
        seen += [hit["id"] for hit in answer["hits"]]
        offset = answer["next_offset"]
    everything = records(large.search("数据安全"), explain=False)
    assert seen == [hit["id"] for hit in everything]


def test_all_paragraphs_of_a_long_article_can_be_reached(large: api.Index) -> None:
    (hit,) = large.search("网络安全审查")
    text = ""
    first: int | None = 1
    while first is not None:
        answer = SHOW.run(large, {"id": hit.article.id, "first_paragraph": first})
        assert sent(answer) <= bounded.LARGEST
        text += "".join(paragraph["text"] for paragraph in answer["paragraphs"])
        first = answer["next_paragraph"]
    assert text == hit.article.body


def test_references_are_those_of_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    law = "中华人民共和国网络安全法\n\n第一条　为了保障网络安全，制定本法。\n"
    cited = "根据《中华人民共和国网络安全法》第一条和《数据安全法》，通知如下。\n\n"
    Path("law.txt").write_text(law, "utf-8")
    Path("notice.txt").write_text("关于落实的通知\n\n" + cited * 200, "utf-8")
    with api.open_index("index") as index:
        index.update(["law.txt", "notice.txt"])
        expected = [citation_record(one) for one in index.citations("notice.txt#1")]
        seen: list[dict[str, Any]] = []
        offset: int | None = 0
        while offset is not None:
            answer = CITE.run(index, {"name": "notice.txt#1", "offset": offset})
            assert sent(answer) <= bounded.LARGEST
            seen += answer["references"]
            offset = answer["next_offset"]
        assert seen == expected
        assert len(expected) > 1
        assert CITE.run(index, {"name": "law.txt#1", "direction": "to"})["total"] >= 1


@given(st.lists(st.text(max_size=4_000), min_size=1, max_size=8))
def test_an_answer_is_never_too_large(texts: list[str]) -> None:
    answer: dict[str, Any] = {"hits": []}
    answer["hits"] = bounded.fitting([{"text": text, "title": text} for text in texts], answer)
    assert answer["hits"]
    assert sent(answer) <= bounded.LARGEST


def test_the_queries_in_the_guide_are_valid(large: api.Index) -> None:
    taught = INSTRUCTIONS.split("The query language:\n")[1].splitlines()
    queries = [re.split(r" {2,}", line)[1] for line in taught if line.startswith("  ")]
    assert len(queries) > 10
    for query in queries:
        large.count(query)


def test_the_guide_names_every_way_to_match() -> None:
    assert set(MATCH.values()) <= set(re.findall(r"\w+", SEARCH.description))


def test_without_the_extra_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, lsq: Program
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    monkeypatch.delitem(sys.modules, "lsq.mcp.server", raising=False)
    with pytest.raises(api.ExtraError, match=r"pip install 'lsq-bulletins\[mcp\]'"):
        serve(str(lsq.folder / "index"))
