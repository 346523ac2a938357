"""A query that only excludes is refused, with what to type instead."""

import shlex

import pytest

from lsq.query import only_excludes, parse
from lsq.segment import Segmenter
from tests.conftest import Program


@pytest.mark.parametrize(
    ("query", "only"),
    [
        ("-水库", True),
        ("NOT 水库", True),
        ("(-水库)", True),
        ("-水库 -抗旱", True),
        ("-水库 OR -抗旱", True),
        ("-(水库 抗旱)", True),
        ("NOT NOT NOT 水库", True),
        ("-title:水库", True),
        ("title:(-水库)", True),
        ("-title:* -date:2020", True),
        ("同句(-水库)", True),
        ("-/水库/", True),
        ("水库", False),
        ("NOT NOT 水库", False),
        ("* -水库", False),
        ("-水库 抗旱", False),
        ("-水库 title:抗旱", False),
        ("title:(抗旱 -水库)", False),
        ("date:2020 -水库", False),
        ("同句(* -水库)", False),
        ("近/5(水库 抗旱)", False),
    ],
)
def test_what_only_excludes(segmenter: Segmenter, query: str, only: bool) -> None:
    assert only_excludes(parse(query, segmenter.query_words)) == only


@pytest.mark.parametrize(
    "query", ["-瓯江", "NOT 瓯江", "-瓯江 OR -超市", "-标题:超市", "-（瓯江）"]
)
def test_it_is_refused_with_a_command_that_works(lsq: Program, query: str) -> None:
    ran = lsq("search", query)
    assert (ran.returncode, ran.stdout) == (2, "")
    command = ran.stderr.splitlines()[0].partition("lsq search ")[2]
    assert command, ran.stderr
    found = lsq("search", "-l", *shlex.split(command))
    assert found.returncode == 0
    assert found.stdout


@pytest.mark.parametrize(
    "option", [["-c"], ["-l"], ["-q"], ["--any"], ["--format", "json"], ["-F"]]
)
def test_it_is_refused_however_it_is_asked(lsq: Program, option: list[str]) -> None:
    assert lsq("search", *option, "-瓯江").returncode == 2


def test_a_filter_says_of_what_to_exclude(lsq: Program) -> None:
    assert lsq("search", "-c", "-瓯江", "--path", "seeds/").stdout == "2\n"


def test_a_minus_before_a_number_alone_says_how_to_exclude_it(lsq: Program) -> None:
    assert "'* NOT 5℃'" in lsq("search", "-5℃").stderr
    assert "'* NOT 5℃'" in lsq("search", "-n", "3", "-5℃").stderr
    assert " 'NOT 5℃'" in lsq("search", "瓯江", "-5℃").stderr
