"""The beginning, the style and the end of a page."""

from functools import cache
from importlib.resources import files
from typing import Final

from lsq import __version__
from lsq.messages import is_chinese
from lsq.output.html.elements import Html, element, escaped, joined

# For files that are opened anywhere: run no script, load nothing.
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)

END: Final = Html("</body>\n</html>\n")


@cache
def style() -> str:
    """The style sheet: light or dark as the reader's system, and for print."""
    return (files("lsq.output.html") / "style.css").read_text("utf-8")


def language() -> str:
    """The language of a page (BCP 47)."""
    return "zh-Hans" if is_chinese() else "en"


def documents_lang() -> str | None:
    """The value of `lang` for texts of documents; None if the page is in Chinese too."""
    return None if is_chinese() else "zh"


def head(title: str, *more: Html) -> Html:
    """The beginning of a page, up to the start tag of its body.

    Args:
        title: the title of the window.
        more: other elements of its head, such as a style sheet.
    """
    metas = (
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="generator", content=f"lsq {__version__}"),
        # A title may not be blank.
        element("title", title if title.strip() else "lsq"),
    )
    lines = "\n".join(escaped(one) for one in (*metas, *more))
    return Html(f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n{lines}\n</head>\n<body>\n')


def self_contained(title: str) -> Html:
    """The beginning of a page that needs no other file."""
    policy = Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">')
    referrer = element("meta", name="referrer", content="no-referrer")
    return head(title, policy, referrer, joined(Html(f"<style>\n{style()}</style>")))
