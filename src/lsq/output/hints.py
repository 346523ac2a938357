"""What would help when nothing was found, for people, beside the results."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from lsq.messages import _, ngettext
from lsq.output.lines import counted, sanitize
from lsq.search.hints import Hints, Missing

# In characters: what is longer was pasted, not typed.
_SHOWN = 60


def write_hints(hints: Hints, filters: Sequence[str], out: TextIO) -> None:
    """Write a line for each thing that would help; nothing if there is none.

    Args:
        hints: what would help.
        filters: the options that limit the search, as typed.
        out: where to; not where results go.
    """
    out.writelines(f"lsq: {sanitize(line)}\n" for line in _lines(hints, filters))


def _lines(hints: Hints, filters: Sequence[str]) -> Iterator[str]:
    for missing in hints.missing:
        yield _("no article has {query}{without}").format(
            query=_short(missing.query), without=_without(missing)
        )
        if missing.corrections:
            near = [
                _("{query} ({articles})").format(query=one.query, articles=counted(one.articles))
                for one in missing.corrections
            ]
            yield _("near to it: {near}").format(near=_(", ").join(near))
    if hints.with_any:
        yield _("with --any: {articles}").format(articles=counted(hints.with_any))
    if hints.unfiltered:
        yield _("without {options}: {articles}").format(
            options=_(" and ").join(filters), articles=counted(hints.unfiltered)
        )


def _short(query: str) -> str:
    """A part of a query, or the beginning of what was pasted."""
    return query if len(query) <= _SHOWN else query[: _SHOWN - 1] + "…"


def _without(missing: Missing) -> str:
    if not missing.words:
        return ""
    said = ngettext(", nor the word {words}", ", nor the words {words}", len(missing.words))
    return said.format(words=_(", ").join(missing.words))
