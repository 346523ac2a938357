"""How far a command has come, shown to whoever watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lsq.indexing.indexer import Progress


@contextmanager
def shown_progress(label: str) -> Iterator[Callable[["Progress"], None]]:
    """A progress bar, if anyone can see it; `label` says what is being done."""
    if not sys.stderr.isatty():
        yield lambda _progress: None
        return
    from lsq.output.progress import progress_bar

    with progress_bar(sys.stderr, label) as tell:
        yield lambda progress: tell(progress.done, progress.total)
