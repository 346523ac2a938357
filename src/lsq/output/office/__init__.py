"""Files for office programs: documents for Word (docx) and workbooks for Excel (xlsx).

The libraries come with the extra `office`. A file is completed in memory before it is written,
so that nothing is written if the extra is missing. Characters that XML does not allow are
replaced, and no text becomes a formula.
"""

import re
from typing import Final, TextIO

from lsq.output.printable import sanitize

# Characters that `sanitize` does not replace: https://www.w3.org/TR/xml/#charsets.
_NOT_IN_XML: Final = re.compile("[\ufffe\uffff]")


def for_xml(text: str) -> str:
    """Replace each character that XML does not allow by U+FFFD."""
    return _NOT_IN_XML.sub("\ufffd", sanitize(text))


def put(content: bytes, out: TextIO) -> None:
    """Write bytes to the buffer of a text stream."""
    out.flush()
    out.buffer.write(content)
    out.buffer.flush()
