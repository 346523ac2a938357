"""Read a user's own words, in the format of jieba's user dictionaries.

A line is `word [frequency] [tag]`, UTF-8; the tag, a part of speech, means nothing to
lsq. A word is folded as texts are. What could never have an effect is refused rather
than skipped: lsq gives jieba nothing but runs of ideographs. Knows no dictionary.
"""

import os
import re
from pathlib import Path

from lsq.errors import DictionaryError
from lsq.messages import _, answer
from lsq.text.fold import fold

# As much as a word of a text that is not ideographs may have.
_LONGEST = 64
# Of jieba's own words, the most frequent has 883,634; the sum of some thousand words
# of this frequency is still far from what rjieba can count to.
_MOST = 10**9

_LINE = re.compile(r"(?P<word>\S+)(?:\s+(?P<frequency>[0-9]+))?(?:\s+[A-Za-z]+)?")
_NOT_OF_A_RUN = re.compile("[^\u4e00-\u9fd5]")

UserWords = list[tuple[str, int | None]]


def read_user_words(path: str | os.PathLike[str]) -> UserWords:
    """The words in a user dictionary, in its order, each with its frequency or None.

    Raises:
        DictionaryError: it cannot be read, or a line says nothing that lsq can use.
    """
    name = os.fspath(path)
    try:
        raw = Path(name).read_bytes()
        text = raw.decode().removeprefix("\ufeff")
    except OSError as error:
        raise DictionaryError(
            _("{name}: cannot be read: {error}").format(name=name, error=answer(error))
        ) from error
    except UnicodeDecodeError as error:
        place = raw.count(b"\n", 0, error.start) + 1
        raise DictionaryError(
            _("{name}:{place}: not UTF-8; save the file as UTF-8").format(name=name, place=place)
        ) from error
    words: UserWords = []
    for number, line in enumerate(text.split("\n"), 1):
        if entry := line.strip():
            try:
                words.append(_parse(entry))
            except ValueError as error:
                raise DictionaryError(f"{name}:{number}: {error}") from None
    return words


def _parse(entry: str) -> tuple[str, int | None]:
    """The word and frequency of a line; a ValueError says what is wrong with it."""
    parts = _LINE.fullmatch(entry)
    if parts is None:
        raise ValueError(
            _(
                "not of the form: word [frequency] [tag], with a number for the frequency and "
                "Latin letters for the tag; a word has no spaces"
            )
        )
    word = fold(parts["word"])
    if wrong := _NOT_OF_A_RUN.search(word):
        char = f"{wrong[0]} " if wrong[0].isprintable() else ""
        raise ValueError(
            _(
                "a word may have ideographs from U+4E00 to U+9FD5 only, not "
                "{char}(U+{code:04X}); lsq cuts all else by rules of its own, so delete the line"
            ).format(char=char, code=ord(wrong[0]))
        )
    if len(word) > _LONGEST:
        raise ValueError(
            _("a word may have {longest} ideographs at most; delete the line").format(
                longest=_LONGEST
            )
        )
    if parts["frequency"] is None:
        return word, None
    # Cut off first: Python refuses to read numbers of thousands of digits.
    frequency = int(parts["frequency"].lstrip("0")[: len(str(_MOST)) + 1] or "0")
    if not 1 <= frequency <= _MOST:
        raise ValueError(
            _(
                "a frequency is from 1 to {most}; leave it out, and lsq takes one that keeps the "
                "word together"
            ).format(most=_MOST)
        )
    return word, frequency
