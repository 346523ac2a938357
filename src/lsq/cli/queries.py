"""Queries that another program gives on standard input, a line each, and their answers."""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

import click

from lsq.cli.notes import described
from lsq.errors import QueryError
from lsq.messages import _
from lsq.query.limits import MAX_LENGTH

if TYPE_CHECKING:
    from lsq.search.searcher import Results

_FOUND, _NOTHING, _FAILED = 0, 1, 2
# In bytes. A character has at most four: what is longer has too many, a byte order mark
# and the line's end left out.
_LONGEST = 4 * (MAX_LENGTH + 3)


def print_answers(ask: Callable[[str], "Results"], form: str, *, explain: bool) -> int:
    """Print what each query finds; returns the exit code.

    Args:
        ask: searches.
        form: the form of output, one that tells which query found what.
        explain: whether to say of each hit why it matches.
    """
    from lsq.output.batch import Batch

    batch = Batch(form, sys.stdout, explain=explain)

    def answer(query: str) -> int:
        results = ask(query)
        batch.write(results)
        return results.total

    return _answer_each(answer, batch.refuse)


def print_counts(count: Callable[[str], int]) -> int:
    """Print how many articles match each query, after it and a colon; returns the exit code."""
    from lsq.output.safety import harmless

    def answer(query: str) -> int:
        found = count(query)
        click.echo(f"{harmless(query)}:{found}")
        sys.stdout.flush()
        return found

    return _answer_each(answer, lambda _: None)


def _answer_each(answer: Callable[[str], int], refuse: Callable[[QueryError], None]) -> int:
    """Answer one query after another; what is none is told on stderr, and the rest goes on.

    Args:
        answer: prints an answer at once, so that whoever asks may wait for it before the
            next query; returns how many articles match.
        refuse: is told of what is no query.
    """
    code = _NOTHING
    for number, line in enumerate(_lines(sys.stdin.buffer), 1):
        # What is not UTF-8 is refused as a query, with its place.
        query = line.decode("utf-8", "surrogateescape").removeprefix("\ufeff").strip("\r\n")
        if not query.strip() and len(query) <= MAX_LENGTH:
            continue
        try:
            found = answer(query)
        except QueryError as error:
            if error.source:
                raise  # an option says it, and so to every query
            click.echo(
                described(error, _("standard input, line {number}").format(number=number)), err=True
            )
            refuse(error)
            code = _FAILED
        else:
            if found and code == _NOTHING:
                code = _FOUND
    return code


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of one that is too long for a query, as much as shows that."""
    while line := stream.readline(_LONGEST):
        yield line
        while len(line) == _LONGEST and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST)
