"""Small files of each format, made by hand: what tests hand to the readers."""

import io
import struct
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from typing import Literal

from lsq.readers.layout import PageContent

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def changed(content: bytes, members: Mapping[str, str | bytes | None]) -> bytes:
    """A zip with other content for these members; None takes one away."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        every: dict[str, str | bytes | None] = {
            name: archive.read(name) for name in archive.namelist()
        }
    return zipped({name: one for name, one in (every | dict(members)).items() if one is not None})


def broken(content: bytes, name: str) -> bytes:
    """A zip in which what a member was packed into is damaged."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo(name)
    start = member.header_offset + 30 + len(name.encode())
    end = start + member.compress_size
    return content[:start] + b"\xff" * (end - start) + content[end:]


def locked(content: bytes, name: str) -> bytes:
    """A zip that says of a member that it is encrypted."""
    entry = content.rindex(name.encode()) - 46  # in the directory, which comes last
    return content[: entry + 8] + b"\x01" + content[entry + 9 :]


def docx(body: str, **parts: str) -> bytes:
    """A docx; `parts` are further parts by their name without folder and suffix."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    for name, content in parts.items():
        members[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{WORD}">{content}</w:{name}>'
    return zipped(members)


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of a docx."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def ofd(*pages: str, template: str = "") -> bytes:
    """An OFD of these pages, each the inside of a layer; a template for all of them."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    use = '<ofd:Template TemplateID="9"/>' if template else ""
    entries = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="Pages/{number}.xml"/>' for number, _ in enumerate(pages)
    )
    members: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData>"
        '<ofd:TemplatePage ID="9" BaseLoc="TPLS/Content.xml"/></ofd:CommonData>'
        f"<ofd:Pages>{entries}</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/Content.xml": _page(space, "", template),
    }
    for number, page in enumerate(pages):
        members[f"Doc_0/Pages/{number}.xml"] = _page(space, use, page)
    return zipped(members)


def _page(space: str, use: str, objects: str) -> str:
    layer = f"<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
    return f"<ofd:Page {space}>{use}{layer}</ofd:Page>"


def glyphs(text: str, x: float, y: float, size: float = 5.0, deltas: str | None = None) -> str:
    """A TextObject of an OFD page."""
    deltas = f"g {len(text) - 1} {size}" if deltas is None else deltas
    return (
        f'<ofd:TextObject Boundary="{x} {y} 100 {size}" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{deltas}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def epub(*chapters: str) -> bytes:
    """A book of these chapters, each the inside of a body, after a table of contents."""
    items = "".join(
        f'<item id="c{number}" href="text/{number}.xhtml" media-type="application/xhtml+xml"/>'
        for number, _ in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number, _ in enumerate(chapters))
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}'
        '<item id="toc" href="toc.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f'</manifest><spine><itemref idref="toc"/>{spine}</spine></package>',
        "OEBPS/toc.xhtml": "<html><body>目录</body></html>",
    }
    for number, chapter in enumerate(chapters):
        members[f"OEBPS/text/{number}.xhtml"] = f"<html><body>{chapter}</body></html>"
    return zipped(members)


def pdf(*pages: str, tounicode: str | None = None, drawn: Mapping[int, str] | None = None) -> bytes:
    """A PDF of these pages, each a line of characters that a font without glyphs shows.

    Args:
        pages: their texts; an empty one has nothing on it, as a scan has no text.
        tounicode: what each character is said to be, in ascending order of characters.
        drawn: what else a page draws, by its index.
    """
    characters = sorted(set("".join(pages)))
    said = characters if tounicode is None else list(tounicode)
    table = "".join(
        f"<{code:04x}> <{char.encode('utf-16-be').hex()}>\n"
        for code, char in enumerate(said[: len(characters)], 1)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /A def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(characters)} beginbfchar\n{table}endbfchar endcmap end end"
    )
    numbers = range(len(pages))
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in numbers)
    base = "/BaseFont /A /Encoding /Identity-H"
    system = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        f"<< /Type /Font /Subtype /Type0 {base} /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1000 /CIDSystemInfo {system} >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    for number, page in enumerate(pages):
        codes = "".join(f"{characters.index(char) + 1:04x}" for char in page)
        content = f"BT /F1 12 Tf 72 700 Td <{codes}> Tj ET" if page else ""
        content += (drawn or {}).get(number, "")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return numbered(objects)


def printed(sheets: Sequence[PageContent], under: str = "") -> bytes:
    """A PDF that shows what sheets do, and below it what else is to be drawn on each page."""
    characters = sorted({char for sheet in sheets for run in sheet.runs for char in run.text})
    table = "".join(
        f"<{code:04x}> <{char.encode('utf-16-be').hex()}>\n"
        for code, char in enumerate(characters, 1)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /A def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(characters)} beginbfchar\n{table}endbfchar endcmap end end"
    )
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(sheets)))
    base = "/BaseFont /A /Encoding /Identity-H"
    system = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>",
        f"<< /Type /Font /Subtype /Type0 {base} /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1000 /CIDSystemInfo {system} >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    for number, sheet in enumerate(sheets):
        content = under + "".join(
            f"{rule.left} {sheet.height - rule.top} m {rule.right} {sheet.height - rule.bottom} "
            "l S\n"
            for rule in sheet.rules
        )
        for run in sheet.runs:
            codes = "".join(f"{characters.index(char) + 1:04x}" for char in run.text)
            content += (
                f"BT /F1 {run.size} Tf {run.left} {sheet.height - run.base} Td <{codes}> Tj ET\n"
            )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width} {sheet.height}] "
            f"/Contents {7 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return numbered(objects)


def numbered(objects: list[str], trailer: str = "") -> bytes:
    """A PDF of these objects, the first its catalogue."""
    data = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    data += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\n".encode()
    return bytes(data + f"startxref\n{start}\n%%EOF\n".encode())


def encrypted_pdf() -> bytes:
    """A PDF whose password is not the empty one."""
    catalog = "<< /Type /Catalog /Pages 2 0 R >>"
    pages = "<< /Type /Pages /Kids [] /Count 0 >>"
    lock = f"<< /Filter /Standard /V 1 /R 2 /P -44 /O <{'ab' * 32}> /U <{'cd' * 32}> >>"
    identity = f"/Encrypt 3 0 R /ID [<{'01' * 16}> <{'01' * 16}>] "
    return numbered([catalog, pages, lock], identity)


def doc(
    *pieces: str,
    flags: int = 0x0200,
    headers: str = "",
    comments: str = "",
    version: int = 0xC1,
) -> bytes:
    """A Word document of these pieces of text; one of Latin letters alone takes one byte each."""
    texts = [*pieces, *filter(None, (headers, comments))]
    main = bytearray(4096)
    places, encoded = [], bytearray()
    for text in texts:
        wide = not text.isascii()
        start = len(main) + len(encoded)
        places.append(start if wide else start * 2 | 0x40000000)
        encoded += text.encode("utf-16-le" if wide else "ascii")
    main += encoded
    body = sum(map(len, pieces))
    ends = [0, *(sum(map(len, texts[: number + 1])) for number in range(len(texts)))]
    plc = struct.pack(f"<{len(ends)}I", *ends)
    plc += b"".join(struct.pack("<HIH", 0, place, 0) for place in places)
    clx = b"\x01\x02\x00\x09\x09" + b"\x02" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<IIIII", main, 0x4C, body, 0, len(headers), 0, len(comments))
    struct.pack_into("<II", main, 0x01A2, 0, len(clx))
    return compound({"WordDocument": bytes(main), "1Table": clx})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file of at most three streams, version 3 with sectors of 512 bytes."""
    end, free, fat_sector = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    entries = [_entry("Root Entry", 5, child=1, start=end, size=0)]
    fat, sectors = [fat_sector, end], bytearray()
    for number, (name, content) in enumerate(streams.items(), 1):
        # Shorter streams would have to go into a stream of their own, with smaller sectors.
        padded = content.ljust(-(-max(len(content), 4096) // 512) * 512, b"\0")
        first = len(fat)
        count = len(padded) // 512
        fat += [*range(first + 1, first + count), end]
        sectors += padded
        left = number + 1 if number < len(streams) else free
        entries.append(_entry(name, 2, left=left, start=first, size=len(padded)))
    directory = b"".join(entries).ljust(512, b"\0")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return header + table + directory + bytes(sectors)


def _entry(name: str, kind: int, *, start: int, size: int, **links: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    free = 0xFFFFFFFF
    tree = struct.pack("<III", links.get("left", free), free, links.get("child", free))
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1) + tree
    return head + bytes(36) + struct.pack("<IQ", start, size)


def mht(page: bytes, encoding: str, charset: str, kind: str = "text/html") -> bytes:
    """A web page saved as one file, encoded already, and what it says of its encoding."""
    lines = [
        "From: <Saved by a browser>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related;\r\n\tboundary="-=_X"',
        "",
        "---=_X",
        "Content-Type: image/png\r\n\r\n",
        "---=_X",
        f'Content-Type: {kind}; charset="{charset}"',
        f"Content-Transfer-Encoding: {encoding}",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + page + b"\r\n---=_X--\r\n"


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[str | float]]], merges: Sequence[str] = ()
) -> bytes:
    """A workbook of these rows of cells by the names of sheets; the first has the merges."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    entries, relations = "", ""
    members: dict[str, str | bytes] = {}
    for number, (name, rows) in enumerate(sheets.items(), 1):
        entries += f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>'
        relations += (
            f'<Relationship Id="r{number}" Type="{types}/worksheet" '
            f'Target="worksheets/sheet{number}.xml"/>'
        )
        cells = "".join(
            f'<row r="{place}">{"".join(map(_cell, row))}</row>'
            for place, row in enumerate(rows, 1)
        )
        merged = "".join(f'<mergeCell ref="{one}"/>' for one in merges if number == 1)
        members[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
            f"{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>"
        )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" '
            f'Type="{types}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{types}"><sheets>{entries}'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{relations}'
            "</Relationships>",
            **members,
        }
    )


def _cell(value: str | float) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>' if value else "<c/>"
    return f"<c><v>{value}</v></c>"


def pptx(*slides: Sequence[tuple[str, str]], more: Mapping[str, str] | None = None) -> bytes:
    """A presentation of these slides, each some boxes: kind of placeholder, and text."""
    main = "http://schemas.openxmlformats.org/presentationml/2006/main"
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    spaces = f'xmlns:p="{main}" xmlns:a="{drawing}" xmlns:r="{types}"'
    members: dict[str, str | bytes] = {}
    entries, relations = "", ""
    for number, boxes in enumerate(slides, 1):
        shapes = "".join(
            f"<p:sp><p:nvSpPr><p:nvPr>{f'<p:ph type={chr(34)}{kind}{chr(34)}/>' if kind else ''}"
            f"</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
            for kind, text in boxes
        )
        # Names are in another order than the slides are shown in.
        name = f"slide{len(slides) - number + 1}"
        members[f"ppt/slides/{name}.xml"] = f"<p:sld {spaces}><p:cSld>{shapes}</p:cSld></p:sld>"
        entries += f'<p:sldId id="{number}" r:id="r{number}"/>'
        relations += f'<R Id="r{number}" Type="{types}/slide" Target="slides/{name}.xml"/>'
    return zipped(
        {
            "ppt/presentation.xml": f"<p:presentation {spaces}><p:sldIdLst>{entries}"
            "</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": f"<Rs>{relations}</Rs>",
            **members,
            **(more or {}),
        }
    )


def ppt(*slides: Sequence[tuple[int, str]]) -> bytes:
    """A presentation of before 2007, each slide some boxes: kind of text, and text."""
    outline, objects, places = b"", b"", {}
    for number, boxes in enumerate(slides, 2):
        outline += _record(0x03F3, struct.pack("<I16x", number))
        drawn = b"".join(
            _record(0x0F9F, struct.pack("<I", kind)) + _record(0x0FA0, text.encode("utf-16-le"))
            for kind, text in boxes
        )
        places[number] = len(objects)
        objects += _record(0x03EE, _record(0x040C, drawn, container=True), container=True)
    document = _record(0x03E8, _record(0x0FF0, outline, container=True), container=True)
    stream = document + objects
    directory = struct.pack(
        f"<I{1 + len(places)}I",
        (1 + len(places)) << 20 | 1,
        0,
        *(len(document) + place for place in places.values()),
    )
    edit = struct.pack("<IIIII", 0, 0, 0, len(stream), 1).ljust(28, b"\0")
    at = len(stream) + 8 + len(directory)
    stream += _record(0x1772, directory) + _record(0x0FF5, edit)
    user = _record(0x0FF6, struct.pack("<III", 20, 0xE391C05F, at).ljust(20, b"\0"))
    return compound({"Current User": user, "PowerPoint Document": stream})


def _record(kind: int, content: bytes, *, container: bool = False) -> bytes:
    return struct.pack("<HHI", 0xF if container else 0, kind, len(content)) + content


def odf(body: str, kind: str = "text", *, manifest: str = "<manifest/>") -> bytes:
    """An OpenDocument text or presentation with this inside of its body."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "presentation")
    )
    draw = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    content = (
        f"<office:document-content {spaces} {draw}><office:body><office:{kind}>{body}"
        f"</office:{kind}></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def tarred(members: Mapping[str | bytes, str | bytes], mode: Literal["w", "w:gz"] = "w") -> bytes:
    """A tar archive with these members; names in bytes are kept as they are."""
    buffer = io.BytesIO()
    with tarfile.open(
        fileobj=buffer, mode=mode, format=tarfile.GNU_FORMAT, errors="surrogateescape"
    ) as archive:
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            text = name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else name
            member = tarfile.TarInfo(text)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()
