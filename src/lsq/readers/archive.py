"""Archives of bulletins and mails with them, one inside of another included.

A member is called by the path of the archive, `/`, and its own name in it. Members are
chosen as a folder's files are: by name; what archivers and systems leave behind is not.
Where `a.txt` and `./a.txt` are in one archive, the second is called `a (2).txt`.

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

# A member as its path, its bytes and their format; why it cannot be had; or its kind.
Member = tuple[str, bytes, str] | ReadError | Skipped


class OpenContainer(Protocol):
    """An open container.

    Attributes:
        names: of its members, folders excluded, in their order.
        form: the reader of what the file says itself, besides its members; None for none.
    """

    names: list[str]
    form: str | None

    def read(self, name: str, path: str | None = None) -> bytes:
        """The bytes of a member; `path` is what to call it in errors."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class _Around(NamedTuple):
    """What an archive is in.

    Attributes:
        budget: how much may come out of it and all inside of it.
        distinct: gives each member a path of its own.
        depth: how many archives there are around its members.
    """

    budget: Budget
    distinct: Distinct
    depth: int = 1


def members(path: str, data: bytes, around: _Around | None = None) -> Iterator[Member]:
    """The members of the archive `data` that a reader takes, or why they cannot be had.

    Each comes as its path, its bytes and the format they are in.

    Args:
        path: what the archive is called.
        data: the archive.
        around: what it is in; by default nothing.
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
    """The one file in a container that was packed by itself, if its name has no suffix.

    It is called as the packed file is, so that nothing better is known: `list.gz`.
    """
    names = package.names
    is_sole = getattr(package, "is_sole", False) and len(names) == 1
    return names[0] if is_sole and not PurePosixPath(names[0]).suffix else None


def _nameless(package: OpenContainer, path: str, name: str, around: _Around) -> Iterator[Member]:
    """A file without a suffix, if its bytes say what it is; else it is skipped."""
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
    """The members that no reader takes, without those that nobody wrote."""
    for name in names:
        tidy = _tidy(name)
        if not formats.is_wanted(name) and not any(map(junk.is_junk, tidy.split("/"))):
            yield Skipped(f"{path}/{tidy}", junk.kind(PurePosixPath(tidy).name))


def _is_wanted(name: str) -> bool:
    parts = PurePosixPath(_tidy(name)).parts
    return not any(map(junk.is_junk, parts)) and formats.is_wanted(name)


def _tidy(name: str) -> str:
    """A member's name without what would lead out of the archive."""
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))
