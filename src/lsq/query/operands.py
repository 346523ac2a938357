"""Read the operands of a query: literals, regular expressions, dates, and runs of characters.

Each function reads an operand at a cursor, and leaves the cursor after it. A `scope` is the
innermost field or function around the position: a field name, sentence, paragraph or near; or
"". The functions are named like the rules in the grammar (`docs/query-language.md`).
"""

import re
from collections.abc import Callable

from lsq.errors import QueryError
from lsq.messages import _
from lsq.query.cursor import BAR, CLOSING, PAIRS, QUOTES, Cursor
from lsq.query.fields import CODES, EXACT, ORGANS
from lsq.query.keys import organ_names
from lsq.query.nodes import Chunk, Dated, Everything, Literal, Regex, Spelled
from lsq.query.spellings import spellings
from lsq.text.fold import drop_invisible, fold, squeeze

CutWords = Callable[[str], tuple[str, ...]]


def check_encoding(typed: str) -> None:
    """Raise a QueryError with the position if the typed text is not valid Unicode."""
    try:
        typed.encode()
    except UnicodeEncodeError as error:
        raise QueryError(typed, error.start, _("from here on, this is not UTF-8")) from error


def read_literal(cursor: Cursor, scope: str) -> Literal | Spelled:
    """The text between quotes."""
    start = cursor.position
    end = cursor.query.find(QUOTES[cursor.peek], start + 1)
    if end < 0:
        cursor.fail(_("this quote is not closed"))
    text = normalize_typed(cursor.query[start + 1 : end], scope)
    if not text:
        cursor.fail(_("there is nothing between these quotes"))
    cursor.advance(end + 1)
    return literal_in(scope, text)


def literal_in(scope: str, text: str) -> Literal | Spelled:
    """A literal, in all its spellings; in a field of organs, in all names of the organ.

    Args:
        scope: the field or function around the position.
        text: as `normalize_typed` returns it for this scope.
    """
    literals = tuple(map(Literal, _forms(scope, text)))
    return literals[0] if len(literals) == 1 else Spelled(literals)


def _forms(scope: str, text: str) -> tuple[str, ...]:
    if scope in ORGANS:
        return organ_names(text)
    return (text,) if scope in EXACT else spellings(text)


def read_regex(cursor: Cursor) -> Regex:
    """A regular expression, between slashes."""
    from lsq.query.expressions import checked

    start = cursor.position
    slash = re.escape(cursor.peek)
    closed = re.compile(rf"((?:[^\\{slash}]|\\.)*+){slash}", re.DOTALL).match(
        cursor.query, start + 1
    )
    if not closed:
        cursor.fail(
            _(
                "this regular expression is not closed; end it with a slash, or quote it if "
                "it is text"
            )
        )
    if not drop_invisible(closed[1]):
        cursor.fail(_("there is nothing between these slashes"))
    if not cursor.item_ends(closed.end()):
        cursor.fail(
            _(
                "the regular expression ends at this slash, and a space must follow; write "
                "\\/ for a slash inside it, or quote all of it if it is text"
            ),
            closed.end() - 1,
        )
    regex = checked(closed[1], cursor.query, start + 1)
    cursor.advance(closed.end())
    return regex


def read_everything(cursor: Cursor, scope: str) -> Everything:
    """A star on its own."""
    if scope == "near":
        cursor.fail(_("near does not take *; leave it out"))
    cursor.advance(cursor.position + 1)
    return Everything()


def read_dates(cursor: Cursor, scope: str) -> Dated:
    """A date, a range of dates, or a star for any date, of the field `scope`."""
    from lsq.query.days import DateError, parse_dates

    start = end = cursor.position
    while not cursor.item_ends(end):
        end += 1
    try:
        dates = parse_dates(cursor.folded[start:end])
    except DateError as error:
        cursor.fail(error.reason, start + error.offset)
    cursor.advance(end)
    return Dated(dates.first, dates.last, scope)


def read_chunk(cursor: Cursor, scope: str, cut: CutWords) -> Literal | Chunk | Spelled:
    """A run of characters, which `cut` cuts into words."""
    end = _end_of_chunk(cursor)
    text = normalize_typed(cursor.query[cursor.position : end], scope)
    if not text:
        cursor.fail(_("there are only invisible characters here; type something to search for"))
    cursor.advance(end)
    if scope in EXACT:
        return literal_in(scope, text)
    chunks = tuple(Chunk(form, cut(form)) for form in _forms(scope, text))
    return chunks[0] if len(chunks) == 1 else Spelled(chunks)


def _end_of_chunk(cursor: Cursor) -> int:
    """Where the chunk that starts here ends; its brackets and quotes pair."""
    awaited: list[tuple[str, int]] = []  # closing brackets, each with the position of its opening
    for position in range(cursor.position, len(cursor.query)):
        char = cursor.query[position]
        if char.isspace() or char in BAR:
            break
        if awaited and char == awaited[-1][0]:
            awaited.pop()
        elif char in PAIRS:
            awaited.append((PAIRS[char], position))
        elif char in CLOSING:
            break
    else:
        position = len(cursor.query)
    if awaited:
        cursor.fail(
            _("this is not closed before the next space; close it, or put all of it in quotes"),
            awaited[-1][1],
        )
    return position


def normalize_typed(text: str, scope: str) -> str:
    """Typed text, normalized for comparison in a scope."""
    normalized = squeeze(fold(drop_invisible(text))).strip()
    return "".join(normalized.split()) if scope in CODES else normalized
