"""The protocol of engines, which hold an index. `lsq.engines.registry` opens one by location.

A new engine is a package with a class that has the methods of `Engine`. All engines give a query
the meaning that `lsq.query.nodes` defines and score by the same BM25, so that a user cannot tell
them apart. Engines receive segmented words; they do not know jieba.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from lsq.hit import StoredArticle
from lsq.model import Article, Sort
from lsq.query import Query
from lsq.segment import Segmenter, UserWord

if TYPE_CHECKING:
    from lsq.engines.bm25 import TermScore


class Stamp(NamedTuple):
    """The version of an indexed file."""

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
    """A step of the ladder of tiers (`lsq.search.tiers`).

    Attributes:
        query: matches that satisfy it, and no earlier step, are on this step.
        newest: they are sorted by date first, the newest first, then by score.
    """

    query: Query
    newest: bool = False


class Affixes(NamedTuple):
    """The beginnings and endings of the wanted words.

    Attributes:
        beginnings: a word begins with one of these,
        endings: or ends with one of these; none is empty.
    """

    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()

    def has(self, word: str) -> bool:
        """Whether a word begins or ends with one of them."""
        return word.startswith(self.beginnings) or word.endswith(self.endings)


class Match(NamedTuple):
    """An article that matches.

    Attributes:
        score: how well it matches.
        path: that of its bulletin, as shown.
        ordinal: its number in the bulletin.
        key: its identifier in the engine that returned it.
        tier: the first step of the ladder that it satisfies; if none, the number of steps.
        day: the first day of its date on a `newest` step, else 0.
    """

    score: float
    path: str
    ordinal: int
    key: Any
    tier: int = 0
    day: int = 0


class TopDocs(NamedTuple):
    """The first matches, in the requested order; ties are broken by path and ordinal.

    Attributes:
        total: how many articles match in all.
        best: the first of them, as many as requested.
        tiers: the number of matches on each step of the ladder, then of those on none.
    """

    total: int
    best: Sequence[Match]
    tiers: Sequence[int] = ()


class Facts(NamedTuple):
    """The metadata of an article, normalized for comparison; texts are "" for none.

    Attributes:
        title: folded and squeezed, like all texts.
        issuer: its names, one per line: as printed and, if it differs, the short one.
        number: without white space.
        kind: the kind of document.
        first_date: the first day of its date, such as 20200826; for want of a date, that of the
            date of publication; else 0.
        last_date: the last day of the same date.
        first_published: the first day of its date of publication; 0 for none.
        last_published: the last day of the same date.
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
        """The facts among the column values of a document: texts, and numbers of days."""
        return cls(*(values[name] for name in cls._fields))


# The facts that are texts.
TEXT_FACTS = ("title", "issuer", "number", "kind")


class State(NamedTuple):
    """The state of an index apart from its content.

    Attributes:
        engine: "whoosh" or "opensearch".
        format_version: that of its files or documents.
        updated: when it was last changed, in seconds since 1970; None if unknown.
        total: its size in bytes; None on a cluster.
        signatures: the part of `total` for the signatures of the texts.
    """

    engine: str
    format_version: int
    updated: float | None = None
    total: int | None = None
    signatures: int | None = None


class Update(Protocol):
    """A change to an index; the change to one file is atomic."""

    @property
    def segmenter(self) -> Segmenter:
        """Cuts the words of the documents; it can be handed to other processes."""

    def replace(self, source: str, stamp: Stamp, documents: Iterable[Any]) -> None:
        """Replace the articles of a file by these prepared documents; at most once per file."""

    def restamp(self, source: str, stamp: Stamp) -> None:
        """Replace the stamp of a file in the index; its articles stay."""

    def drop(self, source: str) -> None:
        """Drop a file and its articles."""


class Engine(Protocol):
    """An open index, in the state of the last commit when it was opened or changed.

    All paths, in arguments and results, are relative to the current folder, or absolute.
    """

    location: str

    @property
    def segmenter(self) -> Segmenter:
        """The segmenter of the documents' words."""

    @property
    def prepare(self) -> Callable[[Article, str, dict[str, int]], Any]:
        """Makes a document of an article, its folded text and its word counts, in any process."""

    def stamps(self, like: Iterable[Stamp] | None = None) -> dict[str, Stamp]:
        """The stamps of the files in the index; with `like`, of those with one's size and time."""

    def unread(self) -> dict[str, Stamp]:
        """The stamps of the files that were skipped, or could never be read."""

    def files_below(self, folder: str) -> Iterator[tuple[str, str, bytes]] | None:
        """The files that were read below a folder, in the order of their articles' paths.

        With this order, an update of an unchanged index keeps no paths in memory.

        Yields:
            For each path of articles: the path, the file that they were read from, and its packed
            stamp. The file is the path itself, or an archive, which may come several times. Both
            are relative to the folder, with `/`.

        Returns:
            None if the engine has no such order; use `stamps` instead.
        """

    def article_count(self) -> int:
        """How many articles there are."""

    def state(self) -> State:
        """The state of the index."""

    def is_incomplete(self) -> bool:
        """Whether the first update is still running, or was killed.

        On a cluster, this is the state when the index was opened.
        """

    def ids(self, beginning: str) -> Iterator[tuple[str, int]]:
        """The paths and ordinals of articles whose path has this prefix, by stored path.

        Lazy: the cost depends on how many are consumed.
        """

    def search(
        self,
        query: Query,
        limit: int | None = None,
        sort: Sort = "relevance",
        ladder: Sequence[Step] = (),
    ) -> TopDocs:
        """The first `limit` articles that match (None: all), sorted.

        By relevance, matches on an earlier step of the ladder come first, then those with a
        higher score. By date, an article counts with the first day that it may have for `Dated`;
        articles without a date come last.
        """

    def count(self, query: Query) -> int:
        """How many articles match: the total of `search`, without ranking."""

    def found(self, matches: Iterable[Match]) -> Iterator[StoredArticle]:
        """The stored articles of these matches, in order."""

    def words(self, affixes: Affixes | None = None) -> Iterator[tuple[str, int]]:
        """The words of all articles, or those with any of these affixes, each with its doc_freq.

        Replaced articles may still count.
        """

    def doc_freq(self, *words: str) -> int:
        """How many articles have all of these words, at least one; replaced ones may count.

        That of one word is stored; for several, their posting lists are read.
        """

    def satisfying(self, query: Query, matches: Iterable[Match]) -> frozenset[Any]:
        """The keys of those among these matches that match this query as well."""

    def term_scores(self, query: Query, matches: Iterable[Match]) -> dict[Any, list["TermScore"]]:
        """The score of each term of a query for each of these matches, by the matches' keys.

        All terms and matches are included, even if a match lacks the term or does not match the
        query. For those that match, the sum is the score in `search`.
        """

    def facts(self, matches: Iterable[Match]) -> Iterator[Facts]:
        """The facts of these matches, in order; faster than `texts` and `found`."""

    def word_totals(self) -> Mapping[str, int] | None:
        """How often each word occurs in all articles, as scores count it.

        A word in a title counts as `lsq.engines.bm25.TITLE_WEIGHT`. Replaced articles do not
        count.

        Returns:
            None if the engine would need a request for each word.
        """

    def texts(self, matches: Iterable[Match]) -> Iterator[bytes]:
        """The texts of these matches, folded and squeezed, in UTF-8; faster than `found`."""

    def spaces(self, matches: Iterable[Match]) -> Iterator[bytes]:
        """The white space that squeezing dropped from these texts (`lsq.engines.spaces`)."""

    def update(self, *, wait: float = 0) -> AbstractContextManager[Update]:
        """Start a change; it is committed on a normal exit, and rolled back after an error.

        A long change is committed in parts, so that a kill keeps most of it.

        Args:
            wait: how long to wait for another writer, in seconds.

        Raises:
            LockedError: another process is writing.
            StorageError: the system refuses.
        """

    def rebuild(
        self, *, user_words: Sequence[UserWord] = (), wait: float = 0
    ) -> AbstractContextManager[Update]:
        """Start a new index, which replaces this one on a normal exit; raises as `update`.

        Args:
            user_words: words besides the dictionary's own.
            wait: as for `update`.
        """

    def close(self) -> None:
        """Close files and connections."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...


# A file of this name marks a folder as an lsq index.
MARK = "lsq.json"

# The store of a new index in a folder, and of an old index whose mark names none.
NEW = UNNAMED = "whoosh"


def is_index(folder: str) -> bool:
    """Whether the folder holds an lsq index."""
    return os.path.exists(os.path.join(folder, MARK))
