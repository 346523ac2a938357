"""Answer queries from standard input, each before the next one is read."""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from lsq.cli.display import Display, Printing
from lsq.cli.streams import format_query_error, say
from lsq.errors import QueryError
from lsq.messages import _
from lsq.query.cursor import MAX_LENGTH
from lsq.search.request import SearchRequest

if TYPE_CHECKING:
    from lsq.index import Index

_FOUND, _NOTHING, _FAILED = 0, 1, 2
# In bytes: a longer line has too many characters for a query, even with a byte order mark.
_MAX_LINE = 4 * (MAX_LENGTH + 3)


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
    """Print, for each query on standard input, the query and the number of matching articles."""
    from lsq.output.printable import sanitize

    def answer(query: str) -> int:
        found = index.count(query, **request.matching)
        print(f"{sanitize(query)}:{found}", flush=True)
        return found

    return answer_each(answer, lambda _: None)


def answer_each(answer: Callable[[str], int], refuse: Callable[[QueryError], None]) -> int:
    """Answer the queries on standard input; report invalid ones and continue.

    Args:
        answer: prints the answer at once, because the other program may wait for it before
            the next query; returns the number of matching articles.
        refuse: called with the error of each invalid query.
    """
    code = _NOTHING
    for number, line in enumerate(_lines(sys.stdin.buffer), 1):
        # Bytes that are not UTF-8 become surrogates, which the parser reports with their position.
        query = line.decode("utf-8", "surrogateescape").removeprefix("\ufeff").strip("\r\n")
        if not query.strip() and len(query) <= MAX_LENGTH:
            continue
        try:
            found = answer(query)
        except QueryError as error:
            if error.source:
                raise  # from an option, so it concerns every query
            line_name = _("standard input, line {number}").format(number=number)
            say(format_query_error(error, line_name))
            refuse(error)
            code = _FAILED
        else:
            if found and code == _NOTHING:
                code = _FOUND
    return code


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream, those too long for a query cut off."""
    while line := stream.readline(_MAX_LINE):
        yield line
        while len(line) == _MAX_LINE and not line.endswith(b"\n"):
            line = stream.readline(_MAX_LINE)
