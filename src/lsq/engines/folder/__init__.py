"""An index in a folder, apart from the files of postings and columns, which a store keeps.

To search:

    mark        the file lsq.json, which marks an index; the check of its owner
    store       the protocol of stores
    sealed      files with checksums
    damage      errors of damaged files and of the system, translated
    snapshot    one commit, open for reading
    snapshot_segment  a segment of a snapshot, with cached results
    texts       the folded texts, in which literals are searched
    signatures  which pieces of the texts may contain a literal
    many        many literals, searched in one pass
    matches     where regular expressions match, and how often
    evaluate    which articles match: sets of document numbers
    ranking     their scores and their order

To write:

    data        folders of data, made and published by one writer at a time
    late        a transaction that opens its store when something changes
    path_order  the files in the index, in the order of their paths
    file_stamps the stamps of files, by shown paths

`engine` is the `lsq.engines.Engine` made of these.
"""

from lsq.engines.folder.engine import FolderEngine

__all__ = ["FolderEngine"]
