"""Measure what the thesaurus gains for questions in everyday words.

    python -m benchmarks.expanded                 without it, and with it
    python -m benchmarks.expanded --half judged   only the half reserved for evaluation

Run it from the repository; it takes some five minutes. `benchmarks.corpora` says where the corpora
are. The questions of STARD are asked of its articles of law with `--any`. The constants
(`lsq.search.expansion`) are chosen on every other question, beginning with the first, and evaluated
on the rest. No group of the thesaurus was written with a question in view.

The model is a search in few lines, to try what is not in lsq yet, and constants: BM25 over words
with titles weighing three, and the best reranked by

    words + Σ bigrams ln(n/h)·sat + Σ characters ln(1 + n/h)·sat
          + ½ Σ bigrams of the lead ln(n/h)·sat + ¼ Σ characters of the lead ln(1 + n/h)·sat

where sat = f / (f + 2·(0.1 + 0.9·length / average)), n is the number of texts, and h the number of
texts with the gram.
"""

import argparse
import sys
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from math import log
from statistics import fmean

from benchmarks.corpora import CORPORA
from benchmarks.judged import Collection, ndcg, recall, reciprocal_rank, statutes
from lsq.engines.bm25 import K1, TITLE_WEIGHT, B, idf
from lsq.search.expansion import DEPTH, TERM_BIGRAM, Expansion, expand
from lsq.search.rerank import bigrams, characters
from lsq.segment import Segmenter
from lsq.text.fold import fold, squeeze

# The number of reranked articles.
PLAIN_DEPTH = 300
LEAD = 50
METRICS = ("nDCG@10", "MRR@10", "recall@100")
HALVES = {"chosen": 0, "judged": 1, "all": None}


class Model:
    """Ranks the articles of a collection."""

    def __init__(self, collection: Collection) -> None:
        self.segmenter = Segmenter()
        self._paths = [article.path for article in collection.articles]
        self._texts = []
        self._postings: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        lengths = []
        for number, article in enumerate(collection.articles):
            title, body = fold(article.title or ""), fold(article.body)
            words = self.segmenter.count_words(body)
            for word, times in self.segmenter.count_words(title).items():
                words[word] += TITLE_WEIGHT * times
            for word, times in words.items():
                self._postings[word].extend((number, times))
            lengths.append(words.total())
            self._texts.append(squeeze(f"{title}\n{body}"))
        average = sum(lengths) / len(lengths)
        self._saturations = [K1 * (1 - B + B * length / average) for length in lengths]
        self._counted: dict[Sequence[str], int] = {}

    def max_doc(self) -> int:
        """The number of articles."""
        return len(self._texts)

    def doc_freq(self, words: Sequence[str], enough: float) -> int:
        """The number of articles with all of these words."""
        del enough
        if words not in self._counted:
            having = [set(self._postings.get(word, array("I"))[::2]) for word in words]
            self._counted[words] = len(set.intersection(*having)) if having else 0
        return self._counted[words]

    def rank(self, question: str, *, expanding: bool) -> list[str]:
        """The paths of the best articles, the best first."""
        text = "".join(char if char.isalnum() else "，" for char in squeeze(fold(question)))
        expansion = expand(text, self.segmenter, self) if expanding else None
        words = dict.fromkeys(self.segmenter.query_words(text), 1.0)
        scores = self._by_words(expansion.words if expansion else words)
        depth = DEPTH if expanding else PLAIN_DEPTH
        best = nsmallest(depth, scores, key=lambda number: (-scores[number], self._paths[number]))
        texts = [self._texts[number] for number in best]
        gained = dict(zip(best, self._gains(text, expansion, texts), strict=True))
        best.sort(key=lambda number: (-scores[number] - gained[number], self._paths[number]))
        return [self._paths[number] for number in best]

    def _by_words(self, words: Mapping[str, float]) -> dict[int, float]:
        scores: defaultdict[int, float] = defaultdict(float)
        for word, weight in sorted(words.items()):
            posted = self._postings.get(word, array("I"))
            worth = weight * idf(len(self._texts), len(posted) // 2)
            for number, times in zip(posted[::2], posted[1::2], strict=True):
                scores[number] += worth * times / (times + self._saturations[number])
        return scores

    @staticmethod
    def _gains(text: str, expansion: Expansion | None, texts: Sequence[str]) -> list[float]:
        terms = expansion.terms if expansion else []
        pairs = {pair: TERM_BIGRAM for term in terms for pair in bigrams(term)}
        pairs |= dict.fromkeys(bigrams(text), 1.0)
        single = dict.fromkeys(characters(text), 1.0)
        leads = [each[:LEAD] for each in texts]
        parts = [
            _gained(pairs, texts, 0),
            _gained(single, texts, 1),
            [value / 2 for value in _gained(pairs, leads, 0)],
            [value / 4 for value in _gained(single, leads, 1)],
        ]
        return [sum(values) for values in zip(*parts, strict=True)]


def _gained(grams: Mapping[str, float], texts: Sequence[str], floor: int) -> list[float]:
    """The score that each text gains by weighted grams; an IDF is ln(floor + n/h)."""
    gained = [0.0] * len(texts)
    average = fmean(map(len, texts)) if texts else 1
    saturations = [2 * (0.1 + 0.9 * len(text) / average) for text in texts]
    for gram, weight in sorted(grams.items()):
        counts = [text.count(gram) for text in texts]
        if having := len(texts) - counts.count(0):
            worth = weight * log(floor + len(texts) / having)
            for number, times in enumerate(counts):
                gained[number] += worth * times / (times + saturations[number])
    return gained


def measure(model: Model, collection: Collection, half: int | None, *, expanding: bool) -> str:
    """A line with the figures."""
    figures: list[tuple[float, float, float]] = []
    for place, (name, question) in enumerate(collection.queries.items()):
        if half is not None and place % 2 != half:
            continue
        found = model.rank(question, expanding=expanding)
        relevant = collection.relevant[name]
        figures.append(
            (
                ndcg(found, relevant, 10),
                reciprocal_rank(found, relevant, 10),
                recall(found, relevant, 100),
            )
        )
    means = map(fmean, zip(*figures, strict=True))
    told = "  ".join(f"{name} {mean:.4f}" for name, mean in zip(METRICS, means, strict=True))
    return f"{'with' if expanding else 'without':8}{told}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--half", choices=HALVES, default="all", help="of the questions")
    given = parser.parse_args(arguments)
    folder = CORPORA / "stard"
    if not folder.is_dir():
        print(f"skipped: no corpora at {CORPORA}; set $LSQ_CORPORA", file=sys.stderr)
        return 0
    collection = statutes(folder)
    model = Model(collection)
    for expanding in (False, True):
        print(measure(model, collection, HALVES[given.half], expanding=expanding), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
