"""Files for office programs: documents for Word (docx) and workbooks for Excel (xlsx).

They are written by libraries of the extra `office`. A file is made whole before any of it is
written, so that nothing is written where the extra is missing. Texts stay texts: characters
that XML has no place for are replaced, and nothing in them is a formula.
"""

import re
from typing import Final, TextIO

from lsq.output.printable import sanitize

# Besides what `sanitize` replaces: https://www.w3.org/TR/xml/#charsets.
_NOT_IN_XML: Final = re.compile("[\ufffe\uffff]")


def for_xml(text: str) -> str:
    """`text` with a U+FFFD for each character that an XML document may not have."""
    return _NOT_IN_XML.sub("\ufffd", sanitize(text))


def put(content: bytes, out: TextIO) -> None:
    """Write the bytes of a file to a stream of text, below its encoding."""
    out.flush()
    out.buffer.write(content)
    out.buffer.flush()
