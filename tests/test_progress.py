"""Progress: shown at a terminal while a command takes long, then removed."""

import io
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from lsq.cli.commands import lsq as command_line
from lsq.cli.streams import progress_shown
from lsq.indexing import Progress
from lsq.output import progress
from tests.terminal import unstyled

CLEARED = "\x1b[2K"  # a line of a terminal is empty again


class Watched(io.StringIO):
    """The text sent to a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"TERM": "xterm", "COLUMNS": "80", "LC_ALL": "C.UTF-8"}.items():
        monkeypatch.setenv(name, value)


def shown() -> str:
    """The text sent to stderr when half of a task is done."""
    with redirect_stderr(Watched()) as stderr, progress_shown("working") as tell:
        tell(Progress(5_000_000, 10_000_000))
    return stderr.getvalue()


def test_a_long_task_shows_its_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    sent = shown()
    assert "working" in sent
    assert "5.0/10.0 MB" in unstyled(sent)
    assert sent.endswith(CLEARED)


def test_a_short_task_shows_no_progress() -> None:
    assert not shown()


def test_a_log_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    monkeypatch.setattr(Watched, "isatty", lambda _: False)
    assert not shown()


def test_the_current_activity_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("国土空间规划。\n", "utf-8")
    for args, name in (
        (["index", "--jobs", "0", "a.txt"], "indexing"),
        (["copy", "index", "copied"], "copying"),
    ):
        with redirect_stderr(Watched()) as stderr:
            command_line.main(args, standalone_mode=False)
        assert name in stderr.getvalue()
