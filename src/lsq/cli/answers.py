"""Answer a query: each function prints an answer, and returns the exit code."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from lsq.cli.display import Display, Printing
from lsq.cli.streams import described, note, say
from lsq.errors import QueryError
from lsq.messages import _
from lsq.query.cursor import MAX_LENGTH
from lsq.search.request import SearchRequest

if TYPE_CHECKING:
    from lsq.index import Index
    from lsq.output import Format, OutputOptions
    from lsq.search.searcher import Results
    from lsq.search.thesaurus import Entry

_FOUND, _NOTHING, _FAILED = 0, 1, 2
# How many hits of --any are shown where a search finds nothing.
_BEST = 3
# In bytes. A character has at most four: what is longer has too many, a byte order mark
# and the line's end left out.
_LONGEST = 4 * (MAX_LENGTH + 3)
# Without any of these, a query cannot look like one for another program, and is not parsed again.
_SIGNS = frozenset("!！+＋*＊?？&＆—–'‘’(（或且")
_OPERATORS = ("or", "and", "not")
# A year has four of these.
_FIGURES = frozenset("〇○零一二三四五六七八九")
_YEAR = r"\d{4}|[一二][〇○零一二三四五六七八九]{3}"


def print_hits(
    index: "Index",
    request: SearchRequest,
    printing: Printing,
    display: Display,
    *,
    group: bool = False,
) -> int:
    """Print the hits; with `group`, reprints as one."""
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
    tell_synonyms(_found_by_synonyms(results))
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
            _print_by_any(index, request, printing, format_, options)
    return code


def note_folders(words: Sequence[str]) -> None:
    """Note how to search in a folder, if a word of a query names one."""
    if any(os.path.isdir(word) for word in words if "/" in word or os.sep in word):
        from lsq.cli.mistakes import folder_note

        note(folder_note(words))


def _print_by_any(
    index: "Index",
    request: SearchRequest,
    printing: Printing,
    format_: "Format",
    options: "OutputOptions",
) -> None:
    """Print the best few hits of `--any`, under a rule, if there are any."""
    from lsq.output.terminal.hits import write_rule

    relaxed = request._replace(any_word=True, literal=False, offset=0, limit=_BEST)
    results = index.answer(relaxed, printing.shown(format_))
    if results.total:
        tell_synonyms(results.entries)
        write_rule(_("the best hits with --any"), sys.stdout, options)
        # How to see more has been said: with --any.
        format_.write(results, sys.stdout, options._replace(pages=False))


def print_files(index: "Index", request: SearchRequest, *, null: bool) -> int:
    """Print the files with hits, after each a line end or NUL; offset and limit count files."""
    from lsq.output.printable import write_paths

    results = index.answer(request._replace(offset=0, limit=None))
    tell_synonyms(_found_by_synonyms(results))
    paths = results.paths()
    printed = paths[request.offset :][: request.limit]
    write_paths(printed, sys.stdout, null=null)
    return report(index, request, len(printed), len(paths))


def print_count(index: "Index", request: SearchRequest) -> int:
    """Print how many articles match."""
    total = index.count(request.query, **request.matching)
    entries = index.synonyms(request)
    if entries and total != index.count(request.query, **request.matching | {"synonyms": False}):
        tell_synonyms(entries)
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
    """Print why the article with this id matches, or why it does not."""
    from lsq.output.explanation import write_explanation

    rank, explanation = index.explain(request.query, name, **request.matching)
    write_explanation(request.query, name, rank, explanation, sys.stdout, as_json=as_json)
    return _FOUND if explanation.verdict.matches else _NOTHING


def print_answers(
    index: "Index", request: SearchRequest, printing: Printing, display: Display
) -> int:
    """Print the hits of each query on standard input, in a format that names queries."""
    from lsq.output import Batch

    format_, options = printing.resolve(display)
    display.mark()
    batch = Batch(format_, sys.stdout, options)

    def answer(query: str) -> int:
        results = index.answer(request._replace(query=query), printing.shown(format_))
        batch.write(results)
        return results.total

    return answer_each(answer, batch.refuse)


def print_counts(index: "Index", request: SearchRequest) -> int:
    """Print, for each query on standard input, the query, a colon, how many articles match."""
    from lsq.output.printable import sanitize

    def answer(query: str) -> int:
        found = index.count(query, **request.matching)
        print(f"{sanitize(query)}:{found}", flush=True)
        return found

    return answer_each(answer, lambda _: None)


def report(
    index: "Index", request: SearchRequest, shown: int, total: int, *, counted: bool = False
) -> int:
    """The exit code; where nothing was shown, stderr says what would help.

    Where a count of 0 was printed, nothing but that is worth no line.
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
    """The exit code of what counts occurrences; where there is none, stderr says why."""
    if rows or not index.count(request.query, **request.matching):
        return report(index, request, rows, rows)
    sys.stdout.flush()
    note(_("articles match, but nothing in their texts is an occurrence of this query"))
    return _NOTHING


# Most queries contain neither, so most searches need no regular expression compiled.
def _may_have_operator(query: str) -> bool:
    if not _SIGNS.isdisjoint(query):
        return True
    typed = query.casefold()
    has_any = any(word in typed for word in _OPERATORS)
    return has_any and re.search(rf"\b(?:{'|'.join(_OPERATORS)})\b", typed) is not None


def _may_have_year(query: str) -> bool:
    figures = sum(char.isdecimal() or char in _FIGURES for char in query)
    return figures >= 4 and re.search(_YEAR, query) is not None  # noqa: PLR2004  # as in a year


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


def _found_by_synonyms(results: "Results") -> "Sequence[Entry]":
    """The entries worth a note: without those whose other words found no article."""
    asked = results.request.any_word or results.synonym_total or not results.total
    return results.entries if asked else ()


def tell_synonyms(entries: "Iterable[Entry]") -> None:
    """Note on stderr which words are searched besides those typed."""
    if terms := dict.fromkeys(term for entry in entries for term in entry.terms):
        from lsq.text.fold import spelled

        note(_("also searching: {terms}").format(terms=spelled(" ".join(terms))))


def _print_hints(index: "Index", request: SearchRequest, *, counted: bool) -> None:
    from lsq.output.explanation import write_hints

    filters = request.filters
    try:
        hints = index.hints(request.query, **request.matching)
    except QueryError:  # a part of the query takes too long, where the whole did not
        return
    if counted and not any(hints):
        return
    given = [f"--{name}" for name in filters.given] if filters else []
    write_hints(hints, request.query, given, sys.stderr)
    words = [word for word in request.query.split() if "/" not in word]
    if any(map(os.path.isdir, words)):
        from lsq.cli.mistakes import folder_note

        note(folder_note(request.query.split()))


def answer_each(answer: Callable[[str], int], refuse: Callable[[QueryError], None]) -> int:
    """Answer one query after another; invalid ones are reported, and the rest still run.

    Args:
        answer: prints an answer at once, so that whoever asks may wait for it before the
            next query; returns how many articles match.
        refuse: called with each invalid query's error.
    """
    code = _NOTHING
    for number, line in enumerate(_lines(sys.stdin.buffer), 1):
        # A query that is not UTF-8 is refused, with the place of the error.
        query = line.decode("utf-8", "surrogateescape").removeprefix("\ufeff").strip("\r\n")
        if not query.strip() and len(query) <= MAX_LENGTH:
            continue
        try:
            found = answer(query)
        except QueryError as error:
            if error.source:
                raise  # an option, so the error concerns every query
            say(described(error, _("standard input, line {number}").format(number=number)))
            refuse(error)
            code = _FAILED
        else:
            if found and code == _NOTHING:
                code = _FOUND
    return code


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of a line too long for a query, only as much as shows that."""
    while line := stream.readline(_LONGEST):
        yield line
        while len(line) == _LONGEST and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST)
