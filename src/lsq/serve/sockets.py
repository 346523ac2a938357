"""The sockets: who is answered, how many at once, for how long. The only module with waitress.

A connection that sends nothing is closed after `_SILENT` seconds, one whose request is not
complete after `_SLOW`; more than `_CONNECTIONS` wait in the system's queue until others end.

Source: https://docs.pylonsproject.org/projects/waitress/en/stable/arguments.html
"""

import ctypes
import gc
import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType
from typing import Any, Final, NoReturn
from weakref import WeakKeyDictionary

from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from lsq.errors import PortError
from lsq.messages import answer
from lsq.model import OcrMode
from lsq.serve.app import App
from lsq.serve.guard import HOST, Guard

_CONNECTIONS: Final = 200
_SILENT: Final = 20
_SLOW: Final = 20
_LOOK: Final = 2
# In bytes. A query has at most 10,000 characters, each of which takes nine in an address.
_HEADER: Final = 128 << 10
_BODY: Final = 1 << 10
# Some for searches, for pictures of pages, and for what is quick (`lsq.serve.indexes`).
_THREADS: Final = 12
# How long the end waits for answers that are being made.
_END_SECONDS: Final = 0.3
# Of mallopt(3): how many heaps there may be.
_ARENA_MAX: Final = -8


class _Threads(ThreadedTaskDispatcher):  # type: ignore[misc]  # waitress has no types
    """Threads that the end does not wait long for: they only read."""

    def shutdown(self, cancel_pending: bool = True, timeout: float = _END_SECONDS) -> bool:
        return bool(super().shutdown(cancel_pending, timeout))


class _Server(TcpWSGIServer):  # type: ignore[misc]  # likewise
    """A server that waits for no request for long."""

    def __init__(self, port: int) -> None:
        self._begun: WeakKeyDictionary[Any, float] = WeakKeyDictionary()
        threads = _Threads()
        super().__init__(
            None,
            dispatcher=threads,
            host=HOST,
            port=port,
            ident=None,
            threads=_THREADS,
            connection_limit=_CONNECTIONS,
            channel_timeout=_SILENT,
            cleanup_interval=_LOOK,
            max_request_header_size=_HEADER,
            max_request_body_size=_BODY,
            clear_untrusted_proxy_headers=False,
            log_socket_errors=False,
            asyncore_use_poll=hasattr(os, "fork"),
        )
        threads.set_thread_count(_THREADS)

    def set_reuse_addr(self) -> None:
        # On Windows, other programs could take over an address that may be used again.
        if exclusive := getattr(socket, "SO_EXCLUSIVEADDRUSE", None):
            self.socket.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        else:
            super().set_reuse_addr()

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            begun = channel.request  # a request that is not complete yet
            if begun is not None and self._begun.setdefault(begun, now) < now - _SLOW:
                channel.will_close = True


def run(
    locations: Sequence[str], port: int, mode: OcrMode, ready: Callable[[str, str], None]
) -> None:
    """Serve until the process is interrupted or asked to end; see `lsq.serve.serve`."""
    logging.getLogger("waitress").setLevel(logging.CRITICAL)
    _share_heap()  # before there are threads
    try:
        server = _Server(port)
    except OSError as error:
        raise PortError(port, answer(error)) from error
    guard = Guard(int(server.effective_port), secrets.token_urlsafe(32))
    server.application = App(locations, mode, guard)
    gc.enable()  # the command line turns it off, for programs that end soon
    signal.signal(signal.SIGTERM, _end)
    try:
        ready(guard.address, guard.ticket())
        if hasattr(signal, "SIGPIPE"):
            signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a browser may stop reading
        server.run()
    except (KeyboardInterrupt, SystemExit):
        server.task_dispatcher.shutdown()
    finally:
        server.close()


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit


def _share_heap() -> None:
    """Let all threads use one heap, where that can be said.

    The GNU C library gives threads heaps of their own, each of which keeps what it once needed:
    116 MB after 150 searches, instead of 51. Python runs one thread at a time anyway.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
