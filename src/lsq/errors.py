"""Every exception that lsq raises on purpose. Imports nothing but `messages`.

    LsqError                    something a user can mend; its text says how
    ├── QueryError              what was typed is not a query
    ├── UnknownIdError          no article in the index has that id
    ├── ReadError               a source file cannot be read
    │   ├── PackageError        nor can any part of it
    │   └── PictureError        its text is a picture, which nobody has tried to recognise
    ├── RootError               paths named for a rebuild have nothing to build it of
    ├── DictionaryError         a dictionary, the user's or an index's, cannot be used
    ├── SynonymError            a user's list of synonyms cannot be used
    ├── WorkerError             a process that reads files cannot be started
    ├── OutputError             standard output takes nothing
    ├── PagerError              the pager that was set cannot be run
    ├── ExtraError              something needs an extra that is not installed
    ├── PlotError               a picture cannot be drawn or written
    ├── PortError               a server cannot have the port that was named
    ├── BusyError               a server has too much to do
    ├── RowsError               a document cannot hold so many rows
    ├── PlaceError              what should be quoted is no place of an article
    ├── OpenError               a hit cannot be opened in an editor or viewer
    └── EngineError             the index cannot serve
        ├── NoIndexError        there is none at that place yet
        ├── ForeignIndexError   the place holds something this lsq did not write
        ├── OwnerError          it is somebody else's, whom the user has not said to trust
        ├── DamagedError        its files are not as they were written
        ├── LockedError         another process is writing to it
        ├── StorageError        the system does not let lsq read or write it
        ├── LocationError       what was typed does not name an index
        ├── UnreachableError    the cluster that holds it does not answer
        └── RefusedError        the cluster does not let us: credentials, roles, certificates

A message says what happened, where, and what to do next. It is built where the
facts are known and printed in one place, `lsq.cli`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from lsq.messages import _


class LsqError(Exception):
    """The root: catch this to catch every error that lsq raises on purpose."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        # By default the class would be called with the message alone, which is not what
        # those below take: the error of a worker process could not be unpickled.
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[LsqError], args: tuple[Any, ...], attributes: dict[str, Any]) -> LsqError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


class QueryError(LsqError):
    """A query that cannot be understood.

    Attributes:
        query: the query as typed.
        position: where the error is, in characters from the start;
            `len(query)` when something is missing at the end.
        reason: what is wrong there, without the query.
        source: the name of the filter that `query` was given as; None for the query itself.
    """

    def __init__(self, query: str, position: int, reason: str, source: str | None = None) -> None:
        super().__init__(reason)
        self.query = query
        self.position = position
        self.reason = reason
        self.source = source


class UnknownIdError(LsqError):
    """No article in the index has this id; or, as `by_name`, this number or title."""

    def __init__(self, name: str, location: str, *, by_name: bool = False) -> None:
        if by_name:
            message = _(
                "{name}: no article in the index at {location} has this number or title; search "
                "for it with lsq search, and use the id of a hit, such as seeds/a.txt#2"
            )
        else:
            message = _(
                "{name}: no article in the index at {location} has this id; ids look like "
                "seeds/a.txt#2; see those of a file with: lsq show PATH"
            )
        super().__init__(message.format(name=name, location=location))


class AmbiguousNameError(LsqError):
    """A name that several articles have, where one is needed.

    Attributes:
        ids: theirs.
    """

    def __init__(self, name: str, ids: Sequence[str]) -> None:
        super().__init__(
            _("{name} names {count} articles; give the id of one: {ids}").format(
                name=name, count=len(ids), ids=_(", ").join(ids[:5])
            )
        )
        self.ids = tuple(ids)


class WatchError(LsqError):
    """A watch that there is not, or is already, or whose file is damaged."""


class ReadError(LsqError):
    """A source file that cannot be read; the run continues without it.

    Attributes:
        path: the file, as it was named to lsq.
        reason: why it cannot be read, and what to do.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class PackageError(ReadError):
    """A package without a readable part: locked, or far larger than it looks."""


class PictureError(ReadError):
    """A file whose text is only a picture, where OCR is not installed or not wanted."""


class RootError(LsqError):
    """A rebuild is refused, as it would lose the articles of a path.

    Attributes:
        failures: for each such path, as it was named to lsq, what is wrong and what to do.
    """

    def __init__(self, failures: Iterable[ReadError]) -> None:
        self.failures = tuple(failures)
        told = _("; ").join(map(str, self.failures))
        super().__init__(_("{told}; the index stays as it is").format(told=told))


class DictionaryError(LsqError):
    """A user's dictionary cannot be used, or an index's is lost or damaged."""


class SynonymError(LsqError):
    """A user's list of synonyms cannot be used; the message names the file and line."""


class WorkerError(LsqError):
    """A process that reads files cannot be started."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _(
                "cannot start a process that reads files: {reason}; what is indexed so far "
                "is kept; continue without such processes: lsq index --jobs 0 PATH…"
            ).format(reason=reason)
        )


class OutputError(LsqError):
    """Standard output cannot be written to."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("standard output: {reason}; the results are not complete").format(reason=reason)
        )


class PagerError(LsqError):
    """The pager that was set cannot be run."""

    def __init__(self, command: str, reason: str) -> None:
        super().__init__(
            _(
                "the pager {command!r}: {reason}; set LSQ_PAGER to another one, or use "
                "--pager never"
            ).format(command=command, reason=reason)
        )


class ExtraError(LsqError):
    """Something needs an extra of lsq that is not installed."""

    def __init__(self, extra: str) -> None:
        super().__init__(
            _("this needs the extra {extra}: pip install 'lsq-bulletins[{extra}]'").format(
                extra=extra
            )
        )


class PlotError(LsqError):
    """A picture cannot be drawn, or its file cannot be written."""


class PortError(LsqError):
    """A server cannot have a port."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(
            _("port {port}: {reason}; choose another with --port, or none for any").format(
                port=port, reason=reason
            )
        )


class BusyError(LsqError):
    """A server has too much to do for another request."""

    def __init__(self) -> None:
        super().__init__(_("too many searches at once; try again in a moment"))


class RowsError(LsqError):
    """A document cannot hold so many rows."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _(
                "a table in a document has at most {most:,} rows, and there are more; use --format "
                "xlsx, or fewer rows"
            ).format(most=most)
        )


class PlaceError(LsqError):
    """What should be quoted is no place of an article; the message says why."""


class OpenError(LsqError):
    """A hit cannot be opened in an editor or viewer; the message says why and what to do."""


class EngineError(LsqError):
    """The index cannot serve a request."""


class NoIndexError(EngineError):
    """There is no index at that location."""

    def __init__(self, location: str) -> None:
        super().__init__(
            _("no index at {location}; make one with: lsq index PATH…").format(location=location)
        )


class ForeignIndexError(EngineError):
    """The location holds an index of another format, or something else."""


class OwnerError(EngineError):
    """The index is another user's.

    Attributes:
        owner: that user.
    """

    def __init__(self, location: str, owner: str, to_type: str) -> None:
        super().__init__(
            _(
                "{location}: the index belongs to {owner}, who can change what lsq shows "
                "you; if you trust them, run: {to_type}"
            ).format(location=location, owner=owner, to_type=to_type)
        )
        self.owner = owner


class DamagedError(EngineError):
    """The files of the index are not as they were written."""

    def __init__(self, location: str) -> None:
        super().__init__(
            _(
                "{location}: the index is damaged; rebuild it with: lsq index --rebuild PATH…"
            ).format(location=location)
        )


class LockedError(EngineError):
    """Another process is writing to the index."""

    def __init__(self, location: str, holder: str) -> None:
        super().__init__(
            _("{location}: {holder} is writing to it; wait with --wait SECONDS").format(
                location=location, holder=holder
            )
        )


class StorageError(EngineError):
    """The system does not let lsq read or write the index: permissions, disk space, hardware."""


class LocationError(EngineError):
    """The location of an index, or the way to it, is invalid."""


class UnreachableError(EngineError):
    """The cluster that holds the index does not answer, or not in time."""


class RefusedError(EngineError):
    """The cluster refuses lsq, or lsq the cluster: credentials, roles, certificates."""
