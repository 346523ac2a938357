"""Rewrite a request into the query for the engine, with words of the thesaurus.

Every command that answers a request uses `rewrite`, so that counts and hits agree.
"""

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from lsq.engines import Engine
from lsq.errors import QueryError
from lsq.messages import _
from lsq.query import And, Chunk, Or, Query, only_excludes, positive_parts
from lsq.search.request import SearchRequest, parse_request, with_settings
from lsq.text.find import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.search.thesaurus import Entry, Table

TABLE: Final = os.path.join(os.path.dirname(__file__), "thesaurus", "table.txt")
# A query of more runs is a pasted passage, which has no synonyms.
MAX_RUNS: Final = 10


class RewrittenQuery(NamedTuple):
    """A request as a query for the engine.

    Attributes:
        typed: the query as typed.
        query: the query for the engine.
        entries: the thesaurus entries whose words `query` contains, in the order of the query.
        synonyms: the synonyms of each run of `typed` that has some.
        depth: how many of the best matches are reranked; None for the usual number.
    """

    typed: Query
    query: Query
    entries: "tuple[Entry, ...]" = ()
    synonyms: Mapping[str, "Sequence[str]"] = MappingProxyType({})
    depth: int | None = None

    @property
    def official_terms(self) -> dict[str, float]:
        """The official terms that expansion added to `query`, each with its bigrams' weight."""
        if not self.entries or self.synonyms:
            return {}
        from lsq.search.expansion import TERM_BIGRAM

        return {term: TERM_BIGRAM for entry in self.entries for term in entry.terms}


def rewrite(engine: Engine, request: SearchRequest) -> RewrittenQuery:
    """Rewrite a request into the query for the engine.

    Raises:
        QueryError: the query or a filter is invalid; or the query only excludes, and there is
            no filter.
    """
    cut = engine.segmenter.query_words
    typed = parse_request(request, cut)
    if not request.filters and only_excludes(typed):
        raise _only_excludes_error(request.query, typed)
    if not request.any_word:
        return _add_synonyms(typed, request)
    from lsq.search.expansion import DEPTH

    query = with_settings(typed, request)
    if not request.synonyms:
        return RewrittenQuery(typed, query, depth=DEPTH)
    expander = _Expander(engine, _tables(request))
    query = expander.expand(query)
    return RewrittenQuery(typed, query, tuple(expander.entries), depth=DEPTH)


def _only_excludes_error(query: str, typed: Query) -> QueryError:
    """The error for a query that only excludes.

    Logically it matches nearly every article, but most likely a word was forgotten.
    """
    from shlex import quote

    rest = f"({query.strip()})" if isinstance(typed, Or) else query.strip()
    reason = _(
        "this only excludes; write before it what to find, or * for all articles: {command}"
    ).format(command=f"lsq search {quote(f'* {rest}')}")
    return QueryError(query, len(query) - len(query.lstrip()), reason)


def _add_synonyms(typed: Query, request: SearchRequest) -> RewrittenQuery:
    """Add the synonyms of whole runs to a query without `--any`."""
    from_user = not isinstance(request.synonyms, bool)
    may_have = from_user or (request.synonyms and may_have_synonyms(typed))
    if request.literal or not may_have:
        return RewrittenQuery(typed, with_settings(typed, request))
    from lsq.search.expansion import synonym_entries, with_synonyms

    entries = synonym_entries(typed, MAX_RUNS, _tables(request))
    synonyms = {entry.form: entry.terms for entry in entries}
    query = with_synonyms(typed, synonyms) if synonyms else typed
    return RewrittenQuery(typed, with_settings(query, request), entries, synonyms)


def may_have_synonyms(query: Query) -> bool:
    """Whether lsq's own table has a synonym of a run of a query.

    Most queries have none: one pass over the table, 0.2 ms, saves loading the code for them.
    """
    runs = {part.text for part in positive_parts(query) if isinstance(part, Chunk)}
    if not 0 < len(runs) <= MAX_RUNS:
        return False
    with open(TABLE, "rb") as file:
        table = file.read()
    lines = (f"\n{run}\t{relation}" for run in runs for relation in "=<")
    return any(find(table, line.encode("utf-8", "replace")) >= 0 for line in lines)


def _tables(request: SearchRequest) -> "Sequence[Table] | None":
    """The tables to look words up in, the user's first; None for lsq's own alone."""
    if isinstance(request.synonyms, bool):
        return None
    from lsq.search.thesaurus import own_table

    return [request.synonyms, own_table()]


class _Expander:
    """Expands the chunks of a query that match by any of their words.

    It leaves quoted text, filters, exclusions, `SameSentence`, `SameParagraph` and `Near` as
    they are.
    """

    def __init__(self, engine: Engine, tables: "Sequence[Table] | None" = None) -> None:
        self._tables = tables
        self.entries: list[Entry] = []
        self._engine = engine
        self._article_count: int | None = None
        self._doc_freqs: dict[tuple[str, ...], int] = {}

    def expand(self, query: Query) -> Query:
        match query:
            case Chunk(text, words, True):
                return self._expand_chunk(text, words)
            case And(parts):
                return And(tuple(map(self.expand, parts)))
            case Or(parts):
                return type(query)(tuple(map(self.expand, parts)))
        return query

    def _expand_chunk(self, text: str, words: tuple[str, ...]) -> Chunk:
        from lsq.search.expansion import expand

        expansion = expand(text, self._engine.segmenter, self, self._tables)
        if not expansion:
            return Chunk(text, words, any_word=True)
        self.entries += (entry for entry in expansion.entries if entry not in self.entries)
        weights = tuple((word, weight) for word, weight in expansion.words.items() if weight != 1)
        return Chunk(text, tuple(expansion.words), any_word=True, weights=weights)

    def max_doc(self) -> int:
        """How many articles there are."""
        if self._article_count is None:
            self._article_count = self._engine.article_count()
        return self._article_count

    def doc_freq(self, words: "Sequence[str]", enough: float) -> int:
        """How many articles have all of these words; an upper bound if that is at most `enough`."""
        bound = min((self._doc_freq(word) for word in words), default=0)
        return self._doc_freq(*words) if bound > enough and len(words) > 1 else bound

    def _doc_freq(self, *words: str) -> int:
        if words not in self._doc_freqs:
            self._doc_freqs[words] = self._engine.doc_freq(*words)
        return self._doc_freqs[words]
