"""Zip archives, the readers' front door, and which format a file is in."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lsq import readers
from lsq.errors import ReadError
from lsq.model import Bulletin
from tests.readers.conftest import Read, ReadAll, texts
from tests.readers.samples import docx, mht, ofd, paragraph, pdf, zipped


def told(results: list[Bulletin | ReadError], path: str) -> dict[str, list[str] | str]:
    """What came of each member, by its name inside of the archive."""
    return {
        result.path.removeprefix(path).partition(".zip/")[2]: (
            texts(result) if isinstance(result, Bulletin) else result.reason
        )
        for result in results
    }


def test_every_member_is_a_bulletin(read_all: ReadAll, tmp_path: Path) -> None:
    content = zipped(
        {
            "二〇二〇/公报.txt": "一",
            "b.docx": docx(paragraph("二")),
            "c.pdf": pdf("丽水市人民政府办公室文件"),
            "图/d.png": b"\x89PNG",
            "__MACOSX/公报.txt": "x",
            "二〇二〇/.hidden.txt": "x",
            "e.zip": zipped({"f/g.md": "# 三"}),
            "空/": "",
        }
    )
    results = read_all("a.zip", content)
    assert all(result.path.startswith(str(tmp_path / "a.zip") + "/") for result in results)
    assert told(results, str(tmp_path)) == {
        "二〇二〇/公报.txt": ["一"],
        "b.docx": ["二"],
        "c.pdf": ["丽水市人民政府办公室文件"],
        "e.zip/f/g.md": ["三"],
    }


def test_a_bad_member_spoils_no_other(read_all: ReadAll) -> None:
    members: dict[str, str | bytes] = {
        "a.docx": "junk",
        "b.txt": "一",
        "c.txt": b"\0" * 9,
        "d.zip": "junk",
        "e.txt": "二",
    }
    found = told(read_all("a.zip", zipped(members)), "")
    assert list(found) == list(members)
    assert found["b.txt"] == ["一"]
    assert found["e.txt"] == ["二"]
    assert all(isinstance(found[name], str) for name in ("a.docx", "c.txt", "d.zip"))


def test_a_damaged_member_spoils_no_other(read_all: ReadAll) -> None:
    content = bytearray(zipped({"a.txt": "第一" * 50, "b.txt": "二"}))
    content[content.index(b"a.txt") + 8] ^= 0xFF
    found = told(read_all("a.zip", bytes(content)), "")
    assert found["b.txt"] == ["二"]
    assert "damaged" in found["a.txt"]


def test_names_in_gbk(read_all: ReadAll) -> None:
    name = "公报/丽水.txt"
    encoded = name.encode("gbk")
    content = zipped({"x" * len(encoded): "一"}).replace(b"x" * len(encoded), encoded)
    assert told(read_all("a.zip", content), "") == {name: ["一"]}


@pytest.mark.parametrize("name", ["../../a.txt", "/a.txt", "./a.txt", "..\\a.txt"])
def test_names_do_not_lead_out(read_all: ReadAll, name: str) -> None:
    assert list(told(read_all("a.zip", zipped({name: "一"})), "")) == ["a.txt"]


def test_encrypted_members_are_told(read_all: ReadAll) -> None:
    content = bytearray(zipped({"a.txt": "一", "b.txt": "二"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    found = told(read_all("a.zip", bytes(content)), "")
    assert "encrypted" in found["a.txt"]
    assert found["b.txt"] == ["二"]


def test_a_bomb_is_refused(read_all: ReadAll) -> None:
    bomb = zipped({"a.txt": b" " * (64 << 20), "b.txt": "一"})
    found = told(read_all("a.zip", bomb), "")
    assert "refused" in found["a.txt"]
    assert found["b.txt"] == ["一"]


def test_what_comes_out_of_archives_in_archives_adds_up(read_all: ReadAll) -> None:
    inner = zipped({"a.txt": (b" " * 63 + b"\n") * (20 << 14)})
    results = read_all("a.zip", zipped({f"{number}.zip": inner for number in range(5)}))
    assert sum(isinstance(result, ReadError) for result in results) == 4


def test_archives_too_deep_in_archives_are_refused(read_all: ReadAll) -> None:
    content = zipped({"a.txt": "一"})
    for _ in range(2):
        content = zipped({"n.zip": content})
    assert [type(result) for result in read_all("a.zip", content)] == [Bulletin]
    (result,) = read_all("b.zip", zipped({"n.zip": content}))
    assert isinstance(result, ReadError)
    assert "unpack" in result.reason


def test_a_directory_of_millions_is_refused(read_all: ReadAll) -> None:
    content = bytearray(zipped({"a.txt": "一"}))
    end = content.index(b"PK\x05\x06")
    content[end + 12 : end + 16] = (64 << 20).to_bytes(4, "little")
    (result,) = read_all("a.zip", bytes(content))
    assert isinstance(result, ReadError)


def test_an_archive_cut_short_is_told(read_all: ReadAll) -> None:
    (result,) = read_all("a.zip", zipped({"a.txt": "一"})[:-10])
    assert "damaged" in str(result)


def test_an_empty_archive_holds_nothing(read_all: ReadAll) -> None:
    assert read_all("a.zip", zipped({})) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((name, True) for name in ("公报.TXT", "a.b.docx", "a.ofd", "a.wps", "a.zip", "a.MHT")),
        *((name, False) for name in ("a.msg", "a.png", "Makefile", ".txt", "txt", "a.txt~")),
    ],
)
def test_names_worth_a_try(name: str, expected: bool) -> None:
    assert readers.is_readable(name) is expected


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", docx(paragraph("一")), ["一"]),
        ("a.pdf", "<!-- x --><!DOCTYPE html><html><p>一</html>", ["一"]),
        ("a.doc", "<html xmlns:o='x'><p>一</p></html>".encode("utf-16"), ["一"]),
        ("a.docx", ofd('<TextObject Size="5"><TextCode>一</TextCode></TextObject>'), ["一"]),
        ("a.html", "<p>一</p>", ["一"]),
        ("公报", "一", ["一"]),
        ("公报", "第一条 GDP".encode("utf-16"), ["第一条 GDP"]),
        ("公报", "第二条 GDP".encode("utf-16-le"), ["第二条 GDP"]),
        ("a.py", "一", ["一"]),
        ("a.txt", "<一>", ["<一>"]),
        ("a.md", "<html>", ["<html>"]),
    ],
)
def test_bytes_decide_the_format(
    read: Read, name: str, content: bytes | str, expected: list[str]
) -> None:
    assert texts(read(name, content)) == expected


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.bin", b"\x7fELF\x02\x01\x01\0\0\0\0\0", "not a format lsq reads"),
        ("a.pptx", zipped({"ppt/presentation.xml": ""}), "damaged"),
        ("a.odt", zipped({"META-INF/manifest.xml": ""}), "lacks its part"),
        ("a.pdf", "", "empty"),
        ("a.ofd", "404 Not Found", "contains no ofd file"),
    ],
)
def test_other_formats_are_told(read: Read, name: str, content: bytes | str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(name, content)


LINED = {
    "a.txt": "一\n\n二".encode(),
    "b.txt": "一\n\n二".encode("utf-16"),
    "c.md": "# 一\n\n二".encode(),
    "d.htm": "<html>\n\n<p>二</p></html>".encode("gbk"),
    "e.pdf": "<!doctype html>\n\n<p>二</p>".encode(),
}
UNLINED = {
    "a.pdf": pdf("丽水市人民政府办公室文件"),
    "b.docx": docx(paragraph("")),
    "c.txt": docx(paragraph("一") * 3),
    "d.mht": mht("<p>一</p>\n\n<p>二</p>".encode(), "8bit", "utf-8"),
    "e.html": mht("<p>一</p>\n\n<p>二</p>".encode(), "8bit", "utf-8"),
    "f.doc": b"{\\rtf1}",
    "g.ofd": b"404 Not Found",
}


@pytest.mark.parametrize("name", LINED)
def test_places_in_what_has_lines_are_those_of_the_file(
    write: Callable[[str, bytes], str], read: Read, name: str
) -> None:
    assert readers.has_lines(write(name, LINED[name]))
    assert {line.text: line.place for line in read(name, LINED[name]).lines}["二"] == 3


@pytest.mark.parametrize("name", UNLINED)
def test_what_has_no_lines(write: Callable[[str, bytes], str], name: str) -> None:
    assert not readers.has_lines(write(name, UNLINED[name]))
    assert not readers.has_lines(write(name, UNLINED[name]) + ".none")


def test_a_file_too_large_to_be_loaded_has_lines(write: Callable[[str, bytes], str]) -> None:
    path = write("a.txt", b"")
    os.truncate(path, readers.LARGEST + 1)
    assert readers.has_lines(path)


def test_what_the_system_refuses_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(ReadError, match=r"cannot be read|not a regular file"):
            readers.load(str(path))


def test_overlapping_members_are_no_bomb(read_all: ReadAll) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b" " * (20 << 20))
        for number in range(50):
            again = zipfile.ZipInfo(f"{number}.txt")
            kept = archive.infolist()[0]
            for field in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(again, field, getattr(kept, field))
            archive.filelist.append(again)
    results = read_all("a.zip", buffer.getvalue())
    assert sum(isinstance(result, Bulletin) for result in results) <= 1
