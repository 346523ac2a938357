"""A thesaurus of everyday words and the official terms for them.

The groups are in `*.tsv`, a file per subject, for people to read and edit (`synonym_groups` has
their format). `tools/thesaurus_table.py` makes `table.txt` from them, which searches read
(`table`). `lsq.search.expansion` uses the entries.

Groups are written from knowledge of law and daily life, not from the questions that measure the
search. A group joins everyday words with terms of statutes and bulletins. Statute language is not
a lay form, a merely related word is not a term, and words that the law distinguishes, such as 定金
and 订金, are in different groups. `=` is for words that mean the same in every text, such as an
abbreviation and its full form; all other groups have `>`.
"""

import os

from lsq.search.thesaurus.table import Entry, Relation, Table, lookup, own_table

__all__ = [
    "Entry",
    "Relation",
    "Table",
    "lookup",
    "own_table",
    "read_user_synonyms",
]


def read_user_synonyms(path: str | os.PathLike[str]) -> Table:
    """The table of a user's groups, in the same format as lsq's own.

    Look words up in it first: `lookup(text, boundaries, [user_table, own_table()])`.

    Raises:
        SynonymError: the file cannot be read, or a line is not a group; names the line.
    """
    from lsq.search.thesaurus.synonym_groups import read_groups, table_of

    return Table(table_of(read_groups(path)).encode())
