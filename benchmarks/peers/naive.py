"""The naive pipeline: jieba's ChineseAnalyzer and stock Whoosh, as tutorials show it.

A literal is asked as its words: ChineseAnalyzer counts positions in characters, so
Whoosh's phrases, whose words follow each other, find next to nothing.
"""

import warnings
from collections.abc import Iterable
from pathlib import Path

warnings.simplefilter("ignore")  # both were written before Python 3.12

from jieba.analyse import ChineseAnalyzer  # noqa: E402  # after the warnings are off
from whoosh import index as whoosh_index  # noqa: E402
from whoosh.fields import ID, TEXT, Schema  # noqa: E402
from whoosh.qparser import QueryParser  # noqa: E402

from benchmarks.peers.request import Find, Request, run, texts  # noqa: E402


def index(folder: Path, location: Path) -> None:
    """Index the files below `folder`."""
    location.mkdir()
    schema = Schema(path=ID(stored=True), body=TEXT(stored=True, analyzer=ChineseAnalyzer()))
    writer = whoosh_index.create_in(str(location), schema).writer()
    for path, text in texts(folder):
        writer.add_document(path=path, body=text)
    writer.commit()


def opened(location: Path) -> Find:
    """Open an index to search in."""
    stored = whoosh_index.open_dir(str(location))
    parser = QueryParser("body", stored.schema)
    searcher = stored.searcher()

    def find(request: Request, limit: int | None) -> Iterable[str]:
        query = (" OR " if request.either else " ").join(_plain(one.text) for one in request.wanted)
        unwanted = "".join(f" NOT {_plain(one.text)}" for one in request.unwanted)
        for hit in searcher.search(parser.parse(query + unwanted), limit=limit):
            yield hit["path"]

    return find


def _plain(text: str) -> str:
    """The text without syntax of Whoosh's parser, as one word."""
    return "".join(char if char.isalnum() else "，" for char in text)


if __name__ == "__main__":
    run(index, opened)
