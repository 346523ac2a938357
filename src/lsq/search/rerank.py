"""The order of matches by relevance: their tiers, how close together things stand, the scores.

The engine gives the first matches by tier and score. Of these the best are reranked, each
within its tier, by how much of the query stands in their texts.

The score by words does not depend on whether 国土 and 空间 are adjacent, on the relation of
婚姻 and 结婚, or on positions in a text. So four more features are counted in the texts of
the best matches and added to the score by words:

                                                            weight   rarity
    the query's bigrams, pairs of adjacent characters       1        ln(n / h)
    its characters                                          1        ln(1 + n / h)
    its bigrams in the lead, a text's first 50 characters   ½        ln(n / h)
    its characters in the lead                              ½        ln(1 + n / h)

The lead is the title and the text after it, or the first sentence where there is no title:
it says what the text is about. Each feature adds

    weight · rarity · f / (f + k1 · (1 - b + b · length / average length))

where f is the frequency of a string in the text, and h the number of the n texts that contain
it: a bigram in all texts is no evidence, but the frequency of such a character still is. Lengths
are in bytes of UTF-8, in which texts are counted: ten times as fast as in Python's strings.

nDCG@10 of 700 questions to 60,396 articles of law is .353 by words, .366 by bigrams and
.399 so (`benchmarks/RANKING.md`). The constants are round ones from a wide plateau.

Words, bigrams and characters together: Nie, Gao, Zhang, Zhou, "On the Use of Words and
N-grams for Chinese Information Retrieval", 2000. What stands where: Edmundson, "New
Methods in Automatic Extracting", 1969. ln(n / h): Spärck Jones, "A Statistical
Interpretation of Term Specificity", 1972. Knows nothing of an article but its text.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias

from lsq.engines import Engine, Match, TopDocs
from lsq.engines.spaces import lines_at
from lsq.query import Chunk, Literal, Regex, positive_parts
from lsq.search.nearness import SCATTERED, SENTENCE
from lsq.search.request import SearchRequest
from lsq.search.tiers import Ladder, ladder
from lsq.search.understood import Understood
from lsq.text.find import count

# After the decimal point, of a score. Engines add with different precision, which must not
# decide which of two hits comes first.
DIGITS: Final = 6
# The number of the best matches that are reranked.
DEPTH: Final = 300
BIGRAM_WEIGHT: Final = 1.0
CHARACTER_WEIGHT: Final = 1.0
LEAD_WEIGHT: Final = 0.5
LEAD_CHARACTER_WEIGHT: Final = 0.5
# In characters.
LEAD: Final = 50
# In bytes, of a character in UTF-8.
_WIDEST: Final = 4
K1: Final = 2.0
B: Final = 0.9

# The weighted additions to the score of a match, never negative: for the query's bigrams in
# its text, for the query's characters, for both in the lead.
Gain: TypeAlias = tuple[float, float, float]


class Ordered(NamedTuple):
    """Matches in order, and the reasons for the order.

    Attributes:
        found: the matches.
        tiers: what their `tier` means.
        gained: by key, the gains of the reranked ones.
        near: by key, the nearness of those for which it counts.
    """

    found: TopDocs
    tiers: Ladder
    gained: Mapping[Any, Gain]
    near: Mapping[Any, int]

    @property
    def totals(self) -> Mapping[str, int]:
        """How many articles match in each way (`Hit.match`)."""
        counts: dict[str, int] = {}
        for tier, articles in enumerate(self.found.tiers):
            how = self.tiers.match(tier)
            counts[how] = counts.get(how, 0) + articles
        return counts


def by_relevance(engine: Engine, asked: Understood, request: SearchRequest) -> Ordered:
    """The first matches by relevance: by tier, and of the best those with the better texts."""
    depth = asked.deep or DEPTH
    tiers = ladder(asked.typed, any_word=request.any_word, others=asked.others)
    limit = None if request.limit is None else request.offset + request.limit
    wanted = None if limit is None else max(limit, depth)
    found = engine.search(asked.tree, wanted, "relevance", tiers.steps)
    candidates, rest = found.best[:depth], found.best[depth:]
    texts = list(engine.texts(candidates))
    parts = [part for part in positive_parts(asked.tree) if not isinstance(part, Regex)]
    gained = gains(texts, parts, asked.more)
    best = [
        (match._replace(score=match.score + sum(gain)), text)
        for match, gain, text in zip(candidates, gained, texts, strict=True)
    ]
    best.sort(key=lambda one: _place(one[0]))
    near = _nearness(engine, tiers, best, len(best) if limit is None else limit)
    reranked = sorted(
        (match for match, _ in best),
        key=lambda match: _place(match, near.get(match.key, 0)),
    )
    by_key = {match.key: gain for match, gain in zip(candidates, gained, strict=True)}
    return Ordered(found._replace(best=[*reranked, *rest][:limit]), tiers, by_key, near)


def _place(match: Match, near: int = 0) -> tuple[Any, ...]:
    """The sort key of a match."""
    score = -round(match.score, DIGITS)
    return match.tier, -match.day, near, score, match.path, match.ordinal


def _nearness(
    engine: Engine, tiers: Ladder, best: Sequence[tuple[Match, bytes]], limit: int
) -> dict[Any, int]:
    """By key, the nearness of the matches for which it counts.

    Args:
        engine: the index.
        tiers: what the tiers of the matches mean.
        best: matches in order but for this, with their texts.
        limit: the number of hits needed. Once this many have the best nearness, no later one of
            their tier can precede them, and none is examined.
    """
    judged = [
        (number, match, text, judge)
        for number, (match, text) in enumerate(best)
        if (judge := tiers.judges.get(match.tier))
    ]
    near = {match.key: SCATTERED for _, match, _, _ in judged}
    before, tier = 0, -1  # how many precede the current one; its tier
    every = zip(judged, engine.spaces(match for _, match, _, _ in judged), strict=True)
    for (number, match, text, judge), dropped in every:
        if match.tier != tier:
            before, tier = number, match.tier
        if before >= limit:
            break
        near[match.key] = judge((text, lines_at(dropped)))
        before += near[match.key] == SENTENCE
    return near


def gains(
    texts: Sequence[bytes],
    parts: Iterable[Literal | Chunk],
    more: Mapping[str, float] = MappingProxyType({}),
) -> list[Gain]:
    """The gains of the best matches, whose texts, folded and in UTF-8, are given.

    `more` are strings of synonyms with weights: their bigrams that the query does not have are
    counted too, each with that weight.

    No score decreases, so matches that were not reranked stay below those that were.
    """
    sought = [part.text for part in parts]
    pairs = {pair: weight for text, weight in more.items() for pair in bigrams(text)}
    pairs |= {pair: 1.0 for text in sought for pair in bigrams(text)}
    single = {char: 1.0 for text in sought for char in characters(text)}
    leads = [text[: _WIDEST * LEAD].decode("utf-8", "ignore")[:LEAD].encode() for text in texts]
    by_pair = _bm25(pairs, texts)
    by_character = _bm25(single, texts, least=1)
    pairs_in_lead = _bm25(pairs, leads)
    characters_in_lead = _bm25(single, leads, least=1)
    return [
        (
            BIGRAM_WEIGHT * pair,
            CHARACTER_WEIGHT * character,
            LEAD_WEIGHT * lead + LEAD_CHARACTER_WEIGHT * lead_character,
        )
        for pair, character, lead, lead_character in zip(
            by_pair, by_character, pairs_in_lead, characters_in_lead, strict=True
        )
    ]


def bigrams(text: str) -> set[str]:
    """The pairs of adjacent letters, ideographs or digits in `text`."""
    runs = "".join(char if char.isalnum() else " " for char in text).split()
    return {run[start : start + 2] for run in runs for start in range(len(run) - 1)}


def characters(text: str) -> set[str]:
    """The letters in `text` that may each have a meaning: those beyond ASCII."""
    return {char for char in text if char.isalnum() and not char.isascii()}


def _bm25(grams: Mapping[str, float], texts: Sequence[bytes], least: int = 0) -> list[float]:
    """The additions to the score of each text for these strings.

    Args:
        grams: the strings, each with its weight.
        texts: where they are counted.
        least: the number added to n / h before the logarithm.
    """
    added = [0.0] * len(texts)
    average = sum(map(len, texts)) / max(1, len(texts)) or 1
    saturations = [K1 * (1 - B + B * len(text) / average) for text in texts]
    # Sorted, so that the sums are the same in every run.
    for gram in sorted(grams):
        # In UTF-8 no character's bytes occur inside another's: bytes count as text.
        sought = gram.encode("utf-8", "replace")
        counts = [count(text, sought) for text in texts]
        having = len(texts) - counts.count(0)
        if not having or (having == len(texts) and not least):
            continue
        idf = grams[gram] * log(least + len(texts) / having)
        for index, (often, saturation) in enumerate(zip(counts, saturations, strict=True)):
            if often:
                added[index] += idf * often / (often + saturation)
    return added
