"""A process in which somebody puts a link under each name just before lsq opens it to write.

That somebody is a hook for Python's own events, which comes between every look at a name and
its use. `python -m tests.planter KIND` prints as JSON what went wrong: the operation, the
name, and what happened. It knows only the public API.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lsq
from lsq.errors import LsqError
from lsq.indexing.indexer import Options

WRITES = os.O_WRONLY | os.O_RDWR
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
# filelock opens it, again and again, so that there may be one before.
LOCK = "writer.lock"
SECRET = b"mine\n"


def update() -> None:
    with lsq.open_index("index") as index:
        index.update(["texts"])


def rebuild() -> None:
    with lsq.open_index("index", damaged=True) as index:
        index.update(["texts"], Options(rebuild=True))


def forget() -> None:
    with lsq.open_index("index", create=False) as index:
        index.forget(["texts/a.txt"])


def copy() -> None:
    with lsq.open_index("index", create=False) as index, lsq.open_index("copy") as target:
        target.copy_from(index)


def copy_over() -> None:
    with lsq.open_index("index", create=False) as index, lsq.open_index("other") as target:
        target.copy_from(index)


def make() -> None:
    with lsq.open_index("new") as index:
        index.update(["texts"])


OPERATIONS: dict[str, Callable[[], None]] = {
    function.__name__: function for function in (make, update, rebuild, forget, copy, copy_over)
}


class Planter:
    """Puts a link under the name that is opened to write for the n-th time.

    Args:
        top: the folder that all is in; the files of the victim's are in `victim` in it.
        kind: of links.
        turn: at which opening; none for -1.

    Attributes:
        names: what has been opened to write, relative to `top`.
        careless: those that were opened in a way that follows a link.
    """

    def __init__(self, top: Path, kind: str, turn: int) -> None:
        self.top, self.kind, self.turn = top, kind, turn
        self.names: list[str] = []
        self.careless: list[str] = []
        self._expected: str | None = None

    def see(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "os.mkdir":
            self._about_to_write(os.fsdecode(args[0]))
        if event != "open" or not isinstance(args[0], str | bytes) or not args[2] & WRITES:
            return
        name, mode, flags = os.fsdecode(args[0]), args[1], args[2]
        if not self._is_inside(name):
            return
        if mode is not None:  # `open`, which is to go by way of `os.open`
            if self._expected:
                self.careless.append(self._expected)
            self._expected = name
            return
        if self._expected == name:
            self._expected = None
        careful = flags & NO_LINK and (flags & os.O_EXCL or not flags & os.O_CREAT)
        if not careful and os.path.basename(name) != LOCK:
            self.careless.append(name)
        self._about_to_write(name)

    def end(self) -> None:
        if self._expected:
            self.careless.append(self._expected)

    def _is_inside(self, name: str) -> bool:
        path = os.path.abspath(name)
        return any(
            path.startswith(str(self.top / index) + os.sep)
            for index in ("index", "copy", "other", "new")
        )

    def _about_to_write(self, name: str) -> None:
        if not self._is_inside(name):
            return
        self.names.append(name)
        # Before its version 4 filelock empties what it opens, so a second name costs a file
        # if it is made after lsq has looked.
        late = self.kind == "hard" and os.path.basename(name) == LOCK
        if len(self.names) - 1 == self.turn and not late:
            plant(self.top, Path(name), self.kind)


def plant(top: Path, path: Path, kind: str) -> None:
    """Put a link in the place of whatever is at `path`."""
    victim = top / "victim"
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    match kind:
        case "file":
            path.symlink_to(victim / "file")
        case "dangling":
            path.symlink_to(victim / "nothing")
        case "folder":
            path.symlink_to(victim / "folder")
        case "hard":
            os.link(victim / "file", path)


def prepare(good: Path) -> None:
    """Make texts, an index of several commits and another, and what is the victim's."""
    os.chdir(good)
    Path("texts").mkdir()
    for name, text in {"a": "国土空间规划", "b": "生态产品价值", "c": "海洋"}.items():
        Path("texts", f"{name}.txt").write_text(f"{text}。\n", "utf-8")
        update()
    copy()
    Path("copy").rename("other")
    Path("texts/a.txt").write_text("国土空间规划与海洋。\n", "utf-8")
    Path("texts/d.txt").write_text("森林。\n", "utf-8")
    Path("victim/folder").mkdir(parents=True)
    Path("victim/file").write_bytes(SECRET)


def copied(source: str, target: str) -> None:
    """Copy a file; one that is large and never changed gets another name."""
    (os.link if source.endswith(".words") else shutil.copy2)(source, target)


def last_not(fd: object) -> None:
    """Stand for fsync: nothing here is to last."""


def harm(top: Path) -> str:
    """What has happened to the files of the victim's."""
    victim = top / "victim"
    if (victim / "file").read_bytes() != SECRET:
        return "the file has another content"
    if list((victim / "folder").iterdir()) or (victim / "nothing").exists():
        return "there is a file that was not there"
    return ""


def attempt(top: Path, operation: Callable[[], None]) -> str:
    """Do it; what is wrong with how it ends, and with what it leaves."""
    try:
        operation()
    except LsqError:
        pass  # refused, in words of its own
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return harm(top)


def main(kind: str) -> None:
    """Print what goes wrong with links of this kind."""
    wrong: list[tuple[str, str, str]] = []
    seeing: list[Planter] = []
    sys.addaudithook(lambda event, args: seeing[-1].see(event, args) if seeing else None)
    os.fsync = last_not
    with tempfile.TemporaryDirectory() as folder:
        good, top = Path(os.path.realpath(folder), "good"), Path(os.path.realpath(folder), "top")
        good.mkdir()
        prepare(good)

        def restore() -> None:
            os.chdir(folder)
            shutil.rmtree(top, ignore_errors=True)
            shutil.copytree(good, top, copy_function=copied)
            os.chdir(top)

        count = 0
        for name, operation in OPERATIONS.items():
            turn, last = -1, 0
            while turn < last:
                restore()
                planter = Planter(top, kind, turn)
                seeing.append(planter)
                said = attempt(top, operation)
                planter.end()
                seeing.pop()
                if turn < 0:
                    last = len(planter.names) - 1
                    wrong += [(name, one, "may follow a link") for one in planter.careless]
                    count += last + 1
                if said:
                    at = planter.names[turn] if turn >= 0 else "nothing planted"
                    wrong.append((name, at, said))
                turn += 1
            wrong += planted_before(kind, name, operation, restore, top)
        os.chdir(folder)
    json.dump({"tried": count, "wrong": wrong}, sys.stdout)


def planted_before(
    kind: str, name: str, operation: Callable[[], None], restore: Callable[[], None], top: Path
) -> list[tuple[str, str, str]]:
    """What goes wrong if a link is there when the operation begins, under each known name."""
    wrong: list[tuple[str, str, str]] = []
    restore()
    own = ["lsq.json", "lsq.json.new", "writer.json", LOCK, "data-00000000"]
    folder = {"make": "new", "copy": "copy", "copy_over": "other"}.get(name, "index")
    paths = [os.path.join(folder, one) for one in own]
    paths += [str(path.relative_to(top)) for path in (top / folder).glob("data-*")]
    paths += [str(path.relative_to(top)) for path in (top / folder).glob("data-*/*")]
    for path in paths:
        restore()
        Path(path).parent.mkdir(exist_ok=True)
        plant(top, Path(path), kind)
        if said := attempt(top, operation):
            wrong.append((name, path, f"planted before: {said}"))
    return wrong


if __name__ == "__main__":
    main(sys.argv[1])
