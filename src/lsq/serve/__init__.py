"""A local page to search an index, read its articles, and look at the pages they were printed on.

sockets       accepts connections: how many at once, for how long
guard         who may ask: the token, the cookie, the headers of requests and responses
app           a request → a page
page_request  what the address of a page asks for, and the addresses of other pages
indexes       opens indexes; limits how many searches run at once
concurrency   that limit, for searches and for pictures of pages
search_view   the page of a search
notes         notes beside its hits; hints where there are none
article_view  an article beside the hits: its text
page_view     a page of it as a picture
page_cache    draws pages, in another process, and keeps some
boxes         where matches are on a page
related_view  versions, reprints and citations
trend_view    how often something occurs over time
chart         that as a picture
page_frame    what all pages share; errors
assets        the style and the script

Everything only reads. Only what an article of the index names is ever served. The libraries
are the extra `serve`; only `sockets`, `guard` and `app` import them.
"""

from collections.abc import Callable, Sequence

from lsq.errors import ExtraError
from lsq.model import OcrMode


def serve(
    locations: Sequence[str], port: int, mode: OcrMode, ready: Callable[[str, str], None]
) -> None:
    """Serve pages on 127.0.0.1 until the process is interrupted.

    Args:
        locations: of the indexes: folders, or URLs of indexes on a cluster.
        port: the port; 0 for any that is free.
        mode: which pages to recognise, should their pictures be shown.
        ready: called once it answers, with the address for the user and another that lets
            one browser in, once.

    Raises:
        ExtraError: the extra is not installed.
        PortError: another program has the port.
    """
    try:
        from lsq.serve import sockets
    except ModuleNotFoundError as error:
        raise ExtraError("serve") from error
    sockets.run(locations, port, mode, ready)
