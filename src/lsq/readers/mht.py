"""Web pages saved as one file (mht, mhtml): the page, or its frames.

A place is the ordinal of the line of text, as the file contains the page in base64 or
quoted-printable.

Sources: RFC 2557 (MHTML), RFC 2045 (transfer encodings).
"""

import email
import email.message
import email.policy
import re

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin
from lsq.readers import html
from lsq.readers.encoding import decode
from lsq.readers.sizes import check_mail
from lsq.readers.text import numbered

_FRAMES = re.compile(r"<frameset\b", re.IGNORECASE)


def read(path: str, data: bytes) -> Bulletin:
    """Read a saved web page.

    Raises:
        ReadError: it is damaged, or contains no page with text.
    """
    check_mail(path, data)
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    pages = [
        _source(path, part)
        for part in message.walk()
        if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    if pages and _FRAMES.search(pages[0]):
        # The page itself only arranges its frames; browsers save these after it.
        lines = tuple(line for page in pages[1:] for line in html.page(path, page))
        if any(line.text.strip() for line in lines):
            return Bulletin(path, numbered(lines))
    for page in pages:
        lines = html.page(path, page)
        if any(line.text.strip() for line in lines):
            return Bulletin(path, numbered(lines))
    raise ReadError(
        path, _("it contains no web page with text; if a browser shows it, save it as text")
    )


def _source(path: str, part: email.message.Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return decode(payload, part.get_content_charset())
    except ValueError as error:
        raise ReadError(path, str(error)) from error
