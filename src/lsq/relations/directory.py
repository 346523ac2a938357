"""The documents that references may mean, by their titles, numbers and subjects."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from lsq.engines import Engine, Match
from lsq.model import Article
from lsq.query import And, Field, Literal, Named, Or, Query
from lsq.query.days import days_of
from lsq.query.keys import COUNTRY, number_name, title_name
from lsq.relations.references import Mention
from lsq.relations.titles import about, agree, alike
from lsq.relations.versions import CitableArticle, choose_part, headings
from lsq.text.fold import fold, squeeze

# The number of names in one query.
_AT_ONCE: Final = 200


class Directory:
    """The documents by their names."""

    def __init__(self) -> None:
        self._named: dict[str, list[CitableArticle]] = {}
        self._about: dict[str, list[tuple[str, CitableArticle]]] = {}
        self._numbered: dict[str, list[CitableArticle]] = {}
        self._ids: set[str] = set()

    def add(self, document: CitableArticle) -> None:
        """Add a document under its names."""
        if document.id in self._ids:
            return
        self._ids.add(document.id)
        if document.name:
            self._named.setdefault(document.name, []).append(document)
        if document.number:
            self._numbered.setdefault(document.number, []).append(document)
        if split := about(fold(document.title)):
            self._about.setdefault(split.rest, []).append((split.issuer, document))

    def parted(self) -> set[str]:
        """The ids of documents that share their names and days with others: parts of one code."""
        found = set()
        for documents in self._named.values():
            days = Counter(document.day for document in documents)
            found |= {one.id for one in documents if one.day and days[one.day] > 1}
        return found

    def put_headings(self, known: dict[str, frozenset[str]]) -> None:
        """Set the articles of law of some documents, by their ids."""
        for documents in self._named.values():
            documents[:] = [
                one._replace(headings=known[one.id]) if one.id in known else one
                for one in documents
            ]

    def part(self, source: CitableArticle, pinpoint: str) -> CitableArticle:
        """The part with an article of law, of the code that a text belongs to."""
        same = self._named.get(source.name, ()) if source.day else ()
        parts = [one for one in same if one.day == source.day]
        return choose_part(parts, pinpoint, source)

    def versions(
        self, mention: Mention, source: CitableArticle
    ) -> tuple[str, Sequence[CitableArticle]]:
        """The first name of a mention that is known, and its documents; no documents if none is."""
        for name in mention.names:
            if mention.form != "number" and (known := self._by_title(name, mention, source)):
                return name, known
        if number := self._by_number(mention.number):
            return mention.names[0], number
        return "", ()

    def _by_title(
        self, name: str, mention: Mention, source: CitableArticle
    ) -> Sequence[CitableArticle]:
        if documents := self._named.get(title_name(name)):
            return documents
        split = about(name)
        if not split:
            return ()
        around = (title_name(mention.before), title_name(source.issuer))
        known = []
        for issuer, document in self._about.get(split.rest, ()):
            if split.issuer:
                own = issuer or title_name(document.issuer)
                agreed = not own or alike(own, split.issuer)
            else:
                agreed = agree(issuer, *around)
            if agreed:
                known.append(document)
        names = {document.name for document in known}
        return known if len(names) == 1 else ()

    def _by_number(self, number: str) -> Sequence[CitableArticle]:
        """The office's name has no beginning in the text: the longest that is known."""
        name = number_name(number)
        start = 0
        while name[start : start + 2] and not name[start].isdigit():
            if documents := self._numbered.get(name[start:]):
                return documents
            start += 1
        return ()


def directory_of(engine: Engine, made: Iterable[Mention], titles: set[str]) -> Directory:
    """The documents in the index that the mentions and the titles may mean."""
    sought = {("title", title) for title in titles}
    abouts: dict[str, str] = {}
    for mention in made:
        for name in mention.names if mention.form != "number" else ():
            sought.add(("title", title_name(name)))
            if split := about(name):
                sought.add(("title", split.rest))
                abouts.setdefault(split.rest, name[name.find("关于") :])
        number = number_name(mention.number)
        for start in range(len(number)):
            if number[start].isdigit():
                break
            sought.add(("number", number[start:]))
    queries: list[Query] = [Named(kind, name) for kind, name in sorted(sought) if name]
    queries += [in_title(name) for name in abouts.values() if pieces(name)]
    matches: dict[str, Match] = {}
    for start in range(0, len(queries), _AT_ONCE):
        best = engine.search(Or(tuple(queries[start : start + _AT_ONCE])), None, "path").best
        matches |= {f"{match.path}#{match.ordinal}": match for match in best}
    ordered = sorted(matches.values(), key=lambda match: (match.path, match.ordinal))
    directory = Directory()
    texts: dict[str, Match] = {}
    for match, found in zip(ordered, engine.found(ordered), strict=True):
        directory.add(document_of(found.article))
        texts[found.article.id] = match
    parts = [texts[name] for name in sorted(directory.parted())]
    directory.put_headings(
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


def in_title(name: str) -> Query:
    """The articles whose titles have all pieces of a name, whatever stands between them."""
    return And(tuple(Field("title", Literal(piece)) for piece in pieces(name)))


def pieces(name: str) -> list[str]:
    """The runs of letters in a folded name, without the country, squeezed."""
    parted = "".join(char if char.isalnum() else " " for char in squeeze(name))
    return [piece for piece in parted.replace(COUNTRY, " ").split() if piece]
