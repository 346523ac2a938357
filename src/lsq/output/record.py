"""A hit as programs get it: the names and values of the JSON formats.

A stable interface: a name that stands here keeps its meaning, and whoever changes
that raises `FORMAT_VERSION`. Unknown values are null.
"""

import json
from collections.abc import Iterator
from typing import Any

from lsq.model import Article, Hit, Snippet
from lsq.output.safety import escaped
from lsq.search.searcher import Results

FORMAT_VERSION = 1

_SEARCHED = ("title", "date", "published", "issuer", "number", "kind")


def records(results: Results, *, explain: bool) -> Iterator[dict[str, Any]]:
    """The hits as plain values; what explains one comes last."""
    for hit in results:
        if explain:
            from lsq.output import explanation

            yield _hit(hit) | {"explanation": explanation.record(results.explain(hit))}
        else:
            yield _hit(hit)


def _hit(hit: Hit) -> dict[str, Any]:
    """The hit as plain values; its line or page is where its article starts."""
    article = hit.article
    return {
        "rank": hit.rank,
        "id": article.id,
        "path": article.path,
        **article.place(0)._asdict(),
        **{name: getattr(article, name) for name in _SEARCHED},
        "score": round(hit.score, 6),
        "snippets": [_snippet(snippet) for snippet in hit.snippets],
    }


def metadata(article: Article) -> dict[str, str | None]:
    """All that is known of an article besides its text, by name."""
    return {name: getattr(article, name) for name in (*_SEARCHED, "column", "byline")}


def to_json(value: dict[str, Any]) -> str:
    """JSON (RFC 8259) on one line, after its format version."""
    versioned = {"format_version": FORMAT_VERSION, **value}
    return escaped(json.dumps(versioned, ensure_ascii=False))


def _snippet(snippet: Snippet) -> dict[str, Any]:
    return {
        "text": snippet.text,
        **snippet.place._asdict(),
        "highlights": [list(highlight) for highlight in snippet.highlights],
    }
