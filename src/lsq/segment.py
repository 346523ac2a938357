"""Cut folded text into words. The only room that knows jieba.

Runs of ideographs go to jieba; everything else is cut here, because jieba loses
lone digits and letters, and 〇: a run of other letters and digits is one word, an
ideograph that jieba does not know is one too, the rest only separates. There is
no list of stop words. Knows nothing of articles, queries or fields.
"""

import re
import sys
import warnings
from collections.abc import Iterator
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING

from lsq.fold import IDEOGRAPH

if TYPE_CHECKING:
    from jieba import Tokenizer

# In this order: what jieba's own pattern holds to be ideographs; other ideographs,
# one by one; letters and digits, in words of a length that an engine can store.
_RUN = re.compile(rf"([\u4e00-\u9fd5]+)|{IDEOGRAPH}|(?:(?!{IDEOGRAPH})[^\W_]){{1,64}}")


class Segmenter:
    """Cuts text with jieba's dictionary, which is loaded when first needed."""

    def __init__(self, dictionary=None):
        pass

    def document_words(self, folded: str) -> Iterator[str]:
        """The words of a document, in order, repeated as often as they occur.

        Long words are given with the shorter words inside them (jieba's
        `cut_for_search`), so that a query for a part finds the whole.
        """
        for run in _RUN.finditer(folded):
            if run[1]:
                yield from self._jieba.cut_for_search(run[1])
            else:
                yield run[0]

    def query_words(self, folded: str) -> tuple[str, ...]:
        """The words of a query, each once, in order (jieba's `cut`)."""
        words: list[str] = []
        for run in _RUN.finditer(folded):
            words.extend(self._jieba.cut(run[1]) if run[1] else [run[0]])
        return tuple(dict.fromkeys(words))

    @cached_property
    def _jieba(self) -> "Tokenizer":
        jieba = _import_jieba()
        tokenizer = jieba.Tokenizer()
        # Filled by hand: `initialize` would log to stderr, and would read and write
        # a cache under a well-known name in the system's temporary folder.
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
        return tokenizer


def _import_jieba() -> ModuleType:
    """Import jieba without `pkg_resources`, which it needs not and which takes 80 ms."""
    hidden = object()
    before = sys.modules.get("pkg_resources", hidden)
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # makes import fail
    try:
        with warnings.catch_warnings():
            # Its patterns are plain strings with "\." in them, compiled on first import.
            warnings.simplefilter("ignore")
            import jieba
    finally:
        if before is hidden:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = before  # type: ignore[assignment]
    return sys.modules["jieba"]


def write_dictionary(path, user_dict=None):
    path.write_text("")
    return "x"
