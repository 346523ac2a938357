"""A thesaurus of everyday words and the official terms for them.

The groups are in `*.tsv`, a file per field, for people to read and edit (`synonym_groups` has their
format). `tools/thesaurus_table.py` makes `table.txt` of them, which searches read
(`table`). `lsq.search.expansion` uses the entries found.

A group is written from knowledge of law and daily life, never from a question that measures the
search. It joins an everyday word with a term of statutes and bulletins. Statute language
is not a lay form, a merely related word is not a term, and
words that the law distinguishes, such as 定金 and 订金, share no group. `=` is for words that mean
the same in every text, such as an abbreviation and its full form; all others are `>`.

Knows no engine and no article.
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
    """The table of a user's own groups, in the format of lsq's.

    To be searched before lsq's own: `lookup(text, boundaries, [theirs, own_table()])`.

    Raises:
        SynonymError: the file cannot be read, or a line is not a group; names the line.
    """
    from lsq.search.thesaurus.synonym_groups import read_groups, table_of

    return Table(table_of(read_groups(path)).encode())
