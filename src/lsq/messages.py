"""The language of messages: English, or Simplified Chinese if the user's locale is Chinese.

The code contains messages in English, as `_("{path}: no such file").format(path=path)`;
`locale/zh/LC_MESSAGES/lsq.po` contains the translations and is compiled when lsq is built.
gettext falls back to `zh`, without a country, for all Chinese locales. For English, nothing is
loaded. Names in JSON and other text for programs are not messages.

Source: https://www.gnu.org/software/gettext/manual/html_node/Users.html
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gettext import NullTranslations

DOMAIN: Final = "lsq"
FOLDER: Final = os.path.join(os.path.dirname(__file__), "locale")

# Messages of system errors, as the C library words them.
SYSTEM: Final = (
    "Cannot allocate memory",
    "Disk quota exceeded",
    "File name too long",
    "File too large",
    "Input/output error",
    "Is a directory",
    "No space left on device",
    "No such file or directory",
    "Not a directory",
    "Permission denied",
    "Read-only file system",
    "Resource temporarily unavailable",
    "Stale file handle",
    "Too many levels of symbolic links",
    "Too many open files",
    "longer than 64 MB",  # of `lsq.disk`
)

_CHINESE = "zh"
_ENGLISH = "en"
# Locales that ask for untranslated messages, whatever LANGUAGE says.
_UNTRANSLATED = {"C", "POSIX"}

# Whether a server answers the current request in Chinese; None for the language of the locale.
_REQUESTED: ContextVar[bool | None] = ContextVar("chinese", default=None)


def _(message: str) -> str:
    """Translate a message into the user's language."""
    catalogue = _catalogue()
    return catalogue.gettext(message) if catalogue else message


def english(message: str) -> str:
    """Leave a message untranslated, where programs may read it."""
    return message


def ngettext(one: str, several: str, count: int) -> str:
    """Translate a message about a number of things into the user's language."""
    catalogue = _catalogue()
    if catalogue:
        return catalogue.ngettext(one, several, count)
    return one if count == 1 else several


def system_message(error: OSError) -> str:
    """The message of a system error, in the user's language as far as known, and what to do."""
    said = _(error.strerror) if error.strerror else str(error)
    todo = _remedy(error.errno)
    return said + _("; ") + todo if todo else said


def _remedy(number: int | None) -> str:
    """What a user can do after a system error; empty if that depends on the file."""
    room, others = _("free some space there"), _("end other programs")
    disk = _("the disk or its connection may be failing: check it, then try again")
    return {
        errno.EAGAIN: _("end other programs, or allow more processes with ulimit -u"),
        errno.EDQUOT: room,
        errno.EFBIG: _("allow larger files with: ulimit -f unlimited"),
        errno.EIO: disk,
        errno.EMFILE: _("allow more with: ulimit -n 1024"),
        errno.ENFILE: others,
        errno.ENOMEM: others,
        errno.ENOSPC: room,
        errno.EROFS: _("use a place that can be written to"),
        errno.ESTALE: disk,
    }.get(number or 0, "")


@contextmanager
def use_language(*, chinese: bool) -> Iterator[None]:
    """Use Chinese or English in this thread inside a `with`, whatever the locale is."""
    token = _REQUESTED.set(chinese)
    try:
        yield
    finally:
        _REQUESTED.reset(token)


def is_chinese() -> bool:
    """Whether messages are in Chinese."""
    requested = _REQUESTED.get()
    return _prefers_chinese() if requested is None else requested


@cache
def _prefers_chinese() -> bool:
    """Whether the environment prefers Chinese to English."""
    values = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, values), "")
    if locale.partition(".")[0] in _UNTRANSLATED:
        return False
    for wanted in (os.environ.get("LANGUAGE") or locale).split(":"):
        language = wanted[:2].lower()
        if language in {_CHINESE, _ENGLISH} and not wanted[2:3].isalpha():
            return language == _CHINESE
    return False


def _catalogue() -> "NullTranslations | None":
    return _chinese() if is_chinese() else None


@cache
def _chinese() -> "NullTranslations | None":
    from gettext import GNUTranslations

    # gettext.translation would import the table of all locales to find the file.
    try:
        with open(os.path.join(FOLDER, _CHINESE, "LC_MESSAGES", f"{DOMAIN}.mo"), "rb") as file:
            return GNUTranslations(file)
    except FileNotFoundError:  # run from a source tree that was never installed
        return None
