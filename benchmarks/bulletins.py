"""Measure the articles recovered from made bulletins, whose paragraphs and headlines are known."""

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bars import Bar
from benchmarks.recovered import articles_of, at_least, fail, key, read
from lsq.model import Bulletin

SUBSTRINGS_A_BULLETIN = 500
SHORTEST, LONGEST = 4, 30
SEED = 20190225


def bulletins(folder: Path) -> list[Bar]:
    """Return the bars for all bulletins below `folder`."""
    tally = Tally()
    chance = random.Random(SEED)  # noqa: S311 (no secret, a fixed sample)
    for path in sorted(folder.glob("*.json")):
        compare(path, tally, chance)
    drawn = f"substrings of {SHORTEST} to {LONGEST} characters"
    return [
        at_least("paragraphs whole inside one recovered", tally.whole, tally.paragraphs, 0.995),
        at_least("paragraphs recovered exactly", tally.exact, tally.paragraphs, 0.86),
        at_least(drawn, tally.substrings, tally.drawn, 0.999),
        boundaries(tally),
        at_least("titles exact among found articles", tally.titles, tally.matched, 0.9),
    ]


@dataclass
class Tally:
    """The counts over all bulletins."""

    paragraphs: int = 0
    whole: int = 0
    exact: int = 0
    drawn: int = 0
    substrings: int = 0
    true: int = 0
    found: int = 0
    matched: int = 0
    titles: int = 0


def boundaries(tally: Tally) -> Bar:
    """The bar for where articles begin: F1, the harmonic mean of precision and recall."""
    both = tally.found + tally.true
    score = 2 * tally.matched / both if both else None
    told = f"P {tally.matched}/{tally.found}, R {tally.matched}/{tally.true}"
    return Bar(
        "article boundaries, F1",
        score,
        0.95,
        None,
        "{:.1%}".format,
        at_least=True,
        told="" if score is None else f"{score:.2%} ({told})",
    )


def compare(path: Path, tally: Tally, chance: random.Random) -> None:
    """Count what was recovered from a bulletin; `path` is that of its truth."""
    truth = json.loads(path.read_text("utf-8"))
    bulletin = read(path.with_suffix(".txt"))
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


def headline_lines(bulletin: Bulletin, line: int, title: str) -> set[int]:
    """The lines of a true headline that begins at `line`, printed once or twice."""
    left = len(re.sub(r"\s", "", title))
    lines = set()
    for candidate in bulletin.lines[line - 1 :]:
        if candidate.text.strip():
            lines.add(candidate.place)
            left -= len(re.sub(r"\s", "", candidate.text))
            if left <= 0:
                break
    return lines
