"""Make `src/lsq/search/thesaurus/table.txt` from the groups beside it, and print it.

    python tools/thesaurus_table.py > src/lsq/search/thesaurus/table.txt

The groups are for editors, in one file per topic; a search reads one sorted file with a line for
every form, because reading forty files would take 5 ms.
"""

import sys
from pathlib import Path

from lsq.search.thesaurus.synonym_groups import FIELDS, read_groups, table_of
from lsq.search.thesaurus.table import TABLE


def main() -> None:
    """Print the table."""
    files = sorted(Path(TABLE).parent.glob(FIELDS))
    groups = [group for file in files for group in read_groups(file)]
    sys.stdout.buffer.write(table_of(groups).encode())


if __name__ == "__main__":
    main()
