"""Shared fixtures: the seeds, one segmenter, and the real program in a subprocess."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from lsq import open_index
from lsq.readers import ocr
from lsq.segment import Segmenter
from tests import factories
from tests.cluster import Cluster, MissingError, missing, prepare
from tests.factories import ENGINES, Factory
from tests.warm import Warm

# Let Python compile lsq and the tests once, not again for each program that a test starts.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
FIRST = "seeds/000_6870835c1c1f66f0.txt"
SECOND = "seeds/004_b94f5e78ba0b3d53.txt"


# Of a process that `pytest --cov` is not to measure, for that would change what it does.
UNMEASURED = {"COVERAGE_PROCESS_CONFIG": ""}

# The same examples each time, on every machine, so that what fails is what was changed. No
# test fails for being slow.
settings.register_profile("lsq", deadline=None, derandomize=True)
# Others each time, and more of them, for `tools/explore.py`.
settings.register_profile(
    "explore", deadline=None, derandomize=False, database=None, max_examples=1000, print_blob=True
)
# Fewer, where only the versions of libraries differ.
settings.register_profile("versions", deadline=None, derandomize=True, max_examples=20)
settings.load_profile("lsq")


# Of what these mark, tests share what takes long to make: one process runs all of them.
GROUPS = ("browser", "cluster", "packaging", "bench")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a cluster, before markers select tests; and the groups."""
    for item in items:
        if not {"cluster", "cluster_url"}.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.cluster)
        for name in GROUPS:
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.xdist_group(name))


class Program:
    """The real `lsq`, run in a subprocess in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self, *args: str, folder: str = ".", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run it with these arguments in a subfolder; return its output."""
        place = self.folder / folder
        if warm := _warm(args, environment):
            ran = warm.run(args, place, _environment(environment), None)
            if ran is not None:
                out, err = (printed.decode("utf-8") for printed in (ran.stdout, ran.stderr))
                return subprocess.CompletedProcess(ran.args, ran.returncode, out, err)
        return python("-m", "lsq", *args, folder=place, **environment)

    def piped(
        self, *args: str | bytes, given: bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Run it with this on its standard input, and the very bytes that it printed."""
        decoded = [os.fsdecode(arg) for arg in args]
        if warm := _warm(decoded, environment):
            ran = warm.run(decoded, self.folder, _environment(environment), given)
            if ran is not None:
                return ran
        return subprocess.run(
            [sys.executable, "-m", "lsq", *args],
            cwd=self.folder,
            env=_environment(environment),
            input=given,
            capture_output=True,
            timeout=120,
            check=False,
        )

    def started(self, *args: str, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
        """The running program, with pipes on all sides but where one is given."""
        return subprocess.Popen(
            [sys.executable, "-m", "lsq", *args],
            cwd=self.folder,
            env=_environment({}),
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=subprocess.PIPE,
        )

    def shell(self, command: str, **environment: str) -> str:
        """The output of a shell command, stdout and stderr interleaved."""
        scripts = Path(sys.executable).parent
        path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
        return _run(
            ["bash", "-c", f"exec 2>&1; {command}"], self.folder, {"PATH": path} | environment
        ).stdout


def python(
    *args: str | Path, folder: str | Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments in a folder; return its output."""
    return _run([sys.executable, *args], folder, environment)


def made_by(tool: str, **environment: str) -> str:
    """The output of a tool of the project."""
    ran = python(ROOT / "tools" / tool, **environment)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def _run(
    args: Sequence[str | Path], folder: str | Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        args,
        cwd=folder,
        env=_environment(environment),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def _environment(changed: dict[str, str]) -> dict[str, str]:
    return clean_environment() | {"PYTHONUTF8": "1"} | changed


def _warm(args: Sequence[str], changed: dict[str, str]) -> Warm | None:
    """The process that runs lsq without a start, if only variables of lsq are changed."""
    measured = {"COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"}
    usual = all(name.startswith("LSQ_") for name in changed)
    if sys.platform != "linux" or not usual or not measured.isdisjoint(os.environ):
        return None
    return None if _is_cold(args) else _only_warm()


# What has run cold: the commands, options and their values that are words, but no queries
# and paths; these decide what is imported.
_COLD: set[tuple[str, ...]] = set()


def _is_cold(args: Sequence[str]) -> bool:
    """Whether this run starts Python anew, as LSQ_TEST_COLD says: each, or each kind once."""
    wanted = os.environ.get("LSQ_TEST_COLD")
    kind = tuple(arg for arg in args if re.fullmatch("-{0,2}[a-z-]+", arg))
    if wanted == "once" and kind in _COLD:
        return False
    _COLD.add(kind)
    return wanted is not None


@cache
def _only_warm() -> Warm:
    return Warm(ROOT, _environment({}))


@pytest.fixture(scope="session", autouse=True)
def _warm_ends() -> Iterator[None]:
    yield
    if _only_warm.cache_info().currsize:
        _only_warm().close()


def clean_environment() -> dict[str, str]:
    """The environment without variables that change lsq's output."""
    meddling = {"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"}
    meddling |= {"PAGER", "LESS", "VISUAL", "EDITOR", "PYTHONIOENCODING"}
    meddling |= {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("LSQ_") and name not in meddling
    }
    return kept | {"LSQ_OCR": "never"}


@pytest.fixture(autouse=True)
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are recognised where a test wants that, and takes it back, alone."""
    monkeypatch.setattr(ocr, "is_installed", lambda: False)


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    return Segmenter()


@pytest.fixture
def fresh(tmp_path: Path) -> Program:
    """The program in a folder of its own, with a copy of the seeds and no index."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    return Program(tmp_path)


@pytest.fixture
def indexed(lsq: "Program", tmp_path: Path) -> Program:
    """The same with the seeds indexed: to make an index takes the program a while."""
    for folder in ("seeds", "index"):
        shutil.copytree(lsq.folder / folder, tmp_path / folder, copy_function=shutil.copy2)
    return Program(tmp_path)


@pytest.fixture(scope="session")
def empty_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index without texts, of which each new one may be a copy: see `copied`."""
    folder = tmp_path_factory.mktemp("empty") / "index"
    with open_index(str(folder)) as index:
        index.update([])
    return folder


@pytest.fixture
def begun(fresh: "Program", empty_index: Path) -> Program:
    """The program in a folder with the seeds and an empty index."""
    copied(empty_index, fresh.folder / "index")
    return fresh


def copied(index: Path, target: str | Path) -> None:
    """Copy an index; its dictionary, which never changes, gets another name."""

    def copy(source: str, other: str) -> None:
        (os.link if source.endswith(".words") else shutil.copy2)(source, other)

    shutil.copytree(index, target, copy_function=copy)


@pytest.fixture(scope="session")
def lsq(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program in a folder shared by all tests, its seeds indexed; only to search in."""
    folder = tmp_path_factory.mktemp("indexed")
    shutil.copytree(SEEDS, folder / "seeds")
    program = Program(folder)
    assert program("index", "seeds/").returncode == 0
    return program


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Three nodes of OpenSearch of our own, which may be killed."""
    if "LSQ_TEST_OPENSEARCH" in os.environ:
        pytest.skip("the cluster that LSQ_TEST_OPENSEARCH names is not ours to kill")
    if lacking := missing():
        pytest.skip(f"no cluster can be started: {lacking}")
    try:
        started = Cluster()
    except MissingError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no cluster can be started: {error}")
    with started:
        yield started


@pytest.fixture(scope="session")
def cluster_url(request: pytest.FixtureRequest) -> str:
    """The beginning of the name of an index on the cluster."""
    url = os.environ.get("LSQ_TEST_OPENSEARCH")
    if url is None:
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.url
    prepare(url)
    return f"{url.rstrip('/')}/lsq-tests-"


@pytest.fixture(scope="session")
def whoosh() -> Factory:
    """Gives engines without articles in folders, whose postings Whoosh keeps."""
    return factories.in_folder("whoosh")


@pytest.fixture(scope="session")
def opensearch(cluster_url: str) -> Factory:
    """Gives engines without articles on the cluster."""
    return factories.opensearch(f"{cluster_url}contract")


@pytest.fixture(scope="session", params=ENGINES)
def factory(request: pytest.FixtureRequest) -> Factory:
    """Gives engines without articles, of each kind in turn."""
    each: Factory = request.getfixturevalue(request.param)
    return each


# What the variables of lsq that tests have use of begin with.
FOR_TESTS = ("LSQ_TEST_", "LSQ_STRESS_", "LSQ_CORPORA")


@pytest.fixture(scope="session", autouse=True)
def _no_settings_and_no_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep a user's settings out of the tests, and the tests out of a user's cache folder."""
    with pytest.MonkeyPatch.context() as patched:
        for name in list(os.environ):
            if name.startswith("LSQ_") and not name.startswith(FOR_TESTS):
                patched.delenv(name)
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patched.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patched.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _interrupts_reach_programs() -> Iterator[None]:
    """Let no program that a test starts inherit that interrupts are ignored.

    A shell without job control has what it starts in the background ignore them.
    """
    before = signal.getsignal(signal.SIGINT)
    if before == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
