"""The data types of search results: a hit, its snippets, the stored article."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from lsq.model import Article, Place
from lsq.text.fold import fold, squeeze_lines


class StoredArticle:
    """An article in an index, with the text as it is searched.

    Engines have a subclass that decodes only the parts that are needed: decoding a whole
    `Article` takes longer than all other work for a hit.

    Args:
        article: the article.
        squeezed: the text, folded and squeezed (`lsq.text.fold`).
        dropped: for each character of `article.text` that squeezing dropped, the number of
            characters of `squeezed` before it; ascending.

    Attributes:
        path: the path of the bulletin.
        ordinal: the number of the article in the bulletin.
    """

    path: str
    ordinal: int

    def __init__(self, article: Article, squeezed: str, dropped: Sequence[int]) -> None:
        self.path, self.ordinal = article.path, article.ordinal
        self._whole_squeezed = squeezed
        self._article = article
        self._dropped = dropped
        self._whole = article.text

    @property
    def article(self) -> Article:
        """The whole article."""
        return self._article

    @property
    def squeezed(self) -> str:
        """The text, folded and squeezed."""
        return self._whole_squeezed

    @property
    def beginning(self) -> str:
        """The first characters of `squeezed`, or the whole."""
        return self._whole_squeezed

    @property
    def dropped(self) -> Sequence[int]:
        """The dropped characters: see the argument."""
        return self._dropped

    @property
    def id(self) -> str:
        """The article's id."""
        return f"{self.path}#{self.ordinal}"

    @property
    def title(self) -> str | None:
        """The article's title."""
        return self._article.title

    @property
    def length(self) -> int:
        """The length of the article's text, in characters."""
        return len(self._whole)

    @property
    def body_start(self) -> int:
        """The offset in the text where the body begins, after title, labels and furniture."""
        from lsq.text.front import body_start  # an index stores it

        return body_start(self._article.title, self._whole)

    def field(self, name: str) -> Any:
        """The value of a metadata field of the article, such as `date` or `issuer`."""
        return getattr(self._article, name)

    def place(self, offset: int) -> Place:
        """The place in the source of the character at `offset` of the text."""
        return self._article.place(offset)

    def text_between(self, start: int, end: int) -> str:
        """A range of the text; `start` and `end` lie in it."""
        return self._whole[start:end]

    def offset(self, place: int) -> int:
        """Convert a position in `squeezed` to an offset in the text."""
        return place + bisect_right(self._dropped, place)

    def offsets(self, places: Iterable[int]) -> list[int]:
        """Convert many positions, as `offset` does."""
        return list(map(self.offset, places))

    def squeezed_offset(self, offset: int) -> int:
        """Convert an offset in the text to a position in `squeezed`."""
        return bisect_left(range(len(self.squeezed)), offset, key=self.offset)

    def line_end(self, start: int, end: int) -> int:
        """The offset of the first line feed in a range of the text; `end` if there is none."""
        at = self._whole.find("\n", start, end)
        return end if at < 0 else at

    def squeezed_lines(self) -> tuple[str, Sequence[int]]:
        """The text with each line squeezed (`lsq.text.fold`), and the dropped characters.

        The latter as in `dropped`, counted in the squeezed lines.
        """
        dropped: list[int] = []
        before = 0  # the number of dropped characters before a run
        for place, run in groupby(self._dropped):
            start, size = place + before, len(list(run))
            if "\n" not in self._whole[start : start + size]:
                dropped += [start - len(dropped)] * size
            before += size
        return squeeze_lines(fold(self._whole)), dropped

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StoredArticle) and self.article == other.article

    def __hash__(self) -> int:
        return hash(self.id)


class Snippet(NamedTuple):
    """A piece of an article that shows why the article matches.

    Attributes:
        text: one line.
        place: the place of the first highlight, or else of the first character.
        highlights: ranges (start, end) of characters in `text`; ascending, disjoint.
        begins: whether it starts at the beginning of a sentence, not inside one.
        ends: whether it ends at the end of a sentence.
    """

    text: str
    place: Place
    highlights: tuple[tuple[int, int], ...] = ()
    begins: bool = True
    ends: bool = True


class Hit(NamedTuple):
    """An article that matches a query.

    Attributes:
        rank: from 1, among all matches in the requested order.
        score: comparable within one search only.
        found: the article.
        snippets: at least one, the best first; or the requested pieces
            (`lsq.search.snippets.cuts`) in the order of the text.
        match: how the article matches: its "title" or "number" equals the query, it contains
            every run of the query ("literal"), or all their "words".
        reprints: the ids of the other reprints where reprints are grouped; else None.
    """

    rank: int
    score: float
    found: StoredArticle
    snippets: tuple[Snippet, ...]
    match: str = "literal"
    reprints: tuple[str, ...] | None = None

    @property
    def article(self) -> Article:
        """The article, decoded on first use."""
        return self.found.article
