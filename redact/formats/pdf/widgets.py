"""Form fields as other programs see them: all that an appearance draws on a page, whatever form it is in.

PDFium draws a widget only if a form has its field, and none in a file that has an XFA form too. Other readers
draw the appearance of each (ISO 32000-2, 12.5.5), and so does the interpreter.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pikepdf

from redact.formats.pdf.objects import get, identity, name_of


def with_fields_drawn(pdf: pikepdf.Pdf, data: bytes) -> bytes:
    """Return the bytes in which PDFium draws every field, decrypted: those of the file where they do.

    Draws the fields of ``pdf`` that leave that to the reader. Raises ``pikepdf.PdfError``.
    """
    form = get(pdf.Root, "AcroForm")
    undrawn = get(form, "NeedAppearances") is True
    if undrawn:
        pdf.generate_appearance_streams()
    known = _fields(form)
    loose = [widget for widget in _widgets(pdf) if identity(widget) not in known]
    if not (undrawn or loose or pdf.is_encrypted or get(form, "XFA") is not None):
        return data
    with _as_stamps(loose), _without_xfa(form), BytesIO() as out:
        pdf.save(out, encryption=False)
        return out.getvalue()


def _fields(form: object) -> set[tuple[int, int]]:
    """Return the identities of a form's fields and of all that stand below them."""
    found: set[tuple[int, int]] = set()
    waiting = [get(form, "Fields")]
    while waiting:
        listed = waiting.pop()
        for field in listed if isinstance(listed, pikepdf.Array) else []:
            key = identity(field)
            if key is not None and key not in found:
                found.add(key)
                waiting.append(get(field, "Kids"))
    return found


def _widgets(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for page in pdf.pages:
        annotations = get(page.obj, "Annots")
        for annotation in annotations if isinstance(annotations, pikepdf.Array) else []:
            if name_of(get(annotation, "Subtype")) == "Widget":
                yield annotation


@contextmanager
def _as_stamps(widgets: list[pikepdf.Object]) -> Iterator[None]:
    for widget in widgets:
        widget["/Subtype"] = pikepdf.Name.Stamp
    yield
    for widget in widgets:
        widget["/Subtype"] = pikepdf.Name.Widget


@contextmanager
def _without_xfa(form: object) -> Iterator[None]:
    value = get(form, "XFA")
    if not isinstance(form, pikepdf.Dictionary) or not isinstance(value, pikepdf.Object):
        yield
        return
    del form["/XFA"]
    yield
    form["/XFA"] = value
