"""The ways to answer a query: each prints its answer, and returns the exit code."""

import sys
from typing import TYPE_CHECKING, Any

import click

from lsq.cli.asking import Asked, Look
from lsq.cli.filters import typed_filters
from lsq.cli.notes import note
from lsq.cli.opening import open_hit
from lsq.errors import QueryError
from lsq.messages import _

if TYPE_CHECKING:
    from lsq.index import Index

_FOUND, _NOTHING = 0, 1


def print_hits(index: "Index", asked: Asked, look: Look) -> int:
    """Print the hits."""
    from lsq.output import write

    form = look.form
    results = look.searching(index, asked)(asked.query)
    options: dict[str, Any] = {"links": look.display.links()} if form == "terminal" else {}
    if look.printing.null:
        options["null"] = True
    with look.display.paged() as out:
        write(form, results, out, colour=look.display.colour, explain=look.explain, **options)
    return _told(index, asked, len(results), results.total)


def print_files(index: "Index", asked: Asked, *, null: bool) -> int:
    """Print the files with hits, after each a line end or NUL."""
    from lsq.output.names import write_paths

    paths = index.search(asked.query, sort=asked.sort, **asked.limits).paths()
    printed = paths[asked.offset :][: asked.limit or None]
    write_paths(printed, sys.stdout, null=null)
    return _told(index, asked, len(printed), len(paths))


def print_count(index: "Index", asked: Asked) -> int:
    """Print how many articles match."""
    total = index.count(asked.query, **asked.limits)
    click.echo(total)
    return _told(index, asked, total, total)


def print_nothing(index: "Index", asked: Asked) -> int:
    """Let the exit code tell alone."""
    return _FOUND if index.count(asked.query, **asked.limits) else _NOTHING


def open_first(index: "Index", asked: Asked) -> int:
    """Open the first hit in an editor or viewer."""
    results = index.search(
        asked.query, limit=1, snippets=1, sort=asked.sort, offset=asked.offset, **asked.limits
    )
    open_hit(results)
    return _told(index, asked, len(results), results.total)


def print_explanation(index: "Index", asked: Asked, name: str, *, as_json: bool) -> int:
    """Print why the article with this id matches, or why it does not."""
    from lsq.output.explanation import write_explanation

    rank, explanation = index.explain(asked.query, name, **asked.limits)
    write_explanation(asked.query, name, rank, explanation, sys.stdout, as_json=as_json)
    return _FOUND if explanation.verdict.matches else _NOTHING


def _told(index: "Index", asked: Asked, shown: int, total: int) -> int:
    """The exit code; where nothing was shown, stderr says what would help."""
    if shown:
        return _FOUND
    sys.stdout.flush()
    if total:
        note(_("--offset leaves out all {total:,} that there are").format(total=total))
    else:
        _print_hints(index, asked)
    return _NOTHING


def _print_hints(index: "Index", asked: Asked) -> None:
    from lsq.output.hints import write_hints

    try:
        hints = index.hints(asked.query, **asked.limits)
    except QueryError:  # a part of the query takes too long, where the whole did not
        return
    filters = asked.filters
    write_hints(hints, typed_filters(filters) if filters else [], sys.stderr)
