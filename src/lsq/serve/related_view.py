"""Articles related to another: versions and reprints, what it cites, what cites it."""

from collections.abc import Iterator, Sequence

from lsq.index import Index
from lsq.messages import _
from lsq.model import Article
from lsq.output.html.elements import Html, element, joined
from lsq.output.html.whole_page import documents_lang
from lsq.output.printable import numbered
from lsq.output.shown import relation_names
from lsq.relations.citations import Citation
from lsq.relations.likeness import Relative
from lsq.serve.page_request import PageLinks, PageRequest

# The longest list that is shown; the command line prints everything.
_MAX_ITEMS = 200


def related_html(index: Index, article: Article, request: PageRequest) -> Html:
    """Lists of links to related articles."""
    alike = index.similar(article)
    cites = index.citations(article.id)
    cited = index.cited_by(article.id)
    return element(
        "div",
        _section(_("Versions and reprints"), [_relative(one, request) for one in alike]),
        _section(_("Cites"), list(_cited(cites, request))),
        _section(_("Cited by"), list(_citing(cited, request))),
        class_="related",
    )


def _section(name: str, items: Sequence[Html]) -> Html:
    more = element(
        "p", _("and {count:,} more").format(count=len(items) - _MAX_ITEMS), class_="place"
    )
    return joined(
        element("h2", f"{name} ", element("span", f"{len(items):,}", class_="rank")),
        element("ul", *items[:_MAX_ITEMS]) if items else element("p", _("None."), class_="place"),
        more if len(items) > _MAX_ITEMS else None,
    )


def _relative(one: Relative, request: PageRequest) -> Html:
    date = one.article.date or one.article.published
    notes = [
        relation_names()[one.relation],
        f"{max(one.shared, one.covered):.0%}",
        *([date] if date else []),
    ]
    return element(
        "li",
        _link(one.article.id, one.article.title or one.article.id, request),
        element("span", " · ".join(notes), class_="place"),
    )


def _cited(found: Sequence[Citation], request: PageRequest) -> Iterator[Html]:
    """The articles that an article cites, each once, with the cited provisions."""
    groups: dict[str, list[Citation]] = {}
    for one in found:
        if one.form != "self":
            groups.setdefault(one.target.id if one.target else f"《{one.name}》", []).append(one)
    for name, references in groups.items():
        target = references[0].target
        pins = list(dict.fromkeys(one.pinpoint for one in references if one.pinpoint))
        notes = [*([target.date] if target and target.date else []), *pins]
        if not target:
            notes.insert(0, _("not in the index"))
        shown = _link(target.id, target.title or target.id, request) if target else _name(name)
        yield element("li", shown, element("span", " · ".join(notes), class_="place"))


def _citing(found: Sequence[Citation], request: PageRequest) -> Iterator[Html]:
    """The articles that cite an article, each once, with the places of the references."""
    groups: dict[str, list[Citation]] = {}
    for one in found:
        groups.setdefault(one.source.id, []).append(one)
    for name, references in groups.items():
        links = PageLinks(request, name)
        places = dict.fromkeys(one.place for one in references)
        pieces = [
            piece
            for place in places
            for piece in (
                " ",
                element("a", numbered(place), href=links.place(references[0].path, place)),
            )
        ]
        title = references[0].source.title or name
        yield element("li", _link(name, title, request), element("span", *pieces, class_="place"))


def _link(article_id: str, title: str, request: PageRequest) -> Html:
    target = PageLinks(request._replace(view="")).article(article_id)
    return element("a", _name(title), href=target)


def _name(title: str) -> Html:
    return element("bdi", title, lang=documents_lang())
