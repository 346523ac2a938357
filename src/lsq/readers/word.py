"""Old Word, WPS and RTF documents, by way of a converter that is installed.

LibreOffice turns them into docx, which keeps what is a heading; antiword and catdoc
into text. Whichever is found first does it. Without one, the file is reported with
what to install. Places are those of the conversion: ordinals of paragraphs or lines.

Sources: https://help.libreoffice.org/latest/en-US/text/shared/guide/start_parameters.html;
antiword(1); catdoc(1).
"""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from lsq.errors import ReadError
from lsq.model import Bulletin, Line
from lsq.readers import docx
from lsq.readers.text import numbered, read_lines

# A document of a thousand pages took LibreOffice half a minute.
_SECONDS = 120

_OFFICES = ("soffice", "libreoffice")

# How the others are called; all write text to stdout.
_FILTERS = {
    "antiword": ("-m", "UTF-8.txt", "-w", "0"),
    "catdoc": ("-d", "utf-8", "-w"),
}

_INSTALL = (
    "reading doc, wps and rtf needs a converter: install LibreOffice (or antiword, catdoc), "
    "or save it as docx"
)


def read(path: str, data: bytes) -> Bulletin:
    """Read a document of one of the old formats.

    Raises:
        ReadError: no converter is installed, or none that is can read it.
    """
    # The system may put it in a folder that others can list, but only we can open.
    with TemporaryDirectory(prefix="lsq-") as folder:
        source = Path(folder) / "document.doc"
        source.write_bytes(data)
        refusal = ReadError(path, _INSTALL)
        for office in filter(None, map(shutil.which, _OFFICES)):
            try:
                return docx.read(path, _convert(path, office, source))
            except ReadError as error:
                refusal = error
                break
        for name, options in _FILTERS.items():
            if program := shutil.which(name):
                try:
                    return _filtered(path, _run(path, [program, *options, str(source)]))
                except ReadError as error:
                    refusal = error
    raise refusal


def _convert(path: str, office: str, source: Path) -> bytes:
    """The docx that LibreOffice makes of `source`, in a profile of its own.

    Sharing the user's profile, it would wait for a running one, or just do nothing.
    """
    folder = source.parent
    profile = (folder / "profile").as_uri()
    options = [f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    output = ["--convert-to", "docx", "--outdir", str(folder), str(source)]
    _run(path, [office, *options, *output])
    converted = source.with_suffix(".docx")
    if not converted.exists():
        raise ReadError(path, "damaged, or encrypted: LibreOffice cannot open it")
    return converted.read_bytes()


def _run(path: str, command: list[str]) -> bytes:
    """What a converter writes; its errors are its own business, the result tells."""
    program = Path(command[0]).name
    try:
        finished = subprocess.run(  # noqa: S603 (a program from PATH, on a file we named)
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(path, f"{program} did not come to an end in {_SECONDS} seconds") from error
    except OSError as error:
        raise ReadError(path, f"{program} cannot be started: {error.strerror}") from error
    return finished.stdout


def _filtered(path: str, output: bytes) -> Bulletin:
    lines = [line.replace("\f", "") for line in read_lines(path, output)]
    if not any(line.strip() for line in lines):
        raise ReadError(path, "damaged, encrypted, or without text: the converter found none")
    return Bulletin(path, numbered(Line(line, 1, ends=True) for line in lines))
