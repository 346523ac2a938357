"""Old Word and WPS documents."""

import os
import stat
import struct
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from lsq.errors import ReadError
from lsq.readers import word
from tests.readers.conftest import Read, headings, placed, texts
from tests.readers.samples import compound, doc, docx, paragraph


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "通知"])
def test_a_paragraph_is_a_line(read: Read, name: str) -> None:
    assert placed(read(name, doc("通知\r各县：\r")).lines) == [(1, "通知"), (2, "各县："), (3, "")]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["国务", "院关于", "GDP 2020"], ["国务院关于GDP 2020"]),
        (["一\x07二\x07\x07\f三"], ["一", "二", "", "", "三"]),
        (["国务院\x0b办公厅"], ["国务院", "办公厅"]),
        (["见\x13 HYPERLINK \x01\x13 X \x14y\x15 \x14附件\x15。"], ["见附件。"]),
        (["GB/T\x1e33190\x1f-2016\x01 年"], ["GB/T-33190-2016 年"]),
    ],
    ids=["pieces", "cells and pages", "line break", "fields", "signs"],
)
def test_what_characters_stand_for(read: Read, pieces: list[str], expected: list[str]) -> None:
    assert texts(read("a.doc", doc(*pieces))) == expected


def test_headers_and_comments_are_left_out_and_counted(read: Read) -> None:
    content = doc("正文", headers="页眉\r", comments="\x05请核对\r\x05再核对\r")
    bulletin = read("a.doc", content)
    assert texts(bulletin) == ["正文"]
    assert bulletin.left_out == (("header", 1), ("comment", 2))
    assert not read("a.doc", doc("正文", headers="\r\r")).left_out


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (doc("正文", flags=0x0300), "encrypted"),
        (doc(" \r"), "contains no text"),
        (doc("正文")[:3000], "damaged"),
        (compound({"EncryptedPackage": b""}), "encrypted"),
        (compound({"PowerPoint Document": b""}), "damaged"),
    ],
    ids=["locked", "blank", "cut short", "locked docx", "presentation"],
)
def test_what_cannot_be_read_is_told(read: Read, content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read("a.doc", content)


def test_without_a_converter_the_user_is_told_which(
    read: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(word, "_PLACES", {})
    with pytest.raises(ReadError, match="install LibreOffice"):
        read("a.doc", OLD)
    with pytest.raises(ReadError, match="install LibreOffice"):
        read("b.doc", doc("旧", version=0x65))


OLD = doc("旧", version=0x65)

posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for LibreOffice is a script")


def stand_in(folder: Path, action: str) -> Path:
    """A `soffice` that does this with the path of what to make, `out`."""
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(
        f"#!{sys.executable}\nimport shutil, subprocess, sys, time\n"
        f"out = sys.argv[-1].replace('.doc', '.docx')\n{action}\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


@posix
def test_what_does_not_end_is_ended_with_all_that_it_has_started(
    read: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    started = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])"
    action = f"open({str(told)!r}, 'w').write(str({started}.pid)); time.sleep(60)"
    monkeypatch.setenv("PATH", str(stand_in(tmp_path / "bin", action).parent))
    monkeypatch.setattr(word, "_SECONDS", 2)
    with pytest.raises(ReadError, match="did not finish within 2 seconds"):
        read("a.doc", OLD)
    with suppress(psutil.NoSuchProcess):  # or nobody has asked yet how it ended
        assert psutil.Process(int(told.read_text())).wait(10) is None


@posix
@pytest.mark.parametrize(
    ("action", "reason"),
    [("shutil.copy(sys.argv[0] + '.docx', out)", None), ("pass", "cannot open it")],
    ids=["it converts", "it gives up"],
)
def test_with_one_it_is_converted(
    read: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, action: str, reason: str | None
) -> None:
    folder = stand_in(tmp_path / "bin", action).parent
    heading = paragraph("通知", '<w:outlineLvl w:val="0"/>')
    (folder / "soffice.docx").write_bytes(docx(heading + paragraph("各县：")))
    monkeypatch.setenv("PATH", str(folder))
    if reason is None:
        bulletin = read("a.doc", OLD)
        assert texts(bulletin) == ["通知", "各县："]
        assert headings(bulletin) == ["通知"]
    else:
        with pytest.raises(ReadError, match=reason):
            read("a.doc", OLD)


def word_95(text: bytes, flags: int = 0) -> bytes:
    """A document of Word 95, its text in one piece at 0x300."""
    size = len(text) // (2 if flags & 0x1000 else 1)
    fib = bytearray(0x300)
    struct.pack_into("<HH", fib, 0, 0xA5DC, 0x68)
    struct.pack_into("<H", fib, 0x0A, flags)
    struct.pack_into("<II", fib, 0x18, 0x300, 0x300 + len(text))
    struct.pack_into("<II", fib, 0x34, size, 0)
    return compound({"WordDocument": bytes(fib) + text})


@pytest.mark.parametrize(
    "content",
    [
        word_95("关于报送材料的通知\r各县：\r".encode("gbk")),
        word_95("关于报送材料的通知\r各县：\r".encode("utf-16-le"), 0x1000),
    ],
    ids=["one byte", "two"],
)
def test_word_95(read: Read, content: bytes) -> None:
    assert texts(read("a.doc", content)) == ["关于报送材料的通知", "各县：", ""]


def test_word_95_saved_in_haste_needs_a_converter(
    read: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match="install LibreOffice"):
        read("a.doc", word_95("通知".encode("gbk"), 0x0004))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            rb"{\rtf1\ansi\ansicpg936 \'b8\'f7\'cf\'d8\'a3\'ba\par \u22269?\u21153?\u38498?}",
            ["各县：", "国务院"],
        ),
        (rb"{\rtf1\ansi\ansicpg936{\header \'b8\'f7}{\*\x y}\u-10176?\u-9216?}", ["𠀀"]),
        (rb"{\rtf1\ansi a\cell b\cell\row c}", ["a | b", "c"]),
    ],
)
def test_rtf(read: Read, source: bytes, expected: list[str]) -> None:
    assert texts(read("a.doc", source)) == expected


def test_rtf_without_text_is_told(read: Read) -> None:
    with pytest.raises(ReadError, match="contains no text"):
        read("a.rtf", rb"{\rtf1\ansi{\pict " + b"00ff" * 100 + rb"}}")
