"""Which articles of a segment match a query: sets of document numbers.

Words are looked up in Whoosh's postings, literals are looked for in the texts
themselves, so that no literal can be missed however the words were cut.
"""

from whoosh.reading import IndexReader

from lsq.query import And, Chunk, Literal, Not, Or, Query


def matching(query: Query, segment: IndexReader) -> set[int]:
    """The numbers of the live documents of `segment` that match `query`."""
    return _Evaluation(segment).evaluate(query)


class _Evaluation:
    def __init__(self, segment: IndexReader) -> None:
        self.segment = segment
        self.texts = segment.column_reader("text")
        self.live = set(segment.all_doc_ids())

    def evaluate(self, query: Query) -> set[int]:
        match query:
            case Literal(text):
                return self.containing(text, self.live)
            case Chunk(text, words):
                by_words = self.having_all(words)
                return by_words | self.containing(text, self.live - by_words)
            case And(parts):
                return set.intersection(*map(self.evaluate, parts))
            case Or(parts):
                return set.union(*map(self.evaluate, parts))
            case Not(part):
                return self.live - self.evaluate(part)

    def containing(self, text: str, documents: set[int]) -> set[int]:
        # In UTF-8 no character's bytes occur inside another's: bytes compare as text.
        sought = text.encode()
        return {number for number in documents if sought in self.texts[number]}

    def having_all(self, words: tuple[str, ...]) -> set[int]:
        if not words or any(("words", word) not in self.segment for word in words):
            return set()
        having = (set(self.segment.postings("words", word).all_ids()) for word in words)
        return self.live.intersection(*having)
