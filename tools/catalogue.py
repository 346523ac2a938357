"""Bring the catalogue of messages up to date with the code, and compile it.

    python tools/catalogue.py

It adds new messages to `lsq.po` without a translation, and removes old ones. Translate, and run
it again.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from lsq import messages
from lsq.cli import chinese
from lsq.cli.commands import COMMANDS, lsq

PO = Path(messages.FOLDER, "zh", "LC_MESSAGES", f"{messages.DOMAIN}.po")
MO = PO.with_suffix(".mo")
SOURCE = Path(messages.__file__).parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2)}

# The comment that marks messages of click.
CLICK = "click"

# The key of a message: its singular, and its plural if it has one.
Key = str | tuple[str, ...]


def wanted() -> set[Key]:
    """The messages of lsq: from its code, its commands, and the system."""
    found = {message for _, message in _marked(SOURCE)} | set(messages.SYSTEM)
    for command in (lsq, *(lsq.get_command(click.Context(lsq), name) for name in COMMANDS)):
        found |= set(chinese.messages(command)) if command else set()
    return found


def of_click(po: Catalog) -> set[Key]:
    """The messages of a catalogue that are marked as those of some version of click."""
    return {_key(message.id) for message in po if CLICK in message.auto_comments}


def catalogue() -> Catalog:
    """Read the catalogue."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh", domain=messages.DOMAIN)


def compiled(po: Catalog) -> bytes:
    """The compiled catalogue."""
    out = BytesIO()
    write_mo(out, po)
    return out.getvalue()


def _key(text: str | list[str] | tuple[str, ...]) -> Key:
    return text if isinstance(text, str) else tuple(text)


def _marked(folder: Path) -> Iterator[tuple[str, Key]]:
    for name, _, message, _, _ in extract_from_dir(folder, [("**.py", "python")], {}, KEYWORDS):
        yield name, message


def update(po: Catalog) -> None:
    """Write both files with the current messages.

    Messages marked as click's stay, because lsq also runs with other versions of click.
    lsq runs with its other versions as well.
    """
    ours = wanted()
    clicks = {message for _, message in _marked(Path(click.__file__).parent)} - ours
    for message in list(po):
        if _key(message.id) in clicks and CLICK not in message.auto_comments:
            message.auto_comments.append(CLICK)
    kept = ours | of_click(po)
    for message in list(po):
        if message.id and _key(message.id) not in kept:
            po.delete(message.id)
    for key in sorted(ours - {message.id for message in po}, key=str):
        po.add(key)
    # The header contains the glossary, and stays.
    head = PO.read_text("utf-8").partition("\n\n")[0]
    out = BytesIO()
    write_po(out, po, width=96, omit_header=True, sort_output=True, ignore_obsolete=True)
    PO.write_text(f"{head}\n\n{out.getvalue().decode().strip()}\n", "utf-8")
    MO.write_bytes(compiled(po))


def main() -> None:
    """Bring both files up to date."""
    if messages.is_chinese():
        sys.exit("the commands speak Chinese already; run this with LC_ALL=C")
    update(catalogue())


if __name__ == "__main__":
    main()
