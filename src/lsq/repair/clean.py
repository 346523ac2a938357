"""Clean the characters of one line. Knows nothing of other lines.

What extraction strews over a text goes: signs without a shape, control
characters, private use, spaces that typesetting put among ideographs and around
digits. What a reader of the page would see stays.
"""

import re

from lsq.text.fold import IDEOGRAPH, INVISIBLE

_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd"

# A soft hyphen between digits was seen to be the dash of 2014-2020.
_DIGITS_HYPHEN = re.compile(r"(?<=\d)\u00ad(?=\d)")
# Private use between digits was seen to be a decimal point, but which sign it is
# only the font knew: it stays, for dropping it would make another number.
_PRIVATE_USE = re.compile(rf"(?<!\d)[{_PRIVATE}]+|[{_PRIVATE}]+(?!\d)")
_SHAPELESS = re.compile(f"[{INVISIBLE}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+")
_SPACES = re.compile(r"\s+")

# The ordinal of a chapter, an article or an attachment, and a date, keep the
# space behind them: it parts them from what they number.
_ORDINAL = "条章节款项目编部日"
_LETTERSPACED = re.compile(rf"(?<!\S){IDEOGRAPH}(?: {IDEOGRAPH}){{2,}}(?!{IDEOGRAPH})")
_AMONG_IDEOGRAPHS = re.compile(rf"(?<={IDEOGRAPH})(?<![{_ORDINAL}]) (?={IDEOGRAPH})")
_AROUND_DIGITS = re.compile(
    rf"(?<={IDEOGRAPH})(?<![{_ORDINAL}]) (?=\d)"
    rf"|(?<=\d)(?<!^\d)(?<!^\d\d) (?={IDEOGRAPH})"
)
_NUMBERS_IN_A_ROW = re.compile(r"\d \d")


def clean(text: str) -> str:
    """The text of a line without what only extraction or typesetting put into it.

    Returns:
        One line, without white space at its ends; maybe empty.
    """
    if not text.isprintable():
        text = _DIGITS_HYPHEN.sub("-", text)
        text = _SHAPELESS.sub("", text)
        text = _PRIVATE_USE.sub("", text)
        text = _SPACES.sub(" ", text)
    text = text.strip()
    if " " in text:
        return _close_up(text)
    return text


def _close_up(text: str) -> str:
    """Drop the spaces that part what belongs together."""
    if "  " in text:
        text = _SPACES.sub(" ", text)
    text = _LETTERSPACED.sub(lambda match: match[0].replace(" ", ""), text)
    # Running text has commas and stops; without them a space may well part the
    # names of a list or the halves of a headline.
    if "，" in text or "。" in text:
        text = _AMONG_IDEOGRAPHS.sub("", text)
    if not _NUMBERS_IN_A_ROW.search(text):  # a row of a table
        text = _AROUND_DIGITS.sub("", text)
    return text
