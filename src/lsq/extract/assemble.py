"""Assemble an article from its title, its paragraphs and its metadata.

Every character of the article's text keeps its place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lsq.model import Article, Bulletin, Paragraph, Places
from lsq.text.typography import separator


@dataclass(frozen=True, slots=True)
class Title:
    """A headline and its position.

    Attributes:
        text: the headline, whole and once.
        places: where its characters came from.
        consumed: its paragraphs, which the body does not repeat.
    """

    text: str
    places: Places
    consumed: frozenset[int]


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of an article; None for unknown values.

    Attributes:
        labelled: metadata from labels only: attributes of the article, and their values.
    """

    date: str | None = None
    published: str | None = None
    issuer: str | None = None
    number: str | None = None
    kind: str | None = None
    column: str | None = None
    byline: str | None = None
    labelled: Mapping[str, str] = field(default_factory=dict)


def title_of(
    paragraphs: Sequence[Paragraph],
    indexes: Sequence[int],
    repeats: Iterable[int] = (),
    between: str = "",
) -> Title:
    """The title in some paragraphs together.

    Args:
        paragraphs: of the bulletin.
        indexes: those whose lines are the headline's, in order.
        repeats: those that repeat it.
        between: the separator of lines, unless a dash or a colon separates them.
    """
    pieces: list[tuple[str, Places]] = []
    for index in indexes:
        paragraph = paragraphs[index]
        if pieces:
            said, places = pieces[-1]
            dashed = said.endswith(("——", "：", ":")) or paragraph.text[0] in "（(—"
            gap = separator(said, paragraph.text, within_words=False) or ("" if dashed else between)
            pieces[-1] = (said + gap, places)
        pieces.append((paragraph.text, paragraph.places))
    text = "".join(piece for piece, _ in pieces)
    return Title(text, Places.joined(pieces), frozenset(indexes) | frozenset(repeats))


def places_within(paragraph: Paragraph, text: str) -> Places:
    """Where the characters of `text`, a piece of a paragraph's, came from."""
    start = max(paragraph.text.find(text), 0)
    places = paragraph.places
    numbers = [places.at(start + offset) for offset in range(len(text))]
    changes = [at for at, number in enumerate(numbers) if at == 0 or number != numbers[at - 1]]
    return Places(tuple(changes), tuple(numbers[at] for at in changes))


def assemble(
    bulletin: Bulletin,
    ordinal: int,
    title: Title | None,
    body: Sequence[Paragraph],
    facts: Metadata,
) -> Article:
    """The article of some paragraphs under a title, or under none."""
    offsets: list[int] = []
    numbers: list[int] = []
    start = 1
    if title:
        offsets.extend(title.places.offsets)
        numbers.extend(title.places.numbers)
        start += len(title.text)
    elif body:
        offsets.append(0)
        numbers.append(body[0].places.numbers[0])
    last = numbers[-1] if numbers else -1
    for paragraph in body:
        places = paragraph.places
        if len(places.numbers) > 1 or places.numbers[0] != last:
            for offset, number in zip(places.offsets, places.numbers, strict=True):
                if number != last:
                    offsets.append(start + offset)
                    numbers.append(number)
                    last = number
        start += len(paragraph.text) + 1
    return Article(
        bulletin.path,
        ordinal,
        title.text if title else None,
        "\n".join([paragraph.text for paragraph in body]),
        Places(tuple(offsets), tuple(numbers)),
        bulletin.paged,
        facts.date,
        facts.published,
        facts.issuer,
        facts.number,
        facts.kind,
        facts.column,
        facts.byline,
        bulletin.sheet,
        **facts.labelled,
        ocr=not set(bulletin.recognised).isdisjoint(numbers),
    )
