"""A segment of a snapshot: its documents, columns, posting lists and texts, and what was found.

What queries find in a segment is cached here, for as long as the snapshot is open.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, takewhile
from typing import TYPE_CHECKING, Any

from lsq.engines.folder.damage import UNPACKING, DamageError
from lsq.engines.folder.texts import Texts, open_texts
from lsq.engines.paths import shown_path
from lsq.engines.spaces import are_within_lines, lined
from lsq.query import Literal, Query
from lsq.segment import is_run

if TYPE_CHECKING:
    from lsq.engines.folder.many import Occurrences
    from lsq.engines.folder.store import SegmentInfo, SegmentReader, Store
    from lsq.query.anchor import Anchor

# More strings than this are searched in one pass over the texts, not one by one: in 3,502
# laws, the pass takes as long as 50 single scans.
MANY = 50

# How many cached results of earlier queries are kept.
KEPT = 32

# In characters: hardly a word is longer.
_LONGEST_WORD = 8
# In bytes: how much text is matched at once; the matches of more would take megabytes.
TOGETHER = 1 << 18


class Segment:
    """A segment of a snapshot.

    Attributes:
        info: as the commit names it.
        first: the number of its first document in the whole index.
        file: its columns and posting lists.
        texts: its folded texts.
        match_counts: by pattern, the number of matches in each matching document, if they were
            counted during the search.
    """

    def __init__(self, folder: str, info: "SegmentInfo", first: int, store: "Store") -> None:
        self.info = info
        self.first = first
        self._folder = folder
        self._found: dict[Query, frozenset[int]] = {}
        # By string that was searched in some documents only: these, and those that contain it.
        self._partly: dict[str, tuple[frozenset[int], frozenset[int]]] = {}
        self._counted: dict[str, Occurrences] = {}
        self.match_counts: dict[str, dict[int, int]] = {}
        self.file: SegmentReader = store.open_segment(folder, info)
        try:
            self.texts: Texts = open_texts(folder, info)
        except BaseException:
            self.file.close()
            raise

    @cached_property
    def live(self) -> frozenset[int]:
        """The numbers in the segment of the documents that are not deleted."""
        return frozenset(range(self.info.documents)).difference(self.info.deleted)

    def numbers(self) -> Iterator[int]:
        """The numbers of `live`, ascending, without storing them."""
        deleted = self.info.deleted
        return (number for number in range(self.info.documents) if number not in deleted)

    def alive(self, numbers: Iterable[int]) -> frozenset[int]:
        """Those of these documents that are not deleted; does not depend on the others."""
        found = frozenset(numbers)
        if self.info.deleted:
            found = found.difference(self.info.deleted)
        if max(found, default=0) > max(0, self.info.documents - 1):
            raise DamageError(f"{self.info.name}: no such documents")
        return found

    @cached_property
    def norms(self) -> bytes:
        """The norm of each document."""
        return bytes(self.column("norm"))

    def begin(self) -> None:
        """Begin another query: drop the cached results of earlier ones if they are many."""
        if len(self._found) + len(self._partly) > KEPT:
            self._found.clear()
            self._partly.clear()
            self._counted.clear()
            self.match_counts.clear()

    def prefetch(self, strings: Iterable[str]) -> None:
        """Prefetch the occurrences of these strings, in one pass if they are many."""
        unknown = {text for text in strings if Literal(text) not in self._found}
        if len(unknown) > MANY:
            from lsq.engines.folder.many import count_all

            texts = ((number, self.squeezed(number)) for number in sorted(self.live))
            self._counted |= count_all(unknown, texts)
            for text in unknown:
                self._found[Literal(text)] = frozenset(self._counted[text].numbers)

    def containing(self, text: str, among: frozenset[int] | None = None) -> frozenset[int]:
        """The live documents whose text contains `text`; cached.

        Args:
            text: the string.
            among: the live documents of interest; others may be returned too. None for all.
        """
        literal = Literal(text)
        if literal in self._found:
            return self._found[literal]
        searched, found = self._partly.get(text) or (frozenset(), self._with_word(text))
        if among is None:
            rest = self.live - searched - found if searched or found else None
        else:
            rest = among - searched - found
        if rest is None or rest:
            found |= self.alive(self.texts.containing(text.encode("utf-8", "replace"), rest))
        if among is None:
            self._found[literal] = found
        else:
            self._partly[text] = searched | among, found
        return found

    def _with_word(self, text: str) -> frozenset[int]:
        """The live documents that have a string as a word, and so contain it.

        A word of ideographs is a part of the text it was cut from.
        """
        if len(text) > _LONGEST_WORD or not is_run(text):
            return frozenset()
        return self.alive(chain.from_iterable(numbers for numbers, _ in self.file.postings(text)))

    def anchored(self, anchor: "Anchor") -> frozenset[int]:
        """The live documents whose text may contain a match with this anchor."""
        return self.alive(self.texts.anchored(anchor))

    def occurrences(self, text: str, among: frozenset[int]) -> Iterator[tuple[int, int]]:
        """The live documents among some whose text contains `text`, and its frequency in each."""
        if text in self._counted:
            for number, count in zip(*self._counted[text], strict=True):
                if number in among:
                    yield number, count
            return
        sought = text.encode("utf-8", "replace")
        yield from self.texts.counts(self.containing(text, among) & among, sought)

    def doc_freq(self, words: Sequence[str]) -> int:
        """How many documents, deleted ones included, have all of these words."""
        counts = {word: self.file.doc_freq(word) for word in words}
        if len(counts) == 1 or not all(counts.values()):
            return min(counts.values())
        rarest, *others = sorted(counts, key=counts.__getitem__)
        found = set(chain.from_iterable(ids for ids, _ in self.file.postings(rarest)))
        for word in others:
            if not found:
                break
            having = chain.from_iterable(ids for ids, _ in self.file.postings(word))
            found.intersection_update(having)
        return len(found)

    def cached(self, query: Query, find: Callable[[], Iterable[int]]) -> frozenset[int]:
        """The live documents among those that `find` returns for `query`; cached."""
        if query not in self._found:
            self._found[query] = self.alive(find())
        return self._found[query]

    def squeezed(self, number: int) -> str:
        """The squeezed text of a document."""
        text = self.texts[number]
        with UNPACKING:
            return text.decode()

    def together(self, numbers: Iterable[int]) -> Iterator[tuple[Sequence[int], str]]:
        """The squeezed texts of documents, several at once, as `Texts.together` yields them."""
        for run, content in self.texts.together(numbers, TOGETHER):
            with UNPACKING:
                yield run, content.decode()

    def lined(self, number: int) -> str:
        """The lined text of a document."""
        squeezed, spaces = self.squeezed(number), self._spaces[number]
        with UNPACKING:
            return lined(squeezed, spaces)

    def are_within_lines(self, number: int, ranges: Iterable[tuple[int, int]]) -> bool:
        """Whether ranges of a document's squeezed text are ranges of its lined text as well."""
        spaces = self._spaces[number]
        with UNPACKING:
            return are_within_lines(ranges, spaces)

    def values(self, field: str) -> Iterator[tuple[int, str]]:
        """The live documents with their normalized values of a field; "" for none."""
        column = self.column(field)
        known: dict[bytes, str] = {}
        for number in self.live:
            stored = column[number]
            if stored not in known:
                with UNPACKING:
                    decoded = stored.decode()
                known[stored] = self._compared(field, decoded)
            yield number, known[stored]

    def _compared(self, field: str, stored: str) -> str:
        if field != "path":
            return stored
        from lsq.query.units import normalize

        # The folder of data is in that of the index.
        return normalize(field, shown_path(stored, os.path.dirname(self._folder)))

    @cached_property
    def _spaces(self) -> Any:
        return self.column("spaces")

    def documents(self, source: str) -> Iterator[int]:
        """The live documents of a file, as stored."""
        sought, sources = source.encode(), self.column("source")
        # Members of an archive have paths that begin with its own.
        own = takewhile(lambda each: each[0] == source, self.file.paths(source))
        for _, numbers in chain(own, self.file.paths(f"{source}/")):
            yield from (one for one in self.alive(numbers) if sources[one] == sought)

    def ids(self, beginning: str) -> Iterator[tuple[str, int]]:
        """The paths and ordinals of live documents whose stored path has a prefix, sorted."""
        ordinals = self.column("ordinal")
        for path, numbers in self.file.paths(beginning):
            yield from sorted((path, ordinals[number]) for number in self.alive(numbers))

    def column(self, name: str) -> Any:
        """The values of a column, by document number; texts as bytes."""
        return self.file.column(name)

    def close(self) -> None:
        self.file.close()
        self.texts.close()
