"""The postings of an index in a folder, as Whoosh's files. The only package that knows Whoosh.

    store                   what `lsq.engines.folder` is given
    library                 what of Whoosh is used to write, imported silently
    commit, segment         what Whoosh wrote, read without importing it
    schema                  the layout as Whoosh's schema, for writing
    storage                 files sealed and on the disk before they count
    transaction             documents in, files out, a commit
    segments, postings      written in bulk, merged

`weighting` is for those who open an index with Whoosh alone.
"""
