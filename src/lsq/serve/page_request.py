"""Parse the URL of a page, and build the URLs of other pages."""

from typing import Any, Final, NamedTuple, Self
from urllib.parse import urlencode

from lsq.counting.facets import Facet
from lsq.model import SORTS, Place, Sort
from lsq.search.request import SearchRequest

HITS_PER_PAGE: Final = 20
_MAX_NUMBER: Final = 1_000_000
_VIEWS: Final = ("related",)
_PERIODS: Final = ("month",)


class PageRequest(NamedTuple):
    """The parameters of a page.

    Attributes:
        q: the query, as typed.
        any_word: match articles that contain any of its terms.
        literal: every run must match literally.
        sort: the order of hits.
        start: the number of hits to skip.
        id: the article shown beside the hits.
        page: its page to show as a picture; 0 for its text.
        at: the place where its text begins, if it is shown in parts; 0 for the beginning.
        view: "" for its text, or "related".
        by: the periods of a trend: "" for years, or "month".
        facets: count facets even in a large index.
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
    def parse(cls, parameters: "dict[str, str]") -> Self:
        """Read parameters; unknown names and invalid values are ignored."""
        sort = next((one for one in SORTS if one == parameters.get("sort")), SORTS[0])
        return cls(
            q=parameters.get("q", "").strip(),
            any_word="any_word" in parameters,
            literal="literal" in parameters,
            facets="facets" in parameters,
            sort=sort,
            start=_number(parameters.get("start", "")),
            id=parameters.get("id", ""),
            page=_number(parameters.get("page", "")),
            at=_number(parameters.get("at", "")),
            view=_one_of(parameters.get("view"), _VIEWS),
            by=_one_of(parameters.get("by"), _PERIODS),
            place=_number(parameters.get("place", "")),
        )

    def search_request(self) -> SearchRequest:
        """The search to run for this page."""
        return SearchRequest(
            self.q,
            any_word=self.any_word,
            literal=self.literal,
            sort=self.sort,
            offset=self.start,
            limit=HITS_PER_PAGE,
        )

    def url(self, path: str = "/", fragment: str = "", **changed: Any) -> str:
        """The URL of a page with these parameters, some of them changed."""
        default = type(self)()
        query = {
            name: 1 if value is True else value
            for name, value in self._replace(**changed)._asdict().items()
            if value != getattr(default, name)
        }
        # A path need not be UTF-8: its other bytes are surrogates.
        encoded = urlencode(query, errors="surrogateescape")
        return f"{path}{'?' if encoded else ''}{encoded}{'#' if fragment else ''}{fragment}"


def _one_of(text: str | None, values: tuple[str, ...]) -> str:
    return text if text in values else ""


def _number(text: str) -> int:
    """The number in a parameter; 0 if there is none, or it has more than seven digits."""
    is_number = text.isascii() and text.isdigit() and not text[7:]
    return min(int(text), _MAX_NUMBER) if is_number else 0


def number_of(place: Place) -> int:
    """The number of the line, page or row."""
    return place.line or place.page or place.row or 0


def anchor(place: Place) -> str:
    """The element id of a place in the text of an article."""
    return f"at-{number_of(place)}"


class PageLinks:
    """Link targets on the server's own pages (`lsq.output.html.link_targets`).

    Args:
        request: the request of the page that contains the links.
        article_id: the article whose places are linked.
        hit: the element id of its hit, so that the list of hits scrolls to it.
    """

    def __init__(self, request: PageRequest, article_id: str = "", hit: str = "") -> None:
        self._request = request._replace(page=0, at=0, view="", by="")
        self._article_id = article_id
        self._hit = hit

    def article(self, article_id: str) -> str | None:
        """The page that shows an article."""
        fragment = self._hit if article_id == self._article_id else ""
        return self._request.url(id=article_id, fragment=fragment)

    def place(self, path: str, place: Place) -> str | None:  # noqa: ARG002  # a link may need it
        """A place in the article: a page as a picture, a line in its text."""
        if place.page:
            return self._request.url(id=self._article_id, page=place.page, fragment=self._hit)
        return self._request.url(id=self._article_id, at=number_of(place), fragment=anchor(place))

    def facet(self, facet: Facet) -> str | None:
        """The search for the articles with this value."""
        return self._request.url(q=facet.query, start=0, id="")
