"""tantivy fed by rjieba: words with spaces between, chunks as AND, literals as phrases."""

from collections.abc import Iterable
from pathlib import Path

import rjieba
import tantivy
from tantivy import Occur, Query

from benchmarks.peers.request import Find, Item, Request, run, texts


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("path", stored=True, tokenizer_name="raw")
    builder.add_text_field("body", stored=True, tokenizer_name="whitespace")
    return builder.build()


def index(folder: Path, location: Path) -> None:
    """Index the files below `folder`."""
    location.mkdir()
    writer = tantivy.Index(_schema(), path=str(location)).writer()
    for path, text in texts(folder):
        body = " ".join(rjieba.cut_for_search(text))
        writer.add_document(tantivy.Document(path=path, body=body))
    writer.commit()
    writer.wait_merging_threads()


def opened(location: Path) -> Find:
    """Open an index to search in."""
    schema = _schema()
    searcher = tantivy.Index.open(str(location)).searcher()

    def find(request: Request, limit: int | None) -> Iterable[str]:
        occur = Occur.Should if request.either else Occur.Must
        parts = [(occur, _query(schema, one)) for one in request.wanted]
        parts += [(Occur.MustNot, _query(schema, one)) for one in request.unwanted]
        query = Query.boolean_query(parts)
        for _, address in searcher.search(query, limit=limit or max(searcher.num_docs, 1)).hits:
            yield searcher.doc(address)["path"][0]

    return find


def _query(schema: tantivy.Schema, item: Item) -> Query:
    words = [word for word in rjieba.cut_for_search(item.text) if not word.isspace()]
    if not words:
        return Query.empty_query()
    if item.exact and len(words) > 1:
        return Query.phrase_query(schema, "body", list(words))
    terms = [Query.term_query(schema, "body", word) for word in words]
    return Query.boolean_query([(Occur.Must, term) for term in terms])


if __name__ == "__main__":
    run(index, opened)
