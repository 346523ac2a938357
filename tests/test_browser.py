"""The pages of `lsq serve` in a real browser: Debian's Chromium, without a window."""

import os
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect, sync_playwright

from tests.browser import CHROMIUM, needs_chromium
from tests.conftest import FIRST, SECOND
from tests.test_serve import Server, folder, server

__all__ = ["folder", "server"]

pytestmark = [pytest.mark.browser, needs_chromium]

WIDTHS = (400, 800, 1400)
SCHEMES = ("light", "dark")
# All kinds of pages.
PAGES = {
    "start": "/",
    "hits": "/?q=丽水",
    "article": f"/?q=百山祖&id={SECOND}%231",
    "picture": "/?q=公园占地&id=texts/页.pdf%231&page=2",
    "related": "/?id=texts/施行.txt%231&view=related",
    "trend": "/trend?q=紫微",
    "error": "/?q=丽水 (",
    "nothing": "/?q=国土空间归划",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Chromium has no sandbox for root.
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield made
        made.close()


class Reader:
    """Somebody with a browser, who opened the address that was printed.

    Attributes:
        page: the page.
        foreign: the addresses elsewhere that were asked for.
        wrong: what the console said, and dialogs.
    """

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.page: Page = context.new_page()
        self.base = f"http://{server.host}"
        self.foreign: list[str] = []
        self.wrong: list[str] = []
        self.page.on("request", lambda one: self._note(one.url))
        self.page.on("console", lambda one: self.wrong.append(one.text))
        self.page.on("pageerror", lambda one: self.wrong.append(str(one)))
        self.page.on("dialog", self._dismiss)
        self.page.goto(server.address)

    def _dismiss(self, dialog: Dialog) -> None:
        self.wrong.append(dialog.message)
        dialog.dismiss()

    def _note(self, url: str) -> None:
        if not url.startswith(f"{self.base}/"):
            self.foreign.append(url)

    def go(self, target: str) -> Page:
        """Open a page."""
        self.page.goto(self.base + target)
        return self.page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


@pytest.fixture
def reader(browser: Browser, server: Server) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="en")
    made = Reader(context, server)
    yield made
    context.close()
    assert not made.foreign


def test_search_narrow_read(reader: Reader) -> None:
    page = reader.page
    assert page.url == f"{reader.base}/"  # without the token
    page.get_by_label("Search for").fill("丽水")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".total")).to_have_text("3 articles found")
    page.locator("#facets").get_by_role("link", name="seeds").click()
    expect(page.get_by_label("Search for")).to_have_value(re.compile("path"))
    expect(page.locator(".total")).to_have_text("3 articles found")
    page.get_by_label("Search for").fill("百山祖")
    page.keyboard.press("Enter")
    page.locator(".hit h3 a").nth(1).click()
    mark = page.locator("#article mark").first
    expect(mark).to_have_text("百山祖")
    expect(mark).to_be_in_viewport()  # though the text is long
    expect(page.locator("#hit-2")).to_be_visible()


def test_matches_are_boxed_where_the_layout_has_them(reader: Reader) -> None:
    page = reader.go("/?q=公园占地")
    page.locator(".hit .place a").first.click()
    picture, box = page.locator(".page svg"), page.locator(".box")
    whole, part = picture.bounding_box(), box.bounding_box()
    assert whole
    assert part
    scale = (whole["width"] - 2) / 595  # it has a border
    # Where the test has set it, on a page of 595 by 842 points.
    wanted = (102 * scale, 91.2 * scale, 40 * scale, 10 * scale)
    got = (part["x"] - whole["x"], part["y"] - whole["y"], part["width"], part["height"])
    assert got == pytest.approx(wanted, abs=3)
    drawn = page.evaluate(
        "async () => { const one = new Image(); one.src = document.querySelector('image')"
        ".getAttribute('href'); await one.decode(); return [one.width, one.height]; }"
    )
    assert drawn[0] / drawn[1] == pytest.approx(595 / 842, rel=0.01)


def test_an_error_points_at_its_place(reader: Reader) -> None:
    page = reader.go("/?q=丽水 foo:规划")
    caret = page.locator(".caret")
    assert caret.inner_text() == "f"
    assert page.get_by_label("Search for").input_value() == "丽水 foo:规划"
    page = reader.go("/?q=国土空间归划")
    page.get_by_role("link", name="国土空间规划").click()
    expect(page.locator(".total")).to_have_text("1 article found")


def test_what_documents_say_is_not_run(reader: Reader) -> None:
    page = reader.go("/?q=毒物")
    assert "<script>alert(1)</script>" in page.locator("#hits").inner_text()
    for number in range(page.locator(".hit h3 a").count()):
        page = reader.go("/?q=毒物")
        page.locator(".hit h3 a").nth(number).click()
        expect(page.locator("#article")).to_be_visible()
    assert reader.wrong == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_and_everybody_can_use_them(
    browser: Browser, server: Server, width: int, scheme: str
) -> None:
    """No page is wider than the window; none has what axe-core finds wrong."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="zh-CN" if width == 800 else "en",
    )
    try:
        reader = Reader(context, server)
        for name, target in PAGES.items():
            page = reader.go(target)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, name
            if width == 1400 or (width == 400 and scheme == "dark"):
                found = Axe().run(page)
                assert not found.response["violations"], (name, found.generate_report())
    finally:
        context.close()


def test_all_works_without_script(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en")
    try:
        reader = Reader(context, server)
        page = reader.page
        page.fill("#q", "公园占地")
        page.click("button")
        page.click("#facets a")
        page.click(".hit h3 a")
        assert "玄武山公园占地" in page.inner_text("#article")
        page.click(".tabs >> text=Page 2")
        expect(page.locator(".box")).to_have_count(1)
        page.click("text=Versions, citations")
        expect(page.locator(".related h2")).to_have_count(3)
        page.click("text=over time")
        expect(page.locator(".total")).to_be_visible()
        page.click(".language")
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    finally:
        context.close()


def test_keys_are_enough(reader: Reader) -> None:
    page, box = reader.page, reader.page.locator("#q")
    expect(box).to_be_focused()
    page.keyboard.type("百山祖")
    reader.press("Enter")
    expect(page.locator(".total")).to_have_text("2 articles found")
    page.wait_for_load_state()
    # With the keys that every page has.
    reader.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    reader.press("Enter")
    expect(page.locator("#hits")).to_be_focused()
    reader.press("Tab")
    expect(page.locator("#hits a").first).to_be_focused()
    # And with lsq's own.
    reader.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("jk")  # in the box they are letters
    expect(box).to_have_value("jk")
    reader.press("Escape", "j", "j", "k", "j")
    expect(page.locator("#hit-2 h3 a")).to_be_focused()
    reader.press("Enter")
    expect(page.locator("#article .place")).to_contain_text(SECOND)
    page.wait_for_load_state()
    reader.press("n")
    expect(page.locator("#article mark").first).to_be_focused()
    expect(page.locator("#hit-1")).to_contain_text(FIRST)
