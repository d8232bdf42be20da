"""Which telephone numbers and mailboxes are an office's or a firm's, and which are somebody's."""

import pytest

from recognizers.offices import is_public_box, public_telephone

PUBLIC = [
    "Told her the clerk's line is 831-446-0101 and opens at 8",
    "Risk Management's line, 520-446-0107.",
    "Rehab nurse: Ana Littell, RN, fax 775-446-0102.",
    "Tow req 4471, MERLE TOWING 330-446-0190",
    "Det. Wynn Okafor, 406-446-0108; press",
    "Editor: Bo Amund-Cole, HR Generalist, 320-446-0101. Approved",
    "Deputy City Attorney, 701-446-0100",
    "Loops and ASL on request, 48 hours' notice for assistance, 973-446-0100.",
    "Requests go to the ADA Coordinator at 478-446-0105",
    "Purchasing, 118 Depot Street, 208-446-0100, bids@merrow.example.",
    "1450 Alder Way, 541-446-0111, seniors@quill.example",
    "P. Boyd\nPayroll Manager, City of Lath Springs\n423-446-0100\n",
    "counsel, Eva Stolz, 828-446-0103, her office.",
    "If it reached you by mistake call 620-446-0106.",
    "Program phone 612-446-0100.",
    "Recreation Supt., 928-446-0160",
    "Write to us: Room 510, County Administration Building. Telephone 360-446-0102",
    "A loss must be reported within one hour to 205-446-0119 by whoever sees it",
    "Jurors with a fever are asked to call 315-446-0100.",
    "Hoosier Elevator Co.   35-1120994  V-20418   765-446-0171",
    "Ride-along requests: 918-446-0150",
    "City Hall, 918-446-0150 (TTY 918-446-0151",
    "Replacement of cards: 800-446-0177",
    "My office number is below.\nOffice 620-446-0106, again 620-446-0106",
]
PRIVATE = [
    "her cell 831-446-0101",
    "Reached at 512-446-0118. Paper check mailed",
    "works mornings for the agency, 805-446-0164. Wants",
    "told me to leave my number for the pharmacy assistance, it's 732-446-0171",
    "Cypress Lane, unit 214. 805-446-0137.",
    'Keyholder for all after hours: "Bo" Lund, 505-446-0194; panel',
    "shown as on device.\n\n804-446-0161  Rosa (bldg 7)\nWed 9:02",
    "Jane Roe, 831-446-0101, jane.roe@mailo.example",
    "RP is her neighbor, 831-446-0101",
    "Jane Roe 831-446-0101 (TTY 831-446-0102",
    "EIN 35-1120994 is the shop's. Ida lives at 4 Elm Street with her son Ray now, 831-446-0101",
    "You can call us at 831-446-0101, Ida and Ray Quill",
    "His wife rents at Ridge Court, Suite 4. 831-446-0101",
]


@pytest.mark.parametrize("text", PUBLIC)
def test_a_number_is_an_office_s(text: str) -> None:
    start = text.rindex("446-") - 4
    assert public_telephone(text, start, start + 12)


@pytest.mark.parametrize("text", PRIVATE)
def test_a_number_is_somebody_s(text: str) -> None:
    start = text.rindex("446-") - 4
    assert not public_telephone(text, start, start + 12)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("selfhelp@alder.example", True),
        ("servicedesk@mills.example", True),
        ("depot.merchants@tenbiz.example", True),
        ("license@sanel.example", True),
        ("courthelp@alder.example", True),
        ("lab.intake@nbr.example", True),
        ("carella@mailo.example", False),
        ("m.depot@mailo.example", False),
        ("anton.gn@mailo.example", False),
    ],
)
def test_a_mailbox_is_nobody_s(address: str, public: bool) -> None:
    assert is_public_box(address) is public
