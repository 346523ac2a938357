"""What tells that files have changed: the system's own notices, gathered into bursts.

Where a file system gives no notices, as network shares do not, set
`WATCHFILES_FORCE_POLLING=1`. Needs the extra `watch`, watchfiles.

Source: https://watchfiles.helpmanual.io/api/watch/
"""

import os
from collections.abc import Iterable, Iterator

from lsq.engines.paths import real_path
from lsq.errors import ExtraError

# In milliseconds: a burst ends when nothing has changed for so long, or has lasted so long.
_QUIET = 500
_LONGEST = 10_000
# Likewise: how long the system is waited for at a time.
_PAUSE = 250


def bursts(roots: Iterable[str], location: str) -> Iterator[None]:
    """Wait for changes at and below the roots; gives nothing: at once, and after each burst.

    What changes while a burst is dealt with is the next one. It ends only if no root exists.

    Args:
        roots: files and folders; those that do not exist are not watched.
        location: of the index, whose own changes do not count.

    Raises:
        ExtraError: the extra is not installed.
        OSError: the system does not let it watch so many folders.
    """
    try:
        from watchfiles import watch
    except ModuleNotFoundError as error:
        raise ExtraError("watch") from error
    own = os.path.join(real_path(location), "")
    existing = list(filter(os.path.exists, roots))
    changed = watch(
        *existing,
        watch_filter=lambda _change, path: not path.startswith(own),
        debounce=_LONGEST,
        step=_QUIET,
        rust_timeout=_PAUSE,
        yield_on_timeout=True,
    )
    # The first comes when the system has begun to watch: nothing is missed after it.
    is_first = True
    for changes in changed:
        if changes or is_first:
            is_first = False
            yield
        if not existing:
            return
