"""Limit answers: as many items as fit, and the offset of the next."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

Object = dict[str, Any]

# The maximum size of an answer, text and structured content together, in bytes of UTF-8.
LARGEST: Final = 20_000
# Characters that are kept of each text of an item that does not fit alone.
_BEGINNING: Final = 300


def as_text(value: Any) -> str:
    """An answer as JSON without null values, for clients without structured content."""
    return json.dumps(_known(value), ensure_ascii=False, separators=(",", ":"))


def size(value: Any) -> int:
    """The bytes that an answer or a part of one takes when it is sent, at most."""
    structured = json.dumps(value, ensure_ascii=False)
    text = json.dumps(as_text(value), ensure_ascii=False)
    return sum(len(one.encode("utf-8", "replace")) for one in (structured, text))


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: one for name, one in value.items() if one is not None}
        return {name: _known(one) for name, one in kept.items() if name != "highlights"}
    return [_known(one) for one in value] if isinstance(value, list) else value


def paged(first: Object, name: str, items: Sequence[Object], offset: int) -> Object:
    """The answer `first` with the items from `offset` on under `name`, as many as fit."""
    answer = first | {"total": len(items), "offset": offset, "next_offset": None, name: []}
    return listed(answer, name, items[offset:])


def listed(answer: Object, name: str, items: Iterable[Object]) -> Object:
    """The answer with as many items as fit, and the offset of the next."""
    taken = fitting(items, answer)
    after = answer["offset"] + len(taken)
    return answer | {name: taken, "next_offset": after if after < answer["total"] else None}


def fitting(items: Iterable[Object], answer: Object) -> list[Object]:
    """As many items as fit into an answer, at least one, which may be shortened."""
    room = LARGEST - size(answer) - len('{"content":[{"type":"text","text":""}]}')
    taken: list[Object] = []
    for item in items:
        if (needed := size(item) + len(", , ")) > room:
            if not taken:
                taken.append(_shortened(item))
            break
        taken.append(item)
        room -= needed
    return taken


def _shortened(value: Any) -> Any:
    """Shorten texts to their beginnings, and lists to their first items."""
    match value:
        case str():
            return value if len(value) <= _BEGINNING else value[: _BEGINNING - 1] + "…"
        case dict():
            return {name: _shortened(one) for name, one in value.items() if name != "highlights"}
        case list():
            return [_shortened(one) for one in value[:1]]
    return value
