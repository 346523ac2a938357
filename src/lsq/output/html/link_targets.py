"""Link targets in HTML output: files, or the pages of `lsq serve`."""

from typing import Protocol

from lsq.counting.facets import Facet
from lsq.model import Place
from lsq.output.links import LinkFormat


class Links(Protocol):
    """The targets of links; None for no link."""

    def article(self, article_id: str) -> str | None:
        """The page that shows an article."""

    def place(self, path: str, place: Place) -> str | None:
        """A place in a file."""

    def facet(self, facet: Facet) -> str | None:
        """The search for the articles with this value."""


class FileLinks:
    """Links to files; PDFs are opened at their page (RFC 8118).

    Args:
        format_: the format of the links; None for no links.
    """

    def __init__(self, format_: LinkFormat | None) -> None:
        self._format = format_

    def article(self, article_id: str) -> str | None:  # noqa: ARG002  # files have no such pages
        return None

    def place(self, path: str, place: Place) -> str | None:
        return self._format.at(path, place) if self._format else None

    def facet(self, facet: Facet) -> str | None:  # noqa: ARG002  # likewise
        return None
