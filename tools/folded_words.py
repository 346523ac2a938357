"""Derive the table of `lsq.text.fold`, and print it.

    python tools/folded_words.py > src/lsq/text/words.txt

Folded texts are segmented, in which 著名 is 着名 and 乾坤 干坤: words that jieba lacks, or has as
rare ones. Each gets the total frequency of the words that fold to it. Users see the most frequent
of these, if GB 2312 contains its characters, so that it is Simplified.

Source: jieba's dict.txt.
"""

import re
import sys
from collections import defaultdict

from lsq.segment.making import jieba_lines
from lsq.text.fold import fold

# Words of jieba; single characters are words anyway.
RUN = re.compile("[\u4e00-\u9fd5]{2,}")


def main() -> None:
    """Print the table, sorted."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream here
    lines = (line.split(" ") for line in jieba_lines()[0])
    words = {word: int(frequency) for word, frequency in lines}
    spellings: dict[str, list[str]] = defaultdict(list)
    for word in words:
        form = fold(word)
        if form != word and RUN.fullmatch(form):
            spellings[form].append(word)
    for form, several in sorted(spellings.items()):
        known = words.get(form, 0)
        frequency = sum(words[word] for word in several)
        # A rare Traditional spelling of a frequent word has no effect.
        if frequency > known:
            best = max(several, key=words.__getitem__)
            print(form, known + frequency, *([best] if is_simplified(best) else []))


def is_simplified(word: str) -> bool:
    """Whether GB 2312 contains all characters of a word."""
    try:
        return bool(word.encode("gb2312"))
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    main()
