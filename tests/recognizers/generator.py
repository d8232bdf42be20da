"""Made-up identifiers in made-up records: values by the authorities' arithmetic, variants, negatives.

Nothing here is shared with the recognizers: numbers are computed, never matched, so the battery can fail.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@dataclass(frozen=True)
class Case:
    """A text that holds one value of ``entity`` at ``start:end``, or none where ``entity`` is empty."""

    entity: str
    variant: str
    text: str
    start: int = 0
    end: int = 0


def luhn_digit(body: str) -> str:
    total = 0
    for place, digit in enumerate(body[::-1]):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return str(-total % 10)


def number(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def letters(rng: random.Random, count: int, of: str = "ABCDEFGHJKLMNPRSTUVWXYZ") -> str:
    return "".join(rng.choice(of) for _ in range(count))


def ssn(rng: random.Random) -> tuple[str, str, str]:
    area = rng.choice([a for a in range(1, 900) if a != 666])
    return f"{area:03d}", f"{rng.randint(1, 99):02d}", f"{rng.randint(1, 9999):04d}"


PREFIXES = {
    "visa": (["4"], [16]),
    "mastercard": (["51", "52", "53", "54", "55", "2221", "2300", "2650", "2720"], [16]),
    "amex": (["34", "37"], [15]),
    "discover": (["6011", "644", "649", "65"], [16]),
    "diners": (["300", "305", "36", "38"], [14]),
    "jcb": (["3528", "3540", "3589"], [16]),
    "unionpay": (["6212", "6259", "8101"], [16, 17, 19]),
    "maestro": (["5018", "5020", "6304", "6759"], [16, 18, 19]),
}


def card(rng: random.Random, network: str = "") -> str:
    prefixes, lengths = PREFIXES[network or rng.choice(list(PREFIXES))]
    prefix, length = rng.choice(prefixes), rng.choice(lengths)
    body = prefix + number(rng, length - len(prefix) - 1)
    return body + luhn_digit(body)


def grouped(digits: str, by: str) -> str:
    if len(digits) == 15:
        return by.join((digits[:4], digits[4:10], digits[10:]))
    if len(digits) == 14:
        return by.join((digits[:4], digits[4:10], digits[10:]))
    return by.join(digits[i : i + 4] for i in range(0, len(digits), 4))


def routing(rng: random.Random) -> str:
    body = rng.choice(["01", "02", "05", "07", "11", "12", "21", "26", "31", "32"]) + number(rng, 6)
    weighted = sum(int(d) * w for d, w in zip(body, (3, 7, 1, 3, 7, 1, 3, 7), strict=True))
    return body + str(-weighted % 10)


def scanned(rng: random.Random, text: str) -> str:
    worse = {"0": "O", "1": "lI", "5": "S", "8": "B", "2": "Z"}
    out = "".join(rng.choice(worse[c]) if c in worse and rng.random() < 0.45 else c for c in text)
    return out if sum(c.isdigit() for c in out) > len([c for c in text if c.isdigit()]) // 2 else text


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)


def spoken(rng: random.Random, *groups: str) -> str:
    zero = rng.choice(["zero", "oh"])
    return ", ".join(" ".join(zero if d == "0" else ONES[int(d)] for d in group) for group in groups)


SSN_LABELS = [
    "SSN",
    "SSN:",
    "S.S.N.",
    "ss#",
    "Soc. Sec. #",
    "soc. sec. no.",
    "Social Security number",
    "Social Security No.:",
    "SS no.",
    "social is",
    "Seguro social:",
    "número de seguro social",
]
CARD_LABELS = [
    "Visa",
    "MasterCard",
    "card number",
    "Card no.:",
    "debit card",
    "paid with card",
    "card on file:",
    "P-card",
    "tarjeta",
    "Amex",
    "PAN",
]
FOUR_LABELS = [
    "last four of her social",
    "SSN last 4",
    "last 4 SSN",
    "SSN ending in",
    "SSN ends",
    "last four of SSN:",
    "ss last 4",
]
DL_LABELS = [
    "DL",
    "DL#",
    "D.L.",
    "CDL",
    "driver's license",
    "Driver License No.:",
    "OLN",
    "drivers lic",
    "license number",
    "state ID",
    "licencia de conducir",
    "Dr. Lic. no.",
    "driver's licence no.",
]
PASSPORT_LABELS = [
    "passport",
    "Passport no.",
    "US passport",
    "passport number:",
    "ppt",
    "pasaporte",
    "Passport card",
    "passport #",
]
ALIEN_LABELS = [
    "A-number",
    "A#",
    "Alien number:",
    "Alien Reg. No.",
    "green card",
    "USCIS no.",
    "A-No.",
    "número de extranjero",
]
MEDICAL_LABELS = [
    "MRN",
    "MRN:",
    "medical record number",
    "Medical Record No.",
    "patient ID",
    "member ID",
    "Member No.",
    "chart no.",
    "chart #",
    "subscriber ID:",
    "número de expediente médico",
    "insurance ID",
]
ACCOUNT_LABELS = [
    "checking account",
    "savings acct",
    "bank account no.",
    "acct no. (bank)",
    "direct deposit acct",
    "checking acct #",
    "bank acct",
    "cuenta bancaria",
    "savings account number:",
]
ROUTING_LABELS = [
    "routing",
    "routing no.",
    "ABA",
    "ABA no.",
    "Routing number:",
    "rtg",
    "routing #",
    "número de ruta",
]
PASSWORD_LABELS = [
    "password is",
    "password:",
    "pw:",
    "passwd",
    "pwd =",
    "temp password",
    "Wi-Fi password:",
    "contraseña:",
    "passphrase:",
    "API key:",
    "token:",
    "login password is",
    "PSK:",
]
CODE_LABELS = [
    "door code",
    "gate code is",
    "alarm code:",
    "keypad code",
    "lockbox code is",
    "safe combination",
    "entry code",
    "access code:",
    "panel code",
    "código de la puerta",
    "disarm code",
    "locker combo",
    "key code",
]


def ssn_values(rng: random.Random) -> Iterator[tuple[str, str, bool]]:
    """Yield variant, text, and whether a cue must stand with it."""
    a, g, s = ssn(rng)
    dashed = f"{a}-{g}-{s}"
    yield "dashed", dashed, False
    yield "en dash", f"{a}–{g}–{s}", False
    yield "non-breaking hyphen", f"{a}‑{g}‑{s}", False
    yield "no-break space", f"{a}\u00a0{g}\u00a0{s}", True
    yield "zero width", f"{a[:2]}\u200b{a[2]}-{g}-\u200b{s}", False
    yield "soft hyphen", f"{a}-{g}-{s[:2]}\u00ad{s[2:]}", False
    yield "full width", wide(dashed), False
    yield "dots", f"{a}.{g}.{s}", False
    yield "spaces", f"{a} {g} {s}", True
    yield "spaced digits", f"{' '.join(a)} - {' '.join(g)} - {' '.join(s)}", False
    yield "over a line", f"{a}-{g}-\n{s}", False
    yield "nine digits", a + g + s, True
    yield "underscores", f"_{dashed}_", False
    yield "letters attached", f"id{dashed}x", False
    yield "scanned", scanned(rng, dashed), True
    yield "scanned and spaced", scanned(rng, f"{a} - {g} - {s}"), True
    yield "words", spoken(rng, a, g, s), True
    yield "masked", rng.choice([f"XXX-XX-{s}", f"***-**-{s}", f"xxx-xx-{s}", f"XXX XX {s}"]), False


def card_values(rng: random.Random) -> Iterator[tuple[str, str, bool]]:
    network = rng.choice(list(PREFIXES))
    digits = card(rng, network)
    yield f"{network} plain", digits, False
    yield f"{network} spaces", grouped(digits, " "), False
    yield f"{network} hyphens", grouped(digits, "-"), False
    yield "no-break space", grouped(digits, "\u00a0"), False
    yield "non-breaking hyphen", grouped(digits, "‑"), False
    yield "full width", wide(grouped(digits, " ")), False
    yield "zero width", digits[:6] + "\u200b" + digits[6:], False
    sixteen = card(rng, rng.choice(["visa", "mastercard", "discover"]))
    yield "over a line", f"{sixteen[:4]} {sixteen[4:8]}\n{sixteen[8:12]} {sixteen[12:]}", True
    yield "spaced digits", " ".join(sixteen), True
    yield "scanned", scanned(rng, grouped(sixteen, " ")), True
    yield "words", spoken(rng, *(sixteen[i : i + 4] for i in range(0, 16, 4))), True
    yield "masked", rng.choice(["XXXX XXXX XXXX ", "**** **** **** ", "xxxx-xxxx-xxxx-"]) + sixteen[12:], True


def licence(rng: random.Random) -> tuple[str, str]:
    masks = {
        "CA": "A#######",
        "NY": "#########",
        "TX": "########",
        "FL": "A###-###-##-###-#",
        "IL": "A###-####-####",
        "WI": "A###-####-####-##",
        "AZ": "A########",
        "WA": "WDL#A##A###A",
        "OH": "AA######",
        "MA": "A########",
        "NJ": "A#### ##### #####",
        "PA": "## ### ###",
        "MD": "A-###-###-###-###",
        "CO": "##-###-####",
        "KY": "A##-###-###",
        "OR": "#######",
        "NV": "##########",
        "VA": "A##-##-####",
        "NH": "NHL########",
        "MI": "A ### ### ### ###",
    }
    state, mask = rng.choice(list(masks.items()))
    head, tail = (mask[:3], mask[3:]) if mask.startswith(("WDL", "NHL")) else ("", mask)
    return state, head + "".join(
        number(rng, 1) if c == "#" else letters(rng, 1) if c == "A" else c for c in tail
    )


def mbi(rng: random.Random) -> str:
    alphabet = "ACDEFGHJKMNPQRTUVWXY"
    kinds = "CAXNAXNAANN"
    made = ""
    for kind in kinds:
        pool = {"C": "123456789", "A": alphabet, "N": "0123456789", "X": alphabet + "0123456789"}[kind]
        made += rng.choice(pool)
    return f"{made[:4]}-{made[4:7]}-{made[7:]}"


def one_of(rng: random.Random, kind: str) -> tuple[str, str, list[str]]:
    """Give entity, value and labels for one of the kinds with simple variants."""
    if kind == "licence":
        _, value = licence(rng)
        return "US_DRIVER_LICENSE", value, DL_LABELS
    if kind == "passport":
        value = rng.choice(
            [
                letters(rng, 1) + number(rng, 8),
                rng.choice("123456") + number(rng, 8),
                letters(rng, 2) + number(rng, 7),
            ]
        )
        return "US_PASSPORT", value, PASSPORT_LABELS
    if kind == "alien":
        digits = rng.choice("02") + number(rng, 8)
        parted = f"{digits[:3]}{rng.choice(' -')}{digits[3:6]}{rng.choice(' -')}{digits[6:]}"
        return (
            "ALIEN_NUMBER",
            rng.choice([f"A{digits}", f"A {parted}", f"A{parted}", parted, digits]),
            ALIEN_LABELS,
        )
    if kind == "receipt":
        office = rng.choice(["EAC", "WAC", "LIN", "SRC", "MSC", "IOE", "NBC"])
        n = number(rng, 10)
        return (
            "ALIEN_NUMBER",
            rng.choice(
                [office + n, f"{office} {n[:2]} {n[2:5]} {n[5:]}", f"{office}-{n[:2]}-{n[2:5]}-{n[5:]}"]
            ),
            ["USCIS receipt", "receipt", "I-797 notice", "recibo"],
        )
    if kind == "admission":
        return (
            "ALIEN_NUMBER",
            rng.choice([number(rng, 9) + letters(rng, 1) + number(rng, 1), number(rng, 11)]),
            ["I-94", "I-94 no.", "I-94 number:", "admission number"],
        )
    if kind == "record":
        value = rng.choice(
            [
                number(rng, 8),
                f"{number(rng, 2)}-{number(rng, 2)}-{number(rng, 2)}",
                f"{number(rng, 4)}-{number(rng, 4)}",
                letters(rng, 2) + number(rng, 7),
            ]
        )
        return "MEDICAL_ID", value, MEDICAL_LABELS
    if kind == "medicare":
        value = mbi(rng)
        return (
            "MEDICAL_ID",
            rng.choice([value, value.replace("-", "")]),
            ["Medicare", "Medicare no.", "MBI", "Medicare card", "HICN"],
        )
    if kind == "medi-cal":
        return (
            "MEDICAL_ID",
            f"9{number(rng, 7)}{letters(rng, 1, 'ABCDEFGH')}",
            ["Medi-Cal", "CIN", "BIC", "Medi-Cal ID", "número de Medi-Cal"],
        )
    if kind == "account":
        value = rng.choice(
            [
                number(rng, 10),
                f"{number(rng, 4)}-{number(rng, 4)}-{number(rng, 2)}",
                f"{number(rng, 3)} {number(rng, 3)} {number(rng, 4)}",
                number(rng, 8),
                number(rng, 12),
            ]
        )
        return "US_BANK_NUMBER", value, ACCOUNT_LABELS
    if kind == "routing":
        return "US_BANK_NUMBER", routing(rng), ROUTING_LABELS
    if kind == "password":
        word = rng.choice(
            ["Heron", "tamarack", "Vireo", "kelp", "Bluebird", "otter", "Pomegranate", "sorrel"]
        )
        mark = rng.choice("!#$%*-_")
        value = rng.choice(
            [
                f"{word}{mark}{number(rng, 2)}{rng.choice('!#$xQz')}",
                f"{word}{number(rng, 4)}",
                f"{letters(rng, 2)}{number(rng, 2)}-{letters(rng, 3)}-{number(rng, 3)}",
                f"{word}{mark}{word.lower()}{number(rng, 1)}",
            ]
        )
        return "PASSWORD", value, PASSWORD_LABELS
    value = rng.choice(
        [
            number(rng, 4) + "#",
            number(rng, 5),
            "-".join(number(rng, 4)),
            f"{rng.randint(1, 40)}-{rng.randint(1, 40)}-{rng.randint(1, 40)}",
            "*" + number(rng, 4),
            number(rng, 4),
        ]
    )
    if value.isdigit() and value.startswith(("19", "20")):
        value = "48" + value[2:]
    return "PASSWORD", value, CODE_LABELS


def beside_a_card(rng: random.Random) -> list[Case]:
    """Give the expiry date, security code and PIN of one card, in one text."""
    digits = grouped(card(rng, rng.choice(["visa", "mastercard", "amex"])), rng.choice([" ", "-", ""]))
    date = f"{rng.randint(1, 12):02d}/{rng.randint(27, 33)}"
    code, pin = number(rng, 3), number(rng, 4)
    text = rng.choice(
        [
            "Take it from card {d}, exp {e}, CVV {c}. Her PIN is {p}.",
            "Visa {d}\nexp. {e}  cvv {c}\nPIN {p}\n",
            "| card | {d} | exp {e} | security code {c} | debit PIN {p} |",
            "tarjeta {d}, vence {e}, código de seguridad {c}, NIP {p}",
            "He read out {d} {e} {c} and then his card PIN {p}.",
        ]
    )
    cases = []
    whole = text.format(d=digits, e=date, c=code, p=pin)
    at = whole.index(digits) + len(digits)
    for value in (date, code, pin):
        at = whole.index(value, at)
        cases.append(Case("CARD_SECURITY_CODE", "beside a card", whole, at, at + len(value)))
        at += len(value)
    return [
        Case("CREDIT_CARD", "with its codes", whole, whole.index(digits), whole.index(digits) + len(digits)),
        *cases,
    ]


def telephone(rng: random.Random) -> tuple[str, str, str]:
    area = rng.choice(["213", "310", "415", "503", "512", "702", "808", "916", "312", "646"])
    exchange = f"{rng.randint(2, 9)}{rng.randint(2, 9)}{rng.randint(0, 9)}"
    return area, exchange, number(rng, 4)


def contacts(rng: random.Random) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield entity, variant, value and labels of private contact points, births and taxpayers."""
    a, e, n = telephone(rng)
    phones = ["cell", "home phone:", "Phone:", "call me at", "her mobile is", "celular", "callback no."]
    for variant, value in (
        ("hyphens", f"{a}-{e}-{n}"), ("brackets", f"({a}) {e}-{n}"), ("dots", f"{a}.{e}.{n}"),
        ("spaces", f"{a} {e} {n}"), ("country", f"+1 {a}-{e}-{n}"), ("ten digits", f"{a}{e}{n}"),
        ("words", spoken(rng, a, e, n)), ("full width", wide(f"{a}-{e}-{n}")), ("en dash", f"{a}–{e}–{n}"),
    ):  # fmt: skip
        yield "PHONE_NUMBER", variant, value, phones
    first, last = (
        rng.choice(["ada", "petra", "bao", "j.r"]),
        rng.choice(["okafor", "lindqvist", "reyes_cole"]),
    )
    address = (
        f"{first}.{last}{rng.randint(1, 99)}@{rng.choice(['lakemail.com', 'velocity.net', 'fern.example'])}"
    )
    mails = ["e-mail:", "write to", "her address is", "correo:", "cc"]
    yield "EMAIL_ADDRESS", "plain", address, mails
    yield "EMAIL_ADDRESS", "capitals", address.upper(), mails
    yield "EMAIL_ADDRESS", "zero width", address[:3] + "\u200b" + address[3:], mails
    year, month, day = rng.randint(1931, 2014), rng.randint(1, 12), rng.randint(1, 28)
    name = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
    births = ["DOB", "D.O.B.:", "date of birth", "born", "birth date:", "fecha de nacimiento:", "DOB is"]
    for variant, value in (
        ("slashes", f"{month:02d}/{day:02d}/{year}"), ("hyphens", f"{month}-{day}-{year % 100:02d}"),
        ("iso", f"{year}-{month:02d}-{day:02d}"), ("dots", f"{day:02d}.{month:02d}.{year}"),
        ("month", f"{rng.choice(name)} {day}, {year}"), ("day first", f"{day} {rng.choice(name)[:3]} {year}"),
        ("full width", wide(f"{month:02d}/{day:02d}/{year}")),
    ):  # fmt: skip
        yield "DATE_OF_BIRTH", variant, value, births
    group = rng.choice([*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100)])
    head, tail = f"9{number(rng, 2)}", number(rng, 4)
    taxpayers = ["ITIN", "ITIN:", "I.T.I.N.", "Individual Taxpayer Identification Number"]
    yield "US_ITIN", "hyphens", f"{head}-{group}-{tail}", taxpayers
    yield "US_ITIN", "plain", f"{head}{group}{tail}", taxpayers
    yield "US_ITIN", "spaces", f"{head} {group} {tail}", taxpayers


def people(seed: int, rounds: int) -> list[Case]:
    """Make cases of contact points, births, taxpayers and the codes of cards."""
    rng = random.Random(seed)
    cases: list[Case] = []
    for _ in range(rounds):
        cases += beside_a_card(rng)
        for entity, variant, value, labels in contacts(rng):
            cases.append(placed(rng, entity, variant, rng.choice(labels), value))
    return cases


KINDS = [
    "licence",
    "passport",
    "alien",
    "receipt",
    "admission",
    "record",
    "medicare",
    "medi-cal",
    "account",
    "routing",
    "password",
    "code",
]
NAMES = [
    "Okafor, Ada",
    "Lindqvist, Petra",
    "NGUYEN, BAO",
    "Reyes-Cole, M.",
    "Tuiasosopo, Sam",
    "de la Cruz, Jun",
    "Haile, Dawit",
]
PROSE = [
    "She read her {l} {v} to the clerk, who wrote it down.",
    "On Tuesday he called about the refund. {l} {v}, he said, twice.",
    "The form lists {l} {v} and a street in another town.",
    "He left a copy ({l} {v}) on the counter at ten past four.",
    "Please take {l} {v} off the page before this goes out.",
]
MAIL = [
    "> {l} {v}\n> thanks, see you Friday\n",
    "Hi Marisol,\n\nhere it is: {l} {v}\n\nRegards\nTheo\n",
    "Subject: question\n\n{l} {v} - can you check that one?\n",
]
FORM = [
    "NAME    {n}\n{l}    {v}\nCITY    Harwick\n",
    "{l} ........ {v}\n",
    "| {l} | {v} |\n",
    "[x] {l}   {v}\n",
    "1. {n}   {l} {v}   page 2\n",
]
ABOVE = ["{l}\n{v}\n", "Line 4\n{l}:\n  {v}\nsigned {n}\n"]


def placed(rng: random.Random, entity: str, variant: str, label: str, value: str) -> Case:
    carrier = rng.choice(PROSE + MAIL + FORM + (ABOVE if "\n" not in value else []))
    before, after = carrier.replace("{n}", rng.choice(NAMES)).split("{v}")
    before = before.replace("{l}", label)
    start, end = len(before), len(before) + len(value)
    if variant == "letters attached":
        start, end = start + 2, end - 1
    return Case(entity, variant, before + value + after, start, end)


def table(rng: random.Random, entity: str, header: str, values: list[str], column: int) -> list[Case]:
    """Lay values under a header, in spaces, bars or commas; one case a value, all with the same text."""
    style = rng.choice(["spaces", "bars", "commas"])
    heads = ["name", "office visit", "remark"]
    heads.insert(column, header)
    rows = [heads]
    for value in values:
        row = [
            rng.choice(NAMES).replace(",", "" if style == "commas" else ","),
            rng.choice(["room B", "window 3"]),
            rng.choice(["ok", "late"]),
        ]
        row.insert(column, value)
        rows.append(row)
    widths = [max(len(row[k]) for row in rows) + 4 for k in range(4)]
    text, cases = "", []
    spots = []
    for row in rows:
        for k, cell in enumerate(row):
            if k == column and row is not heads:
                begin = len(text) + (2 if style == "bars" else 0)
                spots.append((begin, begin + len(cell)))
            text += {
                "spaces": cell.ljust(widths[k]),
                "bars": f"| {cell.ljust(widths[k])}",
                "commas": cell + ",",
            }[style]
        text = text.rstrip(",") + "\n"
    for start, end in spots:
        cases.append(Case(entity, f"table of {style}", text, start, end))
    return cases


def positives(seed: int, rounds: int) -> list[Case]:
    rng = random.Random(seed)
    cases: list[Case] = []
    for _ in range(rounds):
        for variant, value, cued in ssn_values(rng):
            label = (
                rng.choice(SSN_LABELS)
                if cued or rng.random() < 0.6
                else rng.choice(["the number", "she wrote", "card reads"])
            )
            cases.append(placed(rng, "US_SSN", variant, label, value))
        cases.append(placed(rng, "US_SSN", "last four", rng.choice(FOUR_LABELS), number(rng, 4)))
        for variant, value, cued in card_values(rng):
            label = (
                rng.choice(CARD_LABELS)
                if cued or rng.random() < 0.6
                else rng.choice(["take it from", "she gave", "refund to"])
            )
            cases.append(placed(rng, "CREDIT_CARD", variant, label, value))
        cases.append(placed(rng, "CREDIT_CARD", "last four", "card ending in", number(rng, 4)))
        for kind in KINDS:
            for _ in range(2):
                entity, value, labels = one_of(rng, kind)
                cases.append(placed(rng, entity, kind, rng.choice(labels), value))
        cases += table(
            rng,
            "US_SSN",
            rng.choice(["SSN", "ss no.", "Soc Sec"]),
            ["".join(ssn(rng)) for _ in range(3)],
            rng.randint(1, 3),
        )
        cases += table(rng, "CREDIT_CARD", "card number", [card(rng) for _ in range(2)], rng.randint(1, 3))
        kind, header = rng.choice(
            [
                ("licence", "DL no."),
                ("passport", "passport no."),
                ("record", "MRN"),
                ("routing", "routing"),
                ("alien", "A-number"),
            ]
        )
        made = [one_of(rng, kind) for _ in range(2)]
        cases += table(rng, made[0][0], header, [value for _, value, _ in made], rng.randint(1, 3))
    return cases


def negatives(seed: int, count: int) -> list[Case]:
    rng = random.Random(seed)

    def imei() -> str:
        body = rng.choice(["35", "86", "01"]) + number(rng, 12)
        return body + luhn_digit(body)

    def failing() -> str:
        right = card(rng, "visa")
        return grouped(
            right[:-1] + str((int(right[-1]) + rng.randint(1, 9)) % 10), rng.choice([" ", "-", ""])
        )

    def nine(text: str = "") -> str:
        return text + number(rng, 9 - len(text))

    def dashed(digits: str) -> str:
        return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"

    makers: list[Callable[[], str]] = [
        lambda: f"parcel {number(rng, 4)}-{number(rng, 3)}-{number(rng, 3)}",
        lambda: f"APN {number(rng, 3)}-{number(rng, 3)}-{number(rng, 2)}",
        lambda: f"permit no. {dashed(number(rng, 9))}",
        lambda: f"permit B{number(rng, 2)}-{number(rng, 5)}",
        lambda: f"case no. {number(rng, 2)}-{number(rng, 6)}",
        lambda: f"case number {nine()}",
        lambda: f"invoice {number(rng, 10)}",
        lambda: f"invoice no. {grouped(number(rng, 16), ' ')}",
        lambda: f"tracking 9405 {grouped(number(rng, 16), ' ')}",
        lambda: f"tracking number 1Z{letters(rng, 3)}{number(rng, 11)}",
        lambda: f"meter {number(rng, 2)}-{number(rng, 3)}-{number(rng, 3)}",
        lambda: f"meter no. {number(rng, 9)}",
        lambda: f"badge {number(rng, 4)}",
        lambda: f"badge no. {number(rng, 5)}",
        lambda: f"EIN {number(rng, 2)}-{number(rng, 7)}",
        lambda: f"NPI {number(rng, 10)}",
        lambda: f"VIN {number(rng, 1)}{letters(rng, 4)}{number(rng, 2)}{letters(rng, 2)}{nine()[:8]}",
        lambda: f"IMEI {imei()}",
        lambda: f"the handset's number {imei()} was logged",
        lambda: f"reference {failing()}",
        lambda: f"ledger {dashed(nine('000'))}",
        lambda: f"bag {dashed(nine('666'))}",
        lambda: f"seal {dashed('9' + number(rng, 8))}",
        lambda: f"the note says {dashed(rng.choice(['000', '666', '933']) + number(rng, 6))}",
        lambda: f"batch {number(rng, 9)}",
        lambda: f"work order {number(rng, 8)}",
        lambda: f"check no. {number(rng, 6)}",
        lambda: f"total ${number(rng, 1)}{rng.choice('123456789')},{number(rng, 3)}.{number(rng, 2)}",
        lambda: f"resolution {rng.choice(['2024', '2025'])}-{number(rng, 3)}",
        lambda: f"Gov. Code {rng.randint(1000, 9999)}.{rng.randint(1, 9)}",
        lambda: f"Ordinance No. {number(rng, 4)}",
        lambda: f"dated {rng.randint(1, 12)}/{rng.randint(1, 28)}/{rng.choice(['2024', '2025'])}",
        lambda: f"serial {letters(rng, 3)}{number(rng, 7)}",
        lambda: f"asset tag {number(rng, 6)}",
        lambda: f"ticket INC{number(rng, 7)}",
        lambda: f"citation {number(rng, 8)}",
        lambda: f"population {rng.randint(10, 99)},{number(rng, 3)}",
        lambda: f"confirmation no. {letters(rng, 2)}{number(rng, 6)}",
        lambda: f"PO {number(rng, 6)}",
        lambda: f"purchase order {number(rng, 8)}",
        lambda: f"docket {number(rng, 2)}CV{number(rng, 5)}",
        lambda: f"GL {number(rng, 3)}-{number(rng, 4)}-{number(rng, 2)}",
        lambda: f"plate {number(rng, 1)}{letters(rng, 3)}{number(rng, 3)}",
        lambda: f"library card {number(rng, 14)}",
        lambda: f"bid {rng.choice(['24', '25'])}-{number(rng, 3)}, lot {number(rng, 4)}",
        lambda: f"the password policy of {rng.choice(['2019', '2023', '2025'])} asks for twelve characters",
        lambda: f"building code section {number(rng, 3)}.{number(rng, 1)}",
        lambda: f"ZIP code 9{number(rng, 4)}-{number(rng, 4)}",
        lambda: f"passport hours are {rng.randint(8, 9)}:30 to {rng.randint(3, 5)}:00",
        lambda: f"the Social Security Administration's form {number(rng, 4)}",
    ]  # fmt: skip
    carriers = [
        "The clerk entered {v} in the register.", "{v}\n",
        "Re: {v}, second notice", "Attached: {v} (copy).", "- {v}\n- done\n",
        "Staff found {v} on the shelf and closed the request.", "| {v} | closed |\n",
        "NOTE   {v}   filed\n", "see {v}; nothing else was on the page",
    ]  # fmt: skip
    return [
        Case("", "negative", rng.choice(carriers).replace("{v}", makers[k % len(makers)]()))
        for k in range(count)
    ]
