"""Rich Text Format (rtf), by way of striprtf, which knows its code pages and escapes.

A paragraph is a line, as is a row of a table, its cells with a bar between them; a place
is the ordinal of the paragraph. Headers, footers, comments and pictures are not in the
text; what is a heading cannot be told.

Source: Microsoft, Rich Text Format Specification 1.9.1.
"""

import re

from striprtf.striprtf import rtf_to_text

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin, Line
from lsq.readers.plausibility import is_garbled
from lsq.readers.table_lines import BETWEEN

# Pictures are most of a large file, as digits; the longest novel is a hundredth of this.
_LARGEST = 64 << 20
_PICTURE = re.compile(rb"(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2,}+[\r\n ]++){16,}+")

_BAR = re.compile(r"(?<!\s)\s*+\|\s*+")


def read(path: str, data: bytes) -> Bulletin:
    """Read a document.

    Raises:
        ReadError: it is damaged, or larger than any document without its pictures.
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
    # Characters beyond U+FFFF are written in two halves.
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
