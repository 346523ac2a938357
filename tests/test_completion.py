"""Completion, by click's protocol and in the installed shells."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lsq.output import FORMATS
from lsq.query.fields import FIELDS
from tests.conftest import FIRST, SECOND, Program, clean_environment

# Names its words, and what it finds for the last of them, as bash does.
BASH = """
eval "$(lsq completion bash)"
compopt() { echo "compopt $1 $2"; }
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_lsq_completion lsq
printf '%s\\n' "${COMPREPLY[@]}"
"""


def offered(lsq: Program, *words: str) -> list[str]:
    """The completions of the last word, by the protocol of fish, the simplest."""
    ran = lsq.piped(_LSQ_COMPLETE="fish_complete", COMP_WORDS=" ".join(words), COMP_CWORD=words[-1])
    assert (ran.returncode, ran.stderr) == (0, b"")
    return [line.split("\t")[0] for line in ran.stdout.decode("utf-8").splitlines()]


IDS = [f"plain,{FIRST}#1", f"plain,{FIRST}#2", f"plain,{SECOND}#1"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["lsq", "se"], ["plain,search", "plain,serve"]),
        (["lsq", "search", "--form"], ["plain,--format"]),
        (["lsq", "search", "--format", ""], [f"plain,{name}" for name in FORMATS]),
        (["lsq", "search", "--color", "a"], ["plain,auto", "plain,always"]),
        (["lsq", "search", "ti"], ["plain,title:"]),
        (["lsq", "search", "国土", "标"], ["plain,标题:"]),
        (["lsq", "search", ""], [f"plain,{name}:" for name in FIELDS]),
        (["lsq", "search", "-i", "se"], ["dir,se"]),
        (["lsq", "index", "se"], ["file,se"]),
        (["lsq", "show", ""], ["file,", *IDS]),
        (["lsq", "show", FIRST], [f"file,{FIRST}", *IDS[:2]]),
        (["lsq", "show", f"{FIRST}#2"], [f"file,{FIRST}#2", IDS[1]]),
        (["lsq", "show", "x"], ["file,x"]),
        (["lsq", "completion", "z"], ["plain,zsh"]),
    ],
    ids=" ".join,
)
def test_matching_completions_are_offered(
    lsq: Program, words: list[str], expected: list[str]
) -> None:
    assert offered(lsq, *words) == expected


def test_without_an_index_files_are_offered(fresh: Program) -> None:
    assert offered(fresh, "lsq", "show", "seeds/") == ["file,seeds/"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_takes_its_script(lsq: Program, shell: str, tmp_path: Path) -> None:
    script = lsq("completion", shell)
    assert (script.returncode, script.stderr) == (0, "")
    assert "_LSQ_COMPLETE" in script.stdout
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "script").write_text(script.stdout, "utf-8")
    subprocess.run([shell, "-n", tmp_path / "script"], check=True, timeout=30)


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["lsq", "search", "--files"], ["--files-with-matches"]),
        (["lsq", "search", "ti"], ["compopt -o nospace", "title:"]),
        (["lsq", "show", SECOND], ["compopt -o default", f"{SECOND}#1"]),
    ],
    ids=" ".join,
)
def test_bash_completes(lsq: Program, words: list[str], expected: list[str]) -> None:
    environment = clean_environment()
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    ran = subprocess.run(
        ["bash", "--norc", "-c", BASH, "bash", *words],
        cwd=lsq.folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert (ran.stdout.splitlines(), ran.stderr) == (expected, "")


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_fish_completes(lsq: Program) -> None:
    script = 'lsq completion fish | source; complete -C "lsq search --format js"'
    assert lsq.shell(f"fish -N -c '{script}'").split() == ["json", "jsonl"]
