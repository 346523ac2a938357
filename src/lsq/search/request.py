"""A search request, as one value that the command line, the API and the searcher share.

Question words, as in 公司怎么注销, are dropped: the articles that answer do not contain them.
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


# The query that matches every article.
EVERYTHING: Final = "*"

KEYWORDS: Final = """Keywords that decide, besides the query, which articles match:

any_word: default False; True: one matching term is enough, see `lsq.query.match_any`.
filters: default None; conditions besides the query, an `lsq.Filters`.
literal: default False; True: every run of characters must occur literally.
synonyms: default True; searches synonyms of a run as well, and with `any_word` the official
    terms for its words; a table of the user's (`lsq.search.thesaurus.read_user_synonyms`)
    is searched before lsq's own.
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
        sort: the order, one of `lsq.model.SORTS`. By date, articles without a date come
            last, and a reduced date counts as its first day. Only by relevance do scores
            include the boosts of reranking.
        offset: how many of the first hits to skip; ranks still count them.
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
    """A request with these keywords; an unknown keyword raises TypeError, as in any call."""
    for name in matching.keys() - Matching.__annotations__.keys():
        raise TypeError(f"unexpected keyword argument: {name}")
    return SearchRequest(query, sort=sort, offset=offset, limit=limit, **matching)


def parse_request(request: SearchRequest, cut: CutWords) -> Query:
    """Parse the query of a request, without `any_word` and filters; arguments as `to_query`."""
    tree = parse(request.query, cut)
    if request.literal:
        return literally(tree)
    # With --any a question word is not required anyway, and may score.
    return (
        tree
        if request.any_word or not may_have_question_words(request.query)
        else drop_question_words(tree)
    )


def to_query(request: SearchRequest, cut: CutWords) -> Query:
    """The query of a request, with `any_word` and filters.

    Args:
        request: the request.
        cut: cuts a run of characters into words.

    Raises:
        QueryError: the query or a filter is invalid.
    """
    return with_settings(parse_request(request, cut), request)


def with_settings(typed: Query, request: SearchRequest) -> Query:
    """Apply the `any_word` and filters of a request to its parsed query."""
    filters = tuple(request.filters.queries()) if request.filters else ()
    query = match_any(typed) if request.any_word else typed
    return And((query, *filters)) if filters else query


# Folded.
_QUESTION_WORDS: Final = frozenset(
    "谁 怎么 怎么办 怎样 怎么样 如何 什么 为什么 为何 多少 多少天 多久 多长 多大 多长时间 哪些 "
    "哪个 哪里 哪儿 哪 是否 能否 可否 是不是 能不能 可不可以 吗 呢 么 几".split()
)
# Every question word contains one of these characters.
_QUESTION_CHARACTERS: Final = frozenset("谁怎如什为多哪是能可吗呢么几")
# A unit is dropped with the word before it, as in 多少天.
_QUANTITY_WORDS: Final = frozenset({"多少", "几"})
_UNITS: Final = frozenset("天日月年周个人次元岁件倍")


def may_have_question_words(typed: str) -> bool:
    """Whether a query as typed may contain question words; most do not."""
    return not _QUESTION_CHARACTERS.isdisjoint(typed)


def drop_question_words(query: Query) -> Query:
    """The query without question words, unless it consists of them.

    Quoted text and exclusions keep theirs.
    """
    match query:
        case Chunk(text, words):
            kept = _without_question_words(words)
            return query if kept in ((), words) else Chunk(text, kept)
        case And(parts):
            others = [part for part in parts if not _is_question_words(part)]
            if not any(True for part in others for _ in positive_parts(part)):
                others = list(parts)
            rest = tuple(map(drop_question_words, others))
            return rest[0] if len(rest) == 1 else And(rest)
        case Or(parts):
            return type(query)(tuple(map(drop_question_words, parts)))
        case SameSentence(part):
            return SameSentence(drop_question_words(part))
        case SameParagraph(part):
            return SameParagraph(drop_question_words(part))
    return query


def _is_question_words(part: Query) -> bool:
    return isinstance(part, Chunk) and not _without_question_words(part.words)


def _without_question_words(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = []
    before = ""
    for word in words:
        if word not in _QUESTION_WORDS and not (before in _QUANTITY_WORDS and word in _UNITS):
            kept.append(word)
        before = word
    return tuple(kept)
