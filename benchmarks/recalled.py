"""Recall of lsq and its peers: asks `benchmarks.recall` and then the peers the same."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contenders import LSQ
from benchmarks.contract import Peer, Site
from benchmarks.corpora import ROOT, Corpus
from benchmarks.measure import tell
from benchmarks.process import run


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was found of one corpus.

    Attributes:
        on: the corpus.
        drawn: so many substrings, of which lsq …
        found: found so many where they were drawn from,
        equal: found so many exactly where a scan of all articles does,
        missed: and some of the others.
        peers: by name, how many were asked and how many were found.
    """

    on: str
    drawn: int
    found: int
    equal: int
    missed: tuple[str, ...]
    peers: dict[str, tuple[int, int]]


def measure(
    on: str,
    corpus: Corpus,
    sites: Mapping[str, Site],
    peers: Iterable[Peer],
    count: int,
    for_peers: int,
    truth: Path | None = None,
) -> Recalled:
    """Draw from the corpus, ask lsq for `count` substrings and its peers for some of them."""
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
