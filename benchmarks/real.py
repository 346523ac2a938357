"""Measure whether the content that people saw on pages of real files is recovered.

`real_points.json` has, for each file, points written down from pictures of its pages, or from its
source if nothing can draw it, before lsq had read it:

    title    of an article
    first    how a first paragraph begins and ends, both within one paragraph
    last     the same of a last one
    row      cells of a table, in order on one line
    order    strings that follow each other, on a page of columns or cells
"""

import json
from itertools import pairwise
from pathlib import Path

from benchmarks.bars import Bar
from benchmarks.recovered import at_least, fail, key, read_all
from lsq.errors import ReadError
from lsq.model import Article

POINTS = Path(__file__).with_name("real_points.json")
WANTED = 0.9
# Marks of footnotes at a title.
_NOTES = "*①②③"


def points(folder: Path) -> list[Bar]:
    """The bar for the share of recovered points, over the files of `folder`."""
    right = total = 0
    wanted = json.loads(POINTS.read_text("utf-8"))
    for name, points_ in wanted.items():
        try:
            articles = read_all(folder / name)
        except (ReadError, OSError) as error:
            fail("unread", error)
            articles = ()
        for kind, want in points_.items():
            total += 1
            if _comes_out(kind, want, articles):
                right += 1
            else:
                fail(f"point: {kind}", name, want, [one.title for one in articles][:3])
    return [at_least(f"points seen in {len(wanted)} files", right, total, WANTED)]


def _comes_out(kind: str, want: str | list[str], articles: tuple[Article, ...]) -> bool:
    """Whether a point is recovered."""
    if isinstance(want, str):
        return any(key(want) == key(one.title).rstrip(_NOTES) for one in articles)
    texts = [one.text for one in articles]
    if kind == "order":
        return _follow([key(one) for one in want], key("\n".join(texts)))
    lines = [key(line) for text in texts for line in text.split("\n")]
    return any(_follow([key(one) for one in want], line) for line in lines)


def _follow(pieces: list[str], text: str) -> bool:
    """Whether pieces follow each other in a text; the last may overlap the first."""
    places: list[int] = []
    start = 0
    for piece in pieces:
        at = text.find(piece, start)
        if at < 0:
            return False
        places.append(at)
        start = at + 1
    return all(before < after for before, after in pairwise(places))
