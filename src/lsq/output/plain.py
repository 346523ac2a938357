"""One hit a line, for pipes: `path:line:snippet`, or `path:p3:snippet` for pages.

What explains a hit follows it in lines `path-line-…`, as grep prints the context of a
match: whoever wants the hits alone can tell them apart, and each line names its hit.
"""

from typing import TextIO

from lsq.model import Place, Snippet
from lsq.output.safety import harmless
from lsq.searcher import Results

# As grep colours a match: bold red (ECMA-48, Select Graphic Rendition).
_ON, _OFF = "\x1b[1;31m", "\x1b[0m"


def write(results: Results, out: TextIO, *, colour: bool, explain: bool) -> None:
    """Write the first snippet of each hit."""
    for hit in results:
        snippet = hit.snippets[0]
        text = _coloured(snippet) if colour else harmless(snippet.text)
        out.write(f"{location(hit.article.path, snippet.place)}:{text}\n")
        if explain:
            from lsq.output.explanation import lines

            start = location(hit.article.path, snippet.place, "-")
            out.writelines(f"{start}-{line}\n" for line in lines(results.explain(hit)))


def location(path: str, place: Place, sign: str = ":") -> str:
    """The file and the line in it, or its page, as all who print hits name them."""
    return f"{harmless(path)}{sign}" + (f"p{place.page}" if place.page else f"{place.line}")


def counted(articles: int) -> str:
    """So many articles, in words."""
    return "1 article" if articles == 1 else f"{articles:,} articles"


def _coloured(snippet: Snippet) -> str:
    text, pieces, shown = harmless(snippet.text), [], 0
    for start, end in snippet.highlights:
        pieces += [text[shown:start], _ON, text[start:end], _OFF]
        shown = end
    return "".join([*pieces, text[shown:]])
