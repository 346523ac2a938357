"""One hit a line, for pipes: `path:line:snippet`, or `path:p3:snippet` for pages."""

from typing import TextIO

from lsq.model import Place, Snippet
from lsq.output.safety import harmless
from lsq.searcher import Results

# As grep colours a match: bold red (ECMA-48, Select Graphic Rendition).
_ON, _OFF = "\x1b[1;31m", "\x1b[0m"


def write(results: Results, out: TextIO, *, colour: bool) -> None:
    """Write the first snippet of each hit."""
    for hit in results:
        snippet = hit.snippets[0]
        text = _coloured(snippet) if colour else harmless(snippet.text)
        out.write(f"{location(hit.article.path, snippet.place)}:{text}\n")


def location(path: str, place: Place) -> str:
    """The file and the line in it, or its page, as all who print hits name them."""
    return harmless(path) + (f":p{place.page}" if place.page else f":{place.line}")


def _coloured(snippet: Snippet) -> str:
    text, pieces, shown = harmless(snippet.text), [], 0
    for start, end in snippet.highlights:
        pieces += [text[shown:start], _ON, text[start:end], _OFF]
        shown = end
    return "".join([*pieces, text[shown:]])
