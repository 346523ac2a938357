"""No regular expression takes more than time in proportion to what it looks at.

Each is given text that is hard for it (`tests.pumped`), by the methods that the program
asks it by, in a process that is stopped should it not stop itself. What takes time in
proportion is done a hundred times sooner than the limit, what does not a hundred later.
"""

import json
import os
import re
import signal
import sys
from typing import Any

import pytest

from lsq.query.cursor import MAX_LENGTH
from tests.conftest import python
from tests.expressions_of_lsq import MADE_LATER, Asked, expressions
from tests.pumped import pumped

# In characters. What a query is made of has been measured before an expression sees it.
LENGTH, IN_QUERIES = 1 << 17, MAX_LENGTH
SEEDS = 3
# Of processor time, for one text.
SECONDS = 1.0

WORK = "from tests.test_linear import slow; slow()"


class _TooLongError(Exception):
    """An expression has had its time."""


def slow() -> None:
    """Write as JSON which expressions take too long, and for what."""
    found, later = expressions()
    offenders = []
    for asked in found:
        offenders += [(asked.where, method, text) for method, text in _slow(asked)]
    json.dump([len(found), sorted(later), offenders], sys.stdout)


def _slow(asked: Asked) -> list[tuple[str, str]]:
    def stop(*_: object) -> None:
        raise _TooLongError

    signal.signal(signal.SIGPROF, stop)
    length = IN_QUERIES if asked.where.startswith("lsq.query.") else LENGTH
    for text in pumped(asked.pattern.pattern, asked.pattern.flags, length, SEEDS):
        for method in sorted(asked.methods):
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            try:
                _ask(asked.pattern, method, text)
            except _TooLongError:
                return [(method, f"{text[:20]!r} … {text[-20:]!r}")]
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
    return []


def _ask(pattern: "re.Pattern[Any]", method: str, text: str) -> None:
    data = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    if method in {"sub", "subn"}:
        getattr(pattern, method)(data[:0], data)
    elif method == "finditer":
        for _ in pattern.finditer(data):
            pass
    else:
        getattr(pattern, method)(data)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer that interrupts")
@pytest.mark.slow
def test_every_expression_takes_time_in_proportion() -> None:
    ran = python("-c", WORK, folder=os.curdir)
    assert ran.returncode == 0, ran.stderr
    count, later, offenders = json.loads(ran.stdout)
    assert count > 100
    assert set(later) == set(MADE_LATER), "functions that make expressions while they run"
    assert not offenders, "\n".join(" ".join(each) for each in offenders)
