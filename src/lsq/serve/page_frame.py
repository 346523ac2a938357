"""The frame that all pages share: the search box, the language, errors."""

from collections.abc import Collection
from typing import Final

from lsq.errors import QueryError
from lsq.messages import _, is_chinese
from lsq.output.html.elements import Html, element, joined
from lsq.output.html.whole_page import END, head, of_documents
from lsq.serve.assets import ICON, SCRIPT, STYLE
from lsq.serve.indexes import ServedIndexes
from lsq.serve.page_request import PageRequest

# In characters: how much of a query is shown before and after the place of an error.
_AROUND: Final = 60


def framed(  # noqa: PLR0913  # all that pages differ in
    indexes: ServedIndexes,
    asked: PageRequest,
    title: str,
    *content: str | None,
    address: str = "/",
    kind: str = "",
    parts: Collection[str] = ("hits",),
) -> Html:
    """A whole page.

    Args:
        indexes: the indexes.
        asked: what the page was asked for.
        title: of the window.
        content: what stands below the search box.
        address: of the page, without what it was asked for.
        kind: a class of that, for its style.
        parts: the ids of the parts that the keyboard can go to at once.
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
        _header(indexes, asked, address),
        element("main", *content, class_=kind or None),
        END,
    )


def failed(
    indexes: ServedIndexes, asked: PageRequest, error: Exception | str, address: str = "/"
) -> Html:
    """A page that says what is wrong with what another, of this address, was asked for."""
    if isinstance(error, QueryError):
        said = joined(element("h1", _("This query is not valid")), _wrong(error))
    else:
        said = joined(element("h1", _("This page cannot be shown")), element("p", str(error)))
    content = element("section", said, class_="error", id="hits", role="alert")
    title = _("{query} – lsq").format(query=asked.q or _("error"))
    return framed(indexes, asked, title, content, address=address)


def _wrong(error: QueryError) -> Html:
    """What is wrong with a query, and where."""
    at = error.position
    before, wrong, after = error.query[:at], error.query[at : at + 1], error.query[at + 1 :]
    if len(before) > _AROUND:
        before = f"…{before[-_AROUND:]}"
    if len(after) > _AROUND:
        after = f"{after[:_AROUND]}…"
    return joined(
        element("p", error.reason),
        element(
            "p",
            before,
            element("span", wrong or "\u00a0", class_="caret", title=_("here")),
            after,
            class_="query",
            lang=of_documents(),
        ),
    )


def _header(indexes: ServedIndexes, asked: PageRequest, address: str) -> Html:
    return element(
        "header",
        element("a", "lsq", href="/", class_="home", aria_label=_("lsq: start")),
        _form(indexes, asked),
        _language(asked, address),
        class_="top",
    )


def _form(indexes: ServedIndexes, asked: PageRequest) -> Html:
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
                value=asked.q,
                id="q",
                aria_label=_("Search for"),
                placeholder=_("Words, a “quotation”, title:…, 同句(… …)"),
                autocomplete="off",
                spellcheck="false",
                autofocus=not asked.q,
                lang=of_documents(),
            ),
            element("button", _("Search"), type="submit"),
            class_="ask",
        ),
        element(
            "div",
            _indexes(indexes, asked),
            _choice("sort", _("Order"), orders, asked.sort),
            element(
                "label",
                element(
                    "input", type="checkbox", name="any_word", value="1", checked=asked.any_word
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


def _indexes(indexes: ServedIndexes, asked: PageRequest) -> Html | None:
    """What to search in, if there are several."""
    if len(indexes.locations) == 1:
        return None
    names = {str(number): name for number, name in enumerate(indexes.names())}
    return _choice("place", _("Index"), names, str(asked.place))


def _choice(name: str, label: str, values: dict[str, str], chosen: str) -> Html:
    options = [
        element("option", said, value=value, selected=value == chosen)
        for value, said in values.items()
    ]
    return element("label", f"{label} ", element("select", *options, name=name))


def _language(asked: PageRequest, address: str) -> Html:
    """The link to the same page in the other language."""
    other, said = ("en", "English") if is_chinese() else ("zh", "中文")
    same = asked.url(address)
    target = f"{same}{'&' if '?' in same else '?'}lang={other}"
    return element("a", said, href=target, lang=other, hreflang=other, class_="language")
