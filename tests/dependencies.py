"""What is installed with a package: its dependencies, and theirs, as their metadata say."""

import importlib.metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# What lsq is installed as; on PyPI `lsq` is another project.
DISTRIBUTION = "lsq-bulletins"


def closure(package: str, extras: frozenset[str] = frozenset()) -> set[str]:
    """The names of all that `package`, which is installed here, needs here, without itself.

    Args:
        package: its name.
        extras: which of its extras are wanted.
    """
    found: set[tuple[str, frozenset[str]]] = set()
    waiting = [(canonicalize_name(package), extras)]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        name, wanted = one
        for line in importlib.metadata.requires(name) or ():
            needed = Requirement(line)
            applies = needed.marker is None or any(
                needed.marker.evaluate({"extra": extra}) for extra in ("", *wanted)
            )
            if applies:
                waiting.append((canonicalize_name(needed.name), frozenset(needed.extras)))
    return {name for name, _ in found} - {canonicalize_name(package)}
