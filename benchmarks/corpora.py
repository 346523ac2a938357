"""The corpora, copies of parts of them, and the queries to time.

The corpora are in the folder `$LSQ_CORPORA`, else in `../shared/corpora` beside the repository.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class Query(NamedTuple):
    """A query, and the kind that it exemplifies."""

    kind: str
    text: str


QUERIES = (
    Query("chunk", "国土空间规划"),
    Query("literal, frequent", '"有下列情形之一的"'),
    Query("two chunks", "野生动物 保护区"),
    Query("word, in nearly all", "规定"),
    Query("word, rare", "诽谤"),
    Query("chunk, rare", "海南自由贸易港"),
    Query("chunk, a sentence", "公民的合法的私有财产不受侵犯"),
    Query("word, in nothing", "水葫芦"),
    Query("literal, rare", '"绿水青山就是金山银山"'),
    Query("literal, half words", '"民法院应"'),
    Query("literal, in nothing", '"量子计算机的采购"'),
    Query("three words", "公司 股东 诉讼"),
    Query("NOT", "野生动物 -保护区"),
    Query("OR", "碳达峰 OR 碳中和"),
)


ROOT = Path(__file__).resolve().parent.parent
CORPORA = Path(os.environ.get("LSQ_CORPORA", ROOT.parent / "shared" / "corpora"))


@dataclass(frozen=True, slots=True)
class Corpus:
    """Files to index.

    Attributes:
        name: its name.
        folder: its folder.
        files: the number of files.
        size: the bytes of all files.
    """

    name: str
    folder: Path
    files: int
    size: int


def copied(name: str, source: Path, target: Path, pattern: str = "*", every: int = 1) -> Corpus:
    """Copy every `every`-th file below `source`; reading them also warms the page cache.

    Copies, because lsq and its peers must index the same files and nothing else.
    """
    files = size = 0
    for path in sorted(path for path in source.rglob(pattern) if path.is_file())[::every]:
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        files += 1
        size += path.stat().st_size
    return Corpus(name, target, files, size)


def size_of(folder: Path) -> int:
    """The bytes of all files below `folder`."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
