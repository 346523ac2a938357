"""`lsq index`, `lsq forget` and `lsq copy`: build an index, keep it up to date, copy it."""

import gc
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from lsq.cli.info import omission_counts, skip_counts
from lsq.cli.options import (
    ca_file_option,
    index_option,
    number_option,
    ocr_option,
    path_list_option,
    wait_option,
)
from lsq.cli.streams import note, progress_shown, report
from lsq.messages import _

if TYPE_CHECKING:
    from lsq.errors import ReadError
    from lsq.index import Index
    from lsq.indexing.indexer import Options, Summary
    from lsq.model import OcrMode


# In seconds: how long --watch waits for other writers.
_WATCH_WAIT = 3600.0


def _cores() -> int:
    from lsq.indexing.workers.machine import cores

    return cores()


@click.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path())
@path_list_option
@index_option
@number_option(
    "-j/--jobs",
    "The number of processes that read files. With 0, lsq reads them itself, and "
    "a file that crashes a reader ends the run. The index is the same.",
    default=_cores,
    show_default="one per core",
)
@ocr_option
@click.option("--rebuild", is_flag=True, help="Build the index anew, from these paths alone.")
@click.option(
    "--drop-missing",
    is_flag=True,
    help="Drop missing files even if a PATH is missing or empty, or if more than half "
    "of an index of 20 files or more is missing. By default lsq keeps the files then, "
    "because the disk may not be mounted.",
)
@click.option(
    "--user-dict",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="With --rebuild: a file of words to add to the dictionary, one a line, in "
    "jieba's form: word [frequency] [tag].",
)
@click.option(
    "--watch",
    is_flag=True,
    help="Keep running, and update the index when files change, until Ctrl-C. It needs the "
    "extra watch.",
)
@wait_option
def index(
    paths: tuple[str, ...],
    location: str,
    jobs: int,
    rebuild: bool,
    drop_missing: bool,
    ocr: "OcrMode",
    user_dict: str | None,
    watch: bool,
    wait: float,
) -> int:
    """Index the files at and below each PATH.

    Unchanged files are skipped; files that no longer exist are dropped from the index.
    Files in formats that lsq does not read are skipped and counted. Scanned pages and
    pictures are recognised if OCR is installed. Files that cannot be read are
    reported, the others are indexed, and the exit code is 2. A run that was stopped can
    be started again. A PATH of - reads the paths from standard input.

    An unmounted disk looks like an empty folder. So if a PATH is missing or empty, or if more
    than half of an index of 20 files or more is missing, the index keeps those files and lsq
    reports it. To drop them, use --drop-missing, or lsq forget, which drops the files you
    name, whether they exist or not.

    --rebuild reads all files below the PATHs again, into a new index that then replaces
    the old one and contains only these files. If a PATH is missing or cannot be read,
    nothing is replaced.

    \b
    Examples:
      lsq index seeds/
      lsq index -i laws-index/ laws/ more/2020.txt
      lsq index --rebuild --user-dict names.txt seeds/
      lsq index --watch seeds/
      find seeds/ -name '*.txt' -print0 | lsq index -0 -
    """
    from lsq.index import open_index
    from lsq.indexing.indexer import Options

    gc.enable()
    if rebuild and not paths:
        raise click.UsageError(_("no paths on standard input: --rebuild would make an empty index"))
    if user_dict and not rebuild:
        raise click.UsageError(
            _(
                "--user-dict changes the word segmentation of all texts; use it with "
                "--rebuild, on all paths"
            )
        )
    with open_index(location, create=True, damaged=rebuild) as opened:
        options = Options(
            jobs=jobs,
            wait=wait,
            rebuild=rebuild,
            user_dict=user_dict,
            drop_missing=drop_missing,
            ocr=ocr,
        )
        if watch:
            return _watch(opened, paths, options)
        summary = _update(opened, paths, options)
    _report(summary, summary.failures, location)
    return 2 if summary.failures or summary.refused_words else 0


def _update(index: "Index", paths: tuple[str, ...], options: "Options") -> "Summary":
    with progress_shown(_("indexing")) as tell:
        return index.update(paths, replace(options, tell=tell))


def _watch(index: "Index", paths: tuple[str, ...], options: "Options") -> int:
    """Keep an index up to date; report each change, and each new failure.

    It returns only if there is nothing to watch; otherwise Ctrl-C ends it.
    """
    from lsq.indexing.watching import bursts

    reported: set[str] | None = None
    for _burst in bursts(paths, index.location):
        summary = _update(index, paths, options)
        new = [one for one in summary.failures if str(one) not in (reported or ())]
        if reported is None or new or summary.added or summary.replaced or summary.dropped:
            _report(summary, new, index.location)
        reported = set(map(str, summary.failures))
        options = replace(options, rebuild=False, user_dict=None, wait=_WATCH_WAIT)
    return 2


def _report(summary: "Summary", failures: "Sequence[ReadError]", location: str) -> None:
    for problem in (*summary.refused_words, *failures):
        note(str(problem))
    report(_summary_line(summary, location))
    if summary.recognised:
        report(
            _("{location}: pages recognised: {count:,}").format(
                location=location, count=summary.recognised
            )
        )
    if counts := skip_counts(summary.skipped):
        report(
            _("{location}: skipped: {counts} (lsq info --skipped lists them)").format(
                location=location, counts=counts
            )
        )
    if counts := omission_counts(summary.left_out):
        report(
            _("{location}: left out of the texts: {counts}").format(
                location=location, counts=counts
            ),
        )


@click.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path())
@path_list_option
@index_option
@wait_option
def forget(paths: tuple[str, ...], location: str, wait: float) -> int:
    """Drop the files at and below each PATH from the index.

    The files themselves are not touched and need not exist. The exit code is 1 if the
    index contained none of them. A PATH of - reads the paths from standard input.

    \b
    Examples:
      lsq forget seeds/000_6870835c1c1f66f0.txt
      lsq forget seeds/
    """
    from lsq.index import open_index

    with open_index(location, create=False) as opened:
        dropped = opened.forget(paths, wait)
        articles = opened.article_count()
    report(
        _("{location}: files: {dropped:,} dropped; articles: {articles:,}").format(
            location=location, dropped=dropped, articles=articles
        )
    )
    return 0 if dropped else 1


def _summary_line(summary: "Summary", location: str) -> str:
    counts = {
        _("{count:,} added"): summary.added,
        _("{count:,} replaced"): summary.replaced,
        _("{count:,} unchanged"): summary.unchanged,
        _("{count:,} dropped"): summary.dropped,
        _("{count:,} failed"): len({failure.path for failure in summary.failures}),
    }
    files = _(", ").join(label.format(count=count) for label, count in counts.items() if count)
    return _("{location}: files: {files}; articles: {articles:,}; {seconds:.1f} s").format(
        location=location,
        files=files or _("none"),
        articles=summary.articles,
        seconds=summary.seconds,
    )


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@ca_file_option
@wait_option
@click.option("--replace", is_flag=True, help="Replace the index at TO, if there is one.")
def copy(source: str, target: str, wait: float, replace: bool) -> None:
    """Copy the index FROM to TO, a folder or a cluster. Indexed files are not copied.

    A later update of TO skips the files that are unchanged since FROM was made.

    \b
    Examples:
      lsq copy index/ https://search.example:9200/bulletins
      lsq copy https://search.example:9200/bulletins index/
    """
    from lsq.index import open_index

    gc.enable()
    with (
        open_index(source, create=False) as opened,
        open_index(target, damaged=replace) as copied,
    ):
        if not replace and copied.exists and copied.article_count():
            raise click.UsageError(
                _("{target} already contains articles; replace them with --replace").format(
                    target=target
                )
            )
        with progress_shown(_("copying")) as tell:
            articles = copied.copy_from(opened, wait, tell)
    report(_("{target}: articles: {articles:,}").format(target=target, articles=articles))
