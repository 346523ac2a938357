"""Find the elements of a web page that are not its text, to leave them out.

Losing a sentence is worse than keeping a line of navigation, so only these are left out:
invisible elements; elements whose tag or class marks them as navigation, footer, sharing and
the like; and lists of links outside the main element. An element with a sentence, the headline
or metadata always stays. If hardly any text is left, the links are the document (a table of
contents), and stay too.

Source: the class names are those seen on Chinese government sites, https://www.gov.cn/
and its like; https://www.w3.org/TR/wai-aria-1.2/#landmark_roles.
"""

import re
from dataclasses import dataclass

from lxml import etree

# Never part of the text.
UNSEEN = frozenset(
    "script style noscript template svg canvas iframe object embed audio video map "
    "button input select textarea datalist".split()
)

_TAGS = frozenset({"nav", "footer", "aside", "header"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog"})
_WORDS = frozenset(
    "nav navbar navi menu crumb crumbs breadcrumb breadcrumbs footer foot copyright "
    "header logo topbar share sidebar toolbar friendlink friendlinks pager pagination "
    "qrcode qr ewm search login gotop btn dialog popup modal alert".split()
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")

# The beginnings of the metadata of a document, of its enclosures, and of its signature.
_LABEL = re.compile(
    r"索\s*引\s*号|发\s*文\s*字\s*号|发\s*文\s*机\s*关|成\s*文\s*日\s*期|文\s*号\s*[：:]|附\s*件"
    r"|[0-9〇○一二三四五六七八九]{4}\s*年\s*[0-9一二三四五六七八九十]{1,2}\s*月"
)

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)

# A list of links: the minimum number, and their share of its text.
_LINKS = 3
_LINKED = 0.8

# The main element contains at least this share of all text outside links.
_MAIN = 0.8

# Fewer characters than this are not a document.
_LEAST = 60


@dataclass(slots=True)
class _Tally:
    """Statistics of the content of an element, at all levels.

    Attributes:
        chars: the number of characters that are not white space.
        linked: how many of them are in links.
        links: the number of links.
        document: whether it contains a sentence, a headline or metadata.
    """

    chars: int = 0
    linked: int = 0
    links: int = 0
    document: bool = False

    def add(self, other: "_Tally") -> None:
        self.chars += other.chars
        self.linked += other.linked
        self.links += other.links
        self.document |= other.document

    def read(self, text: str | None, *, linked: bool) -> None:
        chars = len("".join((text or "").split()))
        if text and chars:
            self.chars += chars
            self.linked += chars if linked else 0
            self.document |= "。" in text or _LABEL.search(text) is not None


def find(body: etree._Element) -> frozenset[etree._Element]:
    """Find the elements of `body` to leave out with their content."""
    tallies = _tally(body, frozenset())
    named = frozenset(
        element
        for element, tally in tallies.items()
        if element is not body and not tally.document and _is_named_furniture(element)
    )
    tallies = _tally(body, named)
    main = _main(body, tallies)
    kept = {main, *main.iterancestors(), *main.iterdescendants()}
    lists = frozenset(
        element
        for element, tally in tallies.items()
        if element not in kept and not tally.document and _is_list_of_links(tally)
    )
    left = _tally(body, named | lists)[body].chars
    return named | lists if left >= _LEAST else frozenset()


def _tally(
    body: etree._Element, skipped: frozenset[etree._Element]
) -> dict[etree._Element, _Tally]:
    """The statistics of each element that is not skipped. Not recursive: nesting may be deep."""
    tallies: dict[etree._Element, _Tally] = {}
    path: list[tuple[_Tally, bool]] = []  # of the open elements; whether each is in a link
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            tally = _Tally(document=element.tag == "h1" and not (path and path[-1][1]))
            link = element.tag == "a" and element.get("href") is not None
            linked = link or bool(path and path[-1][1])
            path.append((tally, linked))
            if element in skipped or element.tag in UNSEEN:
                tally.document = False
                walk.skip_subtree()
            else:
                tally.links += link
                tally.read(element.text, linked=linked)
                tallies[element] = tally
        else:
            tally, _ = path.pop()
            if path:
                path[-1][0].add(tally)
                path[-1][0].read(element.tail, linked=path[-1][1])
    return tallies


def _is_named_furniture(element: etree._Element) -> bool:
    if element.tag in _TAGS or element.get("role", "").lower() in _ROLES:
        return True
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return any(word.lower() in _WORDS for word in _WORD.findall(names))


def _main(body: etree._Element, tallies: dict[etree._Element, _Tally]) -> etree._Element:
    """The innermost element with nearly all text outside links."""
    prose = {element: tally.chars - tally.linked for element, tally in tallies.items()}
    main, enough = body, _MAIN * prose[body]
    while inner := [child for child in main if prose.get(child, -1) >= max(enough, 1)]:
        main = inner[0]
    return main


def _is_list_of_links(tally: _Tally) -> bool:
    return tally.links >= _LINKS and tally.linked >= _LINKED * tally.chars
