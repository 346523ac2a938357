"""Compare the first hits of realistic queries with the judgements of people.

    python -m benchmarks.looked_at

Run it from the repository; it takes two minutes. `benchmarks.corpora` says where the corpora are.
`looked_at.tsv` has the queries, what a person wants first, the title of the first hit when it was
judged with its snippet, and the verdict. Each query is asked again and printed. If its first hit
has changed, the verdict does not count until somebody has judged the new one; the exit code is then
1.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import CORPORA
from lsq.engines import Engine
from lsq.engines.registry import open_engine
from lsq.hit import Hit
from lsq.indexing import indexer
from lsq.search import searcher
from lsq.search.request import SearchRequest

LIST = Path(__file__).with_suffix(".tsv")
# In the folder of the corpora; without the truths of the made bulletins.
INDEXED = ("laws", "policy/txt", "real", "bulletins/*.txt")
RIGHT = "right"


class LookedAt(NamedTuple):
    """A query with a judgement of its first hit.

    Attributes:
        options: the options of the search: "--any" or none.
        query: as typed.
        wanted: what a person wants first.
        first: the title of the judged hit.
        verdict: "right" if hit, title and snippet were right, else "wrong".
    """

    options: str
    query: str
    wanted: str
    first: str
    verdict: str


def looked_at() -> Iterator[LookedAt]:
    """The queries of the list."""
    for line in LIST.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield LookedAt(*line.split("\t"))


def first_hit(engine: Engine, asked: LookedAt) -> Hit | None:
    """The first hit of a query."""
    request = SearchRequest(asked.query, any_word=asked.options == "--any", limit=1)
    return next(iter(searcher.search(engine, request, 1)), None)


def main() -> int:
    """Print each query with its first hit, and the number of right ones."""
    if not CORPORA.is_dir():
        print(f"skipped: no corpora at {CORPORA}; set $LSQ_CORPORA", file=sys.stderr)
        return 0
    paths = [str(path) for name in INDEXED for path in sorted(CORPORA.glob(name))]
    right = changed = 0
    every = list(looked_at())
    with (
        tempfile.TemporaryDirectory(prefix="benchmark-") as room,
        open_engine(str(Path(room) / "index"), create=True) as engine,
    ):
        indexer.update(engine, paths)
        for asked in every:
            hit = first_hit(engine, asked)
            title = hit.article.title if hit else None
            same = title == asked.first
            verdict = asked.verdict if same else f"to be looked at; it was {asked.first}"
            right += same and asked.verdict == RIGHT
            changed += not same
            print(f"{asked.options} {asked.query}".strip(), f"({asked.wanted})")
            print(f"  {title}: {verdict}")
            if hit:
                print(f"  {hit.match}: {hit.snippets[0].text}")
    print(f"{right} of {len(every)} right, {changed} to be looked at")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
