"""One hit a line, for pipes: `path:line:snippet`, or `path:p3:snippet` for pages."""

from collections.abc import Callable, Iterator
from typing import TextIO

from lsq.model import Place, Snippet
from lsq.output.promptly import promptly
from lsq.output.safety import harmless
from lsq.searcher import Results

# As grep colours a match: bold red (ECMA-48, Select Graphic Rendition).
_ON, _OFF = "\x1b[1;31m", "\x1b[0m"


def write(results: Results, out: TextIO, *, colour: bool, null: bool = False) -> None:
    """Write a line for each snippet.

    Args:
        results: what was found.
        out: where to.
        colour: whether to colour the matches.
        null: a NUL, and no colon, follows the path, which in a pipe is exact.
    """
    named: Callable[[str], str] = harmless
    if null and not out.isatty():
        from lsq.output.names import exact

        named = exact
    end = "\0" if null else ":"

    def lines() -> Iterator[str]:
        for hit in results:
            path = named(hit.article.path)
            for snippet in hit.snippets:
                text = _coloured(snippet) if colour else harmless(snippet.text)
                yield f"{path}{end}{_place(snippet.place)}:{text}\n"

    promptly(lines(), out.write, out)


def location(path: str, place: Place) -> str:
    """The file and the line in it, or its page, as all who print hits name them."""
    return f"{harmless(path)}:{_place(place)}"


def _place(place: Place) -> str:
    return f"p{place.page}" if place.page else f"{place.line}"


def _coloured(snippet: Snippet) -> str:
    text, pieces, shown = harmless(snippet.text), [], 0
    for start, end in snippet.highlights:
        pieces += [text[shown:start], _ON, text[start:end], _OFF]
        shown = end
    return "".join([*pieces, text[shown:]])
