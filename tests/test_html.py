"""HTML pages: valid, self-contained, and text in them is never markup."""

import io
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lsq as lsq_api
from lsq.model import Article, Places
from lsq.output import FORMATS, OutputOptions
from lsq.output.html.elements import Html, element, escaped, joined, marked
from lsq.output.html.whole_page import style
from lsq.output.links import FILES, LinkFormat
from lsq.output.printable import sanitize
from lsq.search.request import SearchRequest
from lsq.search.searcher import search
from lsq.segment import Segmenter
from tests.conftest import SECOND, Program
from tests.factories import Factory, article, put
from tests.pages import Page
from tests.readers.samples import pdf
from tests.test_formats import ARTICLES, WILD, Shelf
from tests.test_likeness import news

NONE = re.compile("[\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0010ffff]")
MARKUP = st.sampled_from(
    [
        "</title><script>",
        "<!--",
        "]]>",
        "&amp;lt",
        '" onclick="x',
        "</style>",
        "\ufffe",
        "＜b＞&#0;",
    ]
)
TEXTS = st.lists(WILD | MARKUP, max_size=4).map("".join)


def visible(text: str) -> str:
    """A text as a page shows it."""
    return NONE.sub("\ufffd", sanitize(text))


def page_of(shelf: Shelf, query: str = "“国土”") -> Page:
    results = shelf.results()
    results.request = SearchRequest(query)
    out = io.StringIO()
    FORMATS["html"].write(results, out, OutputOptions(links=LinkFormat(FILES)))
    return Page(out.getvalue())


@settings(max_examples=40)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), max_size=3))
def test_marked_text_is_the_text_with_marks(text: str, steps: list[tuple[int, int]]) -> None:
    ranges, at = [], 0
    for gap, length in steps:
        if at + gap + length <= len(text):
            ranges.append((at + gap, at + gap + length))
            at += gap + length
    shown = Page(f"<!DOCTYPE html><title>a</title><p>{marked(text, ranges)}</p>")
    assert shown.said("p") == [visible(text)]
    assert shown.said("mark") == [visible(text[low:high]) for low, high in ranges]


@settings(max_examples=40)
@given(TEXTS)
def test_an_attribute_is_escaped(text: str) -> None:
    shown = Page(f"<!DOCTYPE html><title>a</title>{element('p', data_x=text, hidden=True)}")
    (paragraph,) = shown.elements("p")
    assert dict(paragraph.items()) == {"data-x": visible(text), "hidden": ""}


def test_markup_is_escaped_once() -> None:
    assert element("p", element("b", "<"), "&", None) == "<p><b>&lt;</b>&amp;</p>"
    assert escaped(joined(Html("<br>"), "<")) == "<br>&lt;"
    assert element("meta", name="a", content=None) == '<meta name="a">'
    assert Html("<b>").__html__() == "<b>"


@settings(max_examples=40)
@given(st.lists(ARTICLES, max_size=3), TEXTS)
def test_a_page_is_valid_whatever_is_found(articles: list[Article], query: str) -> None:
    page = page_of(Shelf(articles), query)
    assert not list(page.dangers())
    assert page.said("h1") == [visible(query)]
    assert len(page.elements("article")) == len(articles)
    assert len(set(page.identifiers())) == len(page.identifiers())
    titles = [visible(one.title) for one in articles if one.title]
    shown = [said.partition(" ")[2] for said in page.said("h3")]
    assert all(title in shown for title in titles)
    issuers = [visible(one.issuer) for one in articles if one.issuer]
    assert sorted(page.said("dd")) == sorted(issuers)


@settings(max_examples=40)
@given(TEXTS, TEXTS.filter(bool))
def test_titles_paths_and_texts_are_shown_as_they_are(title: str, path: str) -> None:
    hostile = article(f"{title}国土{title}", title or None, path=f"x{path}")
    page = page_of(Shelf([hostile]))
    (place,) = page.said("p", "place")
    assert place.startswith(visible(f"x{path}"))
    assert set(page.said("mark")) == {"国土"}


def shades(text: str) -> dict[str, str]:
    """The colours that variables of a style sheet have."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", text))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours: WCAG 2.2, relative luminance and contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        return sum(
            part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)
        )

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_text_has_enough_contrast() -> None:
    light, dark, printed = map(shades, re.findall(r":root \{(.*?)\}", style(), re.DOTALL))
    assert light.keys() == dark.keys() == printed.keys()
    texts = set(re.findall(r"(?<![-\w])color: var\(--([\w-]+)\)", style()))
    grounds = set(re.findall(r"background: var\(--([\w-]+)\)", style()))
    assert texts == {"ink", "soft", "link", "visited", "on-mark"}
    assert grounds == {"page", "panel", "mark"}
    for scheme in (light, dark, printed):
        for text in texts - {"on-mark"}:
            for ground in grounds - {"mark"}:
                assert contrast(scheme[text], scheme[ground]) >= 4.5, (text, ground, scheme)
        assert contrast(scheme["on-mark"], scheme["mark"]) >= 4.5
        # The focus ring: WCAG 2.2, 1.4.11.
        assert contrast(scheme["link"], scheme["page"]) >= 3
    # No text has a colour of its own.
    assert not re.findall(r"(?<![-\w])color: (?!var\()", style())


def test_a_page_has_the_query_the_numbers_the_hits_and_the_facets(lsq: Program) -> None:
    ran = lsq("search", "丽水", "--format", "html", "--context", "0")
    page = Page(ran.stdout)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert not list(page.dangers())
    assert page.elements("html")[0].get("lang") == "en"
    assert page.said("title") == ["丽水 – lsq"]
    assert page.said("p", "total") == ["3 articles found"]
    assert page.said("h2") == ["Literally", "Folder"]
    assert [one.get("id") for one in page.elements("article")] == ["hit-1", "hit-2", "hit-3"]
    assert set(page.said("mark")) == {"丽水"}
    uri = (lsq.folder / SECOND).as_uri()
    assert page.elements("article")[0].find(".//a").get("href") == uri
    (folder,) = page.elements("section", "facet")
    assert "".join(folder.itertext()) == "Folderfoundofseeds33"
    assert {one.get("lang") for one in page.elements("mark")} == {None}
    assert page.elements("bdi")[1].get("lang") == "zh"


def test_hits_are_divided_by_tier(whoosh: Factory, segmenter: Segmenter, tmp_path: Path) -> None:
    engine = whoosh(tmp_path)
    articles = [
        article("空间规划在国土。", path="words.txt"),
        article("国土空间规划在丽水。", path="text.txt"),
        article("丽水的规划。", "国土空间规划", path="title.txt"),
        article("国土空间规划条例。", "国土空间规划条例", path="heading.txt"),
    ]
    put(engine, segmenter, articles)
    results = search(engine, SearchRequest("国土空间规划"))
    FORMATS["html"].write(results, out := io.StringIO(), OutputOptions())
    page = Page(out.getvalue())
    assert page.said("ul", "tiers") == ["By title 1Literally 2By words only 1"]
    found = [
        (
            section.findtext("h2"),
            [one.text.partition(":")[0] for one in section.iterfind(".//p/span")],
        )
        for section in page.elements("section", "tier")
    ]
    assert found == [
        ("By title", ["title.txt"]),
        ("Literally", ["heading.txt", "text.txt"]),
        ("By words only", ["words.txt"]),
    ]
    results = search(engine, SearchRequest("国土空间规划", sort="path"))
    FORMATS["html"].write(results, out := io.StringIO(), OutputOptions())
    page = Page(out.getvalue())
    assert [section.findtext("h2") for section in page.elements("section", "tier")] == ["By path"]
    assert page.said("ul", "tiers") == ["By title 1Literally 2By words only 1"]


def test_a_page_is_in_the_language_of_its_reader(lsq: Program) -> None:
    page = Page(lsq("search", "丽水", "--format", "html", "--explain", LANG="zh_CN.UTF-8").stdout)
    assert page.elements("html")[0].get("lang") == "zh-Hans"
    assert page.said("p", "total") == ["共找到 3 篇文章"]
    assert not [one for one in page.elements() if one.get("lang") == "zh"]
    assert len(page.elements("details", "why")) == 3
    assert "得分" in page.said("pre")[0]


@pytest.mark.parametrize(
    ("sort", "heading"), [("-date", "By date, the newest first"), ("path", "By path")]
)
def test_another_order_has_no_tiers(lsq: Program, sort: str, heading: str) -> None:
    page = Page(lsq("search", "国土空间", "--any", "--sort", sort, "--format", "html").stdout)
    assert page.said("h2")[0] == heading
    assert len(page.elements("section", "tier")) == 1


def test_a_part_of_the_hits_is_said_to_be_one(lsq: Program) -> None:
    page = Page(lsq("search", "丽水", "-n", "1", "--offset", "1", "--format", "html").stdout)
    assert "hits 2 to 2" in page.said("p")
    assert page.said("p", "total") == ["3 articles found"]
    assert [one.get("id") for one in page.elements("article")] == ["hit-2"]


def test_nothing_found_is_a_page_too(lsq: Program) -> None:
    ran = lsq("search", "国土空间归划", "--format", "html")
    page = Page(ran.stdout)
    assert ran.returncode == 1
    assert "near to it: 国土空间规划" in ran.stderr
    assert page.said("p", "total") == ["0 articles found"]
    assert not page.elements("article")


def test_a_page_is_linked_and_a_reprint_is_named(fresh: Program) -> None:
    texts = fresh.folder / "texts"
    texts.mkdir()
    told = f"国土空间规划。{news(1)}"
    (texts / "a b#.pdf").write_bytes(pdf("国土资源的管理和保护。" * 9, "矿产资源的开采。" * 9))
    for name in ("a.txt", "b.txt"):
        (texts / name).write_text(told, "utf-8")
    assert fresh("index", "texts").returncode == 0
    page = Page(fresh("search", "矿产资源", "--format", "html").stdout)
    targets = [one.get("href") for one in page.elements("article")[0].iter("a")]
    uri = (texts / "a b#.pdf").as_uri()
    assert targets == [f"{uri}#page=2"] * len(targets)
    assert targets
    page = Page(fresh("search", "国土空间规划", "--group-reprints", "--format", "html").stdout)
    assert page.said("details", "reprints") == ["also intexts/b.txt#1"]
    bare = fresh("search", "矿产", "--format", "html", "--hyperlink-format", "none").stdout
    assert not Page(bare).elements("article")[0].findall(".//a")
    editor = fresh("search", "国土空间", "--format", "html", "--hyperlink-format", "vscode").stdout
    assert f'href="vscode://file{texts / "a.txt"}:1:1"' in editor


def test_hits_are_written_as_they_are_made() -> None:
    shelf = Shelf(article(path=f"{number}.txt") for number in range(3000))
    made: list[int] = []

    class Out(io.StringIO):
        def write(self, text: str) -> int:
            if "<article" in text:
                made.append(shelf.given)
            return super().write(text)

    FORMATS["html"].write(shelf.results(), Out(), OutputOptions())
    assert len(made) == 3000
    assert made == sorted(made)
    assert all(after - before <= 1 for before, after in pairwise(made))


def test_an_extract_of_a_sheet_and_recognised_text_say_so() -> None:
    sheet = Article("a.xlsx", 1, None, "国土", Places((0,), (7,)), sheet="人员<1>", ocr=True)
    page = page_of(Shelf([sheet]))
    assert page.said("p", "place") == ["a.xlsx:人员<1>!7 recognised (OCR)"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["search", "a", "-o", "--format", "html"], "-o prints lines: it does not go with html"),
        (["search", "a", "-0", "--format", "html"], "-0 goes with -l or --format plain"),
        (["search", "-", "--format", "html"], "need a format that names them"),
        (["search", "a", "-c", "--format", "html"], "--format sets how hits are printed"),
    ],
)
def test_options_that_html_does_not_support_are_refused(
    lsq: Program, args: list[str], message: str
) -> None:
    ran = lsq(*args)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert message in ran.stderr


def test_news_of_one_watch_are_a_page(indexed: Program, tmp_path: Path) -> None:
    data = str(tmp_path)
    for name in ("一", "二"):
        assert indexed("watch", "add", name, "丽水", XDG_DATA_HOME=data).returncode == 0
    both = indexed("watch", "run", "--format", "html", XDG_DATA_HOME=data)
    assert (both.returncode, both.stdout) == (2, "")
    assert "name one watch" in both.stderr
    page = Page(indexed("watch", "run", "一", "--format", "html", XDG_DATA_HOME=data).stdout)
    assert len(page.elements("article")) == 3


def test_a_program_writes_a_page(indexed: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(indexed.folder)
    out = io.StringIO()
    with lsq_api.open_index("index") as index:
        results = index.search("丽水", limit=2)
        lsq_api.write_html(results, out, facets=index.facets("丽水"), explain=True)
        with pytest.raises(ValueError, match="lacks"):
            lsq_api.write_html(results, out, hyperlink_format="nonsense")
    page = Page(out.getvalue())
    assert len(page.elements("article")) == len(page.elements("details", "why")) == 2
    assert page.elements("aside")
    assert SECOND in page.said("p", "place")[0]
