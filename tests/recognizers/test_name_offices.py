"""Where a record says itself that a name is an official's, and for which other places that holds."""

import time

import pytest

from recognizers.entities import OFFICIAL
from recognizers.name_mentions import mentions, words
from recognizers.name_offices import stated
from recognizers.names import NameRecognizer

STATED = [
    # right before the name
    ("Councilmember Idris Falke moved the item.", "Idris Falke"),
    ("Vice Mayor Coretta Lindgren was late.", "Coretta Lindgren"),
    ("P.O. Maeve Tillery met him at the gate.", "Maeve Tillery"),
    ("ZA Brisebois: who is here for item 4?", "Brisebois"),
    ("Subdirectora Pilar Etxeberria lo firmó.", "Pilar Etxeberria"),
    ("as Councilwoman\n14   Sorrel told the press", "Sorrel"),
    ("The Building Official, Ottar Kvamme, likes ramps.", "Ottar Kvamme"),
    ("I asked the detective, Ms. Annika Roos, twice.", "Annika Roos"),
    ("Prepared by Hollis Wren", "Hollis Wren"),
    ("Forensic interviewer Hollis Wren spoke with her.", "Hollis Wren"),
    ("Moved by Trustee Hollis Wren", "Hollis Wren"),
    ("The council member for the north ward, Ida Quill, came.", "Ida Quill"),
    ("Copy to Corporation Counsel Hollis Wren today", "Hollis Wren"),
    ("The finance director, Ida Quill, was told.", "Ida Quill"),
    ("Councilmembers Ida Quill and Hollis Wren asked.", "Hollis Wren"),
    ("Vice Chair Ada Brook, members Ida Quill, Hollis Wren and Rui Prado", "Rui Prado"),
    # at work
    ("Your cashier, Hollis Wren, wrote it down.", "Hollis Wren"),
    ("I told your inspector Mr. Hollis Wren.", "Hollis Wren"),
    ("Please tell your supervisor, Hollis Wren, of it.", "Hollis Wren"),
    ("Thanks to the man at window 7, Mr. Hollis Wren, for the form.", "Hollis Wren"),
    ("K-9 Hollis Wren handler, no alert.", "Hollis Wren"),
    ("her brother, Hollis Wren in your Purchasing office, voted", "Hollis Wren"),
    ("Apply for it. Ask Hollis Wren in Payroll about it.", "Hollis Wren"),
    ("\nMs. Hollis Wren\nCemetery and Vital Records Division, City Hall", "Hollis Wren"),
    # a label, and the row that it begins
    ("Medic: H. Wren   EMT: Ida Quill", "Ida Quill"),
    ("HR contact: Hollis Wren", "Hollis Wren"),
    ("Members: Ada Brook (chair, Fleet), Hollis Wren (Fire)", "Hollis Wren"),
    ("A complaint was sent to Hollis Wren, contract monitor", "Hollis Wren"),
    ("Reported it to Hollis Wren, EEO.\n\nCandidate asked again.", "Hollis Wren"),
    ("Fue con Mr. Wren, el consejero, ayer", "Wren"),
    ("Avisar al enlace, Ms. Wren, pronto", "Wren"),
    ("Panel members: Sister Hollis Wren, Ida Quill.", "Hollis Wren"),
    ("Hearing officer: Basil Okonjo", "Basil Okonjo"),
    ("Case 14   Hearing officer: Basil Okonjo, Esq.", "Basil Okonjo"),
    ("Panel members: Greta Solano, Tobiah Finch, Wen Li.", "Tobiah Finch"),
    ("Panel members: Greta Solano, Tobiah Finch and Wen Li.", "Wen Li"),
    ("AYES: Quimby, Delgado", "Delgado"),
    # behind the name
    ("we asked Gideon Marsh (HR) for the file", "Gideon Marsh"),
    ("[12/5] Chela (jefa): ya voy", "Chela"),
    ("Present: Ada Brook (gen ed), Rui Prado (SLP)", "Rui Prado"),
    ("Seraphine Yoo, Deputy City Clerk, took the oath.", "Seraphine Yoo"),
    ("Lars Beaulieu, Labor Relations", "Lars Beaulieu"),
    ("Lars Beaulieu, Library Services", "Lars Beaulieu"),
    ("4/2, 3:12 PM, Lars Beaulieu (mediator) to both", "Lars Beaulieu"),
    ("Lars Beaulieu, Payroll Supervisor, keyed it.", "Lars Beaulieu"),
    ("Lars Beaulieu, the city planner, drew it.", "Lars Beaulieu"),
]
NOT_STATED = [
    ("Your manager Hollis Wren sold it to me.", "Hollis Wren"),
    ("Your son Hollis Wren was there.", "Hollis Wren"),
    ("Her family members Ida Quill and Hollis Wren came.", "Hollis Wren"),
    # the record is about the official, or the office is over
    ("Former Mayor Edith Prowse lives on Elm.", "Edith Prowse"),
    ("Councilmember Edith Prowse (ret.) lives on Elm.", "Edith Prowse"),
    ("Complaint against Inspector Milo Vance, sustained", "Milo Vance"),
    ("A complaint about Milo Vance, contract monitor", "Milo Vance"),
    ("Detective Milo Vance was diagnosed in May.", "Milo Vance"),
    ("Supt. Milo Vance begins FMLA leave.", "Milo Vance"),
    ("the widow of Commissioner Milo Vance", "Milo Vance"),
    ("To the Council: Milo Vance who spoke is wrong.", "Milo Vance"),
    ("From: Milo Vance, Budget Analyst\nRe: my leave", "Milo Vance"),
    ("the family trust trustee Milo Vance", "Milo Vance"),
    ("the union president Milo Vance", "Milo Vance"),
    ("I asked Milo Vance in Accounting at the plant", "Milo Vance"),
    ("the woman at the bus stop, Ms. Milo Vance", "Milo Vance"),
    ("Milo Vance\n14 Commission Street", "Milo Vance"),
    ("Milo Vance, the neighbor, saw it.", "Milo Vance"),
    # a sentence ends between
    ("She went to the inspector. Milo Vance saw her.", "Milo Vance"),
    ("I wrote to an investigator, Milo Vance was there", "Milo Vance"),
    # private people
    ("Councilmember's neighbor Milo Vance", "Milo Vance"),
    ("Tenant: Milo Vance, unit 4", "Milo Vance"),
    ("Hearing officer: none\nClaimant: Milo Vance", "Milo Vance"),
    ("Milo Vance (son) and Rosa Vance (mother)", "Milo Vance"),
    ("Milo Vance, City of Elm, 44", "Milo Vance"),
    ("Lawyer for the tenant, Milo Vance", "Milo Vance"),
    ("Counsel Milo Vance for the plaintiff", "Milo Vance"),
    ("Manager: Milo Vance, Oak Court Apartments", "Milo Vance"),
    ("Absent: Milo Vance, Rosa Quill", "Milo Vance"),
    ("Milo Vance, secretary of the tenants' union", "Milo Vance"),
]


@pytest.mark.parametrize(("text", "name"), STATED)
def test_an_office_is_stated(text: str, name: str) -> None:
    places = [text[m.start : m.end] for m in mentions(text, words(text)) if stated(text, m)]
    assert any(place.endswith(name) for place in places)


@pytest.mark.parametrize(("text", "name"), NOT_STATED)
def test_no_office_is_stated(text: str, name: str) -> None:
    assert name not in [text[m.start : m.end] for m in mentions(text, words(text)) if stated(text, m)]


def officials(text: str) -> dict[str, float]:
    """The scores of what is stated, by the words and where they start."""
    hits = NameRecognizer().find(text)
    return {
        f"{text[h.start : h.end]}@{h.start}": h.score
        for h in hits
        if h.entity == OFFICIAL and h.pattern == "stated office"
    }


ELSEWHERE = [
    ("Mr. Falke spoke. Later Councilmember Idris Falke left.", ["Falke@4", "Idris Falke@37"]),
    ("Chela (jefa): ya voy\nChela: sí", ["Chela@0", "Chela@21"]),
    ("Idris Falke (HR) came; Idris said no.", ["Idris Falke@0", "Idris@23"]),
    # another bears the given name, so that alone it may mean either
    ("Idris Falke (HR) met Idris Moreno; Idris said no.", ["Idris Falke@0"]),
    # initials are too little to know somebody by
    ("A. B. (HR) called; A. B. is out.", []),
    # somebody with a private part in the record bears the name
    ("Det. Falke wrote it up.\nVictim: Falke\nMr. Falke cried.", []),
    ("Councilmember Falke spoke. My sister Falke heard it.", []),
]


@pytest.mark.parametrize(("text", "expected"), ELSEWHERE)
def test_what_is_stated_once_holds_for_the_name_elsewhere(text: str, expected: list[str]) -> None:
    assert list(officials(text)) == expected


def test_it_is_surest_in_the_place_itself() -> None:
    here, elsewhere = officials("Councilmember Idris Falke left. Mr. Falke waved.").values()
    assert here == 1.0 > elsewhere > 0.95


@pytest.mark.parametrize(
    "unit", ["Clerk, ", "Aa (hr) ", "Panel: Ab, Cd, ", "the mayor, ", "P.O. ", "\n12 Mayor\n"]
)
def test_time_is_linear_in_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        found = list(mentions(text, words(text)))
        started = time.process_time()
        for mention in found:
            stated(text, mention)
        return time.process_time() - started

    seconds(2_000)
    assert seconds(80_000) < 8 * seconds(20_000) + 0.3
