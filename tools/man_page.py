"""Derive the manual page from the commands and their help, and print it: in two languages.

    python tools/man_page.py > man/lsq.1
    LANG=zh_CN.UTF-8 python tools/man_page.py > man/zh_CN/lsq.1

The pages are committed, so that building lsq needs no lsq. They are written with the macros of
man(7): https://man7.org/linux/man-pages/man7/man.7.html.
"""

import sys
from collections.abc import Iterator
from inspect import cleandoc
from typing import NamedTuple

import click

from lsq import __version__
from lsq.cli.chinese import speak_chinese, translate
from lsq.cli.commands import lsq
from lsq.messages import is_chinese

# click's mark for a paragraph that must not be wrapped.
AS_IT_IS = "\b"


class Words(NamedTuple):
    """The parts of the page that do not come from the help of commands.

    Attributes:
        manual: the part of the manual that the page belongs to.
        headings: the headings of the sections before the last ones.
        introduction: the description after the name.
        usage: the synopsis.
        default: the format of a default, after the help of an option.
        rest: the last sections, marked up.
    """

    manual: str
    headings: tuple[str, str, str, str]
    introduction: str
    usage: str
    default: str
    rest: str


ENGLISH_REST = r"""
.SH EXIT STATUS
.TP
.B 0
Something was found, or done.
.TP
.B 1
Nothing was found.
.TP
.B 2
An error, which includes a file that could not be read and a query that is none.
.TP
.B 130
Interrupted.
.SH ENVIRONMENT
.TP
.B LSQ_INDEX
The folder of the index, or the URL of one on a cluster.
.TP
.B LSQ_TRUSTED
Folders with colons between: indexes in them may belong to other users than the one who runs
lsq, or root.
.TP
.BR LSQ_PAGER ", " PAGER
The program through which long output goes; \fBcat\fR for none.
.TP
.B LSQ_HYPERLINK_FORMAT
What the links of places lead to, as \fB\-\-hyperlink\-format\fR says.
.TP
.BR VISUAL ", " EDITOR
The editor for \fBlsq search \-\-open\fR.
.TP
.BR NO_COLOR ", " CLICOLOR_FORCE ", " TERM
Whether matches are coloured, unless \fB\-\-color\fR says: not with the first, always with the
second, and not at a terminal that is dumb.
.TP
.B LSQ_ROOT
For an index on a cluster: the folder that holds the files, if not the current one.
.TP
.BR LSQ_USER ", " LSQ_PASSWORD
Who one is to a cluster.
.TP
.BR LSQ_TOKEN ", " LSQ_API_KEY
A bearer token, or an API key, instead.
.TP
.BR LSQ_CLIENT_CERT ", " LSQ_CLIENT_KEY
The files of a client's certificate.
.TP
.B LSQ_CREDENTIALS
A file, for nobody else to read, that says all that instead.
.TP
.B LSQ_CA_FILE
A file of the authority that vouches for a cluster.
.TP
.B LSQ_ALLOW_PLAINTEXT
If 1, a cluster may be spoken to without TLS: the network between is trusted.
.TP
.B LSQ_DEBUG
If set, an internal error shows where it happened.
.SH FILES
.TP
.I index/
The folder of an index, looked for in the current folder and its parents.
"""

CHINESE_REST = r"""
.SH 退出状态
.TP
.B 0
找到了结果，或已完成。
.TP
.B 1
什么也没有找到。
.TP
.B 2
出错，包括文件无法读取、查询写错。
.TP
.B 130
被中断。
.SH 环境变量
.TP
.B LSQ_INDEX
索引所在的文件夹，或集群上索引的网址。
.TP
.B LSQ_TRUSTED
一些文件夹，用冒号隔开：其中的索引可以属于运行 lsq 的用户和 root 以外的人。
.TP
.BR LSQ_PAGER ", " PAGER
输出较长时使用的分屏程序；\fBcat\fR 表示不分屏。
.TP
.B LSQ_HYPERLINK_FORMAT
位置链接的写法，同 \fB\-\-hyperlink\-format\fR。
.TP
.BR VISUAL ", " EDITOR
\fBlsq search \-\-open\fR 使用的编辑器。
.TP
.BR NO_COLOR ", " CLICOLOR_FORCE ", " TERM
未用 \fB\-\-color\fR 指定时是否着色：设了第一个就不着色，设了第二个就总是着色，哑终端上不着色。
.TP
.B LSQ_ROOT
索引在集群上时，文件所在的文件夹；默认是当前文件夹。
.TP
.BR LSQ_USER ", " LSQ_PASSWORD
访问集群的用户名和密码。
.TP
.BR LSQ_TOKEN ", " LSQ_API_KEY
改用令牌或 API 密钥。
.TP
.BR LSQ_CLIENT_CERT ", " LSQ_CLIENT_KEY
客户端证书和密钥的文件。
.TP
.B LSQ_CREDENTIALS
写有以上内容的文件，只有自己可读。
.TP
.B LSQ_CA_FILE
为集群作证的证书机构的文件。
.TP
.B LSQ_ALLOW_PLAINTEXT
设为 1 时，可以不用 TLS 访问集群：中间的网络是可信的。
.TP
.B LSQ_DEBUG
设了它，内部错误会显示出错的地方。
.SH 文件
.TP
.I index/
索引所在的文件夹，在当前文件夹及其上级文件夹中查找。
"""

ENGLISH = Words(
    "User Commands",
    ("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS"),
    "searches Chinese government bulletins",
    r"\fICOMMAND\fR \fIARGUMENT\fR\&...",
    "{help} The default is {default}.",
    ENGLISH_REST,
)
CHINESE = Words(
    "用户命令",
    ("名称", "用法", "描述", "命令"),
    "检索中国政府公报",
    r"\fI命令\fR \fI参数\fR\&...",
    "{help}默认为{default}。",
    CHINESE_REST,
)
WORDS = CHINESE if is_chinese() else ENGLISH


def page() -> Iterator[str]:
    """The manual page, line by line."""
    if is_chinese():
        speak_chinese()
        translate(lsq)
    name, synopsis, description, commands = WORDS.headings
    top = click.Context(lsq, info_name="lsq", **lsq.context_settings)
    yield f'.TH LSQ 1 "" "lsq {__version__}" "{WORDS.manual}"'
    if is_chinese():
        yield ".ad l"  # Chinese has few blanks to justify lines with
    yield from (f".SH {name}", f"lsq \\- {WORDS.introduction}")
    yield from (f".SH {synopsis}", rf"\fBlsq\fR {WORDS.usage}")
    yield f".SH {description}"
    yield from text(lsq.help or "")
    yield from options(lsq, top)
    yield f".SH {commands}"
    for name in lsq.list_commands(top):
        command = lsq.get_command(top, name)
        assert command is not None  # noqa: S101  # it is listed
        context = click.Context(command, top, info_name=name)
        yield f".SS {escaped(f'lsq {name}')}"
        usage = " ".join(command.collect_usage_pieces(context))
        yield f".B {escaped(f'lsq {name}')} {escaped(usage)}"
        yield ".PP"
        yield from text(command.help or "")
        yield from options(command, context)
    yield WORDS.rest.strip()


def options(command: click.Command, context: click.Context) -> Iterator[str]:
    """The options of a command with their descriptions."""
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option):
            record = parameter.get_help_record(context)
            assert record is not None  # noqa: S101  # none is hidden
            yield from (".TP", f".B {escaped(record[0])}", escaped(described(parameter)))


def described(option: click.Option) -> str:
    """The help of an option and its default, worded independently of click's version."""
    default = option.show_default
    if not default:
        return option.help or ""
    shown = default if isinstance(default, str) else option.default
    return WORDS.default.format(help=option.help, default=shown)


def text(help_text: str) -> Iterator[str]:
    """The help of a command: paragraphs, and blocks that keep their lines."""
    for paragraph in cleandoc(help_text).split("\n\n"):
        kept = paragraph.startswith(AS_IT_IS)
        lines = paragraph.removeprefix(AS_IT_IS).strip("\n").splitlines()
        yield ".PP"
        if kept:
            yield from (".nf", *map(escaped, lines), ".fi")
        else:
            yield from (escaped(line.strip()) for line in lines)


def escaped(line: str) -> str:
    """Escape a line for roff, with hyphens that can be copied and typed."""
    safe = line.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # a text file
    sys.stdout.writelines(f"{line}\n" for line in page())
