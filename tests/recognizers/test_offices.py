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
    "Police, non-emergency 208-446-0111",
    "Gave her the number of the Advocate Nell Frayne (360-446-0102",
    "Referred to Advocate Cora Banks, 843-446-0109",
    "Iris Strand, Victim Services Coordinator, 816-446-0121",
    "Nora Bell\nPersonnel Officer, (704-446-0100",
    "Una Ouellet, 504 Coordinator\n603-446-0100, ext. 14",
    "Prepared by: Brit Solem, Financial Worker Lead, 218-446-0100",
    "Call Kay Biggs, accounts payable, 931-446-0100",
    "claims to Risk, 360-446-0120",
    "he can call Code at 831-446-0100",
    "If you need another date call my office at 608-446-0114.",
    "Letters out 3/29. Phone for appeals 701-446-0105.",
    "on the card is expired. Gave legal aid number 617-446-0102.",
    "he paid twice. Gave CPRB number 412-446-0102, sat with them",
    "You may appeal to the ADA coordinator, Lu Hamm, 803-446-0109.",
    "Contact: Bo Crowder, Risk, 770-446-0108",
    "Show your permit. If that fails call the ranger at 785-446-0111.",
    "Phone, 615-446-0155 (City line)",
    "Aesop PIN resets: call 386-446-0101, not by e-mail",
    "Call the bank and the Controller at 610-446-0128",
    "Call me at the clerk's counter, 715-446-0100",
    "Refer: outreach, Jen Pomer, 802-446-0100",
    "Left word with the ACT team, 207-446-0100",
    "Complaints may be filed at 515-446-0100",
    "with an e-mail and a password. By phone: 253-446-0148",
    "Window 6, Monday to Friday\nTelephone 419-446-0140; fax 419-555-0149",
    "Sent to all. City of Ashmere, Illinois, 217-446-0100",
    "Branch phone is 715-446-0100 if anybody needs it",
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
    "Call 831-446-0101 after five",
    "Contact: 831-446-0101 (text, not voice)",
    "Confirmed with Ann Law, 831-446-0101",
    "Her nephew told us by phone (831-446-0101) that he",
    "Keyholder 1: Roy Whit   night tel 831-446-0101",
    "Phone: 831-446-0101   E-mail none",
    "referred to Advocate Cora Banks, her cell 831-446-0101",
    "His personal phone for service of papers is 831-446-0101",
    "Her contact is counsel's office, not 831-446-0101",
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
        ("ems-all@harrow.example", True),
        ("ward2@tenbiz.example", True),
        ("ward.allen@mailo.example", False),
        ("ann.ward@mailo.example", False),
        ("carella@mailo.example", False),
        ("m.depot@mailo.example", False),
        ("anton.gn@mailo.example", False),
    ],
)
def test_a_mailbox_is_nobody_s(address: str, public: bool) -> None:
    assert is_public_box(address) is public
