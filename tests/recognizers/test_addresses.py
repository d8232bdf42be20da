"""Home and mailing addresses are found whole; offices, businesses, blocks and crossings stay."""

import time

import pytest

from recognizers.addresses import AddressRecognizer


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in AddressRecognizer().find(text)]


HOME = [
    ("Address: 2816 N. Larkin Ave, Apt. 4", "2816 N. Larkin Ave, Apt. 4"),
    ("She lives at 41 Teasel Rd. and walks.", "41 Teasel Rd."),
    ("Home: 229 Windlass St #4, Port Sable WA", "229 Windlass St #4, Port Sable WA"),
    ("Mail to: PO Box 606, Toccoa Bluff", "PO Box 606, Toccoa Bluff"),
    ("Mailing address: P.O. Box 3391", "P.O. Box 3391"),
    ("mail it, Rt 2 Box 61, Alturas Flat", "Rt 2 Box 61, Alturas Flat"),
    ("Home address: RR 4, Box 22", "RR 4, Box 22"),
    (
        "Resides at 1446 Mockingbird Ct. #C, Los Arroyos CA 93299",
        "1446 Mockingbird Ct. #C, Los Arroyos CA 93299",
    ),
    (
        "Mrs. Ottoline Shaw\n4417 Azalea Trace\nFort Dalrymple, GA 31999",
        "4417 Azalea Trace\nFort Dalrymple, GA 31999",
    ),
    ("residence: 6602 Bolsa Verde Ave. Apt 19", "6602 Bolsa Verde Ave. Apt 19"),
    ("Tenant Ana Ruiz, 512 Tannehill Ave., lower", "512 Tannehill Ave., lower"),
    ("vive en Calle 8 Oeste 2205", "Calle 8 Oeste 2205"),
    ("ADDRESS l4 Cod End Ln", "l4 Cod End Ln"),
    ("home 4412 Lemon Hill Ct #6", "4412 Lemon Hill Ct #6"),
    ("Lives with parents at 10221 Blanche Ave; cell 714", "10221 Blanche Ave"),
    ("he moved to 700 Juniper Circle #2F last May", "700 Juniper Circle #2F"),
    ("addr: 88 Wilder Ct. Spc 12", "88 Wilder Ct. Spc 12"),
    ("lives at 77 vesper st with his aunt", "77 vesper st"),
]
PUBLIC = [
    "Loc: 600 BLK TEASEL AVE, PORT SABLE WA",
    "City Hall, 1 Civic Center Drive, Room 200",
    "Report of a crash in the 900 block of Alder Street",
    "the corner of Fifth and Main",
    "Meeting at the Community Center, 400 Park Avenue, 6 pm",
    "Submit forms to the Clerk's Office, 125 W. Main Street.",
    "Repaved 3 Miles of Road in 12 Days",
    "Gov. Code 54957.2 and Section 8",
    "On 12 March 2024 the Council voted 4-1.",
    "Superior Court, 300 E. Olive Avenue",
    "5 Officers and 2 Sergeants",
    "See *Arizona v. United States*, 132 S. Ct. 2492 (2012).",
    "Smith v. Jones, 45 F. Supp. 2d 101; 17 Cal. App. 4th 22; 410 U.S. 113",
    "",
]


@pytest.mark.parametrize(("text", "address"), HOME)
def test_a_home_address_is_found(text: str, address: str) -> None:
    assert found(text) == [address]


@pytest.mark.parametrize("text", PUBLIC)
def test_what_is_public_stays(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "nothing", "score"),
    [
        # what the shape makes likely is confirmed, or given up
        ("07/11 Okafor 12 Teasel, apt 9", 0.1, 0.7),
        ("She lives at 41 Teasel Rd. and walks.", 0.9, None),
        # where the second reader does not know either, the evidence decides
        ("She lives at 41 Teasel Rd. and walks.", 0.5, 0.99),
        # no shape that the evidence speaks against becomes one
        ("the corner of 5 Fifth and Main", 0.0, None),
    ],
)
def test_a_second_reader_is_heard(text: str, nothing: float, score: float | None) -> None:
    hits = list(AddressRecognizer(lambda text, start, end: nothing).find(text))
    assert [hit.score for hit in hits] == ([] if score is None else [pytest.approx(score, abs=0.02)])


@pytest.mark.parametrize(
    "unit", [".", "7", " ", "a", "A", "12 Ab ", "\n", "Ab, ", "#1 ", "12 Elm apt 4 ", "lO "]
)
def test_time_is_linear_in_the_text(unit: str) -> None:
    recognizer = AddressRecognizer()

    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        started = time.process_time()
        for _ in recognizer.find(text):
            pass
        return time.process_time() - started

    seconds(1_000)
    assert seconds(12_000) < 8 * seconds(3_000) + 0.5
