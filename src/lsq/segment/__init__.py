"""Segment folded text into words. The only package that imports jieba and rjieba.

A user's words of mixed characters, such as 5G技术, are matched first. Runs of ideographs go to
jieba; everything else is segmented here, because jieba drops single digits and letters, and
〇: a run of other letters and digits is one word, an ideograph that jieba does not know is one
too, other characters are separators. There is no list of stop words. Knows nothing of
articles, queries or fields.

Documents are segmented by rjieba, which is fast; queries by jieba with the dictionary in the
index (`lsq.segment.dictionary`), which needs no loading. Both give the same words: on all
899,629 distinct runs of ideographs of 20 million characters of law, bulletins and questions,
`cut` and `cut_for_search` of rjieba 0.2.2 and jieba 0.42.1 did, and `tests/test_segment.py`
checks it.
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
# Between such runs, in this order: other ideographs, one by one; letters and digits,
# in words of a length that an engine can store.
_OTHER = rf"{IDEOGRAPH}|[^\W_{IDEOGRAPH[1:-1]}]{{1,64}}"
# Of 1.8 million pieces of text between runs in 3,502 laws, 3,914 were distinct; those of up to
# this many characters are cached, which takes little memory.
_SHORT = 8

# A user's own word, and its frequency if one was given.
UserWord = tuple[str, int | None]


def load_for_documents() -> None:
    """Load rjieba's dictionary, for a process that will segment documents: takes 0.1 s."""
    import rjieba  # noqa: F401


class Segmenter:
    """Segments documents and queries alike; libraries are loaded when first needed.

    It can be pickled, without what it has loaded.

    Args:
        dictionary: a file that `lsq.segment.making.write_dictionary` wrote. Without
            one, jieba's own dictionary is built in memory for the first query, in half
            a second.
        fingerprint: that of the documents' dictionary; None for any.

    Every method raises DictionaryError if the dictionary is missing, damaged, of
    another version, or not the one with that fingerprint.
    """

    def __init__(
        self,
        dictionary: str | os.PathLike[str] | None = None,
        fingerprint: str | None = None,
    ) -> None:
        self._path = None if dictionary is None else os.fspath(dictionary)
        self._fingerprint = fingerprint

    def document_words(self, folded: str) -> list[str]:
        """The words of a document, in order, repeated as often as they occur.

        Long words are given with the shorter words inside them (jieba's
        `cut_for_search`), so that a query for a part finds the whole.
        """
        if self._mixed is None:
            return self._document_words(folded)
        words: list[str] = []
        for text, word in self._parted(folded):
            words += self._document_words(text)
            if word:
                words += (word, *self._words_inside(word))
        return words

    def _document_words(self, folded: str) -> list[str]:
        # Between two matches of one group, `split` gives what is not one.
        pieces = iter(_RUN.split(folded))
        words = _other_words(next(pieces))[:]
        for run in pieces:
            words += self._cut_for_search(run)
            words += _other_words(next(pieces))
        return words

    def count_words(self, folded: str) -> Counter[str]:
        """The frequencies of the `document_words`; in two thirds of the time."""
        texts = folded
        mixed: Counter[str] = Counter()
        if self._mixed is not None:
            parted = list(self._parted(folded))
            mixed.update(word for _, word in parted if word)
            texts = "\n".join(text for text, _ in parted)
        pieces = _RUN.split(texts)
        # One call for all runs; their separator comes back as a word, and is dropped.
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
        """The ranges of the words of a document, in order, without the shorter words inside them.

        No word crosses a line feed, so lines can be cut apart.
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
        """The frequencies of the `running_words` of texts, from those of their `document_words`.

        Exact, as no word of more than three characters stands inside another, and which shorter
        ones do is known from the dictionary.
        """
        from lsq.segment.inside import without_words_inside

        left = Counter(counts)
        mixed: Counter[str] = Counter()
        for word in self._dictionary.mixed_words() if self._mixed is not None else ():
            # The words inside these do not go by the rule of jieba.
            mixed[word] = left.pop(word, 0)
        for word, times in mixed.items():
            for inside in self._words_inside(word) if times else ():
                left[inside] -= times
        return without_words_inside(left, self._dictionary.short_words()) + mixed

    def query_words(self, folded: str) -> tuple[str, ...]:
        """The words of a query, each once, in order (jieba's `cut`)."""
        if self._mixed is None:
            return tuple(self._query_words(folded))
        words: dict[str, None] = {}
        for text, word in self._parted(folded):
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
        """The positions in a query, in characters, where words and punctuation begin and end."""
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
        """The words that a user has added to the dictionary, with their frequencies."""
        return {} if self._path is None else self._dictionary.user_words()

    def open(self) -> "Segmenter":
        """Open the dictionary's file now: so it can be read even when it is deleted."""
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

        # The instance that the import made is used: another would take as long again.
        jieba = rjieba.Jieba() if user_words else rjieba
        for word, frequency in (folded_words() | user_words).items():
            if not is_mixed(word):
                # Adding a word again changes nothing.
                jieba.add_word(word, frequency, None)
        return jieba

    @cached_property
    def _mixed(self) -> "MixedWords | None":
        """The user's words to match first, if any."""
        if self._path is None:
            return None
        mixed = [word for word in self._dictionary.mixed_words() if _find_other(word) != [word]]
        if not mixed:
            return None
        from lsq.segment.dictionary import MixedWords

        return MixedWords(mixed)

    def _parted(self, folded: str) -> Iterator[tuple[str, str]]:
        """A text in pieces: text to segment, and the mixed word after it, "" after the last."""
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
    """The words in text without runs of ideographs; not to be changed."""
    return _remembered(between) if len(between) <= _SHORT else _find_other(between)


def _find_other(between: str) -> list[str]:
    # `re` caches compiled patterns; a query of ideographs alone need not wait for one.
    return re.findall(_OTHER, between) if between else []


_remembered = lru_cache(maxsize=8192)(_find_other)
