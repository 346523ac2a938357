"""`lsq info`: print what the index contains; and names for skipped files and omitted content.

The kinds are those of `lsq.readers.junk` and `lsq.readers.omissions`.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import click

from lsq import __version__, messages
from lsq.cli.options import index_option
from lsq.messages import _
from lsq.output.printable import sanitize

if TYPE_CHECKING:
    from lsq.counting.contents import Info

Translate = Callable[[str], str]
_MEGA = 1e6


@click.command()
@index_option
@click.option(
    "--skipped",
    "list_skipped",
    is_flag=True,
    help="List the skipped files instead, each with the reason.",
)
@click.option(
    "--failed",
    "list_failed",
    is_flag=True,
    help="List the files that could not be read instead, each with the reason.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["plain", "json"]),
    default="plain",
    help="How to print it: lines for people, or one JSON object.",
)
def info(location: str, *, list_skipped: bool, list_failed: bool, format_: str) -> None:
    """Print where the index is and what it contains.

    \b
    Examples:
      lsq info
      lsq info -i laws-index/
      lsq info --skipped
      lsq info --failed
      lsq info --format json
    """
    from lsq.index import open_index

    if list_skipped and list_failed:
        raise click.UsageError(_("--skipped and --failed list different files; use one of them"))
    with open_index(location, create=False) as opened:
        if list_skipped:
            _list("skipped", opened.skipped(), skip_reason, format_)
            return
        if list_failed:
            _list("failed", opened.failed(), lambda reason, _: reason, format_)
            return
        known = opened.info()
    if format_ == "json":
        from lsq.output.records import to_json

        click.echo(to_json({"lsq": __version__, **known._asdict()}))
    else:
        for line in _lines(known, messages._ if sys.stdout.isatty() else messages.english):
            click.echo(sanitize(line))


def _list(
    name: str, files: Mapping[str, str], reason: Callable[[str, Translate], str], format_: str
) -> None:
    if format_ == "json":
        from lsq.output.records import to_json

        click.echo(to_json({name: files}))
        return
    _ = messages._ if sys.stdout.isatty() else messages.english
    for path, kind in files.items():
        click.echo(f"{sanitize(path)}: {sanitize(reason(kind, _))}")


def _lines(known: "Info", _: Translate) -> Iterator[str]:
    yield _("location: {location}").format(location=known.location)
    if known.bytes is not None:
        yield _("size: {total:.1f} MB, of that signatures: {signatures:.1f} MB").format(
            total=known.bytes / _MEGA, signatures=(known.signature_bytes or 0) / _MEGA
        )
    if known.updated:
        yield _("updated: {when}").format(when=known.updated)
    yield _("files: {count}").format(count=known.files)
    yield _("articles: {count}").format(count=known.articles)
    if known.first_date and known.last_date:
        yield _("dates: {first} to {last}").format(first=known.first_date, last=known.last_date)
    if known.recognised_pages:
        yield _("recognised: {pages} pages, {articles} articles").format(
            pages=known.recognised_pages, articles=known.recognised_articles
        )
    if known.skipped:
        yield _("skipped: {count}").format(count=sum(known.skipped.values()))
    if known.failed:
        yield _("failed: {count} (lsq info --failed lists them)").format(count=known.failed)


def skip_counts(counts: Mapping[str, int]) -> str:
    """The number of skipped files of each kind, in words."""
    return _joined(
        {
            "picture": _("pictures, which need OCR: {count:,}"),
            "drawing": _("pictures in formats that lsq does not read: {count:,}"),
            "format": _("in formats that lsq does not read: {count:,}"),
            "nameless": _("without a suffix: {count:,}"),
            "other": _("of other kinds: {count:,}"),
            "sound": _("sound files: {count:,}"),
            "video": _("videos: {count:,}"),
            "database": _("databases: {count:,}"),
            "web": _("parts of web pages: {count:,}"),
            "font": _("fonts: {count:,}"),
            "program": _("programs: {count:,}"),
            "download": _("unfinished downloads: {count:,}"),
            "backup": _("backup copies: {count:,}"),
        },
        counts,
    )


def omission_counts(counts: Mapping[str, int]) -> str:
    """The number of pieces of each kind that were left out of the texts, in words."""
    return _joined(
        {
            "header": _("headers and footers: {count:,}"),
            "comment": _("comments: {count:,}"),
            "picture": _("pictures in documents: {count:,}"),
            "wordless": _("pictures without text: {count:,}"),
        },
        counts,
    )


def skip_reason(kind: str, _: Translate) -> str:
    """Why a file of that kind was skipped, in the language that `_` translates to."""
    from lsq.readers.ocr import advice

    reasons = {
        "picture": _("a picture; its text needs OCR: {advice}").format(advice=advice()),
        "drawing": _("a picture in a format that lsq does not read; save it as png"),
        "format": _("lsq does not read this format; save it as PDF or docx"),
        "nameless": _("the file name has no suffix; to index it, name the file itself, unpacked"),
        "sound": _("a sound file"),
        "video": _("a video"),
        "database": _("a database; export its tables as csv"),
        "web": _("a part of a web page without text"),
        "font": _("a font"),
        "program": _("a program"),
        "download": _("an unfinished download; download it again"),
        "backup": _("a backup copy; to index it, name the file itself, unpacked"),
    }
    return reasons.get(kind) or _(
        "lsq reads no format with this suffix; if it is text, name the file itself, unpacked"
    )


def _joined(labels: Mapping[str, str], counts: Mapping[str, int]) -> str:
    parts = [label.format(count=counts[kind]) for kind, label in labels.items() if counts.get(kind)]
    return _("; ").join(parts)
