"""What an article is related to: its versions and reprints, what it cites, and what cites it."""

from collections.abc import Iterator, Sequence

from lsq.index import Index
from lsq.messages import _
from lsq.model import Article
from lsq.output.html.elements import Html, element, joined
from lsq.output.html.whole_page import of_documents
from lsq.output.printable import numbered
from lsq.relations.citations import Citation
from lsq.relations.likeness import Relative
from lsq.serve.page_request import PageLinks, PageRequest

# Nobody reads through more; the command line has all.
_MOST = 200


def related_html(index: Index, article: Article, asked: PageRequest) -> Html:
    """Lists of links to related articles."""
    alike = index.similar(article)
    cites = index.citations(article.id)
    cited = index.cited_by(article.id)
    return element(
        "div",
        _section(_("Versions and reprints"), [_relative(one, asked) for one in alike]),
        _section(_("Cites"), list(_cited(cites, asked))),
        _section(_("Cited by"), list(_citing(cited, asked))),
        class_="related",
    )


def _section(name: str, items: Sequence[Html]) -> Html:
    more = element("p", _("and {count:,} more").format(count=len(items) - _MOST), class_="place")
    return joined(
        element("h2", f"{name} ", element("span", f"{len(items):,}", class_="rank")),
        element("ul", *items[:_MOST]) if items else element("p", _("None."), class_="place"),
        more if len(items) > _MOST else None,
    )


def _relative(one: Relative, asked: PageRequest) -> Html:
    names = {
        "identical": _("identical"),
        "reprint": _("reprint"),
        "version": _("version"),
        "excerpt": _("excerpt"),
        "alike": _("alike"),
    }
    date = one.article.date or one.article.published
    said = [names[one.relation], f"{max(one.shared, one.covered):.0%}", *([date] if date else [])]
    return element(
        "li",
        _link(one.article.id, one.article.title or one.article.id, asked),
        element("span", " · ".join(said), class_="place"),
    )


def _cited(found: Sequence[Citation], asked: PageRequest) -> Iterator[Html]:
    """What an article cites: each name once, with the articles of law that it names."""
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
        shown = _link(target.id, target.title or target.id, asked) if target else _name(name)
        yield element("li", shown, element("span", " · ".join(notes), class_="place"))


def _citing(found: Sequence[Citation], asked: PageRequest) -> Iterator[Html]:
    """What cites an article: each article once, with the places of its references."""
    groups: dict[str, list[Citation]] = {}
    for one in found:
        groups.setdefault(one.source.id, []).append(one)
    for name, references in groups.items():
        links = PageLinks(asked, name)
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
        yield element("li", _link(name, title, asked), element("span", *pieces, class_="place"))


def _link(name: str, title: str, asked: PageRequest) -> Html:
    target = PageLinks(asked._replace(view="")).article(name)
    return element("a", _name(title), href=target)


def _name(title: str) -> Html:
    return element("bdi", title, lang=of_documents())
