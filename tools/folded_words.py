"""Derive the table of `lsq.text.fold`, and print it.

    python tools/folded_words.py > src/lsq/text/words.txt

Words are cut out of folded texts, where 著名 is 着名 and 乾坤 干坤: jieba has no such words, or
has them as rare ones. So each is as frequent as all words together that fold to it. People
are shown the most frequent of these, if GB 2312 has its characters and so it is Simplified.

Source: jieba's dict.txt.
"""

import re
import sys
from collections import defaultdict

from lsq.segment.making import jieba_lines
from lsq.text.fold import fold

# What jieba cuts; it takes a single character for a word anyway.
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
        # A rare Traditional spelling of a frequent word changes nothing worth a line.
        if frequency > known:
            best = max(several, key=words.__getitem__)
            print(form, known + frequency, *([best] if is_simplified(best) else []))


def is_simplified(word: str) -> bool:
    """Whether GB 2312 has all of its characters."""
    try:
        return bool(word.encode("gb2312"))
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    main()
