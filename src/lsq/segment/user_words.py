"""Read a user's own words, in the format of jieba's user dictionaries.

A line is `word [frequency] [tag]`; lsq ignores the tag, a part of speech. Words are folded and
squeezed like texts. Invalid lines are reported, and the others are used.
"""

import codecs
import os
import re
from typing import Final, NamedTuple

from lsq.disk import read_list
from lsq.errors import DictionaryError
from lsq.messages import _, system_message
from lsq.segment import UserWord
from lsq.text.fold import drop_invisible, fold, squeeze

# The length of the longest words in the index.
_LONGEST: Final = 64
# jieba's most frequent word has 883,634; rjieba's sum of thousands of words with this frequency
# does not overflow.
_MOST: Final = 10**9

_TAG: Final = re.compile("[A-Za-z]+")
_NUMBER: Final = re.compile(r"[-+.0-9]+")
_DIGITS: Final = re.compile("[0-9]+")
_NO_TEXT: Final = re.compile("[\x00-\x1f\x7f-\x9f\ufffd]")


class UserWords(NamedTuple):
    """The content of a user dictionary.

    Attributes:
        words: in its order.
        refused: messages about invalid lines: file, line, reason.
    """

    words: list[UserWord]
    refused: list[str]


def read_user_words(path: str | os.PathLike[str]) -> UserWords:
    """Read a user dictionary, in UTF-8, GB18030, or UTF-16 with a byte order mark.

    Raises:
        DictionaryError: the file cannot be read.
    """
    name = os.fspath(path)
    try:
        raw = read_list(name)
    except OSError as error:
        raise DictionaryError(
            _("{name}: cannot be read: {error}").format(name=name, error=system_message(error))
        ) from error
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raw = raw.decode("utf-16", "replace").encode()
    lines = raw.removeprefix(codecs.BOM_UTF8).split(b"\n")
    encoding = _encoding(lines)
    words: list[UserWord] = []
    refused: list[str] = []
    for number, line in enumerate(lines, 1):
        try:
            entry = _decoded(line, encoding).split()
            if entry and entry[0] != "#":
                words.append(_parse(entry))
        except ValueError as error:
            refused.append(
                _("{name}:{line}: skipped: {reason}").format(name=name, line=number, reason=error)
            )
    return UserWords(words, refused)


def _encoding(lines: list[bytes]) -> str:
    """The encoding of the majority of lines that are not ASCII."""
    not_ascii = [line for line in lines if not line.isascii()]
    in_utf8 = sum(_is_utf8(line) for line in not_ascii)
    return "utf-8" if 2 * in_utf8 >= len(not_ascii) else "gb18030"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decoded(line: bytes, encoding: str) -> str:
    try:
        return drop_invisible(line.decode(encoding))
    except UnicodeDecodeError:
        raise ValueError(
            _("not in {encoding}, as other lines are; save the file as UTF-8").format(
                encoding=encoding.upper()
            )
        ) from None


def _parse(entry: list[str]) -> UserWord:
    """Parse a line into a word and its frequency; raises ValueError with the reason."""
    word, frequency = entry, None
    if len(word) > 1 and _TAG.fullmatch(word[-1]):
        word = word[:-1]
    if len(word) > 1 and _NUMBER.fullmatch(word[-1]):
        word, frequency = word[:-1], _frequency(word[-1])
    return _word(" ".join(word)), frequency


def _word(written: str) -> str:
    word = squeeze(fold(written))
    if not any(map(str.isalnum, word)):
        raise ValueError(
            _("no ideograph, letter or digit in it; a line is: word [frequency] [tag]")
        )
    if " " in word:
        raise ValueError(
            _("a blank between letters or digits parts two words; write each on a line of its own")
        )
    if _NO_TEXT.search(word):
        raise ValueError(_("a control character in it; delete it"))
    if len(word) > _LONGEST:
        raise ValueError(
            _("over {longest} characters, which no word has; shorten it").format(longest=_LONGEST)
        )
    return word


def _frequency(written: str) -> int:
    # Truncated first: Python refuses to convert numbers of thousands of digits.
    digits = written.lstrip("0")[: len(str(_MOST)) + 1] if _DIGITS.fullmatch(written) else ""
    frequency = int(digits or "0")
    if not 1 <= frequency <= _MOST:
        raise ValueError(
            _(
                "a frequency is from 1 to {most}; leave it out, and lsq takes one that keeps the "
                "word together"
            ).format(most=_MOST)
        )
    return frequency
