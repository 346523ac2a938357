"""The real program on the seeds, as a shell sees it."""

import json
import re
from pathlib import Path

import pytest

from lsq.segment import Segmenter
from lsq.text.fold import fold
from tests.conftest import FIRST, SECOND, Program

ESCAPE = "\x1b"


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("国土空间规划", [(FIRST, 1)]),
        ("习近平", [(FIRST, 109)]),  # broken over two lines of the file
        ("百山祖", [(FIRST, 43), (SECOND, 271)]),
        ('"绿水青山就是金山银山"', [(FIRST, 1)]),
        ("“绿水青山就是金山银山”", [(FIRST, 1)]),
        ("綠水青山", [(FIRST, 1)]),
        ("１＋３＋Ｎ", [(SECOND, 273)]),
        ("国务院", [(FIRST, 101)]),
        ("百山祖 -瓯江", [(SECOND, 271)]),
        ("百山祖 NOT 瓯江", [(SECOND, 271)]),
        ("瓯江 OR “1+3+N”", [(FIRST, 45), (SECOND, 273)]),
        ("瓯江｜(大花园 百山祖)", None),
        ("同句(百山祖 国家公园)", [(FIRST, 43), (SECOND, 271)]),
        ("SENTENCE（百山祖 -自然）", [(SECOND, 271)]),
        ("同段(百山祖 瓯江)", [(FIRST, 43)]),
        ("近／２０（百山祖 花园）", [(SECOND, 271)]),
        ('"1+3+n" near/400(百山祖 “廊道”)', [(SECOND, 271)]),
        ("/“.{4}”[^“]*“十四五”/", None),
        ("/１.３.Ｎ/", [(SECOND, 273)]),
        ("/^丽水“十四五”.*？$/", [(SECOND, 3)]),
        ("title:超市", [(FIRST, 146)]),
        ("标题：(超市 合作|十四五) path:000", [(FIRST, 146)]),
        ("* -path:000", [(SECOND, 3)]),
        ("title:/\\p{P}/ -date:*", [(FIRST, 146), (SECOND, 3)]),
        ("超市 阿里巴巴", None),
    ],
)
def test_a_search_points_at_file_and_line(
    lsq: Program, query: str, places: list[tuple[str, int]] | None
) -> None:
    ran = lsq("search", query, "--no-synonyms")
    assert (ran.returncode, ran.stderr) == (0, "")
    found = []
    for line in ran.stdout.splitlines():
        path, number, text = line.split(":", 2)
        assert text
        found.append((path, int(number)))
    assert found
    if places:
        assert sorted(found) == places


def test_arguments_are_one_query(lsq: Program) -> None:
    assert lsq("search", "百山祖", "-瓯江").stdout == lsq("search", "百山祖 -瓯江").stdout
    assert lsq("search", "-瓯江", "百山祖").stdout == lsq("search", "百山祖 -瓯江").stdout
    assert lsq("search", "百山祖", '-"瓯江"').stdout == lsq("search", "百山祖 -瓯江").stdout


@pytest.mark.parametrize(
    ("args", "places"),
    [
        (["--title", "超市"], [(FIRST, 146)]),
        (["--title", "超市", "--title", "十四五"], [(FIRST, 146), (SECOND, 3)]),
        (["--title", "超市 -合作"], []),
        (["--title", "超市|合作"], []),
        (["--title", "/超.*/"], []),
        (["百山祖", "--path", "004_"], [(SECOND, 271)]),
        (["百山祖", "--path", "004_", "--title", "超市"], []),
        (["瓯江 OR “阿里巴巴”", "--title", "超市"], [(FIRST, 148)]),
        (["--any", "瓯江 “阿里巴巴”", "--title", "超市"], [(FIRST, 148)]),
        (["瓯江 阿里巴巴", "--title", "超市"], []),
        (["--any", "瓯江 “阿里巴巴”"], [(FIRST, 45), (FIRST, 148)]),
        (["--any", "瓯江 阿里巴巴 -超市"], [(FIRST, 45)]),
        (["--any", "阿里巴巴 缙云", "--path", "004"], []),
        (["--since", "1900"], []),
        (["百山祖", "--until", "2030-01"], []),
        (["--kind", "通知"], []),
        (["--number", "12号"], []),
        (["百山祖", "--path", "seeds/*"], [(FIRST, 43), (SECOND, 271)]),
        (["百山祖", "--path", "004*.txt"], [(SECOND, 271)]),
        (["百山祖", "--path", "/seeds/"], []),
        (["百山祖", "--path", "./seeds"], [(FIRST, 43), (SECOND, 271)]),
        (["百山祖", "--path", "./seed"], []),
        (["百山祖", "--path", "."], [(FIRST, 43), (SECOND, 271)]),
        (["百山祖", "--path", "../*/seeds/**/*.txt"], [(FIRST, 43), (SECOND, 271)]),
    ],
)
def test_options_limit_and_relax(
    lsq: Program, args: list[str], places: list[tuple[str, int]]
) -> None:
    ran = lsq("search", *args)
    assert ran.returncode == (0 if places else 1)
    assert not (places and ran.stderr)
    found = [line.split(":", 2)[:2] for line in ran.stdout.splitlines()]
    assert sorted((path, int(line)) for path, line in found) == places


def test_a_path_may_be_absolute(lsq: Program) -> None:
    def found(path: str, folder: str = ".") -> list[str]:
        ran = lsq("search", "-l", "百山祖", "--sort", "path", "--path", path, folder=folder)
        return ran.stdout.splitlines()

    whole = str(lsq.folder)
    for path in (whole, f"{whole}/", f"{whole}/seeds", f"{whole}/s*", str(lsq.folder.parent)):
        assert found(path) == [FIRST, SECOND], path
        assert len(found(path, "seeds")) == 2, path
    assert found(f"{whole}/{SECOND}") == [SECOND]
    assert found(f"{whole}/seeds/0?4*") == [SECOND]
    assert found(f"{whole}/seed") == found(f"{whole}/*.txt") == found("/seeds/") == []


@pytest.mark.parametrize(
    ("args", "hits", "files"),
    [
        (["--any", "瓯江 “阿里巴巴”"], 2, [FIRST]),
        (["--kind", "通知"], 0, []),
    ],
)
def test_every_form_is_of_the_same_hits(
    lsq: Program, args: list[str], hits: int, files: list[str]
) -> None:
    assert lsq("search", "-c", *args).stdout == f"{hits}\n"
    assert lsq("search", "-l", *args).stdout.splitlines() == files
    assert lsq("search", "--format", "jsonl", *args).stdout.count("\n") == hits


@pytest.mark.parametrize(
    ("args", "first", "shown", "columns"),
    [
        (["--title", "\u200b"], "lsq: --title: this is empty", "\u200b", 0),
        (["--since", "2020-13"], "lsq: --since: a month is 1 to 12", "2020-13", 5),
        (["国土", "--until", "昨天"], "lsq: --until: not a date", "昨天", 0),
        (["--since", "2021", "--until", "2020"], "lsq: --until: this is before", "2020", 0),
    ],
)
def test_an_error_in_an_option_names_it(
    lsq: Program, args: list[str], first: str, shown: str, columns: int
) -> None:
    ran = lsq("search", *args)
    assert (ran.returncode, ran.stdout) == (2, "")
    reason, value, caret = ran.stderr.splitlines()
    assert reason.startswith(first)
    assert (value, caret) == (f"  {shown}", f"  {' ' * columns}^")


def test_a_pipe_gets_one_plain_line_a_hit(lsq: Program) -> None:
    ran = lsq("search", "国土空间规划", COLUMNS="20", FORCE_COLOR="1")
    assert ESCAPE not in ran.stdout
    assert len(ran.stdout.splitlines()) == 1
    assert re.fullmatch(rf"{FIRST}:1:.*国土空间规划.*\n", ran.stdout)


HIT: dict[str, type | tuple[type, ...]] = {
    "format_version": int,
    "rank": int,
    "id": str,
    "path": str,
    "line": (int, type(None)),
    "page": (int, type(None)),
    "sheet": (str, type(None)),
    "row": (int, type(None)),
    "title": (str, type(None)),
    "date": (str, type(None)),
    "published": (str, type(None)),
    "issuer": (str, type(None)),
    "number": (str, type(None)),
    "kind": (str, type(None)),
    "indexno": (str, type(None)),
    "subject": (str, type(None)),
    "column": (str, type(None)),
    "byline": (str, type(None)),
    "ocr": bool,
    "match": str,
    "score": (int, float),
    "snippets": list,
}


@pytest.mark.parametrize("query", ["国土空间规划", '"绿水青山就是金山银山"', "丽水 规划", "超市"])
def test_json_lines_are_as_documented(lsq: Program, segmenter: Segmenter, query: str) -> None:
    ran = lsq("search", query, "--format", "jsonl")
    hits = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [hit["rank"] for hit in hits] == list(range(1, len(hits) + 1))
    typed = fold(query.replace('"', ""))
    sought = {*typed.split(), *segmenter.query_words(typed)}
    for hit in hits:
        assert list(hit) == list(HIT)
        assert all(isinstance(hit[name], types) for name, types in HIT.items())
        assert hit["format_version"] == 1
        assert re.fullmatch(rf"{re.escape(hit['path'])}#\d+", hit["id"])
        assert hit["snippets"]
        for snippet in hit["snippets"]:
            assert list(snippet) == ["text", "line", "page", "sheet", "row", "highlights"]
            assert snippet["line"] >= hit["line"]
            assert snippet["highlights"]
            for start, end in snippet["highlights"]:
                assert fold(snippet["text"][start:end]) in sought
    ways = [hit["match"] for hit in hits]
    assert ways == sorted(ways, key=["title", "number", "literal", "words"].index)


def test_json_is_one_object(lsq: Program) -> None:
    ran = lsq("search", "丽水", "-n", "1", "--format", "json")
    whole = json.loads(ran.stdout)
    totals = ["total", "literal_total", "synonym_total"]
    assert list(whole) == ["format_version", "query", *totals, "hits"]
    lines = lsq("search", "丽水", "--format", "jsonl").stdout.splitlines()
    assert (whole["query"], whole["total"], len(whole["hits"])) == ("丽水", len(lines), 1)
    assert {"format_version": 1} | whole["hits"][0] == json.loads(lines[0])


def test_files_and_counts(lsq: Program) -> None:
    assert lsq("search", "-l", "百山祖").stdout.splitlines() in ([FIRST, SECOND], [SECOND, FIRST])
    assert len(lsq("search", "-l", "-n", "1", "百山祖").stdout.splitlines()) == 1
    hits = len(lsq("search", "丽水").stdout.splitlines())
    assert lsq("search", "-c", "丽水").stdout == f"{hits}\n"
    assert lsq("search", "-n", "1", "丽水").stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "printed"),
    [
        ([], ""),
        (["-l"], ""),
        (["-c"], "0\n"),
        (["--format", "jsonl"], ""),
        (["--format", "terminal"], ""),
        (["--explain"], ""),
        (
            ["--format", "json"],
            (
                '{"format_version": 1, "query": "国土空间归划", "total": 0, "literal_total": 0, '
                '"synonym_total": 0, "hits": []}\n'
            ),
        ),
    ],
)
def test_a_search_without_hits_exits_with_1_and_prints_hints(
    lsq: Program, options: list[str], printed: str
) -> None:
    ran = lsq("search", "国土空间归划", *options)
    assert (ran.returncode, ran.stdout) == (1, printed)
    assert ran.stderr.splitlines() == [
        "lsq: no article contains 国土空间归划, nor the word 归划",
        "lsq: near to it: 国土空间规划 (1 article)",
        "lsq: with --any: 2 articles: lsq search --any 国土空间归划",
    ]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["百山祖", "--since", "2020", "--kind", "通知"],
            ["without --since and --kind: 2 articles"],
        ),
        (
            ["百山祖 阿里巴巴"],
            [
                "no article contains 百山祖 阿里巴巴",
                "with --any: 3 articles: lsq search --any '百山祖 阿里巴巴'",
            ],
        ),
        (["魑魅"], ["no article contains 魑魅"]),
        (["魑魅", "--any"], ["no article contains 魑魅"]),
        (["魑魅", "--since=2020"], ["no article contains 魑魅"]),
        (
            ["魑魅 超市"],
            ["no article contains 魑魅", "with --any: 3 articles: lsq search --any '魑魅 超市'"],
        ),
        (["--since", "2020"], ["without --since: 3 articles"]),
        (["百山祖", "--offset", "2"], ["--offset skips all 2 hits"]),
        (["百山祖", "--offset", "2", "-l"], ["--offset skips all 2 hits"]),
    ],
)
def test_hints(lsq: Program, args: list[str], said: list[str]) -> None:
    ran = lsq("search", *args)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.splitlines() == [f"lsq: {line}" for line in said]


def test_quiet_tells_by_the_exit_code_alone(lsq: Program) -> None:
    for query, code in (("百山祖", 0), ("魑魅", 1)):
        for options in ([], ["-l"], ["-c"], ["--format", "json"]):
            ran = lsq("search", "-q", query, *options)
            assert (ran.returncode, ran.stdout, ran.stderr) == (code, "", "")


def test_hits_are_sorted_and_left_out(lsq: Program) -> None:
    def hits(*args: str) -> list[dict[str, object]]:
        lines = lsq("search", "丽水", "--format", "jsonl", *args).stdout.splitlines()
        return [json.loads(line) for line in lines]

    assert [hit["id"] for hit in hits("--sort", "path")] == sorted(
        f"{path}#{ordinal}" for path, ordinal in ((FIRST, 1), (FIRST, 2), (SECOND, 1))
    )
    for sort in ("relevance", "date", "-date", "path"):
        every = hits("--sort", sort)
        assert [hit["rank"] for hit in every] == [1, 2, 3]
        assert hits("--sort", sort, "--offset", "1") == every[1:]
        assert hits("--sort", sort, "--offset", "1", "-n", "1") == every[1:2]
        files = list(dict.fromkeys(f"{hit['path']}" for hit in every))
        printed = lsq("search", "-l", "丽水", "--sort", sort).stdout.splitlines()
        assert printed == files
        printed = lsq("search", "-l", "丽水", "--sort", sort, "--offset", "1").stdout.splitlines()
        assert printed == files[1:]


def test_explained_hits_can_be_told_from_explanations(lsq: Program) -> None:
    plain = lsq("search", "丽水 -超市").stdout
    explained = lsq("search", "丽水 -超市", "--explain").stdout
    starts = tuple(f"{path}:" for path in (FIRST, SECOND))
    lines = explained.splitlines(keepends=True)
    assert "".join(line for line in lines if line.startswith(starts)) == plain
    others = [line for line in lines if not line.startswith(starts)]
    assert all(re.match(rf"({FIRST}|{SECOND})-\d+-.", line) for line in others)
    assert "丽水 -超市 … yes" in others[0]
    shown = lsq("search", "丽水 -超市", "--explain", "--format", "terminal", COLUMNS="200").stdout
    for line in others:
        assert line.split("-", 2)[2].strip() in shown


def test_json_explains_its_scores(lsq: Program) -> None:
    for format_ in ("json", "jsonl"):
        ran = lsq("search", "丽水 超市", "--any", "--explain", "--format", format_)
        printed = [json.loads(line) for line in ran.stdout.splitlines()]
        hits = printed[0]["hits"] if format_ == "json" else printed
        assert len(hits) == 3
        for hit in hits:
            assert list(hit)[-1] == "explanation"
            explanation = hit["explanation"]
            parts = [term["score"] for term in explanation["terms"]]
            parts += explanation["rerank"].values()
            assert sum(parts) == pytest.approx(hit["score"], abs=1e-5)
            assert explanation["score"] == hit["score"]


@pytest.mark.parametrize(
    ("query", "name", "code", "first", "last"),
    [
        ("国土空间", f"{FIRST}#1", 0, f"{FIRST}#1 is hit 1", "in 2 of 3 articles"),
        ("百山祖", f"./{FIRST}#2", 1, f"./{FIRST}#2 does not match", "百山祖 … no, without 百山祖"),
        (
            "超市 --kind 通知",
            f"{FIRST}#2",
            1,
            f"{FIRST}#2 does not match",
            'kind:"通知" … no',
        ),
    ],
)
def test_an_article_is_explained_by_its_id(
    lsq: Program, query: str, name: str, code: int, first: str, last: str
) -> None:
    ran = lsq("search", *query.split(), "--explain-id", name)
    assert (ran.returncode, ran.stderr) == (code, "")
    lines = ran.stdout.splitlines()
    assert lines[0] == first
    assert lines[-1].endswith(last)
    ran = lsq("search", *query.split(), "--explain-id", name, "--format", "json")
    told = json.loads(ran.stdout)
    assert ran.returncode == code
    assert list(told) == ["format_version", "query", "id", "rank", "explanation"]
    assert told["explanation"]["verdict"]["matches"] == (code == 0) == (told["rank"] is not None)


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ('"未闭合', 0),
        ("国土 “未闭合", 5),
        ("a (b", 2),
        ("ａ）", 2),
        ("国土 题目：空间", 5),
        ("国土 /（一(/", 11),
    ],
)
def test_a_caret_stands_under_the_error(lsq: Program, query: str, columns: int) -> None:
    ran = lsq("search", query)
    assert (ran.returncode, ran.stdout) == (2, "")
    reason, shown, caret = ran.stderr.splitlines()
    assert reason.startswith("lsq: ")
    assert shown == f"  {query}"
    assert caret == f"  {' ' * columns}^"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["search"], "QUERY"),
        (["search", "--fromat", "json", "国土"], "--fromat"),
        (["search", "-x", "国土"], "-x"),
        (["search", "--sort", "size", "国土"], "--sort"),
        (["search", "--offset", "-1", "国土"], "--offset"),
        (["search", "-l", "--explain", "国土"], "do not go with"),
        (["search", "-i", "nowhere", "国土", "--explain-id", "a#1"], "no index at nowhere"),
        (["search", "-n", "-3", "国土"], "--limit"),
        (["search", "-i", "nowhere", "国土"], "no index at nowhere; make one with: lsq index"),
        (["info", "-i", "nowhere"], "no index at nowhere"),
        (["index"], "PATH…"),
        (["index", "nowhere"], "nowhere: "),
        (["index", "-i", "seeds", "seeds"], "not an lsq index"),
        (["nonsense"], "nonsense"),
    ],
)
def test_an_error_is_2_and_says_what_to_do(fresh: Program, args: list[str], said: str) -> None:
    ran = fresh(*args)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_indexing_twice_changes_nothing_and_what_is_gone_is_dropped(
    fresh: Program, tmp_path: Path
) -> None:
    def articles() -> str:
        return fresh("info").stdout.splitlines()[-1]

    ran = fresh("index", "seeds/")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert re.fullmatch(r"index: files: 2 added; articles: \d+; [0-9.]+ s\n", ran.stderr)
    before = articles()
    assert "files: 2 unchanged;" in fresh("index", "seeds/").stderr
    assert articles() == before
    (tmp_path / FIRST).unlink()
    assert "files: 1 unchanged, 1 dropped;" in fresh("index", "seeds/").stderr
    assert fresh("search", "-l", "百山祖").stdout == f"{SECOND}\n"
    assert articles() != before


def test_the_index_of_a_parent_folder_is_found(indexed: Program) -> None:
    ran = indexed("search", "-l", "瓯江", folder="seeds")
    assert ran.stdout == f"{Path(FIRST).name}\n"


def test_the_environment_names_the_index(fresh: Program) -> None:
    fresh("index", "seeds/", LSQ_INDEX="elsewhere")
    assert fresh("search", "瓯江").returncode == 2
    assert fresh("search", "瓯江", LSQ_INDEX="elsewhere").returncode == 0
    assert fresh("search", "瓯江", "-i", "elsewhere").returncode == 0


def test_version_and_help(lsq: Program) -> None:
    assert re.fullmatch(r"lsq \d+\.\d+\.\d+\n", lsq("--version").stdout)
    for command in ([], ["index"], ["search"], ["info"]):
        ran = lsq(*command, "--help")
        assert ran.returncode == 0
        assert "lsq " in ran.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["宅基地"], "lsq search 宅基地", id="a query for a command"),
        pytest.param(["宅基地", "超市 a"], "lsq search 宅基地 '超市 a'", id="two words"),
        pytest.param(["serach", "宅基地"], "Did you mean: lsq search?", id="near"),
        pytest.param(["grep", "宅基地"], "Did you mean: lsq search?", id="called otherwise"),
        pytest.param(["search", "国土", "--json"], "--format json?", id="--json"),
        pytest.param(["search", "国土", "-C", "2"], "--context?", id="-C"),
        pytest.param(["search", "国土", "-C2"], "--context?", id="-C2"),
        pytest.param(["search", "--fromat", "json", "国土"], "--format", id="a near option"),
        pytest.param(["search", "- 国土"], "'* NOT 国土'", id="a blank after a minus"),
        pytest.param(["search", "-5℃"], "'\"-5℃\"'", id="text after a minus"),
        pytest.param(["search", "国土", "-GDP"], "'NOT GDP'", id="a Latin word excluded"),
        pytest.param(["index", "seeds", "--jsno"], "--jsno", id="elsewhere"),
    ],
)
def test_a_first_mistake_gets_help(fresh: Program, args: list[str], said: str) -> None:
    ran = fresh(*args)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr


@pytest.mark.parametrize(
    ("query", "same"),
    [
        (["title:超市", "-title:规划"], "title:超市 -title:规划"),
        (["title:超市", "-标题：规划"], "title:超市 -title:规划"),
        (["title:超市", "-Title：超市"], "title:超市 -title:超市"),
        (["瓯江", "-sentence(瓯江 百山祖)"], "瓯江 -sentence(瓯江 百山祖)"),
        (["瓯江", "-near/9(瓯江 百山祖)"], "瓯江 -near/9(瓯江 百山祖)"),
        (["瓯江", "-/瓯江/"], "瓯江 -/瓯江/"),
        (["瓯江", "--sort", "-date"], "瓯江"),
    ],
)
def test_a_minus_before_a_field_or_function_excludes(
    lsq: Program, query: list[str], same: str
) -> None:
    ran = lsq("search", *query)
    assert ran.returncode < 2, ran.stderr
    assert ran.stdout == lsq("search", same).stdout


def test_a_folder_in_a_query_is_noted(lsq: Program, tmp_path: Path) -> None:
    said = "is a folder; to search in it: lsq search 瓯江 --path "
    ran = lsq("search", "瓯江", f"{tmp_path}/")
    assert f"{said}{tmp_path}/" in ran.stderr
    assert "is a folder" not in lsq("search", "瓯江").stderr


def test_words_of_ones_own_are_used_but_for_those_that_are_none(fresh: Program) -> None:
    (fresh.folder / "names.txt").write_text(
        "丽水“十四五” 3 n\nEdu Trust认证 2000\n浙西南革命精神\n", "utf-8"
    )
    ran = fresh("index", "--rebuild", "--user-dict", "names.txt", "seeds/")
    assert ran.returncode == 2
    first, second = ran.stderr.splitlines()
    assert first.startswith("lsq: names.txt:2: skipped: ")
    assert second.startswith("index: files: 2 added; articles: 3; ")
    for query, word in (
        ("丽水“十四五”怎么干", '丽水"十四五"'),
        ("浙西南革命精神", "浙西南革命精神"),
    ):
        ran = fresh("search", query, "--explain")
        assert f"word {word}" in ran.stdout, ran.stdout


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("瓯江 or 超市", "lsq: or is text here, not an operator; write OR"),
        ("国土*空间", "lsq: 国土*空间 is text here"),
        ("同句 (百山祖 瓯江)", "lsq: 同句 ( is text here"),
        ("1+3+N", ""),
        ("“国土*空间”", ""),
    ],
)
def test_text_that_looks_like_an_operator_is_noted(lsq: Program, query: str, said: str) -> None:
    for args in (["search", query], ["search", "-c", query]):
        ran = lsq(*args)
        assert said in ran.stderr
        assert bool(said) == ("is text here" in ran.stderr)


def test_hits_by_words_alone_are_announced(lsq: Program) -> None:
    ran = lsq("search", "规划国土")
    assert ran.returncode == 0
    assert ran.stderr == "lsq: no article contains 规划国土\n"
    assert lsq("search", "百山祖 瓯江").stderr == ""
    assert lsq("search", "*").stderr == ""
    assert lsq("search", "--any", "规划国土").stderr == ""
