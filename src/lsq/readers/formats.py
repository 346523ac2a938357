"""Detect the format of a file by its bytes, and by its name if these are ambiguous.

Names may be wrong: a page saved as .doc is html, a failed download named .pdf is html too.

Sources: ISO 32000-1, 7.5.2 (%PDF); APPNOTE.TXT 6.3.10 (zip); ECMA-376 part 2 (docx);
EPUB OCF 3.3, 4.2 (epub); GB/T 33190-2016, 7.1 (ofd); [MS-CFB] 2.2 (doc, wps);
RFC 2557 (mht); https://html.spec.whatwg.org/#the-doctype (html); JFIF 1.02, PNG (third
edition), TIFF 6.0, GIF89a, RFC 9649 (pictures).
"""

import os
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import PurePath

from lsq.errors import ReadError
from lsq.messages import _
from lsq.readers import ocr

# File name suffix → format, which is also the name of the module that reads it.
_SUFFIXES = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".mht": "mht",
    ".mhtml": "mht",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".dotm": "docx",
    ".doc": "word",
    ".wps": "word",
    ".dot": "word",
    ".wpt": "word",
    ".eid": "word",
    ".rtf": "rtf",
    ".epub": "epub",
    ".ofd": "ofd",
    ".xlsx": "sheets",
    ".xlsm": "sheets",
    ".xlsb": "sheets",
    ".xltx": "sheets",
    ".xls": "sheets",
    ".xlt": "sheets",
    ".et": "sheets",
    ".ett": "sheets",
    ".ods": "sheets",
    ".ots": "sheets",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".tab": "delimited",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".xml": "xml",
    ".pptx": "pptx",
    ".pptm": "pptx",
    ".ppsx": "pptx",
    ".potx": "pptx",
    ".ppt": "ppt",
    ".pps": "ppt",
    ".pot": "ppt",
    ".dps": "ppt",
    ".odt": "odf",
    ".ott": "odf",
    ".fodt": "xml",
    ".odp": "odf",
    ".otp": "odf",
    ".fodp": "xml",
    ".jpg": "image",
    ".jpeg": "image",
    ".jpe": "image",
    ".png": "image",
    ".tif": "image",
    ".tiff": "image",
    ".gif": "image",
    ".bmp": "image",
    ".webp": "image",
    ".eml": "mail",
    ".zip": "archive",
    ".tar": "tar",
    ".gz": "compressed",
    ".tgz": "compressed",
    ".bz2": "compressed",
    ".tbz2": "compressed",
    ".xz": "compressed",
    ".txz": "compressed",
    ".7z": "packed",
    ".rar": "packed",
}

# Formats of files with files inside: each module has a class `Container`.
CONTAINERS = frozenset({"archive", "tar", "compressed", "packed", "mail"})

# Signatures at the beginning, except of zips and OLE files.
_BEGINNINGS = (
    (b"\x1f\x8b\x08", "compressed"),
    (b"BZh", "compressed"),
    (b"\xfd7zXZ\0", "compressed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"Rar!\x1a\x07", "packed"),
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
)
# Signatures at other positions; a PDF may be the first file in a tar archive.
_NEAR_THE_BEGINNING = (
    (b"ustar", 257, 262, "tar"),
    (b"%PDF-", 0, 1024, "pdf"),
    (b"<?mso-application", 0, 256, "xml"),
    (b"WEBPVP8", 8, 15, "image"),
)

# How many bytes are examined to tell text from other formats.
BEGINNING = 4096

# Formats of text files, which only the name distinguishes. Their places are lines of the file.
_TEXTUAL = {"text", "markdown", "html", "delimited", "json", "xml"}

# Formats that need no library.
PLAIN = {"text", "markdown"}

# Formats for which a file without text is not an error.
WORDLESS = PLAIN | {"image"}

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Members of a zip that show its format, in the order of checking.
_PACKAGES = (
    ("OFD.xml", "ofd"),
    ("META-INF/container.xml", "epub"),
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "sheets"),
    ("xl/workbook.bin", "sheets"),
    ("ppt/presentation.xml", "pptx"),
    ("META-INF/manifest.xml", "odf"),
)
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"

# The same for OLE compound files: the names of their streams.
_STREAMS = (
    ("WordDocument", "word"),
    ("Workbook", "sheets"),
    ("Book\0", "sheets"),
    ("PowerPoint Document", "ppt"),
)

# Without backtracking (?>…, *+): else the time would double with every comment at the beginning.
_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?>.*?-->)\s*+)*+"
    rb"<(?:!doctype\s++html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER = re.compile(rb"\s{0,80}+[A-Za-z][A-Za-z0-9-]*+:")
_MHT = re.compile(
    rb"\s*+(?:[A-Za-z][A-Za-z0-9-]*+:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*?MIME-Version:",
    re.IGNORECASE,
)


def named(path: str) -> str | None:
    """The format that the suffix of `path` claims; None if lsq reads no such files."""
    return _SUFFIXES.get(os.path.splitext(path)[1].lower())  # faster than PurePath, for many


def is_wanted(path: str) -> bool:
    """Whether a file of this name is read if it is not named explicitly.

    Pictures are read if OCR is active.
    """
    form = named(path)
    return form is not None and (form != "image" or ocr.is_active())


def is_plain(path: str, beginning: bytes) -> bool:
    """Whether the file `path` with this beginning is text or Markdown, or empty."""
    return _seems(path, beginning) in PLAIN


def has_lines(path: str, beginning: bytes) -> bool:
    """Whether places in the file `path` with this beginning are lines of the file."""
    return _seems(path, beginning) in _TEXTUAL


def _seems(path: str, beginning: bytes) -> str | None:
    """The format of a file with this beginning; None for a zip or OLE file: its content decides."""
    if beginning.startswith((*_ZIP, _OLE)):
        return None
    claimed = named(path)
    return _by_its_beginning(beginning, claimed) or claimed or "text"


def detect(path: str, data: bytes) -> str:
    """The format of `data`: the name of the module that reads it.

    Raises:
        ReadError: lsq does not read its format.
    """
    claimed = named(path)
    if data.startswith(_ZIP):
        return _package(data, claimed)
    if data.startswith(_OLE):
        return _compound(path, data)
    return _by_its_beginning(data, claimed) or _by_its_name(path, data, claimed)


def _by_its_beginning(data: bytes, claimed: str | None) -> str | None:
    for beginning, form in _BEGINNINGS:
        if data.startswith(beginning):
            return form
    for inside, first, last, form in _NEAR_THE_BEGINNING:
        if inside in data[first:last]:
            return form
    if claimed == "markdown" or (claimed == "mail" and _HEADER.match(data)):
        return claimed  # both may begin like html or mht
    # Without NULs, the patterns match UTF-16 too.
    bare = data[:BEGINNING].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _MHT.match(bare):
        return "mht"
    return "html" if _HTML.match(bare) else None


def _by_its_name(path: str, data: bytes, claimed: str | None) -> str:
    """The format that the name claims, for data without a signature; text without a claim."""
    if claimed is None and b"\0" in data[:BEGINNING] and not _is_utf16(data[:BEGINNING]):
        readable = " ".join(sorted(_SUFFIXES))
        raise ReadError(
            path, _("not a format lsq reads; it reads {readable}").format(readable=readable)
        )
    if claimed is None or claimed in _TEXTUAL:
        return claimed or "text"
    if claimed == "image" and data.strip(b"\0\r\n\t "):
        return claimed  # a kind without a signature here, or damaged; the reader reports that
    if claimed == "sheets" and data.strip() and b"\0" not in data:
        return "delimited"  # many programs name their csv .xls
    suffix = PurePath(path).suffix
    state = _("empty") if not data.strip(b"\0\r\n\t ") else _("damaged, or not what its name says")
    raise ReadError(
        path,
        _("{state}: it contains no {suffix} file; fetch it again").format(
            state=state, suffix=suffix[1:]
        ),
    )


def _is_utf16(head: bytes) -> bool:
    """Whether data with NULs may be UTF-16: by its mark, or if all NULs are at even or odd offsets.

    An ideograph such as 一 (U+4E00) has its NUL at the other offset, but such text is rare
    without a mark.
    """
    return head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or (
        b"\0" not in head[::2] or b"\0" not in head[1::2]
    )


def _package(data: bytes, claimed: str | None) -> str:
    """The format of a zip, by the names of its members, which are not compressed."""
    if _SPREADSHEET in data[:256]:
        return "sheets"
    if claimed in ("docx", "epub", "ofd", "sheets", "pptx", "odf"):
        # If it is damaged, the reader of the claimed format reports it best.
        found = [form for name, form in _PACKAGES if _holds(data, name)]
        if claimed == "sheets" and found == ["odf"]:
            return claimed  # an OpenDocument spreadsheet without the member `mimetype`
        return found[0] if found and claimed not in found else claimed
    for name, form in _PACKAGES:
        if _holds(data, name):
            return form
    return "archive"


def _holds(data: bytes, name: str) -> bool:
    """Whether the central directory of a zip lists a member of this name."""
    entry = rb"PK\x01\x02.{42}/?" + re.escape(name.encode())
    return re.search(entry, data, re.DOTALL) is not None


def _compound(path: str, data: bytes) -> str:
    """The format of an OLE compound file, by the names of its streams, which are in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadError(
            path,
            _(
                "encrypted with a password; open it in an office program and save it without "
                "a password"
            ),
        )
    for name, form in _STREAMS:
        if name.encode("utf-16-le") in data:
            return form
    if named(path) != "word":
        raise ReadError(path, _("made by a program that lsq does not know; save it as docx or PDF"))
    return "word"
