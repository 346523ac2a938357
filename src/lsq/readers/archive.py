"""Read the members of archives and the attachments of mails, even nested ones.

The path of a member is the path of the archive, `/`, and the name of the member. Members are
selected by name like the files of a folder; junk of archivers and systems is ignored. If
`a.txt` and `./a.txt` are in one archive, the second becomes `a (2).txt`.

For each kind of container, a module has a class `Container(path, data, budget)` that implements
`OpenContainer` and raises ReadError as `lsq.readers.package.Package`, that of zips, does.
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

# The maximum nesting of archives.
_DEPTH = 3

# The path, content and format of a member; or its error; or its kind if it is skipped.
Member = tuple[str, bytes, str] | ReadError | Skipped


class OpenContainer(Protocol):
    """An open container.

    Attributes:
        names: the names of its members, without folders, in order.
        form: the format of the file's own text, as of a mail; None without text.
    """

    names: list[str]
    form: str | None

    def read(self, name: str, path: str | None = None) -> bytes:
        """Read a member; `path` is its path for errors."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class _Around(NamedTuple):
    """The context of an archive.

    Attributes:
        budget: how much may be unpacked, nested archives included.
        distinct: makes the paths of members unique.
        depth: the number of archives around its members.
    """

    budget: Budget
    distinct: Distinct
    depth: int = 1


def members(path: str, data: bytes, around: _Around | None = None) -> Iterator[Member]:
    """Read the members of an archive; yields also errors and skipped members.

    Args:
        path: the path of the archive.
        data: the archive.
        around: its context; None for an outermost archive.
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
    """The name of the only member of a compressed file, if it has no suffix.

    The name comes from that of the compressed file, such as `list.gz`.
    """
    names = package.names
    is_sole = getattr(package, "is_sole", False) and len(names) == 1
    return names[0] if is_sole and not PurePosixPath(names[0]).suffix else None


def _nameless(package: OpenContainer, path: str, name: str, around: _Around) -> Iterator[Member]:
    """Read a member without a suffix if its bytes show its format; else skip it."""
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
    """Open a container; raises ReadError if it is damaged."""
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
    """The name of a member without parts that lead out of the archive."""
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))
