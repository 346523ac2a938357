"""The index in a folder, held by Whoosh. The only room that knows Whoosh.

folder   where the index lives: made, recognised, paths relative to it
schema   what Whoosh keeps of an article
evaluate which articles match: sets of document numbers
bm25     how well they match: Lucene's formula
engine   all of it together, as an `lsq.engines.Engine`
"""

from lsq.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
