"""Identifiers in the shapes and places in which records hold them: what must be found, and what must not."""

from functools import lru_cache

import pytest

from redact.detect import Detector
from tests.recognizers.test_battery import private, structured


@lru_cache(maxsize=1)
def detector() -> Detector:
    return Detector([*structured(), *private()])


def found(text: str, entity: str) -> list[str]:
    """Return what is found of ``entity``, in order."""
    return [
        text[finding.span.start : finding.span.end]
        for finding in detector().detect_text(text)
        if finding.entity == entity
    ]


MUST_FIND = [
    # the end of a card behind dots, or some words behind the card
    ("CREDIT_CARD", "Seat 4 paid by card ..7719; 5 by check", ["7719"]),
    ("CREDIT_CARD", "Remove token ending 7719 from the profile", ["7719"]),
    ("CREDIT_CARD", "Card on file, county, ends 7719.", ["7719"]),
    # the trace of a payment is nobody's account
    ("US_BANK_NUMBER", "Trace             Rsn  Acct at bank\n081904806114402   R01  7720114", ["7720114"]),
    # buttons pressed at once, codes that were handed on
    ("PASSWORD", "Boiler door 3-1 together, then 4.", ["3-1 together, then 4"]),
    ("PASSWORD", "The pump house still opens with 7204.", ["7204"]),
    ("PASSWORD", "Vendor booth code 7204 until Sunday", ["7204"]),
    ("PASSWORD", "Ricker's alarm, no entry. Code rec'd from owner 7204.", ["7204"]),
    ("ALIEN_NUMBER", "green card 045-228-716", ["045-228-716"]),
    # labels in other words
    ("CREDIT_CARD", "Her paycard was left in the truck. Card ended 7719, cancelled.", ["7719"]),
    ("CARD_SECURITY_CODE", "Tarjeta 4147 2088 3651 9079  Vence 09/26  Atrás 206", ["09/26", "Atrás 206"]),
    ("MEDICAL_ID", "Taken to Ohio Valley. Hospital no. OV883104", ["OV883104"]),
    ("MEDICAL_ID", "D.O.B. 12-01-79   Med. no. CPM 04481", ["CPM 04481"]),
    ("US_BANK_NUMBER", "Assets: Great Western ckg 33-0198-7", ["33-0198-7"]),
    # states in short, of two words, and numbers in groups
    ("US_DRIVER_LICENSE", "Kayak 22. Bo Dehaan, Mich. D 500 077 514 289. Left keys", ["D 500 077 514 289"]),
    ("US_DRIVER_LICENSE", "Driver is son, Nino, Pa. license 27 884 310", ["27 884 310"]),
    ("US_DRIVER_LICENSE", "since your form wants it, was New Hampshire 11FZA38112.", ["11FZA38112"]),
    ("US_DRIVER_LICENSE", "Fay Ashworth, W. Va. lic. F441827. He", ["F441827"]),
    ("US_DRIVER_LICENSE", "It's Michigan. W 342 417 889 204. I only moved", ["W 342 417 889 204"]),
    ("US_DRIVER_LICENSE", "wants to pay. TDL 18204417", ["18204417"]),
    # the name of a plan is label enough
    ("MEDICAL_ID", "Plan: WellCare ID 30449187", ["30449187"]),
    ("MEDICAL_ID", "she read it to me. Part D card S5810-047-R11", ["S5810-047-R11"]),
    ("MEDICAL_ID", "148 h sick on books. STD policy UNM-77103354.", ["UNM-77103354"]),
    # a number never issued, beside its label, is somebody's with a digit wrong
    ("US_SSN", "SSN corrected, was 518-00-3392, now matches", ["518-00-3392"]),
    ("US_SSN", "Soc. Sec. (def.) 338-00-97l2", ["338-00-97l2"]),
    ("DATE_OF_BIRTH", "AL-HAKIM^YUSRA     19881111   WD7740230", ["19881111"]),
    ("DATE_OF_BIRTH", "PID|1||7740219||ROE^JANE^Q||19520718|F", ["19520718"]),
    # banks and plans beside what is none of theirs
    ("US_BANK_NUMBER", "BANK              Harbor Dee State, 0041177204\n", ["0041177204"]),
    ("US_BANK_NUMBER", "  6/13  new dir. dep. 77104-88-2\n", ["77104-88-2"]),
    ("US_BANK_NUMBER", "Lab fee returned. Her checking acct 7714 8820 31", ["acct 7714 8820 31"]),
    ("US_DRIVER_LICENSE", "The nurse Ana Poe showed her license B7719034", ["B7719034"]),
    ("MEDICAL_ID", "patient's health policy 88-4012-77", ["88-4012-77"]),
    ("MEDICAL_ID", "hospital bracelet no. 4418720", ["4418720"]),
    # words and codes that are told
    ("PASSWORD", "PICKUP WORD  blue pancake\n\nHEALTH", ["blue pancake"]),
    ("PASSWORD", "Pickup password: purple tractor.", ["purple tractor"]),
    ("PASSWORD", "Duress word for all sites when the monitors call: Periwinkle\n", ["Periwinkle"]),
    ("PASSWORD", "safety plan. Code word on phone grey blanket\n 5.", ["grey blanket"]),
    ("PASSWORD", "Alarm: disarm 8820, password if they phone Bluegill\n", ["8820", "Bluegill"]),
    ("PASSWORD", "9:00 Closed. Alarm 0613 set.", ["0613"]),
    ("PASSWORD", "in a tin, with her burglar alarm 2004. She wished", ["2004"]),
    (
        "PASSWORD",
        'Tessa Roe, Clerk     word: "nine lives"\nIvan Poe, DPW      word: Snuffy\n',
        ['"nine lives"', "Snuffy"],
    ),
    ("PASSWORD", "The company wants the word, it is tater tot. Cleared", ["tater tot"]),
    ("PASSWORD", "He confirmed by relay with a code word, heron.", ["heron"]),
    ("PASSWORD", "La vecina me abrió con el código, que es 8855.", ["8855"]),
    ("PASSWORD", "Oct 4: el candado nuevo es 2512, no lo olvide", ["2512"]),
    ("PASSWORD", "Palabra para recoger: colibrí. Nadie más.", ["colibrí"]),
    ("PASSWORD", "Envelope 31 is in the vault. Vault dial 8-66-21.", ["8-66-21"]),
    ("PASSWORD", "Cooler code this month 3141, ask the cook.", ["3141"]),
    ("US_SSN", "The lights were put in her Social: 600-18-77**.", ["600-18-77**"]),
    ("US_SSN", "has no number but an ITIN, 9xx-7x-2204, she says", ["9xx-7x-2204"]),
    ("PASSWORD", "took the card 4111 1111 1111 1111. His lunch PIN 8820", ["8820"]),
    ("PASSWORD", "ver: dl ok. pw on acct is tomato - she said", ["tomato"]),
    ("PASSWORD", "Back gate kennel B, code for weekend crew 1408. Drug", ["1408"]),
    ("PASSWORD", "The pick-up word that you chose is piñon. Please", ["piñon"]),
    ("PASSWORD", "contraseña: Niñito22\n", ["Niñito22"]),
    ("US_BANK_NUMBER", "her conservator banks it, Chase x4418.", ["Chase x4418"]),
    ("US_BANK_NUMBER", "Draft: RT 122000247, cta. 004-17788-2. Fee", ["RT 122000247", "004-17788-2"]),
    ("CREDIT_CARD", "paid 212.66 with a Visa, tail 1881. Receipt", ["1881"]),
    ("US_SSN", "full on Section 111 sheet: 518-22-1882", ["518-22-1882"]),
    ("US_ITIN", "Living: 61 Bay Stream Dr. SSN per Navy sheet 940-52-1187.", ["940-52-1187"]),
    ("PASSWORD", "Front gate has a new keypad, Sister gave me 1858 for next visit", ["1858"]),
    ("PASSWORD", "Entry: call box 512, then #0077\n", ["#0077"]),
    ("PASSWORD", "Mailbox access 7781 reset.", ["7781"]),
    ("PASSWORD", "Lockbox by the hose 0714 for the aide.", ["0714"]),
    ("PASSWORD", "van is the white one. key box 0725. leave 5:40", ["0725"]),
    ("PASSWORD", "Wastewater dock pad at the shop: 4431 until June.", ["4431"]),
    ("PASSWORD", "Gate 7 vendor code for May, 0731.", ["0731"]),
    ("PASSWORD", "Safe codes were changed; Station 4 is now 6627. Dual tags begin", ["6627"]),
    ("PASSWORD", "He saw nothing but gave me the camera code, clipper611.", ["clipper611"]),
    ("PASSWORD", "Gate codes Jan-Mar:  A 4471   B 0928   shower house 1357\n", ["4471", "0928", "1357"]),
    (
        "PASSWORD",
        "one sec. 402917-118833-650122-093401-227711-560934-118206-774510",
        ["402917-118833-650122-093401-227711-560934-118206-774510"],
    ),
    ("PASSWORD", "Laptop for the trailer: user ltro3, pass Heron2Bayou. Tag", ["Heron2Bayou"]),
    (
        "PASSWORD",
        "BUILDING       CO. ACCT     ARM/DISARM    OTHER CODES          SAFE\n"
        "Depot          SG-40188     5193          rear door C-2468Y    18-44-07\n",
        ["5193", "C-2468Y", "18-44-07"],
    ),
    ("PASSWORD", "who has the gate code for the yard sat\nLupe R: 8831#\n", ["8831#"]),
    ("US_BANK_NUMBER", "direct deposit, checking    0044-7718-2", ["0044-7718-2"]),
    ("US_DRIVER_LICENSE", "name      DL\nRoe       B7719034 expired\n", ["B7719034"]),
    ("PASSWORD", "the apartment's door code is 3170.", ["3170"]),
    # several values of one cue
    ("US_SSN", "SSNs on form 601-44-9182 / 601-44-9183", ["601-44-9182", "601-44-9183"]),
    ("US_SSN", "SSN  229-64-5208    | 217621415\nBorn | here", ["229-64-5208", "217621415"]),
    ("US_PASSPORT", "Honduran passports F640271 and F640272.", ["F640271", "F640272"]),
    ("MEDICAL_ID", "MRN 0049 8850 33 / 0049 8850 41", ["MRN 0049 8850 33", "0049 8850 41"]),
    # a cue behind the value
    ("US_PASSPORT", "renewal,546118802,prior book,DL", ["546118802"]),
    ("US_PASSPORT", "He left 508117250 (passport) here.", ["508117250"]),
    # columns
    ("US_SSN", "id,name,ssn4,dob\n1,Keo,4410,1956-02-18\n2,Trish,9023,1983-12-24\n", ["4410", "9023"]),
    ("US_SSN", "name          SSN\nDvorak        ends 5506\n", ["ends 5506"]),
    (
        "DATE_OF_BIRTH",
        "no    name     BIRTH       HIRE\n04    X Lee    12171989    11/12/2019\n",
        ["12171989"],
    ),
    # cards and their codes
    ("CREDIT_CARD", "for the business license: 4500 6000 0000 0061, 02/27.", ["4500 6000 0000 0061"]),
    ("CARD_SECURITY_CODE", "on the permit 4462030000000000 3/27 771", ["3/27", "771"]),
    ("CARD_SECURITY_CODE", "4484 0700 0000 0000, 10/27, panel blank, code 255.", ["10/27", "255"]),
    ("CARD_SECURITY_CODE", "read me 3714 496353 98431, I said stop, 06/27 she said", ["06/27"]),
    ("CARD_SECURITY_CODE", "debit card 4111 1111 1111 1111, PIN 2580", ["PIN 2580"]),
    ("CARD_SECURITY_CODE", "taped: 4111 1111 1111 1111, April 29, 772. Her cell", ["April 29", "772"]),
    (
        "CARD_SECURITY_CODE",
        "A: 4111 1111 1111 1111.\nB: Expires?\nA: oh eight, twenty nine. Code's two one six.",
        ["oh eight, twenty nine", "two one six"],
    ),
    ("CARD_SECURITY_CODE", "4111 1111 1111 1111\nTue 9:04 < 03/31 and 551\nTue 9:05 > no", ["03/31", "551"]),
    ("CARD_SECURITY_CODE", "read by phone 4111 1111 1111 1111 four oh nine on the back", ["four oh nine"]),
    ("CARD_SECURITY_CODE", "VISA  4111 1111 1111 1111   X  O8 / 29      amt 88.00", ["O8 / 29"]),
    ("CREDIT_CARD", "visa by phone 4111 1111 1111 1111", ["4111 1111 1111 1111"]),
    ("US_BANK_NUMBER", "deposit to my account: Weir Natl, acct 0071 2209 4", ["Weir Natl, acct 0071 2209 4"]),
    ("ALIEN_NUMBER", "EAD on file, granted 2021, USCIS 219-440-118.", ["219-440-118"]),
    ("US_DRIVER_LICENSE", "PARTY 1  Name Ezra   OL B0441-7121-8831  state MI", ["B0441-7121-8831"]),
    ("US_DRIVER_LICENSE", "with WHITLD*284K7 and his face on it", ["WHITLD*284K7"]),
    ("US_SSN", "Release. SSN per VA card 022-38-7717.", ["022-38-7717"]),
    (
        "US_SSN",
        "my Social, I can say it in my sleep, five four eight, four four, oh one nine three.",
        ["five four eight, four four, oh one nine three"],
    ),
    ("PHONE_NUMBER", "stable, wife Eleni 555-0141 | cards", ["555-0141"]),
    ("PHONE_NUMBER", "Patience   h 555-0101  c 555-0172   ham", ["555-0101", "555-0172"]),
    ("ALIEN_NUMBER", "his late father's alien card, A7 118 440, was inside", ["A7 118 440"]),
    ("PASSWORD", "fax-to-email pin 7007.", ["7007"]),
    ("PASSWORD", "POS mgr swipe or pin 2468", ["2468"]),
    # banks
    ("US_BANK_NUMBER", "IBAN NL91 ABNA 0417 1643 00, thanks", ["NL91 ABNA 0417 1643 00"]),
    (
        "US_BANK_NUMBER",
        "Old: Coastal. routing and account are 322078019 / 0045519028",
        ["322078019 / 0045519028"],
    ),
    (
        "US_BANK_NUMBER",
        "to firm trust, account 3301-44-90187, ABA 121000248",
        ["account 3301-44-90187, ABA 121000248"],
    ),
    ("US_BANK_NUMBER", "change my deposit (acct). old Peoples 22 9017 44", ["Peoples 22 9017 44"]),
    ("US_BANK_NUMBER", "no,hourly,note,acct\n7,38.9,none,7710442916\n", ["7710442916"]),
    # a roster: each number has the format of its row's state, and no cue stands anywhere
    (
        "US_DRIVER_LICENSE",
        "Abt, Mara      OH   UK806566     truck 7321\nCho, E        VA   A62-55-3078  truck 42\n"
        "Hinojosa, R.   TX   41038622     none\nNix, Al        NM   518 867 677  none\n",
        ["UK806566", "A62-55-3078", "41038622", "518 867 677"],
    ),
    # licences
    ("US_DRIVER_LICENSE", "DL Y4417203.\n10:42 unit clear", ["Y4417203"]),
    ("US_DRIVER_LICENSE", "DL Y4417203\n10 unit clear", ["Y4417203"]),
    ("US_DRIVER_LICENSE", "DL Y4417-\n203 shown", ["Y4417-\n203"]),
    ("US_DRIVER_LICENSE", "F-0122  Idaho  QA819782D  Bo", ["QA819782D"]),
    ("US_DRIVER_LICENSE", "3  Inga Moe - Minnesota, T614820730118. Lease fine.", ["T614820730118"]),
    ("US_DRIVER_LICENSE", "his is Georgia (058 441 720); hers is older", ["058 441 720"]),
    ("US_DRIVER_LICENSE", "Oklahoma license, K088204417, expired", ["K088204417"]),
    ("US_DRIVER_LICENSE", "visitor Ilda (mother)   S41802277 MA   ok", ["S41802277"]),
    ("US_DRIVER_LICENSE", "License of driver who took his sibling home: SV331904", ["SV331904"]),
    ("US_DRIVER_LICENSE", "lost dl at counter: y7718022, k.", ["y7718022"]),
    # travel documents
    ("US_PASSPORT", "PASSPORT DESK\n3/6 Tupou TON L 018827 US claim", ["L 018827"]),
    ("ALIEN_NUMBER", "certificate, file A 077 401 336, enclosed", ["A 077 401 336"]),
    # births
    ("DATE_OF_BIRTH", "DACJANE DBB11301985 DAG0383 OAK", ["11301985"]),
    ("DATE_OF_BIRTH", "|ZIELINSKI J    |M|12.08.55|", ["12.08.55"]),
    ("DATE_OF_BIRTH", "Household: wife Mai Lor (1964-10-03), grandson", ["1964-10-03"]),
    (
        "DATE_OF_BIRTH",
        "AGENT: Date of birth?\nCALLER: December fifth, fifty-nine.",
        ["December fifth, fifty-nine"],
    ),
    # contacts, also with real exchanges
    ("PHONE_NUMBER", "cell 2134467781", ["2134467781"]),
    ("PHONE_NUMBER", "name,dob,cell\nKeo,1956-02-18,2134467781\n", ["2134467781"]),
    ("PHONE_NUMBER", "Okafor;ada@lakemail.example;2134467781;", ["2134467781"]),
    ("PHONE_NUMBER", "(213) 4467781 mornings", ["(213) 4467781"]),
    ("PHONE_NUMBER", 'Slip in bag: "call Kao (916)446-0191 or her husband"', ["(916)446-0191"]),
    ("EMAIL_ADDRESS", "W-2: sunni.e@fjordmail.example. Forward mail", ["sunni.e@fjordmail.example"]),
    ("EMAIL_ADDRESS", "arpad(at)bluffmail(dot)example", ["arpad(at)bluffmail(dot)example"]),
    ("EMAIL_ADDRESS", "her mail is j.ortiz@velocity.example", ["j.ortiz@velocity.example"]),
    ("EMAIL_ADDRESS", "boyv@baystate-mail.example", ["boyv@baystate-mail.example"]),
    ("PHONE_NUMBER", "Call me. Area code 831, 555-0119.", ["Area code 831, 555-0119"]),
    ("PHONE_NUMBER", "TAKAHASHI, FUMI  tel KEystone 5-0144", ["KEystone 5-0144"]),
    ("PHONE_NUMBER", "NAME ON ACCT GRANBERRY  CB 7025550149  LOC HIT", ["7025550149"]),
    ("PHONE_NUMBER", "not picked up till 7. called 555 0172, grandma, she", ["555 0172"]),
    ("PHONE_NUMBER", "Mom txt 555-0166. No recess", ["555-0166"]),
    ("PHONE_NUMBER", "Hollis Brandt / 555-0104 / CPAP / Y", ["555-0104"]),
    ("PHONE_NUMBER", "4  Dao (555-0119)  R  grandma", ["555-0119"]),
    # births without a cue: after a person, an age, in a list of people
    ("DATE_OF_BIRTH", "Applicant: Odalys Montrose, 8 Dec 1970, Dover Flats", ["8 Dec 1970"]),
    ("DATE_OF_BIRTH", "ELDER: Bernadine Wright, 84. 06/11/1941.", ["06/11/1941"]),
    ("DATE_OF_BIRTH", "6:08  Kowal, Jadwiga  1-30-52   same plan", ["1-30-52"]),
    # separators and gaps
    ("US_SSN", "ssn 541\u00b722\u00b70096 and card", ["541\u00b722\u00b70096"]),
    ("US_SSN", "SSA claim no. ends 0529. He lost", ["0529"]),
    ("US_DRIVER_LICENSE", "License or ID shown to clerk: S41902276", ["S41902276"]),
    ("US_DRIVER_LICENSE", "CDL        H13-66-0482 (NE)", ["H13-66-0482 (NE)"]),
    ("US_PASSPORT", "tia showed honduran passport e806218, we wrote", ["e806218"]),
    ("US_PASSPORT", "Passport for ID, FE482017. Did not copy it", ["FE482017"]),
    ("US_PASSPORT", "passport as ID for a card: French 18CV04417. Next", ["18CV04417"]),
    ("US_BANK_NUMBER", "his checking: Planters & Drovers, 2 0091 774", ["Planters & Drovers, 2 0091 774"]),
    ("MEDICAL_ID", "Next: KanCare       00311874402", ["00311874402"]),
    ("MEDICAL_ID", "Hospital record no. 0093-4417. His cousin", ["0093-4417"]),
    ("MEDICAL_ID", "born at home. has VA card 1010 2758 227", ["1010 2758 227"]),
    # secrets
    ("PASSWORD", "logins: fin_test / Sorrel!Test7 pls", ["Sorrel!Test7"]),
    ("PASSWORD", "vendor login: root / calvin. I know.", ["calvin"]),
    (
        "PASSWORD",
        "entered credentials:\naquino : Balikbayan88\ntheriault : Snowbird$4\nokpara : nnamdi*nn7\n",
        ["Balikbayan88", "Snowbird$4", "nnamdi*nn7"],
    ),
    ("PASSWORD", "safe is 36 left 8 right 22. ok", ["36 left 8 right 22"]),
    ("PASSWORD", "Verbal password, to cancel ....... pelican brief\n", ["pelican brief"]),
    ("PASSWORD", "the gate code is two two zero five, then the star.", ["two two zero five, then the star"]),
    ("PASSWORD", "gate code winter 4 0 1 9 # . new", ["4 0 1 9 #"]),
    (
        "PASSWORD",
        "Verified by callback. Set temp password today to Reset-Monday-4471.",
        ["Reset-Monday-4471"],
    ),
]  # fmt: skip

MUST_LEAVE = [
    ("CREDIT_CARD", "Returned with library card ..7719 inside"),
    ("PASSWORD", "Spillway gate 3 opens at 200 cfs"),
    ("PASSWORD", "The pool opens on 12 June, and 2 together may share a lane"),
    ("US_BANK_NUMBER", "The gas bill account 4417 2208 7719 is paid"),
    # licences of things and professions, an act, a day
    ("US_DRIVER_LICENSE", "Storage lot license 0650441. Inspector to check"),
    ("US_DRIVER_LICENSE", "(four-plex; rental license R-09178)"),
    ("US_DRIVER_LICENSE", "Marriage lic. 24-0182, Roe and Poe"),
    ("US_DRIVER_LICENSE", "RN Joy Lubbers, lic. 088214      Fee code 7"),
    ("US_DRIVER_LICENSE", "channel: Clerk-IT - City of Gannet, Maine - 2024-12-03"),
    ("US_DRIVER_LICENSE", "Quan, Melissa MD   NPI 1992704415"),
    ("PASSWORD", "Plat 24-0088, 44 lots, PIN 0441-77-2088"),
    ("US_SSN", "a test record (SSN 000-00-0000, card ending 0000)"),
    ("MEDICAL_ID", "Beneficiary change, life policy GL-62047, group 0886"),
    # a specimen's and an employer's numbers are no alien's
    ("ALIEN_NUMBER", "A number in the pattern 000-00-0000 on the sample page"),
    ("ALIEN_NUMBER", "Green Card Printing               45-5550137   forms"),
    # licences that are practised by, forms, property, money
    ("US_DRIVER_LICENSE", "Attendant: Paramedic Dom Trask, lic. P-44817    Driver: EMT"),
    ("US_DRIVER_LICENSE", "Assessor Joy Whit, OTR, lic. 114207"),
    ("US_DRIVER_LICENSE", "Chief, Epidemiology. License D0044718. Tel."),
    ("US_DRIVER_LICENSE", "Bay St at 17th, DMV-349 no. 106882417"),
    ("US_DRIVER_LICENSE", "approve. ID card printed no. 0088213. Fare"),
    ("US_DRIVER_LICENSE", "lic. alley    BIN 3044718   Block 7712"),
    # policies of things, bracelets of offenders, accounts of laboratories, specimens
    ("MEDICAL_ID", "patient clinic: workers' compensation carrier policy WC-88-401277"),
    ("MEDICAL_ID", "doctor's letter went to the homeowner carrier on policy HO-3 4471900"),
    ("MEDICAL_ID", "He is on GPS. Battery dead twice, bracelet no. 44187"),
    ("MEDICAL_ID", "Met with Capt Orr. Plan signed 5/16\n24-109  Hark, Lamont"),
    ("US_BANK_NUMBER", "Lab: Granite Toxicology, acct 7714. Donor"),
    ("US_BANK_NUMBER", "Refund to Finance. Suspense acct 01-2210."),
    ("US_BANK_NUMBER", "Alarm company: Dixie Watch, acct DW-77-2081, state license 18-442"),
    ("US_BANK_NUMBER", "Call the bank at 1-800-555-0190 and say so"),
    ("US_BANK_NUMBER", "A voided check (routing 000000000, account 123456789) hangs above"),
    # words for a code word, fields of a data dictionary, codes of accounts
    ("PASSWORD", "Pickup password: required.\nCode word on phone changed\nDuress word: on file"),
    (
        "PASSWORD",
        'Say your name, a code word, and why. Alarm 4418\nlast word: "You people never come when called"',
    ),
    ("PASSWORD", "  prog_cd   char(4)    SNAP\n  case_no   char(12)   all\n  pw_hash   char(64)   expire\n"),
    ("PASSWORD", "Billable items go to code 4471. Bill code A0427, rate code 3109, short code 55418"),
    ("PASSWORD", "ITEM        CODES      SAFE DISTANCE\nFlare       5193       20 ft\n"),
    # a label nearer than the cue
    ("US_BANK_NUMBER", "City of Verb Wells, savings plan    FEIN 77-0417726"),
    ("US_BANK_NUMBER", "Panel account 7731-04. Verbal"),
    ("US_DRIVER_LICENSE", "Alva & Stone Locksmiths, 415 Market St, lic. 34LS00118800"),
    ("US_DRIVER_LICENSE", "Invoice to Reno, Nevada, 1802044"),
    ("US_DRIVER_LICENSE", "Odometer 51,726. Tax ID 88-6005172."),
    ("MEDICAL_ID", "open minutes. Plan EIN 77-6000991."),
    # what stands under a sentence, or heads a remark, is no value of a column
    (
        "US_DRIVER_LICENSE",
        "Six, 15 to 18. IDs not run. No further.\n\nFI 118-0446   9/1 1140   Library   Ofc",
    ),
    (
        "US_BANK_NUMBER",
        "Information for direct deposit is held only in payroll.\n\n7.04.9 Use in fiscal year.",
    ),
    ("US_BANK_NUMBER", "BITE REPORT AND NOTICE          AC-26-0558"),
    ("US_BANK_NUMBER", "007   Payroll module (direct deposit)            1   20-00015      none"),
    ("US_BANK_NUMBER", "DIRECT DEPOSIT EXCEPTION LIST   PP 2024-08   RUN"),
    ("PASSWORD", "box code not recorded here.\n\nVitals  0427 118/72 104 18 99%    0440 112/70"),
    ("PASSWORD", "is billed by unit code 2-118."),
    ("PASSWORD", "14 h overtime (code 3170). Radio"),
    ("PASSWORD", "City of Lavi (client code 0417)    Call"),
    ("PASSWORD", "(entry code at mgmt office 1190 Center, 801-446-0100)"),
    ("PASSWORD", "002   Password manager, enterprise             400   24-00071          none"),
    ("US_SSN", "display XXX-XX-0000 as a format example"),
    ("PASSWORD", "según el código civil 8855 y con el código penal 187"),
    ("PASSWORD", "un candado y 2 llaves, serie 4410"),
    ("PHONE_NUMBER", "protected person, Family Ct. O-0118-25: threatened"),
    ("US_DRIVER_LICENSE", "DL 4111 1111 1111 1111"),
    ("US_DRIVER_LICENSE", "lic 000-65-7618"),
    ("US_DRIVER_LICENSE", "Contractor: Pilgrim Asphalt, license 774410."),
    ("US_DRIVER_LICENSE", "Hostel licence HL-0091, capacity 38"),
    ("US_DRIVER_LICENSE", "client_id | nm | dob\nB-20117 | Hal | 03/09/1961\n"),
    ("PHONE_NUMBER", "NPI 5551234567 batch 5552013344"),
    ("PHONE_NUMBER", "lot 2055550139 of the invoice"),
    ("PHONE_NUMBER", "Questions to the director, Aurelio Schwimmer, at 100 Plaza, or 505-446-0101."),
    ("PHONE_NUMBER", "Lindo, 212-446-0146 (law office, public)"),
    ("EMAIL_ADDRESS", "mileage 111.9 @ 0.67 per mile"),
    ("EMAIL_ADDRESS", "cc benefits-intake@tresencinas.example"),
    ("EMAIL_ADDRESS", "to cityhall@stillwater.example"),
    ("US_BANK_NUMBER", "BK 25-1177  Marquise. Ad-seg."),
    ("US_BANK_NUMBER", "no copy in the share drive.\n\n25-09 is signed"),
    ("US_BANK_NUMBER", "IV 18G L AC, NS 500, atropine"),
    ("US_BANK_NUMBER", "deposit to acct. Main 446-0184. Training"),
    ("DATE_OF_BIRTH", "The council (3/4/2024) voted."),
    ("CARD_SECURITY_CODE", "Laptop bag. door pin 2468"),
    ("CARD_SECURITY_CODE", "%B0000000000000000^TEST/CARD^0000?"),
    ("ALIEN_NUMBER", "Receipt 9127-0044-1880-3316."),
    ("MEDICAL_ID", "member services 970-446-0133 (TTY 970-446-0134)"),
    ("US_BANK_NUMBER", "Cost: $18,400 from account 100-4110-5320"),
    ("ALIEN_NUMBER", "A-numbers on the forms (A000-000-000) are nobody's"),
    ("MEDICAL_ID", "ALN 93.778 (Medicaid); see schedule"),
    ("PASSWORD", "Laserfiche WebLink\nCity Clerk"),
    ("PASSWORD", "It wants my old password too?"),
    ("PASSWORD", "vendor portal EvidenceBarn Support"),
    ("PASSWORD", "turn left at 4, right at 22 Elm"),
    ("US_PASSPORT", "Fed. pass-through ALN 10.551 (travel)"),
    # codes of law, of findings, of the radio; columns of an invoice; hosts
    ("PASSWORD", "cites Health & Saf. Code 102950 on this"),
    ("PASSWORD", "Welf. & Inst. Code 17000."),
    ("PASSWORD", "Confidential, Ed. Code 49076"),
    ("PASSWORD", "Code D-06 (dignity). They change her late.\nCode F-41 (call light)."),
    ("PASSWORD", "GATE CODE GIVEN\n10-15 TO JAIL, ODO 88120.4"),
    ("PASSWORD", "Change the shared admin on FINSRV02."),
    ("PASSWORD", "Signal phasing requested from PW (Fulton/9th)"),
    ("PASSWORD", "keypad's at 5 ft. I'm at 4 in the chair"),
    ("PASSWORD", 'Strings such as "Password1", "or the like" are weak'),
    # accounts of customers, policies of shops, licences of trades and plates
    ("US_BANK_NUMBER", "Water leak. Appeal of C. Milewski, account 30-118-7. Bill $1,904"),
    ("US_BANK_NUMBER", "Recibido (sello) medidor leido. Cuenta 0087-11290"),
    ("MEDICAL_ID", "insurance certificate on file (policy CGL-22104), exp. June"),
    ("MEDICAL_ID", "COUNTY MEDICAL EXAMINER\nME 26-0714   narrative"),
    ("MEDICAL_ID", "Complaint form (Board Policy 1312.3)"),
    ("MEDICAL_ID", "BILLING Medicare\nNPI 1405642921 batch"),
    ("MEDICAL_ID", "mrn   name\n99-99-99   TRAINING\n"),
    ("US_DRIVER_LICENSE", "Buick LeSabre, tan, lic. 5BXW118, towed"),
    ("US_DRIVER_LICENSE", "the streets by license agreement 25-L-031"),
    (
        "US_DRIVER_LICENSE",
        "Acme Paving   TX   20088123   net 30\nBolt Supply   NY   30022411   net 45\n"
        "Crane Co      PA   10022331   net 30\n",
    ),
    (
        "US_DRIVER_LICENSE",
        "Acme Paving   TX   B20088123   net 30\nBolt Supply   NY   B30022   net 45\n"
        "Crane Co      PA   B10022   net 30\nDell Inc      OH   UK806566   net 30\n",
    ),
    ("US_SSN", "the last four of your employee ID?\nEmployee: 0937"),
    ("PHONE_NUMBER", "If you can spare a tarp, call 555-0100."),
    ("PHONE_NUMBER", "Gym        31 Witness Tree Rd        555-0163"),
    ("DATE_OF_BIRTH", "Councilmember Reyes, 3/4/2024, seconded."),
]


@pytest.mark.parametrize(("entity", "text", "values"), MUST_FIND)
def test_it_is_found(entity: str, text: str, values: list[str]) -> None:
    assert found(text, entity) == values


@pytest.mark.parametrize(("entity", "text"), MUST_LEAVE)
def test_it_is_left(entity: str, text: str) -> None:
    assert found(text, entity) == []
