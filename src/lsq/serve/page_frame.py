"""The frame of every page: search box, language; and the page of an error."""

from collections.abc import Collection
from typing import Final

from lsq.errors import QueryError
from lsq.messages import _, is_chinese
from lsq.output.html.elements import Html, element, joined
from lsq.output.html.whole_page import END, documents_lang, head
from lsq.serve.assets import ICON, SCRIPT, STYLE
from lsq.serve.indexes import ServedIndexes
from lsq.serve.page_request import PageRequest

# Characters of a query that are shown before and after the position of an error.
_CONTEXT: Final = 60


def framed_page(  # noqa: PLR0913  # pages differ in all of them
    indexes: ServedIndexes,
    request: PageRequest,
    title: str,
    *content: str | None,
    address: str = "/",
    kind: str = "",
    parts: Collection[str] = ("hits",),
) -> Html:
    """A whole page.

    Args:
        indexes: the indexes that can be searched.
        request: the request for the page.
        title: the title of the window.
        content: everything below the search box.
        address: the path of the page's URL.
        kind: the CSS class of the content.
        parts: the ids of the elements that skip links lead to.
    """
    return joined(
        head(
            title,
            element("link", rel="icon", href=ICON),
            element("link", rel="stylesheet", href=STYLE),
            element("script", src=SCRIPT, defer=True),
        ),
        element("a", _("To the hits"), href="#hits", class_="skip") if "hits" in parts else None,
        element("a", _("To the article"), href="#article", class_="skip")
        if "article" in parts
        else None,
        _header(indexes, request, address),
        element("main", *content, class_=kind or None),
        END,
    )


def error_page(
    indexes: ServedIndexes, request: PageRequest, error: Exception | str, address: str = "/"
) -> Html:
    """The page that reports an error, with the search box for another try."""
    if isinstance(error, QueryError):
        message = joined(element("h1", _("This query is not valid")), _query_error(error))
    else:
        message = joined(element("h1", _("This page cannot be shown")), element("p", str(error)))
    content = element("section", message, class_="error", id="hits", role="alert")
    title = _("{query} – lsq").format(query=request.q or _("error"))
    return framed_page(indexes, request, title, content, address=address)


def _query_error(error: QueryError) -> Html:
    """The reason why a query is invalid, and the query with the position marked."""
    at = error.position
    before, wrong, after = error.query[:at], error.query[at : at + 1], error.query[at + 1 :]
    if len(before) > _CONTEXT:
        before = f"…{before[-_CONTEXT:]}"
    if len(after) > _CONTEXT:
        after = f"{after[:_CONTEXT]}…"
    return joined(
        element("p", error.reason),
        element(
            "p",
            before,
            element("span", wrong or "\u00a0", class_="caret", title=_("here")),
            after,
            class_="query",
            lang=documents_lang(),
        ),
    )


def _header(indexes: ServedIndexes, request: PageRequest, address: str) -> Html:
    return element(
        "header",
        element("a", "lsq", href="/", class_="home", aria_label=_("lsq: start")),
        _form(indexes, request),
        _language_link(request, address),
        class_="top",
    )


def _form(indexes: ServedIndexes, request: PageRequest) -> Html:
    orders = {
        "relevance": _("the best first"),
        "-date": _("the newest first"),
        "date": _("the oldest first"),
        "path": _("by path"),
    }
    return element(
        "form",
        element(
            "div",
            element(
                "input",
                type="search",
                name="q",
                value=request.q,
                id="q",
                aria_label=_("Search for"),
                placeholder=_("Words, a “quotation”, title:…, 同句(… …)"),
                autocomplete="off",
                spellcheck="false",
                autofocus=not request.q,
                lang=documents_lang(),
            ),
            element("button", _("Search"), type="submit"),
            class_="ask",
        ),
        element(
            "div",
            _index_choice(indexes, request),
            _choice("sort", _("Order"), orders, request.sort),
            element(
                "label",
                element(
                    "input", type="checkbox", name="any_word", value="1", checked=request.any_word
                ),
                " ",
                _("any of the words"),
            ),
            class_="how",
        ),
        role="search",
        action="/",
        method="get",
    )


def _index_choice(indexes: ServedIndexes, request: PageRequest) -> Html | None:
    """The choice of an index, if there are several."""
    if len(indexes.locations) == 1:
        return None
    names = {str(number): name for number, name in enumerate(indexes.names())}
    return _choice("place", _("Index"), names, str(request.place))


def _choice(name: str, label: str, values: dict[str, str], chosen: str) -> Html:
    options = [
        element("option", text, value=value, selected=value == chosen)
        for value, text in values.items()
    ]
    return element("label", f"{label} ", element("select", *options, name=name))


def _language_link(request: PageRequest, address: str) -> Html:
    """The link to the same page in the other language."""
    other, label = ("en", "English") if is_chinese() else ("zh", "中文")
    same = request.url(address)
    target = f"{same}{'&' if '?' in same else '?'}lang={other}"
    return element("a", label, href=target, lang=other, hreflang=other, class_="language")
