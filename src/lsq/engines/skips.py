"""How an index keeps which files were skipped: each as a file without articles.

The digest of its stamp says so, and of which kind it is: `-picture`. No content has such
a digest, so no engine needs a field of its own for it, and an index of before knows none.
"""

from collections.abc import Mapping

from lsq.engines import Stamp

_MARK = "-"


def skip_stamp(kind: str) -> Stamp:
    """The stamp of a file of that kind that was skipped."""
    return Stamp(0, 0, _MARK + kind)


def read_of(stamps: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """Those of the files that were read."""
    return {path: stamp for path, stamp in stamps.items() if not stamp.digest.startswith(_MARK)}


def skipped_of(stamps: Mapping[str, Stamp]) -> dict[str, str]:
    """The kinds of those that were skipped."""
    return {
        path: stamp.digest.removeprefix(_MARK)
        for path, stamp in stamps.items()
        if stamp.digest.startswith(_MARK)
    }
