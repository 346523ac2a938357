"""Find where the body of an article begins: after title, labels, history and furniture.

Snippets come from the body; the front matter shows what an article is, not why it matches.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from lsq.text.labels import LABELS

# How many lines the front has at most.
LINES: Final = 40
# In characters; longer lines are body text.
LONGEST: Final = 120

# The same for the history of a law, a line that names the decisions and laws that changed it.
LONGEST_HISTORY: Final = 300
# Its beginning, and one of its words.
_DAY: Final = re.compile(r"[(（]?\s?\d{4}年\d{1,2}月\d{1,2}日")
_MADE: Final = re.compile("通过|批准|修正|修订|修改|公布|发布|施行|废止|会议")

# Text of websites above and below a document, without blanks.
_FURNITURE: Final = frozenset(
    "首页 打印 打印本页 关闭 关闭窗口 分享 分享到 收藏 字体 字号 大中小 视力保护色 浏览次数 "
    "扫一扫在手机打开当前页 当前位置 您的位置 浏览量 点击数 阅读次数 责任编辑 返回顶部 上一篇 "
    "下一篇 下载".split()
)
# With brackets around it.
_LONGEST_FURNITURE: Final = max(map(len, _FURNITURE)) + 2


def body_start(title: str | None, text: str) -> int:
    """The offset in the article's whole text where the body begins.

    Args:
        title: the article's title.
        text: the title (or nothing), a line feed, the rest.

    Returns:
        The offset, or the length of the text if nothing follows the front.
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
    """Whether a line, not a sentence, gives the day a law was passed, approved or changed."""
    text = line.strip()
    return (
        len(text) <= LONGEST_HISTORY
        and "。" not in text
        and _DAY.match(text) is not None
        and _MADE.search(text) is not None
    )


def _is_labelled(line: str) -> bool:
    """Whether a line begins with a label, with a colon after it or in brackets."""
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
