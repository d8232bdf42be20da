"""Which documents tell of a confidential informant, and which only speak of informants."""

import io
import zipfile

import docx
import pypdfium2
import pytest

from redact.document import Segment
from redact.informants import informants
from redact.trait import Trait
from tests.conftest import text

TELL = [
    "On October 4 a confidential informant told Det. Ruiz that the shipment was due.",
    "The confidential reliable informant bought 0.4 g from the target in a controlled buy.",
    "CI #22-017 is no longer to be used; he was burned at the prelim.",
    "CI 0418, true name Toby Sprague. Reliable in three buys.",
    "Payee code: CI-19-044. Narcotics buy fund, $360.00.",
    "Handler notes: CRI-7 wore a wire on both occasions.",
    "SOI-3 keeps the second set of books; the handler wants her out by December.",
    "Information was received from a registered informant, number 24-003, about the garage.",
    "According to a confidential source, the suspect sleeps at the shop.",
    "Mr. Ferrucci is a cooperating individual, and the City should not discuss his lease.",
    "He has been a CI for Narcotics since 2021, so be careful what you write.",
    "The source of information advised that the money is in the attic.",
    "Affiant met the CI at the park. The C/I was searched before the buy.",
    "Un informante confidencial dijo que la droga estaba en el garaje.",
    "The ＣＩ　＃22-017 bought twice from the target.",
    "INFORMANT RECEIPT. Received $200 cash, narcotics. Signed: Lefty.",
]
SILENT = [
    "Policy 610, Confidential Informants. A juvenile shall not be used as an informant without approval.",
    "Each confidential informant file must be reviewed quarterly by the captain.",
    "A confidential informant is a person who provides information in return for money.",
    "How are informants paid? Two officers, one receipt, cash from the safe, quarterly audit.",
    "Officers may meet a confidential source only with a second officer present.",
    "Training on the handling of informants was held in March.",
    "CI 6-inch main, 1931, leaded joints. Replace CI with DI from Station 4+00.",
    "CIs for FY26: CI-01 HVAC, CI-02 roof, CI-03 parking lot.",
    "Death certificate. Informant: daughter. Disposition: burial, section 11.",
    "Mandated provider Caloosa Memorial; out of county with approval no. CI-0418-B.",
    "The water source was tested; a reliable source of drinking water is the goal.",
    "Please keep me informed. The informant on the radio show was wrong about the vote.",
    "The witness told Ofc. Tamayo what she saw.",
    "",
]


@pytest.mark.parametrize("told", TELL)
def test_tells_of_an_informant(told):
    assert informants([Segment("page:1", "Nothing here."), Segment("page:2", told)]) == Trait(
        "informant", "page:2"
    )


@pytest.mark.parametrize("told", SILENT)
def test_tells_of_nobody(told):
    assert informants([Segment("page:1", told)]) is None


def test_hidden_text_tells_too():
    assert informants([Segment("meta:Comments", TELL[0], visible=False)])


def test_a_long_text_is_searched_to_its_end():
    assert informants([Segment("text", "The weather was fine that day.\n" * 20_000 + TELL[2])])


def test_what_the_requester_gets_does_not_say_that_there_is_an_informant(gate, asking, tmp_path):
    out = tmp_path / "out"
    documents = [text("report.txt", TELL[0]), text("hours.txt", "The library opens at nine.\n")]
    gate.release(asking(slip_sheets=True, delivery=True), documents, out)
    with zipfile.ZipFile(out / "delivery.zip") as delivery:
        told = {name: delivery.read(name) for name in delivery.namelist()}
    letter = docx.Document(io.BytesIO(told["determination-letter.docx"]))
    [sheet] = [data for name, data in told.items() if name.startswith("slip-sheets/")]
    words = [
        *(paragraph.text for paragraph in letter.paragraphs),
        *(cell.text for table in letter.tables for row in table.rows for cell in row.cells),
        *(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(sheet)),
        *(data.decode() for name, data in told.items() if name.endswith((".csv", ".html"))),
    ]
    assert any("City Attorney" in each for each in words)
    assert not [each for each in words if "informant" in each.lower() or "1041" in each]
