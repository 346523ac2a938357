"""Word documents before 2007 (doc), and WPS documents (wps), which have the same format.

A paragraph or a cell of a table becomes a line; a place is the ordinal of the paragraph. The
text is assembled from the pieces in the file's table of pieces, so text of earlier versions,
which the file may still contain, is left out. Styles are not read, so headings and tracked
deletions are not detected. LibreOffice converts older formats (Word 2, fast-saved Word 95, old
WPS) to docx; places are then ordinals in the result. Without LibreOffice, the error says what to
install.

Sources: [MS-DOC] 2.4.1 (retrieving text), 2.5.1 (Fib), 2.9.38 (Clx), 2.9.73
(FcCompressed); Microsoft, Word 6.0 and 95 Binary File Format (the Fib of these);
https://help.libreoffice.org/latest/en-US/text/shared/guide/start_parameters.html
"""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from glob import glob
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import olefile

from lsq.errors import ReadError
from lsq.messages import _, system_message
from lsq.model import Bulletin, Line
from lsq.readers import docx, omissions
from lsq.readers.encoding import decode
from lsq.readers.plausibility import is_garbled

_MAGIC = 0xA5EC
_WORD_97 = 0xC1  # the first version with this layout
_MAGIC_95, _WORD_6 = 0xA5DC, 0x65  # these have their text in one piece unless fast-saved
_COMPLEX, _WIDE = 0x0004, 0x1000  # in the flags at 0x0A: in pieces; two bytes per character
_FIRST, _COUNT_95, _NOTES_95 = 0x18, 0x34, 0x38
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200  # in the flags at 0x0A
_FLAGS, _COUNTS, _CLX = 0x0A, 0x4C, 0x01A2
_PIECES = 0x02  # the tag of the table of pieces, after property lists with the tag 0x01
_COMPRESSED = 0x40000000

# The encoding of pieces with one byte per character, nearly ([MS-DOC] 2.9.73).
_LATIN = "cp1252"

# A field: its code, which is hidden, and its result, which is shown; innermost first.
_FIELD = re.compile(r"\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_NESTED = 8

# The first character of each comment.
_COMMENT = "\x05"

# The ends of a paragraph: the marks of paragraphs, cells and pages, not line breaks.
_END = re.compile(r"[\r\x07\f]")
_SIGNS = {0x1E: "-", 0xA0: " ", 0x0E: "\n", 0x0B: "\n", 0x09: "\t", 0x0A: "\n"}
_MARKS = dict.fromkeys(range(0x20)) | {0x1F: None, 0x7F: None} | _SIGNS
_PROGRAMS = ("soffice", "libreoffice")
# Where LibreOffice is installed outside PATH, by `sys.platform`.
_PLACES = {
    "linux": ("/opt/libreoffice*/program/soffice", "/snap/bin/libreoffice"),
    "darwin": (
        "/Applications/LibreOffice*.app/Contents/MacOS/soffice",
        "~/Applications/LibreOffice*.app/Contents/MacOS/soffice",
    ),
    "win32": (
        "$ProgramFiles/LibreOffice*/program/soffice.exe",
        "$LOCALAPPDATA/Programs/LibreOffice*/program/soffice.exe",
    ),
}

# The timeout of LibreOffice; a document of a thousand pages takes half a minute. Less than the
# bound for a file, as LibreOffice would survive a kill of the process that waits for it.
_SECONDS = 90

_INSTALL = _("older than Word 97: install LibreOffice to read it, or save it as docx")


@dataclass(frozen=True, slots=True)
class _Streams:
    """The two streams that contain the text of a document."""

    main: bytes
    table: bytes

    def number(self, offset: int, size: int = 4) -> int:
        """A number in the file information block."""
        return int.from_bytes(self.main[offset : offset + size], "little")


def read(path: str, data: bytes) -> Bulletin:
    """Read a document.

    Raises:
        ReadError: it is damaged or encrypted, or needs LibreOffice, which is not installed.
    """
    document = _open(path, data)
    if document is None:
        text = _of_95(data)
        if text is None or is_garbled(text.translate(_MARKS)):
            return convert(path, data)
        return Bulletin(path, tuple(_lines(_without_fields(text))))
    if document.number(_FLAGS, 2) & _ENCRYPTED:
        raise ReadError(
            path,
            _("encrypted with a password; open it in Word or WPS and save it without a password"),
        )
    text, left_out = _text(path, document)
    text = _without_fields(text)
    if is_garbled(text.translate(_MARKS)):
        raise ReadError(path, _("damaged: its text stream is not text; save it as docx"))
    return Bulletin(path, tuple(_lines(text)), left_out=left_out)


def _open(path: str, data: bytes) -> _Streams | None:
    """The streams of a document; None if lsq cannot read its format."""
    if not data.startswith(olefile.MAGIC):
        return None
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            if not container.exists("WordDocument"):
                return None
            main = _stream(container, "WordDocument", len(data))
            document = _Streams(main, b"")
            if document.number(0, 2) != _MAGIC or document.number(2, 2) < _WORD_97:
                return None
            name = "1Table" if document.number(_FLAGS, 2) & _TABLE_1 else "0Table"
            return _Streams(main, _stream(container, name, len(data)))
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise ReadError(
            path,
            _("damaged, or not downloaded whole ({error}); fetch it again").format(error=error),
        ) from error


def _of_95(data: bytes) -> str | None:
    """The text and notes of a Word 6 or 95 document; None if it is another one or in pieces."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            main = _stream(container, "WordDocument", len(data))
    except (OSError, ValueError, IndexError, TypeError):
        return None
    document = _Streams(main, b"")
    flags = document.number(_FLAGS, 2)
    is_one = document.number(0, 2) == _MAGIC_95 and document.number(2, 2) >= _WORD_6
    if not is_one or flags & (_COMPLEX | _ENCRYPTED):
        return None
    size = 2 if flags & _WIDE else 1
    count = document.number(_COUNT_95) + document.number(_NOTES_95)
    start = document.number(_FIRST)
    raw = main[start : start + count * size]
    try:
        return raw.decode("utf-16-le", "replace") if size > 1 else decode(raw)
    except ValueError:
        return None


def _stream(container: olefile.OleFileIO, name: str, most: int) -> bytes:
    """Read a stream; raises OSError if its declared size is larger than the file.

    A chain of sectors may be circular: olefile follows it up to the declared size of the
    stream, or of the root stream, which contains the small streams.
    """
    if max(container.get_size(name), container.root.size) > most:
        raise OSError(_("a part of it claims to be larger than the whole file"))
    stream: bytes = container.openstream(name).read()
    return stream


def _text(path: str, document: _Streams) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The body, footnotes, endnotes and text boxes; and the counts of what is left out.

    Left out are headers, which every page repeats, and comments; both are among the others.
    """
    pieces = _pieces(path, document)
    counts = [document.number(_COUNTS + 4 * index) for index in range(7)]
    body, footnotes, headers, _, comments, endnotes, boxes = counts
    text = "".join(pieces)
    start = body + footnotes
    after_headers = start + headers
    rest = after_headers + comments
    left_out = (
        # All headers and footers together count as one.
        (omissions.HEADER, int(bool(text[start:after_headers].translate(_MARKS).strip()))),
        (omissions.COMMENT, text.count(_COMMENT, after_headers, rest)),
    )
    shown = text[:start] + text[rest : rest + endnotes + boxes]
    return shown, tuple((kind, count) for kind, count in left_out if count)


def _pieces(path: str, document: _Streams) -> list[str]:
    broken = ReadError(path, _("damaged: its table of text pieces is invalid; save it as docx"))
    start, size = document.number(_CLX), document.number(_CLX + 4)
    clx = document.table[start : start + size]
    place = 0
    while clx[place : place + 1] == b"\x01":
        place += 3 + int.from_bytes(clx[place + 1 : place + 3], "little")
    if clx[place : place + 1] != bytes([_PIECES]):
        raise broken
    size = int.from_bytes(clx[place + 1 : place + 5], "little")
    plc = clx[place + 5 : place + 5 + size]
    count = (len(plc) - 4) // 12
    if len(plc) != size or count < 1:
        raise broken
    ends = [int.from_bytes(plc[4 * i : 4 * i + 4], "little") for i in range(count + 1)]
    texts: list[str] = []
    left = len(document.main)
    for index in range(count):
        characters = ends[index + 1] - ends[index]
        entry = 4 * (count + 1) + 8 * index
        where = int.from_bytes(plc[entry + 2 : entry + 6], "little")
        wide = not where & _COMPRESSED
        where = where & (_COMPRESSED - 1) if wide else (where & (_COMPRESSED - 1)) // 2
        size = characters * 2 if wide else characters
        left -= size
        # Pieces do not overlap in real files: more text than the file is a bomb.
        if characters < 0 or left < 0 or where + size > len(document.main):
            raise broken
        raw = document.main[where : where + size]
        texts.append(raw.decode("utf-16-le" if wide else _LATIN, errors="replace"))
    return texts


def _without_fields(text: str) -> str:
    """Replace fields by their results."""
    for _depth in range(_NESTED):
        text, count = _FIELD.subn(lambda field: field[1] or "", text)
        if not count:
            break
    return text


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    for place, paragraph in enumerate(_END.split(text), 1):
        *broken, last = paragraph.translate(_MARKS).split("\n")
        lines.extend(Line(part.rstrip(" "), place) for part in broken)
        lines.append(Line(last.rstrip(" "), place, ends=True))
    return lines


def convert(path: str, data: bytes) -> Bulletin:
    """Read a document by converting it to docx.

    Raises:
        ReadError: LibreOffice is not installed, or cannot read it.
    """
    program = _program()
    if program is None:
        raise ReadError(path, _INSTALL)
    # A private folder, deleted with everything that LibreOffice leaves in it.
    with TemporaryDirectory(prefix="lsq-") as folder:
        source = Path(folder) / "document.doc"
        source.write_bytes(data)
        _convert(path, program, source)
        converted = source.with_suffix(".docx")
        if not converted.exists():
            raise ReadError(path, _("damaged, or encrypted: LibreOffice cannot open it"))
        return docx.read(path, converted.read_bytes())


def _program() -> str | None:
    """The program of LibreOffice: the first in PATH, else the newest in the usual folders."""
    if found := next(filter(None, map(shutil.which, _PROGRAMS)), None):
        return found
    places = (os.path.expandvars(os.path.expanduser(one)) for one in _PLACES.get(sys.platform, ()))
    return max(chain.from_iterable(map(glob, places)), default=None)


def _convert(path: str, program: str, source: Path) -> None:
    """Convert `source` to a docx beside it, with a temporary profile.

    With the user's profile, a running LibreOffice would block the conversion.
    """
    folder = source.parent
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", "docx", "--outdir", str(folder), str(source)]
    try:
        with subprocess.Popen(  # noqa: S603 (a program from PATH, on a file that we named)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as running:
            try:
                running.wait(_SECONDS)
            except BaseException:
                _end(running)
                raise
    except subprocess.TimeoutExpired as error:
        reason = _("LibreOffice did not finish within {seconds} seconds; save it as docx").format(
            seconds=_SECONDS
        )
        raise ReadError(path, reason) from error
    except OSError as error:
        raise ReadError(
            path, _("LibreOffice cannot be started: {error}").format(error=system_message(error))
        ) from error


def _end(running: "subprocess.Popen[bytes]") -> None:
    """Kill a process and its children: `soffice` is a script that waits for the program."""
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
