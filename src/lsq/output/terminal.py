"""Hits for people, at a terminal. The only room that knows rich."""

from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from lsq.model import Article, Hit, Snippet
from lsq.output.plain import counted, location
from lsq.output.safety import harmless
from lsq.searcher import Results

_TITLE, _FACTS, _PLACE, _MATCH = "bold", "cyan", "green", "bold red"

# In characters: how much of an article without a title stands in for one.
_FIRST_WORDS = 20


def write(results: Results, out: TextIO, *, colour: bool, explain: bool) -> None:
    """Write each hit with its title, place and snippets, then how many there are."""
    console = Console(
        file=out,
        force_terminal=colour,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for hit in results:
        console.print(_headline(hit))
        console.print(Text(location(hit.article.path, hit.snippets[0].place), _PLACE))
        for snippet in hit.snippets:
            console.print(Padding(_marked(snippet), (0, 0, 0, 4)))
        if explain:
            from lsq.output.explanation import lines

            for line in lines(results.explain(hit)):
                console.print(Padding(Text(line, "dim"), (0, 0, 0, 4)))
        console.print()
    if results:
        console.print(_closing(results))


def _headline(hit: Hit) -> Text:
    article = hit.article
    facts = [article.date, article.issuer, article.number]
    line = Text(f"{hit.rank}. ", _FACTS)
    line.append(harmless(article.title or _first_words(article)), _TITLE)
    for fact in filter(None, facts):
        line.append(f"  {harmless(fact)}", _FACTS)
    return line


def _first_words(article: Article) -> str:
    words = article.body.replace("\n", " ").strip()
    return words if len(words) <= _FIRST_WORDS else words[:_FIRST_WORDS] + "…"


def _marked(snippet: Snippet) -> Text:
    text = Text(harmless(snippet.text))
    for start, end in snippet.highlights:
        text.stylize(_MATCH, start, end)
    return text


def _closing(results: Results) -> Text:
    shown, before = len(results), results.offset
    articles = counted(results.total)
    if shown == results.total:
        return Text(f"{articles} found", "dim")
    if before:
        which = f"{before + 1:,} to {before + shown:,}"
    else:
        which = f"the {'best' if results.sort == 'relevance' else 'first'} {shown:,}"
    return Text(f"{which} of {articles} found; -n 0 shows all", "dim")
