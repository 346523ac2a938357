"""Archives other than zip, packed files, and mails with attachments."""

import bz2
import gzip
import lzma
import shutil
import subprocess
from email.message import EmailMessage
from pathlib import Path

import pytest

from lsq.errors import ReadError
from lsq.model import Bulletin
from tests.readers.conftest import Read, ReadAll, headings
from tests.readers.samples import docx, paragraph, pdf, tarred, zipped

INNER: dict[str | bytes, str | bytes] = {"通知.txt": "各县：", "b/c.docx": docx(paragraph("一"))}


def found(items: list[Bulletin | ReadError]) -> dict[str, list[str]]:
    assert all(isinstance(item, Bulletin) for item in items), items
    return {
        item.path.partition("/a.")[2].partition("/")[2]: [line.text for line in item.lines]
        for item in items
        if isinstance(item, Bulletin)
    }


EXPECTED = {"通知.txt": ["各县："], "b/c.docx": ["一"]}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tar", tarred(INNER)),
        ("a.tgz", tarred(INNER, "w:gz")),
        ("a.zip", gzip.compress(tarred(INNER))),
        ("a.xz", lzma.compress(tarred(INNER))),
        ("a.bz2", bz2.compress(tarred(INNER))),
        ("a.tar", tarred({**INNER, ".hidden.txt": "x", "x.exe": "MZ"})),
    ],
)
def test_members(read_all: ReadAll, name: str, content: bytes) -> None:
    assert found(read_all(name, content)) == EXPECTED


def test_names_in_gbk(read_all: ReadAll) -> None:
    content = tarred({"丽水市通知.txt".encode("gbk"): "一"})
    assert found(read_all("a.tar", content)) == {"丽水市通知.txt": ["一"]}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_is_called_as_before(read_all: ReadAll, pack: object) -> None:
    assert callable(pack)
    assert found(read_all("a.txt.gz", pack("各县：".encode()))) == {"a.txt": ["各县："]}


def test_a_packed_file_without_a_suffix_is_read_if_it_is_text(read_all: ReadAll) -> None:
    assert found(read_all("a.gz", gzip.compress("各县：".encode()))) == {"a": ["各县："]}
    content = gzip.compress(docx(paragraph("各县：")))
    assert found(read_all("a.gz", content)) == {"a": ["各县："]}
    assert read_all("a.gz", gzip.compress(b"\x01\0\0\x02" * 99)) == []


def test_one_inside_of_another(read_all: ReadAll) -> None:
    content = tarred({"b.zip": zipped({"c.txt.gz": gzip.compress("一".encode())})})
    assert found(read_all("a.tar", content)) == {"b.zip/c.txt.gz/c.txt": ["一"]}


def test_a_pdf_at_the_beginning_of_a_tar_is_a_member(read_all: ReadAll) -> None:
    content = tarred({"b.pdf": pdf("丽水市人民政府办公室文件")})
    assert found(read_all("a.tar", content)) == {"b.pdf": ["丽水市人民政府办公室文件"]}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.gz", gzip.compress(b"x" * 1000)[:-8], "cannot be unpacked"),
        ("a.gz", gzip.compress(b"\0" * (40 << 20)), "far more than any document"),
        ("a.tar", tarred(INNER)[:700], "damaged"),
        ("a.gz", b"no gz", "contains no gz file"),
    ],
    ids=["cut short", "bomb", "tar cut short", "no gz"],
)
def test_damage_and_bombs_are_told(
    read_all: ReadAll, name: str, content: bytes, reason: str
) -> None:
    errors = [str(one) for one in read_all(name, content) if isinstance(one, ReadError)]
    assert len(errors) == 1
    assert reason in errors[0]


@pytest.mark.skipif(not shutil.which("bsdtar"), reason="bsdtar is not installed")
def test_7z(read_all: ReadAll, tmp_path: Path) -> None:
    for name, content in INNER.items():
        assert isinstance(name, str)
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    archive = tmp_path / "b.7z"
    command = ["bsdtar", "--format=7zip", "-cf", str(archive), "-C", str(tmp_path / "in"), "."]
    subprocess.run(command, check=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
    assert found(read_all("a.7z", archive.read_bytes())) == EXPECTED


def test_without_a_program_the_user_is_told_which(
    read: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match="install bsdtar"):
        read("a.rar", b"Rar!\x1a\x07\x01\0")


@pytest.mark.skipif(not shutil.which("bsdtar"), reason="bsdtar is not installed")
@pytest.mark.parametrize(
    "content",
    [b"Rar!\x1a\x07\x01\0" * 50, b"7z\xbc\xaf\x27\x1c" * 50, b"7z\xbc\xaf\x27\x1c\0\4" + bytes(24)],
)
def test_what_the_program_cannot_unpack_is_told(read: Read, content: bytes) -> None:
    with pytest.raises(ReadError, match=r"bsdtar (cannot unpack it|finds no files in it)"):
        read("a.rar", content)


def mail(**parts: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "关于报送材料的通知"
    message["From"] = "办公室 <a@example.org>"
    message["To"] = "b@example.org"
    message["Date"] = "Wed, 26 Aug 2020 09:00:00 +0800"
    message.set_content(parts["plain"], charset="gb18030")
    if "html" in parts:
        message.add_alternative(parts["html"], subtype="html")
    return message


def test_a_mail_and_what_is_attached_to_it(read_all: ReadAll) -> None:
    message = mail(plain="各县：\n请于月底前报送。\n", html="<p>同上</p>")
    message.add_attachment(
        docx(paragraph("一")), maintype="application", subtype="msword", filename="附件.docx"
    )
    letter, attached = read_all("a.eml", message.as_bytes())
    assert isinstance(letter, Bulletin)
    assert [line.text for line in letter.lines] == [
        "关于报送材料的通知",
        "发件人：办公室 <a@example.org>",
        "收件人：b@example.org",
        "日期：2020-08-26",
        "各县：",
        "请于月底前报送。",
        "",
    ]
    assert headings(letter) == ["关于报送材料的通知"]
    assert isinstance(attached, Bulletin)
    assert attached.path == f"{letter.path}/附件.docx"


def test_a_mail_of_a_page_alone_and_headers_that_nobody_encoded(read: Read) -> None:
    head = "Subject: 通知\r\nContent-Type: text/html; charset=gb2312\r\n\r\n".encode("gbk")
    body = "<html><p>各县：</p></html>".encode("gbk")
    assert [line.text for line in read("a.eml", head + body).lines] == ["通知", "各县："]
