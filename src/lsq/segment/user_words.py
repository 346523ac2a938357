"""Read a user's own words, in the format of jieba's user dictionaries.

A line is `word [frequency] [tag]`; lsq ignores the tag, a part of speech. A word is folded and
squeezed as texts are. An invalid line is reported, and the others are used. Knows no
dictionary.
"""

import codecs
import os
import re
from typing import Final, NamedTuple

from lsq.disk import read_list
from lsq.errors import DictionaryError
from lsq.messages import _, answer
from lsq.segment import UserWord
from lsq.text.fold import drop_invisible, fold, squeeze

# The maximum length of a word in a text that is not of ideographs.
_LONGEST: Final = 64
# Of jieba's own words, the most frequent has 883,634; the sum of some thousand words
# of this frequency is still far from what rjieba can count to.
_MOST: Final = 10**9

_TAG: Final = re.compile("[A-Za-z]+")
_NUMBER: Final = re.compile(r"[-+.0-9]+")
_DIGITS: Final = re.compile("[0-9]+")
_NO_TEXT: Final = re.compile("[\x00-\x1f\x7f-\x9f\ufffd]")


class UserWords(NamedTuple):
    """The content of a user dictionary.

    Attributes:
        words: in its order.
        refused: the invalid lines: file, line, reason.
    """

    words: list[UserWord]
    refused: list[str]


def read_user_words(path: str | os.PathLike[str]) -> UserWords:
    """Read a user dictionary, in UTF-8, GB18030, or UTF-16 with its mark.

    Raises:
        DictionaryError: the file cannot be read.
    """
    name = os.fspath(path)
    try:
        raw = read_list(name)
    except OSError as error:
        raise DictionaryError(
            _("{name}: cannot be read: {error}").format(name=name, error=answer(error))
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
    """The encoding of most lines that are not ASCII."""
    telling = [line for line in lines if not line.isascii()]
    in_utf8 = sum(_is_utf8(line) for line in telling)
    return "utf-8" if 2 * in_utf8 >= len(telling) else "gb18030"


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
    """The word and frequency of a line; a ValueError says why it is invalid."""
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
    # Truncated first: Python raises an error for numbers of thousands of digits.
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
