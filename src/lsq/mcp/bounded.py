"""Limit the size of answers: as many items as fit, and the offset of the rest."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

Object = dict[str, Any]

# In bytes of UTF-8: the maximum size of an answer, as text and structured content together.
LARGEST: Final = 20_000
# In characters: the texts of an item that is too large are cut to this length.
_BEGINNING: Final = 300


def as_text(value: Any) -> str:
    """An answer as JSON text, without nulls and highlights; for clients that take only text."""
    return json.dumps(_without_nulls(value), ensure_ascii=False, separators=(",", ":"))


def size(value: Any) -> int:
    """The maximum size of an answer, or a part of one, when it is sent, in bytes."""
    structured = json.dumps(value, ensure_ascii=False)
    text = json.dumps(as_text(value), ensure_ascii=False)
    return sum(len(one.encode("utf-8", "replace")) for one in (structured, text))


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: one for name, one in value.items() if one is not None}
        return {name: _without_nulls(one) for name, one in kept.items() if name != "highlights"}
    return [_without_nulls(one) for one in value] if isinstance(value, list) else value


def paged(values: Object, name: str, items: Sequence[Object], offset: int) -> Object:
    """An answer of these values, with as many items as fit from `offset` on under `name`."""
    answer = values | {"total": len(items), "offset": offset, "next_offset": None, name: []}
    return with_items(answer, name, items[offset:])


def with_items(answer: Object, name: str, items: Iterable[Object]) -> Object:
    """The answer with as many items as fit, and the offset of the next one."""
    taken = fitting(items, answer)
    after = answer["offset"] + len(taken)
    return answer | {name: taken, "next_offset": after if after < answer["total"] else None}


def fitting(items: Iterable[Object], answer: Object) -> list[Object]:
    """As many items as fit into an answer; at least one, shortened if it is too large."""
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
    """The value with its texts cut, and only the first item of each list."""
    match value:
        case str():
            return value if len(value) <= _BEGINNING else value[: _BEGINNING - 1] + "…"
        case dict():
            return {name: _shortened(one) for name, one in value.items() if name != "highlights"}
        case list():
            return [_shortened(one) for one in value[:1]]
    return value
