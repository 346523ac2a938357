"""The documents that references may mean, by their titles, numbers and subjects."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from lsq.engines import Engine, Match
from lsq.model import Article
from lsq.query import And, Field, Literal, Named, Or, Query
from lsq.query.days import days_of
from lsq.query.keys import COUNTRY, number_name, title_name
from lsq.relations.references import Reference
from lsq.relations.titles import is_same_issuer, may_have_issuer, split_issuer
from lsq.relations.versions import CitableArticle, choose_part, headings
from lsq.text.fold import fold, squeeze

# How many names are searched in one query.
_AT_ONCE: Final = 200


class Directory:
    """Documents by their names."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[CitableArticle]] = {}
        # By the title without the issuer, with the issuer.
        self._by_rest: dict[str, list[tuple[str, CitableArticle]]] = {}
        self._by_number: dict[str, list[CitableArticle]] = {}
        self._ids: set[str] = set()

    def add(self, document: CitableArticle) -> None:
        """Add a document under its names."""
        if document.id in self._ids:
            return
        self._ids.add(document.id)
        if document.name:
            self._by_name.setdefault(document.name, []).append(document)
        if document.number:
            self._by_number.setdefault(document.number, []).append(document)
        if split := split_issuer(fold(document.title)):
            self._by_rest.setdefault(split.rest, []).append((split.issuer, document))

    def part_ids(self) -> set[str]:
        """The ids of documents that share name and day with others: they are parts of one code."""
        found = set()
        for documents in self._by_name.values():
            days = Counter(document.day for document in documents)
            found |= {one.id for one in documents if one.day and days[one.day] > 1}
        return found

    def set_headings(self, known: dict[str, frozenset[str]]) -> None:
        """Set the headings of some documents, by their ids."""
        for documents in self._by_name.values():
            documents[:] = [
                one._replace(headings=known[one.id]) if one.id in known else one
                for one in documents
            ]

    def part(self, source: CitableArticle, pinpoint: str) -> CitableArticle:
        """The part that has an article of law, of the code that `source` is a part of."""
        same = self._by_name.get(source.name, ()) if source.day else ()
        parts = [one for one in same if one.day == source.day]
        return choose_part(parts, pinpoint, source)

    def versions(
        self, reference: Reference, source: CitableArticle
    ) -> tuple[str, Sequence[CitableArticle]]:
        """The first known name of a reference, and its documents; "" and none if none is known."""
        for name in reference.names:
            if reference.form != "number" and (known := self._titled(name, reference, source)):
                return name, known
        if documents := self._numbered(reference.number):
            return reference.names[0], documents
        return "", ()

    def _titled(
        self, name: str, reference: Reference, source: CitableArticle
    ) -> Sequence[CitableArticle]:
        if documents := self._by_name.get(title_name(name)):
            return documents
        split = split_issuer(name)
        if not split:
            return ()
        around = (title_name(reference.before), title_name(source.issuer))
        known = []
        for issuer, document in self._by_rest.get(split.rest, ()):
            if split.issuer:
                own = issuer or title_name(document.issuer)
                fits = not own or is_same_issuer(own, split.issuer)
            else:
                fits = may_have_issuer(issuer, *around)
            if fits:
                known.append(document)
        names = {document.name for document in known}
        return known if len(names) == 1 else ()

    def _numbered(self, number: str) -> Sequence[CitableArticle]:
        """The documents with the longest known number that this one, from a text, ends with.

        A text does not show where the name of the office begins.
        """
        name = number_name(number)
        start = 0
        while name[start : start + 2] and not name[start].isdigit():
            if documents := self._by_number.get(name[start:]):
                return documents
            start += 1
        return ()


def directory_of(engine: Engine, found: Iterable[Reference], titles: set[str]) -> Directory:
    """The documents in the index that the references and the titles may mean."""
    names = {("title", title) for title in titles}
    rests: dict[str, str] = {}
    for reference in found:
        for name in reference.names if reference.form != "number" else ():
            names.add(("title", title_name(name)))
            if split := split_issuer(name):
                names.add(("title", split.rest))
                rests.setdefault(split.rest, name[name.find("关于") :])
        number = number_name(reference.number)
        for start in range(len(number)):
            if number[start].isdigit():
                break
            names.add(("number", number[start:]))
    queries: list[Query] = [Named(kind, name) for kind, name in sorted(names) if name]
    queries += [title_query(name) for name in rests.values() if title_pieces(name)]
    matches: dict[str, Match] = {}
    for start in range(0, len(queries), _AT_ONCE):
        best = engine.search(Or(tuple(queries[start : start + _AT_ONCE])), None, "path").best
        matches |= {f"{match.path}#{match.ordinal}": match for match in best}
    ordered = sorted(matches.values(), key=lambda match: (match.path, match.ordinal))
    directory = Directory()
    by_id: dict[str, Match] = {}
    for match, stored in zip(ordered, engine.found(ordered), strict=True):
        directory.add(document_of(stored.article))
        by_id[stored.article.id] = match
    parts = [by_id[id_] for id_ in sorted(directory.part_ids())]
    directory.set_headings(
        {one.article.id: headings(fold(one.article.text)) for one in engine.found(parts)}
    )
    return directory


def document_of(article: Article) -> CitableArticle:
    """An article as a target of references."""
    title = article.title or ""
    date = article.date or article.published
    days = days_of(date)
    return CitableArticle(
        article.id,
        title,
        date,
        fold(article.issuer or ""),
        number_name(fold(article.number or "")),
        title_name(fold(title)),
        days[0] if days else 0,
    )


def title_query(name: str) -> Query:
    """The query for articles whose titles contain all pieces of a name."""
    return And(tuple(Field("title", Literal(piece)) for piece in title_pieces(name)))


def title_pieces(name: str) -> list[str]:
    """The runs of letters, ideographs and digits in a folded name, without the country."""
    parted = "".join(char if char.isalnum() else " " for char in squeeze(name))
    return [piece for piece in parted.replace(COUNTRY, " ").split() if piece]
