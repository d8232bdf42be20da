"""Which numbers an authority can have issued: pure checks on bare digits and letters."""

import re
from typing import Literal

Network = Literal["visa", "mastercard", "amex", "discover", "diners", "jcb", "unionpay", "maestro"]

_SIXTEEN_ON = range(16, 20)
_NETWORKS: tuple[tuple[Network, "re.Pattern[str]", frozenset[int]], ...] = (
    ("amex", re.compile(r"3[47]"), frozenset({15})),
    ("mastercard", re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), frozenset({16})),
    ("diners", re.compile(r"30[0-5]|3095|3[689]"), frozenset(range(14, 20))),
    ("jcb", re.compile(r"352[89]|35[3-8]"), frozenset(_SIXTEEN_ON)),
    ("discover", re.compile(r"6011|64[4-9]|65"), frozenset(_SIXTEEN_ON)),
    ("unionpay", re.compile(r"62|81[0-7]"), frozenset(_SIXTEEN_ON)),
    ("visa", re.compile(r"4"), frozenset({13, 16, 19})),
    ("maestro", re.compile(r"50|5[6-9]|6"), frozenset(range(12, 20))),
)


def luhn(digits: str) -> bool:
    """Tell whether the last digit checks the others (ISO/IEC 7812-1, annex B)."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = ord(digit) - 48
        if index % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


def card_network(digits: str) -> Network | None:
    """Give the network whose issuer ranges (ISO/IEC 7812, the networks' 2026 tables) and lengths fit."""
    for network, prefix, lengths in _NETWORKS:
        if len(digits) in lengths and prefix.match(digits):
            return network
    return None


def card(digits: str) -> bool:
    """Tell whether ``digits`` can be a payment card: issuer range, length and check digit."""
    return (
        12 <= len(digits) <= 19 and card_network(digits) is not None and len(set(digits)) > 1 and luhn(digits)
    )


def ssn(digits: str) -> bool:
    """Tell whether nine digits can be a Social Security number (SSA, POMS RM 10201.035).

    Numbers that were printed in advertisements count: somebody may have been given one as theirs.
    """
    return (
        len(digits) == 9
        and digits[:3] not in ("000", "666")
        and digits[0] != "9"
        and digits[3:5] != "00"
        and digits[5:] != "0000"
    )


def itin(digits: str) -> bool:
    """Tell whether nine digits can be an ITIN: 9xx and a group that the IRS issues (IRM 3.21.263)."""
    if len(digits) != 9 or digits[0] != "9":
        return False
    group = int(digits[3:5])
    return 50 <= group <= 65 or 70 <= group <= 88 or 90 <= group <= 92 or 94 <= group <= 99


def routing(digits: str) -> bool:
    """Tell whether nine digits can be an ABA routing number: its prefix and its check digit."""
    if len(digits) != 9 or digits == "0" * 9:
        return False
    district = int(digits[:2])
    if not (district <= 12 or 21 <= district <= 32 or 61 <= district <= 72 or district == 80):
        return False
    return sum(weight * int(digit) for weight, digit in zip((3, 7, 1) * 3, digits, strict=True)) % 10 == 0


_MBI = re.compile(
    r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y]{2}\d\d"
)


def medicare(value: str) -> bool:
    """Tell whether eleven characters can be a Medicare Beneficiary Identifier (CMS MBI format)."""
    return _MBI.fullmatch(value.upper()) is not None


def travel_check(field: str, check: str) -> bool:
    """Tell whether ``check`` is the check digit of a machine-readable ``field`` (ICAO Doc 9303-3, 4.9)."""
    total = 0
    for index, character in enumerate(field):
        value = 0 if character == "<" else int(character, 36)
        total += value * (7, 3, 1)[index % 3]
    return str(total % 10) == check.replace("<", "0")
