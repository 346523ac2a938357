"""tantivy fed by rjieba: words with spaces between, chunks as AND, literals as phrases."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import rjieba
import tantivy
from tantivy import Occur, Query

from benchmarks.peers.request import Find, Item, Request, run, texts


def schema() -> tantivy.Schema:
    """The schema of an article: its path, and its words separated by spaces."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("path", stored=True, tokenizer_name="raw")
    builder.add_text_field("body", stored=True, tokenizer_name="whitespace")
    return builder.build()


def index(folder: Path, location: Path) -> None:
    """Index the files below `folder`."""
    location.mkdir()
    made = tantivy.Index(schema(), path=str(location))
    fill(made, ((path, rjieba.cut_for_search(text)) for path, text in texts(folder)))


def fill(empty: tantivy.Index, articles: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Index articles, each a path and its words."""
    writer = empty.writer()
    for path, words in articles:
        writer.add_document(tantivy.Document(path=path, body=" ".join(words)))
    writer.commit()
    writer.wait_merging_threads()


def matching(searcher: tantivy.Searcher, query: Query, limit: int | None) -> Iterator[str]:
    """The paths of the articles that match a query, the best first."""
    for _, address in searcher.search(query, limit=limit or max(searcher.num_docs, 1)).hits:
        yield searcher.doc(address)["path"][0]


def opened(location: Path) -> Find:
    """Open an index to search in."""
    fields = schema()
    searcher = tantivy.Index.open(str(location)).searcher()

    def find(request: Request, limit: int | None) -> Iterable[str]:
        occur = Occur.Should if request.either else Occur.Must
        parts = [(occur, _query(fields, one)) for one in request.wanted]
        parts += [(Occur.MustNot, _query(fields, one)) for one in request.unwanted]
        return matching(searcher, Query.boolean_query(parts), limit)

    return find


def _query(fields: tantivy.Schema, item: Item) -> Query:
    words = [word for word in rjieba.cut_for_search(item.text) if not word.isspace()]
    if not words:
        return Query.empty_query()
    if item.exact and len(words) > 1:
        return Query.phrase_query(fields, "body", list(words))
    terms = [Query.term_query(fields, "body", word) for word in words]
    return Query.boolean_query([(Occur.Must, term) for term in terms])


if __name__ == "__main__":
    run(index, opened)
