"""Measure whether sentences of two versions of a law are aligned as by a person; time it.

    python -m benchmarks.differing

Run it from the repository; it takes 15 seconds. `benchmarks.corpora` says where the corpora are.
`differing.tsv` is the truth: the changed sentences of ten pairs of versions, drawn at random, each
with the sentence that a person reads as its new wording. Sentences are numbered from 1 and quoted
by their first characters. Errors are reported on stderr, and the exit code is 1 if more than two
sentences are aligned incorrectly.
"""

import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.corpora import CORPORA
from lsq.engines import Engine
from lsq.engines.registry import open_engine
from lsq.indexing import indexer
from lsq.model import Article
from lsq.query import Everything
from lsq.relations.differences import align, compare, sentences

LIST = Path(__file__).with_suffix(".tsv")
LAWS = "laws"
# How many sentences of the ten pairs may be aligned with another than a person aligns them with.
MOST_WRONG = 2

Aligned = set[tuple[int, int]]


def truth() -> dict[tuple[str, str], Aligned]:
    """The old and the new file → the numbers, from 1, of changed sentences and their new ones."""
    pairs: dict[tuple[str, str], Aligned] = defaultdict(set)
    for row in LIST.read_text("utf-8").splitlines()[1:]:
        old, new, low, high, *_ = row.split("\t")
        pairs[old, new].add((int(low), int(high)))
    return pairs


def cut_as_judged(articles: dict[str, Article]) -> bool:
    """Whether sentences begin as the list quotes them, so that its numbers are valid."""
    starts = {path: [one.text for one in sentences(each)] for path, each in articles.items()}
    same = True
    for row in LIST.read_text("utf-8").splitlines()[1:]:
        old, new, low, high, one, two = row.split("\t")
        for path, number, text in ((old, low, one), (new, high, two)):
            if not starts[path][int(number) - 1].startswith(text):
                print(f"{path}: sentence {number} does not begin with {text}", file=sys.stderr)
                same = False
    return same


def aligned(old: Article, new: Article) -> Aligned:
    """The numbers of sentences that lsq reports as changed, in the old and in the new version."""
    one = [sentence.key for sentence in sentences(old)]
    two = [sentence.key for sentence in sentences(new)]
    return {
        (low + 1, high + 1)
        for low, high in align(one, two)
        if low is not None and high is not None and one[low] != two[high]
    }


def judge(engine: Engine) -> bool:
    """Print how many sentences are aligned correctly, and the time; return whether enough are."""
    matches = engine.search(Everything(), None, "path").best
    articles = [found.article for found in engine.found(matches)]
    by_path = {one.path.partition(f"{LAWS}/")[2]: one for one in articles}
    pairs = truth()
    if not cut_as_judged({path: by_path[path] for pair in pairs for path in pair}):
        return False
    print("| old | new | aligned | wrongly | not aligned |\n|---|---|---|---|---|")
    wrongly = missed = total = 0
    for (old, new), wanted in pairs.items():
        found = aligned(by_path[old], by_path[new])
        names = f"{Path(old).stem} | {Path(new).stem}"
        print(f"| {names} | {len(found)} | {len(found - wanted)} | {len(wanted - found)} |")
        for low, high in sorted(found - wanted):
            print(f"{new}: sentence {high} is not sentence {low} of the old", file=sys.stderr)
        wrongly += len(found - wanted)
        missed += len(wanted - found)
        total += len(wanted)
    print(f"\nOf {total} changed sentences {missed} are not aligned, and {wrongly} wrongly.")
    longest = max(articles, key=lambda article: len(article.text))
    other = max((one for one in articles if one.id != longest.id), key=lambda one: len(one.text))
    print(f"The two longest, {len(longest.text):,} and {len(other.text):,} characters: ", end="")
    started = time.perf_counter()
    compare(longest, other)
    print(f"{time.perf_counter() - started:.2f} s")
    old_one, new_one = longest_versions(articles)
    started = time.perf_counter()
    compare(old_one, new_one)
    print(f"The longest with two versions: {time.perf_counter() - started:.2f} s")
    return wrongly <= MOST_WRONG


def longest_versions(articles: list[Article]) -> tuple[Article, Article]:
    """The two longest articles with the same title."""
    by_title: dict[str | None, list[Article]] = defaultdict(list)
    for one in sorted(articles, key=lambda article: len(article.text)):
        by_title[one.title].append(one)
    several = [versions[-2:] for versions in by_title.values() if len(versions) > 1]
    old, new = max(several, key=lambda both: sum(len(one.text) for one in both))
    return old, new


def main() -> int:
    """Index the laws, and compare."""
    laws = CORPORA / LAWS
    if not laws.is_dir():
        print(f"skipped: no corpora at {CORPORA}; set $LSQ_CORPORA", file=sys.stderr)
        return 0
    with (
        tempfile.TemporaryDirectory(prefix="benchmark-") as folder,
        open_engine(str(Path(folder) / "index"), create=True) as engine,
    ):
        indexer.update(engine, [str(laws)])
        return 0 if judge(engine) else 1


if __name__ == "__main__":
    sys.exit(main())
