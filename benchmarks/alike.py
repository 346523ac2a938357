"""Whether what says the same as an article is found, by comparison with all others; and how fast.

    python -m benchmarks.alike

To be run from the repository; takes some minutes. Where the corpora are, says
`benchmarks.corpora`. For 120 articles of each corpus the truth is the exact comparison with every
other article: those that have 60% of its strings of five characters. What is not found is told on
stderr, and the exit code is then 1.
"""

import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.corpora import CORPORA
from lsq.engines import Engine
from lsq.engines.registry import open_engine
from lsq.indexing import indexer
from lsq.query import Everything
from lsq.relations.likeness import LEAST, containment, grams, similar, squeezed

ASKED = 120
SEED = 7
BAR = 0.98
# Corpus → its files. Of the statutes so many: each is a record of one file.
FILES = {"laws": "laws", "bulletins": "bulletins/*.txt", "statutes": "stard/corpus.jsonl"}
STATUTES = 20_000
# In characters: less is a heading.
SHORTEST = 60


def compare(name: str, engine: Engine) -> bool:
    """Print a row for a corpus; whether its recall is what is wanted."""
    matches = engine.search(Everything(), None, "path").best
    articles = [found.article for found in engine.found(matches)]
    texts = [squeezed(article) for article in articles]
    chosen = random.Random(SEED)  # noqa: S311  # nothing to keep secret
    known = [number for number, text in enumerate(texts) if len(text) > SHORTEST]
    asked = chosen.sample(known, min(ASKED, len(known)))
    own = {number: grams(texts[number]) for number in asked}
    truth: dict[int, set[str]] = {number: set() for number in asked}
    for number, text in enumerate(texts):
        other = grams(text)
        for one, mine in own.items():
            if one != number and containment(mine, other)[0] >= LEAST:
                truth[one].add(articles[number].id)
    found = wanted = 0
    times = []
    for number in asked:
        started = time.perf_counter()
        ids = {one.article.id for one in similar(engine, articles[number])}
        times.append(time.perf_counter() - started)
        found += len(ids & truth[number])
        wanted += len(truth[number])
        for missed in truth[number] - ids:
            print(f"{articles[number].id}: not found: {missed}", file=sys.stderr)
    share = found / wanted if wanted else 1.0
    print(
        f"| {name} | {len(articles):,} | {found} of {wanted} | {share:.3f} "
        f"| {median(times):.2f} s | {max(times):.2f} s |",
        flush=True,
    )
    return share >= BAR


def main() -> int:
    """Index each corpus that is there, and compare."""
    print("| corpus | articles | found | recall | median | longest |\n|---|---|---|---|---|---|")
    met = True
    for name, pattern in FILES.items():
        paths = sorted(CORPORA.glob(pattern))
        if not paths:
            print(f"skipped: no {pattern} at {CORPORA}; set $LSQ_CORPORA", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory(prefix="benchmark-") as room:
            if name == "statutes":
                paths = [_split(paths[0], Path(room) / "files")]
            with open_engine(str(Path(room) / "index"), create=True) as engine:
                indexer.update(engine, list(map(str, paths)))
                met &= compare(name, engine)
    return 0 if met else 1


def _split(file: Path, folder: Path) -> Path:
    """A folder with a file for each of the first records."""
    import json

    folder.mkdir()
    with file.open(encoding="utf-8") as lines:
        for number, line in zip(range(STATUTES), lines, strict=False):
            record = json.loads(line)
            text = f"# {record['title']}\n\n{record['text']}\n"
            (folder / f"{number:05}.md").write_text(text, "utf-8")
    return folder


if __name__ == "__main__":
    sys.exit(main())
