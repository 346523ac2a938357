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
from pathlib import Path
from typing import NamedTuple

from lsq.errors import ReadError
from lsq.extract import extract
from lsq.fold import fold
from lsq.model import Article, Bulletin, Role
from lsq.readers import read
from lsq.repair import repair

ROOT = Path(__file__).resolve().parent.parent
CORPORA = Path(os.environ.get("LSQ_CORPORA", ROOT.parent / "shared" / "corpora"))
VERBOSE = "-v" in sys.argv

SUBSTRINGS_A_BULLETIN = 500
SHORTEST, LONGEST = 4, 30


class Row(NamedTuple):
    """A line of the table: where, what, how much, the bar, whether it is met."""

    on: str
    measure: str
    value: str
    bar: str
    met: str


def share(on: str, measure: str, hits: int, total: int, bar: float, most: bool = False) -> Row:
    """A row for `hits` of `total`; `most` if the bar is an upper one."""
    value = hits / total if total else 0.0
    met = (value <= bar if most else value >= bar) and total > 0
    sign = "≤" if most else "≥"
    shown = f"{value:.2%} ({hits}/{total})"
    return Row(on, measure, shown, f"{sign} {bar:.1%}", "yes" if met else "NO")


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


def bulletins() -> list[Row]:
    """The made bulletins, whose paragraphs and headlines are known."""
    folder = CORPORA / "bulletins"
    if not folder.is_dir():
        return absent("bulletins/")
    chance = random.Random(20190225)  # noqa: S311 (no secret, a fixed sample)
    whole = exact = paragraphs = 0
    substrings = drawn = 0
    found_right = found = true = titles = 0
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        bulletin = read(str(path.with_suffix(".txt")))
        articles = articles_of(bulletin)
        found += len(articles)
        recovered = {line for article in articles for line in article.body.split("\n")}
        everything = "\n".join(article.text for article in articles)
        matched: set[int] = set()
        all_true = []
        for piece in truth:
            true += 1
            lines = headline_lines(bulletin, piece["line"], piece["title"])
            right = next((a for a in articles if a.place(0).line in lines), None)
            if right is None:
                fail("no article", path.stem, piece["line"], piece["title"])
            else:
                matched.add(right.ordinal)
                found_right += 1
                same = right.title is not None and fold(right.title) == fold(piece["title"])
                titles += same
                if not same:
                    fail("title", path.stem, piece["title"], right.title)
            for paragraph in piece["paragraphs"]:
                paragraphs += 1
                all_true.append((paragraph, right))
                if any(paragraph in line for line in recovered):
                    whole += 1
                    if paragraph in recovered:
                        exact += 1
                    else:
                        fail("not exact", path.stem, paragraph[:40])
                else:
                    fail("not whole", path.stem, paragraph[:60])
        for article in articles:
            if article.ordinal not in matched:
                fail("no headline", path.stem, article.place(0).line, article.title)
        for _ in range(SUBSTRINGS_A_BULLETIN):
            paragraph, right = chance.choice(all_true)
            size = min(len(paragraph), chance.randint(SHORTEST, LONGEST))
            start = chance.randint(0, len(paragraph) - size)
            drawn += 1
            wanted = paragraph[start : start + size]
            hit = wanted in (right.text if right else everything)
            substrings += hit
            if not hit:
                fail("substring", path.stem, wanted)
    on = "bulletins/"
    precision, recall = found_right / found, found_right / true
    score = 2 * precision * recall / (precision + recall)
    bounds = f"{score:.2%} (P {found_right}/{found}, R {found_right}/{true})"
    return [
        share(on, "paragraphs whole inside one recovered", whole, paragraphs, 0.995),
        share(on, "paragraphs recovered exactly", exact, paragraphs, 0.86),
        share(on, "substrings of 4 to 30 characters", substrings, drawn, 0.999),
        Row(on, "article boundaries, F1", bounds, "≥ 95.0%", "yes" if score >= 0.95 else "NO"),
        share(on, "titles exact among found articles", titles, found_right, 0.9),
    ]


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
        rows.append(share(on, "title", hits["title"], total, 0.95))
        rows.append(share(on, "issuer", hits["office"], total, 0.95))
        rows.append(share(on, "number", hits["doc_number"], total, 0.95))
        rows.append(share(on, "documents split", split, total, 0.05, most=True))
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
        share(on, "documents split", split, len(paths), 0.02, most=True),
        share(on, "date equal to the file name's", right, dated, 0.95),
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
            "≥ 8",
            "yes" if speed >= 8 else "NO",
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
        except Exception as error:  # noqa: BLE001 (whatever it is, it is the finding)
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
        share("formats/", f"text comes out, or refused ({refused})", good, total, 1.0),
        share("formats/encodings/", "decoded right", decoded, encoded, 1.0),
    ]


def seeds() -> list[Row]:
    """The two bulletins that came with the project."""
    folder = ROOT / "seeds"
    if not folder.is_dir():
        return [Row("seeds/", "skipped", "no seeds/", "", "–")]
    checks: list[tuple[str, bool]] = []
    bulletin = read(str(next(folder.glob("000_*.txt"))))
    articles = articles_of(bulletin)
    checks.append(("000: two articles", len(articles) == 2))
    checks.append(("000: the first has no headline", articles[0].title is None))
    checks.append(("000: how it begins", articles[0].body.startswith("8月26日，全市国土空间")))
    second = "“中国超市创业之乡”合作协议"
    checks.append(("000: the second's headline, once", articles[-1].title == second))
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
    return [share("seeds/", "what is known of them", sum(g for _, g in checks), len(checks), 1.0)]


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
