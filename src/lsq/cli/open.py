"""`lsq open`: open a hit of the last search, or an article, in an editor or viewer."""

import click

from lsq.cli.options import articles as ids
from lsq.cli.options import index_option
from lsq.cli.streams import decode_argument

# A number with more digits is a title, not a hit.
_MAX_DIGITS = 9


@click.command()
@click.argument("name", metavar="N|ID", shell_complete=ids)
@index_option
def open(name: str, location: str) -> int:  # noqa: A001  # commands are found by their names
    """Open hit N of the last search, or an article, in an editor or viewer.

    N is the number of a hit of the last search in this terminal, or else in any. Name an article
    by its id, or by a number (发文字号) or title that only one article has. Text is
    opened at its line with $VISUAL or $EDITOR. Without these, and for files with pages instead
    of lines, the system's viewer opens the file, a PDF at its page if lsq knows the viewer's
    option for that. $LSQ_PDF_VIEWER names another viewer, or a command with {page} and {path}. The
    exit code is 0, or 2 on an error.

    \b
    Examples:
      lsq open 3
      lsq open seeds/000_6870835c1c1f66f0.txt#2
      LSQ_PDF_VIEWER='zathura -P {page} {path}' lsq open 1
    """
    from lsq.cli.opening import open_place

    typed = decode_argument(name)
    if typed.isascii() and typed.isdecimal() and len(typed) <= _MAX_DIGITS:
        from lsq.cli.recent import find

        hit = find(int(typed))
        open_place(hit.path, hit.place)
        return 0
    from lsq.index import open_index

    with open_index(location, create=False) as index:
        article = index.named_article(typed)
        path, place = article.path, article.place(0)
    open_place(path, place)
    return 0
