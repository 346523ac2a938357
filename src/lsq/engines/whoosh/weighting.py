"""lsq's BM25 for Whoosh's own searcher, for whoever opens an index with Whoosh alone."""

import warnings

from lsq.engines.bm25 import BM25

with warnings.catch_warnings():  # see `lsq.engines.whoosh.library`
    warnings.simplefilter("ignore")
    from whoosh.columns import ColumnReader
    from whoosh.matching import Matcher
    from whoosh.scoring import BaseScorer, WeightingModel
    from whoosh.searching import Searcher


class LuceneBM25(WeightingModel):  # type: ignore[misc]  # Whoosh has no types
    """Lucene's BM25, for a field whose lengths stand in the column `norm`."""

    def scorer(self, searcher: Searcher, fieldname: str, text: bytes, qf: int = 1) -> BaseScorer:  # noqa: ARG002  # Whoosh's signature
        """The scorer for a word in the segment of `searcher`; counts are the whole index's."""
        index = searcher.get_parent()
        having = index.doc_frequency(fieldname, text)
        bm25 = BM25(index.doc_count_all(), having, index.field_length(fieldname))
        return _Scorer(bm25, searcher.reader().column_reader("norm"))


class _Scorer(BaseScorer):  # type: ignore[misc]  # Whoosh has no types
    def __init__(self, bm25: BM25, norms: ColumnReader) -> None:
        self._bm25 = bm25
        self._norms = norms

    def score(self, matcher: Matcher) -> float:
        return self._bm25.score(matcher.weight(), self._norms[matcher.id()])
