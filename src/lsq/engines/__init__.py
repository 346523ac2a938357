"""The protocol of engines, which hold an index. `lsq.engines.registry` opens one by location.

A new engine is a package with a class that has the methods of `Engine`. All
engines give a query the meaning that `lsq.query.nodes` defines and score with the same
BM25, so that a user cannot tell them apart.
An engine receives segmented words; it knows no jieba.
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
    """A step of the ladder that orders matches (`lsq.search.tiers`).

    Attributes:
        query: its matches satisfy this, and no step above.
        newest: its matches are sorted by date first, the newest first, then by score.
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
        path: of its bulletin, as it is shown.
        ordinal: its number in the bulletin.
        key: its identifier in the engine that returned it.
        tier: the first step of the ladder that it satisfies; the number of steps for none.
        day: its first day on a `newest` step, else 0.
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
        tiers: the number of matches on each step of the ladder, then on none.
    """

    total: int
    best: Sequence[Match]
    tiers: Sequence[int] = ()


class Facts(NamedTuple):
    """The metadata of an article, in compared form.

    Attributes:
        title: folded and squeezed, as the others are; "" for none.
        issuer: its names, one a line: as printed and, where it differs, the short one.
        number: likewise without white space.
        kind: what kind of document it is.
        first_date: the first day of its date, 20200826; 0 for no date. It is the
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


# The text fields among those.
TEXT_FACTS = ("title", "issuer", "number", "kind")


class State(NamedTuple):
    """The state of an index apart from its content.

    Attributes:
        engine: its kind: "whoosh" or "opensearch".
        format_version: of its files or documents.
        updated: when it was last changed, in seconds since 1970; None if that is not known.
        total: its size, in bytes; None on a cluster.
        signatures: the part of it for signatures of the texts.
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
        """Replace the articles of a file by these, prepared; once per file."""

    def restamp(self, source: str, stamp: Stamp) -> None:
        """Replace the stamp of a file in the index; its articles stay."""

    def drop(self, source: str) -> None:
        """Drop a file and its articles."""


class Engine(Protocol):
    """An open index. It shows one state of it, that of the last commit it knows of.

    Every path given or taken is relative to the current folder, or absolute.
    """

    location: str

    @property
    def segmenter(self) -> Segmenter:
        """The segmenter of the documents' words."""

    @property
    def prepare(self) -> Callable[[Article, str, dict[str, int]], Any]:
        """Makes a document, in any process, of an article, its folded text, its counts of words."""

    def stamps(self, like: Iterable[Stamp] | None = None) -> dict[str, Stamp]:
        """The files in the index, or those with the size and time of any of `like`."""

    def unread(self) -> dict[str, Stamp]:
        """Those of them that were skipped, or could never be read."""

    def files_below(self, folder: str) -> Iterator[tuple[str, str, bytes]] | None:
        """The files read below a folder, in the order of the paths of their articles.

        For each path: the path, the file that it was read from, and that file's packed stamp. The
        file is the path itself, or an archive, which may come several times. Both are relative
        to the folder, with `/`. So an update of an unchanged index keeps no path in memory.

        None if the engine has no such order: then `stamps` is as good.
        """

    def article_count(self) -> int:
        """How many articles there are."""

    def state(self) -> State:
        """The state of the index."""

    def is_incomplete(self) -> bool:
        """Whether the first update is still running, or was killed.

        On a cluster, that was so when the index was opened: to ask again costs a request.
        """

    def ids(self, beginning: str) -> Iterator[tuple[str, int]]:
        """Articles whose path begins so: path and ordinal, in the order of stored paths.

        The cost depends on how many are consumed, not on how many there are.
        """

    def search(
        self,
        query: Query,
        limit: int | None = None,
        sort: Sort = "relevance",
        ladder: Sequence[Step] = (),
    ) -> TopDocs:
        """The articles that match, the first `limit` of them (None: all) as sorted.

        By relevance, matches on an earlier step of the ladder come first, and on the same step
        those with a higher score. An article's date is the first day that `Dated`
        holds it to; those without one come last.
        """

    def count(self, query: Query) -> int:
        """How many articles match: the total of `search`, without ranking."""

    def found(self, matches: Iterable[Match]) -> Iterator[StoredArticle]:
        """The articles of these matches, in their order."""

    def words(self, affixes: Affixes | None = None) -> Iterator[tuple[str, int]]:
        """The words of all articles, or those with any of these affixes, with their doc_freq.

        Each comes once. Those of articles that have been replaced may be among them, and count.
        """

    def doc_freq(self, *words: str) -> int:
        """How many articles have all of these words, at least one, counted as `words` does.

        For one word it is stored; for several, their posting lists are read.
        """

    def satisfying(self, query: Query, matches: Iterable[Match]) -> frozenset[Any]:
        """The keys of those of these matches that would match this query as well."""

    def term_scores(self, query: Query, matches: Iterable[Match]) -> dict[Any, list["TermScore"]]:
        """The contribution of each term of a query to the scores of these matches, by their keys.

        Every term and every match is included, whether or not the match has the term or matches the
        query; for those that match, the sum is the score in `search`.
        """

    def facts(self, matches: Iterable[Match]) -> Iterator[Facts]:
        """The facts of these matches, in their order: faster than texts and articles."""

    def word_totals(self) -> Mapping[str, int] | None:
        """How often each word occurs in all articles, as scores count it.

        A word in a title counts as `lsq.engines.bm25.TITLE_WEIGHT`. Articles that have been
        replaced do not count.

        Returns:
            None where the engine would have to be asked for each word.
        """

    def texts(self, matches: Iterable[Match]) -> Iterator[bytes]:
        """Their texts, folded and squeezed, in UTF-8: much faster than the articles."""

    def spaces(self, matches: Iterable[Match]) -> Iterator[bytes]:
        """The white space that squeezing dropped from these texts: see `lsq.engines.spaces`."""

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
        """Start a new index, which replaces this one on a normal exit.

        Args:
            user_words: words besides the dictionary's own.
            wait: as for `update`; raises likewise.
        """

    def close(self) -> None:
        """Close files and connections."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...


# A file of this name marks a folder as an lsq index.
MARK = "lsq.json"

# The store of a new index in a folder, and that of an index so old that its mark names none.
NEW = UNNAMED = "whoosh"


def is_index(folder: str) -> bool:
    """Whether the folder holds an lsq index."""
    return os.path.exists(os.path.join(folder, MARK))
