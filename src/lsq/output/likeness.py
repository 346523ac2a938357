"""Write the articles similar to another: lines, JSON, tables.

JSON and tables are a stable interface, as `lsq.output.records` is.
"""

from collections.abc import Iterable
from typing import Any, Final, TextIO

from lsq.output.printable import location, promptly, sanitize
from lsq.relations.likeness import Relative

COLUMNS: Final = (
    "relation", "shared", "covered", "id", "path", "line", "page", "sheet", "row", "title", "date",
)  # fmt: skip


def record(one: Relative) -> dict[str, Any]:
    """A similar article as plain values; null for unknown values."""
    article = one.article
    return {
        "relation": one.relation,
        "shared": round(one.shared, 3),
        "covered": round(one.covered, 3),
        "id": article.id,
        "path": article.path,
        **article.place(0)._asdict(),
        "title": article.title,
        "date": article.date or article.published,
    }


def write_plain(found: Iterable[Relative], out: TextIO) -> None:
    """Write a line for each article: its place, the relation, both shares, its title."""
    promptly(map(_line, found), out.write, out)


def _line(one: Relative) -> str:
    where = location(one.article.path, one.article.place(0))
    shares = f"{one.shared:.2f} {one.covered:.2f}"
    return f"{where}:{one.relation} {shares} {sanitize(one.article.title or '')}".rstrip() + "\n"
