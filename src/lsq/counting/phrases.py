"""Set phrases of articles, compared with a reference: other articles of the index.

`lsq.counting.sequences` finds the candidates. Their frequencies are counted as strings, as
`lsq search -o` finds them, and compared by G² (Dunning 1993) and by the log ratio of the two
rates (Hardie, "Log Ratio", 2014).
"""

import re
from collections import Counter
from collections.abc import Sequence
from math import log2
from typing import Final, NamedTuple

from lsq.counting.collocates import g2
from lsq.counting.occurrences import Text, as_printed, search, texts
from lsq.counting.sequences import Candidate, candidate_sequences
from lsq.engines import Engine, Match
from lsq.engines.folder.many import count_all
from lsq.search.request import EVERYTHING, SearchRequest
from lsq.text.fold import fold, squeeze

LEAST_ARTICLES: Final = 5
LIMIT: Final = 50
# Values of `against` that are not queries.
BEFORE: Final = "before"
REST: Final = "rest"

# Replaces a count of 0 in ratios.
_FOR_ZERO: Final = 0.5
# Candidates are ranked by counts of words, phrases by counts of strings, so that more
# candidates are needed than phrases are wanted.
_OVERSAMPLE: Final = 2
_MIN_CANDIDATES: Final = 200
# A longer quotation is direct speech.
_QUOTATION: Final = re.compile("“[^“”\n]{2,30}”|「[^「」\n]{2,30}」")


class Phrase(NamedTuple):
    """A set phrase.

    Attributes:
        text: as printed at its first occurrence.
        words: the number of its words.
        occurrences: its frequency in the articles.
        articles: the number of articles that contain it.
        elsewhere: its frequency in the reference; None without a reference.
        g2: the log-likelihood ratio of the two rates; None likewise.
        log_ratio: log2 of the ratio of the rates, with 0.5 for a frequency of 0; None likewise.
        cohesion: the pointwise mutual information of its weakest split, in bits; None for a
            single word or a quotation.
        left: the entropy of the words before it, in bits; None for a quotation.
        right: the entropy of the words after it, likewise.
    """

    text: str
    words: int
    occurrences: int
    articles: int
    elsewhere: int | None
    g2: float | None
    log_ratio: float | None
    cohesion: float | None
    left: float | None
    right: float | None


class Phrases(NamedTuple):
    """Set phrases, and the sizes of the articles and of the reference.

    Attributes:
        rows: the phrases, the most distinctive first; without a reference, the most frequent.
        articles: the number of articles.
        characters: the number of their characters, without white space.
        other_articles: the number of articles of the reference.
        other_characters: the number of its characters, likewise.
    """

    rows: Sequence[Phrase]
    articles: int
    characters: int
    other_articles: int
    other_characters: int


def phrases(  # noqa: PLR0913  # all settings
    engine: Engine,
    request: SearchRequest,
    *,
    against: str | None = None,
    new: bool = False,
    quoted: bool = False,
    least_articles: int = LEAST_ARTICLES,
    least_words: int = 1,
    limit: int | None = LIMIT,
) -> Phrases:
    """The set phrases of the matching articles, compared with a reference.

    Args:
        engine: the index.
        request: selects the articles.
        against: the reference: "before" for the articles dated before `since` of the request
            that match otherwise; "rest" or None for all others of the index; or a query.
        new: only phrases that do not occur in the reference.
        quoted: find texts in quotation marks instead of sequences of words.
        least_articles: the minimum number of articles that contain a phrase.
        least_words: the minimum number of its words; at least 2 without a reference.
        limit: the maximum number of phrases; None for all.

    Raises:
        QueryError: a query or a filter is invalid, or takes too long.
        ValueError: `against` is "before" without a date, or a number is below 1.
    """
    if min(least_articles, least_words) < 1:
        raise ValueError("a number below 1")
    matches = search(engine, request._replace(sort="path", limit=None, offset=0)).matches
    target = list(texts(engine, matches))
    keys = {match.key for match in matches}
    others = [other for other in _reference(engine, request, against) if other.key not in keys]
    reference = [text for text in texts(engine, others) if text.squeezed]
    if quoted:
        candidates = _quotations(engine, matches, least_articles)
    else:
        least_words = least_words if reference else max(2, least_words)
        candidates = candidate_sequences(
            engine.segmenter,
            (text.folded for text in target),
            (text.folded for text in reference),
            least_articles=least_articles,
            least_words=least_words,
            limit=None if limit is None else max(_MIN_CANDIDATES, _OVERSAMPLE * limit),
            new=new,
        )
    found = _measure(candidates, target, reference)
    rows = [
        (candidate, row)
        for candidate, row in zip(candidates, found, strict=True)
        if row.articles >= least_articles
        and (row.log_ratio is None or row.log_ratio > 0)
        and not (new and row.elsewhere)
    ]
    rows.sort(key=lambda one: (-(one[1].g2 or 0), -one[1].occurrences, one[1].text))
    rows = rows[:limit]
    printed = as_printed(engine, [(matches[one.article], (one.start, one.end)) for one, _ in rows])
    return Phrases(
        [row._replace(text=text) for (_, row), text in zip(rows, printed, strict=True)],
        len(target),
        sum(len(text.squeezed) for text in target),
        len(reference),
        sum(len(text.squeezed) for text in reference),
    )


def _reference(engine: Engine, request: SearchRequest, against: str | None) -> Sequence[Match]:
    """The articles of the reference; the target articles may be among them."""
    if against == BEFORE:
        filters = request.filters
        if not filters or filters.since is None:
            raise ValueError("no date to compare with articles before it")
        earlier = request._replace(filters=filters.before(), sort="path", limit=None, offset=0)
        return search(engine, earlier).matches
    query = EVERYTHING if against in (None, REST) else against
    others = request._replace(query=query, filters=None, sort="path", limit=None, offset=0)
    return search(engine, others).matches


def _quotations(engine: Engine, matches: Sequence[Match], least_articles: int) -> list[Candidate]:
    """The texts in quotation marks that at least `least_articles` articles contain."""
    first: dict[str, Candidate] = {}
    doc_freq: Counter[str] = Counter()
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
        doc_freq.update(inside)
    return [first[key] for key, articles in doc_freq.items() if articles >= least_articles]


def _measure(
    candidates: Sequence[Candidate], target: Sequence[Text], reference: Sequence[Text]
) -> list[Phrase]:
    """Count the candidates as strings, and compare the rates."""
    strings = {candidate.text for candidate in candidates}
    here = count_all(strings, ((n, text.squeezed) for n, text in enumerate(target)))
    there = count_all(strings, ((n, text.squeezed) for n, text in enumerate(reference)))
    size = sum(len(text.squeezed) for text in target)
    other_size = sum(len(text.squeezed) for text in reference)
    found: list[Phrase] = []
    for one in candidates:
        count, other = sum(here[one.text].counts), sum(there[one.text].counts)
        ratio = None
        likelihood = None
        if reference:
            likelihood = g2(count, size, count + other, size + other_size)
            ratio = log2((count or _FOR_ZERO) / size) - log2((other or _FOR_ZERO) / other_size)
        found.append(
            Phrase(
                one.text,
                one.words,
                count,
                len(here[one.text].numbers),
                other if reference else None,
                likelihood,
                ratio,
                one.cohesion,
                one.left,
                one.right,
            )
        )
    return found
