"""Print the answers to queries, with notes and hints on stderr; each returns the exit code."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from lsq.cli.display import Display, Printing
from lsq.cli.streams import note
from lsq.errors import QueryError
from lsq.messages import _
from lsq.search.request import SearchRequest

if TYPE_CHECKING:
    from lsq.index import Index
    from lsq.output import Format, OutputOptions
    from lsq.search.searcher import Results
    from lsq.search.thesaurus import Entry

_FOUND, _NOTHING = 0, 1
# The number of hits of --any that are shown if a search finds nothing.
_RELAXED_HITS = 3
# Only queries that contain one of these are parsed for operators of other programs.
_FOREIGN_OPERATORS = frozenset("!！+＋*＊?？&＆—–'‘’(（或且")
_OPERATOR_WORDS = ("or", "and", "not")
_CHINESE_DIGITS = frozenset("〇○零一二三四五六七八九")
_YEAR = r"\d{4}|[一二][〇○零一二三四五六七八九]{3}"


def print_hits(
    index: "Index",
    request: SearchRequest,
    printing: Printing,
    display: Display,
    *,
    group: bool = False,
) -> int:
    """Print the hits; with `group`, reprints are one hit."""
    format_, options = printing.resolve(display)
    find = index.group_reprints if group else index.answer
    results = find(request, printing.shown(format_))
    if (
        results.total
        and not results.literal_total
        and request.sort == "relevance"
        and not request.any_word
        and (results.synonym_total or results.asks_for_words)
    ):
        from lsq.output.explanation import no_article_has

        note(no_article_has(request.query))
    note_synonyms(_effective_synonyms(results))
    if format_.document and results.total:
        options = options._replace(facets=index.facets(request.query, **request.matching))
    if not (display.at_terminal and format_.name == "terminal"):
        with display.paged() as out:
            format_.write(results, out, options)
        return report(index, request, len(results), results.total)
    from lsq.cli.recent import remembered

    with remembered() as written:
        options = options._replace(written=written)
        with display.paged() as out:
            format_.write(results, out, options)
        code = report(index, request, len(results), results.total)
        if not (results.total or request.any_word):
            _print_relaxed(index, request, printing, format_, options)
    return code


def note_folders(words: Sequence[str]) -> None:
    """Note how to search in a folder, if a word of a query names one."""
    if any(os.path.isdir(word) for word in words if "/" in word or os.sep in word):
        from lsq.cli.mistakes import folder_note

        note(folder_note(words))


def _print_relaxed(
    index: "Index",
    request: SearchRequest,
    printing: Printing,
    format_: "Format",
    options: "OutputOptions",
) -> None:
    """Print the best hits of `--any`, if there are any, below a rule."""
    from lsq.output.terminal.hits import write_rule

    relaxed = request._replace(any_word=True, literal=False, offset=0, limit=_RELAXED_HITS)
    results = index.answer(relaxed, printing.shown(format_))
    if results.total:
        note_synonyms(results.entries)
        write_rule(_("the best hits with --any"), sys.stdout, options)
        # The rule already says how to see more.
        format_.write(results, sys.stdout, options._replace(pages=False))


def print_files(index: "Index", request: SearchRequest, *, null: bool) -> int:
    """Print the files with hits, each followed by a line end or NUL; the limit counts files."""
    from lsq.output.printable import write_paths

    results = index.answer(request._replace(offset=0, limit=None))
    note_synonyms(_effective_synonyms(results))
    paths = results.paths()
    printed = paths[request.offset :][: request.limit]
    write_paths(printed, sys.stdout, null=null)
    return report(index, request, len(printed), len(paths))


def print_count(index: "Index", request: SearchRequest) -> int:
    """Print the number of matching articles."""
    total = index.count(request.query, **request.matching)
    entries = index.synonyms(request)
    if entries and total != index.count(request.query, **request.matching | {"synonyms": False}):
        note_synonyms(entries)
    print(total)
    return report(index, request, total, total, counted=True)


def print_nothing(index: "Index", request: SearchRequest) -> int:
    """Print nothing: the exit code is the answer."""
    found = index.count(request.query, **request.matching)
    return _FOUND if found else _NOTHING


def open_first(index: "Index", request: SearchRequest) -> int:
    """Open the first hit in an editor or viewer."""
    from lsq.cli.opening import open_hit

    results = index.answer(request._replace(limit=1), 1)
    open_hit(results)
    return report(index, request, len(results), results.total)


def print_explanation(index: "Index", request: SearchRequest, name: str, *, as_json: bool) -> int:
    """Print why an article matches, or why it does not."""
    from lsq.output.explanation import write_explanation

    rank, explanation = index.explain(request.query, name, **request.matching)
    write_explanation(request.query, name, rank, explanation, sys.stdout, as_json=as_json)
    return _FOUND if explanation.verdict.matches else _NOTHING


def print_table(
    display: Display,
    format_: str,
    rows: Sequence[Any],
    write: Callable[[TextIO], None],
    write_at_terminal: Callable[[TextIO], None],
    summary: Callable[[], str] | None = None,
) -> None:
    """Print a table of counts; in plain, its summary follows on stderr.

    Args:
        display: the settings for output.
        format_: the name of the format.
        rows: the rows; without any, nothing is printed at a terminal.
        write: writes the table in `format_`, if that is not terminal.
        write_at_terminal: writes it at a terminal; it imports rich, so it is called late.
        summary: describes the totals.
    """
    with display.paged() as out:
        if format_ != "terminal":
            write(out)
        elif rows:
            write_at_terminal(out)
        if format_ == "plain" and rows and summary:
            out.flush()
            note(summary())


def report(
    index: "Index", request: SearchRequest, shown: int, total: int, *, counted: bool = False
) -> int:
    """Return the exit code; print notes, and hints if nothing was shown.

    If a count was printed, "nothing found" is not repeated: only other hints are printed.
    """
    if index.is_incomplete:
        sys.stdout.flush()
        note(
            _(
                "{location}: the index is not complete yet: its first lsq index is still running, "
                "or was stopped; then run it again"
            ).format(location=index.location)
        )
    if _may_have_operator(request.query):
        sys.stdout.flush()
        _note_operators(index, request)
    if _may_have_year(request.query):
        sys.stdout.flush()
        _note_period(request)
    if shown:
        return _FOUND
    sys.stdout.flush()
    if total:
        note(_("--offset skips all {total:,} hits").format(total=total))
    else:
        _print_hints(index, request, counted=counted)
    return _NOTHING


def report_counted(index: "Index", request: SearchRequest, rows: int) -> int:
    """Return the exit code of a count of occurrences; note why there are none."""
    if rows or not index.count(request.query, **request.matching):
        return report(index, request, rows, rows)
    sys.stdout.flush()
    note(_("articles match, but nothing in their texts is an occurrence of this query"))
    return _NOTHING


# These checks keep most searches from compiling a regular expression.
def _may_have_operator(query: str) -> bool:
    if not _FOREIGN_OPERATORS.isdisjoint(query):
        return True
    typed = query.casefold()
    has_any = any(word in typed for word in _OPERATOR_WORDS)
    return has_any and re.search(rf"\b(?:{'|'.join(_OPERATOR_WORDS)})\b", typed) is not None


def _may_have_year(query: str) -> bool:
    digits = sum(char.isdecimal() or char in _CHINESE_DIGITS for char in query)
    return digits >= 4 and re.search(_YEAR, query) is not None  # noqa: PLR2004  # as in a year


def _note_operators(index: "Index", request: SearchRequest) -> None:
    """Note text that looks like an operator, unless articles contain it as text."""
    literal: bool | None = None
    for text, instead, sure in index.foreign_operators(request.query):
        if not sure and literal is None:
            matching = request.matching | {"literal": True}
            literal = bool(index.count(request.query, **matching))
        if sure or not literal:
            note(
                _("{text} is text here, not an operator; write {instead}").format(
                    text=text, instead=instead
                )
            )


def _note_period(request: SearchRequest) -> None:
    """Note how to search the period that the query states in words."""
    from lsq.cli.mistakes import quoted
    from lsq.search.wording import stated_period

    period = stated_period(request.query)
    if period is None or (request.filters and {"since", "until"} & set(request.filters.given)):
        return
    dates = [f" --since {period.since}"] if period.since else []
    dates += [f" --until {period.until}"] if period.until else []
    command = f"lsq search {quoted(period.rest)}{''.join(dates)}"
    note(_("for the articles dated so: {command}").format(command=command))


def _effective_synonyms(results: "Results") -> "Sequence[Entry]":
    """The synonym entries to note: none if the typed words alone found everything."""
    has_effect = results.request.any_word or results.synonym_total or not results.total
    return results.entries if has_effect else ()


def note_synonyms(entries: "Iterable[Entry]") -> None:
    """Note which words are searched besides those typed."""
    if terms := dict.fromkeys(term for entry in entries for term in entry.terms):
        from lsq.text.fold import usual_spelling

        note(_("also searching: {terms}").format(terms=usual_spelling(" ".join(terms))))


def _print_hints(index: "Index", request: SearchRequest, *, counted: bool) -> None:
    from lsq.output.explanation import write_hints

    filters = request.filters
    try:
        hints = index.hints(request.query, **request.matching)
    except QueryError:  # a part of the query alone takes too long
        return
    if counted and not any(hints):
        return
    given = [f"--{name}" for name in filters.given] if filters else []
    write_hints(hints, request.query, given, sys.stderr)
    words = [word for word in request.query.split() if "/" not in word]
    if any(map(os.path.isdir, words)):
        from lsq.cli.mistakes import folder_note

        note(folder_note(request.query.split()))
