"""The index in a folder, held by Whoosh. The only room that knows Whoosh.

To search:

    mark        which folder is an index, and which data in it counts
    schema      what Whoosh keeps of an article
    snapshot    one commit, open for reading
    texts       the folded texts, where literals are looked for
    evaluate    which articles match: sets of document numbers
    bm25, score how well they match: Lucene's formula

To write:

    lock, folder, durable   one writer; data made, published, brought to the disk
    transaction             documents in, files out, a commit
    segments, postings      written in bulk, merged

`engine` puts it together as an `lsq.engines.Engine`; `weighting` is for those who
open an index with Whoosh alone.
"""

import sys
from types import ModuleType

if "urllib.request" not in sys.modules:
    # Whoosh's compatibility module imports it for a name nobody uses, and that takes a
    # tenth of a whole search.
    stand_in = ModuleType("urllib.request")
    vars(stand_in)["urlretrieve"] = None
    sys.modules["urllib.request"] = stand_in
    try:
        import whoosh.compat  # noqa: F401  # so that it finds the stand-in
    finally:
        del sys.modules["urllib.request"]

from lsq.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
