"""Count each word in the running text of an index: the reference frequencies of collocates.

The running text of an article is its title and its body, segmented without overlap. The index
stores other counts, for scores: title words count three times, and shorter words inside longer
ones count too. The running counts are derived from these exactly; only titles are segmented again.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from lsq.counting.occurrences import Range, search, texts
from lsq.engines import Engine
from lsq.engines.bm25 import TITLE_WEIGHT
from lsq.engines.spaces import first_line
from lsq.search.request import EVERYTHING, SearchRequest

# The number of titles or texts segmented by one call.
_BATCH: Final = 1000


def running_counts(engine: Engine) -> Counter[str]:
    """The frequency of each word in the running text of all articles."""
    totals = engine.word_totals()
    matches = search(engine, SearchRequest(EVERYTHING, sort="path")).matches
    if totals is None:
        return _count_words(engine, (text.folded for text in texts(engine, matches)))
    pairs = zip(engine.texts(matches), engine.spaces(matches), strict=True)
    titles = _count_words(engine, (first_line(text, spaces) for text, spaces in pairs))
    counts = engine.segmenter.running_counts(totals)
    for word, times in titles.items():
        counts[word] -= (TITLE_WEIGHT - 1) * times
    return +counts


def _count_words(engine: Engine, pieces: Iterator[str]) -> Counter[str]:
    """Count the words of texts."""
    counts: Counter[str] = Counter()
    while some := list(islice(pieces, _BATCH)):
        # No word crosses a line feed.
        text = "\n".join(some)
        counts.update(word_at(text, place) for place in engine.segmenter.running_words(text))
    return counts


def word_at(text: str, place: Range) -> str:
    """The word in a range of a text, without the spaces that words of a user may contain."""
    return text[slice(*place)].replace(" ", "")
