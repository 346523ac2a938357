"""Sort matches by relevance: by tier, nearness and score; and rerank the best by their texts.

The engine returns the first matches by tier and score. The best of these are reranked within
their tiers: boosts for what their texts contain of the query are added to their scores.

The score by words ignores whether 国土 and 空间 are adjacent, that 婚姻 and 结婚 are related,
and positions in a text. So four more features are counted in the texts of the best matches:

                                                            weight   rarity
    the query's bigrams, pairs of adjacent characters       1        ln(n / h)
    its characters                                          1        ln(1 + n / h)
    its bigrams in the lead, a text's first 50 characters   ½        ln(n / h)
    its characters in the lead                              ½        ln(1 + n / h)

The lead is the title and the beginning of the body, or the latter alone: it says what the text
is about. Each string of a feature adds

    weight · rarity · f / (f + k1 · (1 - b + b · length / average length))

where f is its frequency in the text, and h the number of the n texts that contain it. A bigram
in all texts is no evidence, but the frequency of such a character still is. Strings and lengths
are counted in UTF-8, ten times as fast as in Python's strings.

nDCG@10 of 700 questions about 60,396 articles of law is .353 by words, .366 by bigrams and
.399 with these features (`benchmarks/RANKING.md`). The constants are round values from a wide
plateau.

Sources. Words, bigrams and characters together: Nie, Gao, Zhang, Zhou, "On the Use of Words
and N-grams for Chinese Information Retrieval", 2000. Positions: Edmundson, "New Methods in
Automatic Extracting", 1969. ln(n / h): Spärck Jones, "A Statistical Interpretation of Term
Specificity", 1972.
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
from lsq.search.rewrite import RewrittenQuery
from lsq.search.tiers import Ladder, ladder
from lsq.text.find import count

# Digits after the decimal point of a score that affect the order: engines add with different
# precision.
DIGITS: Final = 6
# How many of the best matches are reranked.
DEPTH: Final = 300
BIGRAM_WEIGHT: Final = 1.0
CHARACTER_WEIGHT: Final = 1.0
LEAD_WEIGHT: Final = 0.5
LEAD_CHARACTER_WEIGHT: Final = 0.5
# In characters.
LEAD: Final = 50
# The maximum length of a character in UTF-8, in bytes.
_WIDEST: Final = 4
K1: Final = 2.0
B: Final = 0.9

# What reranking adds to the score of a match, never negative: for the query's bigrams in its
# text, for the query's characters, for both in the lead.
Boosts: TypeAlias = tuple[float, float, float]


class RankedMatches(NamedTuple):
    """Matches in order, and the reasons for the order.

    Attributes:
        found: the matches.
        ladder: the tiers that their `tier` counts.
        boosts: the boosts of the reranked matches, by key.
        nearness: the nearness of the matches that are sorted by it, by key.
    """

    found: TopDocs
    ladder: Ladder
    boosts: Mapping[Any, Boosts]
    nearness: Mapping[Any, int]

    @property
    def totals(self) -> Mapping[str, int]:
        """How many articles match in each way (`Hit.match`)."""
        counts: dict[str, int] = {}
        for tier, articles in enumerate(self.found.tiers):
            how = self.ladder.match(tier)
            counts[how] = counts.get(how, 0) + articles
        return counts


def rank_by_relevance(
    engine: Engine, rewritten: RewrittenQuery, request: SearchRequest
) -> RankedMatches:
    """The first matches by relevance: by tier and score, the best reranked by their texts."""
    depth = rewritten.depth or DEPTH
    tiers = ladder(rewritten.typed, any_word=request.any_word, synonyms=rewritten.synonyms)
    limit = None if request.limit is None else request.offset + request.limit
    wanted = None if limit is None else max(limit, depth)
    found = engine.search(rewritten.query, wanted, "relevance", tiers.steps)
    candidates, rest = found.best[:depth], found.best[depth:]
    texts = list(engine.texts(candidates))
    parts = [part for part in positive_parts(rewritten.query) if not isinstance(part, Regex)]
    boosted = list(zip(candidates, boosts(texts, parts, rewritten.official_terms), strict=True))
    best = [
        (match._replace(score=match.score + sum(boost)), text)
        for (match, boost), text in zip(boosted, texts, strict=True)
    ]
    best.sort(key=lambda one: _sort_key(one[0]))
    nearness = _nearness(engine, tiers, best, len(best) if limit is None else limit)
    reranked = sorted(
        (match for match, _ in best),
        key=lambda match: _sort_key(match, nearness.get(match.key, 0)),
    )
    by_key = {match.key: boost for match, boost in boosted}
    return RankedMatches(found._replace(best=[*reranked, *rest][:limit]), tiers, by_key, nearness)


def _sort_key(match: Match, nearness: int = 0) -> tuple[Any, ...]:
    score = -round(match.score, DIGITS)
    return match.tier, -match.day, nearness, score, match.path, match.ordinal


def _nearness(
    engine: Engine, tiers: Ladder, best: Sequence[tuple[Match, bytes]], limit: int
) -> dict[Any, int]:
    """The nearness of the matches that are sorted by it, by key.

    Args:
        engine: the index.
        tiers: the tiers of the matches.
        best: matches with their texts, sorted by tier and score.
        limit: the number of hits needed. Once this many have the best nearness, no later match
            of their tier can precede them, so no more are examined.
    """
    examined = [
        (number, match, text, measure)
        for number, (match, text) in enumerate(best)
        if (measure := tiers.measures.get(match.tier))
    ]
    nearness = {match.key: SCATTERED for _, match, _, _ in examined}
    before, tier = 0, -1  # the number of hits surely before the current match; its tier
    every = zip(examined, engine.spaces(match for _, match, _, _ in examined), strict=True)
    for (number, match, text, measure), dropped in every:
        if match.tier != tier:
            before, tier = number, match.tier
        if before >= limit:
            break
        nearness[match.key] = measure((text, lines_at(dropped)))
        before += nearness[match.key] == SENTENCE
    return nearness


def boosts(
    texts: Sequence[bytes],
    parts: Iterable[Literal | Chunk],
    terms: Mapping[str, float] = MappingProxyType({}),
) -> list[Boosts]:
    """The boosts of the best matches; never negative, so the others stay below them.

    Args:
        texts: of the matches, folded, in UTF-8.
        parts: the scored parts of the query.
        terms: official terms, each with the weight of those of its bigrams that the query does
            not have.
    """
    strings = [part.text for part in parts]
    pairs = {pair: weight for text, weight in terms.items() for pair in bigrams(text)}
    pairs |= {pair: 1.0 for text in strings for pair in bigrams(text)}
    single = {char: 1.0 for text in strings for char in characters(text)}
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
    """The letters beyond ASCII in `text`: each may have a meaning of its own."""
    return {char for char in text if char.isalnum() and not char.isascii()}


def _bm25(grams: Mapping[str, float], texts: Sequence[bytes], least: int = 0) -> list[float]:
    """The score of each text for these strings.

    Args:
        grams: the strings, each with its weight.
        texts: where they are counted.
        least: the number added to n / h before the logarithm.
    """
    scores = [0.0] * len(texts)
    average = sum(map(len, texts)) / max(1, len(texts)) or 1
    saturations = [K1 * (1 - B + B * len(text) / average) for text in texts]
    # Sorted, so that the sums are the same in every run.
    for gram in sorted(grams):
        # In UTF-8 the bytes of a character never occur inside another, so bytes can be counted.
        encoded = gram.encode("utf-8", "replace")
        frequencies = [count(text, encoded) for text in texts]
        doc_freq = len(texts) - frequencies.count(0)
        if not doc_freq or (doc_freq == len(texts) and not least):
            continue
        idf = grams[gram] * log(least + len(texts) / doc_freq)
        for index, (freq, saturation) in enumerate(zip(frequencies, saturations, strict=True)):
            if freq:
                scores[index] += idf * freq / (freq + saturation)
    return scores
