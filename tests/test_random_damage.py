"""Any file of an index damaged at random: the right answers, or that it is damaged.

Never wrong hits, another error, or damage that an update makes part of a sound index.
"""

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import lsq
from lsq.engines.folder import signatures
from lsq.engines.whoosh import transaction
from lsq.errors import LsqError
from lsq.hit import Hit
from lsq.index import Index
from lsq.query.filters import Filters
from tests.conftest import SEEDS, python

# How often each kind of damage is done to each kind of file.
TIMES = int(os.environ.get("LSQ_STRESS_DAMAGE", "2"))
# How many of the questions below are asked once more after an update, others each time.
AGAIN = 7
DAMAGED = "damaged"
QUERIES = [
    "国土空间规划",
    '"绿水青山"',
    "丽水 -超市",
    "生态 OR 词7",
    "文件",
    "/第[0-9]+号/",
    "同句(生态 产品)",
    "near/5(生态 产品)",
    "文号:12号 OR 机关:人民政府",
    "title:规划",
    "date:2020",
    "path:a0",
    "没有这样的词",
]
ID = "texts/a1.txt#1"


def searched(query: str, index: Index) -> list[Hit]:
    return list(index.search(query))


# What is asked of an index, each of a newly opened one, as a program that starts would.
ASKED: dict[str, Callable[[Index], Any]] = {
    **{query: partial(searched, query) for query in QUERIES},
    "count": lambda index: [index.count(query) for query in QUERIES],
    "any word": lambda index: list(index.search("国土空间规划的词9", 3, any_word=True)),
    "by date": lambda index: list(index.search("生态", sort="date")),
    "filtered": lambda index: list(index.search("*", filters=Filters(since="2020-02"))),
    "explained": lambda index: index.explain("国土空间规划 生态", ID),
    "hints": lambda index: index.hints("国土空间归划"),
    "paths": lambda index: index.paths(),
    "how many": lambda index: index.article_count(),
}
KINDS = ["cut", "flip", "zero", "garbage", "append"]
SUFFIXES = [".json", ".toc", ".seg", ".text", ".words"]
DAMAGE = [
    *product(KINDS, [*SUFFIXES, ".signatures"]),
    *product(["swap"], [".seg", ".text", ".signatures"]),
]


@pytest.fixture(scope="module", autouse=True)
def signed() -> Iterator[None]:
    """However little text there is, signatures say where to look, even if it is everywhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signatures, "LEAST", 0)
        patch.setattr(signatures, "MANY", 1)
        yield


def text(number: int, version: int = 0) -> str:
    body = f"第{number}号文件第{version}版，生态产品价值词{number % 10}。" * (number % 9 + 1)
    title = "国土空间规划" if number % 3 else "生态产品"
    head = f"{title}通知\n\n丽政发〔2020〕{number}号\n\n各县（市、区）人民政府："
    return f"{head}\n\n{body}\n\n丽水市人民政府\n2020年{number % 12 + 1}月2日\n"


def change(folder: Path) -> None:
    """Change some texts, and take one away; what is linked elsewhere stays there."""
    for number in (3, 7):
        (folder / "texts" / f"a{number}.txt").unlink()
    (folder / "texts" / "a3.txt").write_text(text(3, version=2), "utf-8")
    (folder / "texts" / "c.txt").write_text(text(12), "utf-8")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with texts and their index: of several segments, with articles replaced."""
    folder = tmp_path_factory.mktemp("good")
    shutil.copytree(SEEDS, folder / "texts")
    for number in range(40):
        (folder / "texts" / f"a{number}.txt").write_text(text(number), "utf-8")
    with chdir(folder), lsq.open_index("index") as index:
        index.update(["texts"])
        (folder / "texts" / "a1.txt").write_text(text(1, version=1), "utf-8")
        (folder / "texts" / "b.txt").write_text(text(50), "utf-8")
        index.update(["texts"])
        for number in range(5):
            (folder / "texts" / f"b{number}.txt").write_text(text(number), "utf-8")
        index.update(["texts"])
    assert len(list(folder.glob("index/data-*/*.seg"))) == 3
    return folder


@pytest.fixture(scope="module")
def expected(good: Path) -> dict[str, Any]:
    return answers(good)


@pytest.fixture(scope="module")
def expected_after(
    good: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[int, dict[str, Any]]:
    """The answers after a change, by how many segments of like size become one."""
    found = {}
    for like in (2, 4):
        folder = linked(good, tmp_path_factory.mktemp("changed"))
        change(folder)
        assert updated(folder, like) != DAMAGED
        found[like] = answers(folder)
        assert DAMAGED not in found[like].values()
    return found


def linked(good: Path, folder: Path) -> Path:
    """The same folder once more; its files are to be replaced, not written to."""
    return Path(shutil.copytree(good, folder / "copy", copy_function=os.link))


def ask(folder: Path, asked: Callable[[Index], Any]) -> Any:
    try:
        with chdir(folder), lsq.open_index("index", create=False) as index:
            return asked(index)
    except LsqError as error:
        return DAMAGED if "lsq index --rebuild" in str(error) else error


def answers(folder: Path) -> dict[str, Any]:
    return {name: ask(folder, asked) for name, asked in ASKED.items()}


def updated(folder: Path, like: int) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transaction, "MERGED", like)
        return ask(folder, lambda index: index.update(["texts"]))


def files(folder: Path) -> list[Path]:
    """All that is read of an index, in an order that names by chance have no part in."""
    found = [*folder.glob("index/data-*/*"), folder / "index" / "lsq.json"]
    return sorted(found, key=lambda file: (file.suffix, file.stat().st_size))


def damage(folder: Path, kind: str, chance: random.Random, suffix: str) -> None:
    """Damage one of the files with this ending."""
    alike = [file for file in files(folder) if file.suffix == suffix]
    file = chance.choice(alike)
    content = file.read_bytes()
    # Short files are damaged anywhere; of long ones, the ends as often as the middle.
    at = chance.choice([0, chance.randrange(len(content)), max(0, len(content) - 4096)])
    at = min(len(content) - 1, at + chance.randrange(4096))
    length = chance.choice([1, 40, 4096])
    match kind:
        case "cut":
            new = content[:at]
        case "flip":
            flipped = bytes([content[at] ^ 1 << chance.randrange(8)])
            new = content[:at] + flipped + content[at + 1 :]
        case "zero":
            start = at // 4096 * 4096
            new = content[:start] + bytes(len(content[start : start + 4096]))
            new += content[start + 4096 :]
        case "garbage":
            new = content[:at] + chance.randbytes(length) + content[at + length :]
        case "append":
            new = content + chance.choice([chance.randbytes(length), bytes(length)])
        case "swap":
            others = [other for other in alike if other != file]
            new = chance.choice(others).read_bytes()
    replace(file, new)


def replace(file: Path, content: bytes) -> None:
    file.unlink()
    file.write_bytes(content)


@pytest.mark.parametrize("seed", range(TIMES))
@pytest.mark.parametrize(("kind", "suffix"), DAMAGE)
def test_damage_is_reported_or_changes_no_answer(
    good: Path,
    expected: dict[str, Any],
    expected_after: dict[int, dict[str, Any]],
    tmp_path: Path,
    kind: str,
    suffix: str,
    seed: int,
) -> None:
    chance = random.Random(f"{kind} {suffix} {seed}")
    folder = linked(good, tmp_path)
    damage(folder, kind, chance, suffix)
    for name, found in answers(folder).items():
        assert found in (DAMAGED, expected[name]), name
    like = chance.choice(list(expected_after))
    change(folder)
    # What cannot be done is not half done: then the answers are those of before.
    state = expected if updated(folder, like) == DAMAGED else expected_after[like]
    for name in chance.sample(list(ASKED), AGAIN):
        assert ask(folder, ASKED[name]) in (DAMAGED, state[name]), name


def test_an_index_without_its_signatures_gives_the_same_answers(
    good: Path, expected: dict[str, Any], tmp_path: Path
) -> None:
    folder = linked(good, tmp_path)
    for file in folder.glob("index/data-*/*.signatures"):
        file.unlink()
    assert answers(folder) == expected


@pytest.mark.slow
def test_a_flipped_bit_in_any_block_is_detected(
    good: Path, expected: dict[str, Any], tmp_path: Path
) -> None:
    folder = linked(good, tmp_path)
    told = 0
    for file in folder.glob("index/data-*/*.seg"):
        content = file.read_bytes()
        for at in range(0, len(content), 4096):
            replace(file, content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            for name, found in answers(folder).items():
                assert found in (DAMAGED, expected[name]), (name, at)
                told += found == DAMAGED
        replace(file, content)
    assert told


# A damaged length must not ask for more memory than that.
LIMITED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30)); "
    "from lsq.cli import run; sys.argv[0] = 'lsq'; run()"
)
COMMANDS = [
    ["search", "国土空间规划 生态"],
    ["search", "同句(生态 产品)", "--format", "jsonl"],
    ["search", "没有这样的词"],
    ["search", "-c", '"生态产品"'],
    ["search", "国土空间规划", "--explain-id", ID],
    ["info"],
    ["forget", "texts/b.txt"],
    ["index", "--jobs", "1", "texts"],
]


WRITING = {"forget", "index"}
FAILED = 2


Ran = tuple[int, str]


@pytest.fixture(scope="module")
def sound(good: Path) -> dict[str, Ran]:
    """What the commands that only read give of the good index, by their arguments."""
    reading = [command for command in COMMANDS if command[0] not in WRITING]
    ran = {" ".join(one): python("-c", LIMITED, *one, folder=good) for one in reading}
    return {name: (one.returncode, one.stdout) for name, one in ran.items()}


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource limits")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_command_says_what_to_do_about_damage(
    good: Path, sound: dict[str, Ran], tmp_path: Path, suffix: str
) -> None:
    chance = random.Random(suffix)
    folder = linked(good, tmp_path)
    damage(folder, chance.choice(KINDS[:4]), chance, suffix)
    codes = set()
    for command in COMMANDS:
        ran = python("-c", LIMITED, *command, folder=folder)
        codes.add(ran.returncode)
        said = ran.stderr
        if ran.returncode == FAILED:
            assert said.startswith("lsq: ")
            assert said.count("\n") == 1
            assert "lsq index --rebuild" in said
        elif command[0] not in WRITING:
            assert (ran.returncode, ran.stdout) == sound[" ".join(command)]
    assert FAILED in codes
