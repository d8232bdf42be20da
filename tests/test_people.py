"""Who is who in a request: numbers, officials set apart, names found again, whom a fact is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizers.entities import OFFICIAL
from redact.document import Segment, Span
from redact.finding import Finding
from redact.mentions import Mention, mentions
from redact.people import PERSON, People
from redact.subjects import with_subjects


def segment(text: str, *names: tuple[str, str, float]) -> tuple[Segment, list[Finding]]:
    """Return a segment and a finding for the first place of each ``(name, entity, score)``."""
    findings = []
    for name, entity, score in names:
        start = text.index(name)
        findings.append(Finding("text", Span(start, start + len(name)), entity, score, "R"))
    return Segment("text", text), findings


def told(*segments: tuple[Segment, list[Finding]]) -> list[Mention]:
    """Return what one document tells of who is named in it."""
    return [mention for one, findings in segments for mention in mentions(one, findings)]


def covered(text: str, *names: tuple[str, str, float]) -> list[str]:
    one, findings = segment(text, *names)
    people = People([told((one, findings))])
    resolved = people.resolve(people.present[0], one, findings)
    return sorted(text[f.span.start : f.span.end] for f in resolved)


AGAIN = [
    ("Tou Ger Vang", "Tou Ger Vang came. Vang left.", ["Tou Ger Vang", "Vang"]),
    ("Tou Ger Vang", "Tou Ger Vang came. VANG, TOU GER left.", ["Tou Ger Vang", "VANG, TOU GER"]),
    ("Tou Ger Vang", "Tou Ger Vang came. tou ger vang left.", ["Tou Ger Vang", "tou ger vang"]),
    ("VANG, Tou Ger", "VANG, Tou Ger came. Tou Ger Vang left.", ["Tou Ger Vang", "VANG, Tou Ger"]),
    ("Joan Ferrante", "Joan Ferrante came. J. Ferrante left.", ["J. Ferrante", "Joan Ferrante"]),
    ("Joan Ferrante", "Joan Ferrante came. Ferrante's car.", ["Ferrante", "Joan Ferrante"]),
    ("Joan Ferrante", "Joan Ferrante came. Joan\nFerrante left.", ["Joan\nFerrante", "Joan Ferrante"]),
    (
        "Zoë Nuñez-Ortíz",
        "Zoë Nuñez-Ortíz came. Zoe Nunez Ortiz left.",
        ["Zoe Nunez Ortiz", "Zoë Nuñez-Ortíz"],
    ),
    ("Pheng", "Pheng fell. Then Pheng rose.", ["Pheng", "Pheng"]),
]
NOT_AGAIN = [
    ("Sun Park", "Sun Park came. The Park is closed. Parks are open.", ["Sun Park"]),
    ("Elena May", "Elena May came. In May it rained.", ["Elena May"]),
    ("Tou Vang", "Tou Vang came. Vang Street is closed; Vang Plumbing dug.", ["Tou Vang"]),
    ("Will Young", "Will Young came. The young will come.", ["Will Young"]),
    ("Bo Li", "Bo Li came. Li is a unit; bo is not.", ["Bo Li"]),
    ("Tou Vang", "Tou Vang of the City of Saint Vang. Town of Vang.", ["Tou Vang"]),
]


@pytest.mark.parametrize(("name", "text", "expected"), AGAIN + NOT_AGAIN)
def test_a_name_is_found_again(name: str, text: str, expected: list[str]) -> None:
    assert covered(text, (name, PERSON, 0.9)) == expected


OFFICIALS = [
    # An official's name is public everywhere, also where only the last name stands.
    ("Det. Renee Mattison wrote. Mattison left.", [("Renee Mattison", OFFICIAL, 0.95)], []),
    (
        "Det. Renee Mattison wrote. MATTISON left.",
        [("Renee Mattison", OFFICIAL, 0.95), ("MATTISON", PERSON, 0.6)],
        [],
    ),
    # Two views of one name: the surer one decides.
    # whoever is an official by all that is said stays one where a single place is somewhat surer of the other
    (
        "Det. Ana Cole wrote. Mr. COLE left.",
        [("Ana Cole", OFFICIAL, 0.97), ("COLE", PERSON, 0.97)],
        [],
    ),
    (
        "Det. Ana Cole wrote. Mr. COLE left.",
        [("Ana Cole", OFFICIAL, 0.97), ("COLE", PERSON, 0.985)],
        ["COLE"],
    ),
    # where one place is sure of both, all that is said decides, but for what the text states
    (
        "Lt. Hugh Cole wrote. H. Cole",
        [("Hugh Cole", OFFICIAL, 0.99), ("H. Cole", OFFICIAL, 0.97), ("H. Cole", PERSON, 0.99)],
        [],
    ),
    (
        "Lt. Hugh Cole wrote. H. Cole",
        [("Hugh Cole", OFFICIAL, 0.99), ("H. Cole", OFFICIAL, 0.97), ("H. Cole", PERSON, 1.0)],
        ["H. Cole"],
    ),
    # what says of two names in two lines that both are an official's holds for the upper one
    (
        "Ofc Mattison\nCOLE, ANA  46",
        [("Mattison\nCOLE, ANA", OFFICIAL, 0.97), ("Mattison", PERSON, 0.62), ("COLE, ANA", PERSON, 0.92)],
        ["COLE, ANA"],
    ),
    (
        "Ofc Renee\nMattison wrote",
        [("Renee\nMattison", OFFICIAL, 0.97), ("Renee", PERSON, 0.62), ("Mattison", PERSON, 0.8)],
        [],
    ),
    ("X: Ana Cole.", [("Ana Cole", PERSON, 0.9), ("Ana Cole", OFFICIAL, 0.6)], ["Ana Cole"]),
    ("X: Ana Cole.", [("Ana Cole", PERSON, 0.55), ("Ana Cole", OFFICIAL, 0.9)], []),
]


@pytest.mark.parametrize(("text", "names", "expected"), OFFICIALS)
def test_officials(text: str, names: list[tuple[str, str, float]], expected: list[str]) -> None:
    assert covered(text, *names) == expected


def test_an_officer_of_a_private_persons_name_is_told_apart_in_one_document() -> None:
    text = "Victim Ana Cole spoke. Ofc. Cole wrote it down."
    one = Segment("text", text)
    at = text.index("Cole wrote")
    findings = [
        Finding("text", Span(7, 15), PERSON, 0.95, "R"),
        Finding("text", Span(at, at + 4), OFFICIAL, 0.97, "R"),
    ]
    people = People([told((one, findings))])
    resolved = people.resolve(people.present[0], one, findings)
    assert [text[f.span.start : f.span.end] for f in resolved] == ["Ana Cole"]


def test_one_person_has_one_number_across_documents_and_strangers_have_others() -> None:
    first = segment("Ana Ruiz and Bo Tran", ("Ana Ruiz", PERSON, 0.9), ("Bo Tran", PERSON, 0.9))
    second = segment("RUIZ, ANA", ("RUIZ, ANA", PERSON, 0.9))
    people = People([told(first), told(second)])
    [ana, bo] = people.resolve(people.present[0], *first)
    [again] = people.resolve(people.present[1], *second)
    assert (ana.subject, bo.subject, again.subject) == (1, 2, 1)
    assert people.subject_of("Ana Ruiz") == people.subject_of("Ruiz, Ana") == 1
    assert people.subject_of("Bo Tran") == 2


def test_a_name_that_fits_two_people_is_nobodys() -> None:
    text = "Ana Ruiz and Leo Ruiz"
    people = People([told(segment(text, ("Ana Ruiz", PERSON, 0.9), ("Leo Ruiz", PERSON, 0.9)))])
    assert people.subject_of("Ruiz") is None
    assert people.subject_of("Mia Ruiz") is None


def test_a_first_name_alone_in_another_document_is_not_taken_for_the_same_person() -> None:
    first = segment("Ana Ruiz", ("Ana Ruiz", PERSON, 0.9))
    second = segment("Ana slept", ("Ana", PERSON, 0.9))
    people = People([told(first), told(second)])
    [ana] = people.resolve(people.present[0], *first)
    [other] = people.resolve(people.present[1], *second)
    assert ana.subject != other.subject


words = st.sampled_from(["Ana", "Ruiz", "Bo", "Tran", "Cole", "met", "the", "Ferrante", "and", "J."])
texts = st.lists(words, min_size=1, max_size=12).map(" ".join)


@given(st.lists(texts, min_size=1, max_size=4), st.data())
def test_resolving_keeps_every_private_name_and_does_not_depend_on_the_order(
    contents: list[str], data: st.DataObject
) -> None:
    documents = []
    for text in contents:
        findings = []
        for _ in range(data.draw(st.integers(0, 3))):
            start = data.draw(st.integers(0, len(text) - 1))
            end = data.draw(st.integers(start + 1, len(text)))
            findings.append(Finding("text", Span(start, end), PERSON, 0.9, "R"))
        documents.append([(Segment("text", text), findings)])

    def places(order: list[int]) -> dict[int, set[tuple[int, int]]]:
        people = People([told(*documents[i]) for i in order])
        return {
            i: {(f.span.start, f.span.end) for f in people.resolve(people.present[n], *documents[i][0])}
            for n, i in enumerate(order)
        }

    straight = places(list(range(len(documents))))
    assert places(list(reversed(range(len(documents))))) == straight
    for i, [(_, findings)] in enumerate(documents):
        assert straight[i] >= {(f.span.start, f.span.end) for f in findings}


@given(st.lists(words, min_size=1, max_size=60), st.sampled_from([" ", "\n", ", "]), st.integers(60, 90))
def test_a_long_text_searched_in_stretches_gives_what_it_gives_at_once(
    content: list[str], between: str, stretch: int
) -> None:
    one, findings = segment(
        "Ana Ruiz met Bo Tran and Ferrante.", *((n, PERSON, 0.9) for n in ("Ana Ruiz", "Bo Tran"))
    )
    people = People([told((one, findings))])
    text = Segment("text", between.join(content))
    at_once = people.resolve(people.present[0], text, [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("redact.sought._STRETCH", stretch)
        patch.setattr("redact.sought._MARGIN", 50)
        assert people.resolve(people.present[0], text, []) == at_once


def test_names_are_never_printed() -> None:
    assert "Ruiz" not in repr(People([told(segment("Ana Ruiz", ("Ana Ruiz", PERSON, 0.9)))]))


SUBJECTS = [
    ("Ana Ruiz has asthma.", "asthma", "Ana Ruiz"),
    ("Ana Ruiz met Bo Tran, who has asthma.", "asthma", "Bo Tran"),
    ("Name: Ana Ruiz\nDOB: 1/2/1990\nDx: asthma", "asthma", "Ana Ruiz"),
    ("Name: Ana Ruiz\n\nThe clinic treats asthma.", "asthma", None),
    ("Asthma afflicts Ana Ruiz and Bo Tran.", "Asthma", None),
]


@pytest.mark.parametrize(("text", "fact", "name"), SUBJECTS)
def test_whom_a_fact_is_about(text: str, fact: str, name: str | None) -> None:
    names = {n: i for i, n in enumerate(("Ana Ruiz", "Bo Tran"), 1)}
    findings = [
        Finding("text", Span(text.index(n), text.index(n) + len(n)), PERSON, 0.9, "R", subject=i)
        for n, i in names.items()
        if n in text
    ]
    start = text.index(fact)
    findings.append(Finding("text", Span(start, start + len(fact)), "HEALTH_INFORMATION", 0.9, "R"))
    [found] = [f for f in with_subjects(text, findings) if f.entity != PERSON]
    assert found.subject == (names[name] if name else None)
