"""Decode bytes in any Chinese encoding.

The bytes decide; the declaration of a file only breaks ties. Valid UTF-8 is UTF-8: text in
another encoding is hardly ever valid UTF-8. For other encodings validity is no evidence, since
nearly all bytes can be decoded as GB18030 and half of them as UTF-16; so each is tried strictly
and the most plausible Chinese text wins. This was right wherever statistics over bytes
(charset-normalizer) were, and on short texts too.

Sources: GB 18030-2022 (a superset of GBK and GB 2312); Big5 with the Hong Kong
supplement; The Unicode Standard, chapter 3.10 (UTF-8, UTF-16, byte order marks).
"""

import codecs
import re

from lsq.messages import _
from lsq.readers.plausibility import plausibility

# Byte order mark → encoding. UTF-32 first: its mark begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

# Tried in this order; a later one must be more plausible than those before it.
_CANDIDATES = ("gb18030", "utf-16-le", "utf-16-be", "big5hkscs")

# Declared encoding → the candidate that it supports.
_DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "utf16": "utf-16-le",
    "utf16le": "utf-16-le",
    "utf16be": "utf-16-be",
}

# Less plausible data is not text: of 2,000 strings of 100 random bytes, none was above.
_LEAST = 0.3

# More plausible text is certain, however short: nearly all its characters are frequent.
_CERTAIN = 0.95

# Bytes that are rare in ASCII text.
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r")) + b"\x7f"

# One byte in this many may be invalid: a truncated file, a bad sector, a bad character.
_BROKEN = 1000

# The maximum share of NULs in a text.
_MOST_NULS = 0.02

_LONGER_THAN_TWO = re.compile(rb"[\xe0-\xff]")
_TWO = re.compile(rb"[\xc2-\xdf][\x80-\xbf]")


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode `data`; drops a byte order mark, keeps line ends.

    Invalid bytes become U+FFFD if there is at most one in a thousand, or if only the last
    character is truncated.

    Args:
        data: a whole file.
        declared: the encoding that the file declares.

    Raises:
        ValueError: it is not text, or in no encoding that lsq reads.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _by_mark(data[len(mark) :], encoding)
    text = _strict(data, "utf-8")
    if text is not None and not _may_be_another(data):
        return text
    best, found = (_LEAST, None) if text is None else (plausibility(text), text)
    claimed = _DECLARED.get(re.sub(r"[^a-z0-9]", "", (declared or "").lower()))
    for encoding in _CANDIDATES:
        other = _strict(data, encoding)
        if other is None or "\0" in other:
            continue
        score = plausibility(other) + (0.1 if encoding == claimed else 0.0)
        if score > best:
            best, found = score, other
    if found is None:
        found = _with_errors(data)
    if found is None or "\0" in found:
        found = _without_nuls(data, declared)
    if found is None:
        raise ValueError(_REFUSAL)
    return found


_REFUSAL = _(
    "not text, or in an encoding other than UTF-8, UTF-16, GB18030 and Big5; if it is text, "
    "convert it to UTF-8, for example with iconv"
)


def _without_nuls(data: bytes, declared: str | None) -> str | None:
    """Decode text with a few NULs in it, from padded fields or a bad disk; None for other data.

    In UTF-16, a third of the bytes or more would be NULs.
    """
    count = data.count(b"\0")
    if count == 0 or count > max(1, _MOST_NULS * len(data)):
        return None
    try:
        return decode(data.replace(b"\0", b""), declared)
    except ValueError:
        return None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _by_mark(data: bytes, encoding: str) -> str:
    """Decode by a byte order mark, with a few invalid bytes replaced."""
    text = data.decode(encoding, errors="replace")
    if "\0" in text or text.count("\ufffd") > 1 + len(text) // _BROKEN:
        raise ValueError(_REFUSAL)
    return text


def _may_be_another(data: bytes) -> bool:
    """Whether valid UTF-8 may still be in another encoding.

    That is UTF-16, whose bytes may all be below 0x80 but include control characters; or short
    GBK words such as 道路, whose bytes form two-byte characters of UTF-8: Latin, Greek and
    Cyrillic letters.
    """
    if data.isascii():
        return len(data.translate(None, _CONTROLS)) < len(data)
    if b"\0" in data:
        return True
    if _LONGER_THAN_TWO.search(data):
        return False
    # A single such character in ASCII, as in café or §1, is genuine.
    words = {pair.decode("gbk", errors="replace") for pair in _TWO.findall(data)}
    return len(words) > 1 and plausibility("".join(words)) > _CERTAIN


def _with_errors(data: bytes) -> str | None:
    """Decode data that is valid except for a few bytes; None for other data."""
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, errors="replace")
        broken = text.count("\ufffd")
        allowed = 1 + len(data) // _BROKEN
        if broken <= allowed and plausibility(text.replace("\ufffd", "")) > 2 * _LEAST:
            return text
    return None
