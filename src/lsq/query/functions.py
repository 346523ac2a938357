"""Read the names of functions in a query: sentence, paragraph, and near with its distance."""

import re
from typing import Final, NamedTuple

from lsq.messages import _
from lsq.query.cursor import Cursor
from lsq.query.fields import FIELDS
from lsq.query.limits import MAX_DISTANCE

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
    """Go past the name of a function, up to its bracket, if one stands here.

    Args:
        cursor: a place in a query.
        scope: what that stands inside of; no field and no `near` may hold a function.
    """
    start = cursor.position
    near = _NEAR.match(cursor.folded, start)
    unit = _UNIT.match(cursor.folded, start)
    if near:
        end, name = near.end(), "near"
    elif unit and cursor.opens(unit.end()):
        end, name = unit.end(), _UNITS[unit[0]]
    else:
        return None
    if near and not cursor.opens(end):
        if near[1] is None:  # a bracket of another kind
            return None
        cursor.fail(_("a bracket follows at once: near/30(…); or put it in quotes"), end)
    if scope in FIELDS:
        cursor.fail(
            _("{name} looks at an article's text, not at a field; take it out of the field").format(
                name=name
            )
        )
    if scope == "near":
        cursor.fail(_("near joins what stands in a text, not other joints; write them apart"))
    function = Function(name, _distance(cursor, near) if near else 0)
    cursor.advance(end)
    return function


def _distance(cursor: Cursor, near: re.Match[str]) -> int:
    digits = near[1]
    if not digits:
        cursor.fail(_("say within how many characters: near/30(…); or put it in quotes"))
    if len(digits) > len(str(MAX_DISTANCE)) or not 1 <= int(digits) <= MAX_DISTANCE:
        cursor.fail(
            _("near takes from 1 to {max_distance} characters").format(max_distance=MAX_DISTANCE),
            near.start(1),
        )
    return int(digits)
