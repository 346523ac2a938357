"""How `lsq index` and `lsq info` name what was not read, or is no part of a text.

The kinds are those of `lsq.readers.junk` and `lsq.readers.omissions`.
"""

from collections.abc import Callable, Mapping

from lsq.messages import _

Translate = Callable[[str], str]


def skipped(counts: Mapping[str, int]) -> str:
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


def left_out(counts: Mapping[str, int]) -> str:
    """How much of each kind is no part of the texts, in words."""
    return _together(
        {
            "header": _("headers and footers: {count:,}"),
            "comment": _("comments: {count:,}"),
            "wordless": _("pictures without text: {count:,}"),
        },
        counts,
    )


def reason(kind: str, _: Translate) -> str:
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
