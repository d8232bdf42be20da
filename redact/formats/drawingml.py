"""DrawingML: pictures and frames as all office files of ECMA-376 write them (part 1, 20.1 and 20.2)."""

from lxml import etree

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def add_picture(parent: etree._Element, space: str, number: int, relation: str, size: dict[str, str]) -> None:
    """Add the picture of a relation to ``parent``, its elements in the name space ``space``."""
    shape = etree.SubElement(parent, space + "pic")
    head = etree.SubElement(shape, space + "nvPicPr")
    etree.SubElement(head, space + "cNvPr", id=str(number), name=f"Picture {number}")
    etree.SubElement(head, space + "cNvPicPr")
    fill = etree.SubElement(shape, space + "blipFill")
    etree.SubElement(fill, A + "blip", {R + "embed": relation})
    etree.SubElement(etree.SubElement(fill, A + "stretch"), A + "fillRect")
    add_frame(shape, space, size)


def add_frame(shape: etree._Element, space: str, size: dict[str, str]) -> etree._Element:
    """Add the properties of a rectangle of ``size`` (``cx`` and ``cy`` in EMU) to a shape; returns them."""
    properties = etree.SubElement(shape, space + "spPr")
    transform = etree.SubElement(properties, A + "xfrm")
    etree.SubElement(transform, A + "off", x="0", y="0")
    etree.SubElement(transform, A + "ext", size)
    etree.SubElement(etree.SubElement(properties, A + "prstGeom", prst="rect"), A + "avLst")
    return properties
