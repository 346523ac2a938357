"""Order the best matches again, by how much of the query stands in their texts.

Words alone do not see whether 国土 and 空间 stand together, nor that 婚姻 has to do
with 结婚, nor where in a text they stand. So three more things are counted in the texts
of the best matches, each scored with a BM25 of its own and added to the score by words:

    the query's bigrams, pairs of adjacent characters      weight 1
    its characters                                         weight ½
    its bigrams in the lead, a text's first 50 characters  weight ½

The lead is the title and what follows, or the first sentence where there is no title:
there a text says what it is about. In

    weight · ln(n / h) · f / (f + k1 · (1 - b + b · length / average length))

f is how often something occurs, h how many of the n texts have it: what all have tells
nothing and is not counted.

nDCG@10 of 700 questions to 60,396 articles of law was .353 by words, .366 by bigrams and
.390 so; without the articles' titles .349, .358 and .374 (`benchmarks/RANKING.md`). The
constants are round ones from a wide plateau: half of 432 settings tried were above .385.

Words, bigrams and characters together: Nie, Gao, Zhang, Zhou, "On the Use of Words and
N-grams for Chinese Information Retrieval", 2000. What stands where: Edmundson, "New
Methods in Automatic Extracting", 1969. ln(n / h): Spärck Jones, "A Statistical
Interpretation of Term Specificity", 1972. Knows nothing of an article but its text.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log
from typing import Final, TypeAlias

from lsq.query import Chunk, Literal

# How many of the best matches are ordered again.
DEPTH: Final = 300
BIGRAM_WEIGHT: Final = 1.0
CHARACTER_WEIGHT: Final = 0.5
LEAD_WEIGHT: Final = 0.5
# In characters.
LEAD: Final = 50
K1: Final = 2.0
B: Final = 0.9

# More strings than these are counted in one pass over a text, not each in its own: of a
# pasted paragraph there are hundreds, and a pass for each of 620 took 1.2 s in 300 laws,
# one for all 0.15 s, as long as 75 of their own.
MANY: Final = 75

# What is added to the score of a match, weighed, and never less than nothing: for the
# query's bigrams in its text, for the query's characters, for its bigrams in the lead.
Gain: TypeAlias = tuple[float, float, float]


def gains(texts: Sequence[str], parts: Iterable[Literal | Chunk]) -> list[Gain]:
    """What the best matches gain, which have these folded texts.

    No score sinks, so matches that were not reranked stay below those that were.
    """
    sought = [part.text for part in parts]
    pairs = {pair for text in sought for pair in bigrams(text)}
    single = {char for text in sought for char in characters(text)}
    by_pair = _bm25(pairs, texts)
    by_character = _bm25(single, texts)
    by_lead = _bm25(pairs, [text[:LEAD] for text in texts])
    return [
        (BIGRAM_WEIGHT * pair, CHARACTER_WEIGHT * character, LEAD_WEIGHT * lead)
        for pair, character, lead in zip(by_pair, by_character, by_lead, strict=True)
    ]


def bigrams(text: str) -> set[str]:
    """The pairs of adjacent letters, ideographs or digits in `text`."""
    runs = "".join(char if char.isalnum() else " " for char in text).split()
    return {run[start : start + 2] for run in runs for start in range(len(run) - 1)}


def characters(text: str) -> set[str]:
    """The letters in `text` that may each mean something: those beyond ASCII."""
    return {char for char in text if char.isalnum() and not char.isascii()}


def _bm25(grams: set[str], texts: Sequence[str]) -> list[float]:
    """What these strings, counted in each text, add to its score."""
    added = [0.0] * len(texts)
    average = sum(map(len, texts)) / max(1, len(texts)) or 1
    saturations = [K1 * (1 - B + B * len(text) / average) for text in texts]
    # In an order of its own: so the sums are the same at every run. What all texts have is
    # soon told, and counting takes long.
    telling = [gram for gram in sorted(grams) if not all(gram in text for text in texts)]
    for counts in _counts(telling, texts):
        having = len(texts) - counts.count(0)
        if not having:
            continue
        idf = log(len(texts) / having)
        for index, (count, saturation) in enumerate(zip(counts, saturations, strict=True)):
            if count:
                added[index] += idf * count / (count + saturation)
    return added


def _counts(grams: Sequence[str], texts: Sequence[str]) -> Iterator[list[int]]:
    """For each of these strings, all as long, how often `str.count` finds it in each text."""
    if len(grams) <= MANY:
        for gram in grams:
            yield [text.count(gram) for text in texts]
        return
    from lsq.text.grams import code, codes, overlaps

    size = len(grams[0])
    sought = {code(gram) for gram in grams}
    occurring = [Counter(filter(sought.__contains__, codes(text, size))) for text in texts]
    for gram in grams:
        if overlaps(gram):
            yield [text.count(gram) for text in texts]
        else:
            number = code(gram)
            yield [found.get(number, 0) for found in occurring]
