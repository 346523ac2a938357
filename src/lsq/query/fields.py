"""The names of fields, and reading one with its colon in a query."""

import re
from typing import Final

from lsq.messages import _
from lsq.query.cursor import MINUS, Cursor

# What names a field, folded.
FIELDS: Final = {
    "title": "title",
    "标题": "title",
    "issuer": "issuer",
    "机关": "issuer",
    "number": "number",
    "文号": "number",
    "kind": "kind",
    "文种": "kind",
    "path": "path",
    "路径": "path",
    "date": "date",
    "日期": "date",
}

# Those that are compared as texts; a path is what an article is stored under.
TEXTS: Final = ("title", "issuer", "number", "kind", "path")

# In the folded query; what follows may not make it an address, https://…
_NAMED = re.compile(r"([^\W\d_]+):(?!//)")


def accept_field(cursor: Cursor, scope: str) -> str | None:
    """Go past the name of a field and its colon, if one stands here.

    Args:
        cursor: a place in a query.
        scope: what that stands inside of; nothing but the whole query may hold a field.

    Returns:
        The field.
    """
    start = cursor.position
    named = _NAMED.match(cursor.folded, start)
    if not named:
        return None
    field = FIELDS.get(named[1])
    if not field:
        cursor.fail(_no_field(cursor.query[start : named.end(1)], named[1]))
    if scope:
        outer = _("fields") if scope in FIELDS else scope
        cursor.fail(
            _("{outer} cannot hold a field; write it outside, or in quotes if it is text").format(
                outer=outer
            )
        )
    cursor.position = named.end()
    if cursor.item_ends(cursor.position):
        cursor.fail(
            _("what to look for follows {named} at once, without a space").format(named=named[0])
        )
    if cursor.peek in MINUS:
        cursor.fail(_("a minus stands before the field: -{named}…").format(named=named[0]))
    return field


def _no_field(typed: str, folded: str) -> str:
    from difflib import get_close_matches

    known = list(dict.fromkeys(FIELDS.values()))
    close = get_close_matches(folded, FIELDS, 1)
    guess = _(", do you mean {name}?").format(name=close[0]) if close else ""
    return _(
        "there is no field “{typed}”{guess}; there are {known}; if this is text, put it in quotes"
    ).format(typed=typed, guess=guess, known=", ".join(known))
