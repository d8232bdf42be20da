"""Draft posts: confidential information is blocked, the rest is advice (Ramsey, Use of Social Media)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizers.entities import ENTITIES
from redact.audit import KINDS
from redact.audit.record import canonical
from redact.document import Span
from redact.finding import Finding
from redact.policy import PolicyStack
from redact.posts import Verdict, check_post

RAMSEY = PolicyStack.load(["ramsey"])
STACKS = [RAMSEY, PolicyStack.load(["california", "ramsey"]), PolicyStack.load(["california", "cerritos"])]
CITY = "City of Ramsey"


def found(*entities: str, subject: int | None = None) -> list[Finding]:
    return [
        Finding("post", Span(n, n + 1), entity, 0.9, "test", subject=subject)
        for n, entity in enumerate(entities)
    ]


def check(text: str, *findings: Finding, stack: PolicyStack = RAMSEY, city: str = CITY) -> Verdict:
    return check_post(text, findings, stack, city)


# --- Guideline 1: the only hard stop ---------------------------------------------------------------------


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("entity", sorted(ENTITIES))
def test_confidential_information_is_blocked(entity: str, stack: PolicyStack) -> None:
    verdict = check("A short note.", *found(entity), stack=stack)
    assert verdict.blocked and verdict.outcome == "block"
    assert dict(verdict.confidential) == {entity: 1}


def test_an_unknown_entity_is_blocked() -> None:
    assert check("A short note.", *found("SOMETHING_NEW")).blocked


def test_a_name_that_nothing_protects_may_go_out() -> None:
    assert not check("Thanks to Pat Doe!", *found("PERSON", subject=1)).blocked
    victim = [*found("PERSON", "VICTIM_STATUS", subject=1)]
    assert dict(check("Pat Doe was assaulted.", *victim).confidential) == {"PERSON": 1, "VICTIM_STATUS": 1}


# --- Guidelines 2 to 4: advice, never a block ------------------------------------------------------------

ADVISED = [
    ("Honestly I hate my job at the yard.", 2, "disruption"),
    ("This department is a joke, don’t bother calling.", 2, "disruption"),
    ("Retweeting this: roads are bad", 2, "sharing"),
    ("You’ll regret that, watch your back.", 3, "threat"),
    ("I know where you live.", 3, "threat"),
    ("Our new dispatcher is an idiot and everyone hates you", 3, "bullying"),
    ("We will get him fired for reporting us", 3, "retaliation"),
    ("What a bullshit meeting", 4, "obscenity"),
    ("The inspector is a liar and a crook.", 4, "disparagement"),
    ("Those dreadlocks look unprofessional on her.", 4, "hostility"),
    ("People on welfare are lazy.", 4, "hostility"),
    ("Muslims should go back to where they came from", 4, "hostility"),
    ("The human rights commission people are troublemakers", 4, "hostility"),
]

NOT_ADVISED = [
    "Road work on Main Street starts Monday at 7 a.m.",
    "I voted against the tax measure and I think the council got it wrong.",
    "Our union meets on Thursday to discuss the strike.",
    "Hair salon grand opening with the mayor.",
    "The library celebrates Black History Month with veterans and their families.",
    "New shelter for women and children opens on Elm Street.",
    "Public assistance office hours: 9 to 5.",
    "Scrapbooking class for seniors on Friday.",
    "The shitake mushroom festival is back.",
    "",
]


@pytest.mark.parametrize(("text", "guideline", "kind"), ADVISED)
def test_what_calls_for_a_second_look(text: str, guideline: int, kind: str) -> None:
    verdict = check(f"Hello.\n{text}")
    assert not verdict.blocked
    assert [(a.guideline, a.lines) for a in verdict.advice if a.kind == kind] == [(guideline, (2,))]


@pytest.mark.parametrize("text", NOT_ADVISED)
def test_what_does_not(text: str) -> None:
    verdict = check(text)
    assert verdict.advice == () and not verdict.blocked


@given(st.lists(st.sampled_from([text for text, _, _ in ADVISED]), max_size=6), st.text(max_size=60))
def test_words_alone_never_block(lines: list[str], text: str) -> None:
    verdict = check("\n".join([*lines, text]))
    assert not verdict.blocked
    assert verdict.outcome in ("advise", "clear")


# --- Guideline 5: the disclaimer -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("city", "named"),
    [
        ("City of Ramsey", "City of Ramsey"),
        ("Ramsey", "City of Ramsey"),
        ("the City of Cerritos", "City of Cerritos"),
        ("Town of Los Gatos", "Town of Los Gatos"),
        ("", "city"),
    ],
)
def test_the_disclaimer_has_the_name_of_the_city(city: str, named: str) -> None:
    verdict = check("The council raised our water rates again.", city=city)
    assert verdict.disclaimer == f"These are my own opinions and do not represent those of the {named}."
    assert verdict.outcome == "advise" and not verdict.blocked


@pytest.mark.parametrize(
    "text",
    [
        "My tomatoes are ripe.",
        "The council raised rates. These are my own opinions.",
        "Working for the city is fun. Opinions are my own.",
        "At work today. This does not represent the city.",
        "Velocity is a vector.",
    ],
)
def test_no_disclaimer_where_none_is_needed_or_one_is_there(text: str) -> None:
    assert check(text).disclaimer == ""


def test_a_post_that_names_the_city_is_offered_one() -> None:
    assert check("Nobody plows like Ramsey does.").disclaimer


# --- Nothing of the draft is kept ------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "_", "kind"), ADVISED)
def test_neither_the_verdict_nor_its_record_repeats_the_draft(text: str, _: int, kind: str) -> None:
    verdict = check(f"Zebedee 123-45-6789 says: {text}", *found("US_SSN"))
    shown = f"{verdict!r} {verdict.record()}"
    assert "Zebedee" not in shown and "123-45-6789" not in shown and text not in shown
    assert verdict.record()["advice"][kind] == 1
    canonical("post_check", verdict.record())
    assert set(verdict.record()) <= set(KINDS["post_check"])


def test_the_same_draft_gets_the_same_verdict_on_any_day() -> None:
    assert check("The city is fine.") == check("The city is fine.")
    assert date.today().isoformat() not in repr(check("The city is fine."))
