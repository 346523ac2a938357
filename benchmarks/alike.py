"""Measure whether `lsq similar` finds all similar articles and relates them correctly; time it.

    python -m benchmarks.alike

Run it from the repository; it takes some minutes. `benchmarks.corpora` says where the corpora are.
For 120 articles of each corpus the truth is an exact comparison with every other article: those
that contain 60% of its character 5-grams. `alike.tsv` is the truth about relations: 150 pairs drawn
at random, at most two of each file and relation, each read by a person. Errors are reported on
stderr, and the exit code is then 1.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median

from benchmarks.corpora import CORPORA
from lsq.engines import Engine
from lsq.engines.registry import open_engine
from lsq.indexing import indexer
from lsq.query import Everything
from lsq.relations.likeness import LEAST, compared_text, containment, grams, similar

ASKED = 120
SEED = 7
BAR = 0.98
# Judged pairs: corpus, article, other article, relation.
JUDGED = Path(__file__).with_suffix(".tsv")
BAR_OF_RELATIONS = 0.9
# Corpus → its files. Statutes are records of one file, of which so many are used.
FILES = {"laws": "laws", "bulletins": "bulletins/*.txt", "statutes": "stard/corpus.jsonl"}
# A corpus of the pairs alone: of its files only theirs are read.
REAL = "real"
STATUTES = 20_000
# In characters: less is a heading.
SHORTEST = 60


def compare(name: str, engine: Engine) -> bool:
    """Print the row of a corpus; return whether its recall meets the bar."""
    matches = engine.search(Everything(), None, "path").best
    articles = [found.article for found in engine.found(matches)]
    texts = [compared_text(article) for article in articles]
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


def pairs(name: str) -> list[tuple[str, str, str]]:
    """The judged pairs of a corpus: the ends of two ids, and the relation."""
    rows = (row.split("\t") for row in JUDGED.read_text("utf-8").splitlines()[1:])
    return [(one, other, relation) for corpus, one, other, relation in rows if corpus == name]


def related(name: str, engine: Engine) -> Counter[bool]:
    """The numbers of pairs of a corpus with the judged relation, and with another."""
    matches = engine.search(Everything(), None, "path").best
    ids = {match.path + f"#{match.ordinal}": match for match in matches}
    told: Counter[bool] = Counter()
    for one, other, relation in pairs(name):
        asked = next(match for known, match in ids.items() if known.endswith(f"/{one}"))
        (found,) = engine.found([asked])
        relations = [
            each.relation
            for each in similar(engine, found.article)
            if each.article.id.endswith(f"/{other}")
        ]
        told[relations == [relation]] += 1
        if relations != [relation]:
            print(f"{one} and {other}: {relations}, not {relation}", file=sys.stderr)
    return told


def main() -> int:
    """Index each available corpus, and compare."""
    print("| corpus | articles | found | recall | median | longest |\n|---|---|---|---|---|---|")
    met = True
    told: Counter[bool] = Counter()
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
                told += related(name, engine)
    files = sorted({one.rpartition("#")[0] for pair in pairs(REAL) for one in pair[:2]})
    if (CORPORA / REAL).is_dir():
        with (
            tempfile.TemporaryDirectory(prefix="benchmark-") as room,
            open_engine(str(Path(room) / "index"), create=True) as engine,
        ):
            indexer.update(engine, [str(CORPORA / REAL / file) for file in files])
            told += related(REAL, engine)
    share = told[True] / told.total() if told else 1.0
    print(f"\nRelations as a person reads them: {told[True]} of {told.total()}, {share:.3f}")
    return 0 if met and share >= BAR_OF_RELATIONS else 1


def _split(file: Path, folder: Path) -> Path:
    """Make a folder with a file for each of the first records."""
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
