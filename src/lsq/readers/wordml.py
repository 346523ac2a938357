"""Interpret the attributes, styles and numbering of WordprocessingML, the XML of a docx.

Styles show which paragraphs are headings or numbered. Their ids do not: the id of the first
heading is "Heading1" or "1" in Word, "2" in WPS.

Word displays numbers before paragraphs without storing them: 第一条, （二）, 3.1. Without these
numbers a search for 第五条 would miss an article of that name. Bullets are not text.

Source: ECMA-376 part 1, 17.7 (styles), 17.3.1.20 (outlineLvl), 17.3.1.19 (numPr), ST_OnOff
(on and off), 17.9 (numbering) and 17.18.59 (number formats); part 4 (the transitional
namespace).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

# The outline level of body text.
_BODY_LEVEL = 9
_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("零〇一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LEVELS = 9

# The limit for numbers; a malicious file may contain any number.
_HIGHEST = 9999

# The limit for the length of labels, as a million paragraphs may have one.
_LABEL = 64

_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Style:
    """The role of a paragraph, from its properties or style; None for unknown values.

    Attributes:
        heading: whether it is a heading.
        list_id: the id of its list; "0" for none.
        depth: its level in the list.
    """

    heading: bool | None = None
    list_id: str | None = None
    depth: int | None = None

    def over(self, base: "Style") -> "Style":
        """This style with missing values from `base`."""
        return Style(
            base.heading if self.heading is None else self.heading,
            base.list_id if self.list_id is None else self.list_id,
            base.depth if self.depth is None else self.depth,
        )


def properties(element: etree._Element | None) -> Style:
    """The style of paragraph properties alone."""
    if element is None:
        return Style()
    level = value(element.find("{*}outlineLvl"))
    depth = value(element.find("{*}numPr/{*}ilvl"))
    return Style(
        int(level) < _BODY_LEVEL if level is not None and _is_digit(level) else None,
        value(element.find("{*}numPr/{*}numId")),
        int(depth) if depth is not None and _is_digit(depth) else None,
    )


def styles(root: etree._Element | None) -> dict[str, Style]:
    """The paragraph styles by id, with inherited values."""
    own: dict[str, Style] = {}
    bases: dict[str, str | None] = {}
    for element in root.iterfind("{*}style") if root is not None else ():
        identifier = attribute(element, "styleId")
        if identifier is None:
            continue
        style = properties(element.find("{*}pPr"))
        name = (value(element.find("{*}name")) or "").lower()
        if style.heading is None and (name == "title" or name.startswith("heading ")):
            style = Style(heading=True).over(style)
        own[identifier] = style
        bases[identifier] = value(element.find("{*}basedOn"))
    found: dict[str, Style] = {}
    for identifier in own:
        _resolve(identifier, own, bases, found)
    return found


def _resolve(
    identifier: str, own: dict[str, Style], bases: dict[str, str | None], found: dict[str, Style]
) -> None:
    """Add a style and its bases to `found`, each once."""
    chain: list[str] = []
    seen: set[str] = set()  # in a malicious file, a style may be based on itself
    current: str | None = identifier
    while current in own and current not in found and current not in seen and current is not None:
        chain.append(current)
        seen.add(current)
        current = bases[current]
    base = found.get(current or "", Style())
    for name in reversed(chain):
        base = found[name] = own[name].over(base)


def _is_digit(text: str) -> bool:
    return len(text) == 1 and text in "0123456789"


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute in either namespace of the standard."""
    return next((text for key, text in element.items() if key.rpartition("}")[2] == name), None)


def value(element: etree._Element | None) -> str | None:
    """The attribute `val` of an element."""
    return None if element is None else attribute(element, "val")


def is_on(element: etree._Element | None) -> bool:
    """Whether a property is set: its element exists and is not switched off."""
    return element is not None and value(element) not in ("0", "false", "off")


def chinese(number: int) -> str:
    """A number in words: 12 → 十二, 105 → 一百零五."""
    words = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += _DIGITS[digit] + name
        elif words and number and not words.endswith("零"):
            words += "零"
    return words.removeprefix("一") if words.startswith("一十") else words


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _letters(number: int) -> str:
    repeats, index = divmod(number - 1, 26)
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index] * (repeats % 30 + 1)


def _roman(number: int) -> str:
    text = ""
    for unit, letters in _ROMAN:
        count, number = divmod(number, unit)
        text += letters * count
    return text


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else str(number)  # noqa: PLR2004 (⑳ is the last)


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": lambda number: chinese(number) if number < 100 else _digital(number),  # noqa: PLR2004
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": lambda number: chinese(number).translate(_LEGAL),
    "ideographLegalTraditional": lambda number: chinese(number).translate(_LEGAL),
    "ideographTraditional": lambda number: "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10],
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02}",
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "bullet": lambda _: "",
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    """The numbering of one level of a list.

    Attributes:
        restart: the level restarts after a paragraph of level 1 to `restart`; 0 for never, None
            for all levels above it.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = " "
    legal: bool = False
    style: str | None = None
    restart: int | None = None


@dataclass(slots=True)
class _List:
    """A list: its levels and their current counts."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)

    def label(self, depth: int) -> str:
        """Count a paragraph at this level; returns its label."""
        level = self.levels.get(depth, _Level())
        self.counts[depth] = self.counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in self.counts if other > depth]:
            restart = self.levels.get(deeper, _Level()).restart
            if restart is None or depth < restart:
                del self.counts[deeper]
        if level.form == "bullet":
            return ""
        label = _PLACEHOLDER.sub(lambda place: self._number(int(place[1]) - 1, level), level.text)
        return label + level.suffix if label else ""

    def _number(self, depth: int, level: _Level) -> str:
        shown = self.levels.get(depth, _Level())
        number = min(max(self.counts.get(depth, shown.start), 0), _HIGHEST)
        form = "decimal" if level.legal else shown.form
        return _FORMATS.get(form, str)(number) if number else "0"


class Numbering:
    """The lists of a document, counted while its paragraphs are read in order."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read the lists from the numbering part, if there is one."""
        self._lists: dict[str, _List] = {}
        self._starts: dict[str, dict[int, int]] = {}  # the start overrides of list instances
        if root is None:
            return
        kinds = {
            attribute(kind, "abstractNumId"): _List(dict(map(_level, kind.iterfind("{*}lvl"))))
            for kind in root.iterfind("{*}abstractNum")
        }
        for instance in root.iterfind("{*}num"):
            kind = kinds.get(value(instance.find("{*}abstractNumId")))
            identifier = attribute(instance, "numId")
            if kind is not None and identifier is not None:
                self._lists[identifier] = kind
                self._starts[identifier] = {
                    _integer(attribute(override, "ilvl"), 0): _integer(value(start), 1)
                    for override in instance.iterfind("{*}lvlOverride")
                    if (start := override.find("{*}startOverride")) is not None
                }

    def label(self, identifier: str, depth: int) -> str:
        """The label of the next paragraph of a list and level, with its suffix."""
        kind = self._lists.get(identifier)
        if kind is None or not 0 <= depth < _LEVELS:
            return ""
        for level, start in self._starts.pop(identifier, {}).items():
            kind.counts[level] = start - 1
        return kind.label(depth)

    def level_of(self, identifier: str, style: str) -> int:
        """The level of a list that paragraphs of a style belong to."""
        kind = self._lists.get(identifier)
        levels = kind.levels if kind is not None else {}
        return next((depth for depth, level in levels.items() if level.style == style), 0)


def _level(element: etree._Element) -> tuple[int, _Level]:
    suffix = value(element.find("{*}suff"))
    return _integer(attribute(element, "ilvl"), 0), _Level(
        start=_integer(value(element.find("{*}start")), 1),
        form=value(element.find("{*}numFmt")) or "decimal",
        text=(value(element.find("{*}lvlText")) or "")[:_LABEL],
        suffix="" if suffix == "nothing" else " ",
        legal=is_on(element.find("{*}isLgl")),
        style=value(element.find("{*}pStyle")),
        restart=_optional(value(element.find("{*}lvlRestart"))),
    )


def _optional(text: str | None) -> int | None:
    return None if text is None else _integer(text, 0)


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else default  # noqa: PLR2004
