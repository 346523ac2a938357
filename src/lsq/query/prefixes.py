"""Read the prefixes in a query: a function's name, with its distance, and a field with a colon."""

import re
from typing import Final, NamedTuple

from lsq.messages import _, is_chinese
from lsq.query.cursor import MAX_DISTANCE, MINUS, Cursor
from lsq.query.fields import FIELDS, SPECS

_UNITS: Final = {
    "同句": "sentence",
    "sentence": "sentence",
    "同段": "paragraph",
    "paragraph": "paragraph",
}

# In the folded query.
_UNIT = re.compile("|".join(_UNITS))
_NEAR = re.compile(r"(?:near|近)(?:/([0-9]*)(?=[\s()|]|$)|(?=\())")


class Function(NamedTuple):
    """A function whose bracket opens at a cursor.

    Attributes:
        name: sentence, paragraph or near.
        distance: that of `near`, in characters; else 0.
    """

    name: str
    distance: int = 0


def accept_function(cursor: Cursor, scope: str) -> Function | None:
    """Go past the name of a function, up to its bracket, if there is one at the position.

    Args:
        cursor: a position in a query.
        scope: the field or function around it; a field or `near` cannot contain a function.
    """
    start = cursor.position
    near = _NEAR.match(cursor.folded, start)
    unit = _UNIT.match(cursor.folded, start)
    if near:
        end, name = near.end(), "near"
    elif unit and cursor.opens_group(unit.end()):
        end, name = unit.end(), _UNITS[unit[0]]
    else:
        return None
    if near and not cursor.opens_group(end):
        if near[1] is None:  # a bracket of another kind
            return None
        cursor.fail(
            _("put the bracket directly after it: near/30(…); or quote it if it is text"), end
        )
    if scope in FIELDS:
        cursor.fail(
            _("{name} searches an article's text, not a field; move it out of the field").format(
                name=name
            )
        )
    if scope == "near":
        cursor.fail(_("near does not take sentence, paragraph or near; write them separately"))
    function = Function(name, _distance(cursor, near) if near else 0)
    cursor.advance(end)
    return function


def _distance(cursor: Cursor, near: re.Match[str]) -> int:
    digits = near[1]
    if not digits:
        cursor.fail(_("give the distance in characters: near/30(…); or quote it if it is text"))
    if len(digits) > len(str(MAX_DISTANCE)) or not 1 <= int(digits) <= MAX_DISTANCE:
        cursor.fail(
            _("near takes from 1 to {max_distance} characters").format(max_distance=MAX_DISTANCE),
            near.start(1),
        )
    return int(digits)


# In the folded query; not the beginning of an address, https://…
_NAMED = re.compile(r"([^\W\d_]+):(?!//)")


def accept_field(cursor: Cursor, scope: str) -> str | None:
    """Go past the name of a field and its colon, if there is one at the position.

    Args:
        cursor: a position in a query.
        scope: the field or function around it; neither can contain a field.

    Returns:
        The name of the field, or None.
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
            _("{outer} cannot contain a field; write it outside, or quote it if it is text").format(
                outer=outer
            )
        )
    cursor.position = named.end()
    if cursor.item_ends(cursor.position):
        cursor.fail(
            _("put the text directly after {named}, without a space").format(named=named[0])
        )
    if cursor.peek in MINUS:
        cursor.fail(_("put the minus before the field: -{named}…").format(named=named[0]))
    return field


def _no_field(typed: str, folded: str) -> str:
    from difflib import get_close_matches

    known = [
        min((spec.label, *spec.aliases), key=len) if is_chinese() else spec.name for spec in SPECS
    ]
    close = get_close_matches(folded, FIELDS, 1)
    guess = _(", do you mean {name}?").format(name=close[0]) if close else ""
    return _(
        "there is no field “{typed}”{guess}; the fields are {known}; if this is "
        "text, put it in quotes"
    ).format(typed=typed, guess=guess, known=_(", ").join(known))
