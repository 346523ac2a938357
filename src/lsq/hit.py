"""The data types of what a search finds: a hit, its snippets, the article as it is stored."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from lsq.model import Article, Place
from lsq.text.fold import fold, squeeze_lines


class StoredArticle:
    """An article that was found, with its text as it was searched.

    An index has its own kind, which restores only what is asked for: to make an `Article`
    takes longer than all else that is done for a hit.

    Args:
        article: what was found.
        squeezed: its text, folded and squeezed (`lsq.text.fold`).
        dropped: for each character of `article.text` that squeezing dropped, how many
            of `squeezed` come before it; ascending.

    Attributes:
        path: of its bulletin.
        ordinal: its number in the bulletin.
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
        """All of it."""
        return self._article

    @property
    def squeezed(self) -> str:
        """See above."""
        return self._whole_squeezed

    @property
    def beginning(self) -> str:
        """The first characters of `squeezed`, or all of it."""
        return self._whole_squeezed

    @property
    def dropped(self) -> Sequence[int]:
        """See above."""
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
        """Where in the article's text the body begins, after title, labels and furniture."""
        from lsq.text.front import body_start  # an index has stored it

        return body_start(self._article.title, self._whole)

    def fact(self, name: str) -> Any:
        """What the article has under that name: a date, an issuer."""
        return getattr(self._article, name)

    def place(self, offset: int) -> Place:
        """The place in the source of a character of the article's text."""
        return self._article.place(offset)

    def shown(self, start: int, end: int) -> str:
        """A range of the article's text; `start` and `end` lie in it."""
        return self._whole[start:end]

    def offset(self, place: int) -> int:
        """Where in the article's text a character of `squeezed` stands."""
        return place + bisect_right(self._dropped, place)

    def offsets(self, places: Iterable[int]) -> list[int]:
        """The same for many characters."""
        return list(map(self.offset, places))

    def searched(self, offset: int) -> int:
        """How many characters of `squeezed` come before one of the article's text."""
        return bisect_left(range(len(self.squeezed)), offset, key=self.offset)

    def line_end(self, start: int, end: int) -> int:
        """Where in a range of the text its first line feed stands; its end if it has none."""
        at = self._whole.find("\n", start, end)
        return end if at < 0 else at

    def lined(self) -> tuple[str, Sequence[int]]:
        """The text with each line squeezed (`lsq.text.fold`).

        And for each character of the article's text that it lacks, how many of it come before.
        """
        dropped: list[int] = []
        before = 0  # of the dropped characters, how many there are before a run
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
    """A piece of an article that shows why it was found.

    Attributes:
        text: one line.
        place: that of its first highlight, or else of its first character.
        highlights: ranges (start, end) of characters in `text`, ascending,
            apart from each other.
        begins: it starts at the beginning of a sentence; else it was cut out of one.
        ends: it ends at the end of a sentence, likewise.
    """

    text: str
    place: Place
    highlights: tuple[tuple[int, int], ...] = ()
    begins: bool = True
    ends: bool = True


class Hit(NamedTuple):
    """An article that was found.

    Attributes:
        rank: 1 for the first of all that match, in the order that was asked for.
        score: comparable within one search only.
        found: what was found.
        snippets: the best first, at least one; or what else was asked for
            (`lsq.search.snippets.cuts`), in the order of the text.
        match: how the article matches: its "title" or "number" equals the query, it contains
            every run ("literal"), or their "words".
        reprints: where reprints are grouped, the ids of the others; else None.
    """

    rank: int
    score: float
    found: StoredArticle
    snippets: tuple[Snippet, ...]
    match: str = "literal"
    reprints: tuple[str, ...] | None = None

    @property
    def article(self) -> Article:
        """The article that was found, restored from the index when it is first asked for."""
        return self.found.article
