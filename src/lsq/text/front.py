"""Find where the body of an article begins: after title, labels, history and furniture.

The front says what an article is, not why it was found.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from lsq.text.labels import LABELS

# In lines from the beginning. Pages have their table near their top.
LINES: Final = 40
# In characters: a longer line is text.
LONGEST: Final = 120

# Likewise, of a line that says when a law was made or changed: it names decisions and laws.
LONGEST_HISTORY: Final = 300
# How such a line begins, and what it names.
_DAY: Final = re.compile(r"[(（]?\s?\d{4}年\d{1,2}月\d{1,2}日")
_MADE: Final = re.compile("通过|批准|修正|修订|修改|公布|发布|施行|废止|会议")

# Text of a website above and below a document, without blanks.
_FURNITURE: Final = frozenset(
    "首页 打印 打印本页 关闭 关闭窗口 分享 分享到 收藏 字体 字号 大中小 视力保护色 浏览次数 "
    "扫一扫在手机打开当前页 当前位置 您的位置 浏览量 点击数 阅读次数 责任编辑 返回顶部 上一篇 "
    "下一篇 下载".split()
)
# With a bracket on either side.
_LONGEST_FURNITURE: Final = max(map(len, _FURNITURE)) + 2


def body_start(title: str | None, text: str) -> int:
    """Where the body begins, in characters of the article's whole text.

    Args:
        title: the article's.
        text: the title (or nothing), a line feed, the rest.

    Returns:
        The end of the text if there is no body after the front.
    """
    start = len(title or "") + 1
    key = _key(title or "")
    for line in islice(_lines(text, start), LINES):
        if not _is_front(line, key):
            break
        start += len(line) + 1
    return min(start, len(text))


def _lines(text: str, start: int) -> Iterator[str]:
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def _is_front(line: str, title: str) -> bool:
    if len(line) > LONGEST:
        return _is_history(line)
    key = _key(line)
    return not key or key == title or _is_labelled(line) or _is_furniture(key) or _is_history(line)


def _is_history(line: str) -> bool:
    """Whether a line, not a sentence, gives the day a law was made, approved or changed."""
    told = line.strip()
    return (
        len(told) <= LONGEST_HISTORY
        and "。" not in told
        and _DAY.match(told) is not None
        and _MADE.search(told) is not None
    )


def _is_labelled(line: str) -> bool:
    """Whether a line begins with a label and its colon, or in its brackets."""
    for colon in "：:】]":
        label, found, _value = line.partition(colon)
        if found and _key(label).lstrip("【[").casefold() in LABELS:
            return True
    return False


def _is_furniture(key: str) -> bool:
    if len(key) > _LONGEST_FURNITURE and ":" not in key and "：" not in key:
        return False
    name, _colon, _value = key.replace(":", "：").partition("：")
    return name in _FURNITURE or key.strip("[]【】") in _FURNITURE


def _key(line: str) -> str:
    return "".join(line.split())
