"""Turn a request into the query for the engine: with other words of the thesaurus.

Every way to answer a request uses this, so that counts and hits agree.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lsq.engines import Engine
from lsq.errors import QueryError
from lsq.messages import _
from lsq.query import And, Chunk, Or, Query, only_excludes
from lsq.search.known import may_have_synonyms
from lsq.search.request import SearchRequest, restricted, to_typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.search.thesaurus import Entry, Table


class Understood(NamedTuple):
    """A request as a query for the engine.

    Attributes:
        typed: the query as typed.
        tree: the query for the engine.
        entries: those of the thesaurus whose words `tree` contains, in the order of the query.
        others: for the runs of `typed` with synonyms, these words.
        deep: how many of the best are reranked; None for the usual number.
    """

    typed: Query
    tree: Query
    entries: "tuple[Entry, ...]" = ()
    others: Mapping[str, "Sequence[str]"] = MappingProxyType({})
    deep: int | None = None

    @property
    def more(self) -> dict[str, float]:
        """The terms searched besides `tree`'s runs, each with the weight of its bigrams."""
        if not self.entries or self.others:
            return {}
        from lsq.search.expansion import TERM_BIGRAM

        return {term: TERM_BIGRAM for entry in self.entries for term in entry.terms}


def understood(engine: Engine, request: SearchRequest) -> Understood:
    """Turn a request into the query for the engine.

    Raises:
        QueryError: the query or a filter is invalid; or the query only excludes, and there is
            no filter.
    """
    cut = engine.segmenter.query_words
    typed = to_typed(request, cut)
    if not request.filters and only_excludes(typed):
        raise _nothing_to_find(request.query, typed)
    if not request.any_word:
        return _with_synonyms(typed, request)
    from lsq.search.expansion import DEPTH

    tree = restricted(typed, request)
    if not request.synonyms:
        return Understood(typed, tree, deep=DEPTH)
    widening = _Widening(engine, _tables(request))
    tree = widening.widened(tree)
    return Understood(typed, tree, tuple(widening.entries), deep=DEPTH)


def _nothing_to_find(query: str, typed: Query) -> QueryError:
    """The error for a query that only excludes.

    By logic it would match nearly every article, but it is typed where a word was forgotten.
    """
    from shlex import quote

    rest = f"({query.strip()})" if isinstance(typed, Or) else query.strip()
    reason = _(
        "this only excludes; write before it what to find, or * for all articles: {command}"
    ).format(command=f"lsq search {quote(f'* {rest}')}")
    return QueryError(query, len(query) - len(query.lstrip()), reason)


def _with_synonyms(typed: Query, request: SearchRequest) -> Understood:
    """A query of which everything must match, though possibly by synonyms."""
    given = not isinstance(request.synonyms, bool)
    may_have = given or (request.synonyms and may_have_synonyms(typed))
    if request.literal or not may_have:
        return Understood(typed, restricted(typed, request))
    from lsq.search.expansion import entries, with_synonyms

    found = entries(typed, _tables(request))
    others = {entry.form: entry.terms for entry in found}
    wide = with_synonyms(typed, others) if others else typed
    return Understood(typed, restricted(wide, request), found, others)


def _tables(request: SearchRequest) -> "Sequence[Table] | None":
    """The tables to look words up in, the user's first; None for lsq's own alone."""
    if isinstance(request.synonyms, bool):
        return None
    from lsq.search.thesaurus import own_table

    return [request.synonyms, own_table()]


class _Widening:
    """Adds other words to the chunks of a query.

    Those of what any word of which will do, in the whole text: not what stands in quotes, limits
    or excludes, nor what has to stand in one sentence or close together.
    """

    def __init__(self, engine: Engine, tables: "Sequence[Table] | None" = None) -> None:
        self._tables = tables
        self.entries: list[Entry] = []
        self._engine = engine
        self._count: int | None = None
        self._having: dict[tuple[str, ...], int] = {}

    def widened(self, query: Query) -> Query:
        match query:
            case Chunk(text, words, True):
                return self._chunk(text, words)
            case And(parts):
                return And(tuple(map(self.widened, parts)))
            case Or(parts):
                return type(query)(tuple(map(self.widened, parts)))
        return query

    def _chunk(self, text: str, words: tuple[str, ...]) -> Chunk:
        from lsq.search.expansion import expand

        expansion = expand(text, self._engine.segmenter, self, self._tables)
        if not expansion:
            return Chunk(text, words, any_word=True)
        self.entries += (entry for entry in expansion.entries if entry not in self.entries)
        weights = tuple((word, weight) for word, weight in expansion.words.items() if weight != 1)
        return Chunk(text, tuple(expansion.words), any_word=True, weights=weights)

    def max_doc(self) -> int:
        """How many articles there are."""
        if self._count is None:
            self._count = self._engine.article_count()
        return self._count

    def doc_freq(self, words: "Sequence[str]", enough: float) -> int:
        """The number of articles with all of these words; or a bound that is not above `enough`."""
        bound = min((self._freq(word) for word in words), default=0)
        return self._freq(*words) if bound > enough and len(words) > 1 else bound

    def _freq(self, *words: str) -> int:
        if words not in self._having:
            self._having[words] = self._engine.doc_freq(*words)
        return self._having[words]
