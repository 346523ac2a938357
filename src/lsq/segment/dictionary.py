r"""The dictionary of an index: jieba's words and the user's, in one file.

Opening it reads a header and a table; looking up a word reads the block of its first
ideograph. The layout, with little-endian numbers:

    header   magic, size of the file, sum of all frequencies, offset of the user's words,
             fingerprint, SHA-256 of all that follows the header, CRC-32 of the header up to
             here and the table
    table    for each ideograph of jieba's words: the offset of the words that begin with it,
             at the line feed before them, and the CRC-32 of these words, both line feeds
             included; one more entry for the end of the words, with the CRC-32 of the user's
             words, or 0 if none of them is mixed
    words    "\n", then "word frequency\n" each, sorted
    user's   the user's words, likewise, and the user's mixed words, which contain other
             characters than those ideographs

A block is searched as bytes for a line with a prefix. That needs only the standard library, and
damaged content cannot crash it: compared with a memory-mapped marisa-trie 1.4 it starts 3 ms
sooner, of 5 (measured where a bare Python starts in 11 ms), and segments 2.8 times as slowly,
10 µs per character. Only queries are segmented with it. Prefixes of words need not be stored.

Two dictionaries with the same fingerprint segment all texts alike. The fingerprint covers
jieba's dictionary file, the user's entries, the version of the rules, and the version of
rjieba, which contains copies of jieba's words and hidden Markov model. It does not cover
jieba's own model.

jieba gets only runs of ideographs, so it cannot match a user's mixed words, such as 5G技术.
These are matched before a text is divided into runs: the leftmost, and of those the longest.
White space that squeezing would drop may occur inside them; a word or number of the text is
never split.
"""

import os
import re
import struct
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from itertools import pairwise
from typing import Any, Final, NoReturn
from zlib import crc32

from lsq.disk import PieceFile
from lsq.errors import DictionaryError
from lsq.messages import _, system_message
from lsq.text.fold import IDEOGRAPH, squeeze

MAGIC: Final = b"lsq dictionary 2"
HEADER: Final = struct.Struct("<16sQQQ32s32sL")
CHECK: Final = struct.Struct("<L")
ENTRY: Final = struct.Struct("<LL")
_BLOCK: Final = struct.Struct("<LLL")
FIRST, LAST = 0x4E00, 0x9FD5
_TABLE: Final = (LAST - FIRST + 2) * ENTRY.size
WORDS: Final = HEADER.size + _TABLE
# No frequency has more digits; Python refuses to convert very long numbers.
_DIGITS: Final = 20
_PAIR: Final = 2
_TRIPLE: Final = 3
_SHORT_WORD: Final = re.compile("^([^ \n]{2,3}) ", re.MULTILINE)
# A letter or digit, which forms a word with its neighbours.
_JOINING = rf"[^\W_{IDEOGRAPH[1:-1]}]"


class Dictionary:
    """Words with their frequencies, a mapping that jieba uses as its `FREQ`.

    Prefixes of words have the frequency 0, as in the result of jieba's `gen_pfdict`. Contains
    only words of U+4E00 to U+9FD5; lsq looks up no others.

    Attributes:
        total: the sum of all frequencies, including those of words that it does not contain.
        fingerprint: 64 hexadecimal digits; see above.

    Opening detects damage to the header, the table or the length of the file; a lookup detects
    damage to the block that it reads.

    Args:
        file: the open file.
        name: the name of the file, for errors.
    """

    def __init__(self, file: PieceFile, name: str) -> None:
        self._file = file
        self._name = name
        self._blocks: dict[int, bytes] = {}  # by ideograph, verified
        self._check()

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self._find(text, b"")[1] >= 0

    def __getitem__(self, text: str) -> int:
        frequency: int | None = self.get(text)
        if frequency is None:
            raise KeyError(text)
        return frequency

    def get(self, text: str, default: Any = None) -> Any:
        """The frequency of a word; 0 for a prefix of one, else `default`."""
        block, found = self._find(text, b" ")
        if found < 0:
            return 0 if text in self else default
        start = found + len(text.encode()) + 2
        digits = block[start : block.find(b"\n", start, start + _DIGITS + 1)]
        if not digits.isdigit() or len(digits) > _DIGITS:
            self._fail(_("damaged"))
        return int(digits)

    def user_words(self) -> dict[str, int]:
        """The user's words, with their frequencies.

        Raises:
            DictionaryError: the file is damaged anywhere.
        """
        self.verify()
        lines = self._file.read(self._user, self._size - self._user).decode().split("\n")[1:-1]
        pairs = (line.split(" ") for line in lines)
        return {word: int(frequency) for word, frequency in pairs}

    def short_words(self) -> set[str]:
        """The words of two and three characters; takes 0.1 s.

        Raises:
            DictionaryError: the file is damaged anywhere.
        """
        self.verify()
        body = self._file.read(WORDS, self._user - WORDS)
        return set(_SHORT_WORD.findall(body.decode()))

    def mixed_words(self) -> list[str]:
        """The user's words that are mixed; cheap.

        Raises:
            DictionaryError: the user's words are damaged.
        """
        _start, checksum = ENTRY.unpack_from(self._table, _TABLE - ENTRY.size)
        if not checksum:
            return []
        section = self._file.read(self._user, self._size - self._user)
        if checksum_of_user(section) != checksum:
            self._fail(_("damaged"))
        words = (line.partition(" ")[0] for line in section.decode().split("\n")[1:-1])
        return [word for word in words if is_mixed(word)]

    def verify(self) -> None:
        """Verify the checksum of the whole file, which takes a few milliseconds.

        Raises:
            DictionaryError: it is damaged.
        """
        import hashlib

        body = self._file.read(HEADER.size, self._size - HEADER.size)
        if hashlib.sha256(body).digest() != self._digest:
            self._fail(_("damaged"))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _check(self) -> None:
        self._size = self._file.size()
        head = self._file.read(0, WORDS)
        if not head.startswith(MAGIC):
            self._fail(_("not a dictionary of this version of lsq"))
        if len(head) < WORDS:
            self._fail(_("damaged"))
        _magic, size, self.total, self._user, fingerprint, self._digest, checksum = (
            HEADER.unpack_from(head)
        )
        self.fingerprint: str = fingerprint.hex()
        if size != self._size or checksum != checksum_of(head):
            self._fail(_("damaged"))
        self._table = head[HEADER.size :]

    def _find(self, text: str, end: bytes) -> tuple[bytes, int]:
        """Find a line that begins with `text` and `end`.

        Returns:
            The block of words with the first character of `text`, and the position in it of the
            line feed before the line; -1 if there is no such line.
        """
        char = ord(text[0]) - FIRST if text else -1
        if not 0 <= char <= LAST - FIRST:
            return b"", -1
        block = self._blocks.get(char)
        if block is None:
            block = self._blocks[char] = self._block(char)
        return block, block.find(b"\n" + text.encode() + end)

    def _block(self, char: int) -> bytes:
        """Read the words that begin with an ideograph, with the line feeds around them."""
        start, checksum, stop = _BLOCK.unpack_from(self._table, char * ENTRY.size)
        block = self._file.read(start, max(0, stop + 1 - start))
        if crc32(block) != checksum:
            self._fail(_("damaged"))
        return block

    def _fail(self, problem: str) -> NoReturn:
        raise DictionaryError(
            _("{name}: {problem}; rebuild the index with: lsq index --rebuild PATH…").format(
                name=self._name, problem=problem
            )
        )


def open_dictionary(path: str | os.PathLike[str], fingerprint: str | None = None) -> Dictionary:
    """Open the dictionary at `path`.

    Args:
        path: a file that `write_dictionary` wrote.
        fingerprint: the required fingerprint; None for any.

    Raises:
        DictionaryError: it is missing, damaged, or of another version or fingerprint.
    """
    name = os.fspath(path)
    try:
        file = PieceFile(name)
    except FileNotFoundError as error:
        raise DictionaryError(
            _(
                "{name}: cannot be read: {error}; if it is lost, rebuild the index with: lsq "
                "index --rebuild PATH…"
            ).format(name=name, error=system_message(error))
        ) from error
    except OSError as error:
        raise DictionaryError(
            _("{name}: cannot be read: {error}").format(name=name, error=system_message(error))
        ) from error
    try:
        dictionary = Dictionary(file, name)
        if fingerprint is not None and dictionary.fingerprint != fingerprint:
            dictionary._fail(_("not the dictionary that the index was made with"))
    except BaseException:
        file.close()
        raise
    return dictionary


def is_mixed(word: str) -> bool:
    """Whether a word has a character that does not occur in jieba's words."""
    return not all(FIRST <= ord(char) <= LAST for char in word)


def checksum_of_user(section: bytes) -> int:
    """The CRC-32 of the user's words; never 0."""
    return crc32(section) or 1


def checksum_of(content: bytes) -> int:
    """The CRC-32 of a dictionary's header, without the checksum in it, and table."""
    unsigned = HEADER.size - CHECK.size
    return crc32(content[HEADER.size : WORDS], crc32(content[:unsigned]))


def without_words_inside(counts: Counter[str], known: Container[str]) -> Counter[str]:
    """Count words without their occurrences inside longer words.

    jieba's search mode returns each word with all pairs of its characters that are in the
    dictionary, if it is longer, and likewise with all triples.

    Args:
        counts: the frequencies in search mode; this is changed.
        known: the words of two and three characters in the dictionary.
    """
    # Triples first: their own frequencies must be known before their pairs are subtracted.
    for length in (_TRIPLE, _PAIR):
        for word in [word for word in counts if len(word) > length]:
            times = counts[word]
            for start in range(len(word) - length + 1):
                inside = word[start : start + length]
                if inside in counts and inside in known:
                    counts[inside] -= times
    return +counts


class MixedWords:
    """Finds a user's mixed words in folded texts.

    Args:
        words: folded and squeezed; at least one, none empty.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for word in words:
            self._by_first.setdefault(word[0], []).append(word)
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._first = _one_of(self._by_first)

    def find(self, folded: str) -> Iterator[tuple[int, int]]:
        """Find the ranges of the words in a text, in order."""
        end = 0
        for first in self._first.finditer(folded):
            start = first.start()
            if start >= end and (found := self._pattern(first[0]).match(folded, start)):
                end = found.end()
                yield start, end

    def _pattern(self, first: str) -> re.Pattern[str]:
        """The pattern of the words that begin with a character, compiled on first use."""
        pattern = self._patterns.get(first)
        if pattern is None:
            pattern = self._patterns[first] = longest_of(self._by_first[first])
        return pattern


def _one_of(chars: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, chars))}]")


def longest_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches the longest of the words at a position."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(_pattern_of, longest_first)))


def _pattern_of(word: str) -> str:
    spaced = re.escape(word[0])
    for before, char in pairwise(word):
        blanks = " *" if squeeze(f"{before} {char}") == before + char else ""
        spaced += blanks + re.escape(char)
    before = f"(?<!{_JOINING})" if re.match(_JOINING, word) else ""
    after = f"(?!{_JOINING})" if re.match(_JOINING, word[-1]) else ""
    return before + spaced + after
