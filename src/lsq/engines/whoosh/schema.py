"""What is stored of an article as Whoosh's schema, for those who write."""

from lsq.engines.folder.layout import BYTES, COLUMNS
from lsq.engines.whoosh.library import columns, fields, formats


def _words() -> fields.KEYWORD:
    field = fields.KEYWORD(scorable=True)
    # How often a word occurs is its posting's weight; nothing else is kept, no
    # positions either: whatever needs them is decided on the text itself.
    field.format = formats.Existence()
    return field


def _column(name: str) -> fields.COLUMN:
    code = COLUMNS[name]
    return fields.COLUMN(columns.VarBytesColumn() if code == BYTES else columns.NumericColumn(code))


SCHEMA = fields.Schema(
    words=_words(),
    # Title and number, reduced to what tells them from others: see `lsq.query.titles`.
    names=fields.ID(),
    # Both a term and a column, for those who open the index with Whoosh alone.
    path=fields.ID(sortable=True),
    **{name: _column(name) for name in COLUMNS if name != "path"},
)
