"""Measure how well `lsq.repair` and `lsq.extract` recover the content of real bulletins.

    python -m benchmarks.recovery            all corpora, one table in Markdown
    python -m benchmarks.recovery -v         … and every failure on stderr
    python -m benchmarks.recovery --only pages    one corpus, or speed

Run it from the repository; `benchmarks.corpora` says where the corpora are, and the row of an
absent corpus says so. The exit code is 1 if a bar is missed.
"""

import json
import logging
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import bars
from benchmarks.accounted import accounted
from benchmarks.bars import Bar
from benchmarks.bulletins import bulletins
from benchmarks.corpora import CORPORA, ROOT
from benchmarks.pace import pace
from benchmarks.pages import pages
from benchmarks.real import points
from benchmarks.recovered import articles_of, at_least, at_most, fail, key, read, read_all
from benchmarks.report import options
from benchmarks.scans import scans
from benchmarks.tables import MEGA
from lsq.errors import ReadError
from lsq.model import Bulletin, Role
from lsq.repair import repair

SPEED = 8  # MB of UTF-8 a second


def policy(folder: Path) -> list[Bar]:
    """Policy documents of gov.cn, in two forms, with their metadata."""
    return [
        replace(bar, what=f"{form}: {bar.what}")
        for form in ("html", "txt")
        for bar in policy_as(form, folder)
    ]


def policy_as(form: str, folder: Path) -> list[Bar]:
    """The policy documents in one form."""
    hits = {"title": 0, "office": 0, "doc_number": 0}
    total = split = 0
    for record in json.loads((folder / "meta.json").read_text("utf-8")):
        path = folder / form / f"{record['id']}.{form}"
        total += 1
        try:
            articles = articles_of(read(path))
        except ReadError as error:
            fail("unread", error)
            continue
        split += len(articles) > 1
        if len(articles) != 1:
            fail("split", path, len(articles), [one.title for one in articles])
        if not articles:
            continue
        first = articles[0]
        got = {"title": first.title, "office": first.issuer, "doc_number": first.number}
        for name, value in got.items():
            same = key(value) == key(record[name])
            hits[name] += same
            if not same:
                fail(name, path.stem, form, value, record[name])
    return [
        at_least("title", hits["title"], total, 0.95),
        at_least("issuer", hits["office"], total, 0.95),
        at_least("number", hits["doc_number"], total, 0.95),
        at_most("documents split", split, total, 0.05),
    ]


def laws(folder: Path) -> list[Bar]:
    """Laws, one paragraph a line, with the date in the file's name; and the speed."""
    paths = sorted(folder.rglob("*.md"))
    loaded = [read(path) for path in paths]
    size = sum(path.stat().st_size for path in paths)
    start = time.process_time()
    results = [articles_of(bulletin) for bulletin in loaded]
    seconds = time.process_time() - start
    split = dated = right = blind = 0
    for path, bulletin, articles in zip(paths, loaded, results, strict=True):
        split += len(articles) > 1
        if len(articles) > 1:
            fail("split", path, [one.title for one in articles])
        match = re.search(r"\((\d{4}-\d\d-\d\d)\)$", path.stem)
        if match and articles:
            dated += 1
            nameless = articles_of(Bulletin("law.md", bulletin.lines))
            # A law that was amended after the date in its file's name has the date of its heading.
            later = (nameless[0].date or "") > match[1] and articles[0].date == nameless[0].date
            right += articles[0].date == match[1] or later
            same = nameless[0].date == match[1]
            blind += same
            if not same:
                fail("date by text", path.stem, nameless[0].date)
    speed = size / MEGA / seconds if size else None
    done = "repair + extract, MB/s in one process"
    return [
        at_most("documents split", split, len(paths), 0.02),
        at_least("date equal to the file name's, or a later one", right, dated, 0.95),
        at_least("… by the text alone, the name hidden", blind, dated, None),
        Bar(done, speed, SPEED, None, "{:.1f}".format, at_least=True),
    ]


def files(folder: Path) -> Iterator[Path]:
    """The files under `folder`, sorted."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def formats(folder: Path) -> list[Bar]:
    """Real files of many formats: lsq reads text, or refuses the file with a reason."""
    total = good = refused = 0
    for path in files(folder):
        total += 1
        try:
            articles = read_all(path)
        except ReadError as error:
            good += 1
            refused += 1
            fail("refused", error)
        except Exception as error:  # any exception is a finding
            fail("broken", path, repr(error))
        else:
            good += bool(articles)
            if not articles:
                fail("no text", path)
    decoded = encoded = 0
    for path in files(folder / "encodings"):
        encoded += 1
        try:
            text = "".join(article.text for article in articles_of(read(path)))
        except ReadError as error:
            fail("encoding refused", error)
            continue
        common = len(re.findall(r"[\u4e00-\u9fff]", text))
        fine = "\ufffd" not in text and common > 0.6 * len(text) and "的" in text
        decoded += fine
        if not fine:
            fail("encoding", path, text[:40])
    return [
        at_least(f"text comes out, or refused ({refused})", good, total, 1),
        at_least("encodings/: decoded right", decoded, encoded, 1),
    ]


def seeds(folder: Path) -> list[Bar]:
    """The two bulletins that came with the project."""
    checks: list[tuple[str, bool]] = []
    bulletin = read(next(folder.glob("000_*.txt")))
    articles = articles_of(bulletin)
    second = "“中国超市创业之乡”合作协议"
    checks.append(("000: its headlines", [one.title for one in articles] == [None, second]))
    checks.append(("000: how it begins", articles[0].body.startswith("8月26日，全市国土空间")))
    bulletin = read(next(folder.glob("004_*.txt")))
    articles = articles_of(bulletin)
    checks.append(("004: one article", len(articles) == 1))
    checks.append(("004: its headline", articles[0].title == "丽水“十四五”怎么干？"))
    deck = "市委四届九次全体（扩大）会议这些关键词了解一下"
    checks.append(("004: its deck", articles[0].body.startswith(deck + "\n")))
    checks.append(("004: no furniture", "城事·重点" not in articles[0].text))
    checks.append(("004: its column", articles[0].column == "城事·重点"))
    checks.append(("004: its byline", articles[0].byline == "记者 蓝倞"))
    kept = True
    for path in sorted(folder.glob("*.txt")):
        bulletin = read(path)
        doubled = second if path.name.startswith("000") else ""
        source = "".join(line.text for line in bulletin.lines)
        worn = "".join(p.text for p in repair(bulletin) if p.role is Role.FURNITURE)
        text = "".join(article.text for article in articles_of(bulletin)) + worn + doubled
        kept &= sorted(re.sub(r"\s", "", text)) == sorted(re.sub(r"\s", "", source))
    checks.append(("no character lost", kept))
    for name, good in checks:
        if not good:
            fail("seed", name)
    return [at_least("what is known of them", sum(good for _, good in checks), len(checks), 1)]


def real(folder: Path) -> list[Bar]:
    """Real files of all kinds: none is lost, and the content of their pages is recovered."""
    return [*accounted(folder), *points(folder)]


# Name, required folder, and the function that measures it.
MEASURES: tuple[tuple[str, Path, Callable[[Path], list[Bar]]], ...] = (
    ("bulletins", CORPORA / "bulletins", bulletins),
    ("policy", CORPORA / "policy", policy),
    ("laws", CORPORA / "laws", laws),
    ("formats", CORPORA / "formats", formats),
    ("real", CORPORA / "real", real),
    ("pages", CORPORA / "pages", pages),
    ("scans", CORPORA / "scans", scans),
    ("speed", CORPORA / "real", pace),
    ("seeds", ROOT / "seeds", seeds),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if a bar is missed."""
    parser = options("recovery", __doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="tell of every failure")
    parser.add_argument("--only", metavar="NAME", help="measure this corpus, or speed, alone")
    options_ = parser.parse_args(arguments)
    verbose, only = options_.verbose, options_.only
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(message)s")
    judged = []
    for name, folder, measure in MEASURES:
        if only and name != only:
            continue
        found = measure(folder) if folder.is_dir() else [Bar("absent", None, None, None, str)]
        judged += [replace(bar, what=f"`{name}/` {bar.what}") for bar in found]
    print(bars.table(judged))
    return int(any(bar.missed for bar in judged))


if __name__ == "__main__":
    sys.exit(main())
