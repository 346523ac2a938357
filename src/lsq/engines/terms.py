"""What the terms of a query have to do with a score; loaded when somebody asks."""

from typing import NamedTuple


class TermScore(NamedTuple):
    """What one term of a query adds to the score of one article.

    Attributes:
        kind: "word", "literal" or "regex".
        text: what it looks for, folded.
        frequency: how often the article has it; a word in its title counts as three.
        having: how many articles have it, as BM25 counts them: articles that have been
            replaced may be among them.
        articles: how many there are in all, counted likewise.
        score: what it adds.
    """

    kind: str
    text: str
    frequency: int
    having: int
    articles: int
    score: float
