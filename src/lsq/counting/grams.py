"""Sequences of words that occur often, in running text: word n-grams.

They are counted level by level: a sequence of n words occurs as often as asked for only where
both sequences of n - 1 words in it do. So few are looked at: of 1.4 million words of a newspaper,
350,000 places for two words, and 70,000 for three.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from lsq.counting.word_counts import word_at
from lsq.segment import Segmenter

# Stands between words that are apart: punctuation, or the end of a line or text.
APART: Final = 0
LONGEST: Final = 8


class Words:
    """Texts as numbers of their words, which new texts can be added to.

    Args:
        segmenter: cuts the texts.
        known: the numbers of words, from 1; texts can only have these. None for new ones.

    Attributes:
        numbers: of the words, one after another, with `APART` where punctuation is.
        starts: for each of them, where in its text the word begins.
        ends: where it ends.
        texts: for each of them, the number of its text.
        known: the number of each word.
    """

    def __init__(self, segmenter: Segmenter, known: dict[str, int] | None = None) -> None:
        self._segmenter = segmenter
        self._is_closed = known is not None
        self._count = 0
        self.known: dict[str, int] = {} if known is None else known
        self.numbers = array("I", [APART])
        self.starts = array("I", [0])
        self.ends = array("I", [0])
        self.texts = array("I", [0])

    def add(self, folded: Iterable[str]) -> None:
        """Add texts, folded, in the order of their numbers."""
        known, numbers, starts, ends = self.known, self.numbers, self.starts, self.ends
        for number, text in enumerate(folded):
            before = -1
            words = self._segmenter.running_words(text)
            self._count += len(words)
            for start, end in words:
                if start != before:
                    numbers.append(APART)
                    starts.append(start)
                    ends.append(start)
                before = end
                word = word_at(text, (start, end))
                index = known.get(word)
                if index is None:
                    index = APART
                    if not self._is_closed:
                        index = known[word] = len(known) + 1
                numbers.append(index)
                starts.append(start)
                ends.append(end)
            self.texts.extend([number] * (len(numbers) - len(self.texts)))
        # So many that one can look beyond any word without asking whether there is one.
        for column in (numbers, starts, ends, self.texts):
            column.extend([APART] * (LONGEST + 1))

    def __len__(self) -> int:
        """How many words the texts have, those without a number included."""
        return self._count


class Gram(NamedTuple):
    """A sequence of words.

    Attributes:
        words: their numbers.
        times: how often it occurs.
        place: where in `Words.numbers` first.
    """

    words: tuple[int, ...]
    times: int
    place: int


class Grams:
    """The sequences of up to `LONGEST` words that occur often.

    Args:
        words: the texts.
        least: how often at least.

    Attributes:
        grams: by number; that of a single word is the number of the word.
        at: for each length, from 0, and place in `Words.numbers`: the sequence of this length
            that begins there; 0 for one that is rarer.
    """

    def __init__(self, words: Words, least: int) -> None:
        numbers = words.numbers
        self._width = len(words.known) + 1
        self._next: list[dict[int, int]] = [{}]
        self.grams: dict[int, Gram] = {}
        self.at: list[Sequence[int]] = [array("I")]
        counts = Counter(numbers)
        del counts[APART]
        frequent = {word for word, count in counts.items() if count >= least}
        first = array("I", [word if word in frequent else 0 for word in numbers])
        places = [place for place, word in enumerate(first) if word]
        self.at.append(first)
        for place in reversed(places):
            word = first[place]
            self.grams[word] = Gram((word,), counts[word], place)
        for length in range(1, LONGEST):
            places = self._lengthen(words, places, length, least)

    def _lengthen(self, words: Words, places: list[int], length: int, least: int) -> list[int]:
        """Find the sequences that are a word longer; returns their places."""
        numbers, shorter, width = words.numbers, self.at[length], self._width
        places = [place for place in places if shorter[place + 1]]
        keys = [shorter[place] * width + numbers[place + length] for place in places]
        numbered: dict[int, int] = {}
        for key, count in Counter(keys).items():
            if count >= least:
                numbered[key] = width + len(self.grams)
                begun = self.grams[key // width].words
                self.grams[numbered[key]] = Gram((*begun, key % width), count, 0)
        longer = array("I", bytes(numbers.itemsize * len(numbers)))
        found: list[int] = []
        for place, key in zip(places, keys, strict=True):
            if key in numbered:
                longer[place] = numbered[key]
                found.append(place)
        for place in reversed(found):
            self.grams[longer[place]] = self.grams[longer[place]]._replace(place=place)
        self._next.append(numbered)
        self.at.append(longer)
        return found

    def places(self, length: int) -> Iterator[tuple[int, int]]:
        """Where sequences of a length are, and which."""
        return ((place, gram) for place, gram in enumerate(self.at[length]) if gram)

    def count_in(self, words: Words) -> Counter[int]:
        """How often these sequences occur in other texts, with the same numbers of words."""
        numbers = words.numbers
        here: Sequence[int] = [word if word in self.grams else 0 for word in numbers]
        counts = Counter(here)
        places = [place for place, word in enumerate(here) if word]
        for length in range(1, LONGEST):
            numbered, found = self._next[length], list[int]()
            longer = [0] * len(numbers)
            for place in places:
                key = here[place] * self._width + numbers[place + length]
                if gram := numbered.get(key):
                    longer[place] = gram
                    found.append(place)
            counts.update(longer[place] for place in found)
            here, places = longer, found
        return counts
