"""`lsq cite`: print what articles cite, and what cites them."""

from itertools import islice
from typing import TYPE_CHECKING

import click

from lsq.cli.display import Display
from lsq.cli.options import articles as ids
from lsq.cli.options import filter_options, index_option, limit_option, number_option
from lsq.cli.output_options import format_option
from lsq.cli.streams import decode_argument, note
from lsq.messages import _
from lsq.output import ROW_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lsq.index import Index
    from lsq.query.filters import Filters
    from lsq.relations.citations import Citation, Cited

_FORMATS = (*ROW_FORMATS, "dot")
_FOUND, _NOTHING = 0, 1


@click.command()
@click.argument("names", metavar="ID|NUMBER|TITLE…", nargs=-1, shell_complete=ids)
@click.option("--from", "from_", is_flag=True, help="Print what these articles cite, the default.")
@click.option("--to", "to", is_flag=True, help="Print what cites these articles instead.")
@number_option(
    "--top",
    "Print the N documents that are cited by the most articles, instead of references.",
    least=1,
)
@click.option(
    "--unresolved",
    is_flag=True,
    help="Print only references to documents that are not in the index; with --top, the names "
    "cited most.",
)
@limit_option("references; 0 for all, the default.")
@index_option
@filter_options
@format_option("references; dot is a graph for Graphviz", _FORMATS)
def cite(
    names: tuple[str, ...],
    from_: bool,
    to: bool,
    top: int | None,
    unresolved: bool,
    limit: int | None,
    format_: str,
    location: str,
    filters: "Filters | None",
    display: Display,
) -> int:
    """Print the references in articles, and the target of each.

    References are names in 《》, bare names with an article of law (刑法第二百三十三条),
    references to the text itself (本法第三条) and document numbers. The target of a name is the
    article with that title; of several versions, the newest that is not later than the
    citing text, else the earliest. Without a name, all references in the index are
    printed. The filter options select the citing articles. The exit code is 0 if there is
    a reference, 1 if not, 2 on an error.

    \b
    Examples:
      lsq cite 土地管理法
      lsq cite --to 土地管理法 --format tsv
      lsq cite --to 丽政发〔2020〕12号
      lsq cite --top 20
      lsq cite --top 20 --unresolved
      lsq cite --format dot | dot -Tsvg > citations.svg
      lsq cite --since 2020 --format jsonl
    """
    if from_ and to:
        raise click.UsageError(_("--from does not go with --to; ask for one after the other."))
    if to and not names:
        raise click.UsageError(_("--to needs the cited document: an id, a number or a title."))
    if to and unresolved:
        raise click.UsageError(_("--to does not go with --unresolved: its target is in the index."))
    if top and format_ == "dot":
        raise click.UsageError(_("--top prints a table, which does not go with dot."))
    from lsq.index import open_index

    with open_index(location, create=False) as index:
        found = _found(index, tuple(map(decode_argument, names)), filters, to=to)
        if top:
            from lsq.relations.citations import most_cited

            return _print_cited(most_cited(found, unresolved=unresolved)[:top], format_, display)
        if unresolved:
            found = (one for one in found if not one.target)
        return _print(islice(found, limit or None), format_, display)


def _found(
    index: "Index", names: tuple[str, ...], filters: "Filters | None", *, to: bool
) -> "Iterable[Citation]":
    if not names:
        return index.citation_graph(filters)
    return (
        index.cited_by(*names, filters=filters) if to else index.citations(*names, filters=filters)
    )


def _print(found: "Iterable[Citation]", format_: str, display: Display) -> int:
    from lsq.output.citations import COLUMNS, citation_record, write_dot, write_plain
    from lsq.output.rows import TABLES, Counted

    references = Counted(found)
    with display.paged() as out:
        if format_ == "terminal":
            from lsq.output.terminal.citations import write

            write(references, out, colour=display.colour, links=display.links())
        elif format_ == "plain":
            write_plain(references, out)
        elif format_ == "dot":
            write_dot(references, out)
        else:
            TABLES[format_](map(citation_record, references), COLUMNS, out)
    return _code(references.count)


def _print_cited(found: "list[Cited]", format_: str, display: Display) -> int:
    from lsq.output.citations import CITED_COLUMNS, cited_record, write_plain_cited
    from lsq.output.rows import TABLES

    with display.paged() as out:
        if format_ == "terminal":
            from lsq.output.terminal.citations import write_cited

            write_cited(found, out, colour=display.colour)
        elif format_ == "plain":
            write_plain_cited(found, out)
        else:
            TABLES[format_](map(cited_record, found), CITED_COLUMNS, out)
    return _code(len(found))


def _code(count: int) -> int:
    if not count:
        note(_("no references"))
    return _FOUND if count else _NOTHING
