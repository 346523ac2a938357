"""`lsq completion`: print the script that makes a shell complete lsq's command line.

The scripts run lsq and read completions in click's protocol. Click's own scripts for bash and
zsh put a space after the colon of a field, so lsq has scripts of its own for these.
"""

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

# Each line of an answer is `kind,value`.
_BASH = """\
%(complete_func)s() {
    local answer kind value
    answer=$(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \
        %(complete_var)s=bash_complete "$1")
    while IFS=, read -r kind value; do
        case $kind in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                COMPREPLY+=("$value")
                [[ $value == *: ]] && compopt -o nospace
                ;;
        esac
    done <<<"$answer"
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

# An answer is three lines for each item: its kind, its value, its help or `_`.
_ZSH = """\
#compdef %(prog_name)s
%(complete_func)s() {
    local kind value about
    local -a answer described open closed
    answer=("${(@f)$(COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT - 1)) \
        %(complete_var)s=zsh_complete %(prog_name)s)}")
    for kind value about in "${(@)answer}"; do
        case $kind in
            dir) _path_files -/ ;;
            file) _path_files ;;
            plain)
                if [[ $about != _ ]]; then
                    described+=("${value//:/\\\\:}:$about")
                elif [[ $value == *: ]]; then
                    open+=("$value")
                else
                    closed+=("$value")
                fi
                ;;
        esac
    done
    (( $#described )) && _describe -V unsorted described -U
    (( $#open )) && compadd -U -V unsorted -S '' -a open
    (( $#closed )) && compadd -U -V unsorted -a closed
}
compdef %(complete_func)s %(prog_name)s
"""


class _Bash(BashComplete):
    source_template = _BASH


class _Zsh(ZshComplete):
    source_template = _ZSH


SHELLS: dict[str, type[ShellComplete]] = {"bash": _Bash, "zsh": _Zsh, "fish": FishComplete}


@click.command()
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script with which SHELL completes commands, options and ids.

    \b
    Put one of these lines into the startup file of the shell (of zsh, after compinit):
      eval "$(lsq completion bash)"       ~/.bashrc
      eval "$(lsq completion zsh)"        ~/.zshrc
      lsq completion fish | source        ~/.config/fish/config.fish
    """
    program = ctx.find_root().info_name or "lsq"
    variable = f"_{program.upper()}_COMPLETE"
    click.echo(SHELLS[shell](ctx.find_root().command, {}, program, variable).source())
