"""Watch files for changes: the system's notifications, gathered into bursts.

For a file system without notifications, such as a network share, set
`WATCHFILES_FORCE_POLLING=1`. Needs the extra `watch`, watchfiles.

Source: https://watchfiles.helpmanual.io/api/watch/
"""

import os
from collections.abc import Iterable, Iterator

from lsq.engines.paths import real_path
from lsq.errors import ExtraError

# In milliseconds: a burst ends after _QUIET without a change, or after _LONGEST in all.
_QUIET = 500
_LONGEST = 10_000
# In milliseconds: the timeout of one wait.
_PAUSE = 250


def bursts(roots: Iterable[str], location: str) -> Iterator[None]:
    """Wait for changes at and below the roots; yield None at once, and after each burst.

    Changes during the handling of a burst form the next one. It ends only if no root exists.

    Args:
        roots: files and folders; those that do not exist are not watched.
        location: that of the index, whose own changes are ignored.

    Raises:
        ExtraError: the extra is not installed.
        OSError: the system does not allow watching so many folders.
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
    # The first item comes when the system is watching: no later change is missed.
    is_first = True
    for changes in changed:
        if changes or is_first:
            is_first = False
            yield
        if not existing:
            return
