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
        text: the headline.
        places: the places of its characters.
        consumed: its paragraphs and their repetitions, which the body leaves out.
    """

    text: str
    places: Places
    consumed: frozenset[int]


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of an article; None for unknown values.

    Attributes:
        labelled: the attributes of the article that only labels give, with their values.
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
    """Join the paragraphs of a headline.

    Args:
        paragraphs: the paragraphs of the bulletin.
        indexes: the indexes of the headline, in order.
        repeats: the indexes of paragraphs that repeat it.
        between: the separator, unless a dash or a colon separates the paragraphs.
    """
    pieces: list[tuple[str, Places]] = []
    for index in indexes:
        paragraph = paragraphs[index]
        if pieces:
            before, places = pieces[-1]
            dashed = before.endswith(("——", "：", ":")) or paragraph.text[0] in "（(—"
            gap = separator(before, paragraph.text, within_words=False)
            pieces[-1] = (before + (gap or ("" if dashed else between)), places)
        pieces.append((paragraph.text, paragraph.places))
    text = "".join(piece for piece, _ in pieces)
    return Title(text, Places.joined(pieces), frozenset(indexes) | frozenset(repeats))


def places_within(paragraph: Paragraph, text: str) -> Places:
    """The places of `text`, which is a part of a paragraph."""
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
    """Create an article from its parts."""
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
