"""Names that are each given once, in time in proportion to how many there are."""

import posixpath


class Distinct:
    """Gives a path, with a number before its suffix if it has been given already."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}  # the number to try for a path that is taken

    def __call__(self, path: str) -> str:
        """A path that has not been given before: `a.txt`, then `a (2).txt`."""
        name = path
        if name in self._taken:
            root, suffix = posixpath.splitext(path)
            number = self._next.get(path, 2)
            while (name := f"{root} ({number}){suffix}") in self._taken:
                number += 1
            self._next[path] = number + 1
        self._taken.add(name)
        return name
