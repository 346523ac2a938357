"""Measure whether counts in laws are correct, and how long counting takes.

    python -m benchmarks.counted

Run it from the repository; it takes two minutes. `benchmarks.corpora` says where the corpora are.
Counts and first occurrences are compared with a scan of all articles. Times are those of the whole
program, the median of five rounds in which the commands run in turn; those of trends and facets
are also given without the start of the program. Missed bars are reported on stderr, and the exit
code is then 1.
"""

import math
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import rjieba

from benchmarks.corpora import CORPORA
from lsq.index import Index, open_index
from lsq.query.days import days_of
from lsq.text.fold import IDEOGRAPH, fold, squeeze

LAWS = "laws"
ROUNDS = 5
# It occurs some 10,000 times in 3,502 laws.
FREQUENT = '"处罚"'
WORDS = f"[\u4e00-\u9fd5]+|{IDEOGRAPH}|[^\\W_{IDEOGRAPH[1:-1]}]{{1,64}}"
ENDS = re.compile("[。!?;…]")
PHRASES = (
    "碳达峰 数据安全 网络安全 绿水青山就是金山银山 国土空间规划 生态文明 乡村振兴 放管服 "
    "人工智能 个人信息保护 公益诉讼 营商环境 一带一路 长三角 共同富裕 行政处罚 社会信用 "
    "垃圾分类 电子商务 双随机"
).split()


class Bars:
    """Prints measures beside their bars, and counts the misses."""

    def __init__(self) -> None:
        self.missed = 0
        print("| measure | value | bar |\n|---|---|---|")

    def most(self, name: str, value: float, bar: float, unit: str = "s") -> None:
        """Check that a value is at most a bar."""
        self._row(name, f"{value:.2f} {unit}", f"≤ {bar:g} {unit}", is_met=value <= bar)

    def least(self, name: str, value: float, bar: float, unit: str) -> None:
        """Check that a value is at least a bar."""
        self._row(name, f"{value:.1f} {unit}", f"≥ {bar:g} {unit}", is_met=value >= bar)

    def same(self, name: str, value: object, expected: object) -> None:
        """Check that two values are equal."""
        self._row(name, f"{value}", f"{expected}", is_met=value == expected)

    def _row(self, name: str, value: str, bar: str, *, is_met: bool) -> None:
        print(f"| {name} | {value} | {bar} |")
        if not is_met:
            self.missed += 1
            print(f"missed: {name}: {value}, not {bar}", file=sys.stderr)


def run(location: str, *args: str) -> tuple[float, int]:
    """Run lsq; return its seconds and the number of printed lines."""
    command = [sys.executable, "-m", "lsq", args[0], "-i", location, *args[1:]]
    started = time.perf_counter()
    printed = subprocess.run(command, capture_output=True, check=True).stdout
    return time.perf_counter() - started, printed.count(b"\n")


def program_times(location: str, bars: Bars) -> None:
    """Time the commands beside a search, and compare the numbers of lines."""
    commands = {
        "search": ("search", FREQUENT, "-n", "10"),
        "every match": ("search", FREQUENT, "-o", "-n", "0"),
        "kwic, first 50 sorted": ("kwic", FREQUENT, "--sort", "right", "-n", "50"),
        "kwic, all": ("kwic", FREQUENT, "--format", "jsonl"),
        "collocates": ("collocates", FREQUENT, "--format", "jsonl"),
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    lines: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            seconds, lines[name] = run(location, *command)
            times[name].append(seconds)
    taken = {name: statistics.median(values) for name, values in times.items()}
    bars.same("lines of kwic, as matches of search -o", lines["kwic, all"], lines["every match"])
    first = taken["kwic, first 50 sorted"] / taken["search"]
    bars.most("kwic, first 50 sorted, beside search -n 10", first, 6, "×")
    bars.most("kwic, all as jsonl", taken["kwic, all"], 2)
    bars.most("collocates", taken["collocates"], 3)


def library_times(index: Index, bars: Bars) -> None:
    """Time trends and facets without the start of the program."""
    bars.most("trend by year", median(lambda: index.trends().of(FREQUENT)), 1)
    bars.most("facets", median(lambda: index.facets(FREQUENT)), 0.3)


def median(call: Callable[[], object]) -> float:
    """The median of the seconds that a call takes."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def compare(index: Index, bars: Bars) -> None:
    """Compare sums and first appearances with a scan of all articles."""
    sums: dict[str, Counter[str]] = {phrase: Counter() for phrase in PHRASES}
    first: dict[str, tuple[int, str, int, str]] = {}
    for hit in index.search("*"):
        article = hit.article
        text = squeeze(fold(article.text))
        date = article.date or article.published
        for phrase in PHRASES:
            count = text.count(phrase)
            if count and date:
                sums[phrase][date[:4]] += count
                days = days_of(date) or (0, 0)
                place = (days[0], article.path, article.ordinal, article.id)
                first[phrase] = min(first.get(phrase, place), place)
    trends = index.trends()
    found = {phrase: trends.of(f'"{phrase}"') for phrase in PHRASES}
    right = sum(
        Counter({row.value: row.occurrences for row in found[phrase].rows if row.occurrences})
        == sums[phrase]
        for phrase in PHRASES
    )
    bars.same("phrases with the right sum for each year", right, len(PHRASES))
    led = sum(
        (one.first.id if one.first else None) == (first[phrase][3] if phrase in first else None)
        for phrase, one in found.items()
    )
    bars.same("phrases with the right first appearance", led, len(PHRASES))


def compare_collocates(index: Index, bars: Bars) -> None:
    """Compare the collocates of a word with counts from segmenting all articles anew."""
    # First, because it gives rjieba the words that folding changes.
    found = index.collocates(FREQUENT, least=1, least_articles=1)
    word, window = FREQUENT.strip('"'), 5
    together: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for hit in index.search("*"):
        for line in fold(hit.article.text).split("\n"):
            words = list(cut(line))
            inside = [
                any(a < end and start < b for a, b in places(line, word)) for _, start, end in words
            ]
            beside: set[int] = set()
            for start, end in places(line, word):
                before = [n for n, one in enumerate(words) if one[2] <= start]
                after = [n for n, one in enumerate(words) if one[1] >= end]
                for n in before[-window:]:
                    if not ENDS.search(line, words[n][1], start):
                        beside.add(n)
                for n in after[:window]:
                    if not ENDS.search(line, end - 1, words[n][1]):
                        beside.add(n)
            outside.update(one[0] for n, one in enumerate(words) if not inside[n])
            together.update(words[n][0] for n in beside if not inside[n])
    every, every_beside = outside.total(), together.total()
    wrong = 0.0
    for row in found.rows:
        word = fold(row.word)  # it is given as printed
        seen, second = together[word], outside[word]
        cells = [
            (seen, every_beside, second),
            (every_beside - seen, every_beside, every - second),
            (second - seen, every - every_beside, second),
            (every - every_beside - second + seen, every - every_beside, every - second),
        ]
        g2 = 2 * sum(n * math.log(n / (row_sum * sum_ / every)) for n, row_sum, sum_ in cells if n)
        dice = 14 + math.log2(2 * seen / (found.occurrences + second))
        wrong = max(wrong, abs(row.together - seen), abs(row.g2 - g2), abs(row.logdice - dice))
    bars.most("collocates, furthest from a table computed apart", wrong, 1e-6, "")
    missed = {w for w, n in together.items() if n > every_beside * outside[w] / every}
    bars.same("collocates, words", len(found.rows), len(missed))


def cut(line: str) -> Iterator[tuple[str, int, int]]:
    """The words of a line, each with its start and end."""
    for piece in re.finditer(WORDS, line):
        at = piece.start()
        words = rjieba.cut(piece[0]) if "\u4e00" <= piece[0][0] <= "\u9fd5" else [piece[0]]
        for word in words:
            yield word, at, at + len(word)
            at += len(word)


def places(line: str, word: str) -> list[tuple[int, int]]:
    """The ranges of a word in a line."""
    return [(found.start(), found.end()) for found in re.finditer(word, line)]


def main() -> int:
    """Index the laws, measure, and compare."""
    laws = CORPORA / LAWS
    if not laws.is_dir():
        print(f"skipped: no corpora at {CORPORA}; set $LSQ_CORPORA", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="benchmark-") as room:
        location = str(Path(room) / "index")
        with open_index(location) as index:
            index.update([str(laws)])
        bars = Bars()
        program_times(location, bars)
        with open_index(location) as index:
            library_times(index, bars)
            compare(index, bars)
            compare_collocates(index, bars)
    return 1 if bars.missed else 0


if __name__ == "__main__":
    sys.exit(main())
