"""Pack what restores an article from its searched text, and restore it, or a part of it.

To store the shown text too would take half as much space again. So the text is guessed from the
folded one (commas are full-width, quotes open and close in turn), and only the *differences* from
the guess are stored: in 3,502 laws, one character in 1,200. Every text is restored exactly.

The packed form, little-endian, after a head with the lengths:

    offsets   of the places, each as the distance from the previous one
    numbers   of the places, likewise
    gaps      the number of characters between each difference and the previous one
    lengths   of the differences, in characters
    facts     the rest of the article without values that are None or False: JSON in UTF-8
    pieces    the characters of the differences, in UTF-8

Numbers are arrays of the smallest type that fits. They take a sixth less space than compressed
JSON, and no time to unpack. Most hits need no facts, and only some hundred characters of text.
"""

import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from itertools import accumulate, chain
from operator import add
from struct import Struct
from typing import Any, Final

from lsq.engines import Match
from lsq.engines.spaces import Spaces, space_places, swapped
from lsq.hit import StoredArticle
from lsq.model import Article, Place, Places, place_of

# The attributes of an article that are not among the facts.
_APART: Final = {"path", "ordinal", "title", "body", "places"}
_FACTS: Final = tuple(name for name in Article._fields if name not in _APART)
_DEFAULTS: Final = Article._field_defaults

# The length of the text; that of the title plus one, or 0 for none; where the body begins; the
# numbers of places and of differences; the length of the facts; whether places are lines; the
# types of the arrays of offsets, numbers, gaps and lengths.
_HEAD: Final = Struct("<IIIIII?4s")
_UNSIGNED, _SIGNED = "BHI", "bhi"
_SIZES: Final = {code: array(code).itemsize for code in _UNSIGNED + _SIGNED}

# For a folded character, the most frequent of the characters that fold to it.
_GUESSES: Final = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}
_OPENING, _CLOSING = "“", "”"
# In bytes: as much of a text is decoded at first.
_BEGINNING: Final = 6000
# In characters: how many are compared at once.
_STRIDE: Final = 64

# Returns a context for code that only unpacks what is stored.
Guard = Callable[[], AbstractContextManager[None]]


def pack(article: Article, folded: str) -> bytes:
    """Pack what restores an article from its searched text.

    Args:
        article: the article.
        folded: its text, folded, as in the index.
    """
    from lsq.text.front import body_start  # a search does not need it

    facts = {
        name: value
        for name in _FACTS
        if (value := getattr(article, name)) is not None and value is not False
    }
    differing = list(differences(article.text, folded))
    ends = [0, *(start + len(piece) for start, piece in differing)]
    arrays = (
        _array(_gaps(article.places.offsets), _UNSIGNED),
        _array(_gaps(article.places.numbers), _SIGNED),
        _array([start - end for (start, _), end in zip(differing, ends, strict=False)], _UNSIGNED),
        _array([len(piece) for _, piece in differing], _UNSIGNED),
    )
    packed_facts = json.dumps(facts, ensure_ascii=False).encode("utf-8", "replace")
    head = _HEAD.pack(
        len(article.text),
        0 if article.title is None else len(article.title) + 1,
        body_start(article.title, article.text),
        len(article.places.offsets),
        len(differing),
        len(packed_facts),
        article.sheet is None and not article.paged,
        "".join(one.typecode for one in arrays).encode(),
    )
    pieces = "".join(piece for _, piece in differing).encode("utf-8", "replace")
    return b"".join([head, *(swapped(one).tobytes() for one in arrays), packed_facts, pieces])


class PackedArticle(StoredArticle):
    """A stored article; each part is restored when it is first used.

    Args:
        packed: the result of `pack`.
        text: the article's text, folded and squeezed, in UTF-8.
        spaces: the white space that squeezing dropped (`lsq.engines.spaces`).
        match: has the path and ordinal of the article.
        guard: returns a context for unpacking, which reports damage.
    """

    def __init__(
        self, packed: bytes, text: bytes, spaces: bytes, match: Match, guard: Guard
    ) -> None:
        self.path, self.ordinal = match.path, match.ordinal
        self._text = text
        self._packed = packed
        self._space_bytes = spaces
        self._guard = guard
        self._spaces = Spaces(spaces)
        # Most hits need only the beginning of the text.
        self._beginning = text[:_BEGINNING].decode(errors="ignore")
        self._squeezed: str | None = None
        self._starts: list[int] | None = None  # of the places
        self._shown = (0, 0, "")  # the range restored last
        head = _HEAD.unpack_from(packed)
        length, title, body, places, differing, self._facts_size, self._has_lines, codes = head
        self._length: int = length
        self._title = title - 1
        self._body: int = body
        at = _HEAD.size
        arrays: list[array[int]] = []
        for code, count in zip(codes.decode(), (places, places, differing, differing), strict=True):
            end = at + count * _SIZES[code]
            arrays.append(swapped(array(code, packed[at:end])))
            at = end
        self._offsets, self._numbers, self._gaps, self._lengths = arrays
        self._facts_at = at

    @cached_property
    def article(self) -> Article:
        text = self.text_between(0, self.length)
        with self._guard():
            return Article(
                path=self.path,
                ordinal=self.ordinal,
                title=None if self._title < 0 else text[: self._title],
                body=text[max(0, self._title) + 1 :],
                places=Places(tuple(accumulate(self._offsets)), tuple(accumulate(self._numbers))),
                **self._facts,
            )

    @property
    def dropped(self) -> Sequence[int]:
        return space_places(self._space_bytes)

    @property
    def length(self) -> int:
        return self._length

    @property
    def squeezed(self) -> str:
        if self._squeezed is None:
            with self._guard():
                self._squeezed = self._text.decode()
        return self._squeezed

    @property
    def beginning(self) -> str:
        return self._beginning

    @property
    def title(self) -> str | None:
        return None if self._title < 0 else self.text_between(0, self._title)

    @property
    def body_start(self) -> int:
        return self._body

    def field(self, name: str) -> Any:
        if name == "title":
            return self.title
        return self._facts.get(name, _DEFAULTS[name])

    def place(self, offset: int) -> Place:
        with self._guard():
            if self._starts is None:
                self._starts = list(accumulate(self._offsets))
            number = sum(self._numbers[: bisect_right(self._starts, offset)])
            if self._has_lines:
                return Place(number, None)
            return place_of(number, self.field("paged"), self.field("sheet"))

    def text_between(self, start: int, end: int) -> str:
        low, high, text = self._shown
        if not low <= start <= end <= high:
            with self._guard():
                text = self._restored(start, end)
            low = start
            self._shown = (start, end, text)
        return text[start - low : end - low]

    def offset(self, place: int) -> int:
        return self._spaces.offset(place)

    def offsets(self, places: Iterable[int]) -> list[int]:
        return self._spaces.offsets(places)

    def squeezed_offset(self, offset: int) -> int:
        return self._spaces.place(offset)

    def line_end(self, start: int, end: int) -> int:
        low, high, text = self._shown
        if low <= start and end <= high:
            at = text.find("\n", start - low, end - low)
            return end if at < 0 else at + low
        number = bisect_left(self._feeds, start)
        return min(end, self._feeds[number]) if number < len(self._feeds) else end

    def squeezed_lines(self) -> tuple[str, Sequence[int]]:
        return self._spaces.lined(self.squeezed)

    def __reduce__(self) -> tuple[type[StoredArticle], tuple[Article, str, Sequence[int]]]:
        return StoredArticle, (self.article, self.squeezed, self.dropped)

    @cached_property
    def _facts(self) -> dict[str, Any]:
        with self._guard():
            packed = self._packed[self._facts_at : self._facts_at + self._facts_size]
            return dict(json.loads(packed.decode()))

    @cached_property
    def _feeds(self) -> list[int]:
        return self._spaces.line_feeds(self.squeezed)

    @cached_property
    def _pieces(self) -> tuple[str, list[int]]:
        """The characters of all differences; where each difference ends in the text."""
        pieces = self._packed[self._facts_at + self._facts_size :].decode()
        return pieces, list(accumulate(map(add, self._gaps, self._lengths)))

    def _restored(self, start: int, end: int) -> str:
        """A range of the text."""
        squeezed = self._beginning if end <= len(self._beginning) else self.squeezed
        place, folded = self._spaces.restored(squeezed, start, end)
        text = guessed(folded, squeezed.count('"', 0, place))
        if not self._gaps:
            return text
        pieces, ends = self._pieces
        return corrected(text, start, pieces, ends, self._lengths)


def differences(text: str, folded: str) -> Iterator[tuple[int, str]]:
    """The pieces of `text` that a guess from `folded` gets wrong, each with its start."""
    for start, end in _ranges(guessed(folded), text):
        yield start, text[start:end]


def corrected(
    text: str, start: int, pieces: str, ends: Sequence[int], lengths: Sequence[int]
) -> str:
    """Apply the differences to a guess of a range of a text.

    Args:
        text: the guess.
        start: where in the whole text the range begins.
        pieces: the characters of all differences in the whole text.
        ends: where in the whole text each difference ends, ascending.
        lengths: the lengths of the differences.

    Raises:
        ValueError: `ends` and `lengths` differ in number.
    """
    first = bisect_right(ends, start)
    after = bisect_right(ends, start + len(text), first)
    at = sum(lengths[:first])
    made: list[str] = []
    done = 0
    for end, length in zip(ends[first : after + 1], lengths[first : after + 1], strict=True):
        low = end - length - start
        if low >= len(text):
            break
        made += text[done : max(0, low)], pieces[at : at + length][max(0, -low) : len(text) - low]
        done = end - start
        at += length
    if not made:
        return text
    made.append(text[done:])
    return "".join(made)


def guessed(folded: str, quotes: int = 0) -> str:
    """Guess the text of a folded range.

    Args:
        folded: the range.
        quotes: the number of quotes before it in the whole text.
    """
    for character, guess in _GUESSES.items():
        folded = folded.replace(character, guess)
    if '"' not in folded:
        return folded
    first, *others = folded.split('"')
    marks = (_CLOSING if number % 2 else _OPENING for number in range(quotes, quotes + len(others)))
    return "".join([first, *chain.from_iterable(zip(marks, others, strict=True))])


def _ranges(guess: str, text: str) -> Iterator[tuple[int, int]]:
    """The ranges, ascending, in which two texts of the same length differ."""
    for low in range(0, len(text), _STRIDE):
        high = min(low + _STRIDE, len(text))
        if guess[low:high] == text[low:high]:
            continue
        start = low
        for at in range(low, high):
            if guess[at] == text[at]:
                if start < at:
                    yield start, at
                start = at + 1
        if start < high:
            yield start, high


def _gaps(numbers: Sequence[int]) -> list[int]:
    """Numbers as their differences, which take less space."""
    return [high - low for low, high in zip((0, *numbers), numbers, strict=False)]


def _array(numbers: Iterable[int], codes: str) -> "array[int]":
    """The numbers as an array of the first of these types that fits."""
    values = list(numbers)
    for code in codes[:-1]:
        try:
            return array(code, values)
        except OverflowError:
            continue
    return array(codes[-1], values)
