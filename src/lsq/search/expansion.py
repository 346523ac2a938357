"""Expand a query with synonyms and official terms, and weight them.

A query any word of which will do (`--any`) is expanded:

    expansion = expand(text, segmenter, articles)

with the text of its chunks, folded and squeezed. The best `DEPTH` matches of such a query
are reranked, expanded or not. If it is expanded:

- An engine scores `expansion.words`, the words of the chunks and of the official terms,
  each with its weight, which multiplies what BM25 gives. Any one of them makes an article
  match. Other parts of the query, such as literals, keep the weight 1.
- To the bigrams of the query, in texts and leads, the reranking adds those of
  `expansion.terms` that the query does not have, each weighing `TERM_BIGRAM`. The terms'
  characters count nothing.
- `expansion.entries` are shown and explained: the words typed, and those searched for them.

Quoted text, exclusions and filters are not expanded, nor is anything with
`--no-synonyms`. `tables` are `[theirs, own_table()]` where a user has given theirs.

For any other query, only synonyms of a whole run are searched besides, literally, in tiers
of their own (`lsq.search.tiers`): 社保 also finds articles that contain 社会保险.

A form in more than `COMMON_FORM` of the articles is not expanded, and a term in more than
`COMMON_TERM` of them is not searched: they are too common to be what was meant. The
words of a form that is expanded weigh `FORM_WORD` from then on, for official texts do not
have them, and what has them is rarely official; unless the terms have them too, or more than
`STATUTE_FORM` of the articles have the form, which then is a word of statutes as well. A term
that lists four things or more, 稳就业、稳金融、…, is not used: its words are too general.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from lsq.query import And, Chunk, Literal, Or, Query
from lsq.search.known import MOST
from lsq.search.thesaurus import Entry, Table, lookup
from lsq.segment import Segmenter

# Chosen on one half of STARD's questions, judged on the other: `benchmarks/expanded.py`.
FORM_WORD: Final = 0.4
TERM_WORD: Final = 0.4
TERM_BIGRAM: Final = 0.7
# Shares of the articles.
COMMON_FORM: Final = 0.005
COMMON_TERM: Final = 0.02
STATUTE_FORM: Final = 0.001
# In an index of fewer articles, shares are of this many: one article of forty is not a large share.
FEW: Final = 1000
# How many signs of enumeration a term has at most.
COMMAS: Final = 2
# In characters. What is longer is no question but a passage, in official words already; to look
# a passage of 10,000 up takes 160 ms.
LONGEST: Final = 500
# How many of the best matches are ordered again where any word will do.
DEPTH: Final = 500
# From everyday to official words.
_FORWARD: Final = "=>"
# Between words that mean the same.
_MUTUAL: Final = "=<"


class Articles(Protocol):
    """The protocol for statistics of the articles in an index."""

    def max_doc(self) -> int:
        """How many there are."""

    def doc_freq(self, words: Sequence[str], enough: float) -> int:
        """How many have all words of a string, which is about as many as have the string.

        Args:
            words: of the string.
            enough: where an upper bound is not above it, the bound will do.
        """


class Expansion(NamedTuple):
    """Additional words to search for.

    Attributes:
        words: those of the text and of the terms, each with its weight.
        entries: what has been expanded, in the order of the text, with the terms that are
            looked for and no others.
    """

    words: dict[str, float]
    entries: tuple[Entry, ...]

    @property
    def terms(self) -> list[str]:
        """The official terms that are searched, each once, in their order."""
        return list(dict.fromkeys(term for entry in self.entries for term in entry.terms))


def expand(
    text: str,
    segmenter: Segmenter,
    articles: Articles,
    tables: Sequence[Table] | None = None,
) -> Expansion | None:
    """The expansion of a text of which any word is enough; None if there is none.

    Args:
        text: of a query's chunks, folded and squeezed.
        segmenter: cuts it.
        articles: those that are searched.
        tables: where to look; lsq's own if None.

    Raises:
        DictionaryError: the words cannot be cut.
    """
    if len(text) > LONGEST or not lookup(text, None, tables, _FORWARD):
        return None  # before anything is cut
    count = max(FEW, articles.max_doc())

    def share(form: str, enough: float) -> float:
        return articles.doc_freq(segmenter.query_words(form), enough * count) / count

    words = dict.fromkeys(segmenter.query_words(text), 1.0)
    entries: list[Entry] = []
    found: set[str] = set()  # the words of the terms
    lowered: set[str] = set()
    for entry in lookup(text, segmenter.query_boundaries(text), tables, _FORWARD):
        if (common := share(entry.form, STATUTE_FORM)) > COMMON_FORM:
            continue
        terms = tuple(
            term
            for term in entry.terms
            if term.count("、") <= COMMAS and share(term, COMMON_TERM) <= COMMON_TERM
        )
        if not terms:
            continue
        entries.append(entry._replace(terms=terms))
        of_terms = {word for term in terms for word in segmenter.query_words(term)}
        found |= of_terms
        if common <= STATUTE_FORM:
            lowered |= set(segmenter.query_words(entry.form)) - of_terms
    if not entries:
        return None
    for word in lowered & words.keys():
        words[word] = FORM_WORD
    for word in sorted(found):
        words[word] = max(words.get(word, 0), TERM_WORD)
    return Expansion(words, tuple(entries))


def synonyms(run: str, tables: Sequence[Table] | None = None) -> Entry | None:
    """The synonyms of a whole run, folded and squeezed; None if there are none.

    The terms of the entry are all of these words, the official ones first.
    """
    for entry in lookup(run, {0, len(run)}, tables, _MUTUAL):
        return entry._replace(terms=(*entry.terms, *entry.others), others=())
    return None


def entries(query: Query, tables: Sequence[Table] | None = None) -> tuple[Entry, ...]:
    """The entries of those runs of a query that have synonyms, in its order.

    Args:
        query: as typed.
        tables: where to look; lsq's own if None.
    """
    runs = dict.fromkeys(_runs(query))
    if len(runs) > MOST:
        return ()
    return tuple(entry for run in runs if (entry := synonyms(run, tables)))


def with_synonyms(query: Query, others: Mapping[str, Sequence[str]]) -> Query:
    """The query with the synonyms of each of its runs as alternatives.

    Args:
        query: as typed.
        others: the synonyms of each run.
    """
    match query:
        case Chunk(text) if text in others:
            return Or((query, *map(Literal, others[text])))
        case And(parts):
            return And(tuple(with_synonyms(part, others) for part in parts))
        case Or(parts):
            return type(query)(tuple(with_synonyms(part, others) for part in parts))
    return query


def _runs(query: Query) -> Iterator[str]:
    """The runs that may be replaced by synonyms.

    Neither quoted text, filters and exclusions, nor runs inside of sentence, paragraph or near.
    """
    match query:
        case Chunk(text):
            yield text
        case And(parts) | Or(parts):
            for part in parts:
                yield from _runs(part)
