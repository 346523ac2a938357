"""lsq's query language: what can be asked. Knows no engine.

`parse` turns what was typed into the nodes of `lsq.query.nodes`, which say what they
mean, and `typed` turns them back; `lsq.query.filters` says more of the same in options.
`keys` says what titles, numbers and organs are compared by.
What engines and snippets need to decide by looking at texts is in `units` and `values`.
"""

from lsq.query.nodes import (
    And,
    Chunk,
    Dated,
    Everything,
    Field,
    Literal,
    Named,
    Near,
    Not,
    Or,
    Paragraph,
    Query,
    Regex,
    Sentence,
    Spelled,
    literally,
    only_excludes,
    positive_parts,
    relaxed,
)
from lsq.query.parser import parse

__all__ = [
    "And",
    "Chunk",
    "Dated",
    "Everything",
    "Field",
    "Literal",
    "Named",
    "Near",
    "Not",
    "Or",
    "Paragraph",
    "Query",
    "Regex",
    "Sentence",
    "Spelled",
    "literally",
    "only_excludes",
    "parse",
    "positive_parts",
    "relaxed",
]
