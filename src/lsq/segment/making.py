"""Build the dictionary of an index from jieba's words and the user's.

`lsq.segment.dictionary` describes the layout of the file and the fingerprint.
"""

import hashlib
import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise, starmap
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zlib import crc32

from lsq.disk import PieceFile, create, flush, rename, sync
from lsq.segment.dictionary import (
    CHECK,
    ENTRY,
    FIRST,
    HEADER,
    LAST,
    MAGIC,
    WORDS,
    Dictionary,
    checksum_of,
    checksum_of_user,
    is_mixed,
)
from lsq.text.fold import folded_words

if TYPE_CHECKING:
    from lsq.segment import UserWord

# Increase this when the same text gets other words: the fingerprint changes with it.
RULES: Final = 2


def write_dictionary(path: str | os.PathLike[str], user_words: Sequence["UserWord"] = ()) -> str:
    """Write the dictionary for an index, atomically.

    Processes that have the old file open can go on reading it. Writes to `path` + ".new" first,
    so only one process may write at a time.

    Args:
        path: the file; its folder must exist.
        user_words: the user's words, as `lsq.segment.user_words` reads them.

    Returns:
        The fingerprint.

    Raises:
        OSError: it cannot be written.
    """
    content = _content(user_words)
    target = Path(path)
    new = target.with_name(f"{target.name}.new")
    try:
        with create(new) as file:
            file.write(content)
            file.flush()
            flush(file.fileno())
        rename(new, target)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    sync(target.parent)
    return Dictionary(PieceFile(content), str(target)).fingerprint


def build_dictionary(user_words: Sequence["UserWord"] = ()) -> Dictionary:
    """Build the dictionary in memory; takes 0.4 s, more with a user's words."""
    return Dictionary(PieceFile(_content(user_words)), "the dictionary in memory")


def _content(user_words: Sequence["UserWord"]) -> bytes:
    return _build(user_words) if user_words else _plain()


@cache
def _plain() -> bytes:
    """The dictionary without a user's words, cached for programs that make several indexes."""
    return _build(())


def _fingerprint(user_words: Sequence["UserWord"]) -> bytes:
    fingerprint = hashlib.sha256(b"lsq rules %d\n" % RULES)
    fingerprint.update(hashlib.sha256(jieba_file().read_bytes()).digest())
    # rjieba segments the documents, with its built-in dictionary.
    fingerprint.update(f"rjieba {version('rjieba')}\n".encode())
    for word, frequency in user_words:
        counts = "" if is_mixed(word) else frequency or ""
        fingerprint.update(f"{word} {counts}\n".encode())
    return fingerprint.digest()


def _build(user_words: Sequence["UserWord"]) -> bytes:
    """The content of a dictionary file."""
    lines, total = jieba_lines()
    for word, frequency in folded_words().items():
        total += frequency - _put(lines, word, frequency)
    added: dict[str, int] = {}
    mixed = {word: 1 for word, _ in user_words if is_mixed(word)}
    if len(mixed) < len(user_words):
        words = {word: int(frequency) for word, frequency in map(str.split, lines)}
        added = _settle([entry for entry in user_words if entry[0] not in mixed], words, total)
        total += sum(frequency - words.get(word, 0) for word, frequency in added.items())
        lines = _lines(words | added)

    content = b"\n" + _joined(lines)
    starts: list[int] = []
    at = 0  # the position of the line feed before a line
    for first in dict.fromkeys(map(itemgetter(0), lines)):
        at = content.index(f"\n{first}".encode(), at)
        starts += [at] * (ord(first) - FIRST + 1 - len(starts))
    starts += [len(content) - 1] * (LAST - FIRST + 2 - len(starts))
    checksums = [crc32(content[low : high + 1]) for low, high in pairwise(starts)]
    section = b"\n" + _joined(_lines(added | mixed))
    checksums.append(checksum_of_user(section) if mixed else 0)
    table = zip((WORDS + start for start in starts), checksums, strict=True)
    user = WORDS + len(content)

    body = b"".join(starmap(ENTRY.pack, table)) + content + section
    digest = hashlib.sha256(body).digest()
    size = HEADER.size + len(body)
    header = HEADER.pack(MAGIC, size, total, user, _fingerprint(user_words), digest, 0)
    unsigned = header[: -CHECK.size]
    return unsigned + CHECK.pack(checksum_of(header + body)) + body


def _put(lines: list[str], word: str, frequency: int) -> int:
    """Insert a word into sorted lines, and return its previous frequency.

    Splitting all lines for the few such words would take 0.3 s and 50 MB.
    """
    at = bisect_left(lines, f"{word} ")
    known = at < len(lines) and lines[at].startswith(f"{word} ")
    before = int(lines[at].split(" ")[1]) if known else 0
    lines[at : at + known] = [f"{word} {frequency}"]
    return before


def _lines(frequencies: Mapping[str, int]) -> list[str]:
    return sorted(f"{word} {frequency}" for word, frequency in frequencies.items())


def _joined(lines: Sequence[str]) -> bytes:
    return "\n".join([*lines, ""]).encode()


def jieba_lines() -> tuple[list[str], int]:
    """The words of jieba's dictionary that lsq looks up, and the sum of all its frequencies.

    Returns:
        The words, each with a space and its frequency, sorted.
    """
    # A line is `word frequency tag`; a pattern is twice as fast as splitting each line.
    content = jieba_file().read_text("utf-8")
    total = sum(map(int, content.split()[1::3]))
    return sorted(re.findall(r"^[\u4e00-\u9fd5]+ \d+", content, re.MULTILINE)), total


def jieba_file() -> Path:
    """Jieba's dictionary file, found without importing jieba."""
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'jieba'", name="jieba")
    return Path(spec.submodule_search_locations[0], "dict.txt")


def _settle(user_words: Sequence["UserWord"], words: dict[str, int], total: int) -> dict[str, int]:
    """The user's words, each with its last given frequency.

    A word without one gets the lowest frequency at which jieba does not split it
    (`suggest_freq`), given jieba's words and those before it in the user's dictionary.
    """
    from lsq.segment.private import new_tokenizer

    frequencies = dict(_prefixes(words)) | words
    tokenizer = new_tokenizer(frequencies, total)
    settled: dict[str, int] = {}
    for word, given in user_words:
        before = frequencies.get(word, 0)
        settled[word] = tokenizer.suggest_freq(word) if given is None else given
        tokenizer.add_word(word, settled[word])
        tokenizer.total -= before  # `add_word` does not subtract the old frequency
    return settled


def _prefixes(words: Iterable[str]) -> Iterator[tuple[str, int]]:
    return ((word[:length], 0) for word in words for length in range(1, len(word)))
