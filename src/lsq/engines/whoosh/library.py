"""What lsq uses of Whoosh to write, imported without a word.

Whoosh's files have plain strings with invalid escapes, of which Python warns when it
compiles them for the first time. That is nothing for a user to read, and with `-W error`
it would be an error.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import columns, fields, formats
    from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3Segment
    from whoosh.fields import FieldType
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import StructFile
    from whoosh.index import TOC, clean_files
    from whoosh.system import pack_ushort
    from whoosh.util import random_name
    from whoosh.util.numeric import length_to_byte

__all__ = [
    "TOC",
    "FieldType",
    "FileStorage",
    "StructFile",
    "W3Codec",
    "W3FieldWriter",
    "W3Segment",
    "clean_files",
    "columns",
    "fields",
    "formats",
    "length_to_byte",
    "pack_ushort",
    "random_name",
]
