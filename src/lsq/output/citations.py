"""Write references and their targets: lines, JSON, tables, and graphs for Graphviz.

JSON and tables are a stable interface, as `lsq.output.records` is. dot:
https://graphviz.org/doc/info/lang.html.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final, TextIO

from lsq.output.printable import location, promptly, sanitize
from lsq.relations.citations import Citation, Cited
from lsq.relations.versions import CitableArticle

COLUMNS: Final = (
    "id", "path", "line", "page", "sheet", "row", "form", "text", "name", "pinpoint",
    "target", "target_title", "target_date", "version",
)  # fmt: skip
CITED_COLUMNS: Final = ("articles", "references", "name", "target", "target_date")

_ARROW: Final = " → "
# The id of an unknown target.
_UNKNOWN: Final = "?"


def citation_record(one: Citation) -> dict[str, Any]:
    """A reference as plain values; null for unknown values."""
    target = one.target
    return {
        "id": one.source.id,
        "path": one.path,
        **one.place._asdict(),
        "form": one.form,
        "text": one.text,
        "name": one.name,
        "pinpoint": one.pinpoint or None,
        "target": target and target.id,
        "target_title": (target and target.title) or None,
        "target_date": target and target.date,
        "version": one.version,
    }


def cited_record(one: Cited) -> dict[str, Any]:
    """A cited name with its counts, as plain values."""
    return {
        "articles": one.articles,
        "references": one.references,
        "name": one.name,
        "target": one.target and one.target.id,
        "target_date": one.target and one.target.date,
    }


def write_plain(found: Iterable[Citation], out: TextIO) -> None:
    """Write a line for each reference: its place, its text, and the id of its target."""
    promptly(map(_line, found), out.write, out)


def _line(one: Citation) -> str:
    target = sanitize(one.target.id) if one.target else _UNKNOWN
    return f"{location(one.path, one.place)}:{sanitize(one.text)}{_ARROW}{target}\n"


def write_plain_cited(found: Iterable[Cited], out: TextIO) -> None:
    """Write a line for each cited name: the numbers of articles and references, the name."""
    promptly(
        (f"{one.articles:>7} {one.references:>7} {sanitize(one.name)}\n" for one in found),
        out.write,
        out,
    )


def write_dot(found: Iterable[Citation], out: TextIO) -> None:
    """Write a graph with an arrow from each article to each article that it cites.

    The label of an arrow is the number of references. Documents not in the index are dashed.
    """
    arrows: Counter[tuple[str, str]] = Counter()
    nodes: dict[str, str] = {}
    for one in found:
        target = one.target.id if one.target else f"《{one.name}》"
        if one.form == "self" or target == one.source.id:
            continue
        nodes[one.source.id] = _node(one.source)
        nodes.setdefault(
            target, _node(one.target) if one.target else f"label={_quoted(one.name)}, style=dashed"
        )
        arrows[one.source.id, target] += 1
    out.write("digraph citations {\n  node [shape=box];\n")
    out.writelines(f"  {_quoted(name)} [{attributes}];\n" for name, attributes in nodes.items())
    for (source, target), count in arrows.items():
        label = f' [label="{count}"]' if count > 1 else ""
        out.write(f"  {_quoted(source)} -> {_quoted(target)}{label};\n")
    out.write("}\n")


def _node(document: CitableArticle) -> str:
    return f"label={_quoted(document.title or document.id)}"


def _quoted(text: str) -> str:
    """A text as a quoted string of dot."""
    escaped = sanitize(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
