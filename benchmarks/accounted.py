"""Check that every file of a folder is accounted for: indexed, reported or skipped.

The folder is indexed as by a user. A file that has no article in the index, is not reported as a
failure and is not listed as skipped has been lost silently.
"""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import lsq
from benchmarks.bars import Bar
from benchmarks.recovered import at_least, fail
from lsq.indexing.indexer import Options


def accounted(folder: Path, jobs: int = 2) -> list[Bar]:
    """The files below `folder` that lsq should account for."""
    paths = {str(path.resolve()) for path in folder.rglob("*") if path.is_file()}
    with TemporaryDirectory(prefix="lsq-") as place, lsq.open_index(place) as index:
        summary = index.update([str(folder)], Options(jobs=jobs))
        read = {_source(hit.article.path, paths) for hit in index.search("*")}
        skipped = {str(Path(path).resolve()) for path in index.skipped()}
    refused = {_source(failure.path, paths) for failure in summary.failures if failure.reason}
    lost = paths - read - refused - skipped
    for path in sorted(lost):
        fail("lost", path)
    for failure in summary.failures:
        fail("refused", failure)
    by = Counter(
        "read" if path in read else "refused" if path in refused else "skipped"
        for path in paths - lost
    )
    counted = ", ".join(f"{count} {what}" for what, count in sorted(by.items()))
    return [
        at_least(f"files read, refused or skipped ({counted})", sum(by.values()), len(paths), 1)
    ]


def _source(path: str, files: set[str]) -> str:
    """The file on disk that contains a bulletin."""
    whole = Path(path).resolve()
    return next((str(one) for one in (whole, *whole.parents) if str(one) in files), str(whole))
