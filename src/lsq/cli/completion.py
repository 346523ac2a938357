"""`lsq completion`: the script that makes a shell complete lsq's command line.

The scripts are click's, which run lsq to ask it what fits; but none of them puts a
space after the colon of a field, where the value goes.
"""

import click

from lsq.cli.streams import note
from lsq.messages import _

SHELLS = ("bash", "zsh", "fish")
# In click's scripts: what offers a word, and what offers it here. Fish does right itself.
_CHANGES = {
    "bash": (
        "COMPREPLY+=($value)",
        'COMPREPLY+=("$value")\n            [[ $value == *: ]] && compopt -o nospace',
    ),
    "zsh": (
        "compadd -U -V unsorted -a completions",
        """local -a open=(${(M)completions:#*:}) closed=(${completions:#*:})
        compadd -U -V unsorted -S '' -a open
        compadd -U -V unsorted -a closed""",
    ),
}


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print the script that makes a SHELL complete commands, options and ids.

    \b
    Put into the file that the shell reads when it starts:
      eval "$(lsq completion bash)"       ~/.bashrc
      eval "$(lsq completion zsh)"        ~/.zshrc, after compinit
      lsq completion fish | source        ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    of_shell = get_completion_class(shell)
    if of_shell is None:  # which click has had since it can complete
        note(_("this version of click knows no {shell}").format(shell=shell))
        return 2
    program = ctx.find_root().info_name or "lsq"
    script = of_shell(ctx.find_root().command, {}, program, f"_{program.upper()}_COMPLETE").source()
    click.echo(script.replace(*_CHANGES[shell]) if shell in _CHANGES else script)
    return 0
