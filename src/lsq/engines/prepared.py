"""Make an article ready for an engine: its words are cut and counted. Knows no engine."""

from collections.abc import Callable
from typing import Any

from lsq.model import Article
from lsq.segment import Segmenter
from lsq.text.fold import fold

# A word in the title counts as often as this in the body (BM25F's field weight in
# its simple form: Robertson, Zaragoza, Taylor, "Simple BM25 Extension to Multiple
# Weighted Fields", 2004).
TITLE_WEIGHT = 3

# What an engine makes ready, in any process: an article, its folded text, the counts of
# its words.
Prepare = Callable[[Article, str, dict[str, int]], Any]


def prepared(article: Article, segmenter: Segmenter, prepare: Prepare) -> Any:
    """An article made ready for an engine, to be found and ranked by its words.

    Args:
        article: what to make ready.
        segmenter: cuts the words.
        prepare: the engine's.

    Raises:
        DictionaryError: the words cannot be cut, of whatever article.
    """
    folded = fold(article.text)
    title_end = len(article.title or "")
    words = segmenter.count_words(folded[title_end:])
    for word, times in segmenter.count_words(folded[:title_end]).items():
        words[word] += TITLE_WEIGHT * times
    return prepare(article, folded, words)
