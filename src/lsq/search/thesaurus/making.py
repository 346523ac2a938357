"""Make of groups the table that searches read."""

from collections.abc import Iterable

from lsq.search.thesaurus.groups import Group
from lsq.search.thesaurus.table import Relation


def table_of(groups: Iterable[Group]) -> str:
    """The text of the table of these groups; of a lay form in two, the former counts."""
    lay: dict[str, tuple[Relation, list[str]]] = {}
    official: dict[str, list[str]] = {}
    for group in groups:
        for form in group.lay:
            others = [other for other in group.lay if other != form] if group.mutual else []
            lay.setdefault(form, ("=" if group.mutual else ">", [*group.official, *others]))
        for term in group.official if group.mutual else ():
            official.setdefault(term, []).extend(group.lay)
    lines = {
        form: f"{form}\t{relation}\t{'|'.join(terms)}\n" for form, (relation, terms) in lay.items()
    }
    for term, forms in official.items():
        lines.setdefault(term, f"{term}\t<\t{'|'.join(dict.fromkeys(forms))}\n")
    ordered = sorted(lines.values(), key=str.encode)
    return "\n" + "".join(ordered)
