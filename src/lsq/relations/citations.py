"""Resolve references: those in articles, those to articles, and the whole citation graph.

A name resolves to the articles whose titles equal it, never to a similar title. References to
documents that are not in the index stay unresolved, and are shown so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lsq.engines import Engine, Match
from lsq.errors import AmbiguousNameError, UnknownIdError
from lsq.model import Article, Place
from lsq.query import And, Everything, Literal, Named, Or, Query
from lsq.query.days import days_of
from lsq.query.filters import Filters
from lsq.query.keys import number_name, title_name
from lsq.relations.directory import (
    Directory,
    directory_of,
    document_of,
    title_pieces,
    title_query,
)
from lsq.relations.references import Form, Reference, likeliest_name, references
from lsq.relations.titles import split_issuer
from lsq.relations.versions import Choice, CitableArticle, choose_version, headings
from lsq.text.fold import fold, squeeze


class Citation(NamedTuple):
    """A reference in an article, and its target.

    Attributes:
        source: the citing article.
        path: its bulletin.
        place: where the reference is in it.
        form: quoted, bare, self or number.
        text: the reference as printed.
        name: the name in it, as printed, without 《》; or the document number.
        pinpoint: the article of law, paragraph and item, folded; "" for none.
        target: the cited article; None if it is not in the index.
        version: how the target was chosen among its versions; None without a target.
    """

    source: CitableArticle
    path: str
    place: Place
    form: Form
    text: str
    name: str
    pinpoint: str
    target: CitableArticle | None
    version: Choice | None


class Cited(NamedTuple):
    """The number of citations of a document.

    Attributes:
        name: its title; if it is not in the index, the name in the references.
        target: its article; None if it is not in the index.
        articles: the number of articles that cite it, other than itself.
        references: the number of their references.
    """

    name: str
    target: CitableArticle | None
    articles: int
    references: int


def citations(
    engine: Engine, names: Sequence[str], filters: Filters | None = None
) -> list[Citation]:
    """The references in the articles with these ids, numbers or titles.

    Args:
        engine: the index.
        names: their ids, numbers or titles; of several versions, the newest is used.
        filters: conditions on the articles.

    Raises:
        UnknownIdError: there is no such article.
    """
    found = [article for name in names for article in named_articles(engine, name)]
    if filters:
        allowed = {f"{match.path}#{match.ordinal}" for match in _matches(engine, filters)}
        found = [article for article in found if article.id in allowed]
    return list(_resolved(engine, found))


def _matches(engine: Engine, filters: Filters | None, *wanted: Query) -> Sequence[Match]:
    """The articles that satisfy filters and another query, by path."""
    parts = [*wanted, *(filters.queries() if filters else ())]
    query = Everything() if not parts else parts[0] if len(parts) == 1 else And(tuple(parts))
    return engine.search(query, None, "path").best


def _resolved(
    engine: Engine, articles: Sequence[Article], keys: set[str] | None = None
) -> Iterator[Citation]:
    """The references in articles; with keys, only those whose target may have one of them."""
    found = [references(fold(article.text)) for article in articles]
    titles = [title_name(fold(article.title or "")) for article in articles]
    if keys is not None:
        found = [
            [one for one in own if _may_mean(one, keys) or (one.form == "self" and title in keys)]
            for title, own in zip(titles, found, strict=True)
        ]
    directory = directory_of(engine, [one for own in found for one in own], set(titles))
    for article, own in zip(articles, found, strict=True):
        yield from _with_targets(article, own, directory)


def cited_by(
    engine: Engine, names: Sequence[str], filters: Filters | None = None
) -> list[Citation]:
    """The references to the articles with these ids, numbers or titles, in other articles.

    Args:
        engine: the index.
        names: their ids, numbers or titles; a title or number means every version, an id one.
        filters: conditions on the citing articles.

    Raises:
        UnknownIdError: there is no such article.
    """
    targets = [one for name in names for one in named_articles(engine, name, every=True)]
    wanted = {article.id for article in targets}
    queries = dict.fromkeys(query for article in targets for query in _citing_queries(article))
    if not queries:
        return []
    found = _matches(engine, filters, Or(tuple(queries)))
    articles = [one.article for one in engine.found(found) if one.article.id not in wanted]
    keys = {key for article in targets for key in _keys(article)}
    return [
        citation
        for citation in _resolved(engine, articles, keys)
        if citation.target and citation.target.id in wanted
    ]


def _keys(article: Article) -> Iterator[str]:
    """The normalized names by which this article may be cited."""
    document = document_of(article)
    yield document.name
    if split := split_issuer(fold(document.title)):
        yield split.rest
    if document.number:
        yield document.number


def _may_mean(reference: Reference, keys: set[str]) -> bool:
    number = number_name(reference.number)
    if number and any(number.endswith(key) for key in keys):
        return True
    for name in reference.names:
        split = split_issuer(name)
        if title_name(name) in keys or (split and split.rest in keys):
            return True
    return False


def graph(engine: Engine, filters: Filters | None = None) -> Iterator[Citation]:
    """All references of all articles in the index, by path; reads each article twice.

    Args:
        engine: the index.
        filters: conditions on the citing articles.
    """
    matches = _matches(engine, None)
    directory = Directory()
    for found in engine.found(matches):
        directory.add(document_of(found.article))
    part_ids = directory.part_ids()
    parts = [match for match in matches if f"{match.path}#{match.ordinal}" in part_ids]
    directory.set_headings(
        {one.article.id: headings(fold(one.article.text)) for one in engine.found(parts)}
    )
    for found in engine.found(_matches(engine, filters) if filters else matches):
        yield from _with_targets(found.article, references(fold(found.article.text)), directory)


def most_cited(found: Iterable[Citation], *, unresolved: bool = False) -> list[Cited]:
    """The targets of these references, the most cited first.

    Args:
        found: references.
        unresolved: count the unresolved names instead of the documents.
    """
    counts: Counter[str] = Counter()
    sources: dict[str, set[str]] = {}
    first: dict[str, Citation] = {}
    for one in found:
        if one.form == "self" or bool(one.target) == unresolved:
            continue
        if one.target and one.target.id == one.source.id:
            continue
        key = one.target.id if one.target else title_name(fold(one.name)) or one.name
        counts[key] += 1
        sources.setdefault(key, set()).add(one.source.id)
        first.setdefault(key, one)
    cited = [
        Cited(
            (target.title if (target := first[key].target) else "") or first[key].name,
            first[key].target,
            len(sources[key]),
            count,
        )
        for key, count in counts.items()
    ]
    return sorted(cited, key=lambda one: (-one.articles, -one.references, one.name))


def named_articles(engine: Engine, name: str, *, every: bool = False) -> list[Article]:
    """The articles that an id, a number or a title names; of several versions, the newest.

    Args:
        engine: the index.
        name: an id, a number or a title.
        every: all versions.

    Raises:
        UnknownIdError: there is none.
    """
    from lsq.search.explain import find_article

    path, sign, ordinal = name.rpartition("#")
    if sign and path and ordinal.isdigit():
        return [one.article for one in engine.found([find_article(engine, name)])]
    folded = fold(name).strip().removeprefix("《").removesuffix("》")
    kinds = (("number", number_name(folded)), ("title", title_name(folded)))
    queries = [Named(kind, key) for kind, key in kinds if key]
    matches = engine.search(Or(tuple(queries)), None, "path").best if queries else ()
    articles = [one.article for one in engine.found(matches)]
    if not articles and (split := split_issuer(folded)):
        articles = [one for one in _titled(engine, folded) if _rest(one) == split.rest]
    if not articles:
        raise UnknownIdError(name, engine.location, by_name=True)
    newest = max(document_of(article).day for article in articles)
    return [one for one in articles if every or document_of(one).day == newest]


def named_article(engine: Engine, name: str) -> Article:
    """The one article that an id, a number or a title names; of versions, the newest.

    Raises:
        UnknownIdError: there is none.
        AmbiguousNameError: there are several.
    """
    article, *others = named_articles(engine, name)
    if others:
        raise AmbiguousNameError(name, [article.id, *(other.id for other in others)])
    return article


def _titled(engine: Engine, name: str) -> list[Article]:
    matches = engine.search(title_query(name), None, "path").best
    return [one.article for one in engine.found(matches)]


def _rest(article: Article) -> str:
    split = split_issuer(fold(article.title or ""))
    return split.rest if split else ""


def _citing_queries(article: Article) -> Iterator[Query]:
    """Queries for the articles that may cite this one: by its title, by its number."""
    title = fold(article.title or "")
    split = split_issuer(title)
    name = split.rest.removeprefix("关于") if split else title_name(title)
    parts: list[str] = []
    # Only pieces of the name, not of the version that follows it, （2018修正）.
    for piece in title_pieces(title.partition("关于")[2] if split else title):
        if sum(map(len, parts)) < len(name):
            parts.append(piece)
    if parts:
        yield And(tuple(map(Literal, parts)))
    if article.number:
        yield Literal(squeeze(fold(article.number)))


def _with_targets(
    article: Article, found: Sequence[Reference], directory: Directory
) -> Iterator[Citation]:
    """The references found in an article, with their targets."""
    source = document_of(article)
    days = days_of(source.date)
    day = days[1] if days else 0
    text = article.text
    for reference in found:
        low, high = reference.printed
        target: CitableArticle | None = None
        version: Choice | None = None
        if reference.form == "self":
            target, version = directory.part(source, reference.pinpoint), "current"
        else:
            name, versions = directory.versions(reference, source)
            chosen = name or likeliest_name(reference)
            if reference.form == "bare" and chosen in reference.names[0]:
                low = high - len(chosen)
            if versions:
                target, version = choose_version(
                    versions,
                    day,
                    before=reference.before,
                    year=reference.year,
                    pinpoint=reference.pinpoint,
                )
        # The name with its brackets, and its own pinpoint, even if that is one of a list.
        whole = slice(low - 1, high + 1) if reference.form == "quoted" else slice(low, high)
        pinpoint = text[slice(*reference.pinned)]
        if fold(pinpoint) != reference.pinpoint:  # 第二款, after 第十条第一款
            pinpoint = reference.pinpoint
        printed = text[whole] + pinpoint
        yield Citation(
            source,
            article.path,
            article.place(reference.pinned[0] or low),
            reference.form,
            " ".join(printed.split()),
            " ".join(text[low:high].split()),
            reference.pinpoint,
            target,
            version,
        )
