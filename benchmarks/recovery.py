"""How well `lsq.repair` and `lsq.extract` recover what stands in real bulletins.

    python benchmarks/recovery.py            all corpora, one table in Markdown
    python benchmarks/recovery.py -v         … and every failure on stderr

The corpora are looked for in `$LSQ_CORPORA`, else in `../shared/corpora` beside
the repository; a row whose corpus is absent says so.
"""

import json
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from lsq.errors import ReadError
from lsq.extract import extract
from lsq.fold import fold
from lsq.model import Article, Bulletin, Role
from lsq.readers import load, read_data
from lsq.repair import repair

ROOT = Path(__file__).resolve().parent.parent
CORPORA = Path(os.environ.get("LSQ_CORPORA", ROOT.parent / "shared" / "corpora"))
VERBOSE = "-v" in sys.argv

SUBSTRINGS_A_BULLETIN = 500
SHORTEST, LONGEST = 4, 30
BOUNDARIES = 0.95  # F1
SPEED = 8  # MB of UTF-8 a second


class Row(NamedTuple):
    """A line of the table: where, what, how much, the bar, whether it is met."""

    on: str
    measure: str
    value: str
    bar: str
    met: str


def read(path: str) -> Bulletin:
    """The one bulletin in a file."""
    (found,) = read_data(path, load(path))
    if isinstance(found, ReadError):
        raise found
    return found


def share(on: str, measure: str, counted: tuple[int, int], at_least: float) -> Row:
    """A row for so many of so many, of which at least that share is wanted."""
    hits, total = counted
    value = hits / total if total else 0.0
    met = total > 0 and value >= at_least
    return Row(on, measure, percent(hits, total), f"≥ {at_least:.1%}", "yes" if met else "NO")


def share_at_most(on: str, measure: str, counted: tuple[int, int], at_most: float) -> Row:
    """A row for so many of so many, of which at most that share is borne."""
    hits, total = counted
    met = total > 0 and hits <= at_most * total
    return Row(on, measure, percent(hits, total), f"≤ {at_most:.1%}", "yes" if met else "NO")


def percent(hits: int, total: int) -> str:
    """So many of so many, as people read it."""
    return f"{hits / total if total else 0:.2%} ({hits}/{total})"


def absent(on: str) -> list[Row]:
    """The row of a corpus that is not there."""
    return [Row(on, "skipped", f"no {CORPORA / on.rstrip('/')}", "", "–")]


def fail(what: str, *details: object) -> None:
    """Tell of one failure, if asked to."""
    if VERBOSE:
        print(what, *details, sep=" | ", file=sys.stderr)


def articles_of(bulletin: Bulletin) -> tuple[Article, ...]:
    """The whole way of the part of lsq that is measured here."""
    return extract(bulletin, repair(bulletin))


def headline_lines(bulletin: Bulletin, line: int, title: str) -> set[int]:
    """The lines of a true headline that begins at `line`, doubled or not."""
    left = len(re.sub(r"\s", "", title))
    lines = set()
    for candidate in bulletin.lines[line - 1 :]:
        if candidate.text.strip():
            lines.add(candidate.place)
            left -= len(re.sub(r"\s", "", candidate.text))
            if left <= 0:
                break
    return lines


@dataclass
class Tally:
    """What was counted over the made bulletins."""

    paragraphs: int = 0
    whole: int = 0
    exact: int = 0
    drawn: int = 0
    substrings: int = 0
    true: int = 0
    found: int = 0
    matched: int = 0
    titles: int = 0


def bulletins() -> list[Row]:
    """The made bulletins, whose paragraphs and headlines are known."""
    on, folder = "bulletins/", CORPORA / "bulletins"
    if not folder.is_dir():
        return absent(on)
    tally = Tally()
    chance = random.Random(20190225)  # noqa: S311 (no secret, a fixed sample)
    for path in sorted(folder.glob("*.json")):
        compare(path, tally, chance)
    precision, recall = tally.matched / tally.found, tally.matched / tally.true
    score = 2 * precision * recall / (precision + recall)
    bounds = f"{score:.2%} (P {tally.matched}/{tally.found}, R {tally.matched}/{tally.true})"
    met = "yes" if score >= BOUNDARIES else "NO"
    whole, exact = (tally.whole, tally.paragraphs), (tally.exact, tally.paragraphs)
    return [
        share(on, "paragraphs whole inside one recovered", whole, 0.995),
        share(on, "paragraphs recovered exactly", exact, 0.86),
        share(on, "substrings of 4 to 30 characters", (tally.substrings, tally.drawn), 0.999),
        Row(on, "article boundaries, F1", bounds, f"≥ {BOUNDARIES:.1%}", met),
        share(on, "titles exact among found articles", (tally.titles, tally.matched), 0.9),
    ]


def compare(path: Path, tally: Tally, chance: random.Random) -> None:
    """Count what was recovered of one made bulletin; `path` is that of its truth."""
    truth = json.loads(path.read_text("utf-8"))
    bulletin = read(str(path.with_suffix(".txt")))
    articles = articles_of(bulletin)
    recovered = {line for article in articles for line in article.body.split("\n")}
    everything = "\n".join(article.text for article in articles)
    tally.true += len(truth)
    tally.found += len(articles)
    matched: set[int] = set()
    wanted: list[tuple[str, str]] = []
    for piece in truth:
        lines = headline_lines(bulletin, piece["line"], piece["title"])
        right = next((one for one in articles if one.place(0).line in lines), None)
        if right is None:
            fail("no article", path.stem, piece["line"], piece["title"])
        else:
            matched.add(right.ordinal)
            same = key(right.title) == key(piece["title"])
            tally.titles += same
            if not same:
                fail("title", path.stem, piece["title"], right.title)
        wanted += [(one, right.text if right else everything) for one in piece["paragraphs"]]
    tally.matched += len(matched)
    for article in articles:
        if article.ordinal not in matched:
            fail("no headline", path.stem, article.place(0).line, article.title)
    for paragraph, _ in wanted:
        exact = paragraph in recovered
        whole = exact or any(paragraph in line for line in recovered)
        tally.paragraphs += 1
        tally.exact += exact
        tally.whole += whole
        if not exact:
            fail("not exact" if whole else "not whole", path.stem, paragraph[:60])
    for _ in range(SUBSTRINGS_A_BULLETIN):
        paragraph, text = chance.choice(wanted)
        size = min(len(paragraph), chance.randint(SHORTEST, LONGEST))
        start = chance.randint(0, len(paragraph) - size)
        hit = paragraph[start : start + size] in text
        tally.drawn += 1
        tally.substrings += hit
        if not hit:
            fail("substring", path.stem, paragraph[start : start + size])


def policy() -> list[Row]:
    """Policy documents of gov.cn with their metadata."""
    folder = CORPORA / "policy"
    if not folder.is_dir():
        return absent("policy/")
    truth = json.loads((folder / "meta.json").read_text("utf-8"))
    rows: list[Row] = []
    for form in ("html", "txt"):
        on = f"policy/{form}"
        hits = {"title": 0, "office": 0, "doc_number": 0}
        total = split = 0
        for record in truth:
            path = folder / form / f"{record['id']}.{form}"
            try:
                articles = articles_of(read(str(path)))
            except ReadError as error:
                fail("unread", error)
                continue
            total += 1
            split += len(articles) > 1
            if len(articles) != 1:
                fail("split", path, len(articles), [a.title for a in articles])
            first = articles[0]
            got = {"title": first.title, "office": first.issuer, "doc_number": first.number}
            for name, value in got.items():
                same = key(value) == key(record[name])
                hits[name] += same
                if not same:
                    fail(name, path.stem, form, value, record[name])
        if not total:
            rows.append(Row(on, "skipped", f"lsq.readers does not read {form} yet", "", "–"))
            continue
        rows.append(share(on, "title", (hits["title"], total), 0.95))
        rows.append(share(on, "issuer", (hits["office"], total), 0.95))
        rows.append(share(on, "number", (hits["doc_number"], total), 0.95))
        rows.append(share_at_most(on, "documents split", (split, total), 0.05))
    return rows


def key(value: str | None) -> str:
    """What two writings of one title or number have in common."""
    return re.sub(r"\s", "", fold(value or ""))


def laws() -> list[Row]:
    """Laws, one paragraph a line, with the date in the file's name; and the speed."""
    folder = CORPORA / "laws"
    if not folder.is_dir():
        return absent("laws/")
    paths = sorted(folder.rglob("*.md"))
    loaded = [read(str(path)) for path in paths]
    size = sum(path.stat().st_size for path in paths)
    start = time.process_time()
    results = [articles_of(bulletin) for bulletin in loaded]
    seconds = time.process_time() - start
    split = dated = right = blind = 0
    for path, bulletin, articles in zip(paths, loaded, results, strict=True):
        split += len(articles) > 1
        if len(articles) > 1:
            fail("split", path, [a.title for a in articles])
        match = re.search(r"\((\d{4}-\d\d-\d\d)\)$", path.stem)
        if match and articles:
            dated += 1
            right += articles[0].date == match[1]
            nameless = articles_of(Bulletin("law.md", bulletin.lines))
            same = nameless[0].date == match[1]
            blind += same
            if not same:
                fail("date by text", path.stem, nameless[0].date)
    speed = size / 1e6 / seconds
    on = "laws/"
    return [
        share_at_most(on, "documents split", (split, len(paths)), 0.02),
        share(on, "date equal to the file name's", (right, dated), 0.95),
        Row(
            on,
            "… by the text alone, the name hidden",
            f"{blind / dated:.2%} ({blind}/{dated})",
            "",
            "–",
        ),
        Row(
            on,
            "repair + extract, MB/s in one process",
            f"{speed:.1f}",
            f"≥ {SPEED}",
            "yes" if speed >= SPEED else "NO",
        ),
    ]


def files(folder: Path) -> Iterator[Path]:
    """The files under `folder`, sorted."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def formats() -> list[Row]:
    """Real files of many formats: text comes out, or a refusal with its reason."""
    folder = CORPORA / "formats"
    if not folder.is_dir():
        return absent("formats/")
    total = good = refused = 0
    for path in files(folder):
        total += 1
        try:
            articles = articles_of(read(str(path)))
        except ReadError as error:
            good += 1
            refused += 1
            fail("refused", error)
        except Exception as error:  # whatever it is, it is the finding
            fail("broken", path, repr(error))
        else:
            good += bool(articles)
            if not articles:
                fail("no text", path)
    decoded = encoded = 0
    for path in files(folder / "encodings"):
        encoded += 1
        try:
            text = "".join(article.text for article in articles_of(read(str(path))))
        except ReadError as error:
            fail("encoding refused", error)
            continue
        common = len(re.findall(r"[\u4e00-\u9fff]", text))
        fine = "\ufffd" not in text and common > 0.6 * len(text) and "的" in text
        decoded += fine
        if not fine:
            fail("encoding", path, text[:40])
    return [
        share("formats/", f"text comes out, or refused ({refused})", (good, total), 1.0),
        share("formats/encodings/", "decoded right", (decoded, encoded), 1.0),
    ]


def seeds() -> list[Row]:
    """The two bulletins that came with the project."""
    folder = ROOT / "seeds"
    if not folder.is_dir():
        return [Row("seeds/", "skipped", "no seeds/", "", "–")]
    checks: list[tuple[str, bool]] = []
    bulletin = read(str(next(folder.glob("000_*.txt"))))
    articles = articles_of(bulletin)
    second = "“中国超市创业之乡”合作协议"
    checks.append(("000: its headlines", [one.title for one in articles] == [None, second]))
    checks.append(("000: how it begins", articles[0].body.startswith("8月26日，全市国土空间")))
    bulletin = read(str(next(folder.glob("004_*.txt"))))
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
        bulletin = read(str(path))
        doubled = second if path.name.startswith("000") else ""
        source = "".join(line.text for line in bulletin.lines)
        worn = "".join(p.text for p in repair(bulletin) if p.role is Role.FURNITURE)
        text = "".join(article.text for article in articles_of(bulletin)) + worn + doubled
        kept &= sorted(re.sub(r"\s", "", text)) == sorted(re.sub(r"\s", "", source))
    checks.append(("no character lost", kept))
    for name, good in checks:
        if not good:
            fail("seed", name)
    return [share("seeds/", "what is known of them", (sum(g for _, g in checks), len(checks)), 1.0)]


def main() -> int:
    """Print the table; 1 if a bar is missed."""
    measures: list[Callable[[], list[Row]]] = [bulletins, policy, laws, formats, seeds]
    rows = [row for measure in measures for row in measure()]
    print("| on | measure | value | bar | met |")
    print("|---|---|---|---|---|")
    for row in rows:
        print("|", " | ".join(row), "|")
    return int(any(row.met == "NO" for row in rows))


if __name__ == "__main__":
    sys.exit(main())
