"""Undo fake bold: a headline whose every run was printed twice. Knows one line.

A PDF makes bold type by printing a run of characters twice, a hair apart, and
extraction writes both down: 合作协议合作协议, or run by run ““中国中国””合作合作.
"""

from functools import cache

# Longer lines are paragraphs.
_LONGEST = 160
# Words (谢谢, 研究研究) and rows of dots, dashes and stars are pairs as well, but no headline.
_FEWEST_DISTINCT = 4


def undouble(text: str) -> str:
    """The line printed once, if it is a sequence of runs each printed twice.

    Returns:
        Half of `text`, or `text` itself if any part of it stands alone.
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
    """`text` with each of its doubled runs once, the longest runs that will do."""

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
