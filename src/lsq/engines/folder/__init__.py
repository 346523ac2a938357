"""An index in a folder: everything about it but the files of postings, which a store keeps.

To search:

    mark        which folder is an index, which data in it counts, who owns it
    store       what keeps the postings and columns, as this package sees it
    sealed, damage          files with checksums, and what is said of those that fail
    snapshot    one commit, open for reading
    texts       the folded texts, in which literals are searched
    signatures  in which pieces of them a literal may stand
    many        many literals, searched in one pass
    evaluate    which articles match: sets of document numbers
    ranking     how well they match, `lsq.engines.bm25` added up; which come first

To write:

    data        made and published, by one writer at a time
    late        a change that opens its store when there is something to change
    path_order  the files in the index, in the order of their paths
    file_stamps their stamps, by the paths that are shown

`engine` puts it together as an `lsq.engines.Engine`.
"""

from lsq.engines.folder.engine import FolderEngine

__all__ = ["FolderEngine"]
