"""What elements of WordprocessingML say, the language of a docx: their attributes.

Knows nothing of which elements there are.

Source: ECMA-376 part 1, ST_OnOff (on and off); part 4 (the transitional namespace).
"""

from lxml import etree


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute, in whichever of the two namespaces that the standard has."""
    return next((text for key, text in element.items() if key.rpartition("}")[2] == name), None)


def value(element: etree._Element | None) -> str | None:
    """The attribute `val` that most elements keep what they say in."""
    return None if element is None else attribute(element, "val")


def is_on(element: etree._Element | None) -> bool:
    """Whether a property is set: by its element alone, unless that says otherwise."""
    return element is not None and value(element) not in ("0", "false", "off")
