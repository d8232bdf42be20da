"""Which numbers a label says are nobody's identifier, and which it does not."""

import time

import pytest

from recognizers.public_numbers import public_number

PUBLIC = [
    ("US_BANK_NUMBER", "docket 24-CI-00417", "24-CI-00417"),
    ("US_BANK_NUMBER", "paid by warrants 330118 and 330152, twice", "330152"),
    ("US_BANK_NUMBER", "authorizations 71182, 71190 and 71204 at the pump", "71204"),
    ("US_BANK_NUMBER", "Check 207713 was returned", "207713"),
    ("US_BANK_NUMBER", "a levy no. L0091822 to the bank", "L0091822"),
    ("US_BANK_NUMBER", "FEIN 77-0199283", "FEIN 77-0199283"),
    ("US_BANK_NUMBER", "Budget: account 3-02-10-115-404", "account 3-02-10-115-404"),
    ("US_BANK_NUMBER", "Panel account 8812-03", "account 8812-03"),
    ("US_BANK_NUMBER", "Re: Disclosure, 51CIV23-000871", "51CIV23-000871"),
    ("MEDICAL_ID", "Clinic (NPI 1730058812)", "NPI 1730058812"),
    ("MEDICAL_ID", "L&I claim BX-10933 is hers", "BX-10933"),
    ("MEDICAL_ID", "suit HHD-CV-22-7140013-S", "-22-7140013"),
    ("MEDICAL_ID", "serial CH4-22910038, used", "CH4-22910038"),
    ("MEDICAL_ID", "TCN 220-14-550017", "220-14-550017"),
    ("MEDICAL_ID", "Counsel for tenant: Ida Moreau, SBN 220913", "220913"),
    ("US_DRIVER_LICENSE", "Drug screen: collected, CCF 30117745", "30117745"),
    ("US_DRIVER_LICENSE", "VIN JHMGE88309S009911", "JHMGE88309S009911"),
    ("US_DRIVER_LICENSE", "her therapist's license 0077113", "0077113"),
    ("US_DRIVER_LICENSE", "Dealer license QB-0901", "QB-0901"),
    ("US_DRIVER_LICENSE", "Crane Lock & Safe, 12 Elm St, lic. 114-900233", "114-900233"),
    ("US_DRIVER_LICENSE", "auto ins / policy   Orrin Mutual, R07 1120038", "R07 1120038"),
    ("US_DRIVER_LICENSE", "Michigan birth record 88-220417", "88-220417"),
    ("US_DRIVER_LICENSE", "Tax ID 88-7003311", "88-7003311"),
    ("US_DRIVER_LICENSE", "ticket,day,last,first\nT20417,1/2,Roe,Ann\nT20418,1/3,Doe,Al\n", "T20418"),
    ("US_PASSPORT", "item|owner|place|serial\nlaptop|Roe|desk|7CG1108LQP\n", "7CG1108LQP"),
    ("US_PASSPORT", "A-30771,EJ 448 210 963 US", "448 210 963"),
    ("MEDICAL_ID", "sent as EJ448210963US on Monday", "EJ448210963US"),
    ("MEDICAL_ID", "Bend Fruit Co-op, UBI 603 118 442", "603 118 442"),
    ("MEDICAL_ID", "Stelara, NDC 57894-061-03", "57894-061-03"),
    ("ALIEN_NUMBER", "Student no. 50011273", "50011273"),
    ("ALIEN_NUMBER", "renewal receipt 661208 accepted", "661208"),
    ("ALIEN_NUMBER", "article 7022 1670 0003 8814 0021", "7022 1670 0003 8814 0021"),
    ("CREDIT_CARD", "massage certificate : 88310", "88310"),
    ("PASSWORD", "barcode 2 0844 11730 5529", "0844 11730 5529"),
    ("PASSWORD", "Social Security ###-##-#### there", "##-##-####"),
    ("PASSWORD", "under ordinance 7-3-1", "7-3-1"),
]
NOT_PUBLIC = [
    ("US_BANK_NUMBER", "her account 4471 88203", "4471 88203"),
    ("US_BANK_NUMBER", "a canceled check: 124302260", "124302260"),
    ("US_BANK_NUMBER", "new one chk 7754 900 18", "chk 7754 900 18"),
    ("US_BANK_NUMBER", "He paid by check. 4471882031 is his account", "4471882031"),
    ("MEDICAL_ID", "Medi-Cal lien 91187723D", "91187723D"),
    ("MEDICAL_ID", "claim 551-20-8812A", "551-20-8812A"),
    ("US_DRIVER_LICENSE", "the driver's license B7719034", "B7719034"),
    ("US_DRIVER_LICENSE", "the hotel clerk took her license B7719034", "B7719034"),
    ("US_PASSPORT", "passport on the form, ticket K7719034", "K7719034"),
    ("ALIEN_NUMBER", "his work permit is receipt LIN 23 901 44170", "LIN 23 901 44170"),
    ("ALIEN_NUMBER", "petition: A 071 882 904", "A 071 882 904"),
    ("CREDIT_CARD", "for the business license: 4500 6000 0000 0061", "4500 6000 0000 0061"),
    ("PHONE_NUMBER", "FEE PAID, ticket 614-555-0199", "614-555-0199"),
    ("US_SSN", "for the lien query: 233-71-9905", "233-71-9905"),
    ("PASSWORD", "the locker tag 5-5-1-9", "5-5-1-9"),
    ("PASSWORD", "Panel arm/disarm 3-8-1-1-0", "3-8-1-1-0"),
    ("HOME_ADDRESS", "permit 12 Elm St", "12 Elm St"),
]


@pytest.mark.parametrize(("entity", "text", "value"), PUBLIC)
def test_a_label_says_that_it_is_public(entity: str, text: str, value: str) -> None:
    start = text.index(value)
    assert public_number(text, entity, start, start + len(value))


@pytest.mark.parametrize(("entity", "text", "value"), NOT_PUBLIC)
def test_no_label_says_so(entity: str, text: str, value: str) -> None:
    start = text.index(value)
    assert not public_number(text, entity, start, start + len(value))


@pytest.mark.parametrize("sign", ["1", "A", "#", "-", " ", "no ", "1, ", "a,", "PO ", "1-", "\n,,,,"])
def test_an_odd_text_costs_no_more(sign: str) -> None:
    text = sign * (100_000 // len(sign))
    begin = time.process_time()
    for start in range(1_000, 99_000, 200):
        public_number(text, "US_BANK_NUMBER", start, start + 9)
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    ("text", "entity", "public"),
    [
        ("identifiers such as 412-55-9981", "US_SSN", False),
        ("for example, 4539148803436467", "CREDIT_CARD", False),
        ("for example A204 917 338", "ALIEN_NUMBER", False),
        ("two letters and six digits, for example BL 205538", "US_PASSPORT", True),
    ],
)
def test_an_example_is_nobody_s_unless_its_shape_alone_tells_it(text: str, entity: str, public: bool) -> None:
    start = next(
        at for at, character in enumerate(text) if character.isdigit() or text[at : at + 2] in ("A2", "BL")
    )
    assert public_number(text, entity, start, len(text)) is public
