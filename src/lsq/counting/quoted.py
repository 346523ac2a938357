"""What stands in quotation marks in several articles."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from lsq.counting.sequences import Candidate
from lsq.engines import Engine, Match
from lsq.text.fold import fold, squeeze

# A longer one is somebody's speech.
_QUOTATION: Final = re.compile("“[^“”\n]{2,30}”|「[^「」\n]{2,30}」")


def quotations(engine: Engine, matches: Sequence[Match], least_articles: int) -> list[Candidate]:
    """What stands in quotation marks in so many articles."""
    first: dict[str, Candidate] = {}
    having: Counter[str] = Counter()
    for number, found in enumerate(engine.found(matches)):
        text = found.article.text
        inside: set[str] = set()
        for quotation in _QUOTATION.finditer(text):
            folded = fold(quotation[0])
            key = squeeze(folded)
            if key not in first:
                words = len(engine.segmenter.running_words(folded))
                if not words:  # “……”, or a blank to fill in
                    continue
                start, end = quotation.span()
                first[key] = Candidate(key, number, start + 1, end - 1, words)
            inside.add(key)
        having.update(inside)
    return [first[key] for key, articles in having.items() if articles >= least_articles]
