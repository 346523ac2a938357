"""The tools for an assistant. A tool is a row of `TOOLS`: its arguments and its answer.

An answer is an object, of values as the JSON formats have them (`lsq/output/schema.json`). It
has as many hits or paragraphs as an assistant can take, and says where to go on.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from lsq.counting.facets import FACETS, TOP
from lsq.counting.groups import GROUPS
from lsq.index import Index, Info
from lsq.mcp import guide
from lsq.model import SORTS, Article
from lsq.output.citations import citation_record
from lsq.output.counts import summary_record, trend_records
from lsq.output.records import metadata, records
from lsq.query.fields import SPECS
from lsq.query.filters import Filters

Object = dict[str, Any]

# In bytes of UTF-8: what an answer may take, as text and as structured content together.
LARGEST: Final = 20_000
# How many hits may be asked for, and snippets of each.
MOST_HITS: Final = 50
MOST_SNIPPETS: Final = 10
# In characters: a longer paragraph comes in pieces; of what else is longer, the beginning.
_PIECE: Final = 1_500
_BEGINNING: Final = 300

_TEXT: Final = {"type": "string"}
_TEXTS: Final = {"type": "array", "items": _TEXT}
_COUNT: Final = {"type": "integer", "minimum": 0}
_FROM_1: Final = {"type": "integer", "minimum": 1}
_NEXT: Final = {"type": ["integer", "null"]}


class Tool(NamedTuple):
    """A tool.

    Attributes:
        name: what it is called.
        description: for the assistant.
        arguments: JSON Schema of what it takes, by name.
        required: the arguments that must be there.
        answer: JSON Schema of what it gives, by name; all of it is always there.
        run: makes an answer of an index and arguments that are as described. It raises
            LsqError, whose message says why there is none.
    """

    name: str
    description: str
    arguments: Object
    required: tuple[str, ...]
    answer: Object
    run: Callable[[Index, Object], Object]

    def input_schema(self) -> Object:
        """JSON Schema of its arguments."""
        return {
            "type": "object",
            "properties": self.arguments,
            "required": list(self.required),
            "additionalProperties": False,
        }

    def output_schema(self) -> Object:
        """JSON Schema of its answers."""
        return {
            "type": "object",
            "properties": self.answer,
            "required": list(self.answer),
            "$defs": _definitions(),
        }


def as_text(value: Any) -> str:
    """An answer as text, for clients that take nothing else: JSON, without what is unknown."""
    return json.dumps(_known(value), ensure_ascii=False, separators=(",", ":"))


def size(value: Any) -> int:
    """How many bytes an answer, or a part of one, takes at most when it is sent."""
    structured = json.dumps(value, ensure_ascii=False)
    text = json.dumps(as_text(value), ensure_ascii=False)
    return sum(len(one.encode("utf-8", "replace")) for one in (structured, text))


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: one for name, one in value.items() if one is not None}
        return {name: _known(one) for name, one in kept.items() if name != "highlights"}
    return [_known(one) for one in value] if isinstance(value, list) else value


def _matching(given: Object) -> Any:
    """Everything except the query that determines the matches, by name."""
    limits = {name: given[name] for name in _LIMITS if name in given}
    return {
        "any_word": given.get("any", False),
        "literal": given.get("literal", False),
        "filters": Filters(**limits) if limits else None,
    }


def _search(index: Index, given: Object) -> Object:
    offset, matching = given.get("offset", 0), _matching(given)
    results = index.search(
        given["query"],
        given.get("limit", 10),
        offset=offset,
        snippets=given.get("snippets", 3),
        sort=given.get("sort", "relevance"),
        **matching,
    )
    answer: Object = {
        "query": results.query,
        "total": results.total,
        "literal_total": results.literal_total,
        "synonym_total": results.synonym_total,
        "offset": offset,
        "next_offset": None,
        "hits": [],
        "hints": None if results.total else _hints(index, given["query"], matching),
    }
    return _listed(answer, "hits", records(results, explain=False))


def _hints(index: Index, query: str, matching: Any) -> Object:
    hints = index.hints(query, **matching)
    return {
        "missing": [
            {
                "query": missing.query,
                "words": list(missing.words),
                "near": [one._asdict() for one in missing.corrections],
            }
            for missing in hints.missing
        ],
        "with_any": hints.with_any,
        "without_filters": hints.unfiltered,
    }


def _show(index: Index, given: Object) -> Object:
    article = index.article(given["id"])
    first = given.get("first_paragraph", 1)
    pieces = list(_pieces(article))
    answer = {
        "id": article.id,
        "path": article.path,
        **article.place(0)._asdict(),
        **metadata(article),
        "ocr": article.ocr,
        "paragraph_total": len(pieces),
        "first_paragraph": first,
        "next_paragraph": None,
        "paragraphs": [],
    }
    last = given.get("last_paragraph", len(pieces))
    answer["paragraphs"] = _fitting(pieces[first - 1 : last], answer)
    if (after := first + len(answer["paragraphs"])) <= len(pieces):
        answer["next_paragraph"] = after
    return answer


def _pieces(article: Article) -> Iterator[Object]:
    """The paragraphs of an article; a long one in pieces, each with its place."""
    start = len(article.title or "") + 1
    for text in article.body.split("\n"):
        for offset in range(0, len(text), _PIECE):
            place = article.place(start + offset)
            yield {"text": text[offset : offset + _PIECE], **place._asdict()}
        start += len(text) + 1


def _facets(index: Index, given: Object) -> Object:
    found = index.facets(
        given["query"], given.get("by", FACETS), given.get("top", TOP), **_matching(given)
    )
    offset = given.get("offset", 0)
    answer: Object = {
        "query": given["query"],
        "total": len(found),
        "offset": offset,
        "next_offset": None,
        "facets": [],
    }
    return _listed(answer, "facets", (one._asdict() for one in found[offset:]))


def _trend(index: Index, given: Object) -> Object:
    trends = index.trends(by=given.get("by", "year"), **_matching(given))
    trend = trends.of(given["query"])
    rows = list(trend_records(trend, trends, None))
    offset = given.get("offset", 0)
    answer = summary_record(trend, trends) | {
        "total": len(rows),
        "offset": offset,
        "next_offset": None,
        "rows": [],
    }
    return _listed(answer, "rows", rows[offset:])


def _cite(index: Index, given: Object) -> Object:
    find = index.cited_by if given.get("direction") == "to" else index.citations
    found = find(given["name"])
    offset = given.get("offset", 0)
    answer: Object = {
        "name": given["name"],
        "total": len(found),
        "offset": offset,
        "next_offset": None,
        "references": [],
    }
    return _listed(answer, "references", map(citation_record, found[offset:]))


def _info(index: Index, _given: Object) -> Object:
    return index.info()._asdict()


def _listed(answer: Object, name: str, items: Iterable[Object]) -> Object:
    """The answer with as many items as it has room for, and where to go on."""
    listed = _fitting(items, answer)
    after = answer["offset"] + len(listed)
    return answer | {name: listed, "next_offset": after if after < answer["total"] else None}


def _fitting(items: Iterable[Object], answer: Object) -> list[Object]:
    """As many of these as an answer has room for; one at least, shortened if it must be."""
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
    """The value with the beginnings of its texts, and of its lists the first."""
    match value:
        case str():
            return value if len(value) <= _BEGINNING else value[: _BEGINNING - 1] + "…"
        case dict():
            return {name: _shortened(one) for name, one in value.items() if name != "highlights"}
        case list():
            return [_shortened(one) for one in value[:1]]
    return value


@cache
def _definitions() -> Object:
    """The definitions of the schema of the JSON formats."""
    source = files("lsq.output") / "schema.json"
    definitions: Object = json.loads(source.read_text("utf-8"))["$defs"]
    return definitions


_DATE: Final = {"type": "string", "description": "As 2020, 2020-08 or 2020-08-26."}
# What limits a search besides the query: all that is an option of `lsq search`.
_LIMITS: Final = {
    "since": _DATE,
    "until": _DATE,
    **{
        spec.name: {**_TEXTS, "description": f"{spec.label}: contains one of these."}
        for spec in SPECS
        if spec.help
    },
}
_MATCHING: Final[Object] = {
    "any": {"type": "boolean", "description": "Not all of the query need apply."},
    "literal": {"type": "boolean", "description": "Words alone do not match."},
    **_LIMITS,
}
_QUERY: Final = {**_TEXT, "description": "In the query language of the instructions."}
_INFO: Final[Object] = _definitions()["info"]["properties"]
_HITS: Final = {"type": "array", "items": {"$ref": "#/$defs/hit"}}

TOOLS: Final = (
    Tool(
        name="search",
        description=guide.SEARCH,
        arguments={
            "query": _QUERY,
            "limit": {**_FROM_1, "maximum": MOST_HITS, "description": "How many hits; 10."},
            "offset": {**_COUNT, "description": "How many hits to leave out, the first; 0."},
            "snippets": {**_COUNT, "maximum": MOST_SNIPPETS, "description": "Of each hit; 3."},
            "sort": {"enum": list(SORTS), "description": "relevance"},
            **_MATCHING,
        },
        required=("query",),
        answer={
            "query": _TEXT,
            "total": _COUNT,
            "literal_total": _COUNT,
            "synonym_total": _COUNT,
            "offset": _COUNT,
            "next_offset": _NEXT,
            "hits": _HITS,
            "hints": {"type": ["object", "null"]},
        },
        run=_search,
    ),
    Tool(
        name="show",
        description=guide.SHOW,
        arguments={
            "id": {**_TEXT, "description": "Of a hit: path#number."},
            "first_paragraph": {**_FROM_1, "description": "Where to begin; 1."},
            "last_paragraph": {**_FROM_1, "description": "Where to end; the last."},
        },
        required=("id",),
        answer={
            "id": _TEXT,
            "path": _TEXT,
            "paragraph_total": _COUNT,
            "first_paragraph": _FROM_1,
            "next_paragraph": _NEXT,
            "paragraphs": {"type": "array", "items": {"type": "object", "required": ["text"]}},
        },
        run=_show,
    ),
    Tool(
        name="facets",
        description=guide.FACETS,
        arguments={
            "query": _QUERY,
            "by": {"type": "array", "items": {"enum": list(FACETS)}, "description": "All."},
            "top": {**_FROM_1, "description": f"How many values of each; {TOP}."},
            "offset": {**_COUNT, "description": "How many values to leave out, the first; 0."},
            **_MATCHING,
        },
        required=("query",),
        answer={
            "query": _TEXT,
            "total": _COUNT,
            "offset": _COUNT,
            "next_offset": _NEXT,
            "facets": {"type": "array", "items": {"type": "object", "required": ["value"]}},
        },
        run=_facets,
    ),
    Tool(
        name="trend",
        description=guide.TREND,
        arguments={
            "query": _QUERY,
            "by": {"enum": list(GROUPS), "description": "year"},
            "offset": {**_COUNT, "description": "How many rows to leave out, the first; 0."},
            **_MATCHING,
        },
        required=("query",),
        answer={
            "query": _TEXT,
            "by": _TEXT,
            "summary": {"type": "object"},
            "total": _COUNT,
            "offset": _COUNT,
            "next_offset": _NEXT,
            "rows": {"type": "array", "items": {"type": "object", "required": ["occurrences"]}},
        },
        run=_trend,
    ),
    Tool(
        name="cite",
        description=guide.CITE,
        arguments={
            "name": {**_TEXT, "description": "The id, the number or the title of an article."},
            "direction": {"enum": ["from", "to"], "description": "from"},
            "offset": {**_COUNT, "description": "How many references to leave out, the first; 0."},
        },
        required=("name",),
        answer={
            "name": _TEXT,
            "total": _COUNT,
            "offset": _COUNT,
            "next_offset": _NEXT,
            "references": {"type": "array", "items": {"type": "object", "required": ["text"]}},
        },
        run=_cite,
    ),
    Tool(
        name="info",
        description=guide.INFO,
        arguments={},
        required=(),
        answer={name: _INFO[name] for name in Info._fields},
        run=_info,
    ),
)
