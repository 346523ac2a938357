"""BM25 as Lucene computes it, and the words it counts: the same numbers in every engine.

    score = idf · f / (f + k1 · (1 - b + b · length / average length))
    idf   = ln(1 + (N - n + ½) / (n + ½))

where f is the frequency of the word in the article, N the number of articles and n the
number of those that contain the word. Literals and expressions are scored by the same formula;
see `terms_of`. Sources: Robertson and Zaragoza, "The Probabilistic Relevance Framework:
BM25 and Beyond", 2009; Lucene's BM25Similarity, which since version 8 leaves out the
factor (k1 + 1), and its SmallFloat, which keeps a length in one byte (exact to 40, four
significant bits above).

It also prepares articles for an engine: their words are segmented and counted, those of the
title with more weight.
"""

from bisect import bisect_right
from collections.abc import Callable
from math import log
from typing import Any, Final, NamedTuple

from lsq.model import Article
from lsq.query import Chunk, Literal, Query, Regex, positive_parts
from lsq.segment import Segmenter
from lsq.text.fold import fold

K1: Final = 1.2
B: Final = 0.75


def _lengths() -> list[int]:
    """The lengths of Lucene's 256 one-byte norms."""
    exact = 24  # lengths below are kept as they are; above, 4 bits and a shift
    steps = [*range(8), *((8 | low) << shift for shift in range(28) for low in range(8))]
    return [*range(exact), *(exact + step for step in steps)][:256]


NORM_LENGTHS: Final = _lengths()


def length_to_norm(length: int) -> int:
    """The norm of the greatest length that one byte can encode and that is not above `length`."""
    return bisect_right(NORM_LENGTHS, length) - 1


def idf(count: int, having: int) -> float:
    """The inverse document frequency of a word that `having` of `count` articles contain."""
    return log(1 + (count - having + 0.5) / (having + 0.5))


class BM25:
    """The score that one word adds, by its frequency in an article and the article's length.

    Args:
        count: how many articles there are.
        having: how many of them have the word, at least one.
        total_length: how many words there are in all of them.
        weight: the factor of the score.
    """

    def __init__(self, count: int, having: int, total_length: int, weight: float = 1) -> None:
        self._idf = weight * idf(count, having)
        # An index without a word in any article may still match punctuation.
        average = total_length / count or 1
        self._saturation = [K1 * (1 - B + B * length / average) for length in NORM_LENGTHS]

    def score(self, frequency: float, norm: int) -> float:
        """The word's contribution to the score of an article."""
        return self._idf * frequency / (frequency + self._saturation[norm])


def terms_of(query: Query) -> tuple[dict[str, float], list[str], list[Regex]]:
    """The scored terms of a query, each once, in a fixed order: words, literals, expressions.

    The words are those of its chunks, each with its highest weight; a literal or an expression is
    one term, so that an exact query needs no words.
    """
    speaking = list(positive_parts(query))
    words: dict[str, float] = {}
    for part in speaking:
        if isinstance(part, Chunk):
            weights = dict(part.weights)
            for word in part.words:
                words[word] = max(words.get(word, 0), weights.get(word, 1))
    literals = {part.text for part in speaking if isinstance(part, Literal)}
    expressions = {part.pattern: part for part in speaking if isinstance(part, Regex)}
    return (
        dict(sorted(words.items())),
        sorted(literals),
        [expressions[each] for each in sorted(expressions)],
    )


class TermScore(NamedTuple):
    """The contribution of one term of a query to the score of one article.

    Attributes:
        kind: "word", "literal" or "regex".
        text: the text of the term, folded.
        frequency: how often the article has it; a word in its title counts as three.
        having: how many articles have it, as BM25 counts them: articles that have been
            replaced may be among them.
        articles: the number of all articles, counted likewise.
        score: its contribution.
    """

    kind: str
    text: str
    frequency: int
    having: int
    articles: int
    score: float


# A word in the title counts as often as this in the body (BM25F's field weight in
# its simple form: Robertson, Zaragoza, Taylor, "Simple BM25 Extension to Multiple
# Weighted Fields", 2004).
TITLE_WEIGHT = 3

# Makes a document, in any process, of an article, its folded text, the counts of its words.
Prepare = Callable[[Article, str, dict[str, int]], Any]


def prepared(article: Article, segmenter: Segmenter, prepare: Prepare) -> Any:
    """A document for an engine, to be found and ranked by its words.

    Args:
        article: the article.
        segmenter: cuts the words.
        prepare: the engine's.

    Raises:
        DictionaryError: words cannot be segmented, in any article.
    """
    folded = fold(article.text)
    title_end = len(article.title or "")
    words = segmenter.count_words(folded[title_end:])
    for word, times in segmenter.count_words(folded[:title_end]).items():
        words[word] += TITLE_WEIGHT * times
    return prepare(article, folded, words)
