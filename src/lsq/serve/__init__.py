"""A local page to search an index, read its articles, and view their pages.

sockets       accepts connections: how many at once, for how long
guard         authorises requests: token, cookie, headers
app           routes a request to a page
page_request  parses the URL of a page; builds the URLs of others
indexes       opens indexes; limits concurrent searches
concurrency   the limit, for searches and for drawing pages
search_view   the page of a search
notes         notes above the hits; hints if there are none
article_view  an article beside the hits: its text
page_view     one of its pages as a picture
page_cache    draws pages in another process, and caches some
boxes         finds the matches on a page
related_view  versions, reprints and citations
trend_view    how often a query occurs over time
chart         a trend as an SVG
page_frame    the frame of every page; error pages
assets        the style sheet and the script

The server only reads, and serves only articles of its indexes and the pages of their files.
The libraries come with the extra `serve`; only `sockets`, `guard` and `app` import them.
"""

from collections.abc import Callable, Sequence

from lsq.errors import ExtraError
from lsq.model import OcrMode


def serve(
    locations: Sequence[str], port: int, mode: OcrMode, ready: Callable[[str, str], None]
) -> None:
    """Serve pages on 127.0.0.1 until the process is interrupted.

    Args:
        locations: the indexes: folders, or URLs of indexes on a cluster.
        port: the port; 0 for any that is free.
        mode: which pages to recognise when they are shown as pictures.
        ready: called once the server listens, with the address for the user and a
            one-time address for the browser.

    Raises:
        ExtraError: the extra is not installed.
        PortError: another program has the port.
    """
    try:
        from lsq.serve import sockets
    except ModuleNotFoundError as error:
        raise ExtraError("serve") from error
    sockets.run(locations, port, mode, ready)
