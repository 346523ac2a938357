"""The index in a folder, held by Whoosh. The only room that knows Whoosh.

To search:

    mark, owner which folder is an index, which data in it counts, whose it is
    layout, stamps          what is stored of an article and of its file
    sealed, damage          files with checksums, and what is said of those that fail
    commit, segment         what Whoosh wrote, read without importing it
    snapshot    one commit, open for reading
    texts       the folded texts, where literals are looked for
    many        many literals, looked for in one pass
    evaluate    which articles match: sets of document numbers
    score       how well they match: `lsq.engines.bm25`, added up
    terms       the score, term by term, for an explanation

To write:

    schema      the layout as Whoosh's schema
    lock, folder, durable   one writer; data made, published, brought to the disk
    transaction             documents in, files out, a commit
    segments, postings      written in bulk, merged

`engine` puts it together as an `lsq.engines.Engine`; `weighting` is for those who
open an index with Whoosh alone.
"""

from lsq.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
