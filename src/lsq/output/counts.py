"""Write trends, facets, collocates and phrases as lines and as rows for programs.

Rows are a stable interface, as `lsq.output.records` is.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TextIO

from lsq.counting.collocates import Collocate, Collocates
from lsq.counting.facets import Facet
from lsq.counting.kwic import KwicLine
from lsq.counting.phrases import Phrase, Phrases
from lsq.counting.trend import Trend, Trends
from lsq.messages import _
from lsq.output.printable import (
    counted,
    location,
    occurrences_in_articles,
    promptly,
    sanitize,
)
from lsq.output.rows import TABLES

TREND_COLUMNS: Final = (
    "query", "by", "value", "occurrences", "articles", "of", "characters", "per_million",
)  # fmt: skip
COLLOCATE_COLUMNS: Final = (
    "word", "together", "articles", "occurrences", "expected", "g2", "logdice", "mi3",
)  # fmt: skip
PHRASE_COLUMNS: Final = (
    "phrase", "words", "occurrences", "articles", "elsewhere", "g2", "log_ratio", "cohesion",
    "left_entropy", "right_entropy",
)  # fmt: skip
FACET_COLUMNS: Final = ("by", "value", "articles", "of", "query")


def write_trends(
    found: Sequence[Trend], trends: Trends, limit: int | None, out: TextIO, format_: str
) -> None:
    """Write a row for each query and group; in jsonl each query ends with a summary."""

    def rows() -> Iterator[dict[str, Any]]:
        for trend in found:
            yield from trend_records(trend, trends, limit)
            if format_ == "jsonl":
                yield summary_record(trend, trends)

    if format_ == "plain":
        columns = TREND_COLUMNS[2:] if len(found) == 1 else ("query", *TREND_COLUMNS[2:])
        _write_lines(rows(), columns, out)
    else:
        TABLES[format_](rows(), TREND_COLUMNS, out)


def trend_records(trend: Trend, trends: Trends, limit: int | None) -> Iterator[dict[str, Any]]:
    """The rows of a trend as plain values."""
    for row in trend.rows[: limit or None]:
        named = {"query": trend.query, "by": trends.by}
        yield named | row._asdict() | {"per_million": round(row.per_million, 6)}


def summary_record(trend: Trend, trends: Trends) -> dict[str, Any]:
    """The totals of a trend, its first and last occurrence, and the index, as plain values."""
    return {
        "query": trend.query,
        "by": trends.by,
        "summary": {
            "occurrences": trend.occurrences,
            "articles": trend.articles,
            "outside": trend.outside,
            "first": _occurrence(trend.first),
            "last": _occurrence(trend.last),
            "index": {
                "articles": trends.articles,
                "undated": trends.undated,
                "reduced": trends.reduced,
                "first_day": trends.span and _iso(trends.span[0]),
                "last_day": trends.span and _iso(trends.span[1]),
            },
        },
    }


def _occurrence(line: KwicLine | None) -> dict[str, Any] | None:
    if line is None:
        return None
    text = f"{line.left}{line.match}{line.right}"
    place = line.place._asdict()
    return {"id": line.id, "path": line.path, **place, "date": line.date, "text": text}


def summary(trend: Trend, trends: Trends) -> Iterator[str]:
    """The same summary in lines for people."""
    if trend.first and trend.last:
        yield _("first: {occurrence}").format(occurrence=_occurrence_line(trend.first))
        yield _("last: {occurrence}").format(occurrence=_occurrence_line(trend.last))
    if trend.outside:
        yield _("{outside:,} of {occurrences:,} occurrences are in articles of no period").format(
            outside=trend.outside, occurrences=trend.occurrences
        )
    span = " – ".join(map(_iso, trends.span)) if trends.span else _("no dates")
    yield _(
        "the index: {articles}, {span}; undated: {undated:,}; dated too coarsely for a row: "
        "{reduced:,}"
    ).format(
        articles=counted(trends.articles),
        span=span,
        undated=trends.undated,
        reduced=trends.reduced,
    )
    yield _("the text of a law is that of its last amendment, not that of its first date")


def _occurrence_line(line: KwicLine) -> str:
    where = location(line.path, line.place)
    return f"{line.date}  {where}  …{line.left}{line.match}{line.right}…"


def _iso(day: int) -> str:
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"


def write_facets(found: Sequence[Facet], out: TextIO, format_: str) -> None:
    """Write a row for each value."""
    rows = (facet._asdict() for facet in found)
    if format_ == "plain":
        _write_lines(rows, FACET_COLUMNS, out)
    else:
        TABLES[format_](rows, FACET_COLUMNS, out)


def write_collocates(found: Sequence[Collocate], out: TextIO, format_: str) -> None:
    """Write a row for each word."""
    rows = map(collocate_record, found)
    if format_ == "plain":
        _write_lines(rows, COLLOCATE_COLUMNS, out)
    else:
        TABLES[format_](rows, COLLOCATE_COLUMNS, out)


def collocate_record(one: Collocate) -> dict[str, Any]:
    """A word with its numbers as plain values."""
    values = one._asdict()
    return values | {name: round(values[name], 6) for name in ("expected", "g2", "logdice", "mi3")}


def collocates_summary(found: Collocates) -> str:
    """The totals of collocates, for people."""
    return _("{occurrences}; {beside:,} words beside them, of {words:,} in the index").format(
        occurrences=occurrences_in_articles(found.occurrences, found.articles),
        beside=found.beside,
        words=found.words,
    )


def write_phrases(found: Phrases, out: TextIO, format_: str) -> None:
    """Write a row for each phrase."""
    rows = map(phrase_record, found.rows)
    if format_ == "plain":
        _write_lines(rows, PHRASE_COLUMNS, out)
    else:
        TABLES[format_](rows, PHRASE_COLUMNS, out)


def phrase_record(one: Phrase) -> dict[str, Any]:
    """A phrase with its numbers as plain values; null for unknown values."""
    return {
        "phrase": one.text,
        "words": one.words,
        "occurrences": one.occurrences,
        "articles": one.articles,
        "elsewhere": one.elsewhere,
        "g2": _rounded(one.g2),
        "log_ratio": _rounded(one.log_ratio),
        "cohesion": _rounded(one.cohesion),
        "left_entropy": _rounded(one.left),
        "right_entropy": _rounded(one.right),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def phrases_summary(found: Phrases) -> str:
    """The sizes of the articles and of the reference, for people."""
    target = _("{articles}, {characters:,} characters").format(
        articles=counted(found.articles), characters=found.characters
    )
    if not found.other_articles:
        return target
    reference = _("{articles}, {characters:,} characters").format(
        articles=counted(found.other_articles), characters=found.other_characters
    )
    return _("{these}; compared with {others}").format(these=target, others=reference)


def _write_lines(rows: Iterable[dict[str, Any]], columns: Sequence[str], out: TextIO) -> None:
    """Write rows as lines of values separated by tabs."""

    def cell(value: Any) -> str:
        return "-" if value is None else sanitize(str(value))

    promptly(
        ("\t".join(cell(row[name]) for name in columns) + "\n" for row in rows), out.write, out
    )
