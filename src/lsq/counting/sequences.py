"""Find sequences of words that may be set phrases.

A sequence is a candidate if

- it neither begins nor ends with a word of `lsq.counting.edges`;
- its neighbours vary: the entropy of the words before it and after it is high, where each
  boundary counts as a different word (Huang and Powers, "Chinese Word Segmentation Based on
  Contextual Entropy", 2003);
- its words co-occur more than by chance: of all splits into two parts, the minimum of their
  pointwise mutual information is high (Silva and Lopes, "A Local Maxima Method", 1999, for the
  weakest split);
- most of its occurrences are outside longer candidates.

The constants were chosen on one month of a newspaper and evaluated on four others:
`benchmarks/phrases.tsv`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import inf, log2
from typing import Final, NamedTuple

from lsq.counting.collocates import g2
from lsq.counting.edges import can_begin, can_end
from lsq.counting.grams import BOUNDARY, MAX_WORDS, Grams, WordNumbers
from lsq.segment import Segmenter

# In characters.
_MIN_CHARACTERS: Final = 2
# In bits, on each side.
_MIN_ENTROPY: Final = 1.5
# In bits, of the weakest split.
_MIN_COHESION: Final = 4.0
# The greatest share of occurrences that may have the same neighbour.
_MAX_SAME_NEIGHBOUR: Final = 0.7
# The least share of occurrences outside longer candidates.
_MIN_OUTSIDE: Final = 0.4


class Candidate(NamedTuple):
    """A candidate for a set phrase.

    Attributes:
        text: its text, folded and squeezed.
        article: the number of the first article that contains it.
        start: the start of its first occurrence in that article's text.
        end: the end of that.
        words: the number of its words.
        cohesion: the pointwise mutual information of its weakest split, in bits; None for a
            single word or a quotation.
        left: the entropy of the words before it, in bits; None for a quotation.
        right: the entropy of the words after it, likewise.
    """

    text: str
    article: int
    start: int
    end: int
    words: int
    cohesion: float | None = None
    left: float | None = None
    right: float | None = None


def candidate_sequences(  # noqa: PLR0913  # all settings
    segmenter: Segmenter,
    target: Iterable[str],
    reference: Iterable[str],
    *,
    least_articles: int,
    least_words: int,
    limit: int | None,
    new: bool,
) -> list[Candidate]:
    """The candidates, ranked by how much more frequent they are than in the reference texts.

    Args:
        segmenter: segments the texts.
        target: the texts, folded.
        reference: the texts to compare with, folded.
        least_articles: the minimum number of texts that contain a sequence.
        least_words: the minimum number of its words.
        limit: the maximum number of candidates; None for all.
        new: drop sequences that occur in the reference texts.
    """
    words = WordNumbers(segmenter)
    words.add(target)
    grams = Grams(words, least_articles)
    names = ["", *words.vocabulary]
    found = _maximal(grams, _significant(grams, words, names, least_articles))
    others = WordNumbers(segmenter, words.vocabulary)
    others.add(reference)
    elsewhere = grams.count_in(others)
    here, there = len(words), len(others)

    def rank(number: int) -> float:
        count, other = grams.grams[number].frequency, elsewhere[number]
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
        for number in order[:limit]
        for gram in (grams.grams[number],)
    ]


# The cohesion of a sequence, and the entropies before and after it.
_Measures = tuple[float | None, float, float]


def _significant(
    grams: Grams, words: WordNumbers, names: Sequence[str], least_articles: int
) -> dict[int, _Measures]:
    """The sequences that are cohesive and whose neighbours vary, with their measures."""
    begins = [bool(name) and can_begin(name) for name in names]
    ends = [bool(name) and can_end(name) for name in names]
    total = len(words)
    found: dict[int, _Measures] = {}
    for length in range(1, MAX_WORDS + 1):
        numbers = words.numbers
        places = [
            (place, gram)
            for place, gram in grams.places(length)
            if begins[numbers[place]] and ends[numbers[place + length - 1]]
        ]
        doc_freq = _doc_freq(places, words.texts)
        frequent = {
            gram
            for gram, articles in doc_freq.items()
            if articles >= least_articles
            and sum(len(names[word]) for word in grams.grams[gram].words) >= _MIN_CHARACTERS
        }
        before: dict[int, Counter[int]] = defaultdict(Counter)
        after: dict[int, Counter[int]] = defaultdict(Counter)
        for place, gram in places:
            if gram in frequent:
                before[gram][numbers[place - 1]] += 1
                after[gram][numbers[place + length]] += 1
        for gram in frequent:
            left, right = _entropy(before[gram]), _entropy(after[gram])
            cohesion = _cohesion(grams, gram, total) if length > 1 else None
            if min(left, right) >= _MIN_ENTROPY and (cohesion is None or cohesion >= _MIN_COHESION):
                found[gram] = (cohesion, left, right)
    return found


def _doc_freq(places: Iterable[tuple[int, int]], numbers: Sequence[int]) -> Counter[int]:
    """The number of texts that contain each sequence."""
    last: dict[int, int] = {}
    doc_freq: Counter[int] = Counter()
    for place, gram in places:
        if last.get(gram) != numbers[place]:
            last[gram] = numbers[place]
            doc_freq[gram] += 1
    return doc_freq


def _entropy(beside: Counter[int]) -> float:
    """The entropy of the words beside a sequence; 0 if most are the same word.

    Each boundary counts as a different word.
    """
    total = beside.total()
    free = beside[BOUNDARY]
    counts = [count for word, count in beside.items() if word != BOUNDARY]
    if max(counts, default=0) >= _MAX_SAME_NEIGHBOUR * total:
        return 0.0
    return free / total * log2(total) - sum(one / total * log2(one / total) for one in counts)


def _cohesion(grams: Grams, number: int, total: int) -> float:
    """The pointwise mutual information of the weakest split of a sequence, in bits."""
    gram = grams.grams[number]
    weakest = inf
    for first in range(1, len(gram.words)):
        parts = (
            grams.grams[grams.at[first][gram.place]],
            grams.grams[grams.at[len(gram.words) - first][gram.place + first]],
        )
        product = parts[0].frequency * parts[1].frequency
        weakest = min(weakest, log2(gram.frequency * total / product))
    return weakest


def _maximal(grams: Grams, found: dict[int, _Measures]) -> dict[int, _Measures]:
    """Drop the sequences that mostly occur as parts of longer ones."""
    covered = bytearray(len(grams.at[1]))
    outside: Counter[int] = Counter()
    for length in range(MAX_WORDS, 0, -1):
        whole = b"\1" * length
        here = [(place, gram) for place, gram in grams.places(length) if gram in found]
        outside.update(gram for place, gram in here if covered[place : place + length] != whole)
        for place, _ in here:
            covered[place : place + length] = whole
    return {
        gram: measures
        for gram, measures in found.items()
        if outside[gram] >= _MIN_OUTSIDE * grams.grams[gram].frequency
    }
