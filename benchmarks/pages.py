"""Measure what is recovered from made PDF pages, whose articles, paragraphs and tables are known.

The truth also has the order in which a file draws its page, but only to name the rows of the
report; the measures do not depend on it.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.bars import Bar
from benchmarks.recovered import articles_of, at_least, fail, key, read
from lsq.errors import ReadError
from lsq.model import Article

SUBSTRINGS_A_FILE = 300
SHORTEST, LONGEST = 4, 30
SEED = 20200506

# The name of the drawing order that is the reading order.
AS_READ = "frames"


@dataclass
class Tally:
    """The numbers of right and of all items, by kind of item."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)

    def count(self, what: str, right: bool) -> None:
        """Count one item."""
        self.right[what] += right
        self.total[what] += 1

    def bar(self, said: str, what: str, wanted: float) -> Bar:
        """The bar for the share of right items."""
        return at_least(f"{said}{what}", self.right[what], self.total[what], wanted)


def pages(folder: Path) -> list[Bar]:
    """The bars for all files below `folder`, then for those drawn in reading order."""
    every, as_read = Tally(), Tally()
    chance = random.Random(SEED)  # noqa: S311 (no secret, a fixed sample)
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        tallies = [every, as_read] if truth["order"] == AS_READ else [every]
        compare(path, truth, tallies, chance)
    return [
        every.bar("", "paragraphs whole", 0.98),
        every.bar("", "substrings", 0.998),
        every.bar("", "titles", 0.95),
        every.bar("", "articles together and alone", 0.97),
        every.bar("", "rows of tables, cells whole", 0.95),
        as_read.bar("drawn as read: ", "paragraphs whole", 0.98),
        as_read.bar("drawn as read: ", "substrings", 1.0),
        as_read.bar("drawn as read: ", "titles", 0.95),
        as_read.bar("drawn as read: ", "articles together and alone", 0.99),
    ]


def compare(path: Path, truth: dict, tallies: list[Tally], chance: random.Random) -> None:  # type: ignore[type-arg]
    """Count what was recovered from a file; `path` is that of its truth."""

    def count(what: str, right: bool, *details: object) -> None:
        for tally in tallies:
            tally.count(what, right)
        if not right:
            fail(what, path.stem, truth["kind"], truth["order"], *details)

    try:
        articles = articles_of(read(path.with_suffix(".pdf")))
    except ReadError as error:
        fail("unread", error)
        articles = ()
    said = [[key(line) for line in article.body.split("\n")] for article in articles]
    titles = {key(article.title) for article in articles}
    everything = "\n".join(
        "\n".join([key(one.title), *lines]) for one, lines in zip(articles, said, strict=True)
    )
    wanted = [[key(one) for one in piece["paragraphs"]] for piece in truth["articles"]]
    for piece, paragraphs in zip(truth["articles"], wanted, strict=True):
        count("titles", key(piece["title"]) in titles, piece["title"], [a.title for a in articles])
        for paragraph in paragraphs:
            whole = any(paragraph in line for lines in said for line in lines)
            count("paragraphs whole", whole, paragraph[:20], "…", paragraph[-20:])
        others = [one for other in wanted if other is not paragraphs for one in other]
        count("articles together and alone", _is_alone(paragraphs, others, said), piece["title"])
        for row in piece.get("table", ()):
            count("rows of tables, cells whole", _has_row(row, articles), row)
    every = [one for paragraphs in wanted for one in paragraphs]
    for drawn in substrings(every, chance, SHORTEST, LONGEST):
        count("substrings", drawn in everything, drawn)


def substrings(
    paragraphs: Sequence[str], chance: random.Random, shortest: int, longest: int
) -> Iterator[str]:
    """Draw `SUBSTRINGS_A_FILE` random substrings of paragraphs, of the given lengths."""
    for _ in range(SUBSTRINGS_A_FILE):
        paragraph = chance.choice(paragraphs)
        size = min(len(paragraph), chance.randint(shortest, longest))
        start = chance.randint(0, len(paragraph) - size)
        yield paragraph[start : start + size]


def _is_alone(paragraphs: list[str], others: list[str], said: list[list[str]]) -> bool:
    """Whether some article consists of these paragraphs, without any of the others."""
    for lines in said:
        text = "\n".join(lines)
        if all(one in text for one in paragraphs):
            return not any(one in text for one in others)
    return False


def _has_row(row: list[str], articles: tuple[Article, ...]) -> bool:
    """Whether a row is one line with whole, separated cells."""
    cells = [key(cell) for cell in row]
    return any(
        [key(cell) for cell in line.split("|")] == cells
        for article in articles
        for line in article.body.split("\n")
    )
