"""Parse a page as a browser does, and fail if it is not valid HTML."""

import re
from collections.abc import Iterator
from typing import Any

import html5lib

# Elements that fetch or run something, and attributes that do.
ACTIVE = {"script", "img", "iframe", "object", "embed", "video", "audio", "base", "form", "link"}
FETCHING = {"src", "srcset", "data", "poster", "action", "formaction", "background", "style"}


class Page:
    """A valid page (HTML5); `tree` is its root element."""

    def __init__(self, text: str) -> None:
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.tree: Any = parser.parse(text)
        self.text = text

    def elements(self, name: str = "*", class_: str | None = None) -> list[Any]:
        """The elements of this name, and of this class if one is given."""
        found = self.tree.iter() if name == "*" else self.tree.iter(name)
        return [
            one
            for one in found
            if isinstance(one.tag, str) and class_ in {None, *one.get("class", "").split()}
        ]

    def said(self, name: str, class_: str | None = None) -> list[str]:
        """The text of each of these elements."""
        return ["".join(one.itertext()) for one in self.elements(name, class_)]

    def dangers(self) -> Iterator[str]:
        """What in the page would run, or fetch, or go elsewhere than to a file or its own parts."""
        for one in self.elements():
            if one.tag in ACTIVE:
                yield one.tag
            names = dict(one.items())
            yield from (name for name in names if name in FETCHING or name.startswith("on"))
            target = one.get("href", "#")
            if not target.startswith(("#", "file:///")):
                yield target
        style = "".join(self.said("style"))
        yield from re.findall(r"url\(|@import|expression", style)

    def identifiers(self) -> list[str]:
        """The ids of elements, which have to differ."""
        return [one.get("id") for one in self.elements() if one.get("id") is not None]
