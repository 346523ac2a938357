"""The forms of output for programs: what they say, and that nothing in them is obeyed."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from lsq import __version__
from lsq.engines import Engine, Match, TopDocs
from lsq.errors import QueryError
from lsq.hit import StoredArticle
from lsq.model import Article
from lsq.output import FORMATS, Batch, OutputOptions
from lsq.output.printable import write_paths
from lsq.output.tables import COLUMNS
from lsq.search.request import SearchRequest
from lsq.search.searcher import Results, search
from lsq.search.snippets.cuts import Cut, matches
from lsq.segment import Segmenter
from lsq.text.fold import fold, squeeze
from tests.conftest import FIRST, Program
from tests.factories import article

SCHEMA: dict[str, Any] = json.loads((files("lsq.output") / "schema.json").read_text("utf-8"))
OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
NAMING = [name for name, row in FORMATS.items() if row.names_query]
LINES = ["plain", "jsonl", "tsv", "csv"]


class Shelf:
    """An engine that gives all the articles it has, and remembers how many it gave."""

    location = ""
    segmenter = Segmenter()

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = list(articles)
        self.given = 0

    def search(self, *_: object) -> TopDocs:
        every = enumerate(self.articles)
        best = [Match(1.0, a.path, a.ordinal, n) for n, a in every]
        return TopDocs(len(best), best, [len(best)])

    def texts(self, found: Iterable[Match]) -> Iterator[bytes]:
        texts = (squeeze(fold(self.articles[match.key].text)) for match in found)
        return (text.encode("utf-8", "replace") for text in texts)

    def spaces(self, found: Iterable[Match]) -> Iterator[bytes]:
        return (b"" for _ in found)

    def found(self, found: Iterable[Match]) -> Iterator[StoredArticle]:
        for match in found:
            self.given += 1
            article = self.articles[match.key]
            yield StoredArticle(article, fold(article.text), ())

    def results(self, query: str = "“国土”", shown: "int | Cut" = 3) -> Results:
        return search(cast("Engine", self), SearchRequest(query), shown)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


# Half of the characters are such as terminals and formats give a meaning to.
WILD = st.text(
    st.one_of(
        st.sampled_from(
            "\x00\x07\t\r\x1b[31m\x7f\x85\x9b2J\u202e\u2066\u2028\u200f\ud800\udcff,\"';="
        ),
        st.characters(exclude_characters="\n"),
    ),
    min_size=1,
    max_size=12,
)
ARTICLES = st.builds(
    lambda path, title, body, issuer: article(
        path=path, title=title, body=f"{body}国土{body}", issuer=issuer
    ),
    WILD,
    st.none() | WILD,
    WILD,
    st.none() | WILD,
)


def written(name: str, results: Results, out: io.StringIO | None = None, **own: Any) -> str:
    out = out or io.StringIO()
    FORMATS[name].write(results, out, OutputOptions(**own))
    return out.getvalue()


def without_ends(name: str, text: str) -> str:
    """A text without what ends its lines and cells by the rules of its form."""
    ends = {"csv": ["\r\n"], "tsv": ["\n", "\t"]}
    for end in ends.get(name, ["\n"]):
        text = text.replace(end, "")
    return text


@given(st.lists(ARTICLES, max_size=3))
def test_no_format_prints_what_a_terminal_obeys(articles: list[Article]) -> None:
    results = Shelf(articles).results()
    for name in (name for name, row in FORMATS.items() if not row.binary):
        text = written(name, results)
        text.encode("utf-8")
        assert not OBEYED.search(without_ends(name, text))
    for null in (False, True):
        at_terminal = written("plain", results, Terminal(), null=null)
        write_paths(results.paths(), listed := Terminal(), null=null)
        for text in (at_terminal, listed.getvalue()):
            assert not OBEYED.search(text.replace("\n", "").replace("\0", "" if null else "\0"))


@given(st.lists(ARTICLES, max_size=3), st.sampled_from(NAMING), WILD)
def test_nor_does_an_answer_that_names_its_query(
    articles: list[Article], name: str, query: str
) -> None:
    results = Shelf(articles).results()
    results.request = SearchRequest(query)
    batch = Batch(FORMATS[name], out := io.StringIO(), OutputOptions())
    batch.write(results)
    batch.refuse(QueryError(query, 0, "no query"))
    assert not OBEYED.search(without_ends(name, out.getvalue()))
    out.getvalue().encode("utf-8")


@given(st.lists(ARTICLES, max_size=3))
def test_json_keeps_every_character(articles: list[Article]) -> None:
    results = Shelf(articles).results()
    whole = json.loads(written("json", results))
    lines = [json.loads(line) for line in written("jsonl", results).split("\n")[:-1]]
    assert [{"format_version": 1} | hit for hit in whole["hits"]] == lines
    facts = ("path", "title", "issuer")
    kept = [tuple(hit[name] for name in facts) for hit in lines]
    known = [tuple(getattr(one, name) for name in facts) for one in articles]
    assert sorted(kept, key=str) == sorted(known, key=str)


@given(st.lists(ARTICLES, max_size=3), st.sampled_from(["tsv", "csv"]))
def test_a_table_has_a_line_a_row_and_the_cells_of_its_columns(
    articles: list[Article], name: str
) -> None:
    text = written(name, Shelf(articles).results(shown=1))
    if name == "csv":
        table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert text.count("\r\n") == text.count("\n")
    else:
        table = [line.split("\t") for line in text.split("\n")[:-1]]
    assert table[0] == list(COLUMNS)
    assert len(table) == len(articles) + 1 == text.count("\n")
    assert all(len(row) == len(COLUMNS) for row in table)
    if name == "csv":
        assert not [value for row in table for value in row if value.startswith(tuple("=+-@＝"))]


@pytest.mark.parametrize(
    ("name", "title", "cell"),
    [
        ("tsv", '国\t土\r,"', '国 土 ,"'),
        ("csv", '国\t土\r,"', '"国 土 ,"""'),
        ("tsv", "=HYPERLINK()", "=HYPERLINK()"),
        ("csv", "=HYPERLINK()", "'=HYPERLINK()"),
        ("csv", "＋1", "'＋1"),
        ("csv", "-1,@", '"\'-1,@"'),
        ("csv", "1-1", "1-1"),
        ("tsv", "a\x1bb", "a\ufffdb"),
    ],
)
def test_a_cell_is_what_was_found_but_for_what_would_be_obeyed(
    name: str, title: str, cell: str
) -> None:
    sign = "\t" if name == "tsv" else ","
    row = written(name, Shelf([article(title=title)]).results()).splitlines()[1]
    assert row.split(sign, 5)[5].startswith(f"{cell}{sign}")


@pytest.mark.parametrize("name", LINES)
def test_the_first_line_is_written_before_the_second_hit_is_made(name: str) -> None:
    shelf = Shelf(article(ordinal=n) for n in range(1, 9))
    flushed: list[tuple[int, int]] = []

    class Pipe(io.StringIO):
        def flush(self) -> None:
            flushed.append((shelf.given, self.getvalue().count("国土")))

    written(name, shelf.results(), Pipe())
    assert flushed[0] == (1, 1)
    assert shelf.given == 8


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def valid(kind: str, value: object) -> bool:
    schema = SCHEMA | {"$ref": f"#/$defs/{kind}"}
    del schema["anyOf"]
    return bool(
        Draft202012Validator(schema).is_valid(value)
        and Draft202012Validator(SCHEMA).is_valid(value)
    )


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["-n", "1"],
        ["--explain"],
        ["--offset", "1", "--sort", "-date"],
        ["--snippets", "9"],
        ["--context", "1"],
        ["-o"],
        ["--any", "--until", "2030"],
    ],
    ids=" ".join,
)
def test_what_is_printed_is_as_the_schema_says(lsq: Program, options: list[str]) -> None:
    def answered(name: str, *queries: str) -> list[Any]:
        asked = "\n".join(queries).encode()
        ran = lsq.piped("search", "-", "--format", name, *options, given=asked)
        return [json.loads(line) for line in ran.stdout.splitlines()]

    queries = ["*", "国土空间规划", "/第[一二]/", "不存在的词语串"]
    *answers, refused = answered("json", *queries, "(")
    assert [answer["query"] for answer in answers] == queries
    assert all(valid("search", answer) for answer in answers)
    assert valid("refused", refused)
    lines = answered("jsonl", *queries)
    assert all(valid("line", line) for line in lines)
    assert lines == [
        {"format_version": 1} | hit | {"query": answer["query"]}
        for answer in answers
        for hit in answer["hits"]
    ]
    # A query that is asked alone has the same answer.
    assert json.loads(lsq("search", "*", "--format", "json", *options).stdout) == answers[0]
    alone = lsq("search", "*", "--format", "jsonl", *options).stdout.splitlines()
    assert [json.loads(line) | {"query": "*"} for line in alone] == [
        line for line in lines if line["query"] == "*"
    ]


@pytest.mark.parametrize("query", ["国土空间规划", "超市"])
def test_what_explains_an_article_is_as_the_schema_says(lsq: Program, query: str) -> None:
    ran = lsq("search", query, "--explain-id", f"{FIRST}#1", "--format", "json")
    assert valid("explained", json.loads(ran.stdout))


@given(ARTICLES, st.sampled_from(["date", "published", "number", "kind"]))
def test_the_schema_holds_for_any_article(known: Article, name: str) -> None:
    facts: dict[str, Any] = {name: "2020-08" if name in {"date", "published"} else "通知"}
    shelf = Shelf([known._replace(**facts), known._replace(paged=True, ordinal=2)])
    assert valid("search", json.loads(written("json", shelf.results(shown=matches()))))


@pytest.mark.parametrize(
    "change",
    [
        {"rank": 0},
        {"id": "a.txt"},
        {"line": 0},
        {"date": "2020-8"},
        {"title": 1},
        {"snippets": [{}]},
        {"snippets": [{"text": "国土", "line": 1, "page": None, "highlights": [[0]]}]},
        {"format_version": 2},
    ],
    ids=str,
)
def test_the_schema_is_not_content_with_anything(change: dict[str, Any]) -> None:
    hit = json.loads(written("jsonl", Shelf([article()]).results()))
    assert valid("line", hit)
    assert valid("line", hit | {"later": "more"})
    assert not valid("line", hit | change)
    for name in hit:
        assert not valid("line", {known: value for known, value in hit.items() if known != name})


def test_nul_ends_a_name(lsq: Program) -> None:
    plain = lsq("search", "瓯江").stdout
    assert lsq("search", "-0", "瓯江").stdout == plain.replace(f"{FIRST}:", f"{FIRST}\0")
    assert lsq("search", "-l0", "瓯江").stdout == f"{FIRST}\0"


def test_a_match_is_a_line(lsq: Program) -> None:
    found = lsq("search", "-o", "浙西南").stdout.splitlines()
    assert len(found) > 2
    assert all(line.endswith(":浙西南") for line in found)
    assert found[: found.index(f"{FIRST}:89:浙西南")] == [
        line for line in found if not line.startswith(FIRST)
    ]
    assert lsq("search", "-o", "--snippets", "1", "浙西南").stdout.count("\n") == 2
    rows = lsq("search", "-o", "浙西南", "--format", "csv").stdout.splitlines()
    assert len(rows) == len(found) + 1
    hits = map(json.loads, lsq("search", "-o", "浙西南", "--format", "jsonl").stdout.splitlines())
    snippets = [snippet for hit in hits for snippet in hit["snippets"]]
    assert [(s["text"], s["highlights"]) for s in snippets] == [("浙西南", [[0, 3]])] * len(found)
    ran = lsq("search", "-o", "*")
    assert (ran.returncode, ran.stdout) == (0, "")


def test_an_explanation_names_its_hit(lsq: Program) -> None:
    hit, *explained = lsq("search", "瓯江", "--explain", "-0").stdout.splitlines()
    assert re.match(rf"{FIRST}\0\d+:", hit)
    assert explained
    assert all(re.match(rf"{FIRST}\0\d+-", line) for line in explained)
    assert "-* … yes" in lsq("search", "*", "-o", "--explain").stdout


def test_so_many_snippets_are_lines(lsq: Program) -> None:
    one = lsq("search", "国土空间").stdout
    three = lsq("search", "国土空间", "--snippets", "3").stdout
    assert three.startswith(one)
    assert three.count("\n") == 3
    hit = json.loads(lsq("search", "国土空间", "--snippets", "2", "--format", "jsonl").stdout)
    assert len(hit["snippets"]) == 2


def test_what_an_index_is_is_as_the_schema_says(lsq: Program) -> None:
    printed = json.loads(lsq("info", "--format", "json").stdout)
    Draft202012Validator(SCHEMA | {"anyOf": [{"$ref": "#/$defs/info"}]}).validate(printed)
    assert (printed["files"], printed["articles"]) == (2, 3)
    assert printed["lsq"] == __version__
    assert lsq("info", "--skipped", "--format", "json").stdout == (
        '{"format_version": 1, "skipped": {}}\n'
    )
