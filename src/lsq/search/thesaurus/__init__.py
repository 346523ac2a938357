"""A thesaurus of everyday words and the official terms for them.

`*.tsv` hold the groups, a file a field, for people to read and mend (`groups` says their
form). `tools/thesaurus_table.py` makes `table.txt` of them, which searches look into
(`table`). `lsq.search.expansion` says what is done with the entries found.

A group is written from knowledge of law and life, never from a question that measures the
search. It joins a word of daily life with a term of statutes and bulletins; what is statute
language already is no lay form, what only has to do with the same matter is no term, and
what the law tells apart, as 定金 and 订金, is in no group together. `=` is for what means
the same in every text, as an abbreviation and its full form; all else is `>`.

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
    """The table of a user's own groups, in the same form as lsq's.

    To be searched before lsq's own: `lookup(text, boundaries, [theirs, own_table()])`.

    Raises:
        SynonymError: the file cannot be read, or a line is not a group; names the line.
    """
    from lsq.search.thesaurus.synonym_groups import read_groups, table_of

    return Table(table_of(read_groups(path)).encode())
