"""How all who print hits name a place, and so many articles."""

from lsq.messages import ngettext
from lsq.model import Place
from lsq.output.safety import harmless


def numbered(place: Place) -> str:
    """The line of a file, or its page."""
    return f"p{place.page}" if place.page else f"{place.line}"


def location(path: str, place: Place) -> str:
    """The file and the line in it, or its page."""
    return f"{harmless(path)}:{numbered(place)}"


def counted(articles: int) -> str:
    """So many articles, in words."""
    return ngettext("{count:,} article", "{count:,} articles", articles).format(count=articles)
