"""Run the web server within bounds. The only module that imports waitress.

A connection that sends nothing is closed after `_IDLE_SECONDS`, one whose request is incomplete
after `_REQUEST_SECONDS`. Connections above `_MAX_CONNECTIONS` wait in the system's queue.

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
from lsq.messages import system_message
from lsq.model import OcrMode
from lsq.serve.app import App
from lsq.serve.guard import HOST, Guard

_MAX_CONNECTIONS: Final = 200
_IDLE_SECONDS: Final = 20
_REQUEST_SECONDS: Final = 20
_CHECK_SECONDS: Final = 2
# In bytes. A query has at most 10,000 characters, each at most nine bytes in a URL.
_MAX_HEADER: Final = 128 << 10
_MAX_BODY: Final = 1 << 10
# More than searches and pictures of pages may occupy, so that quick requests find one free.
_THREADS: Final = 12
# How long a shutdown waits for responses in progress.
_SHUTDOWN_SECONDS: Final = 0.3
# The parameter of mallopt(3) that limits the number of heaps.
_ARENA_MAX: Final = -8


class _Threads(ThreadedTaskDispatcher):  # type: ignore[misc]  # waitress has no types
    """Threads that a shutdown does not wait long for, because they only read."""

    def shutdown(self, cancel_pending: bool = True, timeout: float = _SHUTDOWN_SECONDS) -> bool:
        return bool(super().shutdown(cancel_pending, timeout))


class _Server(TcpWSGIServer):  # type: ignore[misc]  # likewise
    """A server that closes idle and slow connections."""

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
            connection_limit=_MAX_CONNECTIONS,
            channel_timeout=_IDLE_SECONDS,
            cleanup_interval=_CHECK_SECONDS,
            max_request_header_size=_MAX_HEADER,
            max_request_body_size=_MAX_BODY,
            clear_untrusted_proxy_headers=False,
            log_socket_errors=False,
            asyncore_use_poll=hasattr(os, "fork"),
        )
        threads.set_thread_count(_THREADS)

    def set_reuse_addr(self) -> None:
        # On Windows, SO_REUSEADDR would let another program take over the port.
        if exclusive := getattr(socket, "SO_EXCLUSIVEADDRUSE", None):
            self.socket.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        else:
            super().set_reuse_addr()

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            request = channel.request  # incomplete; None if there is none
            if (
                request is not None
                and self._begun.setdefault(request, now) < now - _REQUEST_SECONDS
            ):
                channel.will_close = True


def run(
    locations: Sequence[str], port: int, mode: OcrMode, ready: Callable[[str, str], None]
) -> None:
    """Serve until the process is interrupted or terminated; see `lsq.serve.serve`."""
    logging.getLogger("waitress").setLevel(logging.CRITICAL)
    _share_heap()  # before there are threads
    try:
        server = _Server(port)
    except OSError as error:
        raise PortError(port, system_message(error)) from error
    guard = Guard(int(server.effective_port), secrets.token_urlsafe(32))
    server.application = App(locations, mode, guard)
    gc.enable()  # the command line disables it, because most commands end soon
    signal.signal(signal.SIGTERM, _end)
    try:
        ready(guard.address, guard.ticket())
        server.run()
    except (KeyboardInterrupt, SystemExit):
        server.task_dispatcher.shutdown()
    finally:
        server.close()


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit


def _share_heap() -> None:
    """Make all threads share one heap, if the C library supports that.

    The GNU C library gives each thread its own heap, which never shrinks: 116 MB after 150
    searches, instead of 51. Python runs one thread at a time anyway.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
