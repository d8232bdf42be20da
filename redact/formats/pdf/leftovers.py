"""What a file carries besides its pages: revisions, scripts, comments, forms, layers, objects nobody uses."""

from collections import Counter
from io import BytesIO

import pikepdf

from redact.formats.pdf.objects import get, items, name_of

_LINK = frozenset(["Type", "Subtype", "Rect", "Border", "Dest", "A", "StructParent"])
_URI = frozenset(["Type", "S", "URI"])
_TECHNICAL = ("ObjStm", "XRef")


def leftovers(data: bytes, password: str = "") -> Counter[str]:
    """Count what a file carries besides its pages, by the codes of ``Observation``.

    Raises ``pikepdf.PdfError`` where the file cannot be opened.
    """
    found: Counter[str] = Counter()
    found["earlier-revisions"] = max(0, data.count(b"%%EOF") - 1)
    end = data.rfind(b"%%EOF")
    trailing = data[end + 5 :].strip(b"\r\n \0") if end >= 0 else b""
    found["bytes-outside"] = int(data.find(b"%PDF-") > 0) + int(bool(trailing))
    with pikepdf.open(BytesIO(data), password=password) as pdf:
        root = pdf.Root
        found["layers"] = int(get(root, "OCProperties") is not None)
        found["form-fields"] = int(get(root, "AcroForm") is not None)
        found["actions"] = sum(get(root, key) is not None for key in ("OpenAction", "AA"))
        for page in pdf.pages:
            found["actions"] += get(page.obj, "AA") is not None
            annotations = get(page.obj, "Annots")
            listed = list(annotations) if isinstance(annotations, pikepdf.Array) else []
            found["annotations"] += sum(not _is_plain_link(annotation) for annotation in listed)
        found["unreferenced-objects"] = _unreferenced(pdf)
    return +found


def _is_plain_link(annotation: object) -> bool:
    """Whether an annotation only leads to a page or an address; what the address says is text to search."""
    keys = {key for key, _ in items(annotation)}
    action = get(annotation, "A")
    named = action is None or (name_of(get(action, "S")) == "URI" and {k for k, _ in items(action)} <= _URI)
    return name_of(get(annotation, "Subtype")) == "Link" and keys <= _LINK and named


def _unreferenced(pdf: pikepdf.Pdf) -> int:
    reached: set[tuple[int, int]] = set()
    waiting: list[object] = [pdf.trailer]
    while waiting:
        value = waiting.pop()
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            if value.objgen in reached:
                continue
            reached.add(value.objgen)
        if isinstance(value, pikepdf.Array):
            waiting += [item for item in value if isinstance(item, pikepdf.Object)]
        else:
            waiting += [item for _, item in items(value) if isinstance(item, pikepdf.Object)]
    return sum(
        value.objgen not in reached and name_of(get(value, "Type")) not in _TECHNICAL
        for value in pdf.objects
        if isinstance(value, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array)
    )
