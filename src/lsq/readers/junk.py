"""Classify files that no reader takes, by their names: junk, and all others by kind.

Files that systems, offices and browsers leave in a folder are junk, and ignored silently. All
other files have a kind, by which they are counted and listed.
"""

import os
from collections.abc import Container

# Prefixes of lock files of offices, and of files that macOS writes on foreign disks.
_LOCKS = ("~$", ".~", "._")
_SYSTEM = frozenset(
    {"thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r", "__macosx"}
)

# Suffixes of the folder with the pictures of a page saved by a browser.
_COMPANIONS = ("_files", ".files", "-dateien", "_文件", ".fld")
_PAGES = (".html", ".htm", ".mht", ".mhtml", ".xhtml", ".shtml")

DRAWING = "drawing"
PICTURE, DOWNLOAD, BACKUP, NAMELESS, OTHER = "picture", "download", "backup", "nameless", "other"

_KINDS = {
    **dict.fromkeys("jpg jpeg jpe png gif bmp tif tiff webp".split(), PICTURE),
    **dict.fromkeys("heic heif avif jp2 svg wmf emf ico psd eps djvu".split(), DRAWING),
    **dict.fromkeys("crdownload part partial download opdownload tmp td xltd".split(), DOWNLOAD),
    **dict.fromkeys("bak old orig swp sav".split(), BACKUP),
    **dict.fromkeys("mp3 wav m4a wma flac ogg aac amr".split(), "sound"),
    **dict.fromkeys("mp4 avi mov wmv mkv flv rmvb mpg mpeg webm".split(), "video"),
    **dict.fromkeys(
        "exe dll so dylib msi apk dmg iso bin deb rpm jar class pyc o".split(), "program"
    ),
    **dict.fromkeys("ttf otf ttc woff woff2 eot fon".split(), "font"),
    **dict.fromkeys("db sqlite sqlite3 mdb accdb dbf parquet".split(), "database"),
    **dict.fromkeys("css js map less scss".split(), "web"),
    **dict.fromkeys("msg pst mbox one vsd vsdx mpp dwg dxf caj ceb sep gd wdl".split(), "format"),
}

# All kinds, in the order of reports.
KINDS = (
    *(PICTURE, DRAWING, "format", NAMELESS, OTHER, "sound", "video", "database"),
    *("web", "font", "program", DOWNLOAD, BACKUP),
)


def is_junk(name: str) -> bool:
    """Whether a file or folder of this name (not path) is junk."""
    return name.startswith(("~$", ".")) or name.lower() in _SYSTEM or name.startswith(_LOCKS)


def is_companion(folder: str, beside: Container[str]) -> bool:
    """Whether a folder contains the files of a page saved by a browser.

    Args:
        folder: the name of the folder.
        beside: the names of its siblings.
    """
    for suffix in _COMPANIONS:
        page = folder.removesuffix(suffix)
        if page != folder and any(page + ending in beside for ending in _PAGES):
            return True
    return False


def kind(name: str) -> str:
    """The kind of a file that lsq does not read, by its name."""
    if name.endswith("~"):
        return BACKUP
    suffix = os.path.splitext(name)[1].lower()
    return _KINDS.get(suffix[1:], OTHER) if suffix else NAMELESS
