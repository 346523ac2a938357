"""What articles do have that is much like a part of a query that none has.

There are three places to look for it: among the words of the index, for a part that is
a word; in the texts that have one half of the part, beside which the other half may
stand spelled otherwise, whatever the words there; and, for a run whose words need not
stand together, among the words again, for each of its own that no article has.

Strings are near to each other that sound alike, or are one edit apart. An edit exchanges,
adds or drops a character, or swaps two neighbours: the distance of Damerau, "A technique for
computer detection and correction of spelling errors", 1964. What has the same syllables of
pinyin, whatever the tones, sounds alike: that is how input methods go wrong.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from lsq.engines import Engine
from lsq.query import Chunk, Literal, Or, parse
from lsq.query.unparse import unparse

# In characters: what is shorter has no near spelling but what sounds alike.
FEWEST: Final = 3
# How many are proposed, and of how many it is tried whether articles have them.
MOST: Final = 3
TRIES: Final = 8
# In characters: what is longer was pasted, not typed.
LONGEST: Final = 20
# How many texts are looked at, those that have the most of either half.
TEXTS: Final = 100


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


class Correction(NamedTuple):
    """What can be asked for instead.

    Attributes:
        query: as it can be typed.
        articles: how many it finds.
    """

    query: str
    articles: int


def corrected(
    engine: Engine, part: Literal | Chunk, having: Mapping[str, int]
) -> tuple[Correction, ...]:
    """What can be asked for instead of a part that no article has.

    Args:
        engine: the index.
        part: of a query.
        having: the words of the index, with how many articles have each.

    Returns:
        At most MOST: first what sounds like it, and of that the most frequent first.
    """
    if len(part.text) > LONGEST:
        return ()
    words = list(having)
    counts = Counter({word: having[word] for word in near(part.text, words)})
    counts |= _beside_halves(engine, part.text)
    if isinstance(part, Chunk):
        exchanged = _with_near_words(part, words, having)
        # What does not sound alike is many things here, and worse than all before.
        counts |= Counter(
            {
                other: times
                for other, times in exchanged.items()
                if not counts or sounds_alike(part.text, other)
            }
        )
    return tuple(_verified(engine, part, counts))


def _verified(engine: Engine, part: Literal | Chunk, counts: Mapping[str, int]) -> list[Correction]:
    """Those of the likeliest that articles have, without mere pieces of what sounds alike."""
    cut = engine.segmenter.query_words
    unlike = {other: not sounds_alike(part.text, other) for other in counts}
    likeliest = sorted(counts, key=lambda other: (unlike[other], -counts[other], other))
    found: dict[str, Correction] = {}
    for other in likeliest[:TRIES]:
        if any(other in one for one in found if not unlike[one]):
            continue
        asked = unparse(Literal(other) if isinstance(part, Literal) else Chunk(other, ()))
        if articles := engine.count(parse(asked, cut)):
            found[other] = Correction(asked, articles)
        if len(found) == MOST:
            break
    best = sorted(found, key=lambda other: (unlike[other], -found[other].articles, other))
    return [found[other] for other in best]


def _beside_halves(engine: Engine, text: str) -> Counter[str]:
    """What is near to a text and stands in texts with one of its halves, and in how many.

    One mistake leaves one of the halves whole, unless it swaps the characters between
    which they are parted, and then parting them elsewhere does.
    """
    middle = len(text) // 2
    # Letters are words by themselves, and near to pieces of others.
    whole = len(text) < FEWEST or text.isascii()
    for place in () if whole else (middle, middle + 1):
        halves = text[:place], text[place:]
        found = engine.search(Or(tuple(map(Literal, halves))), TEXTS).best
        if counts := Counter(
            other
            for one in engine.texts(found)
            for other in set(_beside(*halves, one.decode()))
            if len(other) >= FEWEST
        ):
            return counts
    return Counter()


def _beside(first: str, second: str, text: str) -> Iterator[str]:
    after, before = len(second) + 1, len(first) + 1
    # Each is looked at once, however often it stands there.
    for window in {text[end : end + after] for end in _ends(first, text)}:
        for size in range(max(1, after - 2), after + 1):
            if _is_likely(second, window[:size]):
                yield first + window[:size]
    ends = (end - len(second) for end in _ends(second, text))
    for window in {text[max(0, end - before) : end] for end in ends}:
        for size in range(max(1, before - 2), before + 1):
            if _is_likely(first, window[-size:]):
                yield window[-size:] + second


@lru_cache(maxsize=1 << 16)
def _is_likely(half: str, other: str) -> bool:
    return other.isalnum() and is_near(half, other)


def _ends(sought: str, text: str) -> Iterator[int]:
    """Where it ends in a text, each time that it stands there."""
    at = text.find(sought)
    while at >= 0:
        yield at + len(sought)
        at = text.find(sought, at + 1)


def _with_near_words(chunk: Chunk, words: Sequence[str], having: Mapping[str, int]) -> Counter[str]:
    """A chunk with a word that no article has exchanged for one near to it."""
    return Counter(
        {
            chunk.text.replace(word, other): having[other]
            for word in chunk.words
            if word not in having
            for other in near(word, words)
        }
    )
