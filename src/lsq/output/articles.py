"""Whole articles with their metadata, for people and for programs."""

from collections.abc import Iterable
from typing import Any, TextIO

from lsq.model import Article, Place
from lsq.output.lines import sanitize
from lsq.output.records import metadata, to_json


def write_plain(articles: Iterable[Article], out: TextIO) -> None:
    """Write each article: its id, what is known of it, its paragraphs, a blank line.

    A paragraph is one line, so that other programs can take it up.
    """
    for article in articles:
        start = article.place(0)
        said = f"{_said(start)}, recognised" if article.ocr else _said(start)
        out.write(sanitize(f"{article.id} ({said})") + "\n")
        for name, value in metadata(article).items():
            if value is not None:
                out.write(sanitize(f"{name}: {value}") + "\n")
        out.write("\n")
        out.writelines(sanitize(text) + "\n" for text, _ in article.paragraphs())
        out.write("\n")


def _said(place: Place) -> str:
    if place.sheet is not None:
        return f"sheet {place.sheet}, row {place.row}"
    return f"page {place.page}" if place.page else f"line {place.line}"


def write_json(articles: Iterable[Article], out: TextIO) -> None:
    """Write one JSON object, `{"format_version": 1, "articles": […]}`."""
    out.write(to_json({"articles": [_record(article) for article in articles]}) + "\n")


def _record(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "path": article.path,
        **article.place(0)._asdict(),
        **metadata(article),
        "ocr": article.ocr,
        "paragraphs": [{"text": text, **place._asdict()} for text, place in article.paragraphs()],
    }
