"""Measure whether lsq finds random strings of the texts, and the same files as a plain scan.

    python -m benchmarks.recall FOLDER LOCATION COUNT DRAWN [TRUTH]

FOLDER was indexed at LOCATION. COUNT substrings are drawn from its articles as lsq recovers them,
or from the paragraphs of the JSON files in the folder TRUTH. They are written to DRAWN for the
peers; the result is printed in JSON. This is a process of its own, because it holds all texts in
memory.

`recall_of` asks lsq, in such a process, and then the peers for the same strings.
"""

import json
import os
import random
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import lsq
from benchmarks.contenders import LSQ, Peer, Site
from benchmarks.corpora import ROOT, Corpus
from benchmarks.measure import tell
from benchmarks.process import run
from lsq.indexing.extraction import itself, recover
from lsq.text.fold import drop_invisible, fold, squeeze


@dataclass(frozen=True, slots=True)
class Recalled:
    """The recall on a corpus.

    Attributes:
        on: the name of the corpus.
        drawn: the number of substrings.
        found: the number that lsq found in the file they were drawn from.
        equal: the number that lsq found in exactly the articles that a scan finds.
        missed: some of the others.
        peers: by name, the number asked for and the number found.
    """

    on: str
    drawn: int
    found: int
    equal: int
    missed: tuple[str, ...]
    peers: dict[str, tuple[int, int]]


def recall_of(
    on: str,
    corpus: Corpus,
    sites: Mapping[str, Site],
    peers: Iterable[Peer],
    count: int,
    for_peers: int,
    truth: Path | None = None,
) -> Recalled:
    """Draw `count` substrings from the corpus; ask lsq for them, and its peers for some."""
    drawn_file = corpus.folder.with_name(f"{corpus.folder.name}-drawn.jsonl")
    truths = [truth] if truth else []
    arguments = [corpus.folder, sites[LSQ.name].location, count, drawn_file, *truths]
    program = [sys.executable, "-m", "benchmarks.recall"]
    told = json.loads(run([*program, *map(str, arguments)], cwd=ROOT).output)
    lines = drawn_file.read_text("utf-8").splitlines()
    drawn = [json.loads(line) for line in lines[:for_peers]]
    asked: dict[str, tuple[int, int]] = {}
    for peer in peers:
        tell(f"recall of {on}: {peer.name}")
        site = sites.get(peer.name, Site(corpus.folder, corpus.folder))
        found = peer.find([literal for literal, _ in drawn], site)
        hits = sum(path in paths for (_, path), paths in zip(drawn, found, strict=True))
        asked[peer.name] = (len(drawn), hits)
    return Recalled(
        on=on,
        drawn=told["drawn"],
        found=told["found"],
        equal=told["equal"],
        missed=tuple(told["missed"]),
        peers=asked,
    )


SHORTEST, LONGEST = 1, 30
SEED = 20200826
# Quotes; a string is put in a pair that does not occur in it.
QUOTES = ('""', "“”", "「」")
MOST_TOLD = 5

Name = tuple[str, int]  # the file and the ordinal of an article


@dataclass(frozen=True, slots=True)
class Recall:
    """The recall of lsq.

    Attributes:
        drawn: the number of substrings.
        found: the number found in the file they were drawn from.
        equal: the number found in exactly the articles that a scan of all articles finds.
        missed: some of the others.
    """

    drawn: int
    found: int
    equal: int
    missed: tuple[str, ...]


class Drawn(NamedTuple):
    """A substring, and the file that it was drawn from, relative to the folder."""

    literal: str
    path: str


def measure(
    folder: Path, location: str, count: int, truth: Path | None
) -> tuple[Recall, list[Drawn]]:
    """Draw, search and compare."""
    articles = [
        article
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for article in recover(str(path), itself).articles
    ]
    scanned = {_name(one.path, one.ordinal): squeeze(fold(one.text)) for one in articles}
    if truth is None:
        sources = [
            (_name(one.path, one.ordinal), _relative(one.path, folder), one.text)
            for one in articles
        ]
    else:
        sources = list(paragraphs(truth, folder))
    drawn: list[Drawn] = []
    missed: list[str] = []
    found = equal = 0
    chance = random.Random(SEED)  # noqa: S311 (no secret, a fixed sample)
    with lsq.open_index(location, create=False) as index:
        while len(drawn) < count:
            (file, ordinal), path, text = chance.choice(sources)
            literal = substring(text, chance)
            query = quoted(literal)
            if query is None:
                continue
            drawn.append(Drawn(literal, path))
            hits = {_name(one.path, one.ordinal) for one in index.search(query).matches}
            expected = {name for name, text in scanned.items() if _comparable(literal) in text}
            hit = any(name[0] == file and ordinal in {0, name[1]} for name in hits)
            found += hit
            equal += hits == expected
            if not hit or hits != expected:
                missed.append(f"{literal!r} of {path}: {len(hits)} hits, not {len(expected)}")
    return Recall(len(drawn), found, equal, tuple(missed[:MOST_TOLD])), drawn


def paragraphs(truth: Path, folder: Path) -> Iterator[tuple[Name, str, str]]:
    """The true paragraphs of made bulletins; the unknown number of the article is 0."""
    for file in sorted(truth.glob("*.json")):
        path = folder / file.with_suffix(".txt").name
        for article in json.loads(file.read_text("utf-8")):
            for paragraph in article["paragraphs"]:
                yield (_name(str(path), 0), _relative(str(path), folder), paragraph)


def substring(text: str, chance: random.Random) -> str:
    """A random substring of some characters."""
    size = min(len(text), chance.randint(SHORTEST, LONGEST))
    start = chance.randint(0, len(text) - size)
    return text[start : start + size]


def quoted(literal: str) -> str | None:
    """A substring as a query; None if impossible: white space, or all kinds of quotes at once."""
    if not _comparable(literal):
        return None
    pair = next((pair for pair in QUOTES if pair[1] not in literal), None)
    return pair and pair[0] + literal + pair[1]


def _comparable(literal: str) -> str:
    """Fold a text as the query language defines it, implemented independently."""
    return squeeze(fold(drop_invisible(literal))).strip()


def _name(path: str, ordinal: int) -> Name:
    return os.path.realpath(path), ordinal


def _relative(path: str, folder: Path) -> str:
    return os.path.relpath(path, folder)


def main() -> None:
    """Run the program."""
    folder, location, count, drawn_file, *truth = sys.argv[1:]
    recall, drawn = measure(Path(folder), location, int(count), Path(truth[0]) if truth else None)
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in drawn)
    Path(drawn_file).write_text("".join(lines), "utf-8")
    print(json.dumps(asdict(recall)))


if __name__ == "__main__":
    main()
