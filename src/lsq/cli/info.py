"""`lsq info`: what the index holds; and how lsq names what was skipped, or is no part of a text.

The kinds are those of `lsq.readers.junk` and `lsq.readers.omissions`.
"""

import sys
from collections.abc import Callable, Mapping

import click

from lsq import messages
from lsq.cli.options import index_option
from lsq.messages import _
from lsq.output.lines import sanitize

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
def info(location: str, *, list_skipped: bool) -> None:
    """Print where the index is and what it contains.

    \b
    Examples:
      lsq info
      lsq info -i laws-index/
      lsq info --skipped
    """
    from lsq.index import open_index

    with open_index(location, create=False) as opened:
        skipped, recognised = opened.skipped(), opened.recognised()
        sizes = opened.sizes()
        location, files, articles = opened.location, len(opened.paths()), opened.article_count()
    _ = messages._ if sys.stdout.isatty() else messages.english
    if list_skipped:
        for path, kind in skipped.items():
            click.echo(f"{sanitize(path)}: {skip_reason(kind, _)}")
        return
    click.echo(sanitize(_("location: {location}").format(location=location)))
    if sizes:
        click.echo(
            _("size: {total:.1f} MB, of that signatures: {signatures:.1f} MB").format(
                total=sizes.total / _MEGA, signatures=sizes.signatures / _MEGA
            )
        )
    click.echo(_("files: {count}").format(count=files))
    click.echo(_("articles: {count}").format(count=articles))
    if recognised.pages:
        click.echo(
            _("recognised: {pages} pages, {articles} articles").format(
                pages=recognised.pages, articles=recognised.articles
            )
        )
    if skipped:
        click.echo(_("skipped: {count}").format(count=len(skipped)))


def skip_counts(counts: Mapping[str, int]) -> str:
    """How many files of each kind were skipped, in words."""
    return _together(
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


def left_out_counts(counts: Mapping[str, int]) -> str:
    """How much of each kind is no part of the texts, in words."""
    return _together(
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
        "nameless": _("the file name has no suffix; to index it, name the file itself"),
        "sound": _("a sound file"),
        "video": _("a video"),
        "database": _("a database; export its tables as csv"),
        "web": _("a part of a web page without text"),
        "font": _("a font"),
        "program": _("a program"),
        "download": _("an unfinished download; download it again"),
        "backup": _("a backup copy; to index it, name the file itself"),
    }
    return reasons.get(kind) or _(
        "lsq reads no format with this suffix; if it is text, name the file itself"
    )


def _together(words: Mapping[str, str], counts: Mapping[str, int]) -> str:
    told = [said.format(count=counts[kind]) for kind, said in words.items() if counts.get(kind)]
    return _("; ").join(told)
