"""lsq's query language: what can be asked. Knows no engine.

`parse` turns what was typed into the nodes of `lsq.query.nodes`, which say what they
mean, and `unparse` turns them back; `lsq.query.filters` turns filter options into nodes.
`keys` says what titles, numbers and organs are compared by.
`units` decides on texts what an index cannot, for engines and snippets.
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
    Query,
    Regex,
    SameParagraph,
    SameSentence,
    Spelled,
    literally,
    match_any,
    only_excludes,
    positive_parts,
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
    "Query",
    "Regex",
    "SameParagraph",
    "SameSentence",
    "Spelled",
    "literally",
    "match_any",
    "only_excludes",
    "parse",
    "positive_parts",
]
