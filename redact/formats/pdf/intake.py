"""Opens a file with two readers and says what stands in the way of its release."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from redact.document import Obstacle
from redact.errors import FormatError
from redact.formats.pdf.hidden import HiddenText, hidden_texts
from redact.formats.pdf.interpreter import Resources
from redact.formats.pdf.layers import Layers
from redact.formats.pdf.objects import NotUnderstoodError, get
from redact.formats.pdf.pages import Page, read_page, same_text
from redact.formats.pdf.pdfium import opened

MAX_PAGES = 5_000
_CACHED = 2
_local = threading.local()


@dataclass(slots=True)
class Model:
    """A file that was read. It is shared by ``read`` and ``write`` and never changed."""

    pdf: pikepdf.Pdf
    resources: Resources
    pages: list[Page]
    hidden: list[HiddenText]
    obstacles: list[Obstacle]
    notes: list[str]


def read_model(data: bytes, passwords: Sequence[str] = ()) -> Model:
    """Read a file, or return it as it was read just before by this thread; raises ``FormatError``."""
    if not hasattr(_local, "models"):
        _local.models = OrderedDict()
    cache: OrderedDict[tuple[str, tuple[str, ...]], Model] = _local.models
    key = hashlib.sha256(data).hexdigest(), tuple(passwords)
    if key not in cache:
        cache[key] = _read(data, passwords)
        while len(cache) > _CACHED:
            cache.popitem(last=False)
    cache.move_to_end(key)
    return cache[key]


def _read(data: bytes, passwords: Sequence[str]) -> Model:
    pdf, password = _open(data, passwords)
    try:
        model = Model(pdf, Resources(Layers(pdf.Root)), [], [], [], [])
        _read_pages(model)
        model.hidden = hidden_texts(pdf)
    except NotUnderstoodError as error:
        raise FormatError(f"this PDF is not understood: {error.code}") from None
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        RecursionError,
    ) as error:
        raise FormatError(f"this PDF is malformed ({type(error).__name__})") from None
    model.obstacles += _document_obstacles(pdf)
    _compare(model, data, password)
    return model


def _open(data: bytes, passwords: Sequence[str]) -> tuple[pikepdf.Pdf, str]:
    for password in ("", *passwords):
        try:
            return pikepdf.open(BytesIO(data), password=password), password
        except pikepdf.PasswordError:
            continue
        except (pikepdf.PdfError, ValueError, RuntimeError, OverflowError) as error:
            raise FormatError(f"this PDF is damaged and cannot be opened ({type(error).__name__})") from None
    raise EncryptedError


class EncryptedError(FormatError):
    """The file needs a password that was not given."""

    def __init__(self) -> None:
        super().__init__("this PDF is encrypted; give its password or ask its author for an open copy")


def _read_pages(model: Model) -> None:
    count = len(model.pdf.pages)
    if not 0 < count <= MAX_PAGES:
        raise NotUnderstoodError("it has no pages, or too many")
    for position, page in enumerate(model.pdf.pages, start=1):
        model.pages.append(read_page(page.obj, position, model.resources))


def _document_obstacles(pdf: pikepdf.Pdf) -> list[Obstacle]:
    found = []
    root = pdf.Root
    form = get(root, "AcroForm")
    if form is not None:
        fields = get(form, "Fields")
        if get(form, "XFA") is not None or (isinstance(fields, pikepdf.Array) and len(fields)):
            found.append(
                Obstacle("form-fields", "It has form fields; print it to a new PDF and submit that.")
            )
    if get(root, "OCProperties") is not None:
        found.append(
            Obstacle("layers", "It has layers that can be hidden; print it to a new PDF and submit that.")
        )
    if get(get(root, "Names"), "EmbeddedFiles") is not None or get(root, "AF") is not None:
        found.append(
            Obstacle("embedded-files", "It holds other files; take them out and submit each by itself.")
        )
    for position, page in enumerate(pdf.pages, start=1):
        annotations = get(page.obj, "Annots")
        listed = list(annotations) if isinstance(annotations, pikepdf.Array) else []
        if any(get(item, "AP") is not None or get(item, "FS") is not None for item in listed):
            reason = "It has comments or stamps; print it with them to a new PDF and submit that."
            found.append(Obstacle("annotations", reason, f"page:{position}"))
    return found


def _compare(model: Model, data: bytes, password: str) -> None:
    """Note where the second reader sees other pages or other text than we do."""
    try:
        with opened(data, password) as rendering:
            if len(rendering) != len(model.pages):
                reason = "Programs disagree on how many pages it has; print it to a new PDF and submit that."
                model.obstacles.append(Obstacle("readers-disagree", reason))
                return
            for page in model.pages:
                _compare_page(model, page, rendering.text(page.number - 1))
    except NotUnderstoodError:
        reason = "A second program cannot open it; print it to a new PDF and submit that."
        model.obstacles.append(Obstacle("readers-disagree", reason))


def _compare_page(model: Model, page: Page, theirs: str) -> None:
    locator = f"page:{page.number}"
    if page.problem is not None:
        reason = f"This page is not understood ({page.problem}); print it to a new PDF and submit that."
        model.obstacles.append(Obstacle("page-not-understood", reason, locator))
    elif page.pictures:
        reason = "This page has images, whose text cannot be read; a person must look at it."
        model.obstacles.append(Obstacle("images", reason, locator))
    elif any(glyph.text is None for glyph in page.glyphs):
        reason = "This page has text that no program can read; a person must look at it."
        model.obstacles.append(Obstacle("unreadable-text", reason, locator))
    elif len(page.paths) > 8:
        reason = "This page has drawings that can be letters; a person must look at it."
        model.obstacles.append(Obstacle("drawings", reason, locator))
    elif not same_text(page.text.text + page.unseen.text, theirs):
        reason = "Programs read different text on this page; a person must look at it."
        model.obstacles.append(Obstacle("readers-disagree", reason, locator))
