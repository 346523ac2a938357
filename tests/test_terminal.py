"""Output at a terminal: complete, highlighted where it matched, and nothing else."""

import io
import os
import re
from collections.abc import Iterator, Sequence
from typing import cast
from unittest import mock

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from lsq.hit import Hit, Snippet, StoredArticle
from lsq.model import Article, Place
from lsq.output import OutputOptions
from lsq.output.linebreaks import width
from lsq.output.links import LinkFormat
from lsq.output.printable import sanitize
from lsq.output.terminal import articles, hits
from lsq.search.request import SearchRequest
from lsq.search.searcher import Results
from lsq.text.fold import fold
from tests.factories import article
from tests.signs import TEXTS
from tests.terminal import unstyled

MATCHES = {"1;31", "1;4;31"}


class Given:
    """Hits instead of a search for them."""

    request = SearchRequest("国土")

    def __init__(
        self, *hits: Hit, total: int | None = None, literal: int | None = None, synonym: int = 0
    ) -> None:
        self.hits = hits
        self.total = len(hits) if total is None else total
        self.literal_total = self.total if literal is None else literal
        self.synonym_total = synonym

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)


def printed(
    *found: Hit,
    columns: int = 40,
    colour: bool = False,
    total: int | None = None,
    literal: int | None = None,
    synonym: int = 0,
    link: str = "",
) -> str:
    out = io.StringIO()
    with mock.patch.dict(os.environ, COLUMNS=str(columns)):
        results = cast("Results", Given(*found, total=total, literal=literal, synonym=synonym))
        links = LinkFormat(link) if link else None
        hits.write(results, out, OutputOptions(colour=colour, links=links))
    return out.getvalue()


def hit(source: Article, *snippets: Snippet, rank: int = 1) -> Hit:
    return Hit(rank, 1.0, StoredArticle(source, fold(source.text), ()), snippets)


def marked(raw: str) -> str:
    """The text printed as a match."""
    style, found = "", ""
    for escape, text in re.findall(
        r"\x1b\[([0-9;]*)m|([^\x1b]+)", re.sub("\x1b]8.*?\\\\", "", raw)
    ):
        style = escape if not text else style
        found += text if style in MATCHES else ""
    return found


def bare(text: str) -> str:
    return "".join(text.split())


RULES = article("为了加强管理。", "管理办法", date="2020-08-26", issuer="丽水市人民政府")
SHOWN = """\
1. 管理办法  2020-08-26  丽水市人民政府
a.txt:3
 3  …规划、建设、管理的单位和个人应当遵
    守本办法。
12  国土

1 to 1 of 5 articles found
next: --offset 1; all: -n 0
"""


def test_a_hit() -> None:
    first = Snippet(
        "规划、建设、管理的单位和个人应当遵守本办法。", Place(3, None), ((6, 8),), begins=False
    )
    second = Snippet("国土", Place(12, None), ((0, 1),))
    raw = printed(hit(RULES, first, second), total=5, colour=True)
    assert unstyled(raw) == SHOWN
    assert marked(raw) == "管理国"


def test_facts_that_do_not_fit_stand_below() -> None:
    long = article("", "关于印发管理办法的通知的说明的通知", number="丽政发〔2020〕12号")
    head = printed(hit(long, Snippet("国", Place(1, None)))).splitlines()[:2]
    assert head == ["1. 关于印发管理办法的通知的说明的通知", "   丽政发〔2020〕12号"]


def test_the_beginning_is_shown_where_nothing_but_the_title_was_found() -> None:
    title = Snippet("管理办法", Place(1, None))
    assert printed(hit(RULES, title)).splitlines()[2] == " 1  为了加强管理。"


def test_a_snippet_that_is_the_title_is_not_repeated() -> None:
    title = Snippet("管理办法", Place(1, None), ((0, 2),))
    raw = printed(hit(RULES, title), colour=True)
    assert unstyled(raw).count("管理办法") == 1
    assert marked(raw) == "管理"


@pytest.mark.parametrize(
    ("ranks", "total", "closing"),
    [
        ((1,), 1, "1 article found"),
        ((1, 2), 1234, "1 to 2 of 1,234 articles found; next: --offset 2; all: -n 0"),
        ((3, 4), 4, "3 to 4 of 4 articles found"),
        ((), 0, ""),
    ],
)
def test_the_last_line_says_how_many_there_are(
    ranks: tuple[int, ...], total: int, closing: str
) -> None:
    found = [hit(RULES, Snippet("国", Place(1, None)), rank=rank) for rank in ranks]
    last = printed(*found, total=total, columns=200).splitlines()[-1:]
    assert "".join(last) == closing


def test_a_rule_parts_what_matches_literally_from_what_matches_by_words() -> None:
    found = [
        hit(article("国土"), Snippet("国土", Place(1, None)), rank=rank)._replace(match=match)
        for rank, match in enumerate(["title", "number", "literal", "words", "words"], 1)
    ]
    lines = printed(*found, total=353 + 24, literal=24).splitlines()
    rules = [number for number, line in enumerate(lines) if "words only ─" in line]
    assert len(rules) == 1
    assert lines[rules[0] + 2].startswith("4. ")
    assert "24 literally, 353 by words" in " ".join(lines[-3:])
    assert "─" not in printed(*found[3:], total=2, literal=0)
    assert "literally" not in printed(*found[:3])


def test_places_are_links_and_only_they() -> None:
    second = hit(RULES, Snippet("国", Place(3, None)), Snippet("土", Place(5, None)))
    raw = printed(second, colour=True, link="vscode")
    links = re.findall(r"\x1b\]8;id=[^;]*;([^\x1b]+)\x1b\\(?:\x1b\[[0-9;]*m)?([^\x1b]*)", raw)
    path = os.path.abspath("a.txt")
    assert links == [
        (f"vscode://file{path}:{line}:1", text)
        for line, text in [(3, "a.txt:3"), (3, "3"), (5, "5")]
    ]
    assert "\x1b]8" not in printed(second, colour=True)
    assert "\x1b" not in printed(second, link="vscode")


FACTS = st.one_of(st.none(), TEXTS)


@st.composite
def snippets(draw: st.DrawFn) -> Snippet:
    text = draw(TEXTS).replace("\n", " ")
    edges = sorted(draw(st.sets(st.integers(0, len(text)))))
    ranges = tuple(zip(edges[::2], edges[1::2], strict=False))
    place = draw(st.sampled_from([Place(7, None), Place(12345, None), Place(None, 3)]))
    return Snippet(text, place, ranges, draw(st.booleans()), draw(st.booleans()))


@given(
    st.builds(article, TEXTS, FACTS, TEXTS, date=FACTS, issuer=FACTS, number=FACTS),
    st.lists(snippets(), min_size=1, max_size=3),
    st.integers(40, 200),
)
@example(article("", None, ""), [Snippet("00\u00a0", Place(7, None), ((2, 3),))], 40)
def test_all_fits_nothing_is_obeyed_and_what_was_found_is_marked(
    source: Article, found: Sequence[Snippet], columns: int
) -> None:
    one = hit(source, *found)
    raw = printed(one, columns=columns, colour=True)
    text = unstyled(raw)
    assert text == printed(one, columns=columns)
    assert sanitize(text.replace("\n", "")) == text.replace("\n", "")
    for line in text.splitlines():
        assert width(line) <= columns
        assert cell_len(line) <= columns
    body = [snippet for snippet in found if snippet.text != source.title]
    title = [snippet for snippet in found if snippet.text == source.title][:1]
    assert bare(marked(raw)) == bare(
        "".join(
            sanitize(snippet.text[start:end])
            for snippet in (*title, *body)
            for start, end in snippet.highlights
        )
    )


LAW = article("为了加强国土\n空间规划，制定本办法。\n国土。", "管理办法", kind="办法")
READ = """\
a.txt:1
管理办法
kind: 办法

    为了加强国土
    空间规划，制定本办法。
    国土。

"""


def test_an_article_is_set_with_its_matches() -> None:
    out = io.StringIO()
    start = LAW.text.index("国土")
    ranges = [(0, 2), (start, start + 5), (len(LAW.text) - 3, len(LAW.text) - 1)]
    with mock.patch.dict(os.environ, COLUMNS="40"):
        first = articles.write([articles.Marked(LAW, ranges)], out, colour=True)
    assert unstyled(out.getvalue()) == READ
    assert marked(out.getvalue()) == "管理国土空间国土"
    assert first == 1


@given(
    st.builds(article, TEXTS, FACTS, TEXTS, issuer=FACTS),
    st.sets(st.integers(0, 50)),
    st.integers(40, 100),
)
def test_an_article_fits_and_is_whole(source: Article, edges: set[int], columns: int) -> None:
    assume("\n" not in (source.title or ""))  # a title is one line
    at = sorted(edge for edge in edges if edge <= len(source.text))
    ranges = list(zip(at[::2], at[1::2], strict=False))
    out = io.StringIO()
    with mock.patch.dict(os.environ, COLUMNS=str(columns)):
        articles.write([articles.Marked(source, ranges)], out, colour=True)
    text = unstyled(out.getvalue())
    assert all(max(width(line), cell_len(line)) <= columns for line in text.splitlines())
    assert bare(text).endswith(bare("".join(map(sanitize, source.body.split("\n")))))
    assert bare(marked(out.getvalue())) == bare(
        "".join(
            sanitize(part) for low, high in ranges for part in source.text[low:high].split("\n")
        )
    )
