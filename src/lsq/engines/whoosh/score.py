"""How well the articles that match a query match it: BM25, added up.

The terms are the words of the query's chunks; a literal is one term of its own, its
occurrences counted in the texts, so that an exact query needs no words at all.
"""

from collections.abc import Iterator

from lsq.engines.whoosh.bm25 import BM25
from lsq.engines.whoosh.evaluate import matching
from lsq.engines.whoosh.postings import blocks, posting_list
from lsq.engines.whoosh.snapshot import Part, Snapshot
from lsq.query import Chunk, Literal, Query, positive_parts


def scores(query: Query, snapshot: Snapshot) -> dict[int, float]:
    """The score of each document that matches, by its number in the whole index."""
    matched = [(part, matching(query, part)) for part in snapshot.parts]
    found = {part.first + number: 0.0 for part, numbers in matched for number in numbers}
    terms = list(positive_parts(query)) if found else []
    # In an order of their own: so the sums are the same at every run.
    for word in sorted({word for term in terms if isinstance(term, Chunk) for word in term.words}):
        if having := snapshot.having(word):
            bm25 = BM25(snapshot.count_all, having, snapshot.total_length)
            for part, numbers in matched:
                for number, frequency in _postings(word, part):
                    if number in numbers:
                        found[part.first + number] += bm25.score(frequency, part.norms[number])
    for literal in sorted({term.text for term in terms if isinstance(term, Literal)}):
        sought = literal.encode("utf-8", "replace")
        holders = [(part, part.containing(literal), numbers) for part, numbers in matched]
        if having := sum(len(live) for _, live, _ in holders):
            bm25 = BM25(snapshot.count_all, having, snapshot.total_length)
            for part, live, numbers in holders:
                for number in live & numbers:
                    frequency = part.texts.count(number, sought)
                    found[part.first + number] += bm25.score(frequency, part.norms[number])
    return found


def _postings(word: str, part: Part) -> Iterator[tuple[int, float]]:
    for numbers, frequencies in blocks(posting_list(part.reader, word)):
        yield from zip(numbers, frequencies, strict=True)
