"""Find the occurrences of a query in a text, to be highlighted.

They are those of the terms that made the article match: of `SameSentence`, `SameParagraph` and
`Near` only those that occur together, of `title:` only those in the title. Filters have none.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Self

from lsq.hit import StoredArticle
from lsq.query import (
    And,
    Chunk,
    Dated,
    Everything,
    Field,
    Literal,
    Near,
    Not,
    Or,
    Query,
    Regex,
    SameParagraph,
    SameSentence,
)
from lsq.query.fields import SCORED_FIELDS
from lsq.query.patterns import Patterns

# In characters: the maximum length of a match of a regular expression; it may be a whole text.
LONGEST = 60


class Occurrence(NamedTuple):
    """An occurrence in a text: a range of characters, and the string found there."""

    start: int
    end: int
    sought: str


class _Form:
    """A form of a text, such as the squeezed one, with positions in the original.

    Args:
        text: the form.
        original: converts a position in `text` to one in the original.
    """

    def __init__(self, text: str, original: Callable[[int], int]) -> None:
        self.text = text
        self.original = original

    def occurrence(self, start: int, end: int, sought: str) -> Occurrence:
        return Occurrence(self.original(start), self.original(end - 1) + 1, sought)

    def piece(self, start: int, end: int) -> "_Form":
        """A range of it as a form of its own."""
        return _Piece(self, start, end)


class _Piece(_Form):
    def __init__(self, whole: _Form, start: int, end: int) -> None:
        super().__init__(whole.text[start:end], lambda place: whole.original(start + place))


class _Forms(NamedTuple):
    """The two forms of a text; inside a sentence or a title, they are the same."""

    squeezed: _Form
    lined: _Form

    @classmethod
    def one(cls, form: _Form) -> Self:
        return cls(form, form)


def occurrences(found: StoredArticle, query: Query) -> list[Occurrence]:
    """The occurrences in an article's text, in order; at the same position, the longest first.

    Args:
        found: the article.
        query: the query.

    Raises:
        QueryError: a regular expression takes too long.
    """
    sought = strings(query, found.squeezed)
    if sought is not None:
        text = found.squeezed
        return originals(
            found, [(low, -high, one) for one in set(sought) for low, high in ranges(one, text)]
        )
    squeezed = _Form(found.squeezed, found.offset)
    forms = _Forms(squeezed, _lined(found)) if looks_at_lines(query) else _Forms.one(squeezed)
    return _in_order(_found_by(query, forms, Patterns()))


def originals(found: StoredArticle, every: list[tuple[int, int, str]]) -> list[Occurrence]:
    """Convert occurrences in an article's squeezed text to its text; ordered as `occurrences`.

    Args:
        found: the article.
        every: for each, its start in the squeezed text, its end as a negative number, the string.
    """
    every.sort()
    starts = found.offsets(low for low, _, _ in every)
    lasts = found.offsets(-high - 1 for _, high, _ in every)
    return [
        Occurrence(start, last + 1, sought)
        for start, last, (_, _, sought) in zip(starts, lasts, every, strict=True)
    ]


def _in_order(every: Iterable[Occurrence]) -> list[Occurrence]:
    """The occurrences, each once, ordered as by `occurrences`."""
    return sorted(set(every), key=lambda one: (one.start, -one.end, one.sought))


def _lined(found: StoredArticle) -> _Form:
    text, dropped = found.squeezed_lines()
    return _Form(text, lambda place: place + bisect_right(dropped, place))


def looks_at_lines(query: Query) -> bool:
    """Whether any part of a query needs the lined text."""
    match query:
        case And(parts) | Or(parts):
            return any(map(looks_at_lines, parts))
        case Field(name):
            return name in SCORED_FIELDS
    return isinstance(query, Regex | SameSentence | SameParagraph | Near)


def _found_by(query: Query, forms: _Forms, patterns: Patterns) -> Iterator[Occurrence]:  # noqa: PLR0912  # a case a node
    match query:
        case Literal(text):
            yield from _of_string(forms.squeezed, text)
        case Chunk(text, words):
            exact = list(_of_string(forms.squeezed, text))
            yield from exact
            if not exact:
                for word in words:
                    yield from _of_string(forms.squeezed, word)
        case Regex():
            for start, end in patterns.ranges(query, forms.lined.text):
                if start < end:
                    shown = min(end, start + LONGEST)
                    yield forms.lined.occurrence(start, shown, forms.lined.text[start:shown])
        case SameSentence(part) | SameParagraph(part):
            yield from _marks_in_units(query, part, forms.lined, patterns)
        case Near():
            for paragraph in _paragraphs(query, forms.lined):
                yield from _found_in_stretches(query, paragraph, patterns)
        case Field(name, part) if name in SCORED_FIELDS:  # only the title
            title = forms.lined.piece(0, forms.lined.text.index("\n"))
            yield from _found_by(part, _Forms.one(title), patterns)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _found_by(part, forms, patterns)
        case Field() | Dated() | Everything() | Not():
            pass


def _marks_in_units(
    query: SameSentence | SameParagraph, part: Query, lined: _Form, patterns: Patterns
) -> Iterator[Occurrence]:
    from lsq.query.units import holds, units

    for start, end in units(query, lined.text):
        unit = lined.piece(start, end)
        if holds(part, unit.text, patterns):
            yield from _found_by(part, _Forms.one(unit), patterns)


def _paragraphs(near: Near, lined: _Form) -> Iterator[_Form]:
    """The paragraphs that may contain the terms close together."""
    from lsq.query.units import units

    for start, end in units(SameParagraph(And(near.parts)), lined.text):
        yield lined.piece(start, end)


def spans(found: StoredArticle, query: Query) -> list[Occurrence]:
    """The ranges that satisfy a query; ordered as `occurrences`, and raises as it.

    For `SameSentence` and `SameParagraph` the whole sentence or paragraph, for `Near` each range
    that contains no shorter one; for other terms, their occurrences.
    """
    if not _has_functions(query):
        return occurrences(found, query)
    squeezed = _Form(found.squeezed, found.offset)
    return _in_order(_spans(query, _Forms(squeezed, _lined(found)), Patterns()))


def _has_functions(query: Query) -> bool:
    match query:
        case And(parts) | Or(parts):
            return any(map(_has_functions, parts))
    return isinstance(query, SameSentence | SameParagraph | Near)


def _spans(query: Query, forms: _Forms, patterns: Patterns) -> Iterator[Occurrence]:
    from lsq.query.units import holds, stretches, units

    lined = forms.lined
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _spans(part, forms, patterns)
        case SameSentence(part) | SameParagraph(part):
            for start, end in units(query, lined.text):
                if holds(part, lined.text[start:end], patterns):
                    yield lined.occurrence(start, end, lined.text[start:end])
        case Near():
            for paragraph in _paragraphs(query, lined):
                # Of ranges with the same end, the last one is the shortest.
                shortest = {end: start for start, end in stretches(query, paragraph.text, patterns)}
                for end, start in shortest.items():
                    yield paragraph.occurrence(start, end, paragraph.text[start:end])
        case _:
            yield from _found_by(query, forms, patterns)


def _found_in_stretches(near: Near, squeezed: _Form, patterns: Patterns) -> Iterator[Occurrence]:
    from lsq.query.units import stretches

    within = list(stretches(near, squeezed.text, patterns))
    ends = [end for _, end in within]
    every = [one for part in near.parts for one in _near(part, squeezed, patterns)]
    for start, end in every:
        # Starts and ends both ascend: the first range that ends late enough.
        nearest = bisect_left(ends, end)
        if nearest < len(within) and within[nearest][0] <= start:
            yield squeezed.occurrence(start, end, squeezed.text[start:end])


def _near(part: Query, squeezed: _Form, patterns: Patterns) -> Iterator[tuple[int, int]]:
    """The ranges of the occurrences of a part of a `Near`."""
    match part:
        case And(parts) | Or(parts):
            for one in parts:
                yield from _near(one, squeezed, patterns)
        case Chunk(text, words):
            for string in (text, *words):
                yield from ranges(string, squeezed.text)
        case Literal(text):
            yield from ranges(text, squeezed.text)
        case Regex():
            for start, end in patterns.ranges(part, squeezed.text):
                if start < end:
                    yield start, min(end, start + LONGEST)


def strings(query: Query, squeezed: str, *, whole: bool = True) -> list[str] | None:
    """The strings whose occurrences in a squeezed text are the occurrences of `query`.

    Some of them may not occur. None if the query is not as simple.

    Args:
        query: the query.
        squeezed: the text, or the beginning of it.
        whole: whether it is all of the text; if not, None may mean that the rest decides.
    """
    match query:
        case Literal(text):
            return [text]
        case Chunk(text, words):
            if text in squeezed:
                return [text]
            return list(words) if whole else None
        case And(parts) | Or(parts):
            every = [strings(part, squeezed, whole=whole) for part in parts]
            return None if None in every else [text for one in every if one for text in one]
    return None if looks_at_lines(query) else []


def _of_string(form: _Form, sought: str) -> Iterator[Occurrence]:
    for start, end in ranges(sought, form.text):
        yield form.occurrence(start, end, sought)


def ranges(sought: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a string occurs in a text, without overlaps, from left to right."""
    start = text.find(sought)
    while start >= 0:
        end = start + len(sought)
        yield start, end
        start = text.find(sought, end)
