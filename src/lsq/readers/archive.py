"""Archives of bulletins and mails with them, one inside of another included.

The path of a member is that of the archive, `/`, and its own name in it. Members are chosen by
name, as the files of a folder are; leftovers of archivers and systems are ignored. If `a.txt` and
`./a.txt` are in one archive, the second becomes `a (2).txt`.

A kind of container is a module with a class `Container` that is made of a path, bytes and
a budget, is used in a `with`, has `names` and `read(name, path)`, and raises ReadError as
`lsq.readers.package.Package` does, which is that of zips.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol, Self

from lsq.errors import PackageError, ReadError
from lsq.messages import _
from lsq.model import Skipped
from lsq.readers import formats, junk
from lsq.readers.names import Distinct
from lsq.readers.package import Budget, Package

# Archives in archives in an archive; nobody packs a bulletin deeper.
_DEPTH = 3

# A member as its path, its bytes and their format; its error; or its kind if skipped.
Member = tuple[str, bytes, str] | ReadError | Skipped


class OpenContainer(Protocol):
    """An open container.

    Attributes:
        names: of its members, folders excluded, in their order.
        form: the reader of the file's own text, besides its members; None without one.
    """

    names: list[str]
    form: str | None

    def read(self, name: str, path: str | None = None) -> bytes:
        """The bytes of a member; `path` is its name in errors."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class _Around(NamedTuple):
    """The context of an archive.

    Attributes:
        budget: the maximum size of its content, nested archives included.
        distinct: makes the paths of members unique.
        depth: the number of archives around its members.
    """

    budget: Budget
    distinct: Distinct
    depth: int = 1


def members(path: str, data: bytes, around: _Around | None = None) -> Iterator[Member]:
    """The members of the archive `data` that a reader takes, and the errors of others.

    Each comes as its path, its bytes and the format they are in.

    Args:
        path: what the archive is called.
        data: the archive.
        around: its context; by default none.
    """
    around = around or _Around(Budget(len(data), archive=True), Distinct())
    if around.depth > _DEPTH:
        yield ReadError(
            path,
            _("an archive inside of {depth} others; unpack the outer ones").format(depth=_DEPTH),
        )
        return
    try:
        package = _opened(path, data, around.budget)
    except ReadError as error:
        yield error
        return
    if package.form is not None:
        yield path, data, package.form
    with package:
        sole = _sole(package)
        yield from _skipped(path, [name for name in package.names if name != sole])
        for name in package.names:
            if name == sole:
                yield from _nameless(package, path, name, around)
            elif _is_wanted(name):
                member = around.distinct(f"{path}/{_tidy(name)}")
                yield from _member(package, member, name, around)


def _sole(package: OpenContainer) -> str | None:
    """The single file of a packed file, if its name has no suffix.

    Its name comes from the packed file, `list.gz`, so the suffix is unknown.
    """
    names = package.names
    is_sole = getattr(package, "is_sole", False) and len(names) == 1
    return names[0] if is_sole and not PurePosixPath(names[0]).suffix else None


def _nameless(package: OpenContainer, path: str, name: str, around: _Around) -> Iterator[Member]:
    """A file without a suffix, if its bytes show its format; else it is skipped."""
    member = around.distinct(f"{path}/{_tidy(name)}")
    for found in _member(package, member, name, around):
        is_unknown = isinstance(found, ReadError) and not isinstance(found, PackageError)
        yield Skipped(member, junk.kind(name)) if is_unknown else found


def _member(package: OpenContainer, path: str, name: str, around: _Around) -> Iterator[Member]:
    try:
        data = package.read(name, path)
        form = formats.detect(path, data)
    except ReadError as error:
        yield error
        return
    if form in formats.CONTAINERS:
        yield from members(path, data, around._replace(depth=around.depth + 1))
    else:
        yield path, data, form


def _opened(path: str, data: bytes, budget: Budget) -> OpenContainer:
    """The container that these bytes are; raises ReadError if they are damaged."""
    form = formats.detect(path, data)
    if form == "archive":
        return Package(path, data, budget)
    opened: OpenContainer = import_module(f"lsq.readers.{form}").Container(path, data, budget)
    return opened


def _skipped(path: str, names: Sequence[str]) -> Iterator[Skipped]:
    """The members that no reader takes, without junk."""
    for name in names:
        tidy = _tidy(name)
        if not formats.is_wanted(name) and not any(map(junk.is_junk, tidy.split("/"))):
            yield Skipped(f"{path}/{tidy}", junk.kind(PurePosixPath(tidy).name))


def _is_wanted(name: str) -> bool:
    parts = PurePosixPath(_tidy(name)).parts
    return not any(map(junk.is_junk, parts)) and formats.is_wanted(name)


def _tidy(name: str) -> str:
    """A member's name without parts that lead out of the archive."""
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))
