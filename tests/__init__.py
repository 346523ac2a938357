"""The tests of lsq. `oracle` says what a query means; the rest compares with that."""

import os

# What is tested here speaks English, whatever the machine's language is. Before lsq is
# imported: much of what it says is read then.
for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
    os.environ.pop(name, None)
