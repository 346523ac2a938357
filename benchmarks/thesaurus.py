"""Check that every official term of the thesaurus occurs in the corpora.

    python -m benchmarks.thesaurus

Run it from the repository; it takes a minute. `benchmarks.corpora` says where the corpora are. A
term must occur at least twice in the laws, the articles of law, the policy papers or the bulletins;
the full form of an abbreviation once. Others are printed, one per line with its file, and the exit
code is 1.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora import CORPORA
from lsq.search.thesaurus.synonym_groups import FIELDS, normalize, read_groups
from lsq.search.thesaurus.table import TABLE

# The minimum frequency of terms, by field.
OFTEN = 2
ONCE = frozenset({"laws", "offices", "phrases", "technical"})
UNCHECKED = frozenset({"beyond"})


def texts(corpora: Path) -> Iterator[str]:
    """The folded texts of the corpora, without questions."""
    for pattern in ("laws/**/*.md", "policy/**/*.txt", "bulletins/*.txt"):
        for file in sorted(corpora.glob(pattern)):
            yield normalize(file.read_text("utf-8", "replace"))
    for line in (corpora / "stard" / "corpus.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        yield normalize(f"{entry['title']}\n{entry['text']}")


def occurs(term: str, text: str, times: int) -> bool:
    """Whether a term occurs at least so often."""
    place = -1
    for _ in range(times):
        place = text.find(term, place + 1)
        if place < 0:
            return False
    return True


def missing(text: str, folder: Path) -> Iterator[tuple[str, str]]:
    """The terms that occur too rarely, each with its field."""
    for file in sorted(folder.glob(FIELDS)):
        if file.stem in UNCHECKED:
            continue
        terms = {term: None for group in read_groups(file) for term in group.official}
        times = 1 if file.stem in ONCE else OFTEN
        yield from ((file.name, term) for term in terms if not occurs(term, text, times))


def main() -> int:
    """Print missing terms; return 1 if there are any."""
    if not (CORPORA / "stard").is_dir():
        print(f"skipped: no corpora at {CORPORA}; set $LSQ_CORPORA", file=sys.stderr)
        return 0
    text = "\n".join(texts(CORPORA))
    found = list(missing(text, Path(TABLE).parent))
    for name, term in found:
        print(f"{name}: {term}")
    print(f"{len(found)} official terms are not in the corpora", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
