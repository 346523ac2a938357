"""The JSON formats: hits and articles as named values; and whole articles as plain lines.

Hits are one line each (jsonl) or one object for the search (json). This is a stable interface:
a name keeps its meaning, or `FORMAT_VERSION` is raised. Unknown values are null. `schema.json`
describes it.
"""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

from lsq.errors import QueryError
from lsq.hit import Hit, Snippet
from lsq.model import Article, Place
from lsq.output import OutputOptions
from lsq.output.printable import escaped, promptly, sanitize
from lsq.query.fields import METADATA
from lsq.search.searcher import Results

if TYPE_CHECKING:
    from lsq.search.explain import Explanation, Verdict

FORMAT_VERSION = 1
# `json.dumps` would make an encoder each time.
_encode = json.JSONEncoder(ensure_ascii=False).encode


def write_lines(results: Results, out: TextIO, options: OutputOptions) -> None:
    """Write a JSON object per hit, each on a line (https://jsonlines.org)."""
    named = {"query": results.query} if options.named else {}
    hits = records(results, explain=options.explain)
    promptly((to_json(named | hit) + "\n" for hit in hits), out.write, out)


def write_object(results: Results, out: TextIO, options: OutputOptions) -> None:
    """Write one JSON object: the query, the number of matches and the hits."""
    hits = list(records(results, explain=options.explain))
    totals = {
        "total": results.total,
        "literal_total": results.literal_total,
        "synonym_total": results.synonym_total,
    }
    out.write(to_json({"query": results.query, **totals, "hits": hits}) + "\n")


def write_rows(rows: Iterable[dict[str, Any]], out: TextIO) -> None:
    """Write a JSON object per row, each on a line."""
    promptly((to_json(row) + "\n" for row in rows), out.write, out)


def write_refused(error: QueryError, out: TextIO) -> None:
    """Write the error of an invalid query instead of its object."""
    out.write(to_json({"query": error.query, "error": error.reason}) + "\n")


def records(results: Results, *, explain: bool) -> Iterator[dict[str, Any]]:
    """The hits as plain values; with `explain`, each with its explanation."""
    for hit in results:
        explained = {"explanation": explanation_record(results.explain(hit))} if explain else {}
        yield _hit(hit) | explained


def explanation_record(explanation: "Explanation") -> dict[str, Any]:
    """An explanation as plain values."""
    rerank = explanation.rerank
    return {
        "tier": explanation.tier,
        "nearness": explanation.nearness,
        "score": None if explanation.score is None else round(explanation.score, 6),
        "terms": [term._asdict() | {"score": round(term.score, 6)} for term in explanation.terms],
        "rerank": rerank and {name: round(value, 6) for name, value in rerank._asdict().items()},
        "verdict": _verdict(explanation.verdict),
        "synonyms": {entry.form: list(entry.terms) for entry in explanation.entries},
    }


def metadata(article: Article) -> dict[str, str | None]:
    """The metadata of an article, by name."""
    return {name: getattr(article, name) for name in METADATA}


def to_json(value: dict[str, Any]) -> str:
    """JSON (RFC 8259) on one line, beginning with the format version."""
    versioned = {"format_version": FORMAT_VERSION, **value}
    return escaped(_encode(versioned))


def _hit(hit: Hit) -> dict[str, Any]:
    """A hit as plain values; its line or page is the start of its article."""
    found = hit.found
    return {
        "rank": hit.rank,
        "id": found.id,
        "path": found.path,
        **found.place(0)._asdict(),
        **{name: found.field(name) for name in METADATA},
        "ocr": found.field("ocr"),
        "match": hit.match,
        "score": round(hit.score, 6),
        "snippets": [_snippet(snippet) for snippet in hit.snippets],
        **({} if hit.reprints is None else {"reprints": list(hit.reprints)}),
    }


def _snippet(snippet: Snippet) -> dict[str, Any]:
    return {
        "text": snippet.text,
        **snippet.place._asdict(),
        "highlights": [list(highlight) for highlight in snippet.highlights],
    }


def _verdict(verdict: "Verdict") -> dict[str, Any]:
    return verdict._asdict() | {
        "missing": list(verdict.missing),
        "parts": [_verdict(part) for part in verdict.parts],
    }


def write_plain_articles(articles: Iterable[Article], out: TextIO) -> None:
    """Write each article: its id, its metadata, its paragraphs, a blank line.

    A paragraph is one line, for other programs.
    """
    for article in articles:
        start = article.place(0)
        place = f"{_place(start)}, recognised" if article.ocr else _place(start)
        out.write(sanitize(f"{article.id} ({place})") + "\n")
        for name, value in metadata(article).items():
            if value is not None:
                out.write(sanitize(f"{name}: {value}") + "\n")
        out.write("\n")
        out.writelines(sanitize(text) + "\n" for text, _ in article.paragraphs())
        out.write("\n")


def _place(place: Place) -> str:
    if place.sheet is not None:
        return f"sheet {place.sheet}, row {place.row}"
    return f"page {place.page}" if place.page else f"line {place.line}"


def write_json_articles(articles: Iterable[Article], out: TextIO) -> None:
    """Write one JSON object, `{"format_version": 1, "articles": […]}`."""
    out.write(to_json({"articles": [_article(article) for article in articles]}) + "\n")


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "path": article.path,
        **article.place(0)._asdict(),
        **metadata(article),
        "ocr": article.ocr,
        "paragraphs": [{"text": text, **place._asdict()} for text, place in article.paragraphs()],
    }
