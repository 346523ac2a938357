"""The user's language: how it is chosen, what is translated, what never changes."""

import ast
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.mofile import read_mo
from click import Context
from tools.catalogue import MO, Key, catalogue, of_click, wanted

from lsq import errors, messages
from lsq.cli.commands import COMMANDS
from lsq.cli.commands import lsq as command_line
from lsq.output.linebreaks import width
from tests.conftest import Program, python
from tests.source import MODULES, name_of


def _key(text: str | tuple[str, ...] | list[str]) -> Key:
    return text if isinstance(text, str) else tuple(text)


CHINESE = {"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}
ENGLISH = {"LC_ALL": "C.UTF-8"}
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\(\w+\)s")
TRANSLATED: dict[Key, Key] = {
    _key(message.id): _key(message.string or "") for message in catalogue() if message.id
}


def forms(text: Key) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


@pytest.mark.parametrize(
    ("environment", "chinese"),
    [
        ({}, False),
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_CN.GB18030"}, True),
        ({"LANG": "zh_SG"}, True),
        ({"LANG": "zh_Hans_CN.UTF-8"}, True),
        ({"LANG": "zh"}, True),
        ({"LANG": "zh_TW.UTF-8"}, True),
        ({"LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "zha_CN.UTF-8"}, False),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, False),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, True),
        ({"LANGUAGE": "zh_CN", "LANG": "en_US.UTF-8"}, True),
        ({"LANGUAGE": "zh_CN"}, True),
        ({"LANGUAGE": "en", "LANG": "zh_CN.UTF-8"}, False),
        ({"LANGUAGE": "en:zh_CN", "LANG": "zh_CN.UTF-8"}, False),
        ({"LANGUAGE": "de:zh_CN:en", "LANG": "de_DE.UTF-8"}, True),
        ({"LANGUAGE": "zh_CN", "LC_ALL": "C"}, False),
        ({"LANGUAGE": "zh_CN", "LC_ALL": "C.UTF-8"}, False),
        ({"LANGUAGE": "zh_CN", "LANG": "POSIX"}, False),
    ],
    ids=str,
)
def test_the_environment_chooses(
    environment: dict[str, str], chinese: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert messages._prefers_chinese.__wrapped__() == chinese


def test_every_message_is_translated() -> None:
    translated = {message for message, said in TRANSLATED.items() if all(forms(said))}
    missing = sorted(wanted() - translated, key=str)
    assert not missing, "run tools/catalogue.py, and translate what is new"


def test_nothing_else_is_in_the_catalogue() -> None:
    # Messages of click are marked, because they differ between its versions.
    assert not sorted(set(TRANSLATED) - wanted() - of_click(catalogue()), key=str)


def test_a_translation_has_the_same_placeholders() -> None:
    # What click says of one thing has no number in it, and Chinese has but one form.
    others = [
        message
        for message, said in TRANSLATED.items()
        for translation in forms(said)
        if {*PLACEHOLDER.findall(translation)} != {*PLACEHOLDER.findall(forms(message)[-1])}
    ]
    assert not others


def test_chinese_sentences_end_as_the_english_ones_do() -> None:
    different = [
        (english, said)
        for message, said in TRANSLATED.items()
        for english, translation in [(forms(message)[-1], forms(said)[0])]
        if (english.endswith(".") and not english.endswith("...")) != translation.endswith("。")
    ]
    assert not different


def test_a_range_is_told_in_words(lsq: Program) -> None:
    ran = lsq("serve", "--port", "99999", **CHINESE)
    assert ran.returncode == 2
    assert "0 到 65535" in ran.stderr


def test_what_is_loaded_is_what_was_written() -> None:
    with MO.open("rb") as file:
        loaded = {_key(one.id): _key(one.string or "") for one in read_mo(file) if one.id}
    assert loaded == TRANSLATED


# What is called with words that people read, besides the exceptions of lsq and click.
TELLING = {"DateError", "_fail", "echo", "fail"}
EXCEPTIONS = {
    name
    for module in (errors, click.exceptions)
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, Exception)
}
# In characters; a longer text is not a name.
LONG = 8
WORDS = re.compile(r"[a-z]{2,} [a-z]{2,}")


def bare(node: ast.AST) -> Iterator[str]:
    """The texts of several words below a node that are not given to `_` or `ngettext`."""
    if isinstance(node, ast.Call) and called(node) in {"_", "ngettext"}:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and WORDS.search(node.value):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from bare(child)


def called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_printed_messages_are_marked_for_translation() -> None:
    unmarked = [
        f"{name_of(file)}:{node.lineno}: {text}"
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and called(node) in TELLING | EXCEPTIONS
        for text in bare(node)
    ]
    assert not unmarked, "write _(…) around each"


def test_an_unmarked_text_is_seen() -> None:
    call = 'fail(_("this is marked").format(x=x), "this is not", f"{x}: nor this one")'
    assert list(bare(ast.parse(call))) == ["this is not", ": nor this one"]


def options() -> Iterator[tuple[str, str]]:
    for name in COMMANDS:
        command = command_line.get_command(Context(command_line), name)
        assert command
        for param in command.params:
            if param.param_type_name == "option":
                yield name, max(param.opts, key=len)


@pytest.mark.parametrize(("command", "option"), list(options()))
def test_help_is_in_chinese(lsq: Program, command: str, option: str) -> None:
    _head, *described = parts(helped(lsq, command))
    said = next(text for text in described if re.match(rf"(-\w, )?{option}(?![\w-])", text))
    assert IDEOGRAPH.search(said.split(option, 1)[1])


_HELP: dict[str, str] = {}


def helped(lsq: Program, command: str) -> str:
    if command not in _HELP:
        _HELP[command] = lsq(command, "--help", **CHINESE).stdout
    return _HELP[command]


def parts(printed: str) -> list[str]:
    """What stands before the options in a help, and each option."""
    return re.split(r"\n  (?=-)", printed)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_no_english_paragraph(lsq: Program, command: str) -> None:
    head, *described = parts(helped(lsq, command))
    usage, _, told = head.partition("\n\n")
    assert f" lsq {command} " in usage
    prose = "\n  ".join([told.split("示例：")[0], *described])
    # Names of things to type are short; four words of English in a row are a sentence.
    assert not re.search(r"(?:\b[A-Za-z]+[ ,]+){3}[a-z]+", prose)
    assert all(width(line) <= 80 for line in prose.splitlines())


def test_the_list_of_commands_is_in_chinese(lsq: Program) -> None:
    printed = lsq("--help", **CHINESE).stdout
    for name in COMMANDS:
        assert re.search(rf"^  {name} +[\u4e00-\u9fff]", printed, re.MULTILINE)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["search", "(国土"], "lsq: 此括号没有闭合；请补上右括号，或放在引号中\n  (国土\n  ^"),
        (["search", "国土 日期:二〇"], "..2020、2021..、..2018\n  国土 日期:二〇\n            ^"),
        (["search", "国土", "--since", "x"], "lsq: --since: 不是日期；请写作 2020、2020-08"),
        (["search", "百山主"], "lsq: 您要找的是不是：百山祖（2 篇文章）"),
        (
            ["search", "titel:国土"],
            "没有“titel”这个字段（是不是“title”？）；可用的字段：标题、机关、文号、",
        ),
        (["search", "国土", "--nothing"], "没有选项"),
        (["search"], "缺少参数"),
        (["nothing"], "没有命令"),
        (["show"], "路径"),
        (["show", "nothing.txt"], "lsq: nothing.txt: 没有这个文件"),
        (["search", "国土", "-i", "nowhere"], "lsq: nowhere 没有索引；请先建立：lsq index"),
        (["index", "nothing.txt", "-i", "other"], "没有这个文件或文件夹"),
        (["forget", "nothing.txt"], "index：文件：去掉 0；文章："),
    ],
    ids=str,
)
def test_what_goes_to_stderr(lsq: Program, args: list[str], said: str) -> None:
    chinese, english = lsq(*args, **CHINESE), lsq(*args, **ENGLISH)
    assert said in chinese.stderr
    assert said not in english.stderr
    assert chinese.returncode == english.returncode


@pytest.mark.parametrize(
    "args",
    [
        ["search", "国土空间", "--explain"],
        ["search", "国土空间", "--format", "plain"],
        ["search", "国土空间", "--explain", "--format", "json"],
        ["search", "国土空间", "--explain", "--format", "jsonl"],
        ["search", "百山祖", "--explain-id", "seeds/000_6870835c1c1f66f0.txt#2"],
        ["show", "seeds/004_b94f5e78ba0b3d53.txt"],
        ["show", "seeds/004_b94f5e78ba0b3d53.txt", "--format", "json"],
        ["info"],
    ],
    ids=" ".join,
)
def test_what_programs_read_never_changes(lsq: Program, args: list[str]) -> None:
    chinese, english = lsq(*args, **CHINESE), lsq(*args, **ENGLISH)
    assert english.stdout
    assert chinese.stdout == english.stdout
    assert chinese.returncode == english.returncode


def test_hits_for_people(lsq: Program) -> None:
    args = ["search", "丽水", "--format", "terminal", "-n", "1", "--explain"]
    printed = lsq(*args, **CHINESE).stdout
    assert re.search(
        r"^共找到 \d+ 篇文章，这里是第 1–1 篇（往后看：--offset 1；看全部：-n 0）$",
        printed,
        re.MULTILINE,
    )
    assert re.search(r"得分 [\d.]+ = [\d.]+ 检索词 \+ [\d.]+ 相邻两字", printed)


@pytest.mark.parametrize("language", ["zh_TW.UTF-8", "zh_SG.UTF-8", "zh_CN.GB18030"])
def test_click_is_given_the_same_language(language: str) -> None:
    # Which it asks the standard library for; what it asks is a matter of its version.
    program = (
        "import gettext, sys; from lsq.cli.chinese import speak_chinese; speak_chinese();"
        "print(*map(gettext.gettext, sys.argv[1:]), sep='\\n')"
    )
    asked = sorted(text for text in of_click(catalogue()) if isinstance(text, str))
    assert asked
    said = python("-c", program, *asked, LC_ALL=language).stdout
    assert said == "".join(f"{TRANSLATED[text]}\n" for text in asked)


def test_no_test_takes_the_words_of_others() -> None:
    """Those of the system and of click change from one machine or version to another."""
    theirs = [os.strerror(number) for number in errno.errorcode]
    theirs += [one for text in of_click(catalogue()) for one in forms(text)]
    theirs = [one for one in theirs if len(one) > LONG]
    texts = re.compile(r'(?<!")"([^"\n]+)"(?!")')
    taken = [
        f"{path.name}: {text}"
        for path in sorted(Path(__file__).parent.rglob("*.py"))
        for text in texts.findall(path.read_text("utf-8"))
        if len(text) > LONG and any(one in text or one.startswith(text) for one in theirs)
    ]
    assert not taken, "compare with os.strerror, or with words of lsq's own"


def test_english_loads_no_catalogue(lsq: Program) -> None:
    traced = lsq("search", "国土", PYTHONPROFILEIMPORTTIME="1", **ENGLISH).stderr
    assert "lsq.messages" in traced
    assert "lsq.cli.chinese" not in traced


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("index", "[默认：每核一个；不小于 0]"),
        ("kwic", "[默认：20；不小于 0]"),
        ("search", "[不小于 1]"),
    ],
)
def test_ranges_and_defaults_in_help_are_in_words(lsq: Program, command: str, said: str) -> None:
    told = lsq(command, "--help", **CHINESE).stdout
    assert said in "".join(line.strip() for line in told.splitlines()).replace("]  [", "]")
    assert "x>=" not in told
