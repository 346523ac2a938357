"""Text from documents is data: what a terminal would obey must not reach it."""

import re

# C0 and C1 controls, direction overrides and isolates, line and paragraph
# separators: https://www.unicode.org/reports/tr36/ and ECMA-48. And surrogates, as which
# Python knows the bytes of a name that is not UTF-8.
_OBEYED = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)


def harmless(text: str) -> str:
    """`text` with a U+FFFD for each character that a terminal obeys; as long as before."""
    return _OBEYED.sub("\ufffd", text)


def escaped(json_text: str) -> str:
    """JSON text without line ends, with such characters written as JSON escapes."""
    return _OBEYED.sub(lambda obeyed: f"\\u{ord(obeyed[0]):04x}", json_text)
