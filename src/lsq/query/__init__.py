"""lsq's query language: what can be asked. Knows no engine.

`parse` turns what was typed into the nodes of `lsq.query.nodes`.
"""

from lsq.query.nodes import And, Chunk, Literal, Not, Or, Query, positive_parts
from lsq.query.parser import parse

__all__ = ["And", "Chunk", "Literal", "Not", "Or", "Query", "parse", "positive_parts"]
