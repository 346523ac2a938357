"""A folder of texts that is changed at random, in all the ways in which files change."""

import io
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOTS = ("texts", "more")
# Texts that only links lead to.
FAR = Path("far")
# Stays in each root, which else might be taken for a disk that is not mounted.
ANCHOR = "anchor.txt"
# What the names of files end with that are read wherever they are found.
READ = {".txt", ".md", ".html", ".zip"}
# So many files at most: more than half of 20 is not dropped unasked.
MOST = 17
ISSUERS = ["丽水市人民政府", "浙江省人民政府办公厅", "国务院"]
TOPICS = ["国土空间规划", "生态产品价值实现机制", "海洋生态保护", "百山祖国家公园", "绿水青山"]
THEN = 1_600_000_000_000_000_000


class Folder:
    """The current folder, with texts in it, and what has been done to them.

    Args:
        chance: what decides.

    Attributes:
        log: what was done, for who looks for a mistake.
    """

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.log: list[str] = []
        self._count = 0
        for folder in (*ROOTS, str(FAR)):
            Path(folder).mkdir()
        for root in ROOTS:
            self._write(Path(root, ANCHOR))
        for _ in range(3):
            self._write(FAR / f"far{self._number()}.txt")
            self.create()

    def change(self) -> None:
        """Change something."""
        kinds: list[Callable[[], object]] = [
            self.create,
            self.create,
            self.create_archive,
            self.create_other,
            self.modify,
            self.modify,
            self.modify_in_secret,
            self.replace_in_secret,
            self.touch,
            self.rename,
            self.rename,
            self.swap,
            self.rename_folder,
            self.delete,
            self.delete,
            self.delete_folder,
            self.link,
            self.link,
            self.relink,
            self.hard_link,
            self.link_folder,
            self.root_behind_link,
            self.folder_for_file,
            self.file_for_folder,
        ]
        kind = self.chance.choice(kinds)
        done = kind()
        self.log.append(f"{kind.__name__}: {done}")

    def create(self) -> object:
        if len(self._files()) >= MOST - 2:
            return self.delete()
        suffix = self.chance.choice(["txt", "txt", "md", "html"])
        return self._write(self._folder() / f"{self._number()}.{suffix}")

    def create_archive(self) -> object:
        if len(self._files()) >= MOST - 2:
            return self.delete()
        path = self._folder() / f"{self._number()}.zip"
        path.write_bytes(self._archive())
        return path

    def create_other(self) -> object:
        """What no reader takes, an empty file, one whose name says what it is not."""
        name = self.chance.choice(
            ["photo.png", "empty.txt", "NOTICE", ".hidden.txt", "~$lock.docx"]
        )
        path = self._folder() / name
        if path.exists():
            return None
        if name == "empty.txt":
            path.write_bytes(b"")
            return path
        return self._write(path)

    def modify(self) -> object:
        path = self._file()
        return self._write(path) if path else None

    def modify_in_secret(self) -> object:
        """Another text of the same size, at the same time."""
        return self._in_secret(self._file(".txt"), lambda path, data: path.write_bytes(data))

    def replace_in_secret(self) -> object:
        """Another file of the same size and time."""

        def replace(path: Path, data: bytes) -> None:
            new = path.with_name(f".new{self._number()}")
            new.write_bytes(data)
            new.replace(path)

        return self._in_secret(self._file(".txt"), replace)

    def touch(self) -> object:
        path = self._file()
        if path is None:
            return None
        if self.chance.random() < 0.5:
            os.utime(path)
        else:
            path.chmod(self.chance.choice([0o600, 0o644]))
        return path

    def rename(self) -> object:
        path = self._file()
        if path is None:
            return None
        new = self._folder() / f"{self._number()}{path.suffix}"
        path.rename(new)
        return path, new

    def swap(self) -> object:
        one, two = self._file(".txt"), self._file(".txt")
        if one is None or two is None or one == two:
            return None
        between = Path("between")
        one.rename(between)
        two.rename(one)
        between.rename(two)
        return one, two

    def rename_folder(self) -> object:
        folder = self._subfolder()
        if folder is None:
            return None
        new = Path(self.chance.choice(ROOTS), f"d{self._number()}")
        folder.rename(new)
        return folder, new

    def delete(self) -> object:
        path = self._file()
        if path:
            path.unlink()
        return path

    def delete_folder(self) -> object:
        folder = self._subfolder()
        if folder:
            shutil.rmtree(folder)
        return folder

    def link(self) -> object:
        """A link to a file anywhere, to another link, to itself, or to nothing."""
        path = self._folder() / f"link{self._number()}.txt"
        target = self.chance.choice([self._file(), self._far(), Path("nothing.txt"), path])
        if target is None:
            return None
        path.symlink_to(os.path.relpath(target, os.path.realpath(path.parent)))
        return path, target

    def relink(self) -> object:
        """Have a link lead elsewhere."""
        links = [path for path in self._files() if path.is_symlink()]
        if not links:
            return None
        path = self.chance.choice(links)
        target = self._far()
        path.unlink()
        path.symlink_to(os.path.relpath(target, os.path.realpath(path.parent)))
        return path, target

    def hard_link(self) -> object:
        path = self._file(".txt")
        if path is None or len(self._files()) >= MOST - 2:
            return None
        new = self._folder() / f"hard{self._number()}.txt"
        os.link(path, new)
        return path, new

    def link_folder(self) -> object:
        path = self._folder() / f"folder{self._number()}"
        target = self.chance.choice([FAR, Path(ROOTS[0]), Path(ROOTS[1])])
        path.symlink_to(os.path.relpath(target, os.path.realpath(path.parent)))
        return path, target

    def root_behind_link(self) -> object:
        """Move a root elsewhere, with a link in its place; or back."""
        root = Path(self.chance.choice(ROOTS))
        elsewhere = Path(f"{root}-elsewhere")
        if root.is_symlink():
            root.unlink()
            elsewhere.rename(root)
        else:
            root.rename(elsewhere)
            root.symlink_to(elsewhere)
        return root

    def folder_for_file(self) -> object:
        """A folder in the place of a file, and a file in that."""
        path = self._file()
        if path is None:
            return None
        path.unlink()
        path.mkdir()
        return self._write(path / self.chance.choice(["a.txt", "b.txt"]))

    def file_for_folder(self) -> object:
        """A file in the place of a folder, maybe one that links lead through."""
        folder = self.chance.choice([self._subfolder(), FAR / "in"])
        if folder is None or folder.is_symlink():
            return None
        if folder == FAR / "in" and not folder.exists():
            folder.mkdir()
            self._write(folder / "x.txt")
            link = self._folder() / f"through{self._number()}.txt"
            link.symlink_to(os.path.relpath(folder / "x.txt", os.path.realpath(link.parent)))
            return link
        if folder.is_dir():
            shutil.rmtree(folder)
        else:
            folder.unlink()
        if folder.suffix == ".zip":
            folder.write_bytes(self._archive())
            return folder
        return self._write(folder)

    def unread(self) -> Path | None:
        """A file that is read only if it is named itself, if there is one."""
        names = [p for p in self._files() if p.name in {"NOTICE", ".hidden.txt"}]
        return self.chance.choice(names) if names else None

    def inside(self) -> Path:
        """A file that is read whether it is named or not, or a folder, in a root or one."""
        file = self._file()
        if file is None or file.suffix not in READ or file.name.startswith("."):
            file = None
        options = [file, self._subfolder(), Path(self.chance.choice(ROOTS))]
        return self.chance.choice([path for path in options if path])

    def _in_secret(self, path: Path | None, write: Callable[[Path, bytes], object]) -> object:
        if path is None:
            return None
        data = path.read_bytes()
        status = path.stat()
        new = "".join(map(self._other, data.decode("utf-8"))).encode()
        write(path, new)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        return path

    def _other(self, sign: str) -> str:
        """Another of the same size, now and then."""
        return self.chance.choice("国土空间规划海洋") if sign in "国土空间规划海洋" else sign

    def _number(self) -> int:
        self._count += 1
        return self._count

    def _files(self) -> list[Path]:
        """All files in the roots but their anchors."""
        found: list[Path] = []
        for root in ROOTS:
            for folder, _, names in os.walk(root):
                found += [Path(folder, name) for name in names if name != ANCHOR]
        return sorted(found)

    def _file(self, suffix: str = "") -> Path | None:
        files = [path for path in self._files() if path.name.endswith(suffix) and path.is_file()]
        if suffix:
            files = [path for path in files if not path.is_symlink()]
        return self.chance.choice(files) if files else None

    def _far(self) -> Path:
        return self.chance.choice(sorted(path for path in FAR.rglob("*") if path.is_file()))

    def _folder(self) -> Path:
        """A folder to put something in, maybe a new one."""
        folders = [Path(root) for root in ROOTS]
        folders += [path for root in ROOTS for path in self._subfolders(root)]
        if self.chance.random() < 0.2:
            folder = self.chance.choice(folders) / f"d{self._number()}"
            folder.mkdir()
            return folder
        return self.chance.choice(folders)

    def _subfolders(self, root: str) -> list[Path]:
        return sorted(
            Path(folder, name)
            for folder, names, _ in os.walk(root)
            for name in names
            if not Path(folder, name).is_symlink()
        )

    def _subfolder(self) -> Path | None:
        folders = [path for root in ROOTS for path in self._subfolders(root)]
        return self.chance.choice(folders) if folders else None

    def _write(self, path: Path) -> Path:
        """Write a new text, at one of few times; through a link, if it is one."""
        text = self._text()
        suffix = Path(os.path.realpath(path)).suffix
        if suffix == ".zip":  # a text in its place could not be read
            path.write_bytes(self._archive())
        elif suffix == ".html":
            path.write_text(f"<html><body><p>{text}</p></body></html>", "utf-8")
        else:
            path.write_text(text, "utf-8")
        if self.chance.random() < 0.5:
            when = THEN + self.chance.randrange(2) * 1_000_000_007
            os.utime(path, ns=(when, when))
        return path

    def _text(self) -> str:
        topic, issuer = self.chance.choice(TOPICS), self.chance.choice(ISSUERS)
        number = self._number()
        body = f"第{number}号公告，{topic}。" * self.chance.randrange(1, 4)
        head = f"{issuer}关于{topic}的通知\n\n丽政发〔2020〕{number}号\n\n各县（市、区）人民政府："
        return f"{head}\n\n{body}\n\n{issuer}\n2020年{number % 12 + 1}月2日\n"

    def _archive(self) -> bytes:
        buffer = io.BytesIO()
        names = ["a.txt", "./a.txt", "d/../b.txt", "d/b.txt", "photo.png", "c.md"]
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in self.chance.sample(names, self.chance.randrange(1, 5)):
                archive.writestr(name, self._text())
        return buffer.getvalue()
