"""Runs the real program in processes for which Python need not start anew.

A process that has imported what lsq uses forks for each run: that takes a tenth of the time
of a start, and a run has its own descriptors, folder, environment and end all the same.
What only shows where nothing is imported yet, cold runs find: `LSQ_TEST_COLD=1` makes all of
them so; `LSQ_TEST_COLD=once`, which `.ci/run` sets, each command with the same options once.

`python -m tests.warm` is that process; it takes runs from the socket that is descriptor 3.
"""

import gc
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import NoReturn

# A larger message is not sent at once, which a longer list of arguments may be.
LARGEST = 100_000
# The imports of lsq's commands; none of them may start processes.
MODULES = """
    lsq.engines.registry lsq.engines.folder lsq.engines.whoosh.transaction lsq.extract lsq.index
    lsq.indexing.indexer lsq.output.plain lsq.output.records lsq.output.terminal.hits lsq.repair
    lsq.search.hints lsq.segment.making rjieba
""".split()


class Warm:
    """A process that forks for each run; closed at the end of all tests.

    Args:
        folder: where `tests` is.
        environment: of that process.
    """

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._socket, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.warm", str(other.fileno())],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[other.fileno()],
            )

    def run(
        self, args: Sequence[str], folder: Path, environment: dict[str, str], given: bytes | None
    ) -> subprocess.CompletedProcess[bytes] | None:
        """Run lsq with this on its standard input; None if it cannot be run here.

        Args:
            args: of lsq, as Python decodes them.
            folder: the current one.
            environment: all of it.
            given: for its standard input; None for that of this process.
        """
        message = json.dumps([list(args), str(folder), environment]).encode()
        if len(message) > LARGEST or not folder.is_dir():
            return None
        pipes = [os.pipe() for _ in range(4)]
        (source, into), (out, target), (err, failing), (status, told) = pipes
        theirs = [source if given is not None else 0, target, failing, told]
        socket.send_fds(self._socket, [message], theirs)
        for descriptor in (source, target, failing, told):
            os.close(descriptor)
        printed: dict[int, bytes] = {}

        def read(descriptor: int) -> None:
            with open(descriptor, "rb") as pipe:
                printed[descriptor] = pipe.read()

        def write() -> None:
            try:
                with open(into, "wb") as pipe:
                    pipe.write(given or b"")
            except BrokenPipeError:
                pass

        threads = [Thread(target=read, args=[pipe]) for pipe in (out, err, status)]
        threads.append(Thread(target=write))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        code = int(printed[status])
        return subprocess.CompletedProcess(["lsq", *args], code, printed[out], printed[err])

    def close(self) -> None:
        """Let the process end."""
        self._socket.close()
        self._process.wait()


def _serve(control: socket.socket) -> None:
    """Fork for each run until nobody asks for one; returns in the process that is to run."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the parent does not wait for its children
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, LARGEST, 4)
        if not message:
            os._exit(0)
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            control.close()
            *streams, told = descriptors
            if process := os.fork():
                for descriptor in streams:
                    os.close(descriptor)
                _status = os.waitpid(process, 0)[1]
                os.write(told, str(os.waitstatus_to_exitcode(_status)).encode())
                os._exit(0)
            os.close(told)
            _become(json.loads(message), streams)
            return
        for descriptor in descriptors:
            os.close(descriptor)


def _become(run: tuple[list[str], str, dict[str, str]], streams: list[int]) -> None:
    """Be a process that was started like this."""
    args, folder, environment = run
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.path[0] = os.getcwd()
    sys.argv = [str(find_spec("lsq.__main__").origin), *args]  # type: ignore[union-attr]
    # The module that a worker imports to match its parent.
    sys.modules["__main__"].__spec__ = find_spec("lsq.__main__")


def main() -> NoReturn:
    """Take runs from the socket that the argument names, and be each of them."""
    control = socket.socket(fileno=int(sys.argv[1]))
    from lsq.cli import run
    from lsq.cli.commands import COMMANDS

    for name in (*COMMANDS.values(), *MODULES):
        import_module(name)
    from lsq.segment.making import build_dictionary

    build_dictionary()
    assert "multiprocessing" not in sys.modules
    gc.freeze()
    _serve(control)
    run()


if __name__ == "__main__":
    main()
