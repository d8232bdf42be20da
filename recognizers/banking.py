"""Bank accounts and routing numbers, with the ABA checksum, pairs of both, MICR lines and masked accounts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from recognizers.account_words import bank_rows, of_others, specimen
from recognizers.digits import only_digits
from recognizers.reading import Reading, Slot, read
from recognizers.recognizer import Hit, TextRecognizer
from recognizers.validity import routing
from recognizers.values import Value, find_values, shape, trimmed

_ROUTING = frozenset({"routing"})
_ACCOUNT = frozenset({"account"})
_BANK = frozenset({"account", "routing"})
_D = r"[0-9OQlISBZ]"
_MICR = re.compile(
    rf"(?:⑆|\|{{1,2}}:)[ ]?{_D}(?:[ ]{{0,2}}{_D}){{8}}[ ]?(?:⑆|:\|{{1,2}})"
    rf"(?:[ ]{{0,8}}{_D}[0-9OQlISBZ -]{{3,22}}⑈?)?"
)
_PAIR = re.compile(
    r"[ ]{0,3}(?:[/,;+-]|\(|\bthen\b|\band\b|\by\b|[ ])[ ]{0,6}(?:(?:acct|account|ac|ck|chk"
    r"|cuenta|cta|rt|aba)\b[ .:#]{0,4})?"
)
_MASKED = re.compile(r"(?<![\w*.])(?:[Xx*#…•]{2,12}|\.{3})[- ]?\d{3,5}(?:-\d{1,4})?(?!\w)")
_TAIL = re.compile(
    r"\b(?:(?:[A-Z][\w&']{1,14}[ ]){1,3}(?:Bank|CU|FCU|Credit Union)|Chase|Wells Fargo|BofA|Bank of America"
    r"|PNC|Truist|USAA|KeyBank|M&T|Citi(?:bank)?|U\.S\. Bank|Capital One|Navy Federal|Huntington|Fifth Third)"
    r"(?:[ ](?:checking|savings|acct\.?|account))?[ ](?:[xX*#]{1,4}-?|\.{2,4}|…)\d{4}(?![\w-])"
)
"""The name of a bank and the end of an account there."""
_NINE = re.compile(rf"(?<![A-Za-z0-9-]){_D}(?:[ ]{{0,2}}-?[ ]{{0,2}}{_D}){{8}}(?![A-Za-z0-9]|-\d)")
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?(?![A-Za-z0-9])"
)
_LABEL = re.compile(
    r"(?<!\w)(?:acct|account|a/c|ac|rt|aba|chk|checking|savings|sav|share|routing)\b\.?"
    r"(?:[ ](?:no\.?|ending|ends)){0,2}[ ]$",
    re.IGNORECASE,
)
_BANK_AFTER = re.compile(r"[ ](?:[A-Z][\w&']{1,14}[ ]){1,3}(?:Bank|CU|FCU|Credit Union|Savings|S&L)\b")
_OF_BANK = re.compile(
    r"(?<![\w.])(?!(?i:rm|room|unit|box|p|dept|suite|ste|acct|account|savings|checking|main|old|tel|phone|fax"
    r"|routing|rt|aba|chk|ck|ref|no|svc|meter|total|lot|case|po|id|ssn|dob|line)\b)"
    r"(?:(?:[A-Z][A-Za-z'&]{1,14}|5/3rd)[ ]){1,3}(?:prepaid[ ]acct[ ])?"
    r"#?(?P<figures>\d{2,6}(?:[ -]\d{2,6}){1,4})(?![\w/%-]|[.,]\d)"
)
_PAID_TO = re.compile(
    r"\b(?:deposits?|deposited|e-?check|autopay|bank|transfer\w*|refund\w*|reimburse\w*|savings"
    r"|checking|net to|acct|direct dep"
    r"|paycheck|levy|garnish\w*|routing|wire\w*|remit\w*|pension|payroll)\b",
    re.IGNORECASE,
)
_NO_ACCOUNT = re.compile(
    r"\d{3}[- ]\d{3}[- ]\d{4}|\d{3}[- ]\d{2}[- ]\d{4}|\d{1,2}-\d{1,2}-\d{2,4}|\d{5}-\d{4}"
    r"|(?:19|20)\d\d-\d{1,4}|\d{3}-\d{4}"
)
_BANK_NAME = re.compile(
    r"(?:[A-Z][\w.&'/-]{1,14},?[ ]){1,3}(?:acct[ ])?#?$|[A-Z][\w.&'/-]{1,14}[ ]"
    r"(?:[A-Z][\w.&'/-]{0,14}[ ]|[a-z]{2,8}[ ]){0,3}(?:acct|share|draft|checking|savings"
    r"|sav)[ .#]{1,3}$"
)
_HELD_AT = re.compile(
    r"\b(?i:account|acct|checking|savings|passbook|deposit|deposits|pension|bank)[:,][ ]"
    r"(?P<bank>[A-Z][\w.'&-]{1,15}(?:[ ](?:[A-Z][\w.'&-]{0,15}|&|of|and)){0,4},?[ ])$"
)
_INSTITUTION = re.compile(
    r"\b(?:bank|bk|cu|c\.u\.|fcu|credit union|federal|fed|natl|nat'l|national|savings|sav|trust|t&s|s&l"
    r"|mutual)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:\b[A-Z][\w'&-]{0,14}[ ]){1,4}(?:CU|FCU|C\.U\.|Bank|Bk|Credit Union|Federal|Sav\."
    r"|Savings|T&S|S&L|Mutual|Fed\.|Trust|Schools)"
    r"[ ]{1,3}(?:(?:prepaid[ ])?(?:acct|share|shr draft|draft|checking|savings"
    r"|sav)[. ]{1,2})?#?\d[\d]{1,11}(?:[ -]\d{1,9}){0,4}(?![\w/-])"
)
_BETWEEN = re.compile(
    r"[ ,/;:()#.-]{1,6}(?:(?:acct|account|routing|aba|rt|ac|chk|no)[ .:#]{1,3}){0,2}", re.IGNORECASE
)
_MONEY = re.compile(
    r"\b(?:bank|bk|checking|savings|deposit\w*|routing|aba|ach|credit union|fcu|cu|wire"
    r"|autopay|iolta|payee|transfer|prenote|e-?check|void|draft|paycheck|payroll|refund"
    r"|reimburse\w*|direct|net to|remit|pay|hourly|wages?|salary|cuenta|banco|deposito|nsf|check|checks"
    r"|debit|statement|credit|trust|funds|financial|opened|closed|teller|withdraw\w*)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(?:water|sewer|utilit\w+|meter|svc|service addr\w*|customer|electric|gas|power|light"
    r"|alarm|panel|station|vendor|gl|ledger|shut-?off|bill|name on bill|kwh|trash|refuse|CARE"
    r"|final notice|inv|invoice|award|portal|agua|medidor|Fund|General Fund)\b"
)
_BANKING = re.compile(
    r"\b(?:bank|bk|checking|savings|routing|aba|ach|credit union|fcu|cu|direct|deposit\w*|iban|autopay"
    r"|payroll|paycheck|banco|wire|refund|e-?check|draft|levy|garnish\w*|drawn|voided|cheque)\b",
    re.IGNORECASE,
)
"""Words of money in a bank."""
_CUSTOMERS = re.compile(
    r"\b(?:water|sewer|utilit\w+|meters?|shut-?offs?|turn-?ons?|electric|trash|leaks|hydrant|agua|medidor|cuadrilla)\b",
    re.IGNORECASE,
)
"""Words of the trades whose customers have accounts as well."""
_GENERIC = frozenset(
    {
        "account",
        "acct",
        "account no",
        "account number",
        "acct no",
        "account #",
        "acct #",
        "acct number",
        "acct num",
        "cuenta",
        "numero de cuenta",
    }
)
_VAGUE = frozenset({"bk", "a/c", "ac", "chk", "share", "sav", "ck acct"})
"""Cues that are other words as well: booking, check, air conditioning, a shared drive."""
_LEDGER = re.compile(r"\d{1,3}(?:-\d{2,5}){1,4}")
"""The shape of the accounts of a general ledger, which many banks' have too."""
_CELLS = re.compile(r"[ ]{2,}\d[\d,.]{0,8}[ ]{2,}")
"""A cell of figures: what stands behind it belongs to another column."""
_AT = re.compile(r"[ ]at[ ](?:[A-Z][\w.&'-]+[ ]?){1,4}")


class BankRecognizer(TextRecognizer):
    """Finds ``US_BANK_NUMBER``: an account, and the routing number given with it."""

    ENTITIES = ("US_BANK_NUMBER",)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the bank numbers in ``text``, which is in normal form."""
        yield from _joined(text, sorted(self._all(read(text)), key=lambda hit: (hit.start, -hit.end)))

    def _all(self, reading: Reading) -> Iterator[Hit]:
        text = reading.text
        for value, slot in find_values(reading, _ROUTING, _is_routing, 9):
            yield self._hit(reading, value, slot, 0.95, "routing number")
            yield from self._pair(reading, value, 0.85, certain=True)
        for value, slot in find_values(reading, _ACCOUNT, lambda v, s: _is_account(reading, v, s), 17):
            yield self._hit(reading, value, slot, 0.8, "account")
            yield from self._pair(reading, value, 0.8, reading.named(value.start, _ROUTING, 40))
        for match in _IBAN.finditer(text):
            cue = reading.governor(match.start(), 8)
            if iban(match[0]) or (cue and cue.name == "iban"):
                yield Hit(self.ENTITIES[0], match.start(), match.end(), 0.95, "IBAN")
        yield from self._of_bank(reading)
        for match in bank_rows(text):
            if 7 <= len(only_digits(match["figures"])) <= 17 and not _NO_ACCOUNT.fullmatch(match["figures"]):
                yield Hit(self.ENTITIES[0], *match.span("figures"), 0.75, "row of a bank")
        for match in _MICR.finditer(text):
            yield Hit(self.ENTITIES[0], match.start(), match.end(), 0.9, "MICR line")
        for match in _NAMED.finditer(text):
            figures = re.search(r"\d[\d -]*$", match[0])
            if figures and 6 <= len(only_digits(figures[0])) <= 17:
                yield Hit(
                    self.ENTITIES[0], match.start(), match.end(), 0.7, "number after the name of a bank"
                )
        yield from self._masked(reading)
        yield from self._checked(reading)
        for number in reading.spoken:
            cue = reading.announcer(number.start, 60)
            if len(number.digits) >= 5 and cue and cue.role in _BANK:
                yield Hit(self.ENTITIES[0], number.start, number.end, 0.8, "number in words", cue.name)
            elif routing(number.digits[:9]) and len(number.digits) > 12:
                yield Hit(self.ENTITIES[0], number.start, number.end, 0.7, "routing and account in words")

    def _hit(self, reading: Reading, value: Value, slot: Slot, score: float, pattern: str) -> Hit:
        start, end = _with_bank(reading, value.start, value.end)
        return Hit(self.ENTITIES[0], start, end, score, f"{pattern} {slot.relation}", slot.cue.name)

    def _of_bank(self, reading: Reading) -> Iterator[Hit]:
        if not any(cue.role in _BANK and not cue.weak for cue in reading.cues):
            return
        for match in _OF_BANK.finditer(reading.text):
            if not 7 <= len(only_digits(match["figures"])) <= 14 or _NO_ACCOUNT.fullmatch(match["figures"]):
                continue
            cue = reading.governor(match.start("figures"), 16)
            line = reading.line_starts[reading.line_of(match.start())]
            paid = _PAID_TO.search(reading.text[max(line, match.start() - 60) : match.start("figures")])
            if paid and (cue is None or cue.weak or cue.role in _BANK):
                yield Hit(
                    self.ENTITIES[0], match.start(), match.end(), 0.6, "number after the name of a bank"
                )

    def _pair(self, reading: Reading, value: Value, score: float, certain: bool = False) -> Iterator[Hit]:
        """Yield the number beside ``value``; ``certain``: a cue says that nine digits are routing."""
        joint = _PAIR.match(reading.text, value.end)
        if not joint:
            return
        match = shape(reading).match(reading.text, joint.end())
        other = match and trimmed(match, 17)
        if not other or _is_date(reading.text[other.start : other.end]):
            return
        first, second = only_digits(value.compact), only_digits(other.compact)
        first_is = routing(first) or (certain and len(first) == 9)
        if routing(second) or (first_is and other.digits >= 4 and other.clear_digits >= 2):
            yield Hit(self.ENTITIES[0], other.start, other.end, score, "account and routing")

    def _masked(self, reading: Reading) -> Iterator[Hit]:
        for match in _MASKED.finditer(reading.text):
            cue = reading.governor(match.start(), 30)
            if cue and cue.role == "account":
                start, end = _with_bank(reading, match.start(), match.end())
                yield Hit(self.ENTITIES[0], start, end, 0.8, "masked account", cue.name)
        for match in _TAIL.finditer(reading.text):
            yield Hit(self.ENTITIES[0], match.start(), match.end(), 0.75, "end of an account at a bank")

    def _checked(self, reading: Reading) -> Iterator[Hit]:
        for match in _NINE.finditer(reading.text):
            if not routing(only_digits(match[0])) or sum(c.isdigit() for c in match[0]) < 4:
                continue
            cue = reading.governor(match.start(), 14)
            if cue and cue.role not in _BANK:
                continue
            value = Value(match.start(), match.end(), only_digits(match[0]))
            pair = list(self._pair(reading, value, 0.7))
            slash = re.match(r"[ ]{0,3}/", reading.text[match.end() : match.end() + 4])
            if reading.near(match.start(), _BANK, 60) and (pair or cue):
                yield Hit(
                    self.ENTITIES[0],
                    match.start(),
                    match.end(),
                    0.75,
                    "routing checksum",
                    cue.name if cue else "",
                )
                yield from pair
            elif pair and slash:
                yield Hit(self.ENTITIES[0], match.start(), match.end(), 0.6, "routing checksum and account")
                yield from pair


def iban(text: str) -> bool:
    """Tell whether ``text`` is an International Bank Account Number by its check digits (ISO 13616)."""
    compact = text.replace(" ", "")
    return (
        15 <= len(compact) <= 34
        and int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1
    )


def _with_bank(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Take in the label and the name of the bank that stand with a number."""
    line = reading.line_starts[reading.line_of(start)]
    held = _HELD_AT.search(reading.text, max(line, start - 60), start)
    if held:
        start = held.start("bank")
    label = _LABEL.search(reading.text, max(line, start - 24), start)
    if label:
        start = label.start()
    before = reading.text[max(line, start - 48) : start]
    name = _BANK_NAME.search(before)
    if name and _INSTITUTION.search(name[0]) and not re.search(r"[A-Za-z]{5}\. ", name[0]):
        start -= len(name[0])
    at = _AT.match(reading.text, end)
    if at and _INSTITUTION.search(at[0]):
        end = at.end() - (at[0][-1] == " ")
    named = _BANK_AFTER.match(reading.text, end)
    return start, named.end() if named else end


def _joined(text: str, hits: list[Hit]) -> Iterator[Hit]:
    """Join an account and a routing number that stand together into one hit."""
    last: Hit | None = None
    for hit in hits:
        if last and (hit.start <= last.end or _BETWEEN.fullmatch(text, last.end, hit.start)):
            last = replace(last, end=max(last.end, hit.end))
            continue
        if last:
            yield last
        last = hit
    if last:
        yield last


@lru_cache(maxsize=8)
def _customer(text: str) -> bool:
    """Tell whether the text is about the customers of a utility more than about banks."""
    return len(_CUSTOMERS.findall(text)) > len(_BANKING.findall(text))


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{1,2}[-./]\d{1,2}[-./]\d{2,4}", text) is not None


def _is_routing(value: Value, slot: Slot) -> bool:
    return value.digits == 9 and len(value.compact) == 9 and value.clear_digits >= 3


def _is_account(reading: Reading, value: Value, slot: Slot) -> bool:
    found = reading.text[value.start : value.end]
    if not 4 <= value.digits <= 17 or value.clear_digits < 2 or _is_date(found):
        return False
    if specimen(found, value.compact):
        return False
    gap = value.start - slot.start
    if _CELLS.search(reading.text, slot.start, max(slot.start, value.start)):
        return False
    if slot.cue.name in _VAGUE:
        if reading.text[slot.start : value.start] == "-":  # letters that the number begins with
            return False
        strict = slot.relation == "below" or slot.cue.name == "bk"
        if value.clear_digits < 4 or (strict and value.digits < 7):
            return False
    if re.fullmatch(r"\d{3}-\d{4}", found) and value.start - slot.start > 4:
        return False
    if re.fullmatch(r"(?:[A-Z]{2}[ ])?(?:19|20)\d\d(?:-\d\d)?", found):
        return False
    if re.fullmatch(r"\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}", found) and (
        slot.cue.weak
        or (
            slot.relation == "after"
            and len(re.findall(r"[A-Za-z]", reading.text[slot.cue.end : value.start])) > 9
        )
    ):
        return False
    if slot.cue.name in _GENERIC:
        line = reading.line_starts[reading.line_of(slot.cue.start)]
        if of_others(reading.text, line, slot.cue.start):
            return False
        if _customer(reading.text) and not _BANKING.search(
            reading.text[max(0, slot.cue.start - 60) : value.end + 60]
        ):
            return False
        # Of a column, the heading and what stands around it: its other rows tell of other people.
        last = slot.cue.end if slot.relation == "below" else value.end
        window = reading.text[max(0, slot.cue.start - 160) : last + 100]
        close = reading.text[max(0, slot.cue.start - 90) : last + 60]
        if _SERVICE.search(close) and not _MONEY.search(window.replace(slot.cue.name, "")):
            return False
        if slot.relation == "below" and not _MONEY.search(window):
            return False
        if _LEDGER.fullmatch(found) and not _BANKING.search(window):
            return False
    if slot.cue.weak:
        return slot.relation == "after" and value.digits >= 6 and gap < 22
    if slot.relation == "below":
        return True
    least = 6 if gap > 12 and not re.search(r"ending|ends", slot.cue.name) else 4
    return value.digits >= least and gap < 40
