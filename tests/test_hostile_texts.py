"""Texts made to cost time take it in proportion to their size, whatever they repeat.

Each is put together and split into articles in a process that gives it so much processor
time; what takes time in proportion needs a tenth of that, what does not far more.
"""

import json
import signal
import sys

import pytest

from lsq.extract import extract
from lsq.model import Bulletin, Line
from lsq.repair import repair
from tests.conftest import ROOT, python

SECONDS = 6.0
WIDE = "国土空间规划支撑绿水青山就是金山银山转化实践试点工"

TEXTS = {
    "columns": "02要闻\n百山祖开园了\n本报北京2月25日电 国土空间。\n" * 40_000,
    "an open quotation": ("“" + WIDE[1:] + "\n")
    + (f"据了解，{WIDE[4:]}\n{WIDE[:-1]}。\n" * 40_000),
    "gaps of all sizes": "".join(WIDE + "\n" * (1 + n % 900) for n in range(4_000)),
    "headlines": "百山祖国家公园开园了\n" * 60_000,
    "datelines": "本报北京2月25日电 国土空间规划。\n" * 40_000,
    "numbers": "".join(f"关于国土的通知\n国发〔2020〕{n}号\n国土。\n" for n in range(20_000)),
    "tails": "国土的通知" + "（试行）" * 150_000,
    "brackets": "（" * 500_000 + "\n" + "（国" * 200_000,
    "labels": "标题：国土\n" * 60_000,
    "dates": "2020年8月26日" * 60_000 + "\n" + "2020年8月26日\n" * 50_000,
    "dots": ("…… " * 100_000 + "国1\n") * 2,
    "doubled": "“”‘’" * 40 + "\n" + ("国土" * 79 + "规规\n") * 3_000,
    "items": "".join(f"第{n}条 国土空间规划。\n" for n in range(50_000)),
    "downwards": "国\n" * 300_000,
    "page numbers": "".join(f"{WIDE}\n— {n % 999} —\n" for n in range(15_000)),
    "spaces": "国 " * 300_000 + "，",
    "wrapped": f"{WIDE}\n" * 25_000,
}

WORK = "from tests.test_hostile_texts import slow; slow()"


def slow() -> None:
    """Write as JSON which texts take too long."""
    offenders = []

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, stop)
    for name, text in TEXTS.items():
        lines = tuple(Line(line, number) for number, line in enumerate(text.split("\n"), 1))
        bulletin = Bulletin("a.txt", lines)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            extract(bulletin, repair(bulletin))
        except TimeoutError:
            offenders.append(name)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    json.dump(offenders, sys.stdout)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer that interrupts")
@pytest.mark.slow
def test_no_text_takes_more_than_time_in_proportion() -> None:
    ran = python("-c", WORK, folder=ROOT)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == []
