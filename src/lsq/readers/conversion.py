"""Documents in formats that only office programs know, by way of LibreOffice.

It turns them into docx, which keeps what is a heading. Where it is not installed the
file is reported with what to install. Places are ordinals of the conversion's
paragraphs.

Source: https://help.libreoffice.org/latest/en-US/text/shared/guide/start_parameters.html
"""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from glob import glob
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from lsq.errors import ReadError
from lsq.messages import _, answer
from lsq.model import Bulletin
from lsq.readers import docx

_PROGRAMS = ("soffice", "libreoffice")
# Where its installers put it, where that is not in PATH; by `sys.platform`.
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

# A document of a thousand pages takes half a minute. Less than what any file may take, or
# LibreOffice would be left behind when the process that waits for it is stopped.
_SECONDS = 90

_INSTALL = _("older than Word 97: install LibreOffice to read it, or save it as docx")


def read(path: str, data: bytes) -> Bulletin:
    """Read a document by converting it.

    Raises:
        ReadError: LibreOffice is not installed, or cannot read it.
    """
    program = _program()
    if program is None:
        raise ReadError(path, _INSTALL)
    # A folder that only we can open, gone with all that LibreOffice leaves in it.
    with TemporaryDirectory(prefix="lsq-") as folder:
        source = Path(folder) / "document.doc"
        source.write_bytes(data)
        _convert(path, program, source)
        converted = source.with_suffix(".docx")
        if not converted.exists():
            raise ReadError(path, _("damaged, or encrypted: LibreOffice cannot open it"))
        return docx.read(path, converted.read_bytes())


def _program() -> str | None:
    """LibreOffice's program: of those in PATH the first, else the newest in the usual places."""
    if found := next(filter(None, map(shutil.which, _PROGRAMS)), None):
        return found
    places = (os.path.expandvars(os.path.expanduser(one)) for one in _PLACES.get(sys.platform, ()))
    return max(chain.from_iterable(map(glob, places)), default=None)


def _convert(path: str, program: str, source: Path) -> None:
    """Have a docx made beside `source`, with a profile of its own.

    With the user's profile LibreOffice would wait for one that runs, or just do nothing.
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
            path, _("LibreOffice cannot be started: {error}").format(error=answer(error))
        ) from error


def _end(running: "subprocess.Popen[bytes]") -> None:
    """End it with what it has started: `soffice` is a script that waits for the program."""
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
