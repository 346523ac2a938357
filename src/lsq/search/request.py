"""What a search asks for, as one value that the command line, the API and the searcher share."""

from typing import Any, NamedTuple

from lsq.model import Sort
from lsq.query import And, Query, literally, parse, relaxed
from lsq.query.filters import Filters
from lsq.query.operands import CutWords
from lsq.search.questions import may_ask, without_asking


class SearchRequest(NamedTuple):
    """A search, as typed.

    Attributes:
        query: in the language of `lsq.query.parser`.
        any_word: not all of it need apply; see `lsq.query.relaxed`.
        filters: what must apply besides.
        sort: the order, one of `lsq.model.SORTS`. By date, articles without one come
            last, and a reduced one is its first day. Except by relevance, scores are those
            by words alone.
        offset: how many hits to leave out, the first of them; ranks count them.
        limit: how many are wanted after these; None for all.
        literal: every run of characters must stand literally, not only its words.
        synonyms: with `any_word`, what official texts say for a word is looked for as well.
    """

    query: str
    any_word: bool = False
    filters: Filters | None = None
    sort: Sort = "relevance"
    offset: int = 0
    limit: int | None = None
    literal: bool = False
    synonyms: bool = True

    @property
    def matching(self) -> dict[str, Any]:
        """What decides beside the query which articles match, by name."""
        names = ("any_word", "filters", "literal", "synonyms")
        return {name: getattr(self, name) for name in names}


def to_typed(request: SearchRequest, cut: CutWords) -> Query:
    """The query of a request as typed, before it is relaxed and filtered; as `to_query`.

    Question words do not narrow it (`lsq.search.questions`).
    """
    tree = parse(request.query, cut)
    if request.literal:
        return literally(tree)
    # With --any nothing narrows, and a question word may well score.
    return tree if request.any_word or not may_ask(request.query) else without_asking(tree)


def to_query(request: SearchRequest, cut: CutWords) -> Query:
    """The query of a request, with its filters.

    Args:
        request: what is asked for.
        cut: cuts a run of characters into words.

    Raises:
        QueryError: it is no query, or one of the filters is none.
    """
    return restricted(to_typed(request, cut), request)


def restricted(typed: Query, request: SearchRequest) -> Query:
    """The query of a request that `to_typed` has read: relaxed, and with its filters."""
    filters = tuple(request.filters.queries()) if request.filters else ()
    asked = relaxed(typed) if request.any_word else typed
    return And((asked, *filters)) if filters else asked
