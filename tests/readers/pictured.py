"""Documents with pictures in them, made by hand."""

from tests.readers.samples import changed, docx, ofd, pptx

EMU = 12_700  # in a point
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
SPACES = f'xmlns:r="{TYPES}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:v="urn:schemas-microsoft-com:vml"'
WHOLE, SMALL, TINY = (450, 640), (300, 260), (40, 40)

Shown = tuple[str, tuple[int, int]]


def drawing(name: str, size: tuple[int, int]) -> str:
    """A paragraph with a picture in it, of that size in points."""
    cx, cy = (EMU * side for side in size)
    return (
        f"<w:p {SPACES}><w:r><w:drawing><wp:inline><wp:extent cx='{cx}' cy='{cy}'/>"
        f"<a:graphic><a:blip r:embed='{name}'/></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def vml(name: str, size: tuple[int, int]) -> str:
    return (
        f"<w:p {SPACES}><w:r><w:pict><v:shape style='width:{size[0]}pt;height:{size[1]}pt'>"
        f"<v:imagedata r:id='{name}'/></v:shape></w:pict></w:r></w:p>"
    )


def relations(names: list[str], folder: str) -> str:
    return (
        "<Relationships>"
        + "".join(
            f'<Relationship Id="{name}" Type="{TYPES}/image" Target="{folder}{name}.png"/>'
            for name in names
        )
        + "</Relationships>"
    )


def in_docx(body: str, **pictures: bytes) -> bytes:
    members: dict[str, str | bytes | None] = {
        f"word/media/{name}.png": data for name, data in pictures.items()
    }
    members["word/_rels/document.xml.rels"] = relations(list(pictures), "media/")
    return changed(docx(body), members)


def in_pptx(shown: list[Shown], texts: list[str], **pictures: bytes) -> bytes:
    """A presentation of one slide."""
    content = pptx([("", text) for text in texts])
    shapes = "".join(
        f"<p:pic><p:blipFill><a:blip r:embed='{name}'/></p:blipFill><p:spPr><a:xfrm>"
        f"<a:ext cx='{EMU * size[0]}' cy='{EMU * size[1]}'/></a:xfrm></p:spPr></p:pic>"
        for name, size in shown
    )
    main = "http://schemas.openxmlformats.org/presentationml/2006/main"
    said = "".join(
        f"<p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
        for text in texts
    )
    slide = f'<p:sld xmlns:p="{main}" {SPACES}><p:cSld>{said}{shapes}</p:cSld></p:sld>'
    members: dict[str, str | bytes | None] = {"ppt/slides/slide1.xml": slide}
    members["ppt/slides/_rels/slide1.xml.rels"] = relations(list(pictures), "../media/")
    members |= {f"ppt/media/{name}.png": data for name, data in pictures.items()}
    return changed(content, members)


def in_ofd(*pages: tuple[str, list[tuple[str, str]]], **pictures: bytes) -> bytes:
    """An OFD of pages, each some text and pictures with their places."""
    layers = [
        text
        + "".join(
            f'<ofd:ImageObject Boundary="{at}" CTM="1 0 0 1 0 0" ResourceID="{name}"/>'
            for name, at in shown
        )
        for text, shown in pages
    ]
    content = ofd(*layers)
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    entries = "".join(
        f'<ofd:MultiMedia ID="{name}" Type="Image"><ofd:MediaFile>{name}.png</ofd:MediaFile>'
        "</ofd:MultiMedia>"
        for name in pictures
    )
    ids = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="Pages/{number}.xml"/>' for number, _ in enumerate(pages)
    )
    return changed(
        content,
        {
            "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:DocumentRes>"
            f"Res.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>{ids}</ofd:Pages></ofd:Document>",
            "Doc_0/Res.xml": f'<ofd:Res {space} BaseLoc="Media"><ofd:MultiMedias>{entries}'
            "</ofd:MultiMedias></ofd:Res>",
            **{f"Doc_0/Media/{name}.png": data for name, data in pictures.items()},
        },
    )
