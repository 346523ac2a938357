"""The postings of an index in a folder, as Whoosh's files. The only package that knows Whoosh.

store                   what `lsq.engines.folder` is given
library                 what of Whoosh is used to write: schema, files sealed and synced
commit, segment         what Whoosh wrote, read without importing it
transaction             documents in, files out, a commit
segments, postings      written in bulk, merged
"""
