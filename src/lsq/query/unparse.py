"""Write a query as text, which `lsq.query.parser` parses into the same nodes."""

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
from lsq.text.fold import usual_spelling

# A pattern with an unescaped slash.
_SLASH: Final = re.compile(r"(?:[^\\/]|\\.)*+/", re.DOTALL)
# Folded chunks that would be parsed as something else.
_MISREAD: Final = re.compile(r"""[-("/*]|[^\W\d_]+:|.*[\s|]""")


def unparse(query: Query) -> str:  # noqa: PLR0911, PLR0912  # a case a node
    """The query as it can be typed.

    It does not express `any_word`, and quotes a chunk that would be parsed as something else.
    """
    match query:
        case Literal(text):
            return _quoted(text)
        case Chunk(text):
            return _quoted(text) if _MISREAD.match(text) else usual_spelling(text)
        case Regex(pattern):
            return f"／{pattern}／" if _SLASH.match(pattern) else f"/{pattern}/"
        case SameSentence(part):
            return f"sentence({unparse(part)})"
        case SameParagraph(part):
            return f"paragraph({unparse(part)})"
        case Near(distance, parts):
            return f"near/{distance}({' '.join(map(_grouped, parts))})"
        case Field(name, part):
            return f"{name}:{_after_colon(part)}"
        case Dated(first, last, name):
            return f"{name}:{_dates(first, last)}"
        case Named(_, name):  # it has no syntax
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
    # Folding has unified all quotes except the corner brackets.
    text = usual_spelling(text)
    return f"「{text}」" if '"' in text else f'"{text}"'


def _grouped(part: Query) -> str:
    """A part, in brackets if it needs them beside others."""
    return f"({unparse(part)})" if _is_compound(part) else unparse(part)


def _after_colon(part: Query) -> str:
    """A part, in brackets if it needs them after a colon."""
    return f"({unparse(part)})" if _is_compound(part) or isinstance(part, Not) else unparse(part)


def _is_compound(part: Query) -> bool:
    return isinstance(part, And | Or) and not isinstance(part, Spelled)


def _dates(first: int, last: int) -> str:
    if (first, last) == (FIRST, LAST):
        return "*"
    if first == last:
        return _date(first)
    return f"{'' if first == FIRST else _date(first)}..{'' if last == LAST else _date(last)}"


def _date(day: int) -> str:
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"
