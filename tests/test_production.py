"""Regions, page numbers, slip sheets and extensions: from the request file into the package."""

import csv
import io
import json
from pathlib import Path

import docx
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from redact import Request, Source
from redact.document import Span
from redact.draft import check_package
from redact.errors import RequestError
from redact.formats.pdf.regions import covered
from redact.policy import PolicyStack
from redact.redaction import Redaction
from redact.replay import recorded_case, replay
from tests.conftest import text
from tests.test_gate import CLEAN, MINUTES


def pdf(*pages: str) -> bytes:
    """A PDF of one line a page, at 100 points from the left and 92 from the top."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(612, 792), invariant=1)
    for line in pages:
        canvas.drawString(100, 700, line)
        canvas.drawString(100, 300, "The counter opens at nine.")
        canvas.showPage()
    canvas.save()
    return data.getvalue()


BLOT = {"document": "plan.pdf", "page": 2, "box": [90, 75, 400, 100], "exemption": "ca-privacy"}
PLAN = Source("plan.pdf", pdf("The bridge is closed in June.", "Zanzibar fretwork lattice"))


def said(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def rows(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "withholding-log.csv").read_text())))


def test_a_strict_request_leaves_the_same_gap_for_names_of_different_width(gate, asking, tmp_path):
    def place(name: str, strict: bool) -> float:
        out = tmp_path / f"{name}-{strict}"
        asked = asking(strict=strict, terms=[{"text": name, "exemption": "ca-privacy"}])
        gate.release(asked, [Source("memo.pdf", pdf(f"Lot {name} spoke"))], out)
        page = pypdfium2.PdfDocument(out / "documents/memo.pdf")[0].get_textpage()
        return page.get_charbox(page.get_text_range().index("spoke"))[0]

    assert abs(place("Wimmering", True) - place("Wimmerinf", True)) < 0.05
    assert abs(place("Wimmering", False) - place("Wimmerinf", False)) > 1


class TestRegions:
    def test_what_lies_under_it_goes_and_the_rest_stays(self, gate, asking, tmp_path):
        gate.release(asking(regions=[BLOT]), [PLAN], tmp_path / "out")
        first, second = said((tmp_path / "out/documents/plan.pdf").read_bytes())
        assert "bridge is closed" in first
        assert "Zanzibar" not in second and "fretwork" not in second
        assert "The counter opens at nine." in second

    def test_it_is_in_the_log_and_in_the_determination(self, gate, asking, tmp_path):
        asked = asking(regions=[BLOT])
        gate.release(asked, [PLAN], tmp_path / "out")
        [row] = rows(tmp_path / "out")
        assert row["locator"] == "page:2/region:90,75,400,100"
        assert (row["entity"], row["rule"], row["action"]) == ("REGION", "request.regions.1", "redact")
        assert "7922.000" in row["citation"]
        recorded = (tmp_path / "out/determination.json").read_bytes()
        [found] = json.loads(recorded)["documents"][0]["findings"]
        assert (found["entity"], found["locator"], found["pattern"]) == ("REGION", "page:2", "region 1")
        stack = PolicyStack.load(asked.policies)
        assert replay(recorded, asked, recorded_case(recorded, asked), stack).identical

    def test_the_proof_looks_for_what_lay_there(self, gate, asking, tmp_path):
        gate.release(asking(regions=[BLOT]), [PLAN], tmp_path / "out")
        proof = json.loads((tmp_path / "out/proof.json").read_text())["plan.pdf"]
        assert (proof["passed"], proof["values"]) == (True, 3)

    def test_a_writer_that_leaves_it_is_found_out(self, gate, asking, tmp_path, monkeypatch):
        from redact.formats.pdf import PdfFormat

        write = PdfFormat.write
        monkeypatch.setattr(
            PdfFormat, "write", lambda self, data, document, *_: write(self, data, document, [])
        )
        package = gate.release(asking(regions=[BLOT]), [PLAN], tmp_path / "out")
        assert package.verification_failed and not any((tmp_path / "out/documents").iterdir())

    def test_without_a_box_the_whole_page_goes(self, gate, asking, tmp_path):
        page = {key: value for key, value in BLOT.items() if key != "box"}
        gate.release(asking(regions=[page]), [PLAN], tmp_path / "out")
        first, second = said((tmp_path / "out/documents/plan.pdf").read_bytes())
        assert "bridge" in first and "counter" not in second and "Zanzibar" not in second

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"document": "plans.pdf"}, "regions.1.document: no document of that name"),
            ({"exemption": "mine"}, "regions.1.exemption: unknown"),
            ({"exemption": ""}, "regions.1.exemption: unknown"),
            ({"box": [400, 75, 90, 100]}, "regions 1: box is left, top, right, bottom"),
            ({"page": 0}, "regions.1.page"),
            ({"box": [1, 2, 3]}, "regions.1.box"),
        ],
    )
    def test_one_that_would_be_overlooked_stops_the_release(self, gate, asking, tmp_path, change, says):
        with pytest.raises(RequestError, match=says):
            gate.release(asking(regions=[{**BLOT, **change}]), [PLAN], tmp_path / "out")
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize(
        ("document", "change"),
        [
            (PLAN, {"page": 9}),
            (PLAN, {"box": [5000, 5000, 5001, 5001]}),
            (text("a.txt", CLEAN), {"document": "a.txt"}),
        ],
    )
    def test_one_that_cannot_be_removed_withholds_the_document(
        self, gate, asking, tmp_path, document, change
    ):
        package = gate.release(asking(regions=[{**BLOT, **change}]), [document], tmp_path / "out")
        assert package.documents[0].released is None
        assert not any((tmp_path / "out/documents").iterdir())

    def test_a_request_that_is_blocked_says_so_first(self, gate, asking, tmp_path):
        package = gate.release(asking(regions=[BLOT], processed_by=""), [PLAN], tmp_path / "out")
        assert package.determination.referrals == ("City Clerk",)

    def test_covered_characters_are_those_under_the_box(self):
        region = Redaction("page:2/region:90,75,400,100", Span(0, 1), "x")
        words = ("Zanzibar", "fretwork", "lattice")
        line = "Zanzibar fretwork lattice"
        expected = {(line.index(word), line.index(word) + len(word)) for word in words}
        under = list(covered(PLAN.load(), [region]))
        assert {(each.span.start, each.span.end) for each in under if each.locator == "page:2"} == expected


NUMBERED = {"prefix": "VL-", "first": 41, "digits": 5}


class TestNumbers:
    DOCUMENTS = (
        PLAN,
        text("minutes.txt", MINUTES),
        Source("map.pdf", pdf("A map of parks.")),
        text("a.txt", CLEAN),
    )

    def test_every_page_of_every_pdf_in_the_order_of_the_request(self, gate, asking, tmp_path):
        gate.release(asking(bates=NUMBERED), self.DOCUMENTS, tmp_path / "out")
        printed = [
            line
            for name in ("plan.pdf", "map.pdf")
            for page in said((tmp_path / "out/documents" / name).read_bytes())
            for line in page.split()
            if line.startswith("VL-")
        ]
        assert printed == ["VL-00041", "VL-00042", "VL-00043"]
        manifest = json.loads((tmp_path / "out/manifest.json").read_text())
        assert [d["numbers"] for d in manifest["documents"]] == [
            ["VL-00041", "VL-00042"], [], ["VL-00043", "VL-00043"], [],
        ]  # fmt: skip

    def test_what_is_numbered_is_what_was_verified(self, gate, asking, tmp_path):
        gate.release(asking(bates=NUMBERED), [PLAN], tmp_path / "out")
        from hashlib import sha256

        proof = json.loads((tmp_path / "out/proof.json").read_text())["plan.pdf"]
        assert (
            proof["released_sha256"] == sha256((tmp_path / "out/documents/plan.pdf").read_bytes()).hexdigest()
        )
        assert check_package(tmp_path / "out") == []

    def test_a_withheld_document_keeps_its_numbers(self, gate, asking, tmp_path):
        asked = asking(
            bates=NUMBERED,
            slip_sheets=True,
            documents=[{"match": "plan.pdf", "record_type": "closed_session_minutes"}],
        )
        gate.release(asked, [PLAN, Source("map.pdf", pdf("A map of parks."))], tmp_path / "out")
        [sheet] = said((tmp_path / "out/slip-sheets/withheld-001.pdf").read_bytes())
        words = " ".join(sheet.split())
        assert "plan.pdf" in words and "2 pages is withheld" in words and "54957.2" in words
        assert "VL-00041 to VL-00042" in words
        assert "VL-00043" in said((tmp_path / "out/documents/map.pdf").read_bytes())[0]
        recorded = (tmp_path / "out/determination.json").read_bytes()
        stack = PolicyStack.load(asked.policies)
        assert replay(recorded, asked, recorded_case(recorded, asked), stack).identical

    def test_no_slip_sheet_unless_asked_for(self, gate, asking, tmp_path):
        gate.release(asking(), [text("minutes.txt", MINUTES)], tmp_path / "out")
        assert not any((tmp_path / "out/documents").iterdir())
        gate.release(asking(slip_sheets=True), [text("minutes.txt", MINUTES)], tmp_path / "two")
        assert [p.name for p in (tmp_path / "two/slip-sheets").iterdir()] == ["withheld-001.pdf"]

    @pytest.mark.parametrize("bates", [{"prefix": "a/b"}, {"first": 0}, {"digits": 40}, {"start": 1}])
    def test_an_impossible_numbering_is_refused(self, asking, bates):
        with pytest.raises(RequestError, match="bates"):
            asking(bates=bates)


EXTENSION = {"reasons": ["voluminous"], "noticed_on": "2026-11-10", "until": "2026-11-25"}


class TestExtension:
    def test_the_notice_and_the_deadline_are_in_the_package(self, gate, asking, tmp_path):
        asked = asking(extension=EXTENSION, decided_on="2026-11-24")
        package = gate.release(asked, [text("a.txt", CLEAN)], tmp_path / "out")
        notice = docx.Document(str(tmp_path / "out/extension-notice.docx"))
        words = "\n".join(paragraph.text for paragraph in notice.paragraphs)
        assert "November 25, 2026" in words and "voluminous" in words and "Marisol Tran" in words
        [deadline] = json.loads((tmp_path / "out/manifest.json").read_text())["deadlines"]
        assert (deadline["due"], deadline["standing"]) == ("2026-11-25", "met")
        assert "7922.535(b)" in deadline["citation"]
        assert package.closed

    def test_without_one_a_late_answer_is_called_late(self, gate, asking, tmp_path):
        gate.release(asking(decided_on="2026-11-24"), [text("a.txt", CLEAN)], tmp_path / "out")
        [deadline] = json.loads((tmp_path / "out/manifest.json").read_text())["deadlines"]
        assert (deadline["due"], deadline["standing"]) == ("2026-11-12", "late")
        assert not (tmp_path / "out/extension-notice.docx").exists()

    def test_a_day_on_which_the_office_is_closed_is_none(self, gate, asking, tmp_path):
        asked = asking(decided_on="2026-11-13", closures=["2026-11-12"])
        gate.release(asked, [text("a.txt", CLEAN)], tmp_path / "out")
        [deadline] = json.loads((tmp_path / "out/manifest.json").read_text())["deadlines"]
        assert (deadline["due"], deadline["standing"]) == ("2026-11-13", "met")

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"until": "2026-12-25"}, "at the latest"),
            ({"reasons": []}, "states no reason"),
            ({"reasons": ["we were busy"]}, r"extension\.reasons"),
            ({"noticed_on": "2026-11-20"}, "too late to extend"),
            ({"days": 3}, "one of the two"),
            ({"until": None}, "one of the two"),
            ({"untill": "2026-11-25"}, "did you mean until"),
        ],
    )
    def test_one_that_the_law_does_not_allow_is_refused(self, gate, asking, tmp_path, change, says):
        with pytest.raises(RequestError, match=says):
            asked = asking(extension={**EXTENSION, **change}, decided_on="2026-11-24")
            gate.release(asked, [text("a.txt", CLEAN)], tmp_path / "out")
        assert not list(tmp_path.iterdir())


def test_the_keys_of_the_request_file_are_read_from_toml(tmp_path):
    (tmp_path / "r.toml").write_text("""
id = "PRR-1"
received = 2026-11-02
decided_on = 2026-11-24
closures = [2026-11-12]
slip_sheets = true
[requester]
affiliation = "media"
[extension]
reasons = ["voluminous", "consultation"]
noticed_on = 2026-11-10
days = 14
[bates]
prefix = "VL-"
[[arrests]]
person = "Tony F"
[[regions]]
document = "plan.pdf"
page = 2
box = [90, 75, 400.5, 100]
exemption = "ca-privacy"
""")
    asked = Request.load(tmp_path / "r.toml")
    assert asked.extension is not None and asked.extension.days == 14
    assert asked.bates is not None and asked.bates.label(7) == "VL-000007"
    assert asked.regions[0].box == (90, 75, 400.5, 100)
