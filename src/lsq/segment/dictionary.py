r"""The dictionary that an index carries: jieba's words and the user's, in one file.

Made when the index is, memory-mapped by each search: opening it reads a header and
a table, looking up a word reads the few pages where it stands. The layout, numbers
little-endian:

    header   magic, size of the file, sum of all frequencies, where the user's words
             start, fingerprint, SHA-256 of table, words and user's words, CRC-32 of
             the header up to here and the table
    table    for each ideograph that a run may have, and one more, where in the file
             the words that start with it begin: at the line feed before them
    words    "\n", then "word frequency\n" each, sorted
    user's   those of the words that are the user's, likewise

A block of words with the same first ideograph is searched as bytes for a line that
starts so. That needs no library, only the standard one, and garbage cannot crash it:
against a memory-mapped marisa-trie 1.4 it starts 3 ms sooner, of 5 (measured where a
bare Python starts in 11 ms), and takes 2.8 times as long to cut, 10 µs a character.
Only queries are cut with it. Beginnings of words need not be stored.

What a fingerprint tells: two dictionaries with the same cut all texts alike. It is
taken from jieba's dictionary file, the user's entries and the version of the rules.
It does not cover jieba's hidden Markov model, nor rjieba's copies of both.
"""

import hashlib
import mmap
import os
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn
from zlib import crc32

from lsq.errors import DictionaryError

if TYPE_CHECKING:
    from lsq.segment.user_words import UserWords

# To be raised when lsq cuts text in another way than before, be it here or in
# `lsq.segment`: the fingerprint changes with it.
RULES: Final = 1

_MAGIC: Final = b"lsq dictionary 1"
_HEADER: Final = struct.Struct("<16sQQQ32s32sL")
_CHECK: Final = struct.Struct("<L")
_ENTRY: Final = struct.Struct("<L")
_BLOCK: Final = struct.Struct("<LL")
_FIRST, _LAST = 0x4E00, 0x9FD5
_TABLE: Final = (_LAST - _FIRST + 2) * _ENTRY.size
_WORDS: Final = _HEADER.size + _TABLE
# More than a frequency has; without a limit, Python refuses to read garbage as a number.
_DIGITS: Final = 20
_RUN = re.compile("[\u4e00-\u9fd5]+")


class Dictionary:
    """Words with their frequencies, to jieba a mapping: its `FREQ`.

    What a word starts with has the frequency 0, as in what jieba's `gen_pfdict`
    makes. Holds words of U+4E00 to U+9FD5 alone, which is all that lsq asks for.

    Attributes:
        total: the sum of all frequencies, those of words it does not hold included.
        fingerprint: 64 hexadecimal digits; see above.

    Damage to the header, the table or the length of the file is noticed when it is
    opened, other damage by `verify`; until then words may be missing. Cutting the file
    short while it is mapped is not survived: replace it, as `write_dictionary` does.
    """

    def __init__(self, content: bytes | mmap.mmap, name: str) -> None:
        self._content = content
        self._name = name
        self._check()

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self._find(text, b"") >= 0

    def __getitem__(self, text: str) -> int:
        frequency: int | None = self.get(text)
        if frequency is None:
            raise KeyError(text)
        return frequency

    def get(self, text: str, default: Any = None) -> Any:
        """The frequency of a word, 0 for what only starts one, else `default`."""
        found = self._find(text, b" ")
        if found < 0:
            return 0 if text in self else default
        start = found + len(text.encode()) + 2
        digits = self._content[start : self._content.find(b"\n", start, start + _DIGITS + 1)]
        if not digits.isdigit() or len(digits) > _DIGITS:
            self._fail("damaged")
        return int(digits)

    def user_words(self) -> dict[str, int]:
        """The words that the user gave, with their frequencies.

        Raises:
            DictionaryError: the file is damaged, wherever it is.
        """
        self.verify()
        lines = self._content[self._user :].decode().split("\n")[1:-1]
        pairs = (line.split(" ") for line in lines)
        return {word: int(frequency) for word, frequency in pairs}

    def verify(self) -> None:
        """Read all of it, which takes a few milliseconds.

        Raises:
            DictionaryError: it is damaged.
        """
        with memoryview(self._content) as content, content[_HEADER.size :] as body:
            if hashlib.sha256(body).digest() != self._digest:
                self._fail("damaged")

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._content, mmap.mmap):
            self._content.close()

    def _check(self) -> None:
        if len(self._content) < len(_MAGIC) or self._content[: len(_MAGIC)] != _MAGIC:
            self._fail("not a dictionary of this version of lsq")
        if len(self._content) < _WORDS:
            self._fail("damaged")
        _, size, self.total, self._user, fingerprint, self._digest, checksum = _HEADER.unpack_from(
            self._content
        )
        self.fingerprint: str = fingerprint.hex()
        if size != len(self._content) or checksum != _checksum(self._content):
            self._fail("damaged")

    def _find(self, text: str, end: bytes) -> int:
        """Where the line feed is before a line that starts with `text` and `end`, or -1."""
        char = ord(text[0]) - _FIRST if text else -1
        if not 0 <= char <= _LAST - _FIRST:
            return -1
        start, stop = _BLOCK.unpack_from(self._content, _HEADER.size + char * _ENTRY.size)
        return self._content.find(b"\n" + text.encode() + end, start, stop + 1)

    def _fail(self, problem: str) -> NoReturn:
        raise DictionaryError(
            f"{self._name}: {problem}; delete the index and index again with: lsq index PATH…"
        )


def fingerprint_of(user_dictionary: str | os.PathLike[str] | None = None) -> str:
    """The fingerprint of the dictionary that these words would make; cheap.

    Raises:
        DictionaryError: the user's dictionary cannot be used.
    """
    return _fingerprint(_read_user_words(user_dictionary)).hex()


def write_dictionary(
    path: str | os.PathLike[str], user_dictionary: str | os.PathLike[str] | None = None
) -> str:
    """Write the dictionary for an index, wholly or not at all.

    A dictionary that is open stays as it is for those who have it open. Writes to
    `path` + ".new" first, so there may be one writer at a time.

    Args:
        path: where to; its folder must exist.
        user_dictionary: a file of the user's own words; see `lsq.segment.user_words`.

    Returns:
        Its fingerprint.

    Raises:
        DictionaryError: the user's dictionary cannot be used.
        OSError: the system does not let it be written.
    """
    content = _content(user_dictionary)
    target = Path(path)
    new = target.with_name(f"{target.name}.new")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    _keep_name(target.parent)
    return Dictionary(content, str(target)).fingerprint


def open_dictionary(path: str | os.PathLike[str], fingerprint: str | None = None) -> Dictionary:
    """Map the dictionary at `path` into memory.

    Args:
        path: a file that `write_dictionary` wrote.
        fingerprint: which it must have; None if any will do.

    Raises:
        DictionaryError: it is missing, damaged, of another version or fingerprint.
    """
    name = os.fspath(path)
    try:
        with Path(name).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            # An empty file cannot be mapped.
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
    except OSError as error:
        raise DictionaryError(
            f"{name}: cannot be read: {error.strerror or error}; if it is gone for good, "
            "delete the index and index again with: lsq index PATH…"
        ) from error
    dictionary = Dictionary(content, name)
    if fingerprint is not None and dictionary.fingerprint != fingerprint:
        dictionary._fail("not the dictionary that the index was made with")
    return dictionary


def build_dictionary(user_dictionary: str | os.PathLike[str] | None = None) -> Dictionary:
    """The same in memory; takes some 0.4 s, with a user's dictionary more.

    Raises:
        DictionaryError: the user's dictionary cannot be used.
    """
    return Dictionary(_content(user_dictionary), "the dictionary in memory")


def _content(user_dictionary: str | os.PathLike[str] | None) -> bytes:
    return _plain() if user_dictionary is None else _build(_read_user_words(user_dictionary))


@cache
def _plain() -> bytes:
    """The dictionary without a user's words: who makes one index may make another."""
    return _build([])


def _read_user_words(path: str | os.PathLike[str] | None) -> "UserWords":
    if path is None:
        return []
    from lsq.segment.user_words import read_user_words

    return read_user_words(path)


def _fingerprint(user_words: "UserWords") -> bytes:
    fingerprint = hashlib.sha256(b"lsq rules %d\n" % RULES)
    fingerprint.update(hashlib.sha256(_jieba_file().read_bytes()).digest())
    for word, frequency in user_words:
        fingerprint.update(f"{word} {frequency or ''}\n".encode())
    return fingerprint.digest()


def _build(user_words: "UserWords") -> bytes:
    """The content of a dictionary file."""
    words, total = _jieba_words()
    added = _settle(user_words, words, total) if user_words else {}
    total += sum(frequency - words.get(word, 0) for word, frequency in added.items())
    words |= added

    parts = [b"\n"]
    starts: list[int] = []
    at = _WORDS
    for first, block in groupby(sorted(words), key=lambda word: ord(word[0])):
        starts += [at] * (first - _FIRST + 1 - len(starts))
        parts.append(_lines(block, words))
        at += len(parts[-1])
    starts += [at] * (_LAST - _FIRST + 2 - len(starts))
    parts.append(b"\n" + _lines(sorted(added), added))
    user = at + 1

    body = struct.pack(f"<{len(starts)}L", *starts) + b"".join(parts)
    digest = hashlib.sha256(body).digest()
    size = _HEADER.size + len(body)
    header = _HEADER.pack(_MAGIC, size, total, user, _fingerprint(user_words), digest, 0)
    unsigned = header[: -_CHECK.size]
    return unsigned + _CHECK.pack(_checksum(header + body)) + body


def _lines(words: Iterable[str], frequencies: Mapping[str, int]) -> bytes:
    return "".join(f"{word} {frequencies[word]}\n" for word in words).encode()


def _checksum(content: bytes | mmap.mmap) -> int:
    """The CRC-32 of a dictionary's header, less itself, and table."""
    unsigned = _HEADER.size - _CHECK.size
    return crc32(content[_HEADER.size : _WORDS], crc32(content[:unsigned]))


def _jieba_words() -> tuple[dict[str, int], int]:
    """Jieba's own words, as far as lsq asks for them, and the sum of all frequencies."""
    words: dict[str, int] = {}
    total = 0
    for line in _jieba_file().read_text("utf-8").split("\n"):
        if line:
            word, frequency = line.split(" ")[:2]
            total += int(frequency)
            if _RUN.fullmatch(word):
                words[word] = int(frequency)
    return words, total


def _jieba_file() -> Path:
    """Jieba's dictionary file, found without importing jieba."""
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'jieba'", name="jieba")
    return Path(spec.submodule_search_locations[0], "dict.txt")


def _settle(user_words: "UserWords", words: dict[str, int], total: int) -> dict[str, int]:
    """The user's words, each with a frequency, the last one given if there are several.

    A word without one gets the one at which jieba keeps it together (`suggest_freq`),
    given jieba's words and those before it in the user's dictionary.
    """
    from lsq.segment.tokenizer import new_tokenizer

    frequencies = dict(_beginnings(words)) | words
    tokenizer = new_tokenizer(frequencies, total)
    settled: dict[str, int] = {}
    for word, given in user_words:
        before = frequencies.get(word, 0)
        settled[word] = tokenizer.suggest_freq(word) if given is None else given
        tokenizer.add_word(word, settled[word])
        tokenizer.total -= before  # which jieba counts on, where rjieba does not
    return settled


def _beginnings(words: Iterable[str]) -> Iterator[tuple[str, int]]:
    return ((word[:length], 0) for word in words for length in range(1, len(word)))


def _keep_name(folder: Path) -> None:
    """Have the system write down the names in a folder, where it can be asked to."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
