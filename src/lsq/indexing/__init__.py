"""The first flow as code: files → readers → repair → extract → words → an engine.

files       which files are meant by the paths a user names
extraction  one file: read, repaired, its articles extracted
workers/    extraction in several watched processes
indexer     an update or a rebuild of an index
viewer      the same as far as articles, for `lsq show`
copier      an index from one engine to another, without the files
"""
