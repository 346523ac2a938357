"""Look for bytes that lsq does not stand: `python -m fuzz TARGET`.

Where atheris is installed (`pip install -e '.[dev,fuzz]'`), it looks for bytes that
reach code that others did not; elsewhere hypothesis varies the seeds. Bytes that fail a
check are told by either; atheris leaves them in a file here, to call again with.

Source: https://github.com/google/atheris
"""

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fuzz.targets import Target

# Between two looks at the clock.
_EXAMPLES = 200


def main() -> None:
    """Fuzz one target, or check what a file holds."""
    given = _arguments()
    os.environ["PATH"] = ""  # whatever LibreOffice makes of such bytes, it takes too long
    if given.engine == "atheris":
        import atheris

        # What is to be watched has to be imported here.
        with atheris.instrument_imports(include=["lsq"]):
            from fuzz.targets import TARGETS
    else:
        from fuzz.targets import TARGETS
    if given.target not in TARGETS:
        sys.exit(f"no such target: {given.target}; there are {', '.join(TARGETS)}")
    target = TARGETS[given.target]
    if given.file:
        target.check(given.file.read_bytes())
    elif given.engine == "atheris":
        _with_atheris(target, given.seconds)
    else:
        _with_hypothesis(target, given.seconds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("target", help="what takes the bytes: a format, archive, format or query")
    parser.add_argument("file", nargs="?", type=Path, help="only check what is in this file")
    parser.add_argument("--seconds", type=int, default=60, help="for how long (default: 60)")
    engines = ["atheris", "hypothesis"] if find_spec("atheris") else ["hypothesis"]
    parser.add_argument("--engine", choices=engines, default=engines[0])
    return parser.parse_args()


def _with_atheris(target: "Target", seconds: int) -> None:
    import atheris

    with TemporaryDirectory(prefix="fuzz-") as folder:
        for number, seed in enumerate(target.seeds):
            Path(folder, str(number)).write_bytes(seed)
        atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", folder], target.check)
        atheris.Fuzz()  # ends the process


def _with_hypothesis(target: "Target", seconds: int) -> None:
    from hypothesis import HealthCheck, given, settings

    from fuzz.mutations import mutations

    @settings(
        max_examples=_EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(mutations(target.seeds))
    def check(data: bytes) -> None:
        target.check(data)

    end = monotonic() + seconds
    while monotonic() < end:
        check()


if __name__ == "__main__":
    main()
