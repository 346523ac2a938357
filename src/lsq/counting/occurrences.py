"""The occurrences of a query in the texts of an index, article by article.

They are the same as `lsq search -o` prints, but found in the searched form of the texts, because
unpacking articles takes much longer. Folding keeps lengths, so the offsets are the same.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from lsq.engines import Engine, Match
from lsq.engines.spaces import space_places, unsqueezed
from lsq.hit import StoredArticle
from lsq.model import Article, Places
from lsq.query import Query
from lsq.search.request import SearchRequest
from lsq.search.rewrite import rewrite
from lsq.search.snippets import apart
from lsq.search.snippets.highlighting import looks_at_lines, spans

# A range of characters of an article's text.
Range = tuple[int, int]

_NOWHERE = Places((0,), (0,))


class Searched(NamedTuple):
    """A request as a query tree, and the articles that match.

    Attributes:
        tree: the query for the engine.
        matches: the articles, in the requested order.
    """

    tree: Query
    matches: Sequence[Match]


def search(engine: Engine, request: SearchRequest) -> Searched:
    """All articles that match, in the order of `request.sort`; raises as `rewrite`."""
    tree = rewrite(engine, request).query
    return Searched(tree, engine.search(tree, None, request.sort).best)


class Text:
    """The searched form of an article's text, and the occurrences of a query in it.

    Args:
        match: the article.
        text: squeezed, in UTF-8.
        spaces: what squeezing dropped; see `lsq.engines.spaces`.

    Attributes:
        match: the article.
        squeezed: its folded text, without white space between ideographs.
    """

    def __init__(self, match: Match, text: bytes, spaces: bytes) -> None:
        self.match = match
        self.squeezed = text.decode()
        self._spaces = spaces

    @cached_property
    def dropped(self) -> list[int]:
        """The number of characters of `squeezed` before each dropped one, ascending."""
        return space_places(self._spaces)

    @cached_property
    def folded(self) -> str:
        """The folded text, as long as the article's."""
        return unsqueezed(self.squeezed, self._spaces)

    def occurrences(self, query: Query) -> list[Range]:
        """The ranges of the article's text in which a query occurs, disjoint and in order.

        Raises:
            QueryError: a regular expression takes too long.
        """
        text = self.folded if looks_at_lines(query) else "\n"
        title, _, body = text.partition("\n")
        article = Article(self.match.path, self.match.ordinal, title, body, _NOWHERE)
        found = StoredArticle(article, self.squeezed, self.dropped)
        return [(one.start, one.end) for one in apart(spans(found, query))]


def squeezed_range(dropped: Sequence[int], place: Range) -> Range:
    """The range in a squeezed text of a range of the text that begins and ends visibly.

    Args:
        dropped: as `StoredArticle` has it.
        place: the range of the text.
    """
    start, end = place
    return _squeezed_offset(dropped, start), _squeezed_offset(dropped, end - 1) + 1


def _squeezed_offset(dropped: Sequence[int], offset: int) -> int:
    """The offset in a squeezed text of the character at `offset` of the text, which it has."""
    # In the text, the n-th dropped character comes after n others that were dropped.
    low, high = 0, len(dropped)
    while low < high:
        middle = (low + high) // 2
        if dropped[middle] + middle < offset:
            low = middle + 1
        else:
            high = middle
    return offset - low


def texts(engine: Engine, matches: Sequence[Match]) -> Iterator[Text]:
    """The texts of these articles, in their order."""
    pairs = zip(engine.texts(matches), engine.spaces(matches), strict=True)
    for match, (text, spaces) in zip(matches, pairs, strict=True):
        yield Text(match, text, spaces)


def occurrences(engine: Engine, searched: Searched) -> Iterator[tuple[Text, list[Range]]]:
    """The articles in which a query occurs, with the ranges; raises as `Text.occurrences`.

    An article that only a filter or a field admits has no occurrence.
    """
    for text in texts(engine, searched.matches):
        if ranges := text.occurrences(searched.tree):
            yield text, ranges


def as_printed(engine: Engine, places: Sequence[tuple[Match, Range]]) -> list[str]:
    """The printed text of ranges, without white space. Each article is unpacked once."""
    matches = {match.key: match for match, _ in places}
    numbers: dict[Any, list[int]] = {}
    for number, (match, _) in enumerate(places):
        numbers.setdefault(match.key, []).append(number)
    printed = [""] * len(places)
    for key, found in zip(matches, engine.found(matches.values()), strict=True):
        text = found.article.text
        for number in numbers[key]:
            printed[number] = "".join(text[slice(*places[number][1])].split())
    return printed
