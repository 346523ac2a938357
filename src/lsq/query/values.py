"""The values of an article's fields as they are compared, and whether they satisfy a query."""

from lsq.query.nodes import Query
from lsq.query.patterns import Patterns
from lsq.query.units import holds
from lsq.text.fold import fold, squeeze


def comparable(name: str, value: str | None) -> str:
    """The value of a field as it is compared; nothing for none."""
    compared = squeeze(fold(value or "")).strip()
    return "".join(compared.split()) if name == "number" else compared


def satisfies(value: str, name: str, part: Query, patterns: Patterns) -> bool:
    """Whether the value of a field, as it is compared, satisfies what is inside a `Field`."""
    if name == "number":
        return bool(value) and holds(part, value, patterns, _has_whole_digits)
    return bool(value) and holds(part, value, patterns)


def _has_whole_digits(text: str, sought: str) -> bool:
    """Whether `sought` stands in a text without beginning or ending between two digits."""
    start = text.find(sought)
    while start >= 0:
        end = start + len(sought)
        if not (_between_digits(text, start) or _between_digits(text, end)):
            return True
        start = text.find(sought, start + 1)
    return False


def _between_digits(text: str, place: int) -> bool:
    return 0 < place < len(text) and text[place - 1].isdigit() and text[place].isdigit()
