"""Rich Text Format (rtf), decoded by striprtf.

A paragraph becomes a line, and so does a row of a table, with bars between the cells; a place is
the ordinal of the paragraph. Headers, footers, comments and pictures are left out; headings are
not detected.

Source: Microsoft, Rich Text Format Specification 1.9.1.
"""

import re

from striprtf.striprtf import rtf_to_text

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin, Line
from lsq.readers.plausibility import is_garbled
from lsq.readers.table_lines import BETWEEN

# The maximum size without pictures, which are most of a large file; a hundred long novels.
_LARGEST = 64 << 20
_PICTURE = re.compile(rb"(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2,}+[\r\n ]++){16,}+")

_BAR = re.compile(r"(?<!\s)\s*+\|\s*+")


def read(path: str, data: bytes) -> Bulletin:
    """Read a document.

    Raises:
        ReadError: it is damaged or too large.
    """
    source = _PICTURE.sub(b" ", data).decode("latin-1")
    if len(source) > _LARGEST:
        raise ReadError(path, _("its markup is larger than any document's; split it"))
    try:
        text = rtf_to_text(source, encoding="gb18030", errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ReadError(
            path,
            _("damaged: its text cannot be read ({error}); save it as docx").format(error=error),
        ) from error
    # Characters above U+FFFF are written as surrogates.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if is_garbled(text):
        raise ReadError(path, _("damaged: its text stream is not text; save it as docx"))
    return Bulletin(
        path,
        tuple(
            Line(_BAR.sub(BETWEEN, line.strip(" |")), place, ends=True)
            for place, line in enumerate(re.split(r"[\n\f\x0b]", text), 1)
        ),
    )
