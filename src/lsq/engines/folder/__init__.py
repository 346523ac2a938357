"""An index in a folder: everything about it but the files of postings, which a store keeps.

To search:

    mark, owner which folder is an index, which data in it counts, whose it is
    store       what keeps the postings and columns, as this package sees it
    sealed, damage          files with checksums, and what is said of those that fail
    snapshot    one commit, open for reading
    texts       the folded texts, where literals are looked for
    many        many literals, looked for in one pass
    evaluate    which articles match: sets of document numbers
    score       how well they match: `lsq.engines.bm25`, added up
    order       which come first: by tier and score, by date, by path

To write:

    lock, data  one writer; data made and published

`engine` puts it together as an `lsq.engines.Engine`.
"""

from lsq.engines.folder.engine import FolderEngine

__all__ = ["FolderEngine"]
