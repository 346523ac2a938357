"""The style sheet, the script and the icon. Pages load nothing from other servers."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Final

from lsq.output.html.whole_page import style

STYLE: Final = "/style.css"
SCRIPT: Final = "/script.js"
ICON: Final = "/icon.svg"


@cache
def _style() -> tuple[str, str]:
    return f"{style()}\n{_read('serve.css')}", "text/css"


@cache
def _script() -> tuple[str, str]:
    return _read("serve.js"), "text/javascript"


@cache
def _icon() -> tuple[str, str]:
    return _read("icon.svg"), "image/svg+xml"


def _read(name: str) -> str:
    return (files("lsq.serve") / name).read_text("utf-8")


# Path → the function that returns the content and its type.
FILES: Final[dict[str, Callable[[], tuple[str, str]]]] = {
    STYLE: _style,
    SCRIPT: _script,
    ICON: _icon,
}
