"""What numbers the states give to driver's licences and identification cards."""

import re
from functools import cache

from recognizers.digits import undamaged
from recognizers.word_classes import table

_MASKS = {"A": "[A-Z018]", "#": "[0-9OQIlSBZ]", "*": "[A-Z0-9]"}
CODES = (
    r"(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|P[AR]"
    r"|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY])"
)
"""A pattern of the codes of the states that issue licences."""
NAMES = {
    "Alabama": "AL",
    "Alaska": "AK",
    "Arizona": "AZ",
    "Arkansas": "AR",
    "California": "CA",
    "Colorado": "CO",
    "Connecticut": "CT",
    "Delaware": "DE",
    "Florida": "FL",
    "Georgia": "GA",
    "Hawaii": "HI",
    "Idaho": "ID",
    "Illinois": "IL",
    "Indiana": "IN",
    "Iowa": "IA",
    "Kansas": "KS",
    "Kentucky": "KY",
    "Louisiana": "LA",
    "Maine": "ME",
    "Maryland": "MD",
    "Massachusetts": "MA",
    "Michigan": "MI",
    "Minnesota": "MN",
    "Mississippi": "MS",
    "Missouri": "MO",
    "Montana": "MT",
    "Nebraska": "NE",
    "Nevada": "NV",
    "Ohio": "OH",
    "Oklahoma": "OK",
    "Oregon": "OR",
    "Pennsylvania": "PA",
    "Tennessee": "TN",
    "Texas": "TX",
    "Utah": "UT",
    "Vermont": "VT",
    "Virginia": "VA",
    "Washington": "WA",
    "Wisconsin": "WI",
    "Wyoming": "WY",
    "District of Columbia": "DC",
    "New Hampshire": "NH",
    "New Jersey": "NJ",
    "New Mexico": "NM",
    "New York": "NY",
    "North Carolina": "NC",
    "North Dakota": "ND",
    "Rhode Island": "RI",
    "South Carolina": "SC",
    "South Dakota": "SD",
    "West Virginia": "WV",
}
"""The states' codes by their names."""
SHORT_NAMES = {
    "Ala.": "AL",
    "Ariz.": "AZ",
    "Ark.": "AR",
    "Cal.": "CA",
    "Calif.": "CA",
    "Colo.": "CO",
    "Conn.": "CT",
    "D.C.": "DC",
    "Del.": "DE",
    "Fla.": "FL",
    "Ga.": "GA",
    "Ill.": "IL",
    "Ind.": "IN",
    "Kan.": "KS",
    "Kans.": "KS",
    "Ky.": "KY",
    "La.": "LA",
    "Mass.": "MA",
    "Md.": "MD",
    "Mich.": "MI",
    "Minn.": "MN",
    "Miss.": "MS",
    "Mo.": "MO",
    "Mont.": "MT",
    "N.C.": "NC",
    "N.D.": "ND",
    "N.H.": "NH",
    "N.J.": "NJ",
    "N.M.": "NM",
    "N.Y.": "NY",
    "Neb.": "NE",
    "Nev.": "NV",
    "Okla.": "OK",
    "Ore.": "OR",
    "Pa.": "PA",
    "Penn.": "PA",
    "R.I.": "RI",
    "S.C.": "SC",
    "S.D.": "SD",
    "Tenn.": "TN",
    "Tex.": "TX",
    "Va.": "VA",
    "Vt.": "VT",
    "W. Va.": "WV",
    "W.Va.": "WV",
    "Wash.": "WA",
    "Wis.": "WI",
    "Wisc.": "WI",
    "Wyo.": "WY",
}
"""The states' codes by the names that newspapers shorten (Associated Press Stylebook)."""
_CODES_BY_NAME = {name.lower(): code for name, code in (NAMES | SHORT_NAMES).items()}


@cache
def _formats() -> dict[str, "re.Pattern[str]"]:
    lexicon = table("driver_licences")
    return {
        state: re.compile("|".join("".join(_MASKS.get(c, c) for c in mask) for mask in masks))
        for state, masks in lexicon.items()
    }


def code_of(name: str) -> str:
    """Return the code of the state of which ``name`` is a name or a short one, in any case.

    Raises ``KeyError`` where there is none.
    """
    return _CODES_BY_NAME[name.lower()]


def of_state(compact: str, state: str) -> bool:
    """Tell whether ``compact`` (no separators) has a format that ``state`` issues."""
    return _formats()[state].fullmatch(compact) is not None


def of_any_state(compact: str) -> bool:
    """Tell whether ``compact`` has a format of any state that holds a letter among its digits."""
    if not any(character.isalpha() for character in undamaged(compact)):
        certain = sum(character.isdigit() for character in compact)
        if not compact[:1].isalpha() or certain < len(compact) - 1:
            return False
    return any(state != "WA" and pattern.fullmatch(compact) for state, pattern in _formats().items())
