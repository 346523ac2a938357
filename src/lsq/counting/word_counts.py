"""How often each word occurs in the running text of an index: what collocates are compared with.

The running text of an article is its title, once, and its body, cut into words as they follow
one another, without the shorter words inside them. An index has other counts, for scores: a word
in a title counts three times, and words inside longer ones count too. The first are derived
from the second, exactly: only the titles are cut again.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from lsq.counting.occurrences import EVERYTHING, Range, search, texts
from lsq.engines import Engine
from lsq.engines.bm25 import TITLE_WEIGHT
from lsq.engines.spaces import first_line
from lsq.search.request import SearchRequest

# So many titles, or texts, are cut by one call.
_TOGETHER: Final = 1000


def running_counts(engine: Engine) -> Counter[str]:
    """How often each word occurs in the running text of all articles."""
    totals = engine.word_totals()
    matches = search(engine, SearchRequest(EVERYTHING, sort="path")).matches
    if totals is None:
        return _counted(engine, (text.folded for text in texts(engine, matches)))
    pairs = zip(engine.texts(matches), engine.spaces(matches), strict=True)
    titles = _counted(engine, (first_line(text, spaces) for text, spaces in pairs))
    counts = engine.segmenter.running_counts(totals)
    for word, times in titles.items():
        counts[word] -= (TITLE_WEIGHT - 1) * times
    return +counts


def _counted(engine: Engine, pieces: Iterator[str]) -> Counter[str]:
    """The words of texts, each of which may have several lines."""
    counts: Counter[str] = Counter()
    while some := list(islice(pieces, _TOGETHER)):
        # No word crosses a line feed.
        text = "\n".join(some)
        counts.update(word_at(text, place) for place in engine.segmenter.running_words(text))
    return counts


def word_at(text: str, place: Range) -> str:
    """The word in a range of a text: a user's own may be written with spaces in it."""
    return text[slice(*place)].replace(" ", "")
