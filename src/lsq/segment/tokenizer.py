"""A jieba that is there at once and says nothing. Knows no files.

`import jieba` takes 50 ms, of which 22 ms are its hidden Markov model, which many
queries do not need, and 10 ms modules of the standard library that only its own way
of loading a dictionary needs; and more where `pkg_resources` is installed, which
nothing here does (measured where a bare Python starts in 11 ms). All that is put off,
or stood in for, while jieba is imported. No file of jieba's is touched, none of its
functions is replaced.
"""

import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from jieba import Tokenizer

_HMM = "jieba.finalseg"


class Frequencies(Protocol):
    """What jieba asks of its dictionary, in which a word's beginnings have 0."""

    def __contains__(self, text: object, /) -> bool: ...

    def get(self, text: str, default: Any = None, /) -> Any: ...


def new_tokenizer(frequencies: Frequencies, total: int) -> "Tokenizer":
    """A jieba that cuts by these words.

    Args:
        frequencies: of words, and 0 for all that a word starts with.
        total: of the frequencies.
    """
    tokenizer = _import_jieba().Tokenizer()
    # Filled by hand: `initialize` would log to stderr, and would read and write a
    # cache under a well-known name in the system's temporary folder.
    tokenizer.FREQ, tokenizer.total = frequencies, total
    tokenizer.initialized = True
    return tokenizer


def _import_jieba() -> Any:
    if "jieba" in sys.modules:
        return import_module("jieba")
    standing_in = {
        "pkg_resources": None,  # makes its import fail, which jieba expects
        _HMM: _late(_HMM),
        "tempfile": _late("tempfile"),
        "hashlib": _with("hashlib", md5=None),
        "logging": _with("logging", DEBUG=0, StreamHandler=_Silent, getLogger=_Silent),
    }
    with ExitStack() as stack:
        for name, module in standing_in.items():
            if name not in sys.modules:
                stack.enter_context(_in_place_of(name, module))
        stack.enter_context(warnings.catch_warnings())
        # Its patterns are plain strings with "\." in them, compiled on first import.
        warnings.simplefilter("ignore")
        return import_module("jieba")


class _Silent:
    """A logger or a handler of logs that drops what it is told."""

    def __init__(self, *_: object) -> None: ...

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


@contextmanager
def _in_place_of(name: str, module: ModuleType | None) -> Iterator[None]:
    """Let `import name`, which nobody has imported yet, give `module`, or fail for None."""
    sys.modules[name] = module  # type: ignore[assignment]  # None is documented to make import fail
    try:
        yield
    finally:
        del sys.modules[name]


def _with(name: str, **attributes: object) -> ModuleType:
    """Stands for a module: these attributes, and no others."""
    module = ModuleType(name)
    vars(module).update(attributes)
    return module


def _late(name: str) -> ModuleType:
    """Stands for a module of a package until something in it is asked for.

    The import that happens then puts the real one in its place in the package.
    """

    def __getattr__(attribute: str) -> Any:  # noqa: N807  # the name that PEP 562 gives it
        if attribute.startswith("__"):  # the import system asks for such, jieba does not
            raise AttributeError(attribute)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return getattr(import_module(name), attribute)

    module = ModuleType(name)
    module.__getattr__ = __getattr__  # type: ignore[method-assign]
    return module
