"""Parse XML and html safely: no entities, DTDs or network, and bounded size and depth.

Source: https://lxml.de/FAQ.html#is-lxml-vulnerable-to-xml-bombs
"""

from lxml import etree

from lsq.errors import ReadError
from lsq.messages import _

# In bytes. A tree takes eight times the size of its source,
_LARGEST = 64 << 20
# and 200 bytes for each XML element, 600 for each html element.
_XML_TAGS = 3_000_000
_HTML_TAGS = 600_000


def xml(path: str, data: bytes) -> etree._Element:
    """Parse an XML document; returns the root.

    Raises:
        ReadError: it is not well-formed, too large or too deep.
    """
    _check_size(path, len(data), data.count(b"<"), _XML_TAGS)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(
            path,
            _("damaged: its XML breaks off or is broken ({error}); fetch it again").format(
                error=error
            ),
        ) from error


def html(path: str, text: str) -> etree._Element | None:
    """Parse an html page, repaired as in browsers; returns the root, None without elements.

    Line numbers of elements count the line feeds of `text`.

    Raises:
        ReadError: it is too large or too deep.
    """
    _check_size(path, len(text), text.count("<"), _HTML_TAGS)
    data = text.encode("utf-8", errors="replace")
    # `encoding` overrides the declaration in the page, as the text is decoded already.
    # `huge_tree` allows a depth of 2,048 instead of 256, which unclosed elements reach.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    except ValueError as error:
        raise ReadError(
            path, _("not html that can be parsed ({error})").format(error=error)
        ) from error
    if any(
        entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message
        for entry in parser.error_log
    ):
        raise ReadError(path, _("its elements are nested too deep for a page; save it as text"))
    return root


def _check_size(path: str, size: int, tags: int, most: int) -> None:
    if size > _LARGEST or tags > most:
        raise ReadError(path, _("its markup is larger than any document's; split it"))


def name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
