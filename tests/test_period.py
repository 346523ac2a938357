"""A period stated in a query becomes a hint for `--since` and `--until`."""

import pytest

from lsq.search.wording import Period, stated_period
from tests.conftest import Program


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2021年以来 数据安全", Period("数据安全", "2021", "")),
        ("数据安全 2021年以来", Period("数据安全", "2021", "")),
        ("二〇二一年以来 数据安全", Period("数据安全", "2021", "")),
        ("２０２１年至今 数据安全 平台", Period("数据安全 平台", "2021", "")),
        ("自2021年3月起 数据安全", Period("数据安全", "2021-03", "")),
        ("2021年以来数据安全", Period("数据安全", "2021", "")),
        ("2021年以来的数据安全", Period("数据安全", "2021", "")),
        ("2019年至2021年 数据安全", Period("数据安全", "2019", "2021")),
        ("2019至2021年数据安全", Period("数据安全", "2019", "2021")),
        ("2019—2021年 数据安全", Period("数据安全", "2019", "2021")),
        ("2020年8月 数据安全", Period("数据安全", "2020-08", "2020-08")),
        ("2020年8月26日 数据安全", Period("数据安全", "2020-08-26", "2020-08-26")),
        ("2020-08 数据安全", Period("数据安全", "2020-08", "2020-08")),
        ("2020年 数据安全", Period("数据安全", "2020", "2020")),
        ("2021年以来", None),
        ("2020年8月", None),
        ("2020年8月数据安全", None),
        ("2020 数据安全", None),
        ("2019-2021 数据安全", None),
        ("2020年13月 数据安全", None),
        ("“2021年以来 数据”", None),
        ("date:2021 数据安全", None),
        ("同句(2021年以来 数据安全)", None),
        ("数据安全", None),
    ],
)
def test_a_stated_period_is_found(typed: str, period: Period | None) -> None:
    assert stated_period(typed) == period


@pytest.mark.parametrize(
    ("args", "command"),
    [
        (["2021年以来 百山祖"], "lsq search 百山祖 --since 2021"),
        (
            ["2019年至2021年", "百山祖", "瓯江"],
            "lsq search '百山祖 瓯江' --since 2019 --until 2021",
        ),
        (["2021年以来 百山祖", "--since", "2020"], ""),
        (["百山祖"], ""),
    ],
)
def test_a_search_suggests_the_options_for_a_period(
    lsq: Program, args: list[str], command: str
) -> None:
    ran = lsq("search", *args)
    noted = [line for line in ran.stderr.splitlines() if "dated so" in line]
    assert noted == ([f"lsq: for the articles dated so: {command}"] if command else [])
    assert not lsq("search", "-q", *args).stderr


def test_the_suggestion_in_chinese(lsq: Program) -> None:
    ran = lsq("search", "2021年以来 百山祖", LANGUAGE="zh")
    assert "lsq search 百山祖 --since 2021" in ran.stderr
    assert "按日期" in ran.stderr
