"""What the pieces of a page link to: files, or pages of another program."""

from typing import Protocol

from lsq.counting.facets import Facet
from lsq.model import Place
from lsq.output.links import LinkFormat


class Links(Protocol):
    """The targets of links; None for no link."""

    def article(self, name: str) -> str | None:
        """The page of the article with this id."""

    def place(self, path: str, place: Place) -> str | None:
        """A place in a file."""

    def facet(self, facet: Facet) -> str | None:
        """The search for what has a value."""


class FileLinks:
    """Links to files; PDFs are opened at their page (RFC 8118).

    Args:
        format_: of the links; None for none.
    """

    def __init__(self, format_: LinkFormat | None) -> None:
        self._format = format_

    def article(self, name: str) -> str | None:  # noqa: ARG002  # a file has no pages for these
        return None

    def place(self, path: str, place: Place) -> str | None:
        return self._format.at(path, place) if self._format else None

    def facet(self, facet: Facet) -> str | None:  # noqa: ARG002  # likewise
        return None
