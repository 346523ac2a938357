"""Fold text so that variants of a character compare equal.

Folding maps one character to one character, so offsets stay the same. Documents and queries
are folded with one table, which unifies full and half width, upper and lower case, Traditional
and Simplified, variants, radicals and ideographs, and the families of brackets, quotes, dashes
and dots. The table is `fold.txt`, pairs of characters; `tools/fold_table.py` makes it and
names its sources.

Folding changes the spelling of some words: 著名 becomes 着名. `words.txt` lists these words,
one a line: the folded word, its frequency in jieba's dictionary and, if folding changes the
Simplified spelling, that spelling. `tools/folded_words.py` makes it.
"""

import os
import re
from collections.abc import Iterator
from functools import cache

# Han characters, 々 and 〇 included: Unicode's Script_Extensions=Han without radicals,
# punctuation and numerals. Folding maps compatibility forms.
IDEOGRAPH = r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"

# Invisible characters, frequent in text extracted from PDFs: soft hyphen, zero-width spaces
# and joiners, direction marks, byte order mark; and variation selectors, which select a shape
# of the character before them (葛 and 葛󠄀 are the same character).
INVISIBLE = (
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef"
)

# The characters of `str.isspace` except the line feed and the space.
_SPACES = (
    "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)

# The characters of words that are separated by spaces, folded: digits, and the letters of the
# Latin, Greek and Cyrillic alphabets.
_LETTER = r"0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f"


class _FoldTable(dict[int, int]):
    """Maps each code point to its folded code point; filled on demand.

    Filling all of it takes a millisecond, which a short query does not need.
    """

    def __init__(self) -> None:
        path = os.path.join(os.path.dirname(__file__), "fold.txt")
        with open(path, encoding="utf-8") as file:
            pairs = file.read().replace("\n", "").replace(" ", "")
        self.changed = pairs[::2] + _SPACES
        self._becomes = pairs[1::2] + " " * len(_SPACES)

    def __missing__(self, code: int) -> int:
        at = self.changed.find(chr(code))
        self[code] = code if at < 0 else ord(self._becomes[at])
        return self[code]


_TABLE = _FoldTable()

# In a text of at least _LONG characters only those that the table changes are replaced, which
# takes a quarter of the time of `translate`: first the _FREQUENT ones, then the rest. A text
# with more than _MANY runs of the rest at its beginning is in Traditional characters, for which
# `translate` is faster.
_LONG = 200
_MANY = 20
_FREQUENT = "，；：（）“”？！\u3000"
_BEYOND_BMP = 0x10000


def fold(text: str) -> str:
    """Fold `text`, character by character.

    Line feeds stay; all other white space becomes a space.

    Returns:
        A text of the same length in characters; folding it again changes nothing.
    """
    if len(text) < _LONG:
        return text.translate(_TABLE)
    for char in _FREQUENT:
        text = text.replace(char, chr(_TABLE[ord(char)]))
    variants = _variants()
    if len(variants.findall(text, 0, _LONG)) > _MANY:
        return text.translate(_TABLE)
    return variants.sub(lambda run: run[0].translate(_TABLE), text)


@cache
def _variants() -> re.Pattern[str]:
    """The characters that the table changes, and all above U+FFFF, as sets of those are slow."""
    variants = "".join(char for char in _TABLE.changed if ord(char) < _BEYOND_BMP)
    return re.compile(f"[{re.escape(variants)}\U00010000-\U0010ffff]+")


def squeeze(folded: str) -> str:
    """Drop white space, line feeds included, except between two words of letters or digits.

    Literals are compared in this form: beside an ideograph or a punctuation mark, a space is an
    accident of typesetting. Offsets change; `dropped_space` gives the shifts.
    """
    if " " not in folded and "\n" not in folded:
        return folded
    return _space().sub("", folded)


def dropped_space(folded: str) -> Iterator[re.Match[str]]:
    """Find the runs of white space that `squeeze` drops."""
    return _space().finditer(folded)


def split_at_dropped_space(folded: str) -> tuple[list[str], list[str]]:
    """Split into the pieces that `squeeze` keeps, and the runs of white space between them."""
    parts = _space().split(folded)
    return parts[::2], parts[1::2]


def squeeze_lines(folded: str) -> str:
    """Squeeze within lines: line feeds stay, and so do the spaces beside them."""
    if " " not in folded:
        return folded
    return _space_in_lines().sub("", folded)


@cache
def _space() -> re.Pattern[str]:
    # Compiled when first needed: most queries have no white space. The pattern begins with the
    # space and looks behind after it, which takes a third of the time. It is a group, so that
    # `split` returns the spaces too.
    return re.compile(
        rf"([ \n](?<![{_LETTER} \n][ \n])[ \n]*+|[ \n](?<![ \n][ \n])[ \n]*+(?![{_LETTER}]))"
    )


@cache
def _space_in_lines() -> re.Pattern[str]:
    return re.compile(rf" (?<![{_LETTER} \n] ) *+(?!\n)| (?<![ \n] ) *+(?![{_LETTER}\n])")


def drop_invisible(text: str) -> str:
    """Drop invisible characters, such as U+200B. Offsets change."""
    return _invisible().sub("", text)


@cache
def _invisible() -> re.Pattern[str]:
    return re.compile(f"[{INVISIBLE}]+")


def folded_words() -> dict[str, int]:
    """The folded words with their frequencies, for segmenting folded texts."""
    return {word: int(frequency) for word, frequency, *_ in _word_rows()}


def usual_spelling(folded: str) -> str:
    """Restore the usual spelling of a folded text, for people to read; the length stays.

    Folding the result gives `folded` again.
    """
    spellings = _spellings()
    # Compiling a pattern of all words takes 2 ms, and hardly any query contains one.
    words = [word for word in spellings if word in folded]
    if not words:
        return folded
    return re.sub("|".join(map(re.escape, words)), lambda word: spellings[word[0]], folded)


@cache
def _word_rows() -> list[list[str]]:
    with open(os.path.join(os.path.dirname(__file__), "words.txt"), encoding="utf-8") as file:
        return [line.split() for line in file]


@cache
def _spellings() -> dict[str, str]:
    """The usual spellings of folded words, the longest first."""
    known = {word: spelling[0] for word, _, *spelling in _word_rows() if spelling}
    return dict(sorted(known.items(), key=lambda each: -len(each[0])))
