"""What would help when nothing was found, for people, beside the results."""

import shlex
from collections.abc import Iterator, Sequence
from typing import TextIO

from lsq.messages import _, ngettext
from lsq.output.lines import counted, sanitize
from lsq.search.hints import Hints, Missing
from lsq.text.fold import spelled

# In characters: what is longer was pasted, not typed.
_SHOWN = 60


def write_hints(hints: Hints, query: str, filters: Sequence[str], out: TextIO) -> None:
    """Say that nothing was found, and write a line for each thing that would help.

    Args:
        hints: what would help.
        query: as typed.
        filters: the options that limit the search, as typed.
        out: where to; not where results go.
    """
    out.writelines(f"lsq: {sanitize(line)}\n" for line in _lines(hints, query, filters))


def _lines(hints: Hints, query: str, filters: Sequence[str]) -> Iterator[str]:
    if not (hints.missing or hints.unfiltered):
        yield no_article_has(query)
    for missing in hints.missing:
        yield _("no article contains {query}{without}").format(
            query=_short(missing.query), without=_without(missing)
        )
        if missing.corrections:
            near = [
                _("{query} ({articles})").format(query=one.query, articles=counted(one.articles))
                for one in missing.corrections
            ]
            yield _("near to it: {near}").format(near=_(", ").join(near))
    if hints.with_any:
        found = counted(hints.with_any)
        if filters or len(query) > _SHOWN:
            yield _("with --any: {articles}").format(articles=found)
        else:
            yield _("with --any: {articles}: {command}").format(
                articles=found, command=f"lsq search --any {_quoted(query)}"
            )
    if hints.unfiltered:
        yield _("without {options}: {articles}").format(
            options=_(" and ").join(filters), articles=counted(hints.unfiltered)
        )


def no_article_has(query: str) -> str:
    """The statement that no article has it."""
    return _("no article contains {query}{without}").format(query=_short(query), without="")


def _quoted(query: str) -> str:
    """A query as a shell takes it; ideographs and letters need no quotes."""
    return query if query.isalnum() else shlex.quote(query)


def _short(query: str) -> str:
    """A part of a query, or the beginning of what was pasted."""
    return query if len(query) <= _SHOWN else query[: _SHOWN - 1] + "…"


def _without(missing: Missing) -> str:
    if not missing.words:
        return ""
    said = ngettext(", nor the word {words}", ", nor the words {words}", len(missing.words))
    return said.format(words=_(", ").join(map(spelled, missing.words)))
