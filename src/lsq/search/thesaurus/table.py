"""The thesaurus as searches read it: one sorted text, searched as bytes.

A line is `form TAB relation TAB terms TAB others`, with words separated by `|`. The lines are
sorted as bytes, and a line feed precedes the first. The relation is that of the form to the terms:

    >   a lay form with these official terms
    =   a lay form that means the same as these official terms and the others, lay forms as well
    <   an official term that means the same as these lay forms

Looking up a text of 30 characters without an entry takes 0.2 ms; the first time, with reading the
table, 0.5 ms. Building a dict would take 24 ms.
"""

import os
from collections.abc import Container, Iterable, Iterator
from functools import cache
from typing import Final, Literal, NamedTuple, TypeAlias, cast

TABLE: Final = os.path.join(os.path.dirname(__file__), "table.txt")
# In characters: single characters occur in too many words.
SHORTEST: Final = 2

Relation: TypeAlias = Literal["=", ">", "<"]


class Entry(NamedTuple):
    """A form that occurs in a text, and other words for it.

    Attributes:
        form: the form, folded.
        relation: `>`: the terms are official words for it; `=`: they are official words that
            mean the same; `<`: the form is official, and the terms are everyday words that
            mean the same.
        terms: the other words, folded, the most precise first.
        others: with `=`, everyday words that mean the same.
        start: where the form begins in the text, in characters.
        end: where it ends.
    """

    form: str
    relation: Relation
    terms: tuple[str, ...]
    others: tuple[str, ...]
    start: int
    end: int


class Table:
    """Forms with other words for them.

    Args:
        content: the result of `lsq.search.thesaurus.synonym_groups.table_of`, in UTF-8.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content

    def entries_at(self, text: str, start: int) -> Iterator[Entry]:
        """The forms that occur in a folded text at `start`."""
        beginning = text[start : start + SHORTEST].encode(errors="surrogatepass")
        place = self._first(beginning)
        while self._content.startswith(beginning, place):
            end = self._content.index(b"\n", place)
            form, relation, *words = self._content[place:end].decode().split("\t")
            if text.startswith(form, start):
                terms, others = (tuple(each.split("|")) if each else () for each in words)
                stop = start + len(form)
                yield Entry(form, cast("Relation", relation), terms, others, start, stop)
            place = end + 1

    def _first(self, beginning: bytes) -> int:
        """Where the first line not before `beginning` starts."""
        low, high = 1, len(self._content)
        while low < high:
            middle = (low + high) // 2
            line = self._content.rfind(b"\n", 0, middle) + 1
            if self._content[line : line + len(beginning)] < beginning:
                low = self._content.index(b"\n", middle) + 1
            else:
                high = line
        return low


@cache
def own_table() -> Table:
    """The table that comes with lsq."""
    with open(TABLE, "rb") as file:
        return Table(file.read())


def lookup(
    text: str,
    boundaries: Container[int] | None = None,
    tables: Iterable[Table] | None = None,
    relations: str = "=><",
) -> list[Entry]:
    """The longest forms in a text that do not overlap, in the order of the text.

    Args:
        text: folded and squeezed.
        boundaries: the positions of word boundaries: forms begin and end only there, so that
            承担保险责任 does not contain 担保. None for any position.
        tables: the tables, in order of precedence for equally long forms; lsq's own if None.
        relations: entries with other relations are ignored.
    """
    sought = [own_table()] if tables is None else list(tables)
    found: list[Entry] = []
    for start in range(len(text) - SHORTEST + 1):
        if boundaries is not None and start not in boundaries:
            continue
        for table in sought:
            found += (
                entry
                for entry in table.entries_at(text, start)
                if entry.relation in relations and (boundaries is None or entry.end in boundaries)
            )
    found.sort(key=lambda entry: (entry.start - entry.end, entry.start))  # stable
    taken: list[Entry] = []
    for entry in found:
        if all(entry.end <= other.start or other.end <= entry.start for other in taken):
            taken.append(entry)
    return sorted(taken, key=lambda entry: entry.start)
