"""Letters: what the requester is told, and without what no letter is written."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redact.authority import LegalBasis
from redact.case import Case, Facts
from redact.citation import is_law
from redact.determination import Determination, determine
from redact.document import Obstacle, Span
from redact.errors import LetterError, RequestError
from redact.extension import CIRCUMSTANCES, Circumstance, Extension
from redact.finding import Finding
from redact.letters import KINDS, extension_notice, kind_of, letter
from redact.parties import Requester, Responsible
from redact.policy import PolicyStack
from redact.purpose import Purpose
from redact.request import Request
from redact.template import Value, fill, placeholders

STACK = PolicyStack.load(["california", "cerritos"])
PUBLIC = Request(
    id="PRR-2026-0142",
    received=date(2026, 11, 2),
    decided_on=date(2026, 11, 10),
    requester=Requester(name="Renée O’Hara", category="general_public", affiliation="media"),
    processed_by="City Clerk",
    responsible=Responsible("Vida Barone", "City Clerk"),
)
FEDERAL = replace(
    PUBLIC,
    requester=Requester(category="federal_immigration_authority"),
    purpose=Purpose("immigration_enforcement"),
    legal_basis=(LegalBasis("administrative_warrant"),),
)


def findings(*entities: str) -> tuple[Finding, ...]:
    return tuple(
        Finding("page:1", Span(10 * n, 10 * n + 9), entity, 0.9, "test") for n, entity in enumerate(entities)
    )


CLEAN = Facts("memo.docx")
REPORT = Facts("report.pdf", findings("US_SSN", "US_SSN", "US_DRIVER_LICENSE", "VICTIM_STATUS"))
MINUTES = Facts("minutes.pdf", record_type="closed_session_minutes")
SCAN = Facts("scan.pdf", obstacles=(Obstacle("no-text-layer", "it has no text that can be searched"),))


def decided(request: Request, *documents: Facts, stack: PolicyStack = STACK) -> Determination:
    return determine(request, Case(documents), stack)


def text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    parts = [p.text for p in document.paragraphs]
    parts += [c.text for table in document.tables for row in table.rows for c in row.cells]
    parts += [p.text for s in document.sections for p in (*s.header.paragraphs, *s.footer.paragraphs)]
    return "\n".join(parts)


def written(request: Request, *documents: Facts, stack: PolicyStack = STACK) -> str:
    return text(letter(decided(request, *documents, stack=stack), request, stack, city="City of Cerritos"))


# --- Which letter ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "documents", "kind"),
    [
        (PUBLIC, [CLEAN], "granted"),
        (PUBLIC, [], "granted"),
        (PUBLIC, [CLEAN, REPORT], "partly_denied"),
        (PUBLIC, [REPORT], "partly_denied"),
        (PUBLIC, [CLEAN, MINUTES], "partly_denied"),
        (PUBLIC, [CLEAN, SCAN], "partly_denied"),
        (PUBLIC, [MINUTES], "denied"),
        (PUBLIC, [MINUTES, SCAN], "denied"),
        (PUBLIC, [SCAN], "referral"),
        (replace(PUBLIC, processed_by="Planning"), [CLEAN], "referral"),
        (FEDERAL, [CLEAN, REPORT], "denied"),
    ],
)
def test_the_kind_follows_from_the_determination(
    request_: Request, documents: list[Facts], kind: str
) -> None:
    determination = decided(request_, *documents)
    assert kind_of(determination) == kind
    assert "{{" not in text(letter(determination, request_, STACK))


def test_every_kind_has_a_template_that_names_the_responsible_person() -> None:
    folder = Path(__file__).parents[1] / "redact" / "templates"
    assert {path.stem for path in folder.glob("*.docx")} == {*KINDS, "receipt"}
    for path in folder.glob("*.docx"):
        assert {"responsible_name", "responsible_title", "request_id", "received"} <= placeholders(
            path.read_bytes()
        )


# --- What each says --------------------------------------------------------------------------------------


def test_granted() -> None:
    said = written(PUBLIC, CLEAN)
    assert "released to you in full" in said
    for part in (
        "City of Cerritos",
        "Renée O’Hara",
        "PRR-2026-0142",
        "November 2, 2026",
        "November 12, 2026",
    ):
        assert part in said
    assert "Vida Barone" in said and "The records accompany this letter." in said


def test_partly_denied_lists_each_exemption_with_its_citation_and_count() -> None:
    data = letter(decided(PUBLIC, CLEAN, REPORT, MINUTES, SCAN), PUBLIC, STACK)
    (table,) = docx.Document(io.BytesIO(data)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Authority", "What it protects", "Redactions"]
    counts = {citation: count for citation, _, count in rows[1:]}
    assert counts["Gov. Code § 7922.200"] == "2"
    assert sum(map(int, counts.values())) == 4
    said = text(data)
    assert "minutes.pdf: Gov. Code §" in said and "Minutes of a closed session are withheld whole." in said
    assert "could not yet be examined in full" in said and "scan.pdf: it has no text" in said
    assert "7922.540" in said and "7923.000" in said


def test_denied_to_a_federal_immigration_authority_says_why_and_names_no_document() -> None:
    said = written(FEDERAL, CLEAN, REPORT)
    assert "Gov. Code § 7284.6(a)(1)(D)" in said
    assert "Administrative warrant (I-200, I-205): not sufficient" in said
    assert "record of the contact" not in said and "(officials)" not in said, (
        "what the office itself lacks is not the requester's to supply"
    )
    assert "report.pdf" not in said and "memo.docx" not in said
    assert "released" not in said


def test_a_referral_names_the_office_and_denies_nothing() -> None:
    request = replace(PUBLIC, processed_by="Planning")
    said = written(request, REPORT)
    assert "City Clerk" in said and "Nothing is denied" in said
    assert "report.pdf" not in said


def test_an_internal_request_that_is_blocked_cites_the_clause_of_the_policy() -> None:
    request = replace(
        PUBLIC,
        requester=Requester(name="A. Lin", category="city_employee"),
        purpose=Purpose("official_business", "audit", "payroll"),
    )
    said = written(request, REPORT)
    assert "City of Cerritos Confidentiality Policy, 1.03.040.B" in said
    assert "Confidentiality Agreement" in said
    assert "7923.000" not in said, "the remedy of the Public Records Act is for its requesters"


EXTENSION = Extension(("voluminous",), date(2026, 11, 9), until=date(2026, 11, 25))
EXTENDED = replace(PUBLIC, extension=EXTENSION)


def test_an_extension_states_its_reasons_and_its_date_and_needs_no_determination() -> None:
    said = text(extension_notice(EXTENDED))
    assert "expected to be dispatched on November 25, 2026" in said
    assert "voluminous amount" in said and "November 12, 2026" in said and "November 9, 2026" in said
    with pytest.raises(RequestError, match="at the latest"):
        extension_notice(replace(PUBLIC, extension=replace(EXTENSION, until=date(2026, 12, 25))))
    with pytest.raises(LetterError, match=r"\[extension\]"):
        extension_notice(PUBLIC)


@pytest.mark.parametrize("reason", CIRCUMSTANCES)
def test_a_notice_says_each_reason_of_the_law_once_in_full(reason: Circumstance) -> None:
    said = text(extension_notice(replace(PUBLIC, extension=replace(EXTENSION, reasons=(reason, reason)))))
    assert said.count(CIRCUMSTANCES[reason][1:]) == 1


def test_days_are_counted_beyond_the_first_ten() -> None:
    days = replace(EXTENSION, until=None, days=14)
    assert "dispatched on November 30, 2026" in text(extension_notice(replace(PUBLIC, extension=days)))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, "received on November 2, 2026; the determination was due by November 12, 2026."),
        ({"extension": EXTENSION}, "the determination as extended was due by November 25, 2026."),
        ({"closures": (date(2026, 11, 12),)}, "the determination was due by November 13, 2026."),
        ({"purpose": Purpose("litigation")}, "received on November 2, 2026."),
    ],
)
def test_when_it_was_due_is_said_where_the_records_act_governs(change: dict[str, object], says: str) -> None:
    asked = replace(PUBLIC, **change)
    for documents in ([CLEAN], [REPORT], [MINUTES]):
        assert says in text(letter(decided(asked, *documents), asked, STACK))


def test_records_that_come_later_say_when() -> None:
    data = letter(decided(PUBLIC, REPORT), PUBLIC, STACK, available_on=date(2026, 12, 1))
    assert "available on December 1, 2026" in text(data)


# --- Without what no letter is written -------------------------------------------------------------------


@pytest.mark.parametrize("documents", [[CLEAN], [REPORT], [MINUTES], [SCAN]])
@pytest.mark.parametrize(
    "responsible", [None, Responsible("", "City Clerk"), Responsible("Vida Barone", " ")]
)
def test_no_letter_without_the_responsible_person_and_title(
    documents: list[Facts], responsible: Responsible | None
) -> None:
    request = replace(PUBLIC, responsible=responsible)
    with pytest.raises(LetterError, match=r"responsible = \{ name") as caught:
        letter(decided(request, *documents), request, STACK)
    assert caught.value.exit_code == 2


def test_no_extension_without_the_responsible_person_either() -> None:
    with pytest.raises(LetterError, match=r"7922\.540"):
        extension_notice(replace(EXTENDED, responsible=None))


def test_no_letter_without_an_exemption_for_each_redaction() -> None:
    uncoded = PolicyStack.load(["cerritos"])  # has no rule for the public: redacted without a ground
    with pytest.raises(LetterError, match="no exemption is cited"):
        letter(decided(PUBLIC, REPORT, stack=uncoded), PUBLIC, uncoded)


def test_a_policy_of_the_city_alone_is_no_ground_against_the_public() -> None:
    local = PolicyStack.load(["ramsey"])
    with pytest.raises(LetterError, match="no exemption"):
        letter(decided(PUBLIC, REPORT, stack=local), PUBLIC, local)


@pytest.mark.parametrize(
    ("citation", "law"),
    [
        ("Gov. Code § 7922.200", True),
        ("Gov. Code § 7927.705; Welf. & Inst. Code § 10850", True),
        ("Veh. Code § 1808.21", True),
        ("18 U.S.C. § 2721", True),
        ("45 C.F.R. § 164.502", True),
        ("Cal. Const. art. I, § 1", True),
        ("Code Civ. Proc. § 2018.030", True),
        ("Cerritos Confidentiality Policy 1.03.040.A.1", False),
        ("Pasadena AA 2.b", False),
        ("Pasadena Municipal Code § 2.10", False),
        ("Pasadena Municipal Code § 2.10; Gov. Code § 7922.000", True),
        ("Standard of Conduct § 2", False),
        ("PCI DSS 3.4.1", False),
        ("", False),
    ],
)
def test_what_is_law(citation: str, law: bool) -> None:
    assert is_law(citation) is law


# --- The file --------------------------------------------------------------------------------------------


def test_the_same_letter_is_the_same_bytes() -> None:
    determination = decided(PUBLIC, CLEAN, REPORT, MINUTES)
    first, second = (letter(determination, PUBLIC, STACK) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
    properties = docx.Document(io.BytesIO(first)).core_properties
    assert properties.created is not None and properties.created.date() == PUBLIC.decided_on
    assert properties.title == "Determination of PRR-2026-0142"


def test_a_city_replaces_one_template_and_keeps_the_others(tmp_path: Path) -> None:
    own = docx.Document()
    own.add_paragraph("Ciudad: {{city}}, {{responsible_name}}")
    own.save(str(tmp_path / "granted.docx"))
    granted = letter(decided(PUBLIC, CLEAN), PUBLIC, STACK, tmp_path, city="Cerritos")
    assert text(granted).startswith("Ciudad: Cerritos, Vida Barone")
    assert "Authority" in text(letter(decided(PUBLIC, REPORT), PUBLIC, STACK, tmp_path))


def test_a_folder_of_templates_must_exist(tmp_path: Path) -> None:
    with pytest.raises(LetterError, match="not a folder of templates"):
        letter(decided(PUBLIC, CLEAN), PUBLIC, STACK, tmp_path / "missing")


# --- Templates -------------------------------------------------------------------------------------------


def template(build: Callable[[docx.document.Document], object]) -> bytes:
    document = docx.Document()
    build(document)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def filled(data: bytes, values: dict[str, Value]) -> str:
    return text(fill(data, values, dated=date(2026, 1, 1), author="", title="")).strip()


def in_runs(*runs: str) -> bytes:
    def build(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph()
        for number, run in enumerate(runs):
            paragraph.add_run(run).bold = number % 2 == 0

    return template(build)


@pytest.mark.parametrize(
    "runs",
    [
        ["a {{name}} b {{name}} c"],
        ["a {{na", "me}} b {{name}} c"],
        ["a {", "{", "name", "}", "} b {{name", "}} c"],
        ["a {{ name }} b ", "{{name}}", " c"],
        list("a {{name}} b {{name}} c"),
        ["a {{name}} b {{na", "", "me}} c"],
    ],
)
def test_a_placeholder_is_filled_however_word_has_split_it(runs: list[str]) -> None:
    assert filled(in_runs(*runs), {"name": "Ada & <Co>"}) == "a Ada & <Co> b Ada & <Co> c"


@settings(max_examples=30)
@given(st.lists(st.integers(0, 22), max_size=6), st.text(max_size=8))
def test_a_placeholder_is_filled_wherever_it_is_split(cuts: list[int], value: str) -> None:
    whole = "x {{name}} y {{other}} z"
    bounds = [0, *sorted(cuts), len(whole)]
    runs = [whole[a:b] for a, b in pairwise(bounds)]
    said = filled(in_runs(*runs), {"name": value, "other": "O"})
    assert said.startswith("x ") and said.endswith(" y O z")
    assert "name" not in said.removesuffix(" y O z") or "name" in value


def test_lists_repeat_their_paragraph_or_take_it_away() -> None:
    data = template(lambda d: [d.add_paragraph(line) for line in ("before", "{{items}}", "after")])
    assert filled(data, {"items": ["one", "two"]}) == "before\none\ntwo\nafter"
    assert filled(data, {"items": []}) == "before\nafter"


def table_template(document: docx.document.Document) -> None:
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        table._cells, ("What", "How many", "{{row.what}}", "{{row.count}}x {{unit}}"), strict=True
    ):
        cell.text = words


def test_rows_of_a_table_are_repeated_and_an_empty_table_goes() -> None:
    data = template(table_template)
    rows = [{"what": "ssn", "count": "2"}, {"what": "dob", "count": "3"}]
    assert filled(data, {"row": rows, "unit": "u"}) == "What\nHow many\nssn\n2x u\ndob\n3x u"
    assert filled(data, {"row": [], "unit": "u"}) == ""


def test_headers_footers_and_nested_tables_are_filled() -> None:
    def build(document: docx.document.Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{city}}"
        document.sections[0].footer.paragraphs[0].text = "of {{city}}"
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.add_table(rows=1, cols=1).cell(0, 0).text = "in {{city}}"

    result = fill(template(build), {"city": "Cerritos"}, dated=date(2026, 1, 1), author="", title="")
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    assert everything.count(b"Cerritos") == 3
    assert b"{{" not in everything


REFUSED = [
    ("{{nobody}}", "unknown placeholder {{nobody}}"),
    ("by {{nobody}}", "unknown placeholder {{nobody}}"),
    ("by {{items}}", "give it a paragraph"),
    ("{{rows}}", "use a row"),
    ("{{name", "not spelled"),
    ("{{Name}}", "not spelled"),
    ("{{name.part}}", "unknown placeholder"),
]


@pytest.mark.parametrize(("line", "refusal"), REFUSED)
def test_a_template_that_cannot_be_filled_is_refused(line: str, refusal: str) -> None:
    values: dict[str, Value] = {"name": "secret", "items": ["secret"], "rows": [{"a": "secret"}]}
    with pytest.raises(LetterError) as caught:
        filled(template(lambda d: d.add_paragraph(line)), values)
    assert refusal in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("cells", ["{{row.nothing}}", "{{unit.count}}", "{{row.what}} {{other.what}}"])
def test_a_row_that_cannot_be_filled_is_refused(cells: str) -> None:
    data = template(lambda d: setattr(d.add_table(rows=1, cols=1).cell(0, 0), "text", cells))
    values: dict[str, Value] = {"row": [{"what": "secret"}], "other": [], "unit": "u"}
    with pytest.raises(LetterError):
        filled(data, values)


@pytest.mark.parametrize("data", [b"", b"PK not a zip", b"%PDF-1.7"])
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(LetterError, match="not a Word document"):
        fill(data, {}, dated=date(2026, 1, 1), author="", title="")


def test_a_value_can_neither_break_the_file_nor_be_a_placeholder() -> None:
    data = template(lambda d: d.add_paragraph("by {{name}} of {{city}}"))
    assert filled(data, {"name": "A\x00B\x1b\n{{city}}", "city": "C"}) == "by A B {city} of C"
