"""The notes above the hits of a search, and the hints if nothing was found."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lsq.errors import QueryError
from lsq.index import Index
from lsq.messages import _
from lsq.output.explanation import no_article_has
from lsq.output.html.elements import Html, element, joined
from lsq.output.html.whole_page import documents_lang
from lsq.output.printable import counted
from lsq.search.wording import stated_period
from lsq.serve.page_request import PageRequest
from lsq.text.fold import usual_spelling

if TYPE_CHECKING:
    from lsq.search.hints import Missing
    from lsq.search.searcher import Results


def notes(index: Index, request: PageRequest, results: "Results") -> Iterator[Html]:
    """The notes on a search, as `lsq search` prints them on stderr."""
    if index.is_incomplete:
        yield _note(_("The index is not complete yet: lsq index is still running, or was stopped."))
    if _matches_otherwise(request, results):
        yield _note(no_article_has(request.q))
    terms = dict.fromkeys(term for entry in results.entries for term in entry.terms)
    if terms and (request.any_word or results.synonym_total or not results.total):
        yield _note(_("also searching: {terms}").format(terms=usual_spelling(" ".join(terms))))
    for text, instead, is_sure in index.foreign_operators(request.q):
        if is_sure or not results.literal_total:
            message = _("{text} is text here, not an operator; write {instead}")
            yield _note(message.format(text=text, instead=instead))
    if period := stated_period(request.q):
        query = f"{period.rest} date:{period.since or ''}..{period.until or ''}"
        yield _note(_("for the articles dated so:"), _link(request, query, q=query))


def _matches_otherwise(request: PageRequest, results: "Results") -> bool:
    """Whether no hit is literal, though literal hits would come first."""
    return (
        bool(results.total)
        and not results.literal_total
        and request.sort == "relevance"
        and not request.any_word
        and (bool(results.synonym_total) or results.asks_for_words)
    )


def hints_html(index: Index, request: PageRequest) -> Html:
    """Links to similar searches that find something."""
    try:
        hints = index.hints(request.q, **request.search_request().matching)
    except QueryError:  # a part of the query alone takes too long
        return _note(no_article_has(request.q))
    items: list[Html] = []
    if not hints.missing:
        items.append(_note(no_article_has(request.q)))
    for missing in hints.missing:
        items += _missing(request, missing)
    if hints.with_any:
        label = _("with any of the words: {articles}").format(articles=counted(hints.with_any))
        items.append(element("p", _link(request, label, any_word=True), class_="hint"))
    return element("div", *items, class_="hints")


def _missing(request: PageRequest, missing: "Missing") -> Iterator[Html]:
    message = _("no article contains {query}{without}")
    without = f" ({usual_spelling(' '.join(missing.words))})" if missing.words else ""
    yield _note(message.format(query=missing.query, without=without))
    if missing.corrections:
        links = [
            joined(
                _link(request, one.query, q=_replaced(request.q, missing.query, one.query)),
                f" ({counted(one.articles)})",
            )
            for one in missing.corrections
        ]
        near = [element("li", link) for link in links]
        yield element("div", element("p", _("near to it:")), element("ul", *near), class_="hint")


def _replaced(query: str, part: str, correction: str) -> str:
    """Correct a part of a query; return the correction alone if the part was typed otherwise."""
    return query.replace(part, correction) if part in query else correction


def _link(request: PageRequest, text: str, **changed: Any) -> Html:
    return element("a", text, href=request.url(start=0, id="", **changed), lang=documents_lang())


def _note(*content: str) -> Html:
    pieces = [piece for one in content for piece in (one, " ")][:-1]
    return element("p", *pieces, class_="note")
