"""Derive `src/lsq/text/fold.txt`, the table behind `lsq.text.fold`, and print it.

    python tools/fold_table.py > src/lsq/text/fold.txt

The table is committed, not made at every start: a search and its index must fold alike with all
versions of Python and OpenCC, and reading a file is faster than 150,000 calls of a library.

Sources: the Unicode Character Database as `unicodedata` carries it (widths,
compatibility forms, case), the Unicode file EquivalentUnifiedIdeograph.txt (CJK
radicals, retold below because no library carries it), OpenCC (Traditional to
Simplified, and the variants of Taiwan and Hong Kong, one character to one), the variants
below that OpenCC knows only in some words or not at all, and lsq's own families of punctuation.

Every character is folded regardless of its context, so different words may become the same:
乾 (乾坤) and 干, 后 and 後, 里 and 裏, as in Simplified characters; and 著 (著作) and 着,
覆 (覆盖) and 复. A search then finds both. 其它 and 其他 stay different words: 它 is no variant
of 他.
"""

import sys
import unicodedata
from collections.abc import Iterable

from opencc import OpenCC

# Each family: the character that all others become, then the others. Width variants are not
# listed, because Unicode's decompositions contain them.
FAMILIES = [
    "(〔［[【﹝〖〘〚",
    ")〕］]】﹞〗〙〛",
    "《〈«‹⟨⟪〈",
    "》〉»›⟩⟫〉",
    '"“”„‟「」『』〝〞〟｢｣',
    "'‘’‚‛",
    "-‐‑‒–—―−─━⸺⸻﹘",
    "~〜∼∽∾",
    "·‧•・∙⋅･᛫⸱⸳ꞏ",
    "…⋯",
    "°º˚",
    ":∶꞉",
    "/∕⁄",
    "×✕✖⨯",
    "*∗⁎",
    # 二〇二〇 and 二零二零. A circle at the beginning of a line becomes 零 too.
    "零〇○◯⭕",
]

# Variants → the usual character. 覆: OpenCC's TSPhrases (答覆, 批覆), and the Complete List of
# Simplified Characters of 1964. 砲 and 礮: Unihan's kSemanticVariant, and the First List of
# Variant Characters of 1955. 著 as 着 comes from OpenCC's variants of Taiwan.
VARIANTS = "覆复 砲炮 礮炮 𪿫炮"

# CJK Radicals Supplement → ideograph, after EquivalentUnifiedIdeograph.txt,
# https://www.unicode.org/Public/UCD/latest/ucd/EquivalentUnifiedIdeograph.txt
RADICALS = """
⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇𠘨 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺 ⺔彑
⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王
⺪𤴔 ⺫目 ⺬示 ⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺵𦉫 ⺶羊 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺽𦥑
⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 ⻊𧾷 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑長
⻒镸 ⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 ⻡𩠐 ⻢马 ⻣骨 ⻤鬼 ⻥鱼
⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟
"""

# Decompositions that change only the look of a character. Omitted are those that change its
# meaning: superscripts, circled digits, fractions.
SAME_MEANING = {"<wide>", "<narrow>", "<small>", "<vertical>", "<compat>", "<noBreak>"}


def decomposed(char: str) -> str:
    """The plain form of a character by Unicode, if that is one character."""
    parts = unicodedata.decomposition(char).split()
    if parts and parts[0].startswith("<") and parts.pop(0) not in SAME_MEANING:
        return char
    return chr(int(parts[0], 16)) if len(parts) == 1 else char


def fold_table(chars: Iterable[str]) -> dict[str, str]:
    """Map each of `chars` that folding changes to its final form."""
    family = {sign: names[0] for names in FAMILIES for sign in names[1:]}
    radical = {pair[0]: pair[1] for pair in RADICALS.split()}
    chars = list(chars)

    def converted(how: str) -> dict[str, str]:
        # One character per line, so that no phrase of OpenCC matches.
        return dict(zip(chars, OpenCC(how).convert("\n".join(chars)).split("\n"), strict=True))

    simplified = converted("t2s")
    usual = {char for whole, char in simplified.items() if char != whole == decomposed(whole)}
    variant = {pair[0]: pair[1] for pair in VARIANTS.split()}
    for how in ("tw2s", "hk2s"):
        for char, other in converted(how).items():
            # Not a character that is the Simplified form of another: 么 is 幺 in Taiwan.
            if char not in usual and simplified[char] == char:
                variant.setdefault(char, other)

    def once(char: str) -> str:
        char = decomposed(char)
        char = radical.get(char, char)
        char = family.get(char, char)
        char = variant.get(char, char)
        if len(simple := simplified.get(char, char)) == 1:
            char = simple
        return lower if len(lower := char.casefold()) == 1 else char

    table = {}
    for char in chars:
        folded = char
        while (further := once(folded)) != folded:
            folded = further
        if folded != char and not folded.isspace():
            table[char] = folded
    return table


def main() -> None:
    """Print the table: pairs of characters, in the order of their code points."""
    everything = map(chr, range(sys.maxunicode + 1))
    # Not controls, formats and surrogates (C), spaces (Z) nor combining marks (M).
    named = [char for char in everything if unicodedata.category(char)[0] not in "CZM"]
    pairs = [char + folded for char, folded in fold_table(named).items()]
    for start in range(0, len(pairs), 32):
        sys.stdout.write(" ".join(pairs[start : start + 32]) + "\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main()
