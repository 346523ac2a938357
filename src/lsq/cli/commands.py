"""The table of commands, and click's group, which imports each command when it is needed.

A new command is a module here and a line in `COMMANDS`. Modules of commands import jieba, Whoosh
and rich inside functions, so that `lsq --help` does not wait for them.
"""

from importlib import import_module
from typing import Any

import click

from lsq import __version__
from lsq.messages import is_chinese

# Command → module, in the order of the help.
COMMANDS = {
    "index": "lsq.cli.index",
    "search": "lsq.cli.search",
    "show": "lsq.cli.show",
    "open": "lsq.cli.open",
    "kwic": "lsq.cli.kwic",
    "trend": "lsq.cli.trend",
    "facets": "lsq.cli.facets",
    "collocates": "lsq.cli.collocates",
    "phrases": "lsq.cli.phrases",
    "cite": "lsq.cli.cite",
    "diff": "lsq.cli.diff",
    "similar": "lsq.cli.similar",
    "quote": "lsq.cli.quote",
    "watch": "lsq.cli.watch",
    "forget": "lsq.cli.index",
    "info": "lsq.cli.info",
    "copy": "lsq.cli.index",
    "serve": "lsq.cli.serve",
    "mcp": "lsq.cli.mcp",
    "completion": "lsq.cli.completion",
}


# Click's own help text for it depends on click's version.
_HELP_NAMES = ("-h", "--help")
_help_option = click.help_option(*_HELP_NAMES, help="Show this message and exit.")


class _LateGroup(click.Group):
    """Imports commands when they are needed, and translates them then."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._ready: dict[str, click.Command] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # likewise
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self._ready:
            command = _help_option(getattr(import_module(COMMANDS[cmd_name]), cmd_name))
            if is_chinese():
                from lsq.cli.chinese import translate

                translate(command)
            self._ready[cmd_name] = command
        return self._ready[cmd_name]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = str(args[0])
        # An argument that begins with a minus is an unknown option, which click reports.
        if not ctx.resilient_parsing and name not in COMMANDS and not name.startswith("-"):
            from lsq.cli.mistakes import unknown_command

            raise unknown_command(args, COMMANDS, ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_LateGroup, context_settings={"help_option_names": _HELP_NAMES})
@click.version_option(
    __version__,
    "-V",
    "--version",
    prog_name="lsq",
    message="%(prog)s %(version)s",
    help="Show the version and exit.",
)
@_help_option
def lsq() -> None:
    """Search Chinese government bulletins.

    \b
    Try it on the bulletins in seeds/:
      lsq index seeds/
      lsq search 国土空间规划
    """


def run_command() -> int | None:
    """Run the command that the arguments name; return its exit code, None for 0.

    Raises:
        click.ClickException: the arguments are invalid.
        click.Abort: the command was interrupted.
    """
    if is_chinese():
        from lsq.cli.chinese import speak_chinese, translate

        speak_chinese()
        translate(lsq)
    code: int | None = lsq.main(prog_name="lsq", standalone_mode=False)
    return code
