"""Find and count strings in bytes: with the processor's vector instructions where it can."""

import sys

try:
    from stringzilla import count, find
except ImportError:  # a machine that it has no wheel for: slower, and the same

    def find(text: bytes | bytearray, sought: bytes, start: int = 0, end: int = sys.maxsize) -> int:
        """Where `sought` stands in a stretch of a text; -1 if it does not."""
        return text.find(sought, start, end)

    def count(text: bytes | bytearray, sought: bytes) -> int:
        """How often `sought` occurs in a text, what overlaps once."""
        return text.count(sought)


__all__ = ["count", "find"]
