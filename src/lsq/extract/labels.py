"""Read metadata that is labelled: tables of gov.cn, front matter, 【】 notes.

A label stands before its value on the line (发文字号：国发〔2019〕3号), or on a line
of its own with the value on the next. Knows no more of the document than its
first paragraphs; which value wins over what else is known is for `document`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lsq.model import Paragraph, Role

# Label → what it tells. Those without a name here only end the value before them.
_LABELS: Mapping[str, str] = {
    "标题": "title",
    "名称": "title",
    "文件名称": "title",
    "法规名称": "title",
    "title": "title",
    "发文机关": "issuer",
    "发文机构": "issuer",
    "发文单位": "issuer",
    "制定机关": "issuer",
    "发布机关": "issuer",
    "发布机构": "issuer",
    "发布单位": "issuer",
    "发布部门": "issuer",
    "颁布单位": "issuer",
    "公布机关": "issuer",
    "机关": "issuer",
    "issuer": "issuer",
    "发文字号": "number",
    "发文文号": "number",
    "文件编号": "number",
    "文件字号": "number",
    "文号": "number",
    "字号": "number",
    "成文日期": "date",
    "成文时间": "date",
    "发文日期": "date",
    "发文时间": "date",
    "签署日期": "date",
    "印发日期": "date",
    "生成日期": "date",
    "日期": "date",
    "date": "date",
    "发布日期": "published",
    "发布时间": "published",
    "公布日期": "published",
    "公布时间": "published",
    "公开日期": "published",
    "刊登日期": "published",
    "published": "published",
    "文种": "kind",
    "体裁": "kind",
    "版面": "column",
    "栏目": "column",
    "作者": "byline",
    "索引号": "",
    "主题分类": "",
    "信息分类": "",
    "主题词": "",
    "关键词": "",
    "有效性": "",
    "时效性": "",
    "效力级别": "",
    "效力位阶": "",
    "法规类别": "",
    "实施日期": "",
    "施行日期": "",
    "生效日期": "",
    "失效日期": "",
    "法宝引证码": "",
    "原文链接": "",
    "来源": "",
    "url": "",
    "tags": "",
    "统一编号": "",
    "信息来源": "",
}
_SPACED = "|".join(
    r"\s{0,4}".join(map(re.escape, label)) for label in sorted(_LABELS, key=len, reverse=True)
)
_LABEL = re.compile(
    rf"(?:^|(?<=[\s；;|]))(?:(?P<plain>{_SPACED})\s?[:：]|[【\[](?P<boxed>{_SPACED})[】\]]\s?[:：]?)\s*",
    re.IGNORECASE,
)
_FIRST = (
    frozenset(label[0] for label in _LABELS) | set("【[") | {label[0].upper() for label in _LABELS}
)
# Where to look, in paragraphs: pages of gov.cn have navigation before their table.
_LOOK_AT = 80
# Two labels make a table; one may be a sentence that happens to read alike.
_FEWEST = 2
_LONGEST_VALUE = 160
_TELLING = {"title", "issuer", "number", "date", "published"}
# Labels that only catalogues of documents have.
_CATALOGUE = {"法宝引证码", "原文链接", "索引号"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """What the labels at the head of a bulletin say.

    Attributes:
        values: what a label tells (title, issuer, number, date …) → its first value.
        title_at: the paragraphs that hold the title's label and the title.
        end: the first paragraph after the last of them.
        count: how many labels there are.
    """

    values: Mapping[str, str]
    title_at: tuple[int, ...]
    end: int
    count: int


NOTHING = Labelled({}, (), 0, 0)


def read_labels(paragraphs: Sequence[Paragraph]) -> Labelled:
    """Read the labels among the first paragraphs."""
    values: dict[str, str] = {}
    title_at: tuple[int, ...] = ()
    end = count = 0
    catalogued = False
    waiting: tuple[str, int] | None = None  # a label whose value is still to come
    for index, paragraph in enumerate(paragraphs[:_LOOK_AT]):
        text = paragraph.text
        if paragraph.role is Role.FURNITURE:
            continue
        matches = (
            list(_LABEL.finditer(text))
            if text[0] in _FIRST and len(text) <= 4 * _LONGEST_VALUE
            else []
        )
        if not matches or matches[0].start() > 0:
            if waiting and len(text) <= _LONGEST_VALUE:
                name, at = waiting
                if name and name not in values:
                    values[name] = text
                    if name == "title":
                        title_at = (at, index)
                end = index + 1
            waiting = None
            continue
        for match, after in zip(matches, [*matches[1:], None], strict=True):
            label = re.sub(r"\s+", "", match["plain"] or match["boxed"]).lower()
            value = text[match.end() : after.start() if after else None].strip(" 　|；;\"'")
            name = _LABELS[label]
            catalogued = catalogued or label in _CATALOGUE
            count += 1
            end = index + 1
            waiting = None
            if not value:
                waiting = (name, index)
            elif name and name not in values and len(value) <= _LONGEST_VALUE:
                values[name] = value
                if name == "title" and len(matches) == 1:
                    title_at = (index,)
    if count < _FEWEST or not (catalogued or values.keys() & _TELLING):
        return NOTHING
    return Labelled(values, title_at, end, count)
