"""What WordprocessingML says, the language of a docx: attributes, and the styles of paragraphs.

Styles say which paragraphs are headings or numbered. Their ids are no help: Word calls the
first heading "Heading1" or "1", WPS "2". Knows nothing of how a style looks.

Source: ECMA-376 part 1, 17.7 (styles), 17.3.1.20 (outlineLvl), 17.3.1.19 (numPr), ST_OnOff
(on and off); part 4 (the transitional namespace).
"""

from dataclasses import dataclass

from lxml import etree

# The level of text that is no heading.
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph is, as far as its properties or its style say; None where they do not.

    Attributes:
        heading: whether it is one.
        list_id: the list it belongs to; "0" for none.
        depth: at which level of the list.
    """

    heading: bool | None = None
    list_id: str | None = None
    depth: int | None = None

    def over(self, base: "Style") -> "Style":
        """What it comes to where `base` fills in what this does not say."""
        return Style(
            base.heading if self.heading is None else self.heading,
            base.list_id if self.list_id is None else self.list_id,
            base.depth if self.depth is None else self.depth,
        )


def properties(element: etree._Element | None) -> Style:
    """What paragraph properties say by themselves."""
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
    """Each paragraph style by its id, with all that it takes over from others."""
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
    """Add to `found` a style and those that it is based on, each looked at once."""
    chain: list[str] = []
    seen: set[str] = set()  # in a file that does harm, a style may be based on itself
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
    """An attribute, in whichever of the two namespaces that the standard has."""
    return next((text for key, text in element.items() if key.rpartition("}")[2] == name), None)


def value(element: etree._Element | None) -> str | None:
    """The attribute `val` that most elements keep what they say in."""
    return None if element is None else attribute(element, "val")


def is_on(element: etree._Element | None) -> bool:
    """Whether a property is set: by its element alone, unless that says otherwise."""
    return element is not None and value(element) not in ("0", "false", "off")
