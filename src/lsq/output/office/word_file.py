"""Documents for Word: the hits of a search as text, or rows of other commands as a table.

Text is set in Song (宋体) and headings in Hei (黑体), as in official documents; if these are
missing, Word and LibreOffice use other fonts.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, TextIO

from lsq.errors import ExtraError, RowsError
from lsq.hit import Hit
from lsq.messages import _, is_chinese
from lsq.model import Place
from lsq.output import OutputOptions
from lsq.output.explanation import lines
from lsq.output.office import for_xml, put
from lsq.output.printable import location, numbered
from lsq.output.records import metadata
from lsq.output.shown import facet_names, headings, label, shown, totals, with_ellipses
from lsq.search.searcher import Results

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from lsq.counting.facets import Facet
    from lsq.output.links import LinkFormat

_TEXT, _HEAD = "宋体", "黑体"
_STYLES: Final = {"Normal": _TEXT, "Title": _HEAD, "Heading 1": _HEAD, "Heading 2": _HEAD}
# Word and LibreOffice need minutes to lay out a table with more rows.
_MAX_ROWS: Final = 1000
# Tables with more columns are in landscape.
_PORTRAIT_COLUMNS: Final = 5


def write(results: Results, out: TextIO, options: OutputOptions) -> None:
    """Write the query, the numbers of matches, the hits by tier, and the facets."""
    document = _new(results.query)
    first = results.request.offset
    count = len(results)
    document.add_paragraph(for_xml(totals(first + 1 if count else 0, first + count, results)))
    by_tier = results.request.sort == "relevance"
    before = None
    for hit in results:
        tier = hit.match if by_tier else results.request.sort
        if tier != before:
            document.add_heading(headings()[tier], 1)
        before = tier
        _add_hit(document, hit, options.links)
        for line in lines(results.explain(hit), _) if options.explain else ():
            _add_text(document, line)
    _add_facets(document, options.facets)
    _save(document, out)


def write_rows(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], out: TextIO) -> None:
    """Write rows of named values as a table; raises RowsError if there are too many for one."""
    from docx.enum.section import WD_ORIENT

    document = _new("")
    if len(columns) > _PORTRAIT_COLUMNS:
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    _add_table(document, columns, ([row[name] for name in columns] for row in rows))
    _save(document, out)


def _new(title: str) -> "Document":
    """A document that contains only its title, if it has one."""
    try:
        import docx
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt
    except ImportError as error:
        raise ExtraError("office") from error
    document = docx.Document()
    facts = document.core_properties
    facts.title, facts.author, facts.comments = for_xml(title)[:255], "lsq", ""
    facts.language = "zh-CN" if is_chinese() else "en"
    for name, font in _STYLES.items():
        style: Any = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        # The font of a theme takes precedence over the named one.
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:eastAsia"), font)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(10.5)
    # Without it, punctuation is centred, as in Traditional Chinese.
    language: Any = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(language)
    if title:
        document.add_heading(for_xml(title), 0)
    return document


def _save(document: "Document", out: TextIO) -> None:
    document.save(file := BytesIO())
    put(file.getvalue(), out)


def _add_hit(document: "Document", hit: Hit, links: "LinkFormat | None") -> None:
    article = hit.article
    title, highlights, snippets = shown(hit)
    head = document.add_heading(f"{hit.rank}. ", 2)
    _add_runs(head, title, highlights)
    facts = [
        f"{label(name)}：{value}" if is_chinese() else f"{label(name)}: {value}"
        for name, value in metadata(article).items()
        if value is not None and name != "title"
    ]
    if facts:
        _add_text(document, "  ".join(facts))
    place = hit.snippets[0].place if hit.snippets else article.place(0)
    paragraph = document.add_paragraph()
    _add_link(paragraph, location(article.path, place), _target(links, article.path, place))
    if article.ocr:
        paragraph.add_run(f"  {_('recognised (OCR)')}")
    for one in snippets:
        paragraph = document.add_paragraph(style="List Bullet")
        _add_link(paragraph, numbered(one.place), _target(links, article.path, one.place))
        paragraph.add_run("  ")
        _add_runs(paragraph, *with_ellipses(one))
    if hit.reprints:
        _add_text(document, _("also in {places}").format(places=_(", ").join(hit.reprints)))


def _add_facets(document: "Document", facets: "Sequence[Facet]") -> None:
    for by, name in facet_names().items():
        rows = [facet for facet in facets if facet.by == by]
        if any(facet.value is not None for facet in rows):
            document.add_heading(name, 1)
            values = (
                (_("(none)") if one.value is None else one.value, one.articles, one.of)
                for one in rows
            )
            _add_table(document, (name, _("found"), _("of")), values)


def _add_text(document: "Document", text: str) -> None:
    document.add_paragraph(for_xml(text))


def _add_runs(paragraph: "Paragraph", text: str, highlights: Iterable[tuple[int, int]]) -> None:
    """Add a text with highlighted ranges."""
    from docx.enum.text import WD_COLOR_INDEX

    text = for_xml(text)
    at = 0
    for start, end in highlights:
        if at < start:
            paragraph.add_run(text[at:start])
        run = paragraph.add_run(text[start:end])
        run.bold = True
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        at = end
    if at < len(text):
        paragraph.add_run(text[at:])


def _target(links: "LinkFormat | None", path: str, place: Place) -> str | None:
    return links.at(path, place) if links else None


def _add_link(paragraph: "Paragraph", text: str, target: str | None) -> None:
    """Add a text, with a link if there is a target."""
    run = paragraph.add_run(for_xml(text))
    if target is None:
        return
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    run.font.color.rgb, run.underline = RGBColor(0x0B, 0x57, 0xA4), True
    link: Any = OxmlElement("w:hyperlink")
    # `relate_to` would search all relations for each link, which takes minutes for many hits.
    relations = paragraph.part.rels
    name = f"to-{blake2b(target.encode(), digest_size=16).hexdigest()}"
    if name not in relations:
        relations.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, target, name, is_external=True)
    link.set(qn("r:id"), name)
    run._r.addprevious(link)
    link.append(run._r)


def _add_table(document: "Document", columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add a table, whose head is repeated on each page."""
    from docx.oxml import OxmlElement

    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.autofit = False  # computing widths from all cells takes programs minutes
    head = table.rows[0]
    for cell, name in zip(head.cells, columns, strict=True):
        cell.paragraphs[0].add_run(for_xml(name)).bold = True
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for number, row in enumerate(rows, 1):
        if number > _MAX_ROWS:
            raise RowsError(_MAX_ROWS)
        for cell, value in zip(table.add_row().cells, row, strict=True):
            if value is not None:
                text = str(value).lower() if isinstance(value, bool) else str(value)
                cell.paragraphs[0].add_run(for_xml(text))
