"""Every exception that lsq raises on purpose. Imports nothing but `messages`.

    LsqError                    something the user can fix; the message says how
    ├── QueryError              the query is invalid
    ├── UnknownIdError          no article in the index has that id
    ├── ReadError               a source file cannot be read
    │   ├── PackageError        no part of a package can be read
    │   └── PictureError        its text is a picture, and OCR is off or not installed
    ├── RootError               a rebuild would lose the articles of a path
    ├── DictionaryError         a dictionary, the user's or an index's, cannot be used
    ├── SynonymError            a user's list of synonyms cannot be used
    ├── WorkerError             a process that reads files cannot be started
    ├── OutputError             standard output cannot be written to
    ├── PagerError              the configured pager cannot be run
    ├── ExtraError              a feature needs an extra that is not installed
    ├── PlotError               a picture cannot be drawn or written
    ├── PortError               the server cannot listen on a port
    ├── BusyError               the server has too many requests
    ├── RowsError               a document cannot hold so many rows
    ├── PlaceError              the place to quote is not in the article
    ├── OpenError               a hit cannot be opened in an editor or viewer
    ├── AmbiguousNameError      several articles have this number or title
    ├── WatchError              a saved query is missing, exists already, or is damaged
    └── EngineError             the index cannot be used
        ├── NoIndexError        there is no index at the location
        ├── ForeignIndexError   the location holds something that this lsq did not write
        ├── OwnerError          another user, who is not trusted, owns it
        ├── DamagedError        its files are damaged
        ├── LockedError         another process is writing to it
        ├── StorageError        the system does not let lsq read or write it
        ├── LocationError       the location is invalid
        ├── UnreachableError    the cluster does not answer
        └── RefusedError        the cluster refuses access: credentials, roles, certificates

A message says what happened, where, and what to do next. The code that knows the facts builds
it; `lsq.cli` prints it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from lsq.messages import _


class LsqError(Exception):
    """The base class of every error that lsq raises on purpose."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        # By default, unpickling calls the class with the message alone, but the subclasses take
        # other arguments. Worker processes send errors as pickles.
        return _unpickled, (type(self), self.args, self.__dict__)


def _unpickled(kind: type[LsqError], args: tuple[Any, ...], attributes: dict[str, Any]) -> LsqError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


class QueryError(LsqError):
    """A query that is invalid.

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
        ids: the ids of these articles.
    """

    def __init__(self, name: str, ids: Sequence[str]) -> None:
        super().__init__(
            _("{name} names {count} articles; give the id of one: {ids}").format(
                name=name, count=len(ids), ids=_(", ").join(ids[:5])
            )
        )
        self.ids = tuple(ids)


class WatchError(LsqError):
    """A watch (saved query) that does not exist, exists already, or is damaged."""


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
    """A package without a readable part: encrypted, or a decompression bomb."""


class PictureError(ReadError):
    """A file whose text is only a picture, where OCR is off or not installed."""


class RootError(LsqError):
    """A rebuild is refused, as it would lose the articles of a path.

    Attributes:
        failures: an error for each such path.
    """

    def __init__(self, failures: Iterable[ReadError]) -> None:
        self.failures = tuple(failures)
        failures_text = _("; ").join(map(str, self.failures))
        super().__init__(_("{failures}; the index stays as it is").format(failures=failures_text))


class DictionaryError(LsqError):
    """The user's dictionary cannot be used, or that of an index is missing or damaged."""


class SynonymError(LsqError):
    """The user's list of synonyms cannot be used; the message names the file and line."""


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
    """The configured pager cannot be run."""

    def __init__(self, command: str, reason: str) -> None:
        super().__init__(
            _(
                "the pager {command!r}: {reason}; set LSQ_PAGER to another one, or use "
                "--pager never"
            ).format(command=command, reason=reason)
        )


class ExtraError(LsqError):
    """A feature needs an extra of lsq that is not installed."""

    def __init__(self, extra: str) -> None:
        super().__init__(
            _("this needs the extra {extra}: pip install 'lsq-bulletins[{extra}]'").format(
                extra=extra
            )
        )


class PlotError(LsqError):
    """A picture cannot be drawn, or its file cannot be written."""


class PortError(LsqError):
    """The server cannot listen on a port."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(
            _("port {port}: {reason}; choose another with --port, or none for any").format(
                port=port, reason=reason
            )
        )


class BusyError(LsqError):
    """The server has too many requests."""

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
    """The place to quote is not in the article; the message says why."""


class OpenError(LsqError):
    """A hit cannot be opened in an editor or viewer; the message says why and what to do."""


class EngineError(LsqError):
    """The index cannot be used."""


class NoIndexError(EngineError):
    """There is no index at that location."""

    def __init__(self, location: str) -> None:
        super().__init__(
            _("no index at {location}; make one with: lsq index PATH…").format(location=location)
        )


class ForeignIndexError(EngineError):
    """The location holds an index of another format, or another thing."""


class OwnerError(EngineError):
    """Another user owns the index.

    Attributes:
        owner: the name of that user.
    """

    def __init__(self, location: str, owner: str, command: str) -> None:
        super().__init__(
            _(
                "{location}: the index belongs to {owner}, who can change what lsq shows "
                "you; if you trust them, run: {command}"
            ).format(location=location, owner=owner, command=command)
        )
        self.owner = owner


class DamagedError(EngineError):
    """The files of the index are damaged."""

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
    """The location of an index, or an option for reaching it, is invalid."""


class UnreachableError(EngineError):
    """The cluster that holds the index does not answer in time."""


class RefusedError(EngineError):
    """The cluster refuses access, or its certificate is not trusted."""
