"""Opens a file with two readers, reads its pages, and says what stands in the way of its release."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from redact.document import Obstacle
from redact.errors import FormatError
from redact.formats.ocr import engine
from redact.formats.pdf.collection import uncollected
from redact.formats.pdf.compare import SCALE
from redact.formats.pdf.hidden import HiddenText, hidden_texts
from redact.formats.pdf.layers import Layers
from redact.formats.pdf.objects import NotUnderstoodError, get
from redact.formats.pdf.pages import Page, read_page, write_texts
from redact.formats.pdf.parsed import Resources
from redact.formats.pdf.pdfium import Rendering, brightness, opened
from redact.formats.pdf.sight import look, must_be_looked_at, name_unreadable, second_text
from redact.formats.pdf.widgets import with_fields_drawn

MAX_PAGES = 5_000
_CACHED = 2
_local = threading.local()


@dataclass(slots=True)
class Model:
    """A file that was read. It is shared by ``read`` and ``write`` and never changed."""

    pdf: pikepdf.Pdf
    data: bytes
    """What other eyes are to look at: the bytes of the file, decrypted and with its form fields drawn."""
    password: str
    """What opens the file itself."""
    resources: Resources
    pages: list[Page]
    hidden: list[HiddenText]
    obstacles: list[Obstacle]
    notes: list[str]


class EncryptedError(FormatError):
    """The file needs a password that was not given."""

    def __init__(self) -> None:
        super().__init__("this PDF is encrypted; give its password or ask its author for an open copy")


def read_model(
    data: bytes, passwords: Sequence[str] = (), use_ocr: bool = True, inspected: bool = False
) -> Model:
    """Read a file, or return it as it was read just before by this thread; raises ``FormatError``."""
    if not hasattr(_local, "models"):
        _local.models = OrderedDict()
    cache: OrderedDict[tuple[object, ...], Model] = _local.models
    key = hashlib.sha256(data).hexdigest(), tuple(passwords), use_ocr, inspected
    if key not in cache:
        with uncollected():
            cache[key] = _read(data, passwords, use_ocr, inspected)
        while len(cache) > _CACHED:
            cache.popitem(last=False)
    cache.move_to_end(key)
    return cache[key]


def _read(data: bytes, passwords: Sequence[str], use_ocr: bool, inspected: bool) -> Model:
    try:
        pdf, password = _open(data, passwords)
        model = Model(
            pdf, with_fields_drawn(pdf, data), password, Resources(Layers(pdf.Root)), [], [], [], []
        )
        count = len(pdf.pages)
        if not 0 < count <= MAX_PAGES:
            raise NotUnderstoodError("it has no pages, or too many")
        for position, page in enumerate(pdf.pages, start=1):
            model.pages.append(read_page(page.obj, position, model.resources))
        model.hidden = hidden_texts(pdf)
        _note_document(model)
        _see(model, data, use_ocr and engine() is not None, inspected)
    except NotUnderstoodError as error:
        raise FormatError(f"this PDF is not understood: {error.code}") from None
    except (
        pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError,
        RuntimeError, OverflowError, MemoryError,
    ) as error:  # fmt: skip
        raise FormatError(f"this PDF is malformed ({type(error).__name__})") from None
    return model


def _open(data: bytes, passwords: Sequence[str]) -> tuple[pikepdf.Pdf, str]:
    for password in ("", *passwords):
        try:
            return pikepdf.open(BytesIO(data), password=password), password
        except pikepdf.PasswordError:
            continue
    raise EncryptedError


def _note_document(model: Model) -> None:
    root = model.pdf.Root
    form = get(root, "AcroForm")
    if get(root, "NeedsRendering") is True:
        reason = (
            "It is a dynamic form that only its own program shows; print it to a new PDF and submit that."
        )
        model.obstacles.append(Obstacle("dynamic-form", reason))
    if form is not None:
        model.notes.append("form fields were made part of their pages")
        if get(form, "SigFlags") is not None:
            model.notes.append("digital signatures do not survive redaction and were left out")
    if model.resources.layers.exist:
        model.notes.append("layers that are not shown were left out")
    files = sum(page.annotations.files for page in model.pages)
    if files or get(get(root, "Names"), "EmbeddedFiles") is not None or get(root, "AF") is not None:
        model.notes.append("files embedded in it were left out; submit them as documents of their own")
    for page in model.pages:
        if page.annotations.marks:
            reason = (
                "It has redaction marks that were never applied; apply or delete them in the program that "
                "made them, or list their regions in the request and delete them."
            )
            model.obstacles.append(Obstacle("redaction-marks", reason, page.locator))
        if page.annotations.dropped:
            model.notes.append(f"comments on page {page.number} were left out")


def _see(model: Model, data: bytes, with_ocr: bool, inspected: bool) -> None:
    """Let the other readers look at each page."""
    try:
        with opened(model.data) as rendering:
            if not len(rendering) == len(model.pages) == _count_in(data, model):
                reason = "Programs disagree on how many pages it has; print it to a new PDF and submit that."
                model.obstacles.append(Obstacle("readers-disagree", reason))
                return
            for page in model.pages:
                _see_page(model, page, rendering, with_ocr, inspected)
    except NotUnderstoodError:
        reason = "A second program cannot open it; print it to a new PDF and submit that."
        model.obstacles.append(Obstacle("readers-disagree", reason))


def _count_in(data: bytes, model: Model) -> int:
    """Return how many pages PDFium counts in a file as it was handed in, before qpdf mended it on the way to
    ``model.data``; where its password opens it for qpdf alone, as many as the model has."""
    if model.data is data:
        return len(model.pages)
    try:
        with opened(data, model.password) as given:
            return len(given)
    except NotUnderstoodError:
        return len(model.pages)


def _see_page(model: Model, page: Page, rendering: Rendering, with_ocr: bool, inspected: bool) -> None:
    if any(glyph.text is None for glyph in page.glyphs):
        name_unreadable(page, rendering.characters(page.number - 1))
    page.brightness = brightness(rendering.render(page.number - 1, SCALE))
    write_texts(page)
    if page.faint:
        model.notes.append(f"text on page {page.number} that no one sees, such as under boxes, was left out")
    second = second_text(page, rendering)
    if page.problem is not None:
        page.glyphs = []
        page.edges, page.inked = page.edges[:0], page.inked[:0]
        page.texts = {"": second} if second is not None else {}
    elif second is not None:
        page.texts["second"] = second
    if not must_be_looked_at(page):
        return
    reason = "no OCR engine is installed"
    if with_ocr:
        try:
            pixels = look(page, rendering)
            if pixels.text:
                page.texts["pixels"] = pixels
            return
        except NotUnderstoodError as error:
            reason = error.code
    if inspected:
        return
    reason = f"This page has pictures or drawings that a person must look at for text: {reason}."
    model.obstacles.append(Obstacle("not-read", reason, page.locator))
