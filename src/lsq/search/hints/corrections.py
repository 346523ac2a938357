"""Find strings in articles that are similar to a part of a query that no article contains.

They are searched in three places:

- among the words of the index, for the whole part;
- in texts that contain one half of the part: beside it, the other half may be spelled
  differently;
- for a run of several words, among the words of the index again, for each of its words that
  no article contains.

Two strings are similar if they sound alike or are one edit apart. An edit replaces, inserts or
deletes a character, or swaps two neighbours: the distance of Damerau, "A technique for
computer detection and correction of spelling errors", 1964. Strings sound alike if they have
the same syllables of pinyin, without the tones: input methods offer such mistakes.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from lsq.engines import Affixes, Engine, Match
from lsq.query import Chunk, Literal, Not, Or, parse
from lsq.query.unparse import unparse
from lsq.segment import Segmenter

# In characters: a shorter string is similar only to strings that sound alike.
FEWEST: Final = 3
# How many corrections are returned, and how many are tried as queries.
MOST: Final = 3
TRIES: Final = 8
# In characters: a longer part was pasted, not typed.
LONGEST: Final = 20
# How many texts with either half are examined.
TEXTS: Final = 100
# In characters: the context on either side that shows where words begin and end.
AROUND: Final = 6


def similar_words(
    engine: Engine, parts: Iterable[tuple[Literal | Chunk, Iterable[str]]]
) -> dict[str, int]:
    """The words of the index that may be similar to these parts, or to the words given with each.

    These are the words with the same beginnings or endings, found in one pass over the index's
    words.

    Returns:
        The words, not all of them similar, with their doc_freq.
    """
    texts = (text for part, words in parts if _is_typed(part) for text in (part.text, *words))
    each = [affixes(text) for text in dict.fromkeys(texts)]
    beginnings = {beginning for one in each for beginning in one.beginnings}
    endings = {ending for one in each for ending in one.endings}
    return dict(engine.words(Affixes(tuple(beginnings), tuple(endings)))) if each else {}


def affixes(text: str) -> Affixes:
    """Affixes such that every string similar to a text has one of them.

    If two strings sound alike, so do their first characters. One edit leaves the first half
    intact, or the second, or swaps the two characters in the middle.
    """
    beginnings = set(_homophones(text[0]))
    if len(text) < FEWEST:
        return Affixes(tuple(beginnings))
    middle = len(text) // 2
    before, after = text[: middle - 1], text[middle + 1 :]
    beginnings |= {text[:middle], before + text[middle] + text[middle - 1] + after}
    return Affixes(tuple(beginnings), (text[middle:],))


def similar_to(text: str, words: Iterable[str]) -> dict[str, bool]:
    """The words similar to `text`, other than itself, and whether they sound alike.

    With fewer than FEWEST characters, only strings that sound alike are similar: 养老 shares
    half its characters with 养狗, but is not a correction of it.
    """
    sizes = range(max(len(text) - 1, FEWEST), len(text) + 2) if len(text) >= FEWEST else ()
    words = list(words)
    found = {word: False for word in words if len(word) in sizes and one_edit(text, word)}
    first = _homophones(text[0])
    return found | {word: True for word in words if word[0] in first and sounds_alike(text, word)}


def is_similar(text: str, other: str) -> bool:
    """Whether `other` is similar to `text`, and different."""
    return sounds_alike(text, other) or one_edit(text, other)


def one_edit(text: str, other: str) -> bool:
    """Whether one edit turns `text` into `other`."""
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
    """Whether `other` is spelled differently from `text`, but may sound the same."""
    return (
        len(text) == len(other)
        and all(char in _homophones(same) for same, char in zip(text, other, strict=True))
        and text != other
    )


@cache
def _homophones(char: str) -> frozenset[str]:
    """The ideographs that share a reading with `char`, including itself."""
    return frozenset(char).union(*(chars for chars in _syllables() if char in chars))


@cache
def _syllables() -> list[str]:
    """The ideographs of each syllable; `tools/readings_table.py` makes the file."""
    path = os.path.join(os.path.dirname(__file__), "readings.txt")
    with open(path, encoding="utf-8") as file:
        return [line.split()[1] for line in file]


class Correction(NamedTuple):
    """A suggested query.

    Attributes:
        query: as it can be typed.
        articles: how many it finds.
    """

    query: str
    articles: int


def corrections_of(
    engine: Engine, part: Literal | Chunk, unknown: Sequence[str], doc_freqs: Mapping[str, int]
) -> tuple[Correction, ...]:
    """Suggested queries in place of a part that no article contains.

    Args:
        engine: the index.
        part: of a query.
        unknown: the words of the part that no article contains.
        doc_freqs: the result of `similar_words` for the part.

    Returns:
        At most MOST: those that sound alike first, then by the number of articles.
    """
    if not _is_typed(part):
        return ()
    counts = Counter({word: doc_freqs[word] for word in similar_to(part.text, doc_freqs)})
    counts |= _beside_halves(engine, part.text)
    if isinstance(part, Chunk):
        replaced = _with_replaced_words(part, unknown, doc_freqs)
        # Many of these do not sound alike, and these are worse than all other candidates.
        counts |= Counter(
            {
                other: freq
                for other, freq in replaced.items()
                if not counts or sounds_alike(part.text, other)
            }
        )
    return tuple(_verified(engine, part, counts))


def _is_typed(part: Literal | Chunk) -> bool:
    return len(part.text) <= LONGEST


def _verified(engine: Engine, part: Literal | Chunk, counts: Mapping[str, int]) -> list[Correction]:
    """The likeliest candidates that find articles, without substrings of those that sound alike.

    Args:
        engine: the index.
        part: the part of the query to correct.
        counts: the candidates with their frequencies.
    """
    cut = engine.segmenter.query_words
    unlike = {other: not sounds_alike(part.text, other) for other in counts}
    likeliest = sorted(counts, key=lambda other: (unlike[other], -counts[other], other))
    found: dict[str, Correction] = {}
    for other in likeliest[:TRIES]:
        if any(other in one for one in found if not unlike[one]):
            continue
        query = unparse(Literal(other) if isinstance(part, Literal) else Chunk(other, ()))
        if articles := engine.count(parse(query, cut)):
            found[other] = Correction(query, articles)
        if len(found) == MOST:
            break
    best = sorted(found, key=lambda other: (unlike[other], -found[other].articles, other))
    return [found[other] for other in best]


def _beside_halves(engine: Engine, text: str) -> Counter[str]:
    """The strings similar to a text that contain one of its halves, with their doc_freq.

    One edit leaves one half intact, unless it swaps the two characters at the split. Then the
    text is split one character later; or, if that would leave a half of one character, the two
    characters are swapped back.
    """
    middle = len(text) // 2
    # A Latin string would be similar to mere parts of other words.
    whole_only = len(text) < FEWEST or text.isascii()
    for place in () if whole_only else (middle, middle + 1):
        halves = text[:place], text[place:]
        if place > middle and len(halves[1]) == 1 < len(halves[0]) - 1:
            swapped = text[: middle - 1] + text[middle] + text[middle - 1] + halves[1]
            return Counter({swapped: engine.count(Literal(swapped))})
        texts = [one.decode() for one in engine.texts(_with_either_half(engine, halves))]
        counts = Counter(
            other for one in texts for other in set(_beside(*halves, one)) if len(other) >= FEWEST
        )
        likeliest = counts.most_common(2 * TRIES)
        whole = {other: n for other, n in likeliest if _is_phrase(engine.segmenter, other, texts)}
        if counts:
            # The segmenter may cut a string that is in no word list, such as a name.
            return Counter(whole) or counts
    return Counter()


def _with_either_half(engine: Engine, halves: tuple[str, str]) -> list[Match]:
    """At most TEXTS articles that contain either half, those with the most occurrences first.

    Most texts contain a half of one character, and counting it would read all of them; so these
    articles come last, sorted by path.
    """
    long = [half for half in halves if len(half) > 1]
    found = list(engine.search(Or(tuple(map(Literal, long))), TEXTS).best) if long else []
    for half in halves:
        if len(half) == 1 and len(found) < TEXTS:
            known = {match.key for match in found}
            # Double negation: matches the same articles, but is not scored.
            others = engine.search(Not(Not(Literal(half))), TEXTS, "path").best
            found += [match for match in others if match.key not in known]
    return found[:TEXTS]


def _is_phrase(segmenter: Segmenter, string: str, texts: Sequence[str]) -> bool:
    """Whether a string starts and ends at word boundaries, at its first occurrence in texts."""
    text = next(text for text in texts if string in text)
    start = text.find(string)
    first = max(0, start - AROUND)
    end = start + len(string)
    boundaries = segmenter.query_boundaries(text[first : end + AROUND])
    return {start - first, end - first} <= set(boundaries)


def _beside(first: str, second: str, text: str) -> Iterator[str]:
    """The strings in a text that are one half followed or preceded by a string like the other."""
    after, before = len(second) + 1, len(first) + 1
    # Sets, so that each neighbour is compared once.
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
    # A substring of what was typed is not another spelling of it.
    return other not in half and other.isalnum() and is_similar(half, other)


def _ends(sought: str, text: str) -> Iterator[int]:
    """Where the occurrences of a string in a text end, overlapping ones included."""
    at = text.find(sought)
    while at >= 0:
        yield at + len(sought)
        at = text.find(sought, at + 1)


def _with_replaced_words(
    chunk: Chunk, unknown: Sequence[str], doc_freqs: Mapping[str, int]
) -> Counter[str]:
    """The chunk with one of its missing words replaced by a similar word of the index."""
    return Counter(
        {
            chunk.text.replace(word, other): doc_freqs[other]
            for word in unknown
            for other in similar_to(word, doc_freqs)
        }
    )
