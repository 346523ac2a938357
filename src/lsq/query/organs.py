"""The names of organs that issue documents: 中华人民共和国国务院 and 国务院 are one.

Each is compared as printed and by its short name. Only what everybody takes for the same
organ is joined, wherever it stands in a name, so that the people's congress of a county is
meant as well as that of the country. Knows no engine.
"""

from typing import Final

# Long and short, the longer ones first, in folded texts. 办公厅 and 办公室 are two things,
# and so are 委员会 and 委.
_SHORT: Final = (
    ("中国共产党中央委员会", "中共中央"),
    ("人民代表大会常务委员会", "人大常委会"),
    ("人民代表大会", "人大"),
    ("中央人民政府", "国务院"),
    ("人民政府", "政府"),
    ("人民检察院", "检察院"),
    ("人民法院", "法院"),
    ("发展和改革委员会", "发改委"),
    ("发展改革委员会", "发改委"),
    ("发展改革委", "发改委"),
    ("卫生健康委员会", "卫健委"),
    ("卫生健康委", "卫健委"),
    ("国有资产监督管理委员会", "国资委"),
    ("工业和信息化", "工信"),
    ("人力资源和社会保障", "人社"),
    ("人力资源社会保障", "人社"),
    ("住房和城乡建设", "住建"),
    ("住房城乡建设", "住建"),
    ("市场监督管理", "市场监管"),
    ("中华人民共和国", ""),
)


def organ_name(name: str) -> str:
    """The short name of an organ, by which it can be counted; folded and squeezed.

    What is nothing but the country's name stays, and so does what has no short name.
    """
    short = name
    for long, shorter in _SHORT:
        short = short.replace(long, shorter)
    return short or name


def organ_names(name: str) -> tuple[str, ...]:
    """An organ's names: as printed and, where it differs, its short one."""
    short = organ_name(name)
    return (name,) if short == name else (name, short)
