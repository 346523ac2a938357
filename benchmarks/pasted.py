"""Measure whether passages of the texts are found, unchanged and as a paste may change them.

    python -m benchmarks.pasted FOLDER LOCATION COUNT [TRUTH]

FOLDER was indexed at LOCATION. COUNT substrings of 1 to 30 characters are drawn from the paragraphs
of its articles, or from the JSON files in the folder TRUTH, which contain the true texts of made
bulletins. Each is searched for unchanged, and with blanks, line breaks and invisible characters
inserted or removed and the width of characters changed. It is found if the file that it was drawn
from has a hit.

Prints JSON: the number drawn, the numbers found, and some of those missed.
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import lsq
from benchmarks.recall import MOST_TOLD, SEED, paragraphs, quoted, substring
from lsq.indexing.extraction import itself, recover

# Characters that a paste inserts at the end of a line, a cell or a page.
PUT_IN = (" ", "\n", "\r\n", "\u3000", "  ", " \n ", "\u200b", "\t", "\u00a0")
# The probabilities of an insertion between two characters, and of another width.
OFTEN = 0.15
WIDENED = 0.3
# From ASCII to the same in full width, U+FF01 to U+FF5E.
WIDER = 0xFEE0


@dataclass(frozen=True, slots=True)
class Pasted:
    """The numbers of drawn and found substrings.

    Attributes:
        drawn: the number of substrings.
        found: the number found unchanged.
        pasted: the number found as changed by a paste.
        missed: some of the others, as searched for.
    """

    drawn: int
    found: int
    pasted: int
    missed: tuple[str, ...]


def measure(folder: Path, location: str, count: int, truth: Path | None) -> Pasted:
    """Draw, change and search."""
    sources = list(_sources(folder, truth))
    chance = random.Random(SEED)  # noqa: S311 (no secret, a fixed sample)
    drawn = 0
    found = [0, 0]
    missed: list[str] = []
    with lsq.open_index(location, create=False) as index:
        while drawn < count:
            path, text = chance.choice(sources)
            literal = substring(text, chance)
            asked = [quoted(literal), quoted(pasted(literal, chance))]
            if None in asked:
                continue
            drawn += 1
            for way, query in enumerate(asked):
                hits = {Path(one.path).resolve() for one in index.search(query or "").matches}
                found[way] += path in hits
                if path not in hits:
                    missed.append(f"{query!r} of {path.name}: {len(hits)} files")
    return Pasted(drawn, found[0], found[1], tuple(missed[:MOST_TOLD]))


def _sources(folder: Path, truth: Path | None) -> Iterator[tuple[Path, str]]:
    """The files and their paragraphs, none empty."""
    if truth is not None:
        for (path, _), _relative, text in paragraphs(truth, folder):
            yield Path(path), text
        return
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            for article in recover(str(file), itself).articles:
                for text in filter(str.strip, article.text.split("\n")):
                    yield file.resolve(), text


def pasted(literal: str, chance: random.Random) -> str:
    """Change white space that does not separate words, and the width of characters."""
    changed = ""
    for at, char in enumerate(literal):
        before, after = literal[at - 1 : at], literal[at + 1 : at + 2]
        if char.isspace() and not (before.isascii() and after.isascii()):
            changed += "" if chance.random() < OFTEN else char
            continue
        if at and chance.random() < OFTEN and not (_is_word(before) and _is_word(char)):
            changed += chance.choice(PUT_IN)
        changed += _other_width(char) if chance.random() < WIDENED else char
    return changed


def _is_word(char: str) -> bool:
    """Whether white space beside a character may separate words."""
    return not char.strip() or (char.isalnum() and not "\u3400" <= char <= "\U0003ffff")


def _other_width(char: str) -> str:
    if "!" <= char <= "~":
        return chr(ord(char) + WIDER)
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - WIDER)
    return char


def main() -> None:
    """Run the program."""
    folder, location, count, *truth = sys.argv[1:]
    told = measure(Path(folder), location, int(count), Path(truth[0]) if truth else None)
    print(json.dumps(asdict(told), ensure_ascii=False))


if __name__ == "__main__":
    main()
