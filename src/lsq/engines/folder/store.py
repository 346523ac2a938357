"""The protocol between an index in a folder and the store of its postings and columns.

A `Store` keeps the files of words and columns in a data folder, and commits them; everything else
about an index is the same for all stores. `lsq.engines.registry` opens the store that `lsq.json`
names. A store reads its files through `lsq.engines.folder.sealed`, so that every read is verified.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple, Protocol, Self

from lsq.engines import Affixes, Update
from lsq.engines.folder.mark import Mark
from lsq.query.fields import DAYS, STORED

# The suffix of files that no commit names yet.
UNFINISHED: Final = ".tmp"

# The columns of an article: of bytes, or of numbers, by their type in the module `array`.
BYTES: Final = "bytes"
COLUMNS: Final = {
    # The bulletin, relative to the index folder.
    "path": BYTES,
    "ordinal": "I",
    # The file that it was read from, likewise: the bulletin itself or an archive.
    "source": BYTES,
    # The packed stamp of that file (`lsq.engines.stamps`).
    "stamp": BYTES,
    # The number of words, and Lucene's one-byte norm of it.
    "length": "I",
    "norm": "B",
    # The white space that squeezing dropped (`lsq.engines.spaces`).
    "spaces": BYTES,
    # The normalized values of fields; empty for none.
    **dict.fromkeys(STORED, BYTES),
    # The first and the last day that each date may mean, such as 20200826; 0 for none.
    **dict.fromkeys(chain.from_iterable(DAYS.values()), "I"),
    # What restores the article from its text (`lsq.engines.stored`).
    "article": BYTES,
}

# The documents with a word, ascending, and the frequency of the word in each.
Postings = tuple[Sequence[int], Sequence[float]]


class SegmentInfo(NamedTuple):
    """A segment as a commit names it.

    Attributes:
        name: the prefix of its files' names.
        documents: the number of documents, deleted ones included.
        deleted: the numbers of the deleted documents.
        total_length: the number of words in all `documents`.
    """

    name: str
    documents: int
    deleted: frozenset[int]
    total_length: int


class Commit(NamedTuple):
    """The content of a commit.

    Attributes:
        segments: the current segments.
        stamps: packed stamps by stored path: of files without articles, and stamps that replace
            those in the articles' columns.
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
        """A column of `COLUMNS`, indexed by document number: numbers, or bytes (texts in UTF-8).

        A column of bytes also has the methods `containing(sought)`, the ascending numbers of the
        documents whose values contain `sought`, which is not empty; and `sizes()`, the sizes of
        all values.
        """

    def doc_freq(self, word: str) -> int:
        """How many documents have a word, deleted ones included."""

    def postings(self, word: str) -> Iterator[Postings]:
        """The posting list of a word, block by block; empty for an unknown word."""

    def named(self, name: str) -> Iterator[int]:
        """The documents with a name: a title or number, as `lsq.query.keys.name_key` returns it."""

    def paths(self, beginning: str) -> Iterator[tuple[str, list[int]]]:
        """The stored paths with this prefix, sorted, each with its documents."""

    def frequencies(self, affixes: Affixes | None = None) -> Iterator[tuple[bytes, int]]:
        """All words in UTF-8, or those with any of these affixes, each with its `doc_freq`."""

    def totals(self, deleted: frozenset[int]) -> Iterator[tuple[bytes, int]]:
        """All words in UTF-8, each with its frequency in all documents but the `deleted` ones."""

    def forget(self) -> None:
        """Free the memory of what was read; it can be read again."""

    def close(self) -> None:
        """Close the files; until then they can be read even if they are deleted."""


class Transaction(Update, Protocol):
    """A change that is committed on a normal exit, and discarded after an error."""

    def __enter__(self) -> Self: ...

    def __exit__(self, error: object, *rest: object) -> None: ...


class Store(Protocol):
    """Keeps the postings and columns of indexes in folders; has no state of its own."""

    @property
    def name(self) -> str:
        """Its name in `lsq.json`."""

    def owns(self, file: str) -> bool:
        """Whether this may be the name of a file of its own, or of the texts of its segments."""

    def commit_nothing(self, data: str) -> None:
        """Write the first commit, without documents, to a data folder."""

    def read_commit(self, data: str) -> Commit:
        """The last commit in a data folder.

        Raises:
            FileNotFoundError: there is none, or it has just been replaced.
            DamageError: it is not as it was written.
        """

    def committed(self, data: str) -> float:
        """The time of the last commit, in seconds since 1970; raises as `read_commit`."""

    def open_segment(self, data: str, segment: SegmentInfo) -> SegmentReader:
        """Open a segment that a commit names; raises as `read_commit`."""

    def transaction(
        self, mark: Mark, location: str, documents: Callable[[str], Sequence[tuple[str, int]]]
    ) -> Transaction:
        """Start a change to data, under the writer lock.

        Args:
            mark: names the data folder.
            location: the index folder; paths are stored relative to it.
            documents: returns the live documents of a file in the last commit, as
                `lsq.engines.folder.snapshot.Snapshot.documents` does.
        """
