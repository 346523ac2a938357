"""`lsq diff`: print the differences between two articles."""

from itertools import chain
from typing import TYPE_CHECKING

import click

from lsq.cli.display import Display
from lsq.cli.options import articles as ids
from lsq.cli.options import index_option, number_option
from lsq.cli.output_options import format_option
from lsq.cli.streams import decode_argument

if TYPE_CHECKING:
    from lsq.model import Article

_SAME, _DIFFERENT = 0, 1


@click.command()
@click.argument("old", metavar="ID", shell_complete=ids)
@click.argument("new", metavar="ID", shell_complete=ids)
@click.option(
    "--numbers",
    is_flag=True,
    help="Compare the numbers of articles of law too. Without this, 第三条 equals 第四条.",
)
@number_option(
    "-C/--context",
    "Print N sentences before and after a difference. Default: 1 in terminal and plain, else 0.",
)
@index_option
@format_option("differences")
def diff(
    old: str,
    new: str,
    numbers: bool,
    context: int | None,
    format_: str,
    location: str,
    display: Display,
) -> int:
    """Print the differences between two articles, sentence by sentence.

    Name each article by its id, or by a number or title that only one article has. Sentences
    are compared in their searched form: white space, width and variants of characters are
    ignored. As in diff, the exit code is 0 if they are the same, 1 if they differ, 2 on an error.

    \b
    Examples:
      lsq diff laws/水法(2002).md#1 laws/水法(2016).md#1
      lsq diff --numbers 草案.docx#1 定稿.docx#1
      lsq diff a.txt#1 b.txt#1 --format jsonl
    """
    from lsq.index import open_index
    from lsq.output import differences
    from lsq.output.rows import TABLES

    for_people = format_ in {"terminal", "plain"}
    with open_index(location, create=False) as index:
        one, two = (index.named_article(decode_argument(name)) for name in (old, new))
        changes = index.compare(one, two, numbers=numbers)
    different = any(change.kind != "same" for change in changes)
    if not different:
        return _SAME
    around = int(for_people) if context is None else context
    hunks = differences.hunks(changes, around)
    with display.paged() as out:
        if format_ == "terminal":
            from lsq.output.terminal.differences import write

            write(hunks, (_named(one), _named(two)), out, colour=display.colour)
        elif format_ == "plain":
            differences.write_plain(hunks, (one.id, two.id), out)
        else:
            row = differences.record if format_ == "jsonl" else differences.row
            TABLES[format_](map(row, chain(*hunks)), differences.COLUMNS, out)
    return _DIFFERENT


def _named(article: "Article") -> str:
    date = article.date or article.published
    known = [article.title or "", f"({date})" if date else "", article.id]
    return "  ".join(filter(None, known))
