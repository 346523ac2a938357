"""Expand a query with synonyms and official terms, and weight them.

With `--any`, each chunk of a query is expanded by `expand`:

- The engine scores `Expansion.words`: the words of the chunk and of the official terms,
  each with a weight that multiplies its BM25 score. Any one of them makes an article
  match. Other parts of the query, such as literals, keep the weight 1.
- Reranking counts the bigrams of `Expansion.terms` besides those of the query, in texts and
  leads, with the weight `TERM_BIGRAM`. It does not count the characters of the terms.
- `Expansion.entries` are shown and explained: the words typed and the words added.

The best `DEPTH` matches of a query with `--any` are reranked, expanded or not. Quoted text,
exclusions and filters are not expanded; `--no-synonyms` turns expansion off.

Without `--any`, only the synonyms of a whole run are added. They are searched literally, in
tiers of their own (`lsq.search.tiers`): 社保 also finds articles that contain 社会保险.

Common words are not expanded: no form in more than `COMMON_FORM` of the articles, and no
term in more than `COMMON_TERM` of them. The words of an expanded form weigh `FORM_WORD`,
because official texts rarely use them; but they keep the weight 1 if the terms contain them
too, or if more than `STATUTE_FORM` of the articles have the form, which is then a word of
statutes as well. A term that lists four things or more, 稳就业、稳金融、…, is not used: its
words are too general.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from lsq.query import And, Chunk, Literal, Or, Query
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
# Shares are computed of at least this many articles: one article of forty says nothing.
FEW: Final = 1000
# The maximum number of enumeration commas in a term.
COMMAS: Final = 2
# In characters. A longer text is a passage, in official words already; looking up a passage of
# 10,000 takes 160 ms.
LONGEST: Final = 500
# How many of the best matches are reranked with `--any`.
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
        """How many have all words of a string: about as many as contain the string.

        Args:
            words: of the string.
            enough: an upper bound of at most this may be returned instead of the number.
        """


class Expansion(NamedTuple):
    """Additional words to search for.

    Attributes:
        words: the words of the text and of the terms, each with its weight.
        entries: the expanded forms, in the order of the text, with only the terms that are
            searched.
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
    """The expansion of a chunk that matches by any of its words; None if there is none.

    Args:
        text: of the chunk, folded and squeezed.
        segmenter: cuts it into words.
        articles: statistics of the index.
        tables: where to look words up; in lsq's own table if None.

    Raises:
        DictionaryError: the words cannot be cut.
    """
    # The first lookup, without word boundaries, avoids cutting most texts into words.
    if len(text) > LONGEST or not lookup(text, None, tables, _FORWARD):
        return None
    count = max(FEW, articles.max_doc())

    def share(form: str, enough: float) -> float:
        return articles.doc_freq(segmenter.query_words(form), enough * count) / count

    words = dict.fromkeys(segmenter.query_words(text), 1.0)
    entries: list[Entry] = []
    term_words: set[str] = set()
    form_words: set[str] = set()  # those that weigh less
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
        term_words |= of_terms
        if common <= STATUTE_FORM:
            form_words |= set(segmenter.query_words(entry.form)) - of_terms
    if not entries:
        return None
    for word in form_words & words.keys():
        words[word] = FORM_WORD
    for word in sorted(term_words):
        words[word] = max(words.get(word, 0), TERM_WORD)
    return Expansion(words, tuple(entries))


def synonyms(run: str, tables: Sequence[Table] | None = None) -> Entry | None:
    """The entry with the synonyms of a whole run, folded and squeezed; None if there are none.

    Its `terms` are all synonyms, the official ones first.
    """
    for entry in lookup(run, {0, len(run)}, tables, _MUTUAL):
        return entry._replace(terms=(*entry.terms, *entry.others), others=())
    return None


def synonym_entries(
    query: Query, most: int, tables: Sequence[Table] | None = None
) -> tuple[Entry, ...]:
    """The entries of the runs of a query that have synonyms, in the order of the query.

    Args:
        query: as typed.
        most: a query of more runs has no synonyms.
        tables: where to look words up; in lsq's own table if None.
    """
    runs = dict.fromkeys(_runs(query))
    if len(runs) > most:
        return ()
    return tuple(entry for run in runs if (entry := synonyms(run, tables)))


def with_synonyms(query: Query, synonyms: Mapping[str, Sequence[str]]) -> Query:
    """The query with the synonyms of its runs as alternatives.

    Args:
        query: as typed.
        synonyms: the synonyms of each run.
    """
    match query:
        case Chunk(text) if text in synonyms:
            return Or((query, *map(Literal, synonyms[text])))
        case And(parts):
            return And(tuple(with_synonyms(part, synonyms) for part in parts))
        case Or(parts):
            return type(query)(tuple(with_synonyms(part, synonyms) for part in parts))
    return query


def _runs(query: Query) -> Iterator[str]:
    """The runs that may have synonyms.

    Not quoted text, filters and exclusions, nor runs inside `sentence`, `paragraph` or `near`.
    """
    match query:
        case Chunk(text):
            yield text
        case And(parts) | Or(parts):
            for part in parts:
                yield from _runs(part)
