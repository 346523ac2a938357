"""Measure whether the set phrases of a newspaper are well formed; time finding them.

    python -m benchmarks.phrases FOLDER

Run it from the repository; it takes three minutes. FOLDER has the texts of People's Daily for
2019-02, 2019-10, 2020-01, 2020-02 and 2020-05, one file per article, dated by their names
(20200119-02-03.txt). `phrases.tsv` has the first 50 phrases of the last four months, each month
compared with the articles before it, with a minimum of one word and of two, and two judgements
whether each is a whole phrase: read list by list, and read again in random order with three
occurrences each. All constants were chosen on 2019-02. The report has the number of phrases well
formed by both judgements, and the phrases without a judgement, because lsq has changed. Missed bars
are reported on stderr, and the exit code is then 1.
"""

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.counted import Bars
from lsq.index import Index, open_index
from lsq.query.filters import Filters

LIST = Path(__file__).with_suffix(".tsv")
MONTHS = ("2019-10", "2020-01", "2020-02", "2020-05")
WELL = "y"
MILLION = 1_000_000


def readings() -> dict[tuple[str, str, str], bool]:
    """Whether a phrase is well formed by both judgements, by month, minimum of words and phrase."""
    rows = (line.split("\t") for line in LIST.read_text("utf-8").splitlines()[1:])
    return {
        (month, words, phrase): first == second == WELL
        for month, words, phrase, first, second in rows
    }


def judge(index: Index, bars: Bars) -> None:
    """Compare the first phrases of each month with the judgements, and time finding them."""
    read = readings()
    slowest = 0.0
    for words in (1, 2):
        well = 0
        for month in MONTHS:
            started = time.process_time()
            filters = Filters(since=month, until=month)
            found = index.phrases(against="before", filters=filters, least_words=words)
            taken = time.process_time() - started
            slowest = max(slowest, taken * MILLION / (found.characters + found.other_characters))
            for row in found.rows:
                if (month, str(words), row.text) not in read:
                    print(f"not read: {month}: {row.text}", file=sys.stderr)
                well += read.get((month, str(words), row.text), False)
        share = 100 * well / (50 * len(MONTHS))
        bars.least(f"phrases of {words} words or more that are well formed", share, 85, "%")
    bars.most("4 million characters, processor time", 4 * slowest, 20)


def main() -> int:
    """Index the newspaper, and judge its phrases."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():  # noqa: PLR2004  # the folder
        print(__doc__, file=sys.stderr)
        return 2
    bars = Bars()
    with (
        tempfile.TemporaryDirectory(prefix="benchmark-") as room,
        open_index(str(Path(room) / "index")) as index,
    ):
        index.update([sys.argv[1]])
        judge(index, bars)
    return 1 if bars.missed else 0


if __name__ == "__main__":
    sys.exit(main())
