"""Find lines whose form shows that they are paragraphs of their own.

These are labels (`索引号：…`), centred headings, and rows of cells separated by white space. In a
text of a few lines, length is no evidence.
"""

import re
from collections import Counter
from collections.abc import Sequence

from lsq.text.labelled import bare_rows, find_labels
from lsq.text.labels import LABELS
from lsq.text.typography import ends_sentence, is_form

# Labels this long are unlikely to begin a wrapped line of a sentence.
_FEWEST_CHARACTERS = 3
_KNOWN = {label for label in LABELS if len(label) >= _FEWEST_CHARACTERS and not label.isascii()}
_CONTACT = {"地址", "电话", "传真", "邮编", "网址", "联系人", "联系电话", "邮政编码", "电子邮箱"}
# 电话：… · 标　　题：…
_LABEL = re.compile(r"(?P<label>[一-鿿](?:\s{0,4}+[一-鿿]){1,9})\s?[:：]")
# 市长表示：… may begin successive lines; a verb of saying is not a label.
_SAYING = re.compile("(?:说|道|指出|强调|表示|认为|要求|介绍|如下|提出|问|答|记者|通知|决定)$")
_LONGEST_LABELLED, _LONGEST_ROW = 60, 400

# White space that separates cells. The pattern begins with white space, which is rare, and looks
# behind after it, for speed.
_GAP = re.compile(
    r"[\t \u3000](?<=\S[\t \u3000])"
    r"(?:(?<=\t)|(?<!\t)[ \u3000]{2,}+|(?<=\u3000)\u3000++)(?=\S)"
)
_PROSE = frozenset("。；！？")

# The minimum indent of a centred line, and its maximum distance from the middle.
_FEWEST_BEFORE, _OFF_CENTRE = 6, 4
_MOST_ALIKE = 3
_FEWEST_AT_EDGE = 2


def labels(texts: Sequence[str]) -> list[bool]:
    """Find the lines that begin with a label: a known one, or any label in successive lines."""
    names = [_label(text) for text in texts]
    found = bare_rows(texts)
    for index, name in enumerate(names):
        if name is None:
            continue
        if is_form(texts[index]) or name in _KNOWN or name in _CONTACT:
            found[index] = True
        elif index + 1 < len(texts) and names[index + 1] is not None:
            found[index] = found[index + 1] = True
        elif index and found[index - 1]:
            found[index] = True
    return found


def _label(text: str) -> str | None:
    """The label at the beginning of a line, without spaces; None without one."""
    if len(text) > _LONGEST_LABELLED:
        # A row of several labels and values may be longer.
        found = find_labels(text) if len(text) <= _LONGEST_ROW else []
        return max((one.label for one in found), key=len) if len(found) > 1 else None
    match = _LABEL.match(text)
    if match is None:
        return None
    name = re.sub(r"\s", "", match["label"])
    if name in _KNOWN or name in _CONTACT:
        return name
    return None if ends_sentence(text) or _SAYING.search(name) else name


def rows(raw: Sequence[str]) -> list[bool]:
    """Find the lines that are rows of cells: successive lines with white space between cells."""
    parted = [
        ("  " in text or "\t" in text or "\u3000" in text)  # few lines
        and _GAP.search(text.strip()) is not None
        and not _PROSE & set(text)
        for text in raw
    ]
    return [
        is_row and (parted[index + 1 : index + 2] == [True] or (index > 0 and parted[index - 1]))
        for index, is_row in enumerate(parted)
    ]


def centred(indents: Sequence[int], texts: Sequence[str]) -> list[bool]:
    """Find the lines that are centred by white space before them.

    Args:
        indents: white space before each line, in half-width columns.
        texts: the lines, cleaned.
    """
    if not any(indent >= _FEWEST_BEFORE for indent in indents):
        return [False] * len(texts)
    sizes = [
        indent + len(text.encode("gbk", "replace"))
        for indent, text in zip(indents, texts, strict=True)
    ]
    alike = Counter(indents)
    flush = sorted(
        size for size, indent in zip(sizes, indents, strict=True) if indent < _FEWEST_BEFORE
    )
    if len(flush) < _FEWEST_AT_EDGE:
        return [False] * len(texts)
    edge = flush[-_FEWEST_AT_EDGE]
    return [
        indent >= _FEWEST_BEFORE
        and alike[indent] <= _MOST_ALIKE
        and abs(edge - size - indent) <= _OFF_CENTRE
        and not ends_sentence(text)
        for indent, size, text in zip(indents, sizes, texts, strict=True)
    ]
