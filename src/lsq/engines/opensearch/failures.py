"""Say in lsq's words what a cluster, or the way to it, answers."""

import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from opensearchpy import exceptions

from lsq.errors import (
    DamagedError,
    EngineError,
    NoIndexError,
    RefusedError,
    StorageError,
    UnreachableError,
)
from lsq.messages import _

TOO_LARGE = 413
# Answers that another try may change.
PASSING = frozenset([429, 502, 503, 504])
# What a search is answered when a node that holds the state for us is gone.
_LOST = (
    "search_context_missing",
    "no_shard_available",
    "node_not_connected",
    "node_disconnected",
    "node_closed",
    "connect_transport",
    "Node not connected",
    "disconnected",
)
# What is said of a port that answers in plain text what is no TLS, by versions of OpenSSL.
_PLAIN = ("WRONG_VERSION_NUMBER", "wrong version number", "record layer failure", "HTTP_REQUEST")
# What comes of unpacking a document that is not as it was written: fields that are not
# there, or hold something else, contents that do not unpack.
_DAMAGE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)


class SilentError(exceptions.OpenSearchException):
    """A node that was asked, or whose answer another needs, is silent."""


class LostError(Exception):
    """The state of the index that was being searched is no more; a later one is."""


@contextmanager
def reported(location: str) -> Iterator[None]:
    """Run something that asks the cluster of the index at `location`, and nothing else.

    Raises:
        RefusedError: it does not let us, or its certificate is not trusted.
        UnreachableError: it does not answer.
        NoIndexError: it holds no such index.
        StorageError: it refuses otherwise.
        LostError: see there.
    """
    try:
        yield
    except exceptions.OpenSearchException as error:
        raise _told(location, error) from error


@contextmanager
def intact(location: str) -> Iterator[None]:
    """Unpack something that the cluster holds for the index at `location`, and nothing else.

    Raises:
        DamagedError: it is not as lsq wrote it.
    """
    try:
        yield
    except _DAMAGE as error:
        raise DamagedError(location) from error


def _told(location: str, error: exceptions.OpenSearchException) -> EngineError | LostError:  # noqa: PLR0911  # a case a cause
    match error:
        case SilentError():
            return LostError(str(error))
        case exceptions.SSLError() if any(sign in str(error) for sign in _PLAIN):
            return UnreachableError(
                _(
                    "{location}: the port speaks plain http, not https; check the port, or write "
                    "http://…"
                ).format(location=location)
            )
        case exceptions.SSLError():
            return RefusedError(
                _(
                    "{location}: its certificate is not trusted ({cause}); name the CA's "
                    "certificate file with --ca-file"
                ).format(location=location, cause=_cause(error))
            )
        case exceptions.ConnectionTimeout():
            return UnreachableError(
                _(
                    "{location}: no answer in time; check that the cluster is healthy, and try "
                    "again"
                ).format(location=location)
            )
        case exceptions.ConnectionError():
            return UnreachableError(
                _(
                    "{location}: cannot be reached ({cause}); check the address, and that the "
                    "cluster is running"
                ).format(location=location, cause=_cause(error))
            )
        case exceptions.AuthenticationException():
            return RefusedError(
                _(
                    "{location}: the cluster wants credentials; set LSQ_USER and LSQ_PASSWORD, "
                    "LSQ_TOKEN, LSQ_API_KEY, or LSQ_CREDENTIALS to a file with one of these"
                ).format(location=location)
            )
        case exceptions.AuthorizationException():
            return RefusedError(
                _(
                    "{location}: the cluster does not allow this ({reason}); "
                    "the documentation of clusters lists the permissions"
                ).format(location=location, reason=reason(error.info))
            )
        case exceptions.TransportError():
            return _answered(location, error)
    return StorageError(f"{location}: {error}")


def _answered(location: str, error: exceptions.TransportError) -> EngineError | LostError:
    said = str(error.info)
    if any(sign in said for sign in _LOST):
        return LostError(said)
    if isinstance(error, exceptions.NotFoundError):
        return NoIndexError(location)
    if "too_many_nested_clauses" in said or "too_many_clauses" in said or "maxClauseCount" in said:
        return StorageError(
            _(
                "{location}: the query has more words than the cluster accepts; shorten it, "
                "or raise indices.query.bool.max_clause_count there"
            ).format(location=location)
        )
    if error.status_code in PASSING:
        return UnreachableError(
            _(
                "{location}: the cluster cannot answer now ({status}: {reason}); check that "
                "it is healthy, and try again"
            ).format(location=location, status=error.status_code, reason=reason(error.info))
        )
    return StorageError(
        _("{location}: the cluster refuses the request: {reason}").format(
            location=location, reason=reason(error.info)
        )
    )


def interrupted() -> bool:
    """Whether an interrupt, or a cluster that does not answer, is ending what runs.

    Then nothing is asked of the cluster that it does by itself a little later.
    """
    error = sys.exc_info()[1]
    return isinstance(error, UnreachableError) or (
        error is not None and not isinstance(error, Exception | GeneratorExit)
    )


def reason(info: object) -> str:
    """Why, out of what a cluster answers."""
    while isinstance(info, dict):
        causes = info.get("root_cause")
        if causes and "reason" in info and not info["reason"]:
            info = causes[0]
        else:
            info = info.get("error") or info.get("reason") or info.get("type") or ""
    return str(info)[:300] or _("no reason given")


def _cause(error: exceptions.ConnectionError) -> str:
    return str(getattr(error, "error", error))[:200]
