"""Excel workbooks (.xlsx, ECMA-376): cells with their values, written with nothing else beside them."""

import io
from collections.abc import Iterable, Mapping, Sequence

from redact.document import Document
from redact.formats import package
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.passage import require_same
from redact.redaction import Redaction


class Xlsx:
    """Excel workbooks. Formulas become their results; hidden sheets, rows and columns become visible."""

    name = "xlsx"
    suffix = ".xlsx"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it is an office package with a workbook inside."""
        parts = package.names(data)
        return "[Content_Types].xml" in parts and any(part.startswith("xl/") for part in parts)

    def read(self, data: bytes, name: str) -> Document:
        """Read each sheet in segments of some hundred rows, each with its headers; raises ``FormatError``."""
        from redact.formats.xlsx.reading import Workbook

        return Workbook.of(data).content.document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the cells anew, with a black cell where something is removed."""
        from redact.formats.xlsx.reading import Workbook
        from redact.formats.xlsx.writing import write

        require_same(data, document)
        workbook = Workbook.of(data)
        return write(workbook, workbook.content.cuts(redactions), members)

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read the cells with openpyxl, and every part of the package as it is."""
        import openpyxl  # type: ignore[import-untyped]

        workbook = openpyxl.load_workbook(io.BytesIO(data))
        lines: list[str] = []
        for sheet in workbook.worksheets:
            lines.append(sheet.title)
            # Only cells that are there: a single one in the last corner would make billions of rows.
            lines += [str(cell.value) for cell in sheet._cells.values() if cell.value is not None]
        yield Reading("openpyxl", "\n".join(lines))
        yield Reading("decoded parts", package.raw(data), "raw")
