"""A jieba that is there at once and says nothing. Knows no files."""

from typing import TYPE_CHECKING, Any, Protocol

from lsq.segment.private import jieba

if TYPE_CHECKING:
    from jieba import Tokenizer


class Frequencies(Protocol):
    """What jieba asks of its dictionary, in which a word's beginnings have 0."""

    def __contains__(self, text: object, /) -> bool: ...

    def get(self, text: str, default: Any = None, /) -> Any: ...


def new_tokenizer(frequencies: Frequencies, total: int) -> "Tokenizer":
    """A jieba that cuts by these words.

    Args:
        frequencies: of words, and 0 for all that a word starts with.
        total: of the frequencies.
    """
    tokenizer = jieba().Tokenizer()
    # Filled by hand: `initialize` would log to stderr, and would read and write a
    # cache under a well-known name in the system's temporary folder.
    tokenizer.FREQ, tokenizer.total = frequencies, total
    tokenizer.initialized = True
    return tokenizer
