"""Make a corpus of any size: another one repeated with changes.

    python -m benchmarks.grown make SOURCE TARGET FIRST STOP
    python -m benchmarks.grown change TARGET EVERY

Make the files of these numbers, or change every EVERYth; print the bytes of all files in TARGET.
This is a process of its own, because Linux counts the memory of the parent as that of a program
that it starts, so the process that measures must stay small.

Plain repetition would add no new words and no new texts. So each copy of a file gets its own dates
and numbers, and some of its ideographs are replaced everywhere in it, as the name of a place would
be: by others of the same frequency, so that the frequencies of characters stay, while the number of
words grows about as in real texts (Heaps' law: as the square root of the length, or a little
faster; Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, section
5.1.1).
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path

from benchmarks.corpora import size_of

SEED = 20200826
FILES_IN_A_FOLDER = 1000
# In bytes; articles of bulletins are shorter than the longest laws.
LARGEST = 20_000
# The most ideographs of a file that are replaced.
RENAMED = 2
# The greatest distance in the frequency ranking between an ideograph and its replacement.
NEIGHBOURS = 20

_DATE = re.compile(r"(\d{4})([年-])(\d{1,2})([月-])(\d{1,2})")
_NUMBER = re.compile(r"\d+")
_FIRST_IDEOGRAPH, _LAST_IDEOGRAPH = "\u4e00", "\u9fff"


def grown(source: Path, target: Path, first: int = 0) -> Iterator[tuple[Path, int]]:
    """Write the files of `source` except the largest, then changed copies of them, endlessly.

    Every call writes the same files in the same order.

    Args:
        source: a folder of texts in UTF-8.
        target: a folder to write them to, in subfolders.
        first: the number of files that exist already.

    Returns:
        Each file that was written, and its size in bytes.
    """
    files = (path for path in source.rglob("*") if path.is_file())
    originals = sorted(path for path in files if path.stat().st_size <= LARGEST)
    names = Names(originals)
    for number in count(first):
        generation, which = divmod(number, len(originals))
        original = originals[which]
        text, name = original.read_text("utf-8"), original.stem
        if generation:
            chance = random.Random(SEED + number)  # noqa: S311 (no secret, a fixed corpus)
            text = renumbered(names.changed(text, chance), chance)
            name = renumbered(name, chance)
        file = target / f"{number // FILES_IN_A_FOLDER:03}" / f"{number:06}-{name}{original.suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        yield file, file.write_bytes(text.encode())


class Names:
    """Replaces ideographs by others of similar frequency in some files."""

    def __init__(self, files: Sequence[Path]) -> None:
        frequencies: Counter[str] = Counter()
        for file in files:
            frequencies.update(file.read_text("utf-8"))
        self._ranked = [
            char
            for char, _ in frequencies.most_common()
            if _FIRST_IDEOGRAPH <= char <= _LAST_IDEOGRAPH
        ]
        self._ranks = {char: rank for rank, char in enumerate(self._ranked)}

    def changed(self, text: str, chance: random.Random) -> str:
        """Replace some ideographs of a text everywhere in it."""
        table: dict[int, str] = {}
        for char in chance.choices(text or " ", k=chance.randint(0, RENAMED)):
            if char in self._ranks:
                rank = self._ranks[char] + chance.randint(-NEIGHBOURS, NEIGHBOURS)
                table[ord(char)] = self._ranked[min(max(rank, 0), len(self._ranked) - 1)]
        return text.translate(table)


def renumbered(text: str, chance: random.Random) -> str:
    """Replace the dates and numbers of a text."""
    pieces: list[str] = []
    at = 0
    for date in _DATE.finditer(text):
        pieces.append(_other_numbers(text[at : date.start()], chance))
        between, until = date[2], date[4]
        year, month, day = chance.randint(1950, 2025), chance.randint(1, 12), chance.randint(1, 28)
        wide = between == "-"
        pieces.append(f"{year}{between}{month:0{wide + 1}}{until}{day:0{wide + 1}}")
        at = date.end()
    return "".join([*pieces, _other_numbers(text[at:], chance)])


def _other_numbers(text: str, chance: random.Random) -> str:
    def other(number: re.Match[str]) -> str:
        digits = len(number[0])
        return str(chance.randrange(10 ** (digits - 1), 10**digits))

    return _NUMBER.sub(other, text)


def change(target: Path, every: int) -> None:
    """Change the numbers of every `every`-th file below `target`, and add a line."""
    files = sorted(path for path in target.rglob("*") if path.is_file())
    for number, file in enumerate(files[::every]):
        chance = random.Random(SEED - number)  # noqa: S311 (no secret, a fixed corpus)
        text = renumbered(file.read_text("utf-8"), chance)
        file.write_text(f"{text}\n附件{number}。\n", "utf-8")


def main() -> None:
    """Run the program."""
    what, *folders = sys.argv[1:]
    if what == "make":
        source, target, first, stop = folders
        files = grown(Path(source), Path(target), int(first))
        for _ in islice(files, int(stop) - int(first)):
            pass
    else:
        target, every = folders
        change(Path(target), int(every))
    print(size_of(Path(target)))


if __name__ == "__main__":
    main()
