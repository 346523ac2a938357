"""Measure how fast `lsq serve` answers, and its memory over many searches.

    python -m benchmarks.served [LOCATION] [--searches N]

LOCATION is an index of `laws/`; without it, one is made. The program is started and asked over one
connection after another, as by a browser: the time to start, the first page, a warm search of each
kind (the median of several), an article, a trend; then N searches (10,000) for words from titles,
and the peak memory of the process.

Prints Markdown, with processor times beside wall-clock times, which other programs prolong. It
needs the extra `serve`, and Linux for the memory.
"""

import argparse
import http.client
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import quote, urlencode, urlsplit

import psutil

import lsq
from benchmarks.corpora import CORPORA, QUERIES

SEARCHES = 10_000
# The repetitions of a search for its median.
REPEATED = 5
SEED = 20_261_129
# Bars in seconds and megabytes.
FIRST_PAGE, WARM, MEMORY = 0.5, 0.2, 120


class Served:
    """A running `lsq serve`."""

    def __init__(self, location: str) -> None:
        command = [sys.executable, "-m", "lsq", "serve", "--no-browser", "-i", location]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if self._process.stdout is None:
            raise RuntimeError("it has no output")
        address = urlsplit(self._process.stdout.readline().decode().strip())
        self._host, self._port = address.netloc, address.port or 0
        self._cookie = f"lsq_{self._port}={address.query.partition('=')[2]}"
        self._measured = psutil.Process(self._process.pid)

    def get(self, target: str) -> bytes:
        """Fetch a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=300)
        headers = {"Host": self._host, "Cookie": self._cookie, "Accept-Language": "zh"}
        connection.request("GET", target, headers=headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        if response.status != http.client.OK:
            raise RuntimeError(f"{target}: {response.status}")
        return content

    def processor(self) -> float:
        """The processor time used so far."""
        times = self._measured.cpu_times()
        return float(times.user + times.system)

    def memory(self) -> tuple[float, float]:
        """The megabytes of memory, now and at the peak."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text("utf-8").splitlines()
        sizes = {line.split()[0]: int(line.split()[1]) / 1024 for line in lines if " kB" in line}
        return sizes["VmRSS:"], sizes["VmHWM:"]

    def end(self) -> float:
        """Stop it; return the seconds until it has ended."""
        before = perf_counter()
        self._process.terminate()
        self._process.wait()
        return perf_counter() - before


def timed(served: Served, act: Callable[[], object]) -> tuple[float, float]:
    """The wall-clock and the processor seconds of a call."""
    clock, processor = perf_counter(), served.processor()
    act()
    return perf_counter() - clock, served.processor() - processor


def row(what: str, times: tuple[float, float], bar: float | None = None) -> str:
    """A row of the table."""
    wanted = "" if bar is None else f"{bar} s"
    return f"| {what} | {times[0]:.3f} s | {times[1]:.3f} s | {wanted} |"


def middle(served: Served, target: str) -> tuple[float, float]:
    """The median times of a page."""
    every = [timed(served, lambda: served.get(target)) for _ in range(REPEATED)]
    return median(clock for clock, _ in every), median(processor for _, processor in every)


def words(location: str) -> Iterator[str]:
    """An endless iterator of queries: one or two parts of titles."""
    with lsq.open_index(location, create=False) as index:
        titles = [hit.article.title for hit in index.search("*", 2_000, sort="path")]
    known = [title for title in titles if title]
    chance = random.Random(SEED)  # noqa: S311  # no secret, a fixed sample
    while True:
        pieces = []
        for _ in range(chance.randint(1, 2)):
            title = chance.choice(known)
            start = chance.randrange(len(title))
            pieces.append(title[start : start + chance.randint(2, 8)])
        yield quoted(" ".join(pieces))


def quoted(text: str) -> str:
    """Quote a text as a query."""
    return "".join(char if char.isalnum() else " " for char in text).strip() or "*"


def report(location: str, searches: int) -> None:
    """Measure, and print the table."""
    before = perf_counter()
    served = Served(location)
    started = perf_counter() - before
    print("| what | by the clock | processor | at most |\n|---|---|---|---|")
    print(f"| start | {started:.3f} s | {served.processor():.3f} s | {FIRST_PAGE} s |")
    print(row("first page", timed(served, lambda: served.get("/")), FIRST_PAGE))
    for query in QUERIES:
        target = f"/?{urlencode({'q': query.text})}"
        served.get(target)
        print(row(f"{query.kind}: `{query.text}`", middle(served, target), WARM))
    with lsq.open_index(location, create=False) as index:
        article = index.search("野生动物保护法", 1)[0].article.id
    beside = f"/?{urlencode({'q': '野生动物', 'id': article})}"
    print(row("an article beside its hits", middle(served, beside)))
    print(row("a trend by year", middle(served, f"/trend?q={quote('野生动物')}")))
    asked = words(location)
    clock, processor = timed(
        served, lambda: [served.get(f"/?{urlencode({'q': next(asked)})}") for _ in range(searches)]
    )
    now, most = served.memory()
    print(row(f"{searches:,} searches, each", (clock / searches, processor / searches)))
    print(row("end", (served.end(), 0.0), 1.0))
    print(f"\nMemory after these: {now:.0f} MB, at most {most:.0f} MB; wanted: {MEMORY} MB.")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("location", nargs="?")
    parser.add_argument("--searches", type=int, default=SEARCHES)
    given = parser.parse_args()
    if given.location:
        report(given.location, given.searches)
        return
    with tempfile.TemporaryDirectory() as folder:
        location = str(Path(folder, "index"))
        with lsq.open_index(location) as index:
            index.update([str(CORPORA / "laws")])
        report(location, given.searches)


if __name__ == "__main__":
    main()
