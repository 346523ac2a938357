"""Write a query in its syntax: `lsq.query.parser` parses it into the same nodes."""

import re
from typing import Final

from lsq.query.days import FIRST, LAST
from lsq.query.nodes import (
    And,
    Chunk,
    Dated,
    Everything,
    Field,
    Literal,
    Named,
    Near,
    Not,
    Or,
    Query,
    Regex,
    SameParagraph,
    SameSentence,
    Spelled,
)
from lsq.text.fold import spelled

# A slash without a backslash before it.
_SLASH: Final = re.compile(r"(?:[^\\/]|\\.)*+/", re.DOTALL)
# Chunks that would be parsed differently, as folding has changed their characters.
_MISREAD: Final = re.compile(r"""[-("/*]|[^\W\d_]+:|.*[\s|]""")


def unparse(query: Query) -> str:  # noqa: PLR0911, PLR0912  # a case a node
    """The query as it can be typed.

    `any_word` is lost; and a chunk that begins with a character of the syntax becomes a literal.
    """
    match query:
        case Literal(text):
            return _quoted(text)
        case Chunk(text):
            return _quoted(text) if _MISREAD.match(text) else spelled(text)
        case Regex(pattern):
            return f"／{pattern}／" if _SLASH.match(pattern) else f"/{pattern}/"
        case SameSentence(part):
            return f"sentence({unparse(part)})"
        case SameParagraph(part):
            return f"paragraph({unparse(part)})"
        case Near(distance, parts):
            return f"near/{distance}({' '.join(map(_grouped, parts))})"
        case Field(name, part):
            return f"{name}:{_one(part)}"
        case Dated(first, last, name):
            return f"{name}:{_dates(first, last)}"
        case Named(_, name):  # which cannot be typed
            return _quoted(name)
        case Everything():
            return "*"
        case And(parts):
            return " ".join(map(_grouped, parts))
        case Spelled(parts):
            return unparse(parts[0])
        case Or(parts):
            return " OR ".join(map(_grouped, parts))
        case Not(part):
            return f"-{_grouped(part)}"


def _quoted(text: str) -> str:
    # Folding unifies all quotes except the corner brackets, which are quotes as well.
    text = spelled(text)
    return f"「{text}」" if '"' in text else f'"{text}"'


def _grouped(part: Query) -> str:
    """A part as it is written beside others."""
    return f"({unparse(part)})" if _is_joint(part) else unparse(part)


def _one(part: Query) -> str:
    """The text after a field's colon."""
    return f"({unparse(part)})" if _is_joint(part) or isinstance(part, Not) else unparse(part)


def _is_joint(part: Query) -> bool:
    return isinstance(part, And | Or) and not isinstance(part, Spelled)


def _dates(first: int, last: int) -> str:
    if (first, last) == (FIRST, LAST):
        return "*"
    if first == last:
        return _date(first)
    return f"{'' if first == FIRST else _date(first)}..{'' if last == LAST else _date(last)}"


def _date(day: int) -> str:
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"
