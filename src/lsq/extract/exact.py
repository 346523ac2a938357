"""The one article that a sheet or a record is. Knows nothing of how either is stored."""

from collections.abc import Sequence

from lsq.extract.assemble import Title, assemble, title_of
from lsq.extract.document import understand
from lsq.extract.labels import read_labels
from lsq.model import Article, Bulletin, Paragraph, Places


def whole(bulletin: Bulletin, paragraphs: Sequence[Paragraph]) -> Article:
    """All of `bulletin` as one article.

    Its title is its first heading; a sheet without one is called as the workbook calls it.

    Args:
        bulletin: a sheet or a record.
        paragraphs: its rows or lines, at least one.
    """
    heads = [index for index, paragraph in enumerate(paragraphs) if paragraph.heading]
    title = title_of(paragraphs, heads[:1]) if heads else _named(bulletin, paragraphs)
    labelled = read_labels(paragraphs)
    facts = understand(bulletin.path, paragraphs, labelled, title, range(len(paragraphs)))
    body = (
        [paragraph for index, paragraph in enumerate(paragraphs) if index not in title.consumed]
        if title
        else list(paragraphs)
    )
    return assemble(bulletin, 1, title, body, facts)


def _named(bulletin: Bulletin, paragraphs: Sequence[Paragraph]) -> Title | None:
    if bulletin.sheet is None:
        return None
    return Title(bulletin.sheet, Places((0,), paragraphs[0].places.numbers), frozenset())
