"""An index of another user is refused, and the refusal says how to allow it."""

import os
import re
import shlex
from pathlib import Path
from types import SimpleNamespace

import pytest

from lsq.engines.folder.mark import check_owner
from lsq.errors import OwnerError
from tests.conftest import Program

if not hasattr(os, "geteuid"):
    pytest.skip("no owners by number here", allow_module_level=True)

ROOT, ME, OTHER, THIRD = 0, 1000, 54321, 54322
AS_ROOT = pytest.mark.skipif(os.geteuid() != ROOT, reason="only root may give files away")
COMMANDS = [
    ["search", "百山祖"],
    ["search", "--count", "百山祖"],
    ["info"],
    ["index", "seeds"],
    ["index", "--rebuild", "seeds"],
    ["forget", "seeds"],
]


def check(patch: pytest.MonkeyPatch, location: Path, owner: int, consented: int | None) -> None:
    with patch.context() as here:
        here.setattr(os, "stat", lambda _: SimpleNamespace(st_uid=owner))
        check_owner(str(location), str(location), consented)


@pytest.mark.parametrize(
    ("me", "caller", "owner", "consented", "allowed"),
    [
        (ME, None, ME, None, True),
        (ME, None, ROOT, None, True),
        (ME, None, OTHER, None, False),
        (ME, None, OTHER, OTHER, True),
        (ME, None, THIRD, OTHER, False),
        (ME, str(OTHER), OTHER, None, False),  # anyone may set a variable
        (ROOT, None, ROOT, None, True),
        (ROOT, None, OTHER, None, False),
        (ROOT, str(OTHER), OTHER, None, True),
        (ROOT, str(OTHER), THIRD, None, False),
        (ROOT, "", OTHER, None, False),
    ],
)
def test_the_user_and_root_are_trusted(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    me: int,
    caller: str | None,
    owner: int,
    consented: int | None,
    allowed: bool,
) -> None:
    monkeypatch.delenv("LSQ_TRUSTED", raising=False)
    monkeypatch.delenv("SUDO_UID", raising=False)
    if caller is not None:
        monkeypatch.setenv("SUDO_UID", caller)
    monkeypatch.setattr(os, "geteuid", lambda: me)
    if allowed:
        check(monkeypatch, tmp_path, owner, consented)
    else:
        with pytest.raises(OwnerError, match=f"belongs to {owner}"):
            check(monkeypatch, tmp_path, owner, consented)


@pytest.mark.parametrize(
    ("trusted", "allowed"),
    [
        ("{top}/team/index", True),
        ("{top}/team", True),
        ("/", True),
        ("/nowhere:{top}/team", True),
        ("{top}/link", True),
        ("{top}/team/", True),
        ("{top}/team/index/data", False),
        ("{top}/team/ind", False),
        ("/nowhere", False),
        ("", False),
        # What is meant by these depends on where one is.
        (".", False),
        ("team/index", False),
    ],
)
def test_the_variable_names_trusted_folders(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, trusted: str, allowed: bool
) -> None:
    location = tmp_path / "team" / "index"
    location.mkdir(parents=True)
    (tmp_path / "link").symlink_to("team")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LSQ_TRUSTED", trusted.format(top=tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: ME)
    if allowed:
        check(monkeypatch, location, OTHER, None)
    else:
        with pytest.raises(OwnerError, match=re.escape(os.path.realpath(location))):
            check(monkeypatch, location, OTHER, None)


def test_without_owners_every_index_is_trusted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delattr(os, "geteuid")
    check(monkeypatch, tmp_path, OTHER, None)


@AS_ROOT
def test_the_command_in_the_refusal_makes_the_index_trusted(indexed: Program) -> None:
    os.chown(indexed.folder / "index", OTHER, -1)
    for command in COMMANDS:
        ran = indexed(*command)
        assert ran.returncode == 2
        assert ran.stdout == ""
        assert f"the index belongs to {OTHER}" in ran.stderr
        assert ran.stderr.count("\n") == 1
    told = ran.stderr.rpartition("run: ")[2].strip()
    assert told == f"export LSQ_TRUSTED={shlex.quote(str(indexed.folder / 'index'))}"
    for command in COMMANDS:
        said = indexed.shell(f"{told}; python -m lsq {shlex.join(command)}; echo $?")
        assert said.endswith("\n0\n")


@AS_ROOT
@pytest.mark.parametrize("name", ["lsq.json", "data-*"])
def test_the_owners_of_mark_and_data_are_checked_too(indexed: Program, name: str) -> None:
    (given,) = indexed.folder.glob(f"index/{name}")
    os.chown(given, OTHER, -1)
    # What has been trusted before stays so.
    told = indexed("info", LSQ_TRUSTED="/nowhere").stderr.rpartition("run: ")[2].strip()
    said = indexed.shell(f"LSQ_TRUSTED=/nowhere; {told}; echo $LSQ_TRUSTED; python -m lsq info")
    assert said.startswith(f"/nowhere:{indexed.folder / 'index'}\nlocation: ")


@AS_ROOT
def test_nothing_is_written_to_another_users_folder(fresh: Program) -> None:
    (fresh.folder / "index").mkdir()
    os.chown(fresh.folder / "index", OTHER, -1)
    for command in COMMANDS[3:5]:
        assert "belongs to" in fresh(*command).stderr
    assert list((fresh.folder / "index").iterdir()) == []
    trusting = {"LSQ_TRUSTED": str(fresh.folder)}
    for command in COMMANDS[3:5]:
        assert fresh(*command, **trusting).returncode == 0
    # To read what one has written there is harmless: the files are one's own.
    for command in COMMANDS[:3]:
        assert fresh(*command).returncode == 0
    for command in COMMANDS[3:]:
        assert "belongs to" in fresh(*command).stderr
    os.chown(fresh.folder / "index", THIRD, -1)
    assert "belongs to" in fresh("search", "百山祖").stderr


@AS_ROOT
def test_another_users_link_to_ones_own_index_is_not_followed(fresh: Program) -> None:
    assert fresh("index", "seeds", "-i", "mine").returncode == 0
    (fresh.folder / "index").symlink_to("mine")
    before = sorted((fresh.folder / "mine").rglob("*"))
    os.chown(fresh.folder / "index", OTHER, -1, follow_symlinks=False)
    for command in (*COMMANDS, ["copy", "mine", "index", "--replace"]):
        ran = fresh(*command)
        assert ran.returncode == 2
        assert f"the index belongs to {OTHER}" in ran.stderr
    assert sorted((fresh.folder / "mine").rglob("*")) == before
    os.lchown(fresh.folder / "index", ROOT, -1)
    assert fresh("index", "seeds").returncode == 0


@AS_ROOT
def test_a_link_to_another_users_folder_is_not_written_through(fresh: Program) -> None:
    assert fresh("index", "seeds", "-i", "mine").returncode == 0
    theirs = fresh.folder / "theirs"
    theirs.mkdir()
    os.chown(theirs, OTHER, -1)
    (fresh.folder / "index").symlink_to("theirs")
    for command in (["index", "seeds"], ["index", "--rebuild", "seeds"], ["copy", "mine", "index"]):
        ran = fresh(*command)
        assert ran.returncode == 2
        assert "belongs to" in ran.stderr
        assert not list(theirs.iterdir())
