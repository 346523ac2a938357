"""Why an article matches or does not, and where its score comes from, for both kinds of reader.

The names of `record` are part of the JSON formats (`lsq.output.record`).
"""

from collections.abc import Iterator
from typing import Any, TextIO

from lsq.engines.terms import TermScore
from lsq.explain import Explanation, Verdict
from lsq.output.record import to_json
from lsq.output.safety import harmless

_HOW = {
    "literal": "literally",
    "all words": "by all its words",
    "any word": "by one of its words or more",
}


def write_explanation(  # noqa: PLR0913  # all there is to say
    query: str,
    name: str,
    rank: int | None,
    explanation: Explanation,
    out: TextIO,
    *,
    as_json: bool,
) -> None:
    """Write why the article with this id matches or does not: lines, or one JSON object."""
    if as_json:
        about = {"query": query, "id": name, "rank": rank, "explanation": record(explanation)}
        out.write(to_json(about) + "\n")
        return
    out.write(harmless(name) + (f" is hit {rank:,}\n" if rank else " does not match\n"))
    out.writelines(f"  {line}\n" for line in lines(explanation))


def lines(explanation: Explanation) -> Iterator[str]:
    """The explanation line by line; what belongs to a line follows it, indented."""
    yield from _verdict(explanation.verdict, 0)
    if explanation.score is None:
        return
    terms = sum(term.score for term in explanation.terms)
    added = explanation.rerank._asdict() if explanation.rerank else {}
    parts = [f"{terms:.4f} terms", *(f"{value:.4f} {name}" for name, value in added.items())]
    yield f"score {explanation.score:.4f} = {' + '.join(parts)}"
    yield from (f"  {_term(term)}" for term in explanation.terms)


def record(explanation: Explanation) -> dict[str, Any]:
    """The explanation as plain values."""
    rerank = explanation.rerank
    return {
        "score": None if explanation.score is None else round(explanation.score, 6),
        "terms": [term._asdict() | {"score": round(term.score, 6)} for term in explanation.terms],
        "rerank": rerank and {name: round(value, 6) for name, value in rerank._asdict().items()},
        "verdict": _record(explanation.verdict),
    }


def _verdict(verdict: Verdict, depth: int) -> Iterator[str]:
    how = f", {_HOW[verdict.how]}" if verdict.how else ""
    missing = f", without {' '.join(verdict.missing)}" if verdict.missing else ""
    said = "yes" if verdict.matches else "no"
    yield harmless(f"{'  ' * depth}{verdict.query} … {said}{how}{missing}")
    for part in verdict.parts:
        yield from _verdict(part, depth + 1)


def _term(term: TermScore) -> str:
    times = "once" if term.frequency == 1 else f"{term.frequency} times"
    return harmless(
        f"{term.score:.4f} {term.kind} {term.text}, {times} here, "
        f"in {term.having:,} of {term.articles:,} articles"
    )


def _record(verdict: Verdict) -> dict[str, Any]:
    return verdict._asdict() | {
        "missing": list(verdict.missing),
        "parts": [_record(part) for part in verdict.parts],
    }
