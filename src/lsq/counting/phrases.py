"""Set phrases of articles, compared with other articles.

Which sequences of words are phrases, `lsq.counting.sequences` says. What is printed of them are
counts of their characters, as `lsq search -o` finds them, compared by G² (Dunning 1993) and by
the logarithm of the ratio of both rates (Hardie, "Log Ratio", 2014).
"""

from collections.abc import Sequence
from math import log2
from typing import Final, NamedTuple

from lsq.counting.collocates import g2
from lsq.counting.occurrences import EVERYTHING, Text, as_printed, search, texts
from lsq.counting.quoted import quotations
from lsq.counting.sequences import Candidate, sequences
from lsq.engines import Engine, Match
from lsq.engines.folder.many import occurring
from lsq.search.request import SearchRequest

LEAST_ARTICLES: Final = 5
LIMIT: Final = 50
# What to compare with, besides a query.
BEFORE: Final = "before"
REST: Final = "rest"

# Of a rate that is compared: half an occurrence stands for none.
_NONE: Final = 0.5
# Before counts of characters decide, so many more than asked for are chosen by words.
_MORE: Final = 2
_AT_LEAST: Final = 200


class Phrase(NamedTuple):
    """A set phrase.

    Attributes:
        text: as first printed.
        words: how many it has.
        occurrences: how often it occurs in the articles looked at.
        articles: in how many of them.
        elsewhere: how often in those compared with; None without any.
        g2: how far the two rates are apart, as a log-likelihood ratio; None likewise.
        log_ratio: the base-2 logarithm of the ratio of the rates, half an occurrence standing
            for none; None likewise.
        cohesion: how much more often than by chance its parts stand together, in bits, where
            they do least; None for a single word and a quotation.
        left: the entropy of what stands before it, in bits; None for a quotation.
        right: that of what stands after it.
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
    """Set phrases, and what they were found in.

    Attributes:
        rows: the phrases, those that are most distinctive first; without anything to compare
            with, the most frequent first.
        articles: how many articles were looked at.
        characters: how many these have, white space left out.
        other_articles: how many they were compared with.
        other_characters: how many characters these have.
    """

    rows: Sequence[Phrase]
    articles: int
    characters: int
    other_articles: int
    other_characters: int


def phrases(  # noqa: PLR0913  # all that can be asked for
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
    """The set phrases of the articles that match, compared with others.

    Args:
        engine: the index.
        request: which articles.
        against: what to compare with: "before", the articles dated before `since` of the
            request that match otherwise; "rest", all others of the index; or a query for
            others. None for the rest, if there is any.
        new: only those that do not occur there.
        quoted: what stands in quotation marks, in place of sequences of words.
        least_articles: in how many articles a phrase must occur.
        least_words: how many words it must have; two, where nothing is compared with.
        limit: at most so many; None for all.

    Raises:
        QueryError: a query or a filter is invalid, or takes too long.
        ValueError: `against` is "before" without a date, or a number is below 1.
    """
    if min(least_articles, least_words) < 1:
        raise ValueError("a number below 1")
    matches = search(engine, request._replace(sort="path", limit=None, offset=0)).matches
    looked_at = list(texts(engine, matches))
    keys = {match.key for match in matches}
    others = [other for other in _others(engine, request, against) if other.key not in keys]
    compared = [text for text in texts(engine, others) if text.squeezed]
    if quoted:
        candidates = quotations(engine, matches, least_articles)
    else:
        most = None if limit is None else max(_AT_LEAST, _MORE * limit)
        least_words = least_words if compared else max(2, least_words)
        candidates = sequences(
            engine.segmenter,
            (text.folded for text in looked_at),
            (text.folded for text in compared),
            least_articles=least_articles,
            least_words=least_words,
            most=most,
            new=new,
        )
    found = _measured(candidates, looked_at, compared)
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
        len(looked_at),
        sum(len(text.squeezed) for text in looked_at),
        len(compared),
        sum(len(text.squeezed) for text in compared),
    )


def _others(engine: Engine, request: SearchRequest, against: str | None) -> Sequence[Match]:
    """The articles to compare with; those looked at may be among them."""
    if against == BEFORE:
        filters = request.filters
        if not filters or filters.since is None:
            raise ValueError("no date to compare with articles before it")
        earlier = request._replace(filters=filters.before(), sort="path", limit=None, offset=0)
        return search(engine, earlier).matches
    query = EVERYTHING if against in (None, REST) else against
    others = request._replace(query=query, filters=None, sort="path", limit=None, offset=0)
    return search(engine, others).matches


def _measured(
    candidates: Sequence[Candidate], looked_at: Sequence[Text], compared: Sequence[Text]
) -> list[Phrase]:
    """The candidates with the counts of their characters."""
    strings = {candidate.text for candidate in candidates}
    here = occurring(strings, ((n, text.squeezed) for n, text in enumerate(looked_at)))
    there = occurring(strings, ((n, text.squeezed) for n, text in enumerate(compared)))
    size = sum(len(text.squeezed) for text in looked_at)
    other_size = sum(len(text.squeezed) for text in compared)
    found: list[Phrase] = []
    for one in candidates:
        count, other = sum(here[one.text].counts), sum(there[one.text].counts)
        ratio = None
        likelihood = None
        if compared:
            likelihood = g2(count, size, count + other, size + other_size)
            ratio = log2((count or _NONE) / size) - log2((other or _NONE) / other_size)
        found.append(
            Phrase(
                one.text,
                one.words,
                count,
                len(here[one.text].numbers),
                other if compared else None,
                likelihood,
                ratio,
                one.cohesion,
                one.left,
                one.right,
            )
        )
    return found
