"""Mails (eml): their text, and their attachments as members of a container.

The subject is the heading; sender, recipients and day follow, then the text: the plain one, or
else the html one. A place is the ordinal of the line.

Sources: RFC 5322 (messages), RFC 2045 (transfer encodings), RFC 2047 (encoded headers).
"""

import email
import email.header
import email.message
import email.policy
import email.utils
from collections.abc import Iterator
from typing import Self

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin, Line
from lsq.readers import html
from lsq.readers.encoding import decode
from lsq.readers.package import Budget
from lsq.readers.sizes import check_mail, check_text
from lsq.readers.text import numbered

# The header fields under the subject, with the labels of Chinese mail programs.
_HEADERS = (("From", "发件人"), ("To", "收件人"), ("Cc", "抄送"))
_PAGES = ("text/html", "application/xhtml+xml")

# The maximum nesting of parts.
_DEEPEST = 50


def read(path: str, data: bytes) -> Bulletin:
    """Read the text of a mail, without its attachments.

    Raises:
        ReadError: it is damaged, or has no text.
    """
    message = _message(path, data)
    lines = [*_head(message), *_body(path, message)]
    return Bulletin(path, numbered(lines))


class Container:
    """The attachments of a mail; see `lsq.readers.archive`."""

    form: str | None = "mail"

    def __init__(self, path: str, data: bytes, budget: Budget) -> None:
        self._path = path
        self._budget = budget
        self._parts: dict[str, email.message.Message] = {}
        for part in _parts(_message(path, data)):
            name = _decoded(part.get_filename() or "")
            if name and part.get_content_disposition() != "inline":
                self._parts.setdefault(name.replace("/", "_"), part)
        self.names = list(self._parts)

    def read(self, name: str, path: str | None = None) -> bytes:
        """The bytes of an attachment."""
        part = self._parts[name]
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):  # a forwarded mail
            inner = part.get_payload(0) if part.is_multipart() else None
            payload = inner.as_bytes() if isinstance(inner, email.message.Message) else b""
        return self._budget.take(path or self._path, payload, self._budget.most)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def _message(path: str, data: bytes) -> email.message.Message:
    check_mail(path, data)
    try:
        return email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    except (ValueError, RecursionError, IndexError) as error:
        raise ReadError(path, _("damaged: it contains no readable mail")) from error


def _parts(message: email.message.Message) -> Iterator[email.message.Message]:
    """The leaf parts of a mail, without those of attached mails."""
    waiting = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            inner = part.get_payload()
            if isinstance(inner, list) and depth < _DEEPEST:
                waiting += [
                    (one, depth + 1)
                    for one in reversed(inner)
                    if isinstance(one, email.message.Message)
                ]
        else:
            yield part


def _head(message: email.message.Message) -> Iterator[Line]:
    if subject := _decoded(message.get("Subject", "")):
        yield Line(subject, 0, heading=True, ends=True)
    for name, label in _HEADERS:
        people = ", ".join(_decoded(each) for each in message.get_all(name, []))
        if people:
            yield Line(f"{label}：{people}", 0, ends=True)
    sent = email.utils.parsedate(str(message.get("Date", "")))
    if sent:
        yield Line(f"日期：{sent[0]:04}-{sent[1]:02}-{sent[2]:02}", 0, ends=True)


def _body(path: str, message: email.message.Message) -> list[Line]:
    pages: list[Line] = []
    for part in _parts(message):
        if part.get_filename() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain":
            text = _text(path, part)
            check_text(path, text)
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            if text.strip():
                return [Line(line, 0) for line in text.split("\n")]
        elif kind in _PAGES and not pages:
            pages = list(html.page(path, _text(path, part), website=False))
    return pages


def _text(path: str, part: email.message.Message) -> str:
    payload = part.get_payload(decode=True)
    try:
        return decode(payload, part.get_content_charset()) if isinstance(payload, bytes) else ""
    except ValueError as error:
        raise ReadError(path, str(error)) from error


def _decoded(header: str | email.header.Header) -> str:
    """Decode a header with encoded words and unencoded bytes."""
    pieces = []
    try:
        for piece, encoding in email.header.decode_header(header):
            raw = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
            pieces.append(decode(raw, encoding))
        text = "".join(pieces)
    except (ValueError, email.errors.HeaderParseError):
        text = str(header).encode("utf-8", "replace").decode()
    return " ".join(text.split())
