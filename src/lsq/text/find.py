"""Find and count strings in bytes, with vector instructions if StringZilla can be imported."""

import sys

try:
    from stringzilla import count, find
except ImportError:  # no wheel for this machine: slower, same results

    def find(text: bytes | bytearray, sought: bytes, start: int = 0, end: int = sys.maxsize) -> int:
        """The position of `sought` in a range of a text; -1 if absent."""
        return text.find(sought, start, end)

    def count(
        text: bytes | bytearray, sought: bytes, start: int = 0, end: int = sys.maxsize
    ) -> int:
        """The number of non-overlapping occurrences of `sought` in a range of a text."""
        return text.count(sought, start, end)


__all__ = ["count", "find"]
