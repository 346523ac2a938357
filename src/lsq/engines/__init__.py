"""What holds an index: the seam. `lsq.engines.registry` leads from a location to an engine.

A new engine is a package with a class that has the methods of `Engine`. All
engines give a query the meaning that `lsq.query.nodes` defines and score with the same
BM25, so that a user cannot tell them apart.
An engine is given words already cut; it knows no jieba.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from lsq.model import Article, Found, Sort
from lsq.query import Query
from lsq.segment import Segmenter, UserWord

if TYPE_CHECKING:
    from lsq.engines.bm25 import TermScore


class Stamp(NamedTuple):
    """What tells whether a file is the one that was indexed."""

    size: int
    """In bytes."""
    modified: int
    """In nanoseconds since 1970."""
    digest: str
    """Of the content; two files with the same have the same content."""
    inode: int = 0
    """The number of the file on its file system; 0 if it is not known."""
    changed: int = 0
    """When the file or its inode last changed, in nanoseconds since 1970; 0 if not known."""


class Step(NamedTuple):
    """A step of the ladder that matches are ordered by (`lsq.search.tiers`).

    Attributes:
        query: what the matches on it satisfy, and on no step above.
        newest: on it the newest come first, and only then the best.
    """

    query: Query
    newest: bool = False


class Match(NamedTuple):
    """An article that matches.

    Attributes:
        score: how well.
        path: of its bulletin, as it is shown.
        ordinal: its number in that.
        key: what names it to the engine that gave it.
        tier: the first step of the ladder that it stands on; how many there are for none.
        day: its first day where the newest come first, else 0.
    """

    score: float
    path: str
    ordinal: int
    key: Any
    tier: int = 0
    day: int = 0


class Matches(NamedTuple):
    """The first matches, in the order asked for (of equals, the first by path and ordinal).

    Attributes:
        total: how many articles match in all.
        best: as many of them as were asked for.
        tiers: how many stand on each step of the ladder, and on none.
    """

    total: int
    best: Sequence[Match]
    tiers: Sequence[int] = ()


class Facts(NamedTuple):
    """What is known of an article without its text; fields as they are compared.

    Attributes:
        title: folded and squeezed, as the others are; "" for none.
        issuer: its names, one a line: as printed and, where it differs, the short one.
        number: likewise without white space.
        kind: what kind of document it is.
        first_date: the first day that its date may mean, 20200826; 0 for no date. It is the
            date of publication where nothing says when it was made.
        last_date: the last such day.
        first_published: the first day on which it may have been published, likewise.
        last_published: the last such day.
    """

    title: str
    issuer: str
    number: str
    kind: str
    first_date: int
    last_date: int
    first_published: int
    last_published: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The facts among the columns of a document: texts, and numbers of days."""
        return cls(*(values[name] for name in cls._fields))


# Of those, the ones that are texts.
TEXT_FACTS = ("title", "issuer", "number", "kind")


class State(NamedTuple):
    """What an index is, whatever it holds.

    Attributes:
        engine: what keeps it: "whoosh" or "opensearch".
        format_version: of its files or documents.
        updated: when it was last changed, in seconds since 1970; None if that is not known.
        total: how much room it takes, in bytes; None on a cluster.
        signatures: of that, what says in which pieces of the texts a literal may stand.
    """

    engine: str
    format_version: int
    updated: float | None = None
    total: int | None = None
    signatures: int | None = None


class Update(Protocol):
    """A change to an index. What was done to a file is done as a whole or not at all."""

    @property
    def segmenter(self) -> Segmenter:
        """Cuts the words of the documents; it can be handed to other processes."""

    def replace(self, source: str, stamp: Stamp, documents: Iterable[Any]) -> None:
        """Put the articles of a file, prepared, in the place of those it had; once a file."""

    def restamp(self, source: str, stamp: Stamp) -> None:
        """Give a file in the index, whose articles stay, another stamp."""

    def drop(self, source: str) -> None:
        """Forget a file."""


class Engine(Protocol):
    """An open index. It shows one state of it, that of the last commit it knows of.

    Every path given or taken is relative to the current folder, or absolute.
    """

    location: str

    @property
    def segmenter(self) -> Segmenter:
        """Cuts words as those of the documents were cut."""

    @property
    def prepare(self) -> Callable[[Article, str, dict[str, int]], Any]:
        """Makes ready, in any process: an article, its folded text, the counts of its words."""

    def stamps(self) -> dict[str, Stamp]:
        """The files in the index."""

    def article_count(self) -> int:
        """How many articles there are."""

    def state(self) -> State:
        """What the index is."""

    def ids(self, beginning: str) -> Iterator[tuple[str, int]]:
        """Articles whose path begins so: path and ordinal, in the order of stored paths.

        It takes time for those that are taken, not for all that there are.
        """

    def search(
        self,
        query: Query,
        limit: int | None = None,
        sort: Sort = "relevance",
        ladder: Sequence[Step] = (),
    ) -> Matches:
        """The articles that match, the first `limit` of them (None: all) as sorted.

        By relevance, what stands on an earlier step of the ladder comes first, and of the
        same step what has the higher score. An article's date is the first day that `Dated`
        holds it to; those without one come last.
        """

    def count(self, query: Query) -> int:
        """How many articles match: what `search` gives as total, without ranking."""

    def found(self, matches: Iterable[Match]) -> Iterator[Found]:
        """The articles of these matches, in their order."""

    def words(self) -> Iterator[tuple[str, int]]:
        """The words of all articles, each once, with how many articles have it.

        Those of articles that have been replaced may be among them, and count.
        """

    def having(self, *words: str) -> int:
        """How many articles have all of these words, at least one, counted as `words` does.

        Of one word that is known at once; of several, their posting lists are read.
        """

    def satisfying(self, query: Query, matches: Iterable[Match]) -> frozenset[Any]:
        """The keys of those of these matches that would match this query as well."""

    def term_scores(self, query: Query, matches: Iterable[Match]) -> dict[Any, list["TermScore"]]:
        """What the terms of a query add to the scores of these matches, by their keys.

        It is told of every term, and of every match, whether or not it has the term or
        matches the query; where it does, the sum is the score that `search` gives it.
        """

    def facts(self, matches: Iterable[Match]) -> Iterator[Facts]:
        """The facts of these matches, in their order: sooner there than texts and articles."""

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """How often each of these words occurs in all articles, as scores count it.

        A word in a title counts as `lsq.engines.bm25.TITLE_WEIGHT`. Articles that have been
        replaced do not count.
        """

    def texts(self, matches: Iterable[Match]) -> Iterator[bytes]:
        """Their texts, folded and squeezed, in UTF-8: much sooner there than the articles."""

    def spaces(self, matches: Iterable[Match]) -> Iterator[bytes]:
        """The white space that squeezing dropped from these texts: see `lsq.engines.document`."""

    def update(self, *, wait: float = 0) -> AbstractContextManager[Update]:
        """Start a change; leaving it well commits it, leaving it by an error does not.

        A long change is committed in pieces, so that an end in between keeps most.

        Args:
            wait: for how many seconds to wait for another process that writes.

        Raises:
            LockedError: another process is at it.
            StorageError: the system does not let it.
        """

    def rebuild(
        self, *, user_words: Sequence[UserWord] = (), wait: float = 0
    ) -> AbstractContextManager[Update]:
        """Start an index anew, which takes the place of this one when it is left well.

        Args:
            user_words: to know besides the dictionary's own.
            wait: as for `update`, which it raises as.
        """

    def close(self) -> None:
        """Let go of files and connections."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...


# A file of this name marks a folder as an lsq index.
MARK = "lsq.json"

# What keeps the postings of a new index in a folder, and those of an index that is so old
# that its mark does not say.
NEW = UNNAMED = "whoosh"


def is_index(folder: str) -> bool:
    """Whether the folder holds an lsq index."""
    return os.path.exists(os.path.join(folder, MARK))
