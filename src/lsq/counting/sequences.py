"""Sequences of words that may be set phrases.

A sequence may be one if

- it neither begins nor ends with a word of `lsq.counting.edges`;
- what stands beside it varies: the entropy of the words before it and after it, where each
  occurrence beside punctuation differs from all others (Huang and Powers, "Chinese Word
  Segmentation Based on Contextual Entropy", 2003);
- its words do not stand together by chance: of all ways to part it in two, the least pointwise
  mutual information of the parts (Silva and Lopes, "A Local Maxima Method", 1999, for the
  weakest part);
- no longer one has most of its occurrences.

The constants were chosen on one month of a newspaper and are judged on four others:
`benchmarks/phrases.tsv`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import inf, log2
from typing import Final, NamedTuple

from lsq.counting.collocates import g2
from lsq.counting.edges import can_begin, can_end
from lsq.counting.grams import APART, LONGEST, Grams, Words
from lsq.segment import Segmenter

# In characters.
_SHORTEST: Final = 2
# In bits, of the words on either side.
_ENTROPY: Final = 1.5
# In bits, of the weakest of its joints.
_COHESION: Final = 4.0
# So much of its occurrences may be beside the same word.
_BESIDE: Final = 0.7
# So much of its occurrences must be outside longer ones.
_OUTSIDE: Final = 0.4


class Candidate(NamedTuple):
    """What may be a set phrase.

    Attributes:
        text: folded and squeezed.
        article: the number of that in which it is first.
        start: where in its text.
        end: where it ends there.
        words: how many it has.
        cohesion: how much more often than by chance its parts stand together, in bits, where
            they do least; None for a single word, and where that is not known.
        left: the entropy of what stands before it, in bits; None where it is not known.
        right: that of what stands after it.
    """

    text: str
    article: int
    start: int
    end: int
    words: int
    cohesion: float | None = None
    left: float | None = None
    right: float | None = None


def sequences(  # noqa: PLR0913  # all that can be asked for
    segmenter: Segmenter,
    looked_at: Iterable[str],
    compared: Iterable[str],
    *,
    least_articles: int,
    least_words: int,
    most: int | None,
    new: bool,
) -> list[Candidate]:
    """The sequences of words that may be set phrases, those whose rates differ most first.

    Args:
        segmenter: cuts the texts.
        looked_at: the texts, folded.
        compared: the texts to compare with.
        least_articles: in how many texts a sequence must be.
        least_words: how many words it must have.
        most: at most so many; None for all.
        new: only those that are in none of the texts to compare with.
    """
    words = Words(segmenter)
    words.add(looked_at)
    grams = Grams(words, least_articles)
    names = ["", *words.known]
    found = _maximal(grams, _apart(grams, words, names, least_articles))
    others = Words(segmenter, words.known)
    others.add(compared)
    elsewhere = grams.count_in(others)
    here, there = len(words), len(others)

    def rank(number: int) -> float:
        count, other = grams.grams[number].times, elsewhere[number]
        if not there:
            return count
        sign = 1 if count * there > other * here else -1
        return sign * g2(count, here, count + other, here + there)

    order = sorted(
        (
            number
            for number in found
            if len(grams.grams[number].words) >= least_words and not (new and elsewhere[number])
        ),
        key=rank,
        reverse=True,
    )
    return [
        Candidate(
            "".join(names[word] for word in gram.words),
            words.texts[gram.place],
            words.starts[gram.place],
            words.ends[gram.place + len(gram.words) - 1],
            len(gram.words),
            *found[number],
        )
        for number in order[:most]
        for gram in (grams.grams[number],)
    ]


# The cohesion of a sequence, and the entropies before and after it.
_Measures = tuple[float | None, float, float]


def _apart(
    grams: Grams, words: Words, names: Sequence[str], least_articles: int
) -> dict[int, _Measures]:
    """The sequences that stand together and are apart from what is beside them."""
    begins = [bool(name) and can_begin(name) for name in names]
    ends = [bool(name) and can_end(name) for name in names]
    every = len(words)
    found: dict[int, _Measures] = {}
    for length in range(1, LONGEST + 1):
        numbers = words.numbers
        places = [
            (place, gram)
            for place, gram in grams.places(length)
            if begins[numbers[place]] and ends[numbers[place + length - 1]]
        ]
        having = _articles(places, words.texts)
        wide = {
            gram
            for gram, articles in having.items()
            if articles >= least_articles
            and sum(len(names[word]) for word in grams.grams[gram].words) >= _SHORTEST
        }
        before: dict[int, Counter[int]] = defaultdict(Counter)
        after: dict[int, Counter[int]] = defaultdict(Counter)
        for place, gram in places:
            if gram in wide:
                before[gram][numbers[place - 1]] += 1
                after[gram][numbers[place + length]] += 1
        for gram in wide:
            left, right = _entropy(before[gram]), _entropy(after[gram])
            cohesion = _cohesion(grams, gram, every) if length > 1 else None
            if min(left, right) >= _ENTROPY and (cohesion is None or cohesion >= _COHESION):
                found[gram] = (cohesion, left, right)
    return found


def _articles(places: Iterable[tuple[int, int]], numbers: Sequence[int]) -> Counter[int]:
    """In how many texts each sequence occurs."""
    last: dict[int, int] = {}
    having: Counter[int] = Counter()
    for place, gram in places:
        if last.get(gram) != numbers[place]:
            last[gram] = numbers[place]
            having[gram] += 1
    return having


def _entropy(beside: Counter[int]) -> float:
    """The entropy of the words beside a sequence; 0 if it is mostly the same one.

    Each time that there is punctuation or an end counts as a word of its own.
    """
    every = beside.total()
    free = beside[APART]
    counts = [count for word, count in beside.items() if word != APART]
    if max(counts, default=0) >= _BESIDE * every:
        return 0.0
    return free / every * log2(every) - sum(one / every * log2(one / every) for one in counts)


def _cohesion(grams: Grams, number: int, every: int) -> float:
    """The least mutual information of two parts that make up a sequence, in bits."""
    gram = grams.grams[number]
    weakest = inf
    for first in range(1, len(gram.words)):
        parts = (
            grams.grams[grams.at[first][gram.place]],
            grams.grams[grams.at[len(gram.words) - first][gram.place + first]],
        )
        product = parts[0].times * parts[1].times
        weakest = min(weakest, log2(gram.times * every / product))
    return weakest


def _maximal(grams: Grams, found: dict[int, _Measures]) -> dict[int, _Measures]:
    """Those of these sequences that are not mostly parts of longer ones of them."""
    covered = bytearray(len(grams.at[1]))
    outside: Counter[int] = Counter()
    for length in range(LONGEST, 0, -1):
        whole = b"\1" * length
        here = [(place, gram) for place, gram in grams.places(length) if gram in found]
        outside.update(gram for place, gram in here if covered[place : place + length] != whole)
        for place, _ in here:
            covered[place : place + length] = whole
    return {
        gram: measures
        for gram, measures in found.items()
        if outside[gram] >= _OUTSIDE * grams.grams[gram].times
    }
