"""Other words for a whole run of a query, which mean the same.

They match literally, in tiers of their own (`lsq.search.tiers`): what says 社会保险 answers
社保 as well. Of what leads only from everyday to official words, and of a part of a run, there
is none: that is for `--any` (`lsq.search.expansion`).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lsq.query import And, Chunk, Literal, Or, Query
from lsq.search.known import MOST
from lsq.search.thesaurus import Entry, Table, lookup

# Between words that mean the same.
_MUTUAL: Final = "=<"


def synonyms(run: str, tables: Sequence[Table] | None = None) -> Entry | None:
    """What means the same as a whole run, folded and squeezed; None if nothing is known to.

    The terms of the entry are all of these words, the official ones first.
    """
    for entry in lookup(run, {0, len(run)}, tables, _MUTUAL):
        return entry._replace(terms=(*entry.terms, *entry.others), others=())
    return None


def entries(query: Query, tables: Sequence[Table] | None = None) -> tuple[Entry, ...]:
    """The entries of those runs of a query that have synonyms, in its order.

    Args:
        query: as typed.
        tables: where to look; lsq's own if None.
    """
    runs = dict.fromkeys(_runs(query))
    if len(runs) > MOST:
        return ()
    return tuple(entry for run in runs if (entry := synonyms(run, tables)))


def with_synonyms(query: Query, others: Mapping[str, Sequence[str]]) -> Query:
    """The query that is satisfied as well by what means the same.

    Args:
        query: as typed.
        others: by the run, the words that mean the same.
    """
    match query:
        case Chunk(text) if text in others:
            return Or((query, *map(Literal, others[text])))
        case And(parts):
            return And(tuple(with_synonyms(part, others) for part in parts))
        case Or(parts):
            return Or(tuple(with_synonyms(part, others) for part in parts))
    return query


def _runs(query: Query) -> Iterator[str]:
    """The runs that may stand in other words.

    Not what stands in quotes, limits or excludes, nor what has to stand in one sentence or
    close together.
    """
    match query:
        case Chunk(text):
            yield text
        case And(parts) | Or(parts):
            for part in parts:
                yield from _runs(part)
