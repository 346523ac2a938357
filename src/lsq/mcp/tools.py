"""The tools for assistants. A tool is a row of `TOOLS`: its arguments and its answer.

Answers are objects with values as in the JSON formats (`lsq/output/schema.json`). A long answer
has as many items as fit, and the offset of the next one.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from lsq.counting.contents import Info
from lsq.counting.facets import FACETS, TOP
from lsq.counting.groups import GROUPS
from lsq.index import Index
from lsq.mcp import guide
from lsq.mcp.bounded import Object, fitting, paged, with_items
from lsq.model import SORTS, Article
from lsq.output.citations import citation_record
from lsq.output.counts import summary_record, trend_records
from lsq.output.records import metadata, records
from lsq.query.fields import SPECS
from lsq.query.filters import Filters

# The maximum number of hits in an answer, and of snippets of each.
MOST_HITS: Final = 50
MOST_SNIPPETS: Final = 10
# In characters: a longer paragraph is split.
_PIECE: Final = 1_500

_TEXT: Final = {"type": "string"}
_TEXTS: Final = {"type": "array", "items": _TEXT}
_COUNT: Final = {"type": "integer", "minimum": 0}
_FROM_1: Final = {"type": "integer", "minimum": 1}
_NEXT: Final = {"type": ["integer", "null"]}


class Tool(NamedTuple):
    """A tool.

    Attributes:
        name: its name.
        description: its description for the assistant.
        arguments: the JSON Schema of each argument, by name.
        required: the names of the required arguments.
        answer: the JSON Schema of each value of the answer, by name; all are always present.
        run: returns the answer for an index and valid arguments; raises LsqError.
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


def _matching(given: Object) -> Any:
    """The keywords besides the query that decide which articles match."""
    filters = {name: given[name] for name in _FILTERS if name in given}
    return {
        "any_word": given.get("any", False),
        "literal": given.get("literal", False),
        "filters": Filters(**filters) if filters else None,
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
        "incomplete": index.is_incomplete,
        "hits": [],
        "hints": None if results.total else _hints(index, given["query"], matching),
    }
    return with_items(answer, "hits", records(results, explain=False))


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
    article = index.named_article(given["id"])
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
    answer["paragraphs"] = fitting(pieces[first - 1 : last], answer)
    if (after := first + len(answer["paragraphs"])) <= len(pieces):
        answer["next_paragraph"] = after
    return answer


def _pieces(article: Article) -> Iterator[Object]:
    """The paragraphs of an article, long ones split, each with its place."""
    start = len(article.title or "") + 1
    for text in article.body.split("\n"):
        for offset in range(0, len(text), _PIECE):
            place = article.place(start + offset)
            known = {name: one for name, one in place._asdict().items() if one is not None}
            yield {"text": text[offset : offset + _PIECE], **known}
        start += len(text) + 1


def _facets(index: Index, given: Object) -> Object:
    found = index.facets(
        given["query"], given.get("by", FACETS), given.get("top", TOP), **_matching(given)
    )
    rows = [one._asdict() for one in found]
    return paged({"query": given["query"]}, "facets", rows, given.get("offset", 0))


def _trend(index: Index, given: Object) -> Object:
    trends = index.trends(by=given.get("by", "year"), **_matching(given))
    trend = trends.of(given["query"])
    rows = list(trend_records(trend, trends, None))
    return paged(summary_record(trend, trends), "rows", rows, given.get("offset", 0))


def _cite(index: Index, given: Object) -> Object:
    find = index.cited_by if given.get("direction") == "to" else index.citations
    found = list(map(citation_record, find(given["name"])))
    return paged({"name": given["name"]}, "references", found, given.get("offset", 0))


def _info(index: Index, _given: Object) -> Object:
    return index.info()._asdict()


@cache
def _definitions() -> Object:
    """The definitions of the schema of the JSON formats."""
    source = files("lsq.output") / "schema.json"
    definitions: Object = json.loads(source.read_text("utf-8"))["$defs"]
    return definitions


_DATE: Final = {"type": "string", "description": "As 2020, 2020-08 or 2020-08-26."}
# The filters that are options of `lsq search`.
_FILTERS: Final = {
    "since": _DATE,
    "until": _DATE,
    **{
        spec.name: {**_TEXTS, "description": f"{spec.label}: contains one of these."}
        for spec in SPECS
        if spec.help
    },
}
_MATCHING: Final[Object] = {
    "any": {"type": "boolean", "description": "One matching word is enough; default false."},
    "literal": {"type": "boolean", "description": "Only literal matches; default false."},
    **_FILTERS,
}
_QUERY: Final = {**_TEXT, "description": "In the query language of the instructions."}
_INFO: Final[Object] = _definitions()["info"]["properties"]
_OFFSET: Final = {**_COUNT, "description": "How many of the first to skip; default 0."}
_PAGED: Final = {"total": _COUNT, "offset": _COUNT, "next_offset": _NEXT}
_HITS: Final = {"type": "array", "items": {"$ref": "#/$defs/hit"}}

TOOLS: Final = (
    Tool(
        name="search",
        description=guide.SEARCH,
        arguments={
            "query": _QUERY,
            "limit": {**_FROM_1, "maximum": MOST_HITS, "description": "Default 10."},
            "offset": _OFFSET,
            "snippets": {
                **_COUNT,
                "maximum": MOST_SNIPPETS,
                "description": "Of each hit; default 3.",
            },
            "sort": {"enum": list(SORTS), "description": "Default relevance."},
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
            "incomplete": {"type": "boolean"},
            "hits": _HITS,
            "hints": {"type": ["object", "null"]},
        },
        run=_search,
    ),
    Tool(
        name="show",
        description=guide.SHOW,
        arguments={
            "id": {
                **_TEXT,
                "description": "Of a hit: path#number; or the number or the title of an article.",
            },
            "first_paragraph": {**_FROM_1, "description": "The first to return; default 1."},
            "last_paragraph": {**_FROM_1, "description": "The last to return; default the last."},
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
            "by": {"type": "array", "items": {"enum": list(FACETS)}, "description": "Default all."},
            "top": {**_FROM_1, "description": f"How many values of each; default {TOP}."},
            "offset": _OFFSET,
            **_MATCHING,
        },
        required=("query",),
        answer={
            "query": _TEXT,
            **_PAGED,
            "facets": {"type": "array", "items": {"type": "object", "required": ["value"]}},
        },
        run=_facets,
    ),
    Tool(
        name="trend",
        description=guide.TREND,
        arguments={
            "query": _QUERY,
            "by": {"enum": list(GROUPS), "description": "Default year."},
            "offset": _OFFSET,
            **_MATCHING,
        },
        required=("query",),
        answer={
            "query": _TEXT,
            "by": _TEXT,
            "summary": {"type": "object"},
            **_PAGED,
            "rows": {"type": "array", "items": {"type": "object", "required": ["occurrences"]}},
        },
        run=_trend,
    ),
    Tool(
        name="cite",
        description=guide.CITE,
        arguments={
            "name": {**_TEXT, "description": "The id, the number or the title of an article."},
            "direction": {"enum": ["from", "to"], "description": "Default from."},
            "offset": _OFFSET,
        },
        required=("name",),
        answer={
            "name": _TEXT,
            **_PAGED,
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
