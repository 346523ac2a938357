"""7z and rar archives, unpacked by bsdtar, which macOS and Windows include.

bsdtar (libarchive, BSD licence) converts them to a tar archive on standard output, so no member
is written to the disk. Without bsdtar, the error says what to install. No Python library with a
free licence reads both formats.

Source: https://man.freebsd.org/cgi/man.cgi?query=bsdtar (archives as input, @archive)
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self

from lsq.errors import PackageError, ReadError
from lsq.messages import _, system_message
from lsq.readers import tar
from lsq.readers.package import Budget

# A program `tar` is bsdtar if its version says so.
_PROGRAMS = ("bsdtar", "tar")
_SAYS = b"bsdtar"

_INSTALL = _(
    "a 7z or rar archive: install bsdtar to read it (Debian: libarchive-tools; "
    "macOS and Windows have it), or unpack it"
)
_SECONDS = 90


class Container:
    """An open archive; see `lsq.readers.archive`."""

    form: str | None = None

    def __init__(self, path: str, data: bytes, budget: Budget) -> None:
        program = _program()
        if program is None:
            raise ReadError(path, _INSTALL)
        unpacked = _as_tar(path, program, data, budget.most)
        # bsdtar may give two members one name if their names differ only in Unicode normalization.
        self._tar = tar.Container(path, unpacked, budget, every=True)
        self.names = self._tar.names
        if not self.names:
            raise ReadError(path, _("damaged, or encrypted: bsdtar finds no files in it"))

    def read(self, name: str, path: str | None = None) -> bytes:
        """The bytes of a member."""
        return self._tar.read(name, path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._tar.__exit__(*error)


def _program() -> str | None:
    for name in _PROGRAMS:
        found = shutil.which(name)
        if found and (name == _PROGRAMS[0] or _SAYS in _version(found)):
            return found
    return None


def _version(program: str) -> bytes:
    try:
        command = [program, "--version"]
        return subprocess.run(  # noqa: S603 (a program from PATH)
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return b""


def _as_tar(path: str, program: str, data: bytes, most: int) -> bytes:
    """Convert the archive to a tar archive of bounded size."""
    # From a file, not a pipe: 7z has its directory at the end.
    with tempfile.TemporaryDirectory(prefix="lsq-") as folder:
        source = Path(folder) / "archive"
        source.write_bytes(data)
        command = [program, "--format=pax", "-cf", "-", f"@{source}"]
        try:
            with subprocess.Popen(  # noqa: S603 (a program from PATH, on a file that we named)
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                # Else names that are not ASCII are an error.
                env={**os.environ, "LC_ALL": "C.UTF-8"},
            ) as running:
                try:
                    unpacked = running.stdout.read(most + 1) if running.stdout else b""
                    if len(unpacked) > most:
                        raise PackageError(
                            path, _("it unpacks to far more than any document; refused")
                        )
                    code = running.wait(_SECONDS)
                finally:
                    running.kill()
        except subprocess.TimeoutExpired as error:
            raise ReadError(path, _("damaged: bsdtar did not finish")) from error
        except OSError as error:
            raise ReadError(
                path, _("bsdtar cannot be started: {error}").format(error=system_message(error))
            ) from error
    if code or not unpacked:
        raise ReadError(path, _("damaged, or encrypted: bsdtar cannot unpack it"))
    return unpacked
