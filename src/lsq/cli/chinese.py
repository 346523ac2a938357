"""Help in Chinese: translations for click and the commands, and Chinese line breaks.

Loaded only if the user's language is Chinese. The help of a command is translated by
paragraph, by option and by name.
"""

import gettext
import inspect
import re
from collections.abc import Iterable, Iterator

import click

from lsq.messages import DOMAIN, FOLDER, _

# click's mark for a paragraph that keeps its lines.
_AS_IT_IS = "\b"
# The minimum width of a description, in columns.
_MIN_WIDTH = 10


# The ranges and defaults at the end of an option's help, as click writes them.
_EXTRA = re.compile(r"(?<=  \[)[^\[\]]+(?=\]$)")
_RANGE = re.compile(r"(?:(?<![0-9.])([0-9.]++)<=)?x(?:>=([0-9.]+)|<=([0-9.]+))")


def speak_chinese() -> None:
    """Make click take its messages from lsq's catalogue."""
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)
    click.Context.formatter_class = _Formatter


def translate(command: click.Command) -> None:
    """Translate the help of a command and its parameters into Chinese, once."""
    command.options_metavar = command.options_metavar and _(command.options_metavar)
    if isinstance(command, click.Group):
        command.subcommand_metavar = _(command.subcommand_metavar)
    if command.help:
        command.help = "\n\n".join(map(_translated, _paragraphs(command.help)))
    for param in command.params:
        if param.metavar:
            param.metavar = _(param.metavar)
        if isinstance(param.type, click.IntRange | click.FloatRange):
            param.type.name = _(param.type.name)
        if isinstance(param, click.Option):
            param.help = _(param.help) if param.help else None
            if isinstance(param.show_default, str):
                param.show_default = _(param.show_default)


def ranges_in_words(text: str) -> str:
    """An error of click with its ranges in words: `0<=x<=9` becomes 0 到 9."""
    return _RANGE.sub(_range, text)


def messages(command: click.Command) -> Iterator[str]:
    """The messages that `translate` looks up."""
    yield from filter(None, [command.options_metavar])
    if isinstance(command, click.Group):
        yield command.subcommand_metavar
    for paragraph in _paragraphs(command.help or ""):
        yield _heading(paragraph) or paragraph
    for param in command.params:
        yield from filter(None, [param.metavar])
        if isinstance(param.type, click.IntRange | click.FloatRange):
            yield param.type.name
        if isinstance(param, click.Option):
            yield from filter(None, [param.help])
            if isinstance(param.show_default, str):
                yield param.show_default


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a help text, each on one line, except those marked to keep lines."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return [one if _AS_IT_IS in one else " ".join(one.split()) for one in paragraphs]


def _heading(paragraph: str) -> str:
    """The heading of a paragraph that keeps its lines; empty for another paragraph."""
    return paragraph.split("\n")[1] if _AS_IT_IS in paragraph else ""


def _translated(paragraph: str) -> str:
    heading = _heading(paragraph)
    return paragraph.replace(heading, _(heading), 1) if heading else _(paragraph)


def _in_chinese(extra: re.Match[str]) -> str:
    """A default without brackets, and a range in words."""
    parts = extra[0].replace("：(", "：").removesuffix(")").replace(");", ";").split("; ")
    return "；".join(map(ranges_in_words, parts))


def _range(found: re.Match[str]) -> str:
    least, only_least, most = found.groups()
    if least and most:
        return _("{least} to {most}").format(least=least, most=most)
    if only_least:
        return _("at least {least}").format(least=only_least)
    return _("at most {most}").format(most=most)


class _Formatter(click.HelpFormatter):
    """Breaks lines by Chinese rules, and counts columns instead of characters."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        paragraphs = text.split("\n\n")
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.write("\n")
            self.write("".join(f"{indent}{line}\n" for line in self._lines(paragraph)))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        from lsq.output.linebreaks import width, wrap

        rows = [(name, _EXTRA.sub(_in_chinese, help_text)) for name, help_text in rows]
        widest = max((width(name) for name, _help_text in rows), default=0)
        column = self.current_indent + min(widest, col_max) + col_spacing
        for name, help_text in rows:
            lines = [help_text[low:high] for low, high in wrap(help_text, self._room(column))]
            before = f"{'':>{self.current_indent}}{name}"
            if width(before) > column - col_spacing:
                self.write(f"{before}\n")
                before = ""
            for line in lines:
                self.write(f"{before}{' ' * (column - width(before))}{line}".rstrip() + "\n")
                before = ""

    def _lines(self, paragraph: str) -> list[str]:
        from lsq.output.linebreaks import wrap

        if _AS_IT_IS in paragraph:
            return [line for line in paragraph.split("\n") if line != _AS_IT_IS]
        return [paragraph[low:high] for low, high in wrap(paragraph, self._room(0))]

    def _room(self, column: int) -> int:
        return max(self.width - max(column, self.current_indent), _MIN_WIDTH)
