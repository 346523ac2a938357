"""An article as a document of an index, and back. Knows no engine.

The folded and squeezed text is stored, and literals are searched in it. A second copy, as
the text is shown, would take half as much space again, and the time to pack it. So only
what differs is stored of it:

*Spaces*: the white space that squeezing dropped. Every character of it is a 32-bit
little-endian number: four times its place in the squeezed text, and one more for a space
than for a line feed, three more for a space of a run without a line feed.

*Differences* from a guess: that a comma was a full-width one, that quotes open and close in
turn. In 3,502 laws one character in 1,200 differs. Any text is given back as it was.
"""

import json
import sys
import zlib
from array import array
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any, Final, NamedTuple

from lsq.engines import Match
from lsq.model import Article, Places, StoredArticle
from lsq.text.fold import parted_at_space

# The attributes of an article that are stored as they are.
_APART = {"path", "ordinal", "title", "body", "places"}
_PLAIN = [name for name in Article._fields if name not in _APART]

# Of zlib: higher levels take twice the time for a tenth of the size.
_LEVEL = 3
# The most frequent of the characters that are folded into one.
_GUESSES = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}
# How many characters are compared at once.
_STRIDE = 64

# Pieces of a text, each after how many characters lie between it and the one before
# it: [gap, piece, gap, piece, …]; values that JSON knows.
Pieces = list[Any]


class Document(NamedTuple):
    """An article prepared for writing, in whichever process.

    Attributes:
        path: as lsq was given it.
        ordinal: its number in the bulletin.
        text: folded and squeezed, in UTF-8; there is no NUL in it.
        words: those that occur, each once, a NUL between them: one string goes from
            process to process in half the time that a dict of so many takes.
        counts: how often each of them occurs.
        length: how many words there are.
        columns: what else its columns hold, by name.
    """

    path: str
    ordinal: int
    text: bytes
    words: str
    counts: "array[int]"
    length: int
    columns: dict[str, Any]


def prepare(article: Article, folded: str, words: dict[str, int]) -> Document:
    """Prepare an article for writing, without an index: this runs in any process.

    Args:
        article: the article.
        folded: its text, folded.
        words: its words, each with its count.
    """
    # Not text: a NUL, with which an engine may end one, and which would separate ideographs;
    # and half a surrogate pair, which UTF-8 cannot encode.
    folded = folded.replace("\0", " ").encode("utf-8", "replace").decode()
    squeezed, spaces = squeezed_of(folded)
    values: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    values["title"] = None if article.title is None else len(article.title)
    values["differences"] = differences(article.text, folded)
    values["offsets"] = _gaps(article.places.offsets)
    values["numbers"] = _gaps(article.places.numbers)
    packed = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
    return Document(
        article.path,
        article.ordinal,
        squeezed.encode(),
        "\0".join(words),
        array("I", words.values()),
        sum(words.values()),
        _fields(article) | {"spaces": spaces, "article": zlib.compress(packed, _LEVEL)},
    )


def _fields(article: Article) -> dict[str, Any]:
    """The fields that have a column of their own, as they are compared."""
    from lsq.query.days import days_of  # a search for words does not need it
    from lsq.query.fields import DAYS, STORED
    from lsq.query.units import normalize

    published = days_of(article.published) or (0, 0)
    days = {"date": days_of(article.date) or published, "published": published}
    values: dict[str, Any] = {}
    for name, columns in DAYS.items():
        values |= zip(columns, days[name], strict=True)
    for name in STORED:
        values[name] = normalize(name, getattr(article, name)).encode("utf-8", "replace")
    return values


def to_found(packed: bytes, squeezed: str, spaces: bytes, match: Match) -> StoredArticle:
    """The article of a document's columns and text, under the path of the match."""
    values = json.loads(zlib.decompress(packed))
    text = original(unsqueezed(squeezed, spaces), values.pop("differences"))
    title = values.pop("title")
    places = Places(_sums(values.pop("offsets")), _sums(values.pop("numbers")))
    article = Article(
        path=match.path,
        ordinal=match.ordinal,
        title=None if title is None else text[:title],
        body=text[(title or 0) + 1 :],
        places=places,
        **values,
    )
    return StoredArticle(article, squeezed, space_places(spaces))


def _gaps(numbers: Sequence[int]) -> list[int]:
    """Numbers as differences, which compress to half the size."""
    return [high - low for low, high in zip((0, *numbers), numbers, strict=False)]


def _sums(gaps: Sequence[int]) -> tuple[int, ...]:
    return tuple(accumulate(gaps))


def differences(text: str, folded: str) -> Pieces:
    """The pieces of `text` that a guess from `folded` gets wrong."""
    pieces: Pieces = []
    at = 0
    for start, end in _ranges(_guessed(folded), text):
        pieces += (start - at, text[start:end])
        at = end
    return pieces


def original(folded: str, pieces: Pieces) -> str:
    """The text that `differences` was given.

    Raises:
        ValueError, TypeError: the pieces are not those of `differences`.
    """
    guess = _guessed(folded)
    made: list[str] = []
    at = 0
    for gap, piece in zip(pieces[::2], pieces[1::2], strict=True):
        made += (guess[at : at + gap], piece)
        at += gap + len(piece)
    made.append(guess[at:])
    return "".join(made)


def _guessed(folded: str) -> str:
    for sign, guess in _GUESSES.items():
        folded = folded.replace(sign, guess)
    if '"' not in folded:
        return folded
    pieces = folded.split('"')
    pieces[1::2] = [f"“{quoted}”" for quoted in pieces[1::2]]
    # Of an odd number of quotes, the last one opens no pair.
    return "".join(pieces) if len(pieces) % 2 else "".join(pieces)[:-1]


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


_CHARACTERS: Final = ("\n", " ", "", " ")
_LINE_FEED, _BESIDE, _, _ALONE = range(4)


def squeezed_of(folded: str) -> tuple[str, bytes]:
    """The squeezed text of a text, and the spaces that squeezing drops."""
    pieces, runs = parted_at_space(folded)
    places = [place << 2 for place in accumulate(map(len, pieces))]
    spaces = array("I")
    for place, space in zip(places, runs, strict=False):
        if space == "\n":
            spaces.append(place)
        else:
            among = _BESIDE if "\n" in space else _ALONE
            spaces.extend([place | (_LINE_FEED if char == "\n" else among) for char in space])
    return "".join(pieces), _swapped(spaces).tobytes()


def unsqueezed(squeezed: str, spaces: bytes) -> str:
    """The text that `squeezed_of` was given."""
    return _with(squeezed, _swapped(array("I", spaces)))


def lined(squeezed: str, spaces: bytes) -> str:
    """The text with each line squeezed separately."""
    kept = _swapped(array("I", spaces))
    return _with(squeezed, [space for space in kept if space & _ALONE != _ALONE])


def space_places(spaces: bytes) -> list[int]:
    """How many characters of the squeezed text come before each space, ascending."""
    return [space >> 2 for space in _swapped(array("I", spaces))]


def lines_at(spaces: bytes) -> Callable[[int], tuple[int, int | None]]:
    """Tells of a place in the squeezed text where the line that has it begins and ends.

    As far as line feeds were dropped; None for the end of the text. To be asked of each line
    once: it looks at every space between two line feeds.
    """
    kept = _swapped(array("I", spaces))

    def line(place: int) -> tuple[int, int | None]:
        first = after = bisect(kept, place << 2 | _ALONE)
        while first and kept[first - 1] & _ALONE != _LINE_FEED:
            first -= 1
        while after < len(kept) and kept[after] & _ALONE != _LINE_FEED:
            after += 1
        start = kept[first - 1] >> 2 if first else 0
        return start, kept[after] >> 2 if after < len(kept) else None

    return line


def _with(squeezed: str, spaces: "array[int] | list[int]") -> str:
    pieces: list[str] = []
    at = 0
    for space in spaces:
        place = space >> 2
        pieces += squeezed[at:place], _CHARACTERS[space & 3]
        at = place
    pieces.append(squeezed[at:])
    return "".join(pieces)


def _swapped(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
