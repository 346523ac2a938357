"""What a query means, decided by looking at the articles themselves.

No index, no sets, no tricks: the definition of `lsq.query.nodes` in the plainest
Python. Every engine must agree with it.
"""

from collections.abc import Iterable

from lsq.fold import fold, squeeze
from lsq.model import Article
from lsq.query import And, Chunk, Literal, Not, Or, Query
from lsq.segment import Segmenter


def matching_ids(query: Query, articles: Iterable[Article], segmenter: Segmenter) -> set[str]:
    return {article.id for article in articles if matches(query, article, segmenter)}


def matches(query: Query, article: Article, segmenter: Segmenter) -> bool:
    text = fold(article.text)
    match query:
        case Literal(sought):
            return sought in squeeze(text)
        case Chunk(sought, words):
            having = set(segmenter.document_words(text))
            return sought in squeeze(text) or (bool(words) and having.issuperset(words))
        case And(parts):
            return all(matches(part, article, segmenter) for part in parts)
        case Or(parts):
            return any(matches(part, article, segmenter) for part in parts)
        case Not(part):
            return not matches(part, article, segmenter)
