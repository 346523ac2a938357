"""Read groups of everyday and official words, lsq's own or a user's, and make a table of them.

A file is in UTF-8, with one group per line:

    lay forms, separated by `|`   TAB   official terms, the most precise first   TAB   = or >

`=`: all of them mean the same; `>`: a query with a lay form may mean the official terms, but not
the other way round. Blank lines and lines that begin with `#` are skipped. Forms are folded and
squeezed, as queries and texts are.
"""

import os
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from lsq.disk import read_list
from lsq.errors import SynonymError
from lsq.messages import _, system_message
from lsq.search.thesaurus.table import SHORTEST, Relation
from lsq.text.fold import fold, squeeze

# lsq's own groups, in the folder of this module.
FIELDS: Final = "*.tsv"
# In characters; the longest phrase of lsq's own has 53.
LONGEST: Final = 80
_COLUMNS: Final = 3
_RELATIONS: Final = {"=": True, "＝": True, ">": False, "＞": False}


class SynonymGroup(NamedTuple):
    """Everyday words and the official words for them.

    Attributes:
        lay: the everyday forms, folded and squeezed.
        official: the official terms, likewise, the most precise first.
        mutual: whether all of them mean the same.
    """

    lay: tuple[str, ...]
    official: tuple[str, ...]
    mutual: bool


def normalize(form: str) -> str:
    """The normalized form of a word: folded, without white space between ideographs."""
    return squeeze(fold(form.strip()))


def read_groups(path: str | os.PathLike[str]) -> list[SynonymGroup]:
    """The groups in a file, in its order.

    Raises:
        SynonymError: the file cannot be read, or a line is not a group; names the line.
    """
    name = os.fspath(path)
    try:
        raw = read_list(name)
        text = raw.decode().removeprefix("\ufeff")
    except OSError as error:
        raise SynonymError(
            _("{name}: cannot be read: {error}").format(name=name, error=system_message(error))
        ) from error
    except UnicodeDecodeError as error:
        place = raw.count(b"\n", 0, error.start) + 1
        raise SynonymError(
            _("{name}:{place}: not UTF-8; save the file as UTF-8").format(name=name, place=place)
        ) from error
    return list(_parse_all(text.split("\n"), name))


def _parse_all(lines: Iterable[str], name: str) -> Iterator[SynonymGroup]:
    places: dict[str, int] = {}  # the line of each lay form
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            group = _parse(line)
            for form in group.lay:
                if form in places:
                    raise ValueError(
                        _("“{form}” is on line {line} already; keep one of them").format(
                            form=form, line=places[form]
                        )
                    )
                places[form] = number
        except ValueError as error:
            raise SynonymError(f"{name}:{number}: {error}") from None
        yield group


def _parse(line: str) -> SynonymGroup:
    """The group on a line; a ValueError says what is wrong with it."""
    columns = [column.strip() for column in line.rstrip("\r").split("\t")]
    if len(columns) != _COLUMNS or columns[2] not in _RELATIONS:
        raise ValueError(
            _(
                "not of the form: everyday words, TAB, official words, TAB, = or >; "
                "several words have | between them"
            )
        )
    lay, official = (_forms(column) for column in columns[:2])
    if both := set(lay) & set(official):
        raise ValueError(_("“{form}” is on both sides; delete one").format(form=min(both)))
    return SynonymGroup(lay, official, _RELATIONS[columns[2]])


def _forms(column: str) -> tuple[str, ...]:
    """The words in a column, each once."""
    forms = tuple(normalize(form) for form in column.replace("｜", "|").split("|"))
    for form in forms:
        if not SHORTEST <= len(form) <= LONGEST:
            raise ValueError(
                _("“{form}”: a word must have {shortest} to {longest} characters").format(
                    form=form, shortest=SHORTEST, longest=LONGEST
                )
            )
        if not form.isprintable():
            raise ValueError(_("a word cannot have control characters; delete them"))
        if forms.count(form) > 1:
            raise ValueError(_("“{form}” is there twice; delete one of them").format(form=form))
    return forms


def table_of(groups: Iterable[SynonymGroup]) -> str:
    """The text of the table of these groups; of two groups with a lay form, the first is used."""
    lines: dict[str, str] = {}
    lay: dict[str, list[str]] = {}  # forms that mean the same as an official term
    for group in groups:
        relation: Relation = "=" if group.mutual else ">"
        for form in group.lay:
            others = [other for other in group.lay if other != form] if group.mutual else []
            lines.setdefault(form, _line(form, relation, group.official, others))
        for term in group.official if group.mutual else ():
            lay.setdefault(term, []).extend(group.lay)
    for term, forms in lay.items():
        lines.setdefault(term, _line(term, "<", dict.fromkeys(forms), ()))
    ordered = sorted(lines.values(), key=str.encode)
    return "\n" + "".join(ordered)


def _line(form: str, relation: Relation, terms: Iterable[str], others: Iterable[str]) -> str:
    return f"{form}\t{relation}\t{'|'.join(terms)}\t{'|'.join(others)}\n"
