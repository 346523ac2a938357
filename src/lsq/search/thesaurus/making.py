"""Make of groups the table that searches read."""

from collections.abc import Iterable

from lsq.search.thesaurus.groups import Group
from lsq.search.thesaurus.table import Relation


def table_of(groups: Iterable[Group]) -> str:
    """The text of the table of these groups; of a lay form in two, the former counts."""
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
