"""The arguments of editors for a line; sources: their manuals."""

import pytest

from lsq.cli.opening import editor_command
from lsq.errors import OpenError


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        ("vi", ["vi", "+7", "/a.txt"]),
        ("nvim -R", ["nvim", "-R", "+7", "/a.txt"]),
        ("/usr/bin/nano", ["/usr/bin/nano", "+7", "/a.txt"]),
        ("emacsclient -t", ["emacsclient", "-t", "+7", "/a.txt"]),
        ("code --wait", ["code", "--wait", "-g", "/a.txt:7"]),
        ("subl -w", ["subl", "-w", "/a.txt:7"]),
        ("hx", ["hx", "/a.txt:7"]),
        ("kate", ["kate", "--line", "7", "/a.txt"]),
        ("'/opt/my editor/vim'", ["/opt/my editor/vim", "+7", "/a.txt"]),
        ("ed", ["ed", "/a.txt"]),
    ],
)
def test_an_editor_is_told_the_line(editor: str, command: list[str]) -> None:
    assert editor_command(editor, "/a.txt", 7) == command


@pytest.mark.parametrize("editor", [" ", "'vim"])
def test_invalid_commands_are_refused(editor: str) -> None:
    with pytest.raises(OpenError, match=r"\$EDITOR"):
        editor_command(editor, "/a.txt", 7)
