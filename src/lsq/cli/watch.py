"""`lsq watch`: save queries, and print the articles that are new since each was last run."""

import os
import sys
from typing import TYPE_CHECKING

import click

from lsq.cli.display import Display, Printing
from lsq.cli.options import filter_options, index_option
from lsq.cli.output_options import display_options, printing_options
from lsq.cli.querying import QueryCommand
from lsq.cli.streams import decode_argument, note
from lsq.messages import _, ngettext

if TYPE_CHECKING:
    from lsq.output import Format, OutputOptions
    from lsq.query.filters import Filters
    from lsq.relations.watches import Watch

_FOUND, _NOTHING = 0, 1
_ACTIONS = ("add", "list", "run", "remove")


@click.command(cls=QueryCommand)
@click.argument("action", type=click.Choice(_ACTIONS))
@click.argument("words", metavar="[NAME [QUERY…]]", nargs=-1)
@click.option("--any", "any_word", is_flag=True, help="With add: as in lsq search.")
@click.option("-F", "--literal", is_flag=True, help="With add: as in lsq search.")
@index_option
@filter_options
@printing_options
@display_options
@click.pass_context
def watch(
    context: click.Context,
    action: str,
    words: tuple[str, ...],
    any_word: bool,
    literal: bool,
    location: str,
    filters: "Filters | None",
    printing: Printing,
    display: Display,
) -> int:
    """Save a query, and print the articles that are new since it was last run.

    add saves a query with its filters and its index under a NAME; run prints the
    articles that no run has printed yet, of all watches or the named ones, as lsq search prints
    hits; list shows the watches; remove deletes the named ones. The first run prints all
    matching articles. An article is new if its text is: a rebuilt index reports nothing again.
    Articles count as seen only once all output is written. The exit code is 0 if something is
    new, 1 if not, 2 on an error.

    \b
    Examples:
      lsq watch add 规划 国土空间规划 --kind 通知
      lsq watch run
      lsq watch run 规划 --format jsonl
      lsq watch list
      lsq watch remove 规划
    """
    if action != "add":
        _refuse_query_options(context)
    words = tuple(map(decode_argument, words))
    if action == "add":
        return _add(words, location, filters, any_word=any_word, literal=literal)
    if action == "list":
        return _list(words)
    if action == "remove":
        return _remove(words)
    format_, options = printing.resolve(display)
    if options.explain:
        raise click.UsageError(_("--explain is for lsq search, not for lsq watch."))
    return _run(words, printing, display, format_, options)


def _refuse_query_options(context: click.Context) -> None:
    """Refuse options that only `add` takes."""
    for param in context.command.params:
        source = context.get_parameter_source(param.name or "")
        given = source is click.core.ParameterSource.COMMANDLINE
        if given and param.name in {"location", "any_word", "literal", "since", "until", *_texts()}:
            raise click.UsageError(
                _("{option} is saved with the query: it goes with lsq watch add.").format(
                    option=max(param.opts, key=len)
                )
            )


def _texts() -> tuple[str, ...]:
    from lsq.query.fields import TEXTS

    return tuple(TEXTS)


def _add(
    words: tuple[str, ...],
    location: str,
    filters: "Filters | None",
    *,
    any_word: bool,
    literal: bool,
) -> int:
    from lsq.index import open_index
    from lsq.relations.watches import Watch, add
    from lsq.search.request import EVERYTHING

    if not words or (len(words) == 1 and not filters):
        raise click.UsageError(_("Give the watch a name, and a query or a filter option."))
    name, *query = words
    typed = " ".join(query) or EVERYTHING
    known = {**filters.fields, "since": filters.since, "until": filters.until} if filters else {}
    if "://" not in location:
        location = os.path.abspath(location)
    saved = Watch(name, typed, location, known, any_word, literal)
    with open_index(location, create=False) as index:
        count = index.count(typed, any_word=any_word, filters=filters, literal=literal)
    add(saved)
    note(
        ngettext(
            "{name}: {count:,} article matches now", "{name}: {count:,} articles match now", count
        ).format(name=name, count=count)
    )
    return _FOUND


def _list(words: tuple[str, ...]) -> int:
    from lsq.output.printable import sanitize
    from lsq.relations.watches import named

    found = named(words)
    for one in found:
        given = [f"{name}={value}" for name, value in one.filters.items() if value]
        cells = [one.name, one.query, one.location, str(len(one.seen)), " ".join(given)]
        click.echo("\t".join(sanitize(cell.replace("\t", " ")) for cell in cells).rstrip("\t"))
    if not found:
        note(_("there is no watch; save a query: lsq watch add NAME QUERY"))
    return _FOUND if found else _NOTHING


def _remove(words: tuple[str, ...]) -> int:
    from lsq.relations.watches import find, remove

    if not words:
        raise click.UsageError(_("Name the watches to remove; see lsq watch list."))
    for name in words:
        find(name)
    for name in dict.fromkeys(words):
        remove(name)
    return _FOUND


def _run(
    words: tuple[str, ...],
    printing: Printing,
    display: Display,
    format_: "Format",
    options: "OutputOptions",
) -> int:
    """Print the new articles of each watch, and mark them as seen."""
    from lsq.relations.watches import named

    code = _NOTHING
    watches = named(words)
    if (format_.document or format_.binary) and len(watches) > 1:
        raise click.UsageError(
            _("--format {form} writes one file: name one watch.").format(form=format_.name)
        )
    for one in watches:
        if _print_news(one, printing, display, format_, options):
            code = _FOUND
            options = options._replace(header=False)
            display = display._replace(bom=False)
    return code


def _print_news(
    one: "Watch",
    printing: Printing,
    display: Display,
    format_: "Format",
    options: "OutputOptions",
) -> int:
    """Print the new articles of a watch; return their number."""
    from lsq.index import open_index
    from lsq.relations.watches import mark

    with open_index(one.location, create=False) as index:
        found = index.news(one, printing.shown(format_))
        new = len(found.results)
        if new:
            with display.paged() as out:
                format_.write(found.results, out, options._replace(named=format_.names_query))
                out.flush()
        # All output is written, so the articles count as seen.
        sys.stdout.flush()
        mark(one, found.found)
    note(
        ngettext("{name}: {count:,} new article", "{name}: {count:,} new articles", new).format(
            name=one.name, count=new
        )
    )
    return new
