"""`lsq serve`: a local page to search, read and look."""

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from lsq.cli.location import VARIABLE, default_location
from lsq.cli.options import ca_file_option, ocr_option
from lsq.cli.streams import note
from lsq.messages import _

if TYPE_CHECKING:
    from lsq.model import OcrMode

_PORTS = click.IntRange(0, 65_535)


@click.command()
@click.option(
    "-i",
    "--index",
    "locations",
    multiple=True,
    metavar="LOCATION",
    help="The folder of an index, or its URL on a cluster; repeat it to choose between several "
    f"on the page. Default: ${VARIABLE}, else index/ in this folder or in the nearest parent "
    "that has one.",
)
@ca_file_option
@click.option(
    "--port",
    type=_PORTS,
    default=0,
    metavar="N",
    help="The port of the page. Default: any that is free.",
)
@ocr_option
@click.option("--no-browser", is_flag=True, help="Open no browser; only print the address.")
def serve(locations: tuple[str, ...], port: int, ocr: "OcrMode", no_browser: bool) -> None:
    """Serve a page on this machine to search the index, read articles and see their pages.

    Prints the address of the page and opens it in the browser. The page is at 127.0.0.1 and can
    be opened only with the token in that address. Nothing is changed. Stop it with Ctrl-C.
    It needs the extra serve.

    \b
    Examples:
      lsq serve
      lsq serve -i laws/index -i https://localhost:9200/bulletins
      lsq serve --port 8000 --no-browser
    """
    from lsq.index import open_index
    from lsq.serve import serve as serve_pages

    places = locations or (default_location(),)
    for place in places:
        open_index(place, create=False).close()

    def ready(address: str, visit: str) -> None:
        click.echo(address)
        sys.stdout.flush()
        note(_("Ctrl-C stops it"))
        if not no_browser:
            _open(visit)

    serve_pages(places, port, ocr, ready)


def _open(address: str) -> None:
    """Open a page in the browser, if there is one; another thread waits for it."""
    import threading
    import webbrowser

    windows = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    if sys.platform == "linux" and not any(map(os.environ.get, windows)):
        return  # one that is found would take over the terminal

    def opened() -> None:
        with suppress(webbrowser.Error, OSError):
            webbrowser.open(address)

    threading.Thread(target=opened, daemon=True).start()
