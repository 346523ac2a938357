"""What a file's name says of its date. Looks at the name, never at the file."""

import re
from pathlib import PurePath

from lsq.extract.dates import parse_date

# 20190201-03-02.txt: the day a paper came out, its page, its article.
_DIGITS = re.compile(
    r"(?<![0-9A-Za-z])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![0-9A-Za-z])"
)
# 浙江省土地管理条例(2021-09-30).md
_SEPARATED = re.compile(
    r"(?<!\d)(?:19|20)\d\d([-_.])\d{1,2}\1\d{1,2}(?!\d)|(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?"
)
# 宪法修正案（2004年）.md; a year elsewhere in a name may be what it is about.
_YEAR = re.compile(r"[（(]((?:19|20)\d\d)年?[）)]")


def date_in_name(path: str) -> str | None:
    """The day or month in the file's name, ISO 8601."""
    name = PurePath(path).stem
    match = _DIGITS.search(name)
    if match:
        return parse_date("-".join(match.groups()))
    match = _SEPARATED.search(name)
    return parse_date(match[0].replace("_", "-")) if match else None


def year_in_name(path: str) -> str | None:
    """The year in brackets in the file's name: 宪法修正案（2004年）.md."""
    match = _YEAR.search(PurePath(path).stem)
    return match[1] if match else None


def is_paper(path: str) -> bool:
    """Whether the name is that of a page of a newspaper: 20190201-03-02.txt."""
    return _DIGITS.match(PurePath(path).stem) is not None
