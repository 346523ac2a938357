"""Random texts and random queries in all of the language, made of what real bulletins say."""

import regex
from hypothesis import strategies as st

from lsq.query import only_excludes, parse
from lsq.query.filters import Filters
from lsq.text.fold import fold, squeeze
from tests.conftest import SEEDS

# Sentences of real bulletins, and some with what is hard: spaces, wraps, variants of
# one character, words that overlap, signs, digits, nothing but punctuation.
SENTENCES = [
    sentence + "。"
    for seed in sorted(SEEDS.iterdir())
    for sentence in seed.read_text("utf-8").replace("\n", "").split("。")
] + [
    "习近 平在浙江考察时强调",
    "中華人民共和國國務院令（第７０１号）",
    "⼈⺠医院书记兼院⻓",
    "二〇二〇年八月二十六日，二○二○年",
    "GDP增长6.5%，R&D经费占比2.1%",
    "第一条　为了规范、促进 and protect “数据”安全",
    "——《关于……的意见》【2020】12号",
    "北京大学生前来应聘",
    "1+3+N",
    "气温−5℃至25°C……占地100㎡、80m2，Ⅲ类水...",
    "、",
]


@st.composite
def _pieces(draw: st.DrawFn) -> str:
    sentence = draw(st.sampled_from(SENTENCES))
    start = draw(st.integers(0, len(sentence) - 1))
    return sentence[start : start + draw(st.integers(1, 12))]


PIECES = _pieces()


CHUNKS = PIECES.map(
    lambda piece: "".join(char for char in piece if char.isalnum() or char in "、。，·+.")
).filter(lambda chunk: chunk and chunk not in {"AND", "OR", "NOT"})
LITERALS = PIECES.filter(lambda piece: piece.strip() and '"' not in piece).map(
    lambda piece: f'"{piece}"'
)
PATTERNS = st.one_of(
    PIECES.map(lambda piece: regex.escape(piece).replace("/", "\\/")),
    st.sampled_from(
        r"第[一二三]+条 ^.{2,4}$ [〇一二三四五六七八九十]+年 （.*?） \d+ (?<=国)家|政府 \s ^$"
        r" \p{P}{2}"
        r" R&D|ＧＤＰ [A-Z]+ 习近\s*平 x* \n [，。]\n ^“ [^。]{20}"
        r" (国|[一二]人)+ \d{4}年 [0-9]*年 近[平月]+、? (?:第|令)[（一]".split()
    ),
).map(lambda pattern: f"/{pattern}/")
TERMS = CHUNKS | LITERALS | PATTERNS


def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        several.map(" ".join),
        several.map(lambda parts: f"({' OR '.join(parts)})"),
        several.map(lambda parts: f"（{'｜'.join(parts)}）"),
    )


def logic(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        joined(inner),
        inner.map(lambda part: f"-({part})"),
        inner.map(lambda part: f"NOT ({part})"),
    )


def function(names: list[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(names), inner).map(lambda two: f"{two[0]}({two[1]})")


def field(names: list[str], values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    named = st.sampled_from(names)
    texts = st.recursive(values | PATTERNS | st.just("*"), logic, max_leaves=3)
    return st.tuples(named, texts).map(lambda two: f"{two[0]}({two[1]})")


NEAR = function(["near/1", "near/5", "近／３０", "NEAR/400"], st.recursive(TERMS, joined))
INSIDE = st.recursive(TERMS | NEAR | st.just("*"), logic, max_leaves=3)
SENTENCE = function(["sentence", "同句", "同段", "Paragraph"], INSIDE)
UNITS = function(["sentence", "同句", "同段", "Paragraph"], st.recursive(SENTENCE, logic))
NAMES = st.sampled_from(
    [
        "丽水市人民政府",
        "办公室",
        "国务院",
        "中华人民共和国国务院",
        "丽水市政府",
        "通知",
        "意见",
        "12号",
        "2号",
        "〔2020〕",
        "丽政发",
        "a.txt",
        "子/丙",
        "1",
    ]
)
FIELDS = st.one_of(
    field(
        ["number:", "文号：", "索引号:", "indexno："],
        st.sampled_from("2号 12号 第1 [2020]2 ２０ 112 12 号 49/2020 00012 0112".split()),
    ),
    field(["title:", "标题："], CHUNKS | LITERALS),
    field(
        "issuer: 发文机关: number: 文号： Kind: 文种: path: 路径: 主题分类: 栏目: byline:".split(),
        NAMES | LITERALS,
    ),
    st.sampled_from(
        "date:2020 date:2020-08 日期：2020-08-26 date:2020-02-29 date:2021.. date:..2019"
        " published:2020 发布日期：2020-08.. published:..2020 -published:* 成文日期:2020"
        " date:2019-06..2020-02 date:2020年8月 date:(2019|2021) date:(-2020-08)".split()
    ),
)
# Short texts in which where a sentence ends, what stands how near, and where a line
# feed was, decides: quotes and brackets after end marks, marks of several kinds in a
# row, line feeds with spaces around them between ideographs.
PASSAGES = [
    "他说：“国土空间！”（规划）后来。生态",
    "国土……空间？！”规划；浙江)丽水。",
    "第一条 总则\n第二条\n  国土 \n 空间。规划",
    "“国土”空间《规划》！》生态。\n\n。浙江",
    "国土空间规划国土",
    "（国土。）空间！》》生态",
    "2020年12号、112号。二〇二〇年",
]


@st.composite
def _together(draw: st.DrawFn) -> str:
    """Two pieces of one passage, and how near they are, or nearly so."""
    passage = squeeze(fold(draw(st.sampled_from(PASSAGES))))
    start = draw(st.integers(0, len(passage) - 1))
    end = draw(st.integers(start + 1, min(len(passage), start + 12)))
    first = passage[start : start + draw(st.integers(1, 2))]
    last = passage[max(start, end - draw(st.integers(1, 2))) : end]
    distance = max(1, end - start + draw(st.sampled_from([-1, 0, 0, 1])))
    name = draw(st.sampled_from(["同句", "同段", f"near/{distance}", f"near/{distance}"]))
    chunk = "".join(char for char in first + last if char.isalnum())
    if len(chunk) > 1 and draw(st.booleans()):  # its words may stand apart
        return f"{name}({chunk})"
    parts = [f"「{part.strip() or '国'}」" for part in (first, last)]
    if "near" not in name and draw(st.booleans()):
        parts[1] = f"-{parts[1]}"
    return f"{name}({' '.join(parts)})"


TOGETHER = _together()
QUERIES = st.recursive(
    TERMS | NEAR | TOGETHER | SENTENCE | UNITS | FIELDS | st.just("*"), logic, max_leaves=6
)
# Those that a search does not refuse for only excluding.
FINDING = (QUERIES | FIELDS | TERMS).filter(
    lambda query: not only_excludes(parse(query, lambda text: (text,)))
)
# Titles in several versions, and what people type for them and for numbers.
TITLES = st.sampled_from(
    [
        "中华人民共和国刑法",
        "中华人民共和国刑法（2020修正）",
        "《刑法》（试行）",
        "刑法 修正案（七）",
        "刑法修正案",
        "宪法修正案（1988年）",
        "宪法修正案（2004年3月14日）",
        "中华人民共和国",
        "土地管理条例2021年修订",
        "（试行）",
    ]
)
NAMED = st.sampled_from(
    [
        "刑法",
        "《刑法》",
        "“刑法”",
        "中华人民共和国刑法",
        "刑法(2020修正)",
        "刑法（1997修订）",
        "刑法修正案七",
        "刑法 修正案（七） -超市",
        "刑法 date:2020",
        "宪法修正案",
        "宪法修正案(1988年)",
        "宪法 修正案",
        "中华人民共和国",
        "土地管理条例",
        "试行",
        "丽政发[2020]12号",
        "丽政发 〔2020〕 2 号",
        "第12号",
        "国土空间规划 刑法",
    ]
)
FILTERS = st.builds(
    Filters,
    title=st.lists(CHUNKS, max_size=2),
    issuer=st.sampled_from([(), ("国务院",), ("人民政府", "办公厅"), ("中华人民共和国国务院",)]),
    number=st.sampled_from([(), ("12号",), ("丽政发[2020]12号", "2号")]),
    kind=st.sampled_from([(), ("通知",)]),
    path=st.sampled_from([(), ("txt",), ("*.txt",), ("子/*", "b.tx?")]),
    indexno=st.sampled_from([(), ("000014349/2020",)]),
    since=st.sampled_from([None, "2020", "2020-03"]),
    until=st.sampled_from([None, "2020-08-26", "２０２１"]),
)
