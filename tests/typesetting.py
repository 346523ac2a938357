"""Lines as bulletins have them, made for the tests of `lsq.repair`, and what it makes of them."""

from lsq.model import Bulletin, Line, Role
from lsq.repair import repair

# Sentences of no bulletin, with stops, quotations and digits in all positions.
PROSE = [
    (
        "今年春天，全市新开工重点项目一百二十个，其中交通项目三十八个，水利项目二十一个，"
        "总投资超过去年同期，为全年发展打下了扎实的基础。各县要倒排工期，挂图作战，确保按时完成。"
    ),
    (
        "会议认为，当前农村人居环境整治已经进入攻坚阶段，必须坚持问题导向，一个村一个村地抓，"
        "一件事一件事地办，让群众看到变化、得到实惠，不断增强获得感。"
    ),
    (
        "在山区乡镇，快递下乡的最后一公里曾是老大难，如今客运班车捎上了包裹，村口小店成了驿站，"
        "老人不出村就能取到孩子寄来的药品和衣物。"
    ),
    (
        "“过去寄一箱杨梅要跑三十里路，现在站长上门来收。”村民老叶说，他家的杨梅去年卖到了外省，"
        "收入比前年翻了一番。"
    ),
]


def bulletin(*lines: str, path: str = "a.txt") -> Bulletin:
    return Bulletin(path, tuple(Line(text, number) for number, text in enumerate(lines, 1)))


def repaired(*lines: str) -> list[str]:
    return [one.text for one in repair(bulletin(*lines)) if one.role is not Role.FURNITURE]


def furniture(*lines: str) -> list[str]:
    return [one.text for one in repair(bulletin(*lines)) if one.role is Role.FURNITURE]


def wrap(text: str, width: int) -> list[str]:
    """Break `text` at `width`; stops and closing quotes hang over the edge."""
    lines = [""]
    for char in text:
        if len(lines[-1]) >= width and char not in "，。、；：？！”）》":
            lines.append("")
        lines[-1] += char
    return lines


def prose(beginning: str, size: int, ending: str = "。") -> str:
    """A paragraph of so many characters, of one sentence but for its beginning and its ending."""
    filling = "各乡镇要压实责任抓好落实并且持续改善人居环境提升群众生活品质让山区共享发展成果"
    return (beginning + filling * (size // len(filling) + 1))[: size - len(ending)] + ending


def shaped(shape: str) -> list[str]:
    """Lines of so many characters each, a stop at the end where the number has one: 20 20 7."""
    return [
        prose("", int(token.rstrip(".")), "。" if token[-1] == "." else "")
        for token in shape.split()
    ]


def shape(texts: list[str]) -> str:
    """What `shaped` makes such texts of."""
    return " ".join(f"{len(text)}{'.' if text[-1] == '。' else ''}" for text in texts)
