"""Which articles of a segment match a query: sets of document numbers.

Words are looked up in Whoosh's postings, literals are looked for in the texts
themselves, so that no literal can be missed however the words were cut.
"""

from itertools import chain

from lsq.engines.whoosh.snapshot import Part
from lsq.query import And, Chunk, Literal, Not, Or, Query


def matching(query: Query, part: Part) -> frozenset[int]:
    """The numbers of the live documents of a segment that match `query`."""
    match query:
        case Literal(text):
            return part.containing(text)
        case Chunk(text, words):
            return _having_all(words, part) | part.containing(text)
        case And(parts):
            return frozenset.intersection(*(matching(one, part) for one in parts))
        case Or(parts):
            return frozenset.union(*(matching(one, part) for one in parts))
        case Not(negated):
            return part.live - matching(negated, part)


def _having_all(words: tuple[str, ...], part: Part) -> frozenset[int]:
    if not words:
        return frozenset()
    lists = (chain.from_iterable(ids for ids, _ in part.file.postings(word)) for word in words)
    return part.live.intersection(*lists)
