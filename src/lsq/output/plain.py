"""One hit per line, for pipes: `path:line:snippet`, or `path:p3:snippet` for pages.

The explanation of a hit follows it in lines `path-line-…`, the format of context lines in grep,
so that hits can be filtered and each line names its hit.
"""

from collections.abc import Callable, Iterator
from typing import TextIO

from lsq.hit import Hit, Snippet
from lsq.messages import english
from lsq.output import OutputOptions
from lsq.output.printable import numbered, promptly, sanitize
from lsq.search.searcher import Results

# Bold red, as in grep (ECMA-48, Select Graphic Rendition).
MATCH_ON, MATCH_OFF = "\x1b[1;31m", "\x1b[0m"


def write(results: Results, out: TextIO, options: OutputOptions) -> None:
    """Write one line per snippet; explanations follow their hit.

    With `null`, the path ends with NUL instead of a colon, and is exact in a pipe.
    """
    null = options.null
    named: Callable[[str], str] = sanitize
    if null and not out.isatty():
        from lsq.output.printable import exact

        named = exact

    def lines() -> Iterator[str]:
        for hit in results:
            path = named(hit.found.path)
            start = f"{path}\0" if null else f"{path}:"
            for snippet in hit.snippets:
                text = _coloured(snippet) if options.colour else sanitize(snippet.text)
                yield f"{start}{numbered(snippet.place)}:{text}\n"
            if options.explain:
                yield from explained(hit, f"{path}\0" if null else f"{path}-")

    def explained(hit: Hit, start: str) -> Iterator[str]:
        from lsq.output.explanation import lines

        place = hit.snippets[0].place if hit.snippets else hit.found.place(0)
        return (
            f"{start}{numbered(place)}-{line}\n" for line in lines(results.explain(hit), english)
        )

    promptly(lines(), out.write, out)


def _coloured(snippet: Snippet) -> str:
    text, pieces, shown = sanitize(snippet.text), [], 0
    for start, end in snippet.highlights:
        pieces += [text[shown:start], MATCH_ON, text[start:end], MATCH_OFF]
        shown = end
    return "".join([*pieces, text[shown:]])
