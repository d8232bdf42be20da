"""Controlled copies: who receives one, until when, and what bears its stamp."""

import io
import json
from dataclasses import replace
from datetime import date

import docx
import pikepdf
import pypdf
import pypdfium2
import pytest

from redact import Gate, Request, Source, stamping
from redact.controlled_copy import controlled_copy
from redact.determination import Case, Facts, determine
from redact.errors import RequestError
from redact.formats.pdf import PdfFormat, stamped
from redact.policy import PolicyStack
from redact.replay import recorded_case, replay
from redact.requester import resolve
from tests.policies.cases import ask, finding, signed, stack, staff

TERMS = [
    # who asks, [copy] of the request, the last day; None: no controlled copy
    (ask(), None, None),
    (ask("record_subject"), None, None),
    (ask(), {"days": 10}, date(2026, 11, 20)),
    (staff(), None, date(2027, 2, 8)),
    (staff(category="city_official"), None, date(2027, 2, 8)),
    (staff(), {}, date(2027, 2, 8)),
    (staff(), {"days": 30}, date(2026, 12, 10)),
    (staff(), {"days": 90}, date(2027, 2, 8)),
    (staff(), {"expires_on": "2026-11-10"}, date(2026, 11, 10)),
    (staff(requester={"affiliated_until": "2026-11-09"}), None, None),
]


def with_copy(asked: Request, copy: object) -> Request:
    return asked if copy is None else Request.parse({**PLAIN, "copy": copy}, today=asked.decided_on)


PLAIN = {
    "id": "PRR-1",
    "received": "2026-11-02",
    "decided_on": "2026-11-10",
    "requester": {"category": "court"},
}


@pytest.mark.parametrize(("asked", "copy", "last"), TERMS)
def test_who_receives_a_controlled_copy_and_until_when(asked, copy, last):
    policies = stack("california", "cerritos")
    asked = replace(asked, copy=with_copy(asked, copy).copy)
    made = controlled_copy(asked, resolve(asked, policies), policies)
    assert (made and made.expires_on) == last
    if made:
        assert made.stamp.startswith("CONTROLLED COPY - request PRR-1 - ")
        assert made.stamp.endswith(f"expires {last}")
        assert asked.requester.name not in made.stamp


def test_the_stamp_says_category_and_purpose_but_no_words_of_the_requester():
    asked = staff("hipaa_or_medical", purpose={"statement": "light duty for Rosalind Achterberg"})
    policies = stack("california", "cerritos")
    made = controlled_copy(asked, resolve(asked, policies), policies)
    assert "city employee - official business (hipaa or medical)" in made.stamp
    assert "Achterberg" not in made.stamp
    assert made.clauses == ("1.03.030-1c; 1.03.040.A.6",)


WRONG = [
    ({"expires_on": "2026-11-09"}, "a copy that has expired is not released"),
    ({"expires_on": "2026-12-01", "days": 3}, "one of the two"),
    ({"days": 0}, "copy.days"),
    ({"days": "soon"}, "copy.days"),
    ({"until": "2026-12-01"}, "copy"),
]


@pytest.mark.parametrize(("copy", "says"), WRONG)
def test_an_impossible_copy_is_refused_before_anything_is_read(copy, says):
    with pytest.raises(RequestError, match=says):
        Request.parse({**PLAIN, "copy": copy})


@pytest.mark.parametrize("copy", [{"days": 91}, {"expires_on": "2027-02-09"}])
def test_no_copy_is_good_for_longer_than_the_policy_lets_it(copy):
    asked = Request.parse({**json.loads(DIRECTOR), "copy": copy})
    with pytest.raises(RequestError, match="90 days, until 2027-02-08"):
        determine(asked, Case((Facts("memo.txt", (finding("PERSON"),)),)), stack("california", "cerritos"))


def test_where_nobody_says_when_it_expires_nothing_is_released(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        'id = "own"\ntitle = "Own"\nsource = "here"\nstatus = "adopted"\n'
        '[copy]\nrequesters = ["city"]\nclause = "7"\nwhy = "It is ours."\n'
    )
    policies = PolicyStack.load(["california", str(own)])
    with pytest.raises(RequestError, match="say when the copy expires"):
        determine(staff(), Case(), policies)
    asked = Request.parse({**json.loads(DIRECTOR), "copy": {"days": 400}, "policies": []})
    assert determine(asked, Case(), policies).copy.expires_on == date(2027, 12, 15)


def test_a_request_that_is_blocked_makes_no_copy():
    assert determine(staff(authorization=[]), Case(), stack("california", "cerritos")).copy is None


DIRECTOR = json.dumps(
    {
        "id": "INT-1",
        "received": "2026-11-02",
        "decided_on": "2026-11-10",
        "policies": ["california", "cerritos"],
        "processed_by": "Risk Management",
        "responsible": {"name": "Amir Castellan", "title": "Risk Manager"},
        "requester": {"name": "Lena Forsgren", "affiliation": "employee"},
        "purpose": {"kind": "official_business", "statement": "light duty", "duty": "hipaa_or_medical"},
        "authorization": [
            {"role": "city_attorney", "name": "Ann Okonkwo", "on": "2026-11-04"},
            {"role": "city_manager", "name": "Janet Kerr", "on": "2026-11-05"},
        ],
        "agreement": [signed("hipaa_or_medical")],
        "copy": {"days": 30},
    }
)
STAMP = (
    "CONTROLLED COPY - request INT-1 - city employee - official business (hipaa or medical) - "
    "expires 2026-12-10"
)
TEXT = "Rosalind Achterberg has lumbar disc herniation. SSN 548-90-1123. The city employee expires a permit."


def word(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    document.add_section()
    second = document.sections[1]
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "Annex"
    second.different_first_page_header_footer = True
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def page(text: str, rotate: int = 0) -> bytes:
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for _ in range(2):
        pdf.add_blank_page(page_size=(612, 792))
        last = pdf.pages[-1]
        last.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        last.obj.Contents = pdf.make_stream(b"BT /F 10 Tf 40 700 Td (" + text.encode() + b") Tj ET")
        last.obj.Rotate = rotate
    saved = io.BytesIO()
    pdf.save(saved)
    return saved.getvalue()


@pytest.fixture(scope="module")
def package(gate: Gate, tmp_path_factory):
    documents = [
        Source("note.txt", TEXT.encode()),
        Source("legacy.txt", ("\ufeff" + TEXT).encode("utf-16-le")),
        Source("memo.docx", word(TEXT)),
        Source("scan.pdf", page(TEXT)),
        Source("table.csv", f"name,note\r\nRosalind Achterberg,{TEXT.split('.')[0]}\r\n".encode()),
    ]
    out = tmp_path_factory.mktemp("copy") / "out"
    return gate.release(Request.parse(json.loads(DIRECTOR)), documents, out)


def test_every_released_document_bears_the_stamp_or_goes_with_a_cover(package):
    where = {account.name: account.stamped for account in package.accounts}
    assert where == {
        "note.txt": "first line",
        "legacy.txt": "first line",
        "memo.docx": "head of every page",
        "scan.pdf": "every page",
        "table.csv": "cover sheet",
    }
    released = package.path / "documents"
    assert released.joinpath("note.txt").read_text().splitlines()[0] == STAMP
    assert released.joinpath("legacy.txt").read_bytes().decode("utf-16").splitlines()[0] == STAMP
    memo = docx.Document(str(released / "memo.docx"))
    heads = [memo.sections[0].header, memo.sections[1].header, memo.sections[1].first_page_header]
    assert all(head.paragraphs[0].text == STAMP for head in heads)
    for each in pypdfium2.PdfDocument(released / "scan.pdf"):
        assert each.get_textpage().get_text_range().count(STAMP) == 2
    (cover,) = pypdfium2.PdfDocument(released / "table.csv.cover.pdf")
    assert "expires 2026-12-10" in " ".join(cover.get_textpage().get_text_range().split())
    assert not released.joinpath("table.csv").read_text().startswith("CONTROLLED")


def test_what_leaves_with_its_stamp_was_verified(package):
    """A value that is a word of the stamp as well is no leak there; a removed one is found nowhere."""
    assert all(account.proof["passed"] for account in package.accounts)
    for file in (package.path / "documents").iterdir():
        assert b"548-90-1123" not in file.read_bytes()


def test_letter_manifest_and_determination_say_that_it_expires(package):
    manifest = json.loads((package.path / "manifest.json").read_text())
    assert manifest["copy"]["expires_on"] == "2026-12-10" and manifest["copy"]["stamp"] == STAMP
    assert [each["stamped"] for each in manifest["documents"]][-1] == "cover sheet"
    assert "documents/table.csv.cover.pdf" in manifest["files"]
    determination = json.loads((package.path / "determination.json").read_text())
    assert determination["copy"] == manifest["copy"]
    letter = docx.Document(str(package.path / "determination-letter.docx"))
    assert "expire on December 10, 2026" in " ".join(p.text for p in letter.paragraphs)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_stamp_stands_on_the_page_however_that_is_turned(rotate):
    format = PdfFormat()
    data = page("Nothing here.", rotate)
    written = stamped(format.write(data, format.read(data, "a.pdf"), ()).data, STAMP)
    assert all(STAMP in each.extract_text() for each in pypdf.PdfReader(io.BytesIO(written)).pages)
    first = pypdfium2.PdfDocument(written)[0]
    text = first.get_textpage()
    width, height = first.get_size()
    boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    assert left >= 0 and bottom >= 0 and right <= max(width, height) and top <= max(width, height)
    picture = first.render(scale=1).to_pil().convert("L")
    head = picture.crop((0, 0, picture.width, 16))
    assert head.getextrema()[0] < 100, "the line stands at the head of the page as it is displayed"


def test_a_leak_beside_the_stamp_is_found(gate, tmp_path, monkeypatch):
    def leaky(format: str, data: bytes, stamp: str) -> tuple[bytes, str]:
        return stamping.stamped(format, data, stamp)[0] + b" 548-90-1123", "first line"

    monkeypatch.setattr("redact.carrying_out.stamped", leaky)
    asked = Request.parse(json.loads(DIRECTOR))
    package = gate.release(asked, [Source("note.txt", TEXT.encode())], tmp_path / "out")
    assert package.verification_failed and not list((tmp_path / "out/documents").iterdir())
    recorded = (tmp_path / "out/determination.json").read_bytes()
    policies = stack("california", "cerritos")
    assert replay(recorded, asked, recorded_case(recorded, asked), policies).identical
