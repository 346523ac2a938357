"""The state and the contents of an index."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from lsq.engines import Engine
from lsq.engines.stamps import failed_of, read_of, skipped_of, total_notes
from lsq.model import Sort
from lsq.search import searcher
from lsq.search.request import SearchRequest


class Info(NamedTuple):
    """The state of an index, and its contents.

    Attributes:
        location: the folder or URL of the index.
        engine: "whoosh", in a folder, or "opensearch", on a cluster.
        index_format: the version of the format of its files or documents.
        updated: the time of its last change, ISO 8601; None if unknown.
        bytes: its size; None on a cluster.
        signature_bytes: the size of the signatures, which narrow searches for literals.
        files: the number of indexed files.
        articles: the number of their articles.
        first_date: the earliest date of an article, maybe reduced; None without dates.
        last_date: the latest date.
        recognised_pages: the number of pages recognised by OCR.
        recognised_articles: the number of articles with text from these.
        unrecognised_pages: the number of pages that need OCR, which was not tried.
        skipped: the number of skipped files by kind; see `lsq.readers.junk.KINDS`.
        failed: the number of files, archive members and folders that could not be read completely.
    """

    location: str
    engine: str
    index_format: int
    updated: str | None
    bytes: int | None
    signature_bytes: int | None
    files: int
    articles: int
    first_date: str | None
    last_date: str | None
    recognised_pages: int
    recognised_articles: int
    unrecognised_pages: int
    skipped: dict[str, int]
    failed: int


def info(engine: Engine) -> Info:
    """The state and the contents of an index."""
    stamps, state = engine.stamps(), engine.state()
    updated = state.updated and datetime.fromtimestamp(state.updated).astimezone()
    recognised = total_notes(stamps.values())
    return Info(
        location=engine.location,
        engine=state.engine,
        index_format=state.format_version,
        updated=updated.isoformat(timespec="seconds") if updated else None,
        bytes=state.total,
        signature_bytes=state.signatures,
        files=len(read_of(stamps)),
        articles=engine.article_count(),
        first_date=_end(engine, "date"),
        last_date=_end(engine, "-date"),
        recognised_pages=recognised.pages,
        recognised_articles=recognised.articles,
        unrecognised_pages=recognised.unread,
        skipped=dict(Counter(skipped_of(stamps).values())),
        failed=len(failed_of(stamps)),
    )


def _end(engine: Engine, order: Sort) -> str | None:
    """The date of the first article, ordered by date; None without dates."""
    hits = searcher.search(engine, SearchRequest("*", sort=order, limit=1), 0)
    return hits[0].article.date if hits else None
