"""lsq's query language. Knows no engine.

parser       typed text → nodes, with `cursor`, `operands`, `prefixes` and `expressions`
nodes        the nodes of a query, and their meaning
unparse      nodes → text that can be typed
filters      filter options → nodes, with `path_filter`
fields       the table of fields
days         typed dates
keys         the normalized names of titles, numbers and organs
spellings    strings that read alike, such as ℃ and °C
units        matches nodes on sentences, paragraphs and values, for engines and snippets
patterns     matches regular expressions, within a time limit
simple       which of them need no limit
anchor       what stands beside a string that all matches have
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
