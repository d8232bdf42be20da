"""What the classifier may not call an identifier, whatever the sentence says."""

import pytest

from recognizers.plausibility import plausible

PLAUSIBLE = [
    ("US_SSN", "her social is 541-22-0096", "541-22-0096"),
    ("US_SSN", "the one ending 4417", "4417"),
    ("US_SSN", "it is five four one, two two", "five four one, two two"),
    ("CREDIT_CARD", "card 4111 1111 1111 1111", "4111 1111 1111 1111"),
    ("CREDIT_CARD", "the card ending 0004", "0004"),
    ("PHONE_NUMBER", "Mr. Bill Tuttle, 402.555.0164", "402.555.0164"),
    ("US_SSN", "ssn x  ein __   418 06 2295", "418 06 2295"),
    ("US_SSN", "SSN (face sheet) 337-20-6614", "337-20-6614"),
    ("PHONE_NUMBER", "reach her at 831 555 0119", "831 555 0119"),
    ("US_BANK_NUMBER", "paid into 0071-66-2025 there", "0071-66-2025"),
    ("ALIEN_NUMBER", "the number ends 4417 there", "4417"),
    ("CARD_SECURITY_CODE", "card 4111, exp. 11/29", "11/29"),
    ("PHONE_NUMBER", "Lund, her cell 831-446-0101", "831-446-0101"),
    ("EMAIL_ADDRESS", "anton.gn@mailo.example", "anton.gn@mailo.example"),
    ("DATE_OF_BIRTH", "born 5-7-88", "5-7-88"),
    ("MEDICAL_ID", "seen as case MX-3302-394", "MX-3302-394"),
    ("DATE_OF_BIRTH", "born 3.04.88 in Lodz", "3.04.88"),
    ("VICTIM_STATUS", "V-1 and S-1", "V-1"),
    ("WITNESS_STATUS", "she saw the suspect run", "saw the suspect run"),
    ("PERSON", "work order Rivera", "Rivera"),
    ("PERSON", "seen by Kim Park today", "Kim Park"),
    ("PERSON", "then rosa came in", "rosa"),
    ("PERSON", "Oyelaran Church signed", "Oyelaran Church"),
    ("PERSON", "VIC: Vic Ferro", "Vic"),
    ("PERSON", "|TUF, L|", "TUF"),
    ("PERSON", "driver Lexus Brown", "Lexus Brown"),
    ("PERSON", "Sienna and Ms. Suzuki", "Sienna"),
    ("PERSON", "Sienna and Ms. Suzuki", "Suzuki"),
    ("PERSON", "ask Lee Brown", "Brown"),
    ("PERSON", "ANN-MAI called", "ANN-MAI"),
    ("PERSON", "Mara & Daughters of Elm", "Mara & Daughters"),
    ("PERSON", "Carolina North came", "Carolina North"),
    ("PERSON", "Brn said so", "Brn"),
    ("PERSON", "KY TRAN called", "KY TRAN"),
]
IMPLAUSIBLE = [
    ("WITNESS_STATUS", "V-1 and S-1", "S-1"),
    ("VICTIM_STATUS", "the defendant said", "the defendant"),
    ("US_SSN", "separated  412.90  11/19", "412.90"),
    ("US_SSN", "see 42 USC 3058g there", "42 USC 3058g"),
    ("US_SSN", "metí la orden de trabajo 5518", "5518"),
    ("PHONE_NUMBER", "support person, 868.5, and", "868.5"),
    ("ALIEN_NUMBER", "EAD, category A12, seen", "category A12"),
    ("ALIEN_NUMBER", "List A, seen", "A"),
    ("CARD_SECURITY_CODE", "on 8/2", "/"),
    ("CARD_SECURITY_CODE", "PIN last reset   7/9, by phone", "7/9"),
    ("CARD_SECURITY_CODE", "massage certificate : 88310, exp. 11/29", "11/29"),
    ("DATE_OF_BIRTH", "M   5'7\"  150", "5'7\""),
    ("DATE_OF_BIRTH", "my date of birth is", "date of"),
    ("PHONE_NUMBER", "Our fax is 740-446-0100.", "740-446-0100"),
    ("EMAIL_ADDRESS", "or benefits@grove.example", "benefits@grove.example"),
    ("US_BANK_NUMBER", "invoices 4410077 and 4410081", "4410081"),
    ("MEDICAL_ID", "HUD-5382 signed", "HUD-5382"),
    ("MEDICAL_ID", "CII A30119927", "A30119927"),
    ("US_DRIVER_LICENSE", "business license no. 30771 (paid)", "30771"),
    ("PERSON", "the door ajar, daughter", "ajar"),
    ("PERSON", "at First Lutheran Church", "First Lutheran Church"),
    ("PERSON", "a card for Mizrah Savings; license", "Mizrah Savings"),
    ("PERSON", "31-204;2;VIC;harbor supply co", "VIC"),
    ("PERSON", "19 YOA, tan coat", "YOA"),
    ("PERSON", "12   A.  I saw the van", "A.  I"),
    ("PERSON", "Stop 0210. DUI, Hwy 9", "DUI,"),
    ("PERSON", "form QRT-BNL,0417", "QRT-BNL"),
    ("PERSON", "TRAN,KY-DL,T96", "KY-DL"),
    ("PERSON", "his licence is North Carolina 0381", "North Carolina"),
    ("PERSON", "BOLO GRY HOOD, on foot", "BOLO GRY HOOD"),
    ("PERSON", "01:17 DRV  I do", "DRV"),
    ("PERSON", "in a gray Corolla with dents", "gray Corolla"),
    ("PERSON", "the copier, Ricoh, is out", "Ricoh"),
    ("PERSON", "invoice of Mara & Daughters, paid", "Mara"),
    ("PERSON", "LUNDE & QUILL LLP, invoice", "LUNDE"),
    ("DATE_OF_BIRTH", "KEAHEY D  77.00      11/19", "77.00      11/19"),
]


@pytest.mark.parametrize(("entity", "text", "value"), PLAUSIBLE)
def test_it_can_be_one(entity: str, text: str, value: str) -> None:
    start = text.index(value)
    assert plausible(text, entity, start, start + len(value))


@pytest.mark.parametrize(("entity", "text", "value"), IMPLAUSIBLE)
def test_it_cannot_be_one(entity: str, text: str, value: str) -> None:
    start = text.index(value)
    assert not plausible(text, entity, start, start + len(value))
