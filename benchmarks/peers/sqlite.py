"""SQLite FTS5 fed by rjieba: words with spaces between, chunks as AND, literals as phrases."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import rjieba

from benchmarks.peers.request import Find, Item, Request, run, texts


def index(folder: Path, location: Path) -> None:
    """Index the files below `folder`."""
    location.mkdir()
    connection = sqlite3.connect(location / "index.sqlite")
    with connection:
        fill(connection, ((path, rjieba.cut_for_search(text)) for path, text in texts(folder)))
    connection.close()


def fill(connection: sqlite3.Connection, articles: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Index articles, each a path and its words."""
    connection.execute("CREATE VIRTUAL TABLE articles USING fts5(path UNINDEXED, body)")
    spaced = ((path, " ".join(words)) for path, words in articles)
    connection.executemany("INSERT INTO articles VALUES (?, ?)", spaced)


def matching(connection: sqlite3.Connection, expression: str, limit: int | None) -> Iterator[str]:
    """The paths of the articles that match an FTS5 expression, the best first."""
    sql = "SELECT path FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?"
    for (path,) in connection.execute(sql, (expression, limit or -1)):
        yield path


def opened(location: Path) -> Find:
    """Open an index to search in."""
    connection = sqlite3.connect(f"file:{location}/index.sqlite?mode=ro", uri=True)

    def find(request: Request, limit: int | None) -> Iterable[str]:
        operator = " OR " if request.either else " AND "
        wanted = operator.join(filter(None, map(_expression, request.wanted)))
        if not wanted:
            return
        unwanted = "".join(f" NOT {_expression(one)}" for one in request.unwanted)
        yield from matching(connection, f"({wanted}){unwanted}", limit)

    return find


def _expression(item: Item) -> str:
    words = [word for word in rjieba.cut_for_search(item.text) if any(map(str.isalnum, word))]
    if item.exact:
        return f'"{" ".join(words)}"' if words else ""
    quoted = " AND ".join(f'"{word}"' for word in words)
    return f"({quoted})" if words else ""


if __name__ == "__main__":
    run(index, opened)
