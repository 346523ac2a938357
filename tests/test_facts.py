"""The forms that dates, document numbers, kinds and issuers take in bulletins."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.extract.dates import (
    date_in_name,
    is_paper,
    parse_date,
    whole_date,
    with_year,
    year_in_name,
)
from lsq.extract.identity import find_number, is_organ, issuer, kind, whole_number


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2020年8月26日", "2020-08-26"),
        ("２０１２年１２月３日", "2012-12-03"),
        ("2022 年 6 月 27 日", "2022-06-27"),
        ("二〇二〇年八月二十六日", "2020-08-26"),
        ("二○二二年十二月", "2022-12"),
        ("二零一九年十月十日", "2019-10-10"),
        ("一九九八年廿一月", None),
        ("一九九八年三月三十一日", "1998-03-31"),
        ("2023-07-28 16：40", "2023-07-28"),
        ("2023/07/28", "2023-07-28"),
        ("2020.8.26", "2020-08-26"),
        ("2020-08", "2020-08"),
        ("2020年8月", "2020-08"),
        ("二○二三年元月五日", "2023-01-05"),
        ("2023年元月", "2023-01"),
        ("2020年", "2020"),
        ("自2021年7月1日起施行", "2021-07-01"),
        # No year, no day, no date:
        ("8月26日", None),
        ("2020年2月30日", None),
        ("2020年13月", None),
        ("1000万元", None),
        ("电话0578-2020-0826", None),
        ("3.2019.5", None),
        ("", None),
    ],
)
def test_dates(text: str, iso: str | None) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2019年1月27日", "2019-01-27"),
        ("（2019年1月27日）", "2019-01-27"),
        ("二〇一九年一月", "2019-01"),
        ("2019年1月27日印发", "2019-01-27"),
        ("2023-07-28 16：40", "2023-07-28"),
        ("2019年1月27日，全市会议召开", None),
        ("2019年项目", None),
        ("1月27日", None),
    ],
)
def test_lines_that_are_a_date(text: str, iso: str | None) -> None:
    assert whole_date(text) == iso


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_reads_back(day: date) -> None:
    assert parse_date(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()
    assert parse_date(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "paper", "iso"),
    [
        ("本报北京2月25日电", "2019-02-26", "2019-02-25"),
        ("本报北京12月31日电", "2019-01-01", "2018-12-31"),
        ("本报北京2月30日电", "2019-03-01", None),
        ("本报北京25日电", "2019-02-26", None),
        ("本报北京2月25日电", "2019-02", None),
    ],
)
def test_days_of_a_paper(text: str, paper: str, iso: str | None) -> None:
    assert with_year(text, paper) == iso


@pytest.mark.parametrize(
    ("path", "iso", "year"),
    [
        ("法规/浙江省土地管理条例(2021-09-30).md", "2021-09-30", None),
        ("20190201-03-02.txt", "2019-02-01", None),
        ("公报2020年8月.txt", "2020-08", None),
        ("宪法修正案（2004年）.md", None, "2004"),
        ("包头市2022年数字政府建设考评办法.txt", None, None),
        ("000_6870835c1c1f66f0.txt", None, None),
        ("020190201.txt", None, None),
        ("20191301.txt", None, None),
        ("2019-02-01/a.txt", None, None),
    ],
)
def test_dates_in_names(path: str, iso: str | None, year: str | None) -> None:
    assert (date_in_name(path), year_in_name(path)) == (iso, year)
    assert is_paper(path) is path.startswith("20190201")


@pytest.mark.parametrize("pair", ["〔〕", "[]", "【】", "﹝﹞", "（）", "［］", "()"])
@pytest.mark.parametrize(
    "form", ["国办发{}2019{}6号", "国办发 {} 2019 {} 6 号", "国办发{}2019{}第6号"]
)
def test_numbers_have_one_form(pair: str, form: str) -> None:
    text = form.format(*pair)
    assert whole_number(text) == "国办发〔2019〕6号"
    assert whole_number(f"（{text}）") == "国办发〔2019〕6号"
    assert find_number(f"根据《意见》（{text}）要求") == "国办发〔2019〕6号"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("国办发〔２０１９〕６号", "国办发〔2019〕6号"),
        ("第707号", "第707号"),
        ("令第45号", "令第45号"),
        ("2023年第12号", "2023年第12号"),
        ("国家税务总局公告（2023年第12号）", "国家税务总局公告2023年第12号"),
        ("〔2023〕第8期", "〔2023〕第8期"),
        ("云府纪[2023]8期", "云府纪〔2023〕第8期"),
        ("2023年第8期", None),
        ("国务院令第 707 号", "国务院令第707号"),
        ("中华人民共和国国务院令 （第七〇七号）", "中华人民共和国国务院令第七〇七号"),
        ("根据国办发〔2019〕6号要求", None),
        ("2019年6号", None),
        ("丽水市第707号议案", None),
        ("门牌6号", None),
    ],
)
def test_lines_that_are_a_number(text: str, number: str | None) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("国务院关于加强管理的通知", "通知"),
        ("丽水市村庄规划条例", "条例"),
        ("丽水市公园管理办法（试行）", "办法"),
        ("丽水市综合交通规划（2021—2025年）", "规划"),
        ("关于印发《丽水市公园管理办法》", "办法"),
        ("中华人民共和国预算法", "法"),
        ("国务院关于同意设立试验区的批复", "批复"),
        ("国务院令", "令"),
        ("市人大加强立法", None),
        ("名家书法", None),
        ("快递进村方便老人", None),
        ("通知", None),
    ],
)
def test_kinds(title: str, expected: str | None) -> None:
    assert kind(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("国务院办公厅关于加强管理的意见", "国务院办公厅"),
        ("北京市经济和信息化局印发《关于推进的指导意见》的通知", "北京市经济和信息化局"),
        ("最高人民法院、最高人民检察院关于办理案件的解释", "最高人民法院、最高人民检察院"),
        ("最高人民法院 最高人民检察院关于办理案件的解释", "最高人民法院、最高人民检察院"),
        ("关于加强管理的意见", None),
        ("丽水市村庄规划条例", None),
        ("一封关于山区的信", None),
    ],
)
def test_issuers(title: str, expected: str | None) -> None:
    assert issuer(title) == expected


@pytest.mark.parametrize(
    "name", ["国务院", "丽水市人民政府办公室", "中共丽水市委", "国家税务总局", "发展改革委"]
)
def test_organs(name: str) -> None:
    assert is_organ(name)


@pytest.mark.parametrize(
    "text", ["特此通知", "此件公开发布", "联系人：张三", "附", "会议要求，各部"]
)
def test_what_is_no_organ(text: str) -> None:
    assert not is_organ(text)
