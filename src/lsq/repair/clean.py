"""Clean the characters of one line, and undo fake bold.

Some PDFs imitate bold type by printing a run of characters twice, slightly shifted, and
extraction outputs both: 合作协议合作协议, or run by run ““中国中国””合作合作.
"""

import re
from functools import cache

from lsq.text.fold import IDEOGRAPH, INVISIBLE

_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd"

# Some files have a soft hyphen as the dash of 2014-2020.
_DIGITS_HYPHEN = re.compile(r"(?<=\d)\u00ad(?=\d)")
# Some files have a private-use character as a decimal point. Only their fonts show this, so it
# stays: dropping it would change the number.
_PRIVATE_USE = re.compile(rf"(?<!\d)[{_PRIVATE}]+|[{_PRIVATE}]+(?!\d)")
_SHAPELESS = re.compile(f"[{INVISIBLE}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+")
# The invisible characters that `str.isprintable` accepts.
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SPACES = re.compile(r"\s+")

# A space stays after the ordinal of a chapter, article or attachment, and after a date.
_ORDINAL = "条章节款项目编部日"
_LETTERSPACED = re.compile(rf"(?<!\S){IDEOGRAPH}(?: {IDEOGRAPH}){{2,}}(?!{IDEOGRAPH})")
_AMONG_IDEOGRAPHS = re.compile(rf"(?<={IDEOGRAPH})(?<![{_ORDINAL}]) (?={IDEOGRAPH})")
_AROUND_DIGITS = re.compile(
    rf"(?<={IDEOGRAPH})(?<![{_ORDINAL}]) (?=\d)"
    rf"|(?<=\d)(?<!^\d)(?<!^\d\d) (?={IDEOGRAPH})"
)
_NUMBERS_IN_A_ROW = re.compile(r"\d \d")
_LONGEST_ORDINAL = 2  # 12 总则
_is_ideograph = re.compile(IDEOGRAPH).match


def clean(text: str, *, row: bool = False) -> str:
    """Remove artefacts of extraction and typesetting from a line.

    Args:
        text: the line.
        row: whether it is a row of a table, whose spaces may separate cells.

    Returns:
        One line, without white space at its ends; maybe empty.
    """
    if not text.isprintable() or _SELECTORS.search(text):
        text = _DIGITS_HYPHEN.sub("-", text)
        text = _SHAPELESS.sub("", text)
        text = _PRIVATE_USE.sub("", text)
        text = _SPACES.sub(" ", text)
    text = text.strip()
    at = text.find(" ")
    if at < 0:
        return text
    if row:
        return _SPACES.sub(" ", text)
    return _close_up(text) if " " in text[at + 1 :] else _close_up_once(text, at)


def _close_up_once(text: str, at: int) -> str:
    """Do as `_close_up` for a line with a single space, at `at`: the usual case.

    Only the neighbours of the space matter, so this is faster than scanning the line.
    """
    before, after = text[at - 1], text[at + 1]
    if before in _ORDINAL:
        return text
    if _is_ideograph(before):
        runs_on = "，" in text or "。" in text
        drops = after.isdecimal() or (runs_on and _is_ideograph(after) is not None)
    else:
        numbered = at <= _LONGEST_ORDINAL and text[:at].isdecimal()
        drops = before.isdecimal() and _is_ideograph(after) is not None and not numbered
    return text[:at] + text[at + 1 :] if drops else text


def _close_up(text: str) -> str:
    """Drop the spaces within words and sentences."""
    if "  " in text:
        text = _SPACES.sub(" ", text)
    text = _LETTERSPACED.sub(lambda match: match[0].replace(" ", ""), text)
    # Without commas and stops, a space may separate names of a list or halves of a headline.
    if "，" in text or "。" in text:
        text = _AMONG_IDEOGRAPHS.sub("", text)
    if not _NUMBERS_IN_A_ROW.search(text):  # a row of a table
        text = _AROUND_DIGITS.sub("", text)
    return text


# Longer lines are paragraphs.
_LONGEST = 160
# Words (谢谢, 研究研究) and rows of dots or dashes have fewer, and are not doubled headlines.
_FEWEST_DISTINCT = 4


def undouble(text: str) -> str:
    """Undo fake bold: reduce a line of doubled runs to single ones.

    Returns:
        Half of `text`, or `text` itself if any part is not doubled.
    """
    if len(text) > _LONGEST or text.count(text[-1]) % 2:
        return text
    once = text.replace(" ", "")
    if len(once) % 2 or len(set(once)) < _FEWEST_DISTINCT or once.isascii():
        return text
    if any(once.count(char) % 2 for char in set(once)):
        return text
    middle = len(text) // 2
    if text[middle] == " " and text[:middle] == text[middle + 1 :]:
        return text[:middle]
    if text[:middle] == text[middle:]:
        return text[:middle]
    return _halve(once) or text


def _halve(text: str) -> str | None:
    """Reduce each doubled run of `text`, the longest first; None if any part is not doubled."""

    @cache
    def rest(start: int) -> str | None:
        if start == len(text):
            return ""
        for size in range((len(text) - start) // 2, 0, -1):
            run = text[start : start + size]
            if text.startswith(run, start + size):
                tail = rest(start + 2 * size)
                if tail is not None:
                    return run + tail
        return None

    return rest(0)
