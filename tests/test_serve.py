"""`lsq serve`: authorisation, the content of pages, start and shutdown."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from threading import Event, Semaphore, Thread
from urllib.parse import quote, urlencode, urlsplit

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from lsq import open_index
from lsq.errors import BusyError
from lsq.index import Index
from lsq.indexing.indexer import Options
from lsq.readers.layout import PageContent, Run
from lsq.search.request import SearchRequest
from lsq.search.searcher import Results
from lsq.serve import sockets
from lsq.serve.app import App, _parameters
from lsq.serve.concurrency import ConcurrencyLimit
from lsq.serve.guard import Guard
from lsq.serve.page_request import PageRequest
from tests.conftest import SECOND, SEEDS, Program, clean_environment
from tests.readers.samples import printed

HOSTILE = "<script>alert(1)</script>"
# File name → title and text.
TEXTS = {
    "法.txt": "紫微条例\n\n（2019年3月1日通过）\n\n第一条　管理紫微。\n",
    "施行.txt": "紫微条例实施细则\n\n2020年5月1日\n\n第一条　根据《紫微条例》制定。\n",
    "坏'\"><img src=x onerror=alert(2)>.txt": f"{HOSTILE}关于毒物的通知\n\n毒物{HOSTILE}&amp;。\n",
    "长.txt": "".join(f"第{number}行写着绵延。\n\n" for number in range(20_000)),
    "x.md": "# 毒物 [点](javascript:alert(3))\n\n毒物\u202e反\x1b[31m。\n",
}


class Server:
    """The real program, serving the index of a folder."""

    def __init__(self, folder: Path, *args: str) -> None:
        environment = clean_environment() | {"PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "lsq", "serve", "--no-browser", *args]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert self.process.stdout
        self.address = self.process.stdout.readline().decode().strip()
        parts = urlsplit(self.address)
        self.host, self.port = parts.netloc, parts.port or 0
        self.entrance = f"/?{parts.query}"
        self.cookie = f"lsq_{self.port}={parts.query.partition('=')[2]}"

    def ask(
        self, target: str, method: str = "GET", **headers: str
    ) -> tuple[int, http.client.HTTPMessage, str]:
        """The status, the headers and the text of an answer."""
        status, answered, content = self.fetch(target, method, **headers)
        return status, answered, content.decode()

    def fetch(
        self, target: str, method: str = "GET", **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """The status, the headers and the content of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        given = {"Host": self.host, "Cookie": self.cookie, "Accept-Language": "en"} | headers
        try:
            connection.request(method, target, headers=given)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def page(self, **given: str) -> str:
        """A page that is as it should be."""
        status, _, text = self.ask(f"/?{urlencode(given)}")
        assert status == 200
        return text

    def end(self, number: int = signal.SIGTERM) -> int:
        """End it, and its exit code."""
        self.process.send_signal(number)
        self.process.communicate(timeout=60)
        return self.process.returncode


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    (folder / "seeds").mkdir()
    for seed in SEEDS.iterdir():
        (folder / "seeds" / seed.name).write_bytes(seed.read_bytes())
    (folder / "texts").mkdir()
    for name, text in TEXTS.items():
        (folder / "texts" / name).write_text(text, "utf-8")
    lines = [Run("玄武山公园占地九十公顷", 72, 182, 100, 10), Run("今年开放", 72, 112, 120, 10)]
    sheet = PageContent(595, 842, lines)
    (folder / "texts" / "页.pdf").write_bytes(printed([PageContent(595, 842, lines[1:]), sheet]))
    (folder / "secret.txt").write_text("绝密\n", "utf-8")
    index(folder, "index", "seeds", "texts")
    index(folder, "other", "texts/x.md")
    return folder


def index(folder: Path, name: str, *paths: str) -> None:
    with open_index(str(folder / name)) as opened:
        opened.update([str(folder / path) for path in paths])


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    made = Server(folder, "-i", "index", "-i", "other")
    yield made
    made.end()


class _Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(text: str) -> list[tuple[str, dict[str, str | None]]]:
    return _Elements(text).found


def links(text: str) -> list[str]:
    return [each["href"] or "" for tag, each in elements(text) if tag == "a"]


def test_the_token_becomes_a_cookie(server: Server) -> None:
    status, headers, _ = server.ask(server.entrance, Cookie="")
    assert (status, headers["Location"]) == (303, "/")
    cookie = headers["Set-Cookie"]
    assert cookie.startswith(server.cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert server.ask("/")[0] == 200


def test_a_link_from_another_site_goes_through_our_own_page(server: Server) -> None:
    # A browser sends no strict cookie to where a redirect of another site's link leads.
    status, headers, text = server.ask(
        server.entrance, Cookie="", **{"Sec-Fetch-Site": "cross-site"}
    )
    assert status == 200
    assert headers["Set-Cookie"].startswith(server.cookie)
    assert 'content="0; url=/"' in text


@pytest.mark.parametrize(
    ("target", "headers", "status"),
    [
        ("/", {"Cookie": ""}, 403),
        ("/", {"Cookie": "lsq=1"}, 403),
        ("/?token=", {"Cookie": ""}, 403),
        ("/?token=" + "A" * 43, {"Cookie": ""}, 403),
        ("/?ticket=", {"Cookie": ""}, 403),
        ("/?token=é", {"Cookie": ""}, 403),
        ("/style.css", {"Cookie": ""}, 403),
        ("/", {"Host": "evil.example"}, 421),
        ("/", {"Host": "127.0.0.1"}, 421),
        ("/", {"Host": "127.0.0.1:1"}, 421),
        ("/", {"Origin": "https://evil.example"}, 403),
        ("/", {"Origin": "null"}, 403),
        ("/", {"Origin": "http://127.0.0.1:1"}, 403),
    ],
)
def test_unauthorised_requests_are_refused(
    server: Server, target: str, headers: dict[str, str], status: int
) -> None:
    got, answered, text = server.ask(quote(target, safe="/?="), **headers)
    assert got == status
    assert "Set-Cookie" not in answered
    assert "<" not in text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_only_reading_is_answered(server: Server, method: str) -> None:
    status, headers, _ = server.ask("/", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


def test_a_ticket_is_good_once() -> None:
    guard = Guard(80, "token")
    target = guard.ticket().removeprefix("http://127.0.0.1:80")
    builder = EnvironBuilder(target, headers=[("Host", "127.0.0.1:80")])
    answers = [guard.refusal(Request(builder.get_environ())) for _ in range(2)]
    assert [answer and answer.status_code for answer in answers] == [303, 403]


@pytest.mark.parametrize(("port", "status"), [(80, 403), (81, 421)])
def test_the_usual_port_need_not_be_named(port: int, status: int) -> None:
    headers = [("Host", "127.0.0.1"), ("Origin", "http://127.0.0.1")]
    refused = Guard(port, "token").refusal(Request(EnvironBuilder(headers=headers).get_environ()))
    assert refused
    assert refused.status_code == status
    headers.append(("Cookie", f"lsq_{port}=token"))
    allowed = Guard(port, "token").refusal(Request(EnvironBuilder(headers=headers).get_environ()))
    assert (allowed is None) == (port == 80)


@pytest.mark.parametrize("target", ["/", "/style.css", "/script.js", "/none", "/?q=(", "/?id=x"])
def test_every_answer_is_protected(server: Server, target: str) -> None:
    for headers in (server.ask(target)[1], server.ask(target, Cookie="")[1]):
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert "Server" not in headers


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/seeds/000_6870835c1c1f66f0.txt",
        "//etc/passwd",
        "/?id=secret.txt%231",
        "/?id=..%2Fsecret.txt%231",
        "/?id=%2Fetc%2Fpasswd%231",
        "/?id=seeds%2F..%2Fsecret.txt%231",
        "/?id=secret.txt%231&page=1",
    ],
)
def test_only_articles_of_the_index_are_served(server: Server, target: str) -> None:
    status, _, text = server.ask(target)
    assert status == 404
    assert "绝密" not in text
    assert "root:" not in text


def test_a_query_of_a_megabyte_is_refused(server: Server) -> None:
    assert server.ask(f"/?q={'a' * (1 << 20)}")[0] == 431
    assert server.ask(f"/?q={'a' * 20_000}")[0] == 400  # by the query language
    assert server.ask("/", "GET", **{"Content-Length": "1048576"})[0] == 413
    assert server.ask("/?" + "&".join(f"a{n}=1" for n in range(1000)))[0] == 200
    assert "1 article found" in server.page(q="国土空间规划")


def test_connections_that_send_nothing_hold_up_nobody(server: Server) -> None:
    silent = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(100)]
    try:
        for one in silent[:50]:
            one.sendall(b"GET / HTTP/1.1\r\nHost:")
        assert "1 article found" in server.page(q="国土空间规划")
    finally:
        for one in silent:
            one.close()


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost:"])
def test_connections_that_send_nothing_are_closed(
    monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    for bound in ("_IDLE_SECONDS", "_REQUEST_SECONDS", "_CHECK_SECONDS"):
        monkeypatch.setattr(sockets, bound, 0.2)
    made = sockets._Server(0)
    try:
        Thread(target=made.run, daemon=True).start()
        with socket.create_connection(("127.0.0.1", made.effective_port)) as one:
            one.settimeout(60)
            # A byte from time to time does not keep the connection open.
            while True:
                one.sendall(sent)
                sent = b"x" if sent else b""
                one.settimeout(0.1 if sent else 60)
                try:
                    assert one.recv(1) == b""
                    break
                except TimeoutError:
                    continue
                except OSError:
                    break
    finally:
        made.close()


def test_a_browser_that_does_not_read_on_ends_nothing(server: Server) -> None:
    target = f"/?{urlencode({'q': '绵延', 'id': 'texts/长.txt#1'})}"
    head = f"GET {target} HTTP/1.1\r\nHost: {server.host}\r\nCookie: {server.cookie}\r\n\r\n"
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", server.port)) as one:
            one.sendall(head.encode())
            one.recv(1)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    assert server.process.poll() is None
    assert "1 article found" in server.page(q="国土空间规划")


def test_too_many_requests_at_once_are_refused() -> None:
    limit = ConcurrencyLimit(1, seconds=0)
    with limit.slot(), pytest.raises(BusyError), limit.slot():
        pass
    with limit.slot():
        pass


@pytest.fixture
def inside(folder: Path) -> Iterator[tuple[App, int]]:
    """A server in this process, and its port."""
    made = sockets._Server(0)
    app = App([str(folder / "index")], "never", Guard(made.effective_port, "token"))
    made.application = app
    Thread(target=made.run, daemon=True).start()
    yield app, made.effective_port
    made.close()


def answered(port: int, target: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        headers = {"Cookie": f"lsq_{port}=token", "Accept-Language": "en"}
        connection.request("GET", target, headers=headers)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_slow_searches_hold_up_no_other_and_are_bounded(
    inside: tuple[App, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, port = inside
    quick, begun, done = Index.answer, Semaphore(0), Event()

    def answer(index: Index, request: SearchRequest, snippets: int = 3) -> Results:
        if request.query == "slow":
            begun.release()
            assert done.wait(60)
        return quick(index, request, snippets)

    monkeypatch.setattr(Index, "answer", answer)
    app._indexes.searches = ConcurrencyLimit(3, seconds=0)
    with ThreadPoolExecutor(3) as threads:
        slow = [threads.submit(answered, port, "/?q=slow") for _ in range(2)]
        try:
            for _ in slow:
                assert begun.acquire(timeout=60)
            assert answered(port, f"/?q={quote('百山祖')}")[0] == 200
            slow.append(threads.submit(answered, port, "/?q=slow"))
            assert begun.acquire(timeout=60)
            status, text = answered(port, f"/?q={quote('百山祖')}")
            assert (status, "too many searches" in text) == (503, True)
            assert answered(port, "/style.css")[0] == 200
        finally:
            done.set()
        assert [one.result()[0] for one in slow] == [200] * 3


def test_facets_of_a_large_index_are_counted_on_request(
    inside: tuple[App, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lsq.serve.search_view._MAX_ARTICLES_FOR_FACETS", 1)
    target = f"/?q={quote('百山祖')}"
    text = answered(inside[1], target)[1]
    (link,) = (one for one in links(text) if "facets=1" in one)
    assert "<h2>Folder</h2>" not in text
    assert "<h2>Folder</h2>" in answered(inside[1], link)[1]


def test_a_search_has_hits_by_tier_and_facets(server: Server) -> None:
    text = server.page(q="丽水")
    assert "3 articles found" in text
    assert "<mark>丽水</mark>" in text
    assert "<h2>Literally</h2>" in text
    assert "<h2>By words only</h2>" in server.page(q="丽水国家公园")
    folder = next(link for link in links(text) if "path" in link)
    assert "seeds/004_b94f5e78ba0b3d53.txt" in server.ask(folder)[2]


def test_an_article_is_beside_the_hits(server: Server) -> None:
    text = server.page(q="百山祖", id="seeds/004_b94f5e78ba0b3d53.txt#1")
    assert 'id="article"' in text
    assert 'id="hit-1"' in text
    assert re.search('id="at-271".*?高标准创成<mark>百山祖</mark>国家公园', text)


def test_a_long_article_is_shown_in_parts(server: Server) -> None:
    first = server.page(q="绵延", id="texts/长.txt#1")
    assert "第1行" in first
    assert "第19999行" not in first
    assert len(first) < 2_000_000
    later = server.page(q="绵延", id="texts/长.txt#1", at="39999")
    assert "第19999行" in later
    assert 'id="at-39999"' in later
    onwards = [link for link in links(first) if "#at-" in link and "at=" in link][-1]
    assert server.ask(onwards.partition("#")[0])[0] == 200


def test_a_page_is_a_picture_with_its_matches_boxed(server: Server) -> None:
    hits = server.page(q="公园占地")
    target = next(link for link in links(hits) if "page=2" in link)
    found = elements(server.ask(target.partition("#")[0])[2])
    (image,) = (each for tag, each in found if tag == "image")
    (box,) = (each for tag, each in found if tag == "rect")
    assert [float(box[name] or 0) for name in ("x", "y", "width", "height")] == pytest.approx(
        [102, 91.2, 40, 10], abs=0.6
    )
    assert (image["width"], image["height"]) == ("595.00", "842.00")
    status, headers, data = server.fetch(image["href"] or "")
    assert (status, headers["Content-Type"]) == (200, "image/png")
    assert data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "target", ["/picture", "/picture?id=secret.txt%231&page=1", "/picture?id=texts/x.md%231&page=1"]
)
def test_there_are_pictures_of_nothing_else(server: Server, target: str) -> None:
    status, headers, text = server.ask(target)
    assert (status, headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert "绝密" not in text


def test_a_page_that_cannot_be_drawn_is_shown_as_text(server: Server) -> None:
    text = server.page(id="texts/页.pdf#1", page="9")
    assert "it has no page 9, only 2" in text
    assert "今年开放" in text


def test_an_article_leads_to_those_it_is_related_to(server: Server) -> None:
    text = server.page(id="texts/施行.txt#1", view="related")
    (law,) = (link for link in links(text) if quote("法.txt", safe="") in link)
    back = server.ask(law.partition("#")[0] + "&view=related")[2]
    assert any(quote("施行.txt", safe="") in link for link in links(back))


@pytest.mark.parametrize(("by", "period"), [("", "2019"), ("month", "2019-03")])
def test_a_trend_is_a_picture_and_a_table(server: Server, by: str, period: str) -> None:
    status, _, text = server.ask(f"/trend?{urlencode({'q': '紫微', 'by': by})}")
    assert status == 200
    assert text.count('class="bar') >= 2
    assert f'<th scope="row">{period}</th>' in text
    assert server.ask(f"/trend?{urlencode({'q': '紫微 ('})}")[0] == 400
    assert "No article" in server.ask(f"/trend?{urlencode({'q': '紫微', 'place': '1'})}")[2]


@pytest.mark.parametrize("query", ["紫微", "紫微 ("])
def test_another_language_is_that_of_the_same_page(server: Server, query: str) -> None:
    text = server.ask(f"/trend?{urlencode({'q': query, 'by': 'month'})}")[2]
    (other,) = (link for link in links(text) if "lang=" in link)
    assert other == f"/trend?{urlencode({'q': query, 'by': 'month', 'lang': 'zh'})}"


def test_an_error_shows_its_place(server: Server) -> None:
    status, _, text = server.ask(f"/?{urlencode({'q': '丽水 foo:规划'})}")
    assert status == 400
    assert '丽水 <span class="caret" title="here">f</span>oo:规划' in text


def test_a_search_without_hits_links_to_searches_with_hits(server: Server) -> None:
    text = server.page(q="国土空间归划")
    near, by_any = (link for link in links(text) if link.startswith("/?q=") and "lang" not in link)
    assert "1 article found" in server.ask(near)[2]
    assert "any_word=1" in by_any
    assert "articles found" in server.ask(by_any)[2]


def test_content_of_documents_is_escaped(server: Server) -> None:
    pages = [
        server.page(q="毒物"),
        server.page(q=f'毒物 OR "{HOSTILE}\'"'),
    ]
    pages += [server.page(q="毒物", id=f"texts/{name}#1") for name in TEXTS]
    pages += [server.ask(f"/?q={quote(HOSTILE)}(")[2], server.ask(f"/?id={quote(HOSTILE)}")[2]]
    for text in pages:
        found = elements(text)
        assert [each["src"] for tag, each in found if tag == "script"] == ["/script.js"]
        assert not [tag for tag, _ in found if tag == "img"]
        assert not [name for _, each in found for name in each if name.startswith("on")]
        assert all(link.startswith(("/", "#")) for link in links(text))
        assert not set("\x1b\u202e") & set(text)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[0]


def test_pages_are_in_the_language_of_the_browser(server: Server) -> None:
    chinese = server.ask("/?q=国土空间规划".translate(_QUOTED), **{"Accept-Language": "zh-TW, en"})
    assert 'lang="zh-Hans"' in chinese[2]
    assert "共找到 1 篇文章" in chinese[2]
    assert 'lang="en"' in server.ask("/")[2]
    headers = server.ask("/?lang=zh")[1]
    kept = headers["Set-Cookie"].partition(";")[0]
    assert 'lang="zh-Hans"' in server.ask("/", Cookie=f"{server.cookie}; {kept}")[2]


_QUOTED = {ord(char): quote(char) for char in "国土空间规划"}


def test_there_may_be_several_indexes(server: Server) -> None:
    text = server.page(q="丽水")
    assert [each["value"] for tag, each in elements(text) if tag == "option"][:2] == ["0", "1"]
    assert "no article contains 丽水" in server.page(q="丽水", place="1")
    assert "1 article found" in server.page(q="毒物", place="1")


def test_an_update_and_a_rebuild_are_seen(folder: Path) -> None:
    served = Server(folder, "-i", "fresh")
    assert "fresh" in served.process.communicate(timeout=60)[1].decode()  # there is none yet
    assert served.process.returncode == 2
    (folder / "new").mkdir()
    (folder / "new" / "a.txt").write_text("初始的甲\n", "utf-8")
    index(folder, "fresh", "new")
    served = Server(folder, "-i", "fresh")
    try:
        assert "no article contains" in served.page(q="后来的乙")
        (folder / "new" / "b.txt").write_text("后来的乙\n", "utf-8")
        index(folder, "fresh", "new")
        assert "1 article found" in served.page(q="后来的乙")
        with open_index(str(folder / "fresh")) as opened:
            opened.update([str(folder / "new" / "a.txt")], Options(rebuild=True))
        assert "no article contains" in served.page(q="后来的乙")
    finally:
        assert served.end() == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_asked_to(folder: Path, number: int) -> None:
    served = Server(folder, "-i", "index")
    with socket.create_connection(("127.0.0.1", served.port)):
        assert served.page()
        assert served.end(number) == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_it_ends_where_nobody_reads_its_address(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "lsq", "serve", "--no-browser", "-i", "index"]
    with os.fdopen(writing) as out:
        ran = subprocess.run(
            command,
            cwd=folder,
            env=clean_environment(),
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (-signal.SIGPIPE, b"")


def test_a_port_that_is_taken_is_an_error(folder: Path, server: Server) -> None:
    other = Server(folder, "-i", "index", "--port", str(server.port))
    printed = other.process.communicate(timeout=60)[1].decode()
    assert other.process.returncode == 2
    assert f"port {server.port}" in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"q": "丽水 a+b&c", "any_word": True, "facets": True, "sort": "-date", "start": 20},
        {"id": "a\udcff/b.txt#1", "page": 3, "at": 12, "place": 2, "literal": True},
    ],
)
def test_an_address_says_all_that_is_asked(given: dict[str, object]) -> None:
    asked = PageRequest()._replace(**given)  # type: ignore[arg-type]
    request = Request(EnvironBuilder(asked.url()).get_environ())
    assert PageRequest.parse(_parameters(request)) == asked


def test_an_index_on_a_cluster_is_served_like_one_in_a_folder(
    fresh: Program, cluster_url: str
) -> None:
    targets = [
        "/?q=%E4%B8%BD%E6%B0%B4",
        f"/?q=%E7%99%BE%E5%B1%B1%E7%A5%96&id={SECOND}%231",
        f"/?id={SECOND}%231&view=related",
        "/trend?q=%E4%B8%BD%E6%B0%B4",
        "/?q=(",
    ]
    answers = []
    for location in ("index", f"{cluster_url}served"):
        assert fresh("index", "seeds/", "-i", location).returncode == 0
        server = Server(fresh.folder, "-i", location)
        try:
            answers.append([server.ask(target)[::2] for target in targets])
        finally:
            assert server.end() == 0
    assert [status for status, _ in answers[0]] == [200, 200, 200, 200, 400]
    for one, other in zip(*answers, strict=True):
        assert one == other
