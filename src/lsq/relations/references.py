"""Find the references in a text: 《…》, 刑法第二百三十三条, 本法第三条, 国发〔2019〕3号.

Texts are folded (`lsq.text.fold`), which makes 〈〉 《》, every bracket ( and every quote ".
`lsq.relations.citations` resolves the names.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from lsq.query.keys import COUNTRY

# The form of a reference: a name in 《》, a bare name with a pinpoint, a reference of the text to
# itself (本法第三条), or a document number.
Form: TypeAlias = Literal["quoted", "bare", "self", "number"]

# In characters: the maximum length of a title, and of the text examined before a pinpoint.
LONGEST: Final = 200
_LONGEST_BARE: Final = 40
_SHORTEST: Final = 2
# In characters: how much text before a name may contain its issuer and its date.
BEFORE: Final = 80

_DIGITS: Final = "0-9零一二三四五六七八九十百千"
_ORDINAL: Final = rf"[{_DIGITS}]{{1,9}}"
_ARTICLE: Final = rf"第{_ORDINAL}(?:[至到—-]第?{_ORDINAL})?条(?:之{_ORDINAL})?"
_PART: Final = rf"第\(?{_ORDINAL}\)?[款项目]"
_PINPOINT = re.compile(rf"{_ARTICLE}(?:{_PART}){{0,3}}")
_ONE_PART = re.compile(_PART)
# The next pinpoint of a list; 至 makes a range.
_NEXT = re.compile(
    rf"(?P<join>、|和|及|与|或者|或|以及|至|到|,)(?:(?P<article>{_ARTICLE}(?:{_PART}){{0,3}})"
    rf"|(?P<part>(?:{_PART}){{1,3}}))"
)
_RANGE: Final = ("至", "到")

# Between a name in 《》 and its pinpoint: brackets, which may contain a number with its year and
# an alias; and the book of a code.
_BRACKETS = re.compile(
    r"\([^()《》\n]{0,80}(?:\([^()《》\n]{1,20}\)[^()《》\n]{0,60})?"
    r"(?:《[^《》\n]{1,40}》[^()《》\n]{0,20})?\)"
)
_BOOK = re.compile(r"(?:的?[一-鿿]{2,6}编)?的?")
_ALIAS = re.compile(r'(?:简称|下称)(?:为|:)?["《]?([^《》"()\n,;。]{1,40})')
_YEAR = re.compile(r"((?:19|20)[0-9]{2})")
# A document number: office, year, serial number.
_NUMBER = re.compile(r"[一-鿿]{2,16}\((?:19|20)[0-9]{2}\) ?第? ?[0-9]{1,5} ?号")

# References of a text to itself. 本条第二款 and 前款 do not count: they stay within one article.
_SELF = re.compile(
    r"本(?:实施)?(?:法|条例|规定|办法|细则|规则|解释|决定|章程|意见|通知|规程|规范|准则|规约|批复|纪要|通告|公约)(?:的?规定)?$"
)
_ANAPHOR = re.compile(r"(?:该|上述|前述)[一-鿿]{1,4}$")
# The ends of names of documents, maybe with a part: 解释(二).
_NAMED = re.compile(
    r"(?:法|法典|条例|规定|办法|细则|规则|解释|决定|修正案|章程|通则|意见|通知|公约|规程|准则|条约|协定|协议书|议定书|总则)"
    r"(?:\([零一二三四五六七八九十]{1,3}\))?$"
)

# Words that may precede a bare name and are not part of it.
_STRONG: Final = tuple(
    (
        "依照 按照 参照 遵照 比照 对照 依据 根据 违反 触犯 符合 适用 援引 引用 "
        "执行 实施 贯彻 遵守 属于 构成 具备 具有 履行 超过 达到 包括 产生 采取 "
        "影响 结合 指定 委托 主张 认定 确定 审理 审查 考虑 承担 制造 虚开 隐瞒 "
        "出售 藏匿 撤销 行使 存在 涉及 视为 没有 使用 收到 受到 修改 删去 删除 "
        "废止 增加 以及 或者 修正前 修正后 修改前 修改后 修订前 修订后 修正 修订 我国 现行 "
        "规定 关于 对于 不受"
    ).split()
)
# Likewise, before a document number.
_BEFORE_NUMBER: Final = (*_STRONG, "和", "与", "及", "以", "见", "文件")
# What a bare name may follow: a name within a word, 合同法 in 劳动合同法, is not a reference.
_BEFORE_NAME: Final = (
    *_STRONG,
    *"按照依据将对在和与及或并且是为有由以从即如于至把被了的同因用原新其除不受见经自称指应当可也又均还所到犯就但未",
)


class Reference(NamedTuple):
    """A reference in a text.

    Attributes:
        start: where it begins in the text, in characters, with its brackets.
        end: where it ends, including its pinpoint.
        form: its form.
        names: the possible names, folded, without 《》, the likeliest first: only an index can
            tell where a bare name begins.
        pinpoint: the article of law, paragraph and item, 第十条第二款; "" for none.
        number: the document number beside the name, or the reference itself; folded.
        year: the year of a version named beside it; 0 for none.
        before: the text before the name, which may contain its issuer and its date.
        printed: the range of the name in the text; of a bare name, the longest one.
        pinned: the range of the pinpoint, which in a list may be far from the name.
    """

    start: int
    end: int
    form: Form
    names: tuple[str, ...] = ()
    pinpoint: str = ""
    number: str = ""
    year: int = 0
    before: str = ""
    printed: tuple[int, int] = (0, 0)
    pinned: tuple[int, int] = (0, 0)


def references(folded: str) -> list[Reference]:
    """The references in a folded text, in order; one for each pinpoint of a list."""
    found: list[Reference] = []
    aliases: dict[str, str] = {}
    taken = 0
    for match in _CUES.finditer(folded):
        if match.start() < taken:
            continue
        if match[0] == "《":
            group = _quoted(folded, match.start(), aliases)
        elif match[0].startswith("第"):
            group = _bare(folded, match.start(), taken, aliases)
        else:
            group = [_numbered(match)]
        if group:
            found += group
            taken = group[-1].end
    return found


# The beginning of a quoted reference, the pinpoint of a bare one, or a document number.
_CUES = re.compile(rf"《|{_ARTICLE}|{_NUMBER.pattern}")


def _quoted(folded: str, start: int, aliases: dict[str, str]) -> list[Reference]:
    """The references by the name in 《》 at `start`."""
    end = _closing(folded, start)
    if end < 0:
        return []
    name = folded[start + 1 : end - 1].strip()
    if not name:
        return []
    year, number, at = 0, "", end
    for _ in range(2):
        brackets = _BRACKETS.match(folded, at)
        if not brackets:
            break
        inside = brackets[0]
        if alias := _ALIAS.search(inside):
            aliases[alias[1].strip()] = name
        if numbered := _NUMBER.search(inside):
            number = number or numbered[0]
        elif not year and (named := _YEAR.search(inside)):
            year = int(named[1])
        at = brackets.end()
    names = (aliases[name], name) if aliases.get(name, name) != name else (name,)
    before = folded[max(0, start - BEFORE) : start]
    printed = (start + 1, end - 1)
    whole = Reference(start, at, "quoted", names, "", number, year, before, printed)
    aliases.setdefault(name.removeprefix(COUNTRY), name)
    book = _BOOK.match(folded, at)
    pinpoints = list(_pinpoints(folded, book.end() if book else at))
    return _pinned(whole, pinpoints) if pinpoints else [whole]


def _closing(folded: str, start: int) -> int:
    """Where the bracket 《 at `start` is closed, nested ones aside; -1 if it is not."""
    depth = 0
    for mark in _MARKS.finditer(folded, start, start + LONGEST):
        if mark[0] == "\n":
            break
        depth += 1 if mark[0] == "《" else -1
        if not depth:
            return mark.end()
    return -1


_MARKS = re.compile("[《》\n]")


def _pinpoints(folded: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The pinpoints of a list that begins at `start`, each with its range."""
    first = _PINPOINT.match(folded, start)
    if not first:
        return
    pinpoint, end = first[0], first.end()
    while joined := _NEXT.match(folded, end):
        end = joined.end()
        if joined["join"] in _RANGE:
            pinpoint += joined[0]
            continue
        yield pinpoint, start, joined.start()
        pinpoint = joined["article"] or _beside(pinpoint, joined["part"])
        start = joined.end("join")
    yield pinpoint, start, end


def _beside(pinpoint: str, part: str) -> str:
    """The pinpoint of a part that is listed after another part of the same article of law."""
    first = _ONE_PART.search(part)
    for own in _ONE_PART.finditer(pinpoint):
        if first and own[0][-1] == first[0][-1]:
            return pinpoint[: own.start()] + part
    return pinpoint + part


def _bare(folded: str, start: int, taken: int, aliases: dict[str, str]) -> list[Reference]:
    """The references by the pinpoint at `start` and the bare name before it."""
    last = folded[start - 1 : start]
    if last != ")" and not "一" <= last <= "鿿":  # `start` is the heading of an article of law
        return []
    before = folded[max(taken, start - _LONGEST_BARE) : start]
    before = before[before.rfind("\n") + 1 :]
    own = _SELF.search(before)
    pinpoints = list(_pinpoints(folded, start))
    if own:
        printed = (start - len(own[0]), start)
        return _pinned(Reference(*printed, "self", (own[0],), printed=printed), pinpoints)
    names = tuple(_bare_names(before, aliases))
    if not names:
        return []
    printed = (start - len(names[0]), start)
    return _pinned(Reference(*printed, "bare", names, printed=printed), pinpoints)


def _bare_names(before: str, aliases: dict[str, str]) -> Iterator[str]:
    """The bare names that a text may end with, the longest first.

    A name that is quoted earlier may follow any text; other names follow a word of
    `_BEFORE_NAME`, or what is not an ideograph.
    """
    named = _NAMED.search(before)
    run = "" if not named or _ANAPHOR.search(before) else before[_run(before, named.start()) :]
    lengths = {len(alias) for alias in aliases if before.endswith(alias)}
    for length in range(max(len(run), *lengths, 0), 1, -1):
        name = before[-length:]
        if length in lengths:
            yield from dict.fromkeys((name, aliases[name]))
            continue
        rest = before[:-length]
        if not rest or not "一" <= rest[-1] <= "鿿" or rest.endswith(_BEFORE_NAME):
            yield name


def _run(text: str, end: int) -> int:
    """Where the run of ideographs that ends at `end` begins."""
    while end and "一" <= text[end - 1] <= "鿿":
        end -= 1
    return end


def likeliest_name(reference: Reference) -> str:
    """The most likely name of a reference none of whose names is in the index."""
    name = reference.names[0]
    cut = max((name.rfind(lead) + len(lead) for lead in _STRONG if lead in name), default=0)
    return name[cut:] if len(name) - cut > _SHORTEST else name


def _pinned(whole: Reference, pinpoints: Sequence[tuple[str, int, int]]) -> list[Reference]:
    """The reference with each of these pinpoints."""
    return [
        whole._replace(end=end, pinpoint=pinpoint, pinned=(start, end))
        for pinpoint, start, end in pinpoints
    ]


def _numbered(match: re.Match[str]) -> Reference:
    """The reference by a document number; words before the office are removed."""
    office, bracket, rest = match[0].partition("(")
    ends = (office.rfind(word) + len(word) for word in _BEFORE_NUMBER if word in office)
    cut = max(ends, default=0)
    office = office[cut:] if len(office) - cut >= _SHORTEST else office
    number = office + bracket + rest
    printed = (match.end() - len(number), match.end())
    return Reference(*printed, "number", (number,), "", number, printed=printed)
