"""Read what the address of a page asks for, and make the addresses of other pages."""

from typing import Any, Final, NamedTuple, Self
from urllib.parse import urlencode

from lsq.counting.facets import Facet
from lsq.model import SORTS, Place, Sort
from lsq.search.request import SearchRequest

HITS: Final = 20
# Nobody turns so many pages.
_FARTHEST: Final = 1_000_000
_VIEWS: Final = ("related",)
_PERIODS: Final = ("month",)


class PageRequest(NamedTuple):
    """What the address of a page asks for.

    Attributes:
        q: the query, as typed.
        any_word: not all of its terms need match.
        literal: every run must match literally.
        sort: the order of hits.
        start: how many hits to skip.
        id: the article beside the hits.
        page: the page of it to show as a picture; 0 for its text.
        at: the place in its text to begin with, should it be long; 0 for the beginning.
        view: what to show of the article: "" its text, or "related".
        by: the periods of a trend: "" years, or "month".
        facets: count what the articles are, though that takes long.
        place: the number of the index, from 0.
    """

    q: str = ""
    any_word: bool = False
    literal: bool = False
    sort: Sort = "relevance"
    start: int = 0
    id: str = ""
    page: int = 0
    at: int = 0
    view: str = ""
    by: str = ""
    facets: bool = False
    place: int = 0

    @classmethod
    def of(cls, given: "dict[str, str]") -> Self:
        """What parameters ask for; what is none of them, or has no sense, is left out."""
        sort = next((one for one in SORTS if one == given.get("sort")), SORTS[0])
        return cls(
            q=given.get("q", "").strip(),
            any_word="any_word" in given,
            literal="literal" in given,
            facets="facets" in given,
            sort=sort,
            start=_number(given.get("start", "")),
            id=given.get("id", ""),
            page=_number(given.get("page", "")),
            at=_number(given.get("at", "")),
            view=_one_of(given.get("view"), _VIEWS),
            by=_one_of(given.get("by"), _PERIODS),
            place=_number(given.get("place", "")),
        )

    def request(self) -> SearchRequest:
        """The search that it asks for."""
        return SearchRequest(
            self.q,
            any_word=self.any_word,
            literal=self.literal,
            sort=self.sort,
            offset=self.start,
            limit=HITS,
        )

    def url(self, path: str = "/", fragment: str = "", **changed: Any) -> str:
        """The address of the page that asks for the same, but for what is changed."""
        default = type(self)()
        query = {
            name: 1 if value is True else value
            for name, value in self._replace(**changed)._asdict().items()
            if value != getattr(default, name)
        }
        # A path need not be UTF-8; its other bytes are surrogates.
        said = urlencode(query, errors="surrogateescape")
        return f"{path}{'?' if said else ''}{said}{'#' if fragment else ''}{fragment}"


def _one_of(text: str | None, values: tuple[str, ...]) -> str:
    """A value of an address; nothing for what is none of those there are."""
    return text if text in values else ""


def _number(text: str) -> int:
    """A number of an address; 0 for what is none."""
    return min(int(text), _FARTHEST) if text.isascii() and text.isdigit() and text[7:] == "" else 0


def number_of(place: Place) -> int:
    """The number of a place: of a line, a page or a row."""
    return place.line or place.page or place.row or 0


def anchor(place: Place) -> str:
    """The name of a place in the text of an article, for addresses."""
    return f"at-{number_of(place)}"


class PageLinks:
    """Links from a page to others (`lsq.output.html.link_targets`).

    Args:
        asked: what the page asks for.
        name: the id of the article that links to places are in.
        hit: the name of the hit on the page that it is, so that the page shows it again.
    """

    def __init__(self, asked: PageRequest, name: str = "", hit: str = "") -> None:
        self._asked = asked._replace(page=0, at=0, view="", by="")
        self._name = name
        self._hit = hit

    def article(self, name: str) -> str | None:
        """The page of the article with this id."""
        return self._asked.url(id=name, fragment=self._hit if name == self._name else "")

    def place(self, path: str, place: Place) -> str | None:  # noqa: ARG002  # a link may need it
        """A place in the article: a page as a picture, a line in its text."""
        if place.page:
            return self._asked.url(id=self._name, page=place.page, fragment=self._hit)
        return self._asked.url(id=self._name, at=number_of(place), fragment=anchor(place))

    def facet(self, facet: Facet) -> str | None:
        """The search for what has a value."""
        return self._asked.url(q=facet.query, start=0, id="")
