"""The protocol between an index in a folder and the store of its postings.

A `Store` keeps the files of words and columns in a folder of data, and commits them;
everything else about the index is the same for all stores. `COLUMNS` lists the columns of an
article. `lsq.engines.registry` opens the store that `lsq.json` names. All content is read
through `lsq.engines.folder.sealed`, so that each read is verified.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple, Protocol, Self

from lsq.engines import Affixes, Update
from lsq.engines.folder.mark import Mark
from lsq.query.fields import DAYS, STORED

# The suffix of files that no commit can name yet.
UNFINISHED: Final = ".tmp"

# The columns: of bytes, or of numbers, by their type as the module `array` names it.
BYTES: Final = "bytes"
COLUMNS: Final = {
    # The bulletin, relative to the index folder.
    "path": BYTES,
    "ordinal": "I",
    # The file it was read from, likewise: the bulletin itself or an archive.
    "source": BYTES,
    # Size, time and digest of that file, to detect changes.
    "stamp": BYTES,
    # The number of words, exactly and in Lucene's one byte.
    "length": "I",
    "norm": "B",
    # The differences of its text from its squeezed text.
    "spaces": BYTES,
    # The fields as they are compared; empty for none.
    **dict.fromkeys(STORED, BYTES),
    # The first and the last day that each of its dates may mean: 20200826; 0 for none.
    **dict.fromkeys(chain.from_iterable(DAYS.values()), "I"),
    # The article without its text: see `lsq.engines.stored`. No class of lsq is pickled.
    "article": BYTES,
}

# The documents that have a word, ascending, and how often each has it.
Postings = tuple[Sequence[int], Sequence[float]]


class SegmentInfo(NamedTuple):
    """A segment as a commit names it.

    Attributes:
        name: the prefix of its files' names.
        documents: their number, deleted ones included.
        deleted: the numbers of those deleted.
        total_length: how many words there are in all `documents`.
    """

    name: str
    documents: int
    deleted: frozenset[int]
    total_length: int


class Commit(NamedTuple):
    """The content of a commit.

    Attributes:
        segments: the current segments.
        stamps: of files without an article, and those newer than the articles': paths as
            stored, and packed stamps.
    """

    segments: Sequence[SegmentInfo]
    stamps: dict[bytes, bytes]


class SegmentReader(Protocol):
    """The files of a segment, open for reading; documents have numbers from 0.

    Raises:
        OSError: they cannot be read.
        DamageError: they are not as they were written; so does every method.
    """

    def column(self, name: str) -> Any:
        """A column of `COLUMNS` by document number: numbers, or bytes; a text is in UTF-8.

        One of bytes has `containing(sought)` as well: the numbers, ascending, of the values
        that contain `sought`, which is not empty; and `sizes()`, those of all values.
        """

    def doc_freq(self, word: str) -> int:
        """How many documents have a word, deleted ones included."""

    def postings(self, word: str) -> Iterator[Postings]:
        """The posting list of a word, block after block; nothing for none."""

    def named(self, name: str) -> Iterator[int]:
        """The documents that have a name: a title or number, normalized by `lsq.query.keys`."""

    def paths(self, beginning: str) -> Iterator[tuple[str, list[int]]]:
        """The stored paths that begin so, sorted, each with the documents that have it."""

    def frequencies(self, affixes: Affixes | None = None) -> Iterator[tuple[bytes, int]]:
        """All words in UTF-8, or those with any of these affixes, each once.

        With each comes how many documents have it, deleted ones included.
        """

    def totals(self, deleted: frozenset[int]) -> Iterator[tuple[bytes, int]]:
        """All words in UTF-8, each once, with how often other than `deleted` documents have it."""

    def forget(self) -> None:
        """Free the memory of what was read; it can be read again."""

    def close(self) -> None:
        """Close the files, which can be read until then even if they are deleted."""


class Transaction(Update, Protocol):
    """A change that is committed on a normal exit, and discarded after an error."""

    def __enter__(self) -> Self: ...

    def __exit__(self, error: object, *rest: object) -> None: ...


class Store(Protocol):
    """Keeps the postings of indexes in folders. It has no state; the files have."""

    @property
    def name(self) -> str:
        """Its name in `lsq.json`."""

    def owns(self, file: str) -> bool:
        """Whether its files, or the texts of its segments, may have this name."""

    def commit_nothing(self, data: str) -> None:
        """Write the first commit, of no documents, to a folder of data."""

    def read_commit(self, data: str) -> Commit:
        """The last commit in a folder of data.

        Raises:
            FileNotFoundError: there is none, or it has just been replaced.
            DamageError: it is not as it was written.
        """

    def committed(self, data: str) -> float:
        """When that was, in seconds since 1970; raises FileNotFoundError as `read_commit`."""

    def open_segment(self, data: str, segment: SegmentInfo) -> SegmentReader:
        """Open a segment that a commit names; raises FileNotFoundError as `read_commit`."""

    def transaction(
        self, mark: Mark, location: str, documents: Callable[[str], Sequence[tuple[str, int]]]
    ) -> Transaction:
        """Start a change to data, under the writer lock.

        Args:
            mark: the data.
            location: the index folder; paths are stored relative to it.
            documents: returns the live documents of a file in the last commit: see
                `lsq.engines.folder.snapshot.Snapshot.documents`.
        """
