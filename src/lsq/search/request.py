"""A search request, as one value that the command line, the API and the searcher share.

Question words do not occur in the articles they ask for: a request does not require them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict, TypeVar

from lsq.model import Sort
from lsq.query import (
    And,
    Chunk,
    Or,
    Query,
    SameParagraph,
    SameSentence,
    literally,
    match_any,
    parse,
    positive_parts,
)
from lsq.query.filters import Filters
from lsq.query.operands import CutWords

if TYPE_CHECKING:
    from lsq.search.thesaurus import Table


KEYWORDS: Final = """Keywords that decide, besides the query, which articles match:

any_word: False; not all terms need match; see `lsq.query.match_any`.
filters: None; conditions besides the query, an `lsq.Filters`.
literal: False; every run of characters must occur literally, not only its words.
synonyms: True; synonyms of a run are searched as well, and with `any_word` the official terms
    for a word; a table of the user's own (`lsq.search.thesaurus.read_user_synonyms`) comes
    before lsq's.
"""


class Matching(TypedDict, total=False):
    """The keywords that `KEYWORDS` describes."""

    any_word: bool
    filters: Filters | None
    literal: bool
    synonyms: "bool | Table"


_Method = TypeVar("_Method", bound=Callable[..., object])


def takes_matching(method: _Method) -> _Method:
    """Add `KEYWORDS` to the docstring of a method that takes them."""
    if method.__doc__:
        method.__doc__ += f"\n\n{KEYWORDS}"
    return method


class SearchRequest(NamedTuple):
    """A search, as typed.

    Attributes:
        query: in the language of `lsq.query.parser`.
        any_word, filters, literal, synonyms: see `KEYWORDS`.
        sort: the order, one of `lsq.model.SORTS`. By date, articles without one come
            last, and a reduced one is its first day. Except by relevance, scores are those
            by words alone.
        offset: how many of the first hits to skip; ranks count them.
        limit: the maximum number of hits after these; None for all.
    """

    query: str
    any_word: bool = False
    filters: Filters | None = None
    sort: Sort = "relevance"
    offset: int = 0
    limit: int | None = None
    literal: bool = False
    synonyms: "bool | Table" = True

    @property
    def matching(self) -> Matching:
        """The settings besides the query that decide which articles match, by name."""
        return Matching(
            any_word=self.any_word,
            filters=self.filters,
            literal=self.literal,
            synonyms=self.synonyms,
        )


def request_of(
    query: str,
    matching: Matching,
    *,
    sort: Sort = "relevance",
    offset: int = 0,
    limit: int | None = None,
) -> SearchRequest:
    """A request with the keywords of a call; an unknown one is a TypeError, as in any call."""
    for name in matching.keys() - Matching.__annotations__.keys():
        raise TypeError(f"unexpected keyword argument: {name}")
    return SearchRequest(query, sort=sort, offset=offset, limit=limit, **matching)


def to_typed(request: SearchRequest, cut: CutWords) -> Query:
    """The query of a request as typed, before it is relaxed and filtered; as `to_query`.

    Question words are not required (see the module).
    """
    tree = parse(request.query, cut)
    if request.literal:
        return literally(tree)
    # With --any no word is required, and a question word may score.
    return tree if request.any_word or not may_ask(request.query) else without_asking(tree)


def to_query(request: SearchRequest, cut: CutWords) -> Query:
    """The query of a request, with its filters.

    Args:
        request: the request.
        cut: cuts a run of characters into words.

    Raises:
        QueryError: the query or a filter is invalid.
    """
    return restricted(to_typed(request, cut), request)


def restricted(typed: Query, request: SearchRequest) -> Query:
    """The query of a request that `to_typed` has read: relaxed, and with its filters."""
    filters = tuple(request.filters.queries()) if request.filters else ()
    asked = match_any(typed) if request.any_word else typed
    return And((asked, *filters)) if filters else asked


# Folded. Of 多少天, 天 is dropped with the word before it.
_ASKING: Final = frozenset(
    "谁 怎么 怎么办 怎样 怎么样 如何 什么 为什么 为何 多少 多少天 多久 多长 多大 多长时间 哪些 "
    "哪个 哪里 哪儿 哪 是否 能否 可否 是不是 能不能 可不可以 吗 呢 么 几".split()
)
# Characters of which every query with question words contains one.
_SIGNS: Final = frozenset("谁怎如什为多哪是能可吗呢么几")
_COUNTING: Final = frozenset({"多少", "几"})
_COUNTED: Final = frozenset("天日月年周个人次元岁件倍")


def may_ask(typed: str) -> bool:
    """Whether a query as typed may contain question words; most do not."""
    return not _SIGNS.isdisjoint(typed)


def without_asking(query: Query) -> Query:
    """The query without question words, in runs and alone.

    A query of nothing else stays, and so do quoted text and exclusions.
    """
    match query:
        case Chunk(text, words):
            kept = _kept(words)
            return query if kept in ((), words) else Chunk(text, kept)
        case And(parts):
            telling = [part for part in parts if not _asks_only(part)]
            if not any(True for part in telling for _ in positive_parts(part)):
                telling = list(parts)
            rest = tuple(map(without_asking, telling))
            return rest[0] if len(rest) == 1 else And(rest)
        case Or(parts):
            return type(query)(tuple(map(without_asking, parts)))
        case SameSentence(part):
            return SameSentence(without_asking(part))
        case SameParagraph(part):
            return SameParagraph(without_asking(part))
    return query


def _asks_only(part: Query) -> bool:
    return isinstance(part, Chunk) and not _kept(part.words)


def _kept(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = []
    before = ""
    for word in words:
        if word not in _ASKING and not (before in _COUNTING and word in _COUNTED):
            kept.append(word)
        before = word
    return tuple(kept)
