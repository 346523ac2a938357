"""Bytes in any Chinese encoding become the text that was written."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.readers.encoding import decode
from lsq.readers.plausibility import plausibility

TEXTS = [
    "丽水",
    "通知",
    "第一条",
    "国务院办公厅",
    "8月26日，全市国土空间规划支撑",
    "丽政发〔2020〕12号",
    "索 引 号：\r\n        000014349/2019-00007\r\n",
    "各县（市、区）人民政府，市直各单位：\n　　现将有关事项通知如下。",
    "2014—2020年，GDP年均增长8.5％",
    "The 2020 report: 绿水青山就是金山银山",
]

TRADITIONAL = [
    "國務院",
    "中華民國一百零九年",
    "第一條　本條例依據憲法制定。",
    "各縣市政府辦理土地開發審查要點",
    "台北市政府公告：自2020年8月26日起實施。",
]

SIMPLIFIED_ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"]

# A mark is all that tells short texts without an ASCII character from ASCII; these have one.
MARKLESS = [text for text in TEXTS if len(text) > 6]


@pytest.mark.parametrize("encoding", SIMPLIFIED_ENCODINGS)
@pytest.mark.parametrize("text", TEXTS)
def test_simplified(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gbk", "gb18030", "big5", "big5hkscs"])
@pytest.mark.parametrize("text", TRADITIONAL)
def test_traditional(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [*MARKLESS, *TRADITIONAL[1:]])
def test_utf_16_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        ("\ufeff".encode("gb18030"), "gb18030"),
    ],
)
def test_a_mark_names_the_encoding_and_is_no_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + "宪法".encode(encoding)) == "宪法"


@pytest.mark.parametrize("text", ["", "abc", "a\tb\r\nc", "one\ftwo", "café", "a·b", "§ 1", "·"])
def test_ascii_and_latin_are_utf_8(text: str) -> None:
    assert decode(text.encode()) == text


@pytest.mark.parametrize("text", ["记录", "路", "录", "mp路"])
def test_gbk_words_that_happen_to_be_valid_utf_8(text: str) -> None:
    twice = f"{text}，{text}的道路"
    assert decode(twice.encode("gbk")) == twice


@pytest.mark.parametrize(("declared", "expected"), [(None, "国務"), ("big5", "国務")])
def test_what_a_page_declares_does_not_overrule_its_bytes(
    declared: str | None, expected: str
) -> None:
    assert decode(expected.encode("gbk"), declared) == expected


def test_a_declaration_breaks_a_tie() -> None:
    data = "戚".encode("big5")
    assert decode(data, "big5") == "戚"


def test_characters_of_all_of_gb18030() -> None:
    text = "姓名：㐱䶮𠮷𪚥，ẞ，ཀ；中华人民共和国国务院令"
    assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_one_broken_byte_does_not_lose_the_file(encoding: str) -> None:
    data = ("国务院关于加强监管的意见。" * 100).encode(encoding)
    assert decode(data[:900] + b"\xff" + data[900:]).count("国务院") >= 99
    assert decode(data[:-1]).count("国务院") == 100


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 100,
        bytes(range(256)),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x02\0\x08\x06\0\0\0",
        "国务院".encode() + b"\0" * 50,
        b"\xef\xbb\xbf" + b"\xff" * 100,
    ],
    ids=["zeros", "all bytes", "a picture", "text and zeros", "a mark, and junk"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not text"):
        decode(data)


@given(st.binary())
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except ValueError:
        return
    assert isinstance(text, str)


SENTENCES = [
    "为持续深化放管服改革，推行部门联合监管，现提出如下意见。",
    "县级以上人民政府应当加强对国土空间规划工作的领导。",
    "本条例自2021年11月1日起施行。",
    "市场监管总局要会同有关部门制定联合抽查事项清单、标准和实施办法。",
]


@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
    st.sampled_from([*SIMPLIFIED_ENCODINGS, "utf-16-le", "utf-16-be"]),
)
def test_sentences_survive_any_encoding(sentences: list[str], end: str, encoding: str) -> None:
    text = end.join(sentences)
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("sentence", SENTENCES)
def test_real_text_is_plausible_and_misread_text_is_not(sentence: str) -> None:
    assert plausibility(sentence) > 0.8
    assert plausibility(sentence.encode().decode("gbk", errors="replace")) < 0.6
    assert plausibility(sentence.encode("gbk").decode("utf-16-le", errors="replace")) < 0.6
