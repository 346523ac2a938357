"""The notes beside the hits of a search, and the hints where there are none."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lsq.errors import QueryError
from lsq.index import Index
from lsq.messages import _
from lsq.output.explanation import no_article_has
from lsq.output.html.elements import Html, element, joined
from lsq.output.html.whole_page import of_documents
from lsq.output.printable import counted
from lsq.search.wording import stated_period
from lsq.serve.page_request import PageRequest
from lsq.text.fold import spelled

if TYPE_CHECKING:
    from lsq.search.hints import Missing
    from lsq.search.searcher import Results


def notes(index: Index, asked: PageRequest, results: "Results") -> Iterator[Html]:
    """The notes on a search, as `lsq search` prints them on stderr."""
    if index.is_incomplete:
        yield _note(_("The index is not complete yet: lsq index is still running, or was stopped."))
    if _matches_otherwise(asked, results):
        yield _note(no_article_has(asked.q))
    terms = dict.fromkeys(term for entry in results.entries for term in entry.terms)
    if terms and (asked.any_word or results.synonym_total or not results.total):
        yield _note(_("also searching: {terms}").format(terms=spelled(" ".join(terms))))
    for text, instead, is_sure in index.foreign_operators(asked.q):
        if is_sure or not results.literal_total:
            said = _("{text} is text here, not an operator; write {instead}")
            yield _note(said.format(text=text, instead=instead))
    if period := stated_period(asked.q):
        query = f"{period.rest} date:{period.since or ''}..{period.until or ''}"
        yield _note(_("for the articles dated so:"), _link(asked, query, q=query))


def _matches_otherwise(asked: PageRequest, results: "Results") -> bool:
    """Whether all hits are by words or synonyms, where literal ones would come first."""
    return (
        bool(results.total)
        and not results.literal_total
        and asked.sort == "relevance"
        and not asked.any_word
        and (bool(results.synonym_total) or results.asks_for_words)
    )


def hints_html(index: Index, asked: PageRequest) -> Html:
    """What helps where nothing was found: links to searches that find something."""
    try:
        hints = index.hints(asked.q, **asked.request().matching)
    except QueryError:  # a part of the query takes too long, where the whole did not
        return _note(no_article_has(asked.q))
    items: list[Html] = []
    if not hints.missing:
        items.append(_note(no_article_has(asked.q)))
    for missing in hints.missing:
        items += _missing(asked, missing)
    if hints.with_any:
        said = _("with any of the words: {articles}").format(articles=counted(hints.with_any))
        items.append(element("p", _link(asked, said, any_word=True), class_="hint"))
    return element("div", *items, class_="hints")


def _missing(asked: PageRequest, missing: "Missing") -> Iterator[Html]:
    said = _("no article contains {query}{without}")
    without = f" ({spelled(' '.join(missing.words))})" if missing.words else ""
    yield _note(said.format(query=missing.query, without=without))
    if missing.corrections:
        links = [
            joined(
                _link(asked, one.query, q=_replaced(asked.q, missing.query, one.query)),
                f" ({counted(one.articles)})",
            )
            for one in missing.corrections
        ]
        near = [element("li", link) for link in links]
        yield element("div", element("p", _("near to it:")), element("ul", *near), class_="hint")


def _replaced(query: str, part: str, instead: str) -> str:
    """The query with another spelling of a part; that alone, where it was typed otherwise."""
    return query.replace(part, instead) if part in query else instead


def _link(asked: PageRequest, text: str, **changed: Any) -> Html:
    return element("a", text, href=asked.url(start=0, id="", **changed), lang=of_documents())


def _note(*content: str) -> Html:
    pieces = [piece for one in content for piece in (one, " ")][:-1]
    return element("p", *pieces, class_="note")
