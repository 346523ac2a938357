"""Tell whether any run of a query is in the thesaurus, before the code for synonyms is loaded.

Most runs are not: for these a search reads the table once, in 0.2 ms, and loads nothing.
"""

import os
from typing import Final

from lsq.query import Chunk, Query, positive_parts
from lsq.text.find import find

TABLE: Final = os.path.join(os.path.dirname(__file__), "thesaurus", "table.txt")
# A query of more runs is a passage, in whatever words it has.
MOST: Final = 10


def may_have_synonyms(query: Query) -> bool:
    """Whether lsq's own table has a word that means the same as a run of a query."""
    runs = {part.text for part in positive_parts(query) if isinstance(part, Chunk)}
    if not 0 < len(runs) <= MOST:
        return False
    with open(TABLE, "rb") as file:
        table = file.read()
    lines = (f"\n{run}\t{relation}" for run in runs for relation in "=<")
    return any(find(table, line.encode("utf-8", "replace")) >= 0 for line in lines)
