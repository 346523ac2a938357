"""Characters of fonts that have signs in the places of letters: Symbol and Wingdings.

Word writes them as places in the font (`w:sym`, or U+F0B3 in a run of that font), so
only the name of the font tells that the third is ≥. Signs that are no more than
decoration give nothing.

Source: the Unicode consortium's mappings of Adobe's Symbol and Microsoft's Wingdings
(https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt; L2/11-052).
"""

# From U+0020 on, and from U+00A0 on; a space stands for what has no character.
_SYMBOL_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ "
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_SYMBOL_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈… —↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
    "⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_WINGDINGS = {
    **dict(zip(range(0x80, 0x8B), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x8B, 0x96), "⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    **dict(zip(range(0xDF, 0xE7), "←→↑↓↖↗↙↘", strict=True)),
    0x28: "☎",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❒",
    0x75: "◆",
    0xA8: "□",
    0xAB: "★",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {
    **dict(zip(range(0x69, 0x74), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x74, 0x7F), "⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0xA3: "□",
}
_FONTS: dict[str, dict[int, str]] = {
    "symbol": {
        **dict(enumerate(_SYMBOL_LOW, 0x20)),
        **dict(enumerate(_SYMBOL_HIGH, 0xA0)),
    },
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
}
_PRIVATE = range(0xF000, 0xF100)


def is_symbolic(font: str | None) -> bool:
    """Whether a font has signs in the places of letters."""
    return font is not None and font.lower() in _FONTS


def character(font: str | None, code: str | None) -> str:
    """The character at a place of a font; nothing if that is not known.

    Args:
        font: its name.
        code: the place in hexadecimal digits, as in `w:sym`: F0B3, or 00B3.
    """
    try:
        place = int(code or "", 16)
    except ValueError:
        return ""
    return _at(font, place)


def shown(font: str | None, text: str) -> str:
    """A text in such a font, with what it shows for what stands in the private use area."""
    return "".join(_at(font, ord(char)) if ord(char) in _PRIVATE else char for char in text)


def _at(font: str | None, place: int) -> str:
    if place in _PRIVATE:
        place -= _PRIVATE.start
    return _FONTS.get((font or "").lower(), {}).get(place, "").strip()
