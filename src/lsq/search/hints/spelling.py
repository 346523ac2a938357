"""Which strings are near to each other: those that sound alike, and those one edit apart.

An edit exchanges, adds or drops a character, or swaps two neighbours: the distance of
Damerau, "A technique for computer detection and correction of spelling errors", 1964.
Alike sounds what has the same syllables of pinyin, whatever the tones, which is how
input methods go wrong. Knows no index and no query.
"""

import os
from collections.abc import Sequence
from functools import cache
from typing import Final

# In characters: what is shorter has no near spelling but what sounds alike.
FEWEST: Final = 3


def near(text: str, words: Sequence[str]) -> dict[str, bool]:
    """The words near to `text`, itself left out, and whether they sound alike.

    Of fewer than FEWEST characters, only what sounds alike is near: half of 养老 is not
    what 养狗 was meant to be.
    """
    sizes = range(max(len(text) - 1, FEWEST), len(text) + 2) if len(text) >= FEWEST else ()
    found = {word: False for word in words if len(word) in sizes and one_edit(text, word)}
    first = _read_as(text[0])
    return found | {word: True for word in words if word[0] in first and sounds_alike(text, word)}


def is_near(text: str, other: str) -> bool:
    """Whether `other` is near to `text`, and another."""
    return sounds_alike(text, other) or one_edit(text, other)


def one_edit(text: str, other: str) -> bool:
    """Whether one edit makes `other` of `text`."""
    longer, shorter = (text, other) if len(text) > len(other) else (other, text)
    if len(longer) > len(shorter) + 1 or text == other:
        return False
    same = 0
    while same < len(shorter) and longer[same] == shorter[same]:
        same += 1
    if len(longer) > len(shorter):
        return longer[same + 1 :] == shorter[same:]
    after = same + 2
    swapped = text[same:after] == other[same:after][::-1] and text[after:] == other[after:]
    return swapped or text[same + 1 :] == other[same + 1 :]


def sounds_alike(text: str, other: str) -> bool:
    """Whether `other` is written otherwise than `text`, but may be read the same."""
    return (
        len(text) == len(other)
        and all(char in _read_as(same) for same, char in zip(text, other, strict=True))
        and text != other
    )


@cache
def _read_as(char: str) -> frozenset[str]:
    """The ideographs that share a reading with `char`, and itself."""
    return frozenset(char).union(*(chars for chars in _syllables() if char in chars))


@cache
def _syllables() -> list[str]:
    """The ideographs of each syllable; `tools/readings_table.py` makes the file."""
    path = os.path.join(os.path.dirname(__file__), "readings.txt")
    with open(path, encoding="utf-8") as file:
        return [line.split()[1] for line in file]
