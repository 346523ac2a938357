"""Segment folded text into words. The only package that imports jieba and rjieba.

A user's words of mixed characters, such as 5G技术, are matched first. jieba segments the runs
of ideographs. Everything else is segmented here, because jieba drops single digits and letters,
and 〇: a run of other letters and digits is one word, an ideograph that jieba does not know is
one word, other characters are separators. There are no stop words. Independent of articles,
queries and fields.

rjieba, which is fast, segments documents; jieba segments queries with the dictionary in the
index (`lsq.segment.dictionary`), which needs no loading. Both give the same words: `cut` and
`cut_for_search` of rjieba 0.2.2 and jieba 0.42.1 agreed on all 899,629 distinct runs of
ideographs in 20 million characters of law, bulletins and questions, and
`tests/test_segment.py` compares them.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from lsq.text.fold import IDEOGRAPH, folded_words

if TYPE_CHECKING:
    from jieba import Tokenizer

    from lsq.segment.dictionary import Dictionary, MixedWords

# The ideographs of jieba's own pattern.
_RUN = re.compile("([\u4e00-\u9fd5]+)")
# The words between such runs: other ideographs, one by one; letters and digits, in words that
# are short enough for an engine to store.
_OTHER = rf"{IDEOGRAPH}|[^\W_{IDEOGRAPH[1:-1]}]{{1,64}}"
# Text between runs is cached up to this length: of 1.8 million such pieces in 3,502 laws, 3,914
# were distinct.
_SHORT = 8

# A word of the user's dictionary, and its frequency if the user gave one.
UserWord = tuple[str, int | None]


def load_for_documents() -> None:
    """Load rjieba's dictionary, for a process that will segment documents: takes 0.1 s."""
    import rjieba  # noqa: F401


class Segmenter:
    """Segments documents and queries; loads its libraries when they are first needed.

    A pickle contains the arguments, not the loaded libraries.

    Args:
        dictionary: a file that `lsq.segment.making.write_dictionary` wrote. Without one, the
            first query builds jieba's own dictionary in memory, in half a second.
        fingerprint: the fingerprint that the dictionary must have; None for any.

    Every method raises DictionaryError if the dictionary is missing, damaged, of another
    version, or has another fingerprint.
    """

    def __init__(
        self,
        dictionary: str | os.PathLike[str] | None = None,
        fingerprint: str | None = None,
    ) -> None:
        self._path = None if dictionary is None else os.fspath(dictionary)
        self._fingerprint = fingerprint

    def document_words(self, folded: str) -> list[str]:
        """The words of a document, in order, with repetitions.

        Includes the shorter words inside long ones (jieba's `cut_for_search`), so that a query
        for a part finds the whole.
        """
        if self._mixed is None:
            return self._document_words(folded)
        words: list[str] = []
        for text, word in self._split_at_mixed(folded):
            words += self._document_words(text)
            if word:
                words += (word, *self._words_inside(word))
        return words

    def _document_words(self, folded: str) -> list[str]:
        # With one group in the pattern, `split` alternates between other text and runs.
        pieces = iter(_RUN.split(folded))
        words = _other_words(next(pieces))[:]
        for run in pieces:
            words += self._cut_for_search(run)
            words += _other_words(next(pieces))
        return words

    def count_words(self, folded: str) -> Counter[str]:
        """Count the `document_words`, in two thirds of the time."""
        texts = folded
        mixed: Counter[str] = Counter()
        if self._mixed is not None:
            parted = list(self._split_at_mixed(folded))
            mixed.update(word for _, word in parted if word)
            texts = "\n".join(text for text, _ in parted)
        pieces = _RUN.split(texts)
        # One call for all runs; the separator comes back as a word, and is dropped.
        words = Counter(self._cut_for_search("\n".join(pieces[1::2])))
        del words["\n"]
        for between, times in Counter(pieces[::2]).items():
            for word in _other_words(between):
                words[word] += times
        for whole, times in mixed.items():
            for word in (whole, *self._words_inside(whole)):
                words[word] += times
        return words

    def running_words(self, folded: str) -> list[tuple[int, int]]:
        """The ranges of the words of a document, in order, without shorter words inside others.

        No word crosses a line feed, so lines can be segmented one by one.
        """
        if self._mixed is None:
            return self._running_words(folded, 0)
        ranges: list[tuple[int, int]] = []
        at = 0
        for start, end in (*self._mixed.find(folded), (len(folded), len(folded))):
            ranges += self._running_words(folded[at:start], at)
            if start < end:
                ranges.append((start, end))
            at = end
        return ranges

    def _running_words(self, folded: str, at: int) -> list[tuple[int, int]]:
        pieces = _RUN.split(folded)
        # One call for all runs; after each, their separator comes back as a word.
        words = iter(self._rjieba.cut("\n".join((*pieces[1::2], ""))))
        ranges: list[tuple[int, int]] = []
        for number, piece in enumerate(pieces):
            if number % 2:
                for word in words:
                    if word == "\n":
                        break
                    ranges.append((at, at + len(word)))
                    at += len(word)
                continue
            if piece:
                ranges += [(at + one.start(), at + one.end()) for one in re.finditer(_OTHER, piece)]
                at += len(piece)
        return ranges

    def running_counts(self, counts: Mapping[str, int]) -> Counter[str]:
        """Compute the frequencies of the `running_words` from those of the `document_words`.

        Exact: only words of two and three characters occur inside others, and the dictionary
        says which.
        """
        from lsq.segment.dictionary import without_words_inside

        rest = Counter(counts)
        mixed: Counter[str] = Counter()
        for word in self._dictionary.mixed_words() if self._mixed is not None else ():
            # jieba's rule for words inside others does not apply to these.
            mixed[word] = rest.pop(word, 0)
        for word, times in mixed.items():
            for inside in self._words_inside(word) if times else ():
                rest[inside] -= times
        return without_words_inside(rest, self._dictionary.short_words()) + mixed

    def query_words(self, folded: str) -> tuple[str, ...]:
        """The distinct words of a query, in order (jieba's `cut`)."""
        if self._mixed is None:
            return tuple(self._query_words(folded))
        words: dict[str, None] = {}
        for text, word in self._split_at_mixed(folded):
            words |= self._query_words(text)
            if word:
                words[word] = None
        return tuple(words)

    def _query_words(self, folded: str) -> dict[str, None]:
        pieces = iter(_RUN.split(folded))
        words = dict.fromkeys(_other_words(next(pieces)))
        for run in pieces:
            words |= dict.fromkeys(self._jieba.cut(run))
            words |= dict.fromkeys(_other_words(next(pieces)))
        return words

    def query_boundaries(self, folded: str) -> set[int]:
        """The offsets in a query where words and punctuation begin or end."""
        if self._mixed is None:
            return self._boundaries(folded)
        places: set[int] = set()
        at = 0
        for start, end in (*self._mixed.find(folded), (len(folded), len(folded))):
            places |= {at + place for place in self._boundaries(folded[at:start])}
            places.add(end)
            at = end
        return places

    def _boundaries(self, folded: str) -> set[int]:
        places: set[int] = set()
        end = 0
        for number, piece in enumerate(_RUN.split(folded)):
            start, end = end, end + len(piece)
            if number % 2:
                places.update(accumulate(map(len, self._jieba.cut(piece)), initial=start))
                continue
            places.update(range(start, end + 1))
            for word in re.finditer(_OTHER, piece):
                places.difference_update(range(start + word.start() + 1, start + word.end()))
        return places

    def user_words(self) -> dict[str, int]:
        """The words that the user has added to the dictionary, with their frequencies."""
        return {} if self._path is None else self._dictionary.user_words()

    def open(self) -> "Segmenter":
        """Open the dictionary's file now, so that it stays readable after it is deleted."""
        if self._path is not None:
            self._dictionary  # noqa: B018  # the property opens it
        return self

    def close(self) -> None:
        """Close the dictionary's file; the next use opens it again."""
        opened = self.__dict__.pop("_dictionary", None)
        self.__dict__.pop("_jieba", None)
        if opened is not None:
            opened.close()

    def __reduce__(self) -> tuple[type["Segmenter"], tuple[str | None, str | None]]:
        return Segmenter, (self._path, self._fingerprint)

    @property
    def _cut_for_search(self) -> Callable[[str], list[str]]:
        cut: Callable[[str], list[str]] = self._rjieba.cut_for_search
        return cut

    @cached_property
    def _rjieba(self) -> Any:
        import rjieba

        user_words = self.user_words()
        from lsq.segment.dictionary import is_mixed

        # rjieba's module-level instance is ready; creating another takes as long as the import.
        jieba = rjieba.Jieba() if user_words else rjieba
        for word, frequency in (folded_words() | user_words).items():
            if not is_mixed(word):
                # Adding a word again changes nothing.
                jieba.add_word(word, frequency, None)
        return jieba

    @cached_property
    def _mixed(self) -> "MixedWords | None":
        """The user's words of mixed characters, which are matched first; None without any."""
        if self._path is None:
            return None
        mixed = [word for word in self._dictionary.mixed_words() if _find_other(word) != [word]]
        if not mixed:
            return None
        from lsq.segment.dictionary import MixedWords

        return MixedWords(mixed)

    def _split_at_mixed(self, folded: str) -> Iterator[tuple[str, str]]:
        """Split a text into pairs of text to segment and the mixed word after it, "" at the end."""
        at = 0
        for start, end in self._mixed.find(folded) if self._mixed else ():
            yield folded[at:start], folded[start:end].replace(" ", "")
            at = end
        yield folded[at:], ""

    def _words_inside(self, mixed: str) -> list[str]:
        return [word for word in self._document_words(mixed) if word != mixed]

    @cached_property
    def _jieba(self) -> "Tokenizer":
        from lsq.segment.private import new_tokenizer

        return new_tokenizer(self._dictionary, self._dictionary.total)

    @cached_property
    def _dictionary(self) -> "Dictionary":
        from lsq.segment.dictionary import open_dictionary

        if self._path is None:
            from lsq.segment.making import build_dictionary

            return build_dictionary()
        return open_dictionary(self._path, self._fingerprint)


def is_run(folded: str) -> bool:
    """Whether a text consists of ideographs that jieba knows: its words are parts of it."""
    return _RUN.fullmatch(folded) is not None


def _other_words(between: str) -> list[str]:
    """The words in text between runs of ideographs; callers must not change the list."""
    return _cached_other_words(between) if len(between) <= _SHORT else _find_other(between)


def _find_other(between: str) -> list[str]:
    # Not compiled at import: a query of ideographs alone does not need this pattern.
    return re.findall(_OTHER, between) if between else []


_cached_other_words = lru_cache(maxsize=8192)(_find_other)
