"""Draw `pictures/`: commands on `seeds/` at a terminal, on light and dark backgrounds.

    python tools/pictures.py [FOLDER]

The program's output is drawn as SVG, with every run of one style as wide as its columns. rich
parses the styles in the output; its own SVG export counts characters instead of columns, so that
ideographs would overlap, and loads a font from the web.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parent.parent

# The name of a picture → the command that it shows, with its arguments.
COMMANDS = {
    "search": ["search", "国土空间规划"],
    "sentence": ["search", "同句(百山祖 国家公园)"],
    "kwic": ["kwic", "-F", "丽水", "--sort", "right", "-n", "8"],
    "facets": ["facets", "丽水"],
    "collocates": ["collocates", "-F", "规划", "--min", "2", "--min-articles", "1", "-n", "6"],
    "phrases": ["phrases", "*", "--min-articles", "2", "-n", "5"],
    "cite": ["cite", "seeds/000_6870835c1c1f66f0.txt#1"],
}
# What a shell takes as it is typed.
_PLAIN = re.compile(r"[\w./#-]+")

# A terminal's hyperlink, which pictures omit.
_LINK = re.compile(r"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")

# Text between two spaces or more.
_CELL = re.compile(r"[^ ]+(?: [^ ]+)*")

COLUMNS = 80
# In pixels. An ideograph is as wide as the font is high, and takes two columns.
FONT = 14
COLUMN = 8.0
LINE = 21
MARGIN = 16

_BLACK, _WHITE = (0x1F, 0x23, 0x28), (0xE6, 0xED, 0xF3)
# lsq uses two of the sixteen colours; each has a contrast (WCAG 2.1, 1.4.3) of 4.5 or more on its
# background. The others are drawn as the foreground.
THEMES = {
    "light": TerminalTheme(
        (0xF6, 0xF8, 0xFA),
        _BLACK,
        [_BLACK, (0xC4, 0x1E, 0x24), *[_BLACK] * 3, (0x87, 0x3B, 0xB8), *[_BLACK] * 2],
    ),
    "dark": TerminalTheme(
        (0x15, 0x1B, 0x23),
        _WHITE,
        [_WHITE, (0xFF, 0x7B, 0x72), *[_WHITE] * 3, (0xD2, 0xA8, 0xFF), *[_WHITE] * 2],
    ),
}


class Run(NamedTuple):
    """Characters of one style without two spaces in a row, and their first column."""

    column: int
    text: str
    width: int
    style: Style


def lsq(*args: str, folder: Path) -> str:
    """The output of lsq in a folder, with escape sequences."""
    ran = subprocess.run(  # noqa: S603  # the arguments are those of this file
        [sys.executable, "-m", "lsq", *args],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return ran.stdout


def environment() -> dict[str, str]:
    """This environment, without variables that change lsq's output."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LSQ_")}
    chosen = {"COLUMNS": str(COLUMNS), "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "PYTHONUTF8": "1"}
    return kept | chosen


def runs(output: str) -> Iterator[list[Run]]:
    """Split the lines of a terminal's output into runs, by style and at two spaces or more.

    Browsers collapse spaces, which would move what follows them.
    """
    console = Console(width=COLUMNS, color_system="standard", force_terminal=True)
    for line in Text.from_ansi(output).split():
        column = 0
        cut = []
        for segment in Segment.simplify(line.render(console)):
            for cell in _CELL.finditer(segment.text):
                before = cell_len(segment.text[: cell.start()])
                width = cell_len(cell[0])
                cut.append(Run(column + before, cell[0], width, segment.style or Style()))
            column += segment.cell_length
        yield cut


def drawn(output: str, theme: TerminalTheme) -> str:
    """A terminal's output as SVG."""
    lines = list(runs(output))
    width, height = round(COLUMNS * COLUMN) + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    body = ""
    for number, line in enumerate(lines):
        inside = "".join(tspan(run, theme) for run in line)
        body += f'<text y="{MARGIN + number * LINE + FONT}">{inside}</text>\n' * bool(line)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" font-size="{FONT}" xml:space="preserve"'
        f' font-family="ui-monospace,Menlo,Consolas,monospace"'
        f' fill="{theme.foreground_color.hex}">\n'
        f'<rect width="100%" height="100%" rx="6" fill="{theme.background_color.hex}"/>\n'
        f"{body}</svg>\n"
    )


def tspan(run: Run, theme: TerminalTheme) -> str:
    """A run as SVG."""
    x = MARGIN + run.column * COLUMN
    look = f' x="{x:g}" textLength="{run.width * COLUMN:g}"'
    if run.style.color and not run.style.color.is_default:
        look += f' fill="{run.style.color.get_truecolor(theme).hex}"'
    look += ' font-weight="bold"' * bool(run.style.bold)
    look += ' text-decoration="underline"' * bool(run.style.underline)
    return f"<tspan{look}>{escape(run.text, quote=False)}</tspan>"


def main() -> None:
    """Draw every picture in every theme."""
    pictures = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "pictures"
    pictures.mkdir(exist_ok=True)
    coloured = ("--format", "terminal", "--color", "always")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        lsq("index", "seeds", folder=folder)
        for name, args in COMMANDS.items():
            typed = " ".join(arg if _PLAIN.fullmatch(arg) else repr(arg) for arg in args)
            shown = lsq(*args, *coloured, folder=folder)
            output = f"$ lsq {typed}\n{_LINK.sub('', shown)}".rstrip("\n")
            for look, theme in THEMES.items():
                picture = pictures / f"{name}-{look}.svg"
                picture.write_text(drawn(output, theme), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
