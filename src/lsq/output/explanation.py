"""Explain why an article matches and its score, in lines for people; suggest other queries.

Suggestions for a query that finds nothing go to stderr.
"""

import shlex
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from lsq import messages
from lsq.engines.bm25 import TermScore
from lsq.messages import _, ngettext
from lsq.output.printable import counted, sanitize
from lsq.output.records import explanation_record, to_json
from lsq.text.fold import fold, usual_spelling

if TYPE_CHECKING:
    from lsq.search.explain import Explanation, Verdict
    from lsq.search.hints import Hints, Missing

# A function that translates messages; called `_`, as programs that collect messages expect.
Say = Callable[[str], str]
# Characters of a query that are shown; a longer one was pasted, not typed.
_MAX_SHOWN = 60


def write_explanation(  # noqa: PLR0913  # one for each fact
    query: str,
    name: str,
    rank: int | None,
    explanation: "Explanation",
    out: TextIO,
    *,
    as_json: bool,
) -> None:
    """Write why an article matches, or why it does not: lines, or one JSON object."""
    if as_json:
        about = {
            "query": query,
            "id": name,
            "rank": rank,
            "explanation": explanation_record(explanation),
        }
        out.write(to_json(about) + "\n")
        return
    _ = messages._ if out.isatty() else messages.english
    first_line = _("{name} is hit {rank:,}") if rank else _("{name} does not match")
    out.write(first_line.format(name=sanitize(name), rank=rank) + "\n")
    out.writelines(f"  {line}\n" for line in lines(explanation, _))


def lines(explanation: "Explanation", _: Say) -> Iterator[str]:
    """The explanation line by line; details of a line follow it, indented.

    Args:
        explanation: the explanation.
        _: translates messages into the reader's language.
    """
    yield from _verdict(explanation.verdict, 0, _)
    for entry in explanation.entries:
        synonyms = _("also searched, for “{form}”: {terms}")
        yield sanitize(
            synonyms.format(form=entry.form, terms=usual_spelling(" ".join(entry.terms)))
        )
    if explanation.score is None:
        return
    yield _("tier: {tier}").format(tier=_tier(explanation, _))
    terms = sum(term.score for term in explanation.terms)
    added = explanation.rerank._asdict() if explanation.rerank else {}
    parts = [_("{score:.4f} terms").format(score=terms)]
    parts += (f"{value:.4f} {_parts(_)[name]}" for name, value in added.items())
    yield _("score {score:.4f} = {parts}").format(score=explanation.score, parts=" + ".join(parts))
    yield from (f"  {_term(term, _)}" for term in explanation.terms)


def _verdict(verdict: "Verdict", depth: int, _: Say) -> Iterator[str]:
    result = _("yes") if verdict.matches else _("no")
    if verdict.how:
        result += _ways(_)[verdict.how]
    if verdict.missing:
        result += _(", without {words}").format(words=" ".join(verdict.missing))
    yield sanitize(f"{'  ' * depth}{verdict.query} … {result}")
    for part in verdict.parts:
        yield from _verdict(part, depth + 1, _)


def _ways(_: Say) -> dict[str, str]:
    """The ways in which a run of characters or a literal matches, in words."""
    return {
        "literal": _(", literally"),
        "all words": _(", by all its words"),
        "any word": _(", by one of its words or more"),
    }


def _tier(explanation: "Explanation", _: Say) -> str:
    """The tier of the article, and its nearness if that counts, in words."""
    tiers = {
        "edition": _("the query is its title and version"),
        "title": _("the query is its title"),
        "number": _("the query is its number"),
        "heading": _("all terms occur literally in the title"),
        "literal": _("all terms occur literally"),
        "alias": _("a synonym of the query is its title"),
        "synonym": _("all terms, or synonyms of them, occur literally"),
        "some": _("some terms occur literally, the others by their words"),
        "words": _("the words occur, but not all terms literally"),
    }
    near = {
        "sentence": _(", in one sentence"),
        "paragraph": _(", in one paragraph"),
        "scattered": _(", scattered"),
    }
    name, nearness = explanation.tier, explanation.nearness
    return (tiers[name] if name else "") + (near[nearness] if nearness else "")


def _parts(_: Say) -> dict[str, str]:
    """The parts of reranking that add to a score, in words."""
    return {"bigrams": _("bigrams"), "characters": _("characters"), "lead": _("lead")}


def _term(term: TermScore, _: Say) -> str:
    kinds = {"word": _("word"), "literal": _("literal"), "regex": _("regex")}
    once = _("{score:.4f} {kind} {text}, once here, in {having:,} of {articles:,} articles")
    often = _(
        "{score:.4f} {kind} {text}, {frequency} times here, in {having:,} of {articles:,} articles"
    )
    message = once if term.frequency == 1 else often
    return sanitize(message.format_map(term._asdict() | {"kind": kinds.get(term.kind, term.kind)}))


def write_hints(hints: "Hints", query: str, filters: Sequence[str], out: TextIO) -> None:
    """Write that nothing was found, and a line for each suggestion.

    Args:
        hints: the suggestions.
        query: as typed.
        filters: the filter options, as typed.
        out: the stream to write to, not that of results.
    """
    out.writelines(f"lsq: {sanitize(line)}\n" for line in _lines(hints, query, filters))


def _lines(hints: "Hints", query: str, filters: Sequence[str]) -> Iterator[str]:
    if not (hints.missing or hints.unfiltered):
        yield no_article_has(query)
    for missing in hints.missing:
        yield _("no article contains {query}{without}").format(
            query=_short(_typed(missing.query, query)), without=_without(missing, query)
        )
        if missing.corrections:
            near = [
                _("{query} ({articles})").format(query=one.query, articles=counted(one.articles))
                for one in missing.corrections
            ]
            yield _("near to it: {near}").format(near=_(", ").join(near))
    if hints.with_any:
        found = counted(hints.with_any)
        if filters or len(query) > _MAX_SHOWN:
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
    """The message that no article contains the query."""
    return _("no article contains {query}{without}").format(query=_short(query), without="")


def _quoted(query: str) -> str:
    """Quote a query for a shell; ideographs and letters need no quotes."""
    return query if query.isalnum() else shlex.quote(query)


def _short(query: str) -> str:
    """A query, shortened if it is long."""
    return query if len(query) <= _MAX_SHOWN else query[: _MAX_SHOWN - 1] + "…"


def _typed(part: str, query: str) -> str:
    """A folded part of a query as it was typed."""
    place = fold(query).find(fold(part))
    return part if place < 0 else query[place : place + len(part)]


def _without(missing: "Missing", query: str) -> str:
    if not missing.words:
        return ""
    nor = ngettext(", nor the word {words}", ", nor the words {words}", len(missing.words))
    words = [_typed(usual_spelling(word), query) for word in missing.words]
    return nor.format(words=_(", ").join(words))
