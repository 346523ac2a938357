"""BM25 as Lucene computes it, with the same numbers in every engine.

    score = idf · f / (f + k1 · (1 - b + b · length / average length))
    idf   = ln(1 + (N - n + ½) / (n + ½))

where f is the frequency of the term in the article, N the number of articles and n the number
of those that contain the term. Terms are words, literals and regular expressions (`terms_of`).
Articles are prepared for an engine here as well, as the weight of title words is a part of f.

Sources: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009;
Lucene's BM25Similarity, which since version 8 leaves out the factor (k1 + 1), and its SmallFloat,
which keeps a length in one byte (exact to 40, four significant bits above).
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
    exact = 24  # shorter lengths are exact; longer ones have 4 bits and a shift
    steps = [*range(8), *((8 | low) << shift for shift in range(28) for low in range(8))]
    return [*range(exact), *(exact + step for step in steps)][:256]


NORM_LENGTHS: Final = _lengths()


def length_to_norm(length: int) -> int:
    """The norm of the greatest length in NORM_LENGTHS that is not above `length`."""
    return bisect_right(NORM_LENGTHS, length) - 1


def idf(count: int, doc_freq: int) -> float:
    """The inverse document frequency of a term that `doc_freq` of `count` articles contain."""
    return log(1 + (count - doc_freq + 0.5) / (doc_freq + 0.5))


class BM25:
    """The score of one term, by its frequency in an article and the article's length.

    Args:
        count: the number of articles.
        doc_freq: the number of those that contain the term, at least one.
        total_length: the number of words in all articles.
        weight: the factor of the score.
    """

    def __init__(self, count: int, doc_freq: int, total_length: int, weight: float = 1) -> None:
        self._idf = weight * idf(count, doc_freq)
        # Articles without any word may still contain punctuation, which is searched too.
        average = total_length / count or 1
        self._saturation = [K1 * (1 - B + B * length / average) for length in NORM_LENGTHS]

    def score(self, frequency: float, norm: int) -> float:
        """The term's contribution to the score of an article."""
        return self._idf * frequency / (frequency + self._saturation[norm])


def terms_of(query: Query) -> tuple[dict[str, float], list[str], list[Regex]]:
    """The scored terms of a query, each once, sorted: words with weights, literals, expressions.

    The words are those of its chunks, each with its highest weight. A literal or a regular
    expression is one term, so that an exact query needs no words.
    """
    scored = list(positive_parts(query))
    words: dict[str, float] = {}
    for part in scored:
        if isinstance(part, Chunk):
            weights = dict(part.weights)
            for word in part.words:
                words[word] = max(words.get(word, 0), weights.get(word, 1))
    literals = {part.text for part in scored if isinstance(part, Literal)}
    expressions = {part.pattern: part for part in scored if isinstance(part, Regex)}
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
        having: its doc_freq: how many articles have it; replaced articles may still count.
        articles: the number of all articles, counted likewise.
        score: its contribution.
    """

    kind: str
    text: str
    frequency: int
    having: int
    articles: int
    score: float


# How many occurrences in the body a word in the title counts as (BM25F's field weight in its
# simple form: Robertson, Zaragoza, Taylor, "Simple BM25 Extension to Multiple Weighted Fields",
# 2004).
TITLE_WEIGHT = 3

# Makes a document of an article, its folded text and its word counts, in any process.
Prepare = Callable[[Article, str, dict[str, int]], Any]


def prepared(article: Article, segmenter: Segmenter, prepare: Prepare) -> Any:
    """Prepare an article as a document for an engine: segment and count its words.

    Args:
        article: the article.
        segmenter: cuts the words.
        prepare: that of the engine.

    Raises:
        DictionaryError: words cannot be segmented, in any article.
    """
    folded = fold(article.text)
    title_end = len(article.title or "")
    words = segmenter.count_words(folded[title_end:])
    for word, times in segmenter.count_words(folded[:title_end]).items():
        words[word] += TITLE_WEIGHT * times
    return prepare(article, folded, words)
