"""SQLite FTS5 fed by rjieba: words with spaces between, chunks as AND, literals as phrases."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import rjieba

from benchmarks.peers.request import Find, Item, Request, run, texts


def index(folder: Path, location: Path) -> None:
    """Index the files below `folder`."""
    location.mkdir()
    connection = sqlite3.connect(location / "index.sqlite")
    with connection:
        connection.execute("CREATE VIRTUAL TABLE articles USING fts5(path UNINDEXED, body)")
        connection.executemany(
            "INSERT INTO articles VALUES (?, ?)",
            ((path, " ".join(rjieba.cut_for_search(text))) for path, text in texts(folder)),
        )
    connection.close()


def opened(location: Path) -> Find:
    """Open an index to search in."""
    connection = sqlite3.connect(f"file:{location}/index.sqlite?mode=ro", uri=True)
    sql = "SELECT path FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?"

    def find(request: Request, limit: int | None) -> Iterable[str]:
        operator = " OR " if request.either else " AND "
        wanted = operator.join(filter(None, map(_expression, request.wanted)))
        if not wanted:
            return
        unwanted = "".join(f" NOT {_expression(one)}" for one in request.unwanted)
        for (path,) in connection.execute(sql, (f"({wanted}){unwanted}", limit or -1)):
            yield path

    return find


def _expression(item: Item) -> str:
    words = [word for word in rjieba.cut_for_search(item.text) if any(map(str.isalnum, word))]
    if item.exact:
        return f'"{" ".join(words)}"' if words else ""
    quoted = " AND ".join(f'"{word}"' for word in words)
    return f"({quoted})" if words else ""


if __name__ == "__main__":
    run(index, opened)
