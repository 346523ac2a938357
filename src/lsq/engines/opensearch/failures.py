"""Translate errors of a cluster, or of the connection to it, into lsq's errors."""

import re
import struct
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from opensearchpy import exceptions

from lsq.engines.opensearch.plain_port import speaks_http
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
# The status codes of answers for which a retry makes sense.
TEMPORARY = frozenset([429, 502, 503, 504])
# The error of a search when a node that keeps the state is gone, or when a shard has moved
# away from the nodes that the search is restricted to.
_LOST = (
    "no data nodes with criteria",
    "search_context_missing",
    "no_shard_available",
    "node_not_connected",
    "node_disconnected",
    "node_closed",
    "connect_transport",
    "Node not connected",
    "disconnected",
)
# Those for a certificate of another name, and for a file without a certificate.
_OTHER_NAME = ("Hostname mismatch", "IP address mismatch")
_NO_CERTIFICATE = ("NO_CERTIFICATE_OR_CRL_FOUND", "no certificate or crl found", "NO_START_LINE")
# What surrounds the reason: `[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: `.
_OPENSSL = re.compile(
    r"^\[[A-Z0-9]+: [A-Z0-9_]+\] (certificate verify failed: )?| \(_ssl\.c:\d+\)$"
)
# Exceptions of unpacking a damaged document: a field is missing, of another type, or damaged.
_DAMAGE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class SilentError(exceptions.OpenSearchException):
    """A node does not answer, though it accepts connections."""


class LostError(Exception):
    """The searched state of the index is lost; a later one exists."""


@contextmanager
def translate_errors(location: str) -> Iterator[None]:
    """A context for code that only sends requests to the cluster of the index at `location`.

    Raises:
        RefusedError: it denies access, or its certificate is not trusted.
        UnreachableError: it does not answer.
        NoIndexError: it holds no such index.
        StorageError: it refuses for another reason.
        LostError: see there.
    """
    try:
        yield
    except exceptions.OpenSearchException as error:
        raise _translated(location, error) from error


@contextmanager
def unpacking(location: str) -> Iterator[None]:
    """A context for code that only unpacks documents of the index at `location`.

    Raises:
        DamagedError: it is not as lsq wrote it.
    """
    try:
        yield
    except _DAMAGE as error:
        raise DamagedError(location) from error


def _translated(location: str, error: exceptions.OpenSearchException) -> EngineError | LostError:  # noqa: PLR0911  # a case a cause
    match error:
        case SilentError():
            return LostError(str(error))
        case exceptions.SSLError() if speaks_http(location):
            return UnreachableError(
                _(
                    "{location}: the port speaks plain http, not https; check the port, or write "
                    "http://…"
                ).format(location=location)
            )
        case exceptions.SSLError():
            return _untrusted(location, _cause(error))
        case exceptions.ConnectionTimeout():
            return UnreachableError(
                _(
                    "{location}: no answer in time; check that the cluster is healthy, and try "
                    "again"
                ).format(location=location)
            )
        case exceptions.ConnectionError() if _is_cut_off(location, error):
            return UnreachableError(
                _(
                    "{location}: the port ends the connection without an answer; if it speaks "
                    "https, write https://…"
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
                    "{location}: credentials are missing or wrong; set LSQ_USER and LSQ_PASSWORD, "
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
            return _translated_answer(location, error)
    return StorageError(f"{location}: {error}")


def _is_cut_off(location: str, error: exceptions.ConnectionError) -> bool:
    """Whether a port closed a connection without TLS at once, as a port for TLS does."""
    return location.startswith("http:") and "RemoteDisconnected" in str(error)


def _untrusted(location: str, cause: str) -> RefusedError:
    """The error for an untrusted certificate, or a given file without one; `cause` is OpenSSL's."""
    if any(message in cause for message in _OTHER_NAME):
        message = _(
            "{location}: its certificate is for another name ({cause}); use a name that it is for"
        )
    elif any(message in cause for message in _NO_CERTIFICATE):
        message = _("{location}: the file given with --ca-file contains no certificate ({cause})")
    else:
        message = _(
            "{location}: its certificate is not trusted ({cause}); name the CA's "
            "certificate file with --ca-file"
        )
    return RefusedError(message.format(location=location, cause=_OPENSSL.sub("", cause)))


def _translated_answer(location: str, error: exceptions.TransportError) -> EngineError | LostError:
    info = str(error.info)
    if any(message in info for message in _LOST):
        return LostError(info)
    if isinstance(error, exceptions.NotFoundError):
        return NoIndexError(location)
    if "too_many_nested_clauses" in info or "too_many_clauses" in info or "maxClauseCount" in info:
        return StorageError(
            _(
                "{location}: the query has more words than the cluster accepts; shorten it, "
                "or raise indices.query.bool.max_clause_count there"
            ).format(location=location)
        )
    if error.status_code in TEMPORARY:
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


@contextmanager
def one_state(location: str) -> Iterator[None]:
    """A context for code that needs a single state of the index at `location`.

    Raises:
        StorageError: the state is lost.
    """
    try:
        yield
    except LostError as error:
        raise StorageError(
            _(
                "{location}: the cluster lost the snapshot of this search, because a node "
                "left or the index was rebuilt; try again"
            ).format(location=location)
        ) from error


def interrupted() -> bool:
    """Whether an interrupt, or the error of an unreachable cluster, is being handled.

    Then clean-up requests are skipped; the cluster cleans up by itself a little later.
    """
    error = sys.exc_info()[1]
    return isinstance(error, UnreachableError) or (
        error is not None and not isinstance(error, Exception | GeneratorExit)
    )


def reason(info: object) -> str:
    """The reason in a cluster's answer."""
    while isinstance(info, dict):
        causes = info.get("root_cause")
        if causes and "reason" in info and not info["reason"]:
            info = causes[0]
        else:
            info = info.get("error") or info.get("reason") or info.get("type") or ""
    return str(info)[:300] or _("no reason given")


def _cause(error: exceptions.ConnectionError) -> str:
    return str(getattr(error, "error", error))[:200]
