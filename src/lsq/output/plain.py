"""One hit a line, for pipes: `path:line:snippet`, or `path:p3:snippet` for pages.

What explains a hit follows it in lines `path-line-…`, as grep prints the context of a
match: whoever wants the hits alone can tell them apart, and each line names its hit.
"""

from collections.abc import Callable, Iterator
from typing import TextIO

from lsq.messages import english
from lsq.model import Hit, Snippet
from lsq.output.promptly import promptly
from lsq.output.safety import harmless
from lsq.output.wording import numbered
from lsq.search.searcher import Results

# As grep colours a match: bold red (ECMA-48, Select Graphic Rendition).
_ON, _OFF = "\x1b[1;31m", "\x1b[0m"


def write(
    results: Results, out: TextIO, *, colour: bool, explain: bool, null: bool = False
) -> None:
    """Write a line for each snippet.

    Args:
        results: what was found.
        out: where to.
        colour: whether to colour the matches.
        explain: whether to write what explains a hit.
        null: a NUL, and no other sign, follows the path, which in a pipe is exact.
    """
    named: Callable[[str], str] = harmless
    if null and not out.isatty():
        from lsq.output.names import exact

        named = exact

    def lines() -> Iterator[str]:
        for hit in results:
            path = named(hit.article.path)
            start = f"{path}\0" if null else f"{path}:"
            for snippet in hit.snippets:
                text = _coloured(snippet) if colour else harmless(snippet.text)
                yield f"{start}{numbered(snippet.place)}:{text}\n"
            if explain:
                yield from explained(hit, f"{path}\0" if null else f"{path}-")

    def explained(hit: Hit, start: str) -> Iterator[str]:
        from lsq.output.explanation import lines

        place = hit.snippets[0].place if hit.snippets else hit.article.place(0)
        return (
            f"{start}{numbered(place)}-{line}\n" for line in lines(results.explain(hit), english)
        )

    promptly(lines(), out.write, out)


def _coloured(snippet: Snippet) -> str:
    text, pieces, shown = harmless(snippet.text), [], 0
    for start, end in snippet.highlights:
        pieces += [text[shown:start], _ON, text[start:end], _OFF]
        shown = end
    return "".join([*pieces, text[shown:]])
