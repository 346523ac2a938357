"""Parse XML and html safely: nothing is fetched or expanded, size and depth are bounded.

Entities are not expanded, no DTD is loaded, the network is off; size and depth are
bounded. Knows nothing of what the elements mean.

Source: https://lxml.de/FAQ.html#is-lxml-vulnerable-to-xml-bombs
"""

from lxml import etree

from lsq.errors import ReadError
from lsq.messages import _

# The tree takes some eight times the size of its source,
_LARGEST = 64 << 20
# and every element 200 bytes in XML, 600 in html, where we look at each several times.
_XML_TAGS = 3_000_000
_HTML_TAGS = 600_000


def xml(path: str, data: bytes) -> etree._Element:
    """The root of an XML document.

    Raises:
        ReadError: it is not well-formed, or larger or deeper than any document is.
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
    """The root of an html page, mended as browsers do; None for a page without elements.

    Line numbers of elements count the line feeds of `text`.

    Raises:
        ReadError: it is larger or deeper than any page is.
    """
    _check_size(path, len(text), text.count("<"), _HTML_TAGS)
    data = text.encode("utf-8", errors="replace")
    # The text is decoded already, so what the page says of its encoding is overruled.
    # `huge_tree` lets elements nest 2,048 deep, which unclosed ones do, instead of 256.
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
    """An element's name without its namespace, in html in lower case; empty for what is none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
