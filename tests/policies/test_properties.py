"""What holds for every request, case and stack that can be generated, not only for those in the tables."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from recognizers.entities import ENTITIES
from redact.determination import Case, Determination, Facts, determine
from redact.document import Obstacle
from redact.legal_basis import covers, shortfalls
from redact.policy import DUTIES, PURPOSES, PolicyStack, bundled
from redact.request import Request
from redact.requester import resolve
from redact.rule import Action
from redact.trait import TRAITS, Trait
from tests.policies.cases import ASKER, CONTACT, DUAL, NAME, finding, signed, stack

FEW, MANY, PARTS = 40, 20_000, 4
"""Examples of each property in the fast suite; of all together in CI, in so many parts beside each other."""
UNKNOWN = "HOROSCOPE"
JUDGES = ("judicial_criminal_warrant", "court_order")
KINDS = (
    *JUDGES, "federal_statute", "state_statute", "regulation", "court_decision", "subpoena", "consent",
    "city_manager_consent", "city_ordinance", "public_assistance_criteria", "administrative_warrant",
    "detainer", "immigration_judge_order", "administrative_subpoena",
)  # fmt: skip
CATEGORIES = tuple(stack("california").categories)
NAMED = 3


@dataclass(frozen=True)
class World:
    """One generated request with its case and policies."""

    asked: Request
    case: Case
    policies: PolicyStack

    def decided(self, **changes: Any) -> Determination:
        return determine(replace(self.asked, **changes), self.case, self.policies)


def mostly(good: Any, *others: Any) -> st.SearchStrategy[Any]:
    """Draws what is good about half the time: else nearly no generated request would unlock anything."""
    return st.sampled_from([good] * max(1, len(others)) + list(others))


scopes = st.fixed_dictionaries(
    {},
    optional={
        "entities": st.lists(st.sampled_from(list(ENTITIES)), max_size=4),
        "subjects": st.sampled_from([["Maria Named"], [NAME], ["Nobody Known"]]),
        "documents": st.sampled_from([["*.pdf"], ["first*"], ["other*"]]),
    },
)
verifications = mostly(
    {"by": "Ann Law", "role": "city_attorney", "on": "2026-11-05"},
    None,
    {"by": "Ann Law", "role": "city_attorney", "on": "2026-11-30"},
    {"by": "Sue Perv", "role": "supervisor", "on": "2026-11-05"},
    {"by": NAME, "role": "city_attorney", "on": "2026-11-05"},
    {"by": "Hon. M. Reyes", "role": "city_attorney", "on": "2026-11-05"},
)
bases = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "citation": mostly("the law", "", "8 U.S.C. § 1373", "Gov. Code § 7923.620", "Form I-200"),
        "issuer": mostly("Hon. M. Reyes", "", "Maria Named", "Immigration Judge P. Stone"),
        "court": mostly("Superior Court", ""),
        "docket": mostly("26-CV-1", ""),
        "issued_on": mostly("2026-11-01", None, "2026-11-20"),
        "expires_on": mostly(None, "2026-12-31", "2026-11-09") | st.none(),
        "scope": st.just({}) | scopes,
        "verified": verifications,
    }
).filter(lambda b: not (b["issued_on"] and b["expires_on"] and b["expires_on"] < b["issued_on"]))
authorizations = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["city_attorney", "council_action", "supervisor", "city_manager", "clerk"]),
        "name": mostly("Ann Law", "Dee Rector", NAME, ""),
        "on": mostly("2026-11-01", "2026-11-10", "2026-11-30"),
    }
)
agreements = st.fixed_dictionaries(
    {
        "duties": st.lists(st.sampled_from(DUTIES), max_size=4),
        "signed_on": mostly("2026-01-01", "2026-12-01"),
        "name": mostly("", NAME, "Somebody Else"),
        "countersigned_by": mostly("Sue Pervisor", "", NAME),
        "received_by": mostly("Hank Rhodes", "", NAME),
        "received_on": mostly("2026-01-20", "2026-12-01", None),
    }
)
reviews = st.fixed_dictionaries(
    {
        "documents": mostly(["*"], ["first*"], []),
        "role": mostly("city_attorney", "city_clerk"),
        "name": mostly("Ann Law", NAME, ""),
        "on": mostly("2026-11-09", "2026-11-30"),
        "traits": mostly([], ["privileged"], ["informant"]),
    }
)
requests = st.fixed_dictionaries(
    {
        "id": st.just("PRR-1"),
        "received": st.just("2026-11-02"),
        "decided_on": st.just("2026-11-10"),
        "processed_by": mostly("City Clerk", "", "Police Records"),
        "requester": st.fixed_dictionaries(
            {
                "name": mostly(NAME, ""),
                "category": st.sampled_from(CATEGORIES),
                "affiliation": mostly(None, "employee", "former_employee", "media", "elected_official"),
                "affiliated_until": mostly(None, "2026-01-01", "2027-01-01"),
                "capacity": mostly("official", "personal"),
                "identity_verified": st.booleans(),
            }
        ),
        "purpose": st.fixed_dictionaries(
            {
                "kind": st.sampled_from(PURPOSES),
                "statement": mostly("as stated", ""),
                "duty": st.none() | st.sampled_from(DUTIES),
                "collected_for": st.none() | st.sampled_from([*PURPOSES, *DUTIES]),
            }
        ),
        "legal_basis": st.lists(bases, max_size=3),
        "authorization": st.just(DUAL) | st.lists(authorizations, max_size=3),
        "agreement": st.just([signed(*DUTIES)]) | st.lists(agreements, max_size=2),
        "review": st.lists(reviews, max_size=2),
        "copy": st.sampled_from([None, {"days": 5}, {"expires_on": "2026-12-01"}]),
        "contact": mostly(CONTACT, None, {**CONTACT, "officer": ""}),
        "elections": st.just([]) | st.just([{"person": "Maria Named", "statute": "Penal Code § 293"}]),
    }
)
facts_of_incidents = st.builds(
    lambda found, incident: replace(found, incident=incident),
    st.builds(
        finding,
        st.sampled_from(["HEALTH_INFORMATION", "VICTIM_STATUS"]),
        st.sampled_from([None, ASKER, NAMED, 7, 8]),
        st.integers(0, 12).map(lambda n: n * 40),
        st.sampled_from(["page:1", "page:2"]),
    ),
    st.sampled_from(["named", "unnamed"]),
)
findings = facts_of_incidents | st.builds(
    finding,
    st.sampled_from([*ENTITIES, *["PERSON"] * 5, UNKNOWN]),
    st.sampled_from([None, ASKER, NAMED, 7, 8]),
    st.integers(0, 12).map(lambda n: n * 40),
    st.sampled_from(["page:1", "page:2", "meta:Author"]),
)
traits = st.lists(st.sampled_from(TRAITS), max_size=2, unique=True).map(
    lambda kinds: tuple(Trait(kind, "page:1") for kind in kinds)
)
documents = st.builds(
    Facts,
    st.sampled_from(["first.pdf", "second.pdf", "third.txt"]),
    st.lists(findings, min_size=1, max_size=5).map(tuple),
    st.none() | st.just("police_report") | st.sampled_from([*stack("california").record_types, "grimoire"]),
    st.sampled_from([(), (), (), (), (), (Obstacle("encrypted", "it is encrypted"),)]),
    traits=st.just(()) | traits,
)
cases = st.builds(
    Case,
    st.lists(documents, max_size=3, unique_by=lambda facts: facts.name).map(tuple),
    st.just({NAME: frozenset({ASKER}), "Maria Named": frozenset({NAMED}), "Nobody Known": frozenset()}),
    st.sampled_from([frozenset(), frozenset({7}), frozenset({7, NAMED})]),
    st.sampled_from([frozenset(), frozenset({7}), frozenset({8, NAMED})]),
)
stacks = st.lists(st.sampled_from(bundled()), min_size=1, unique=True).map(lambda names: stack(*names))
worlds = st.builds(World, requests.map(Request.parse), cases, stacks)


def levels(result: Determination) -> list[Action]:
    """Every action of a determination: of the request, of each document, of each finding."""
    each = [result.outcome, result.decision.action]
    for document in result.documents:
        each += [document.outcome, *(decision.action for _, decision in document.findings)]
    return each


def without_one(world: World) -> list[dict[str, Any]]:
    """Every way to take away one thing that the request supplies."""
    fewer: list[dict[str, Any]] = []
    for name in ("legal_basis", "authorization", "agreement", "review"):
        items = getattr(world.asked, name)
        fewer += [{name: items[:i] + items[i + 1 :]} for i in range(len(items))]
    if world.asked.contact is not None:
        fewer.append({"contact": None})
    if world.asked.purpose.statement:
        fewer.append({"purpose": replace(world.asked.purpose, statement="")})
    return fewer


def supplying_never_makes_stricter_and_removing_never_laxer(world: World) -> None:
    full = levels(world.decided())
    for change in without_one(world):
        assert all(a <= b for a, b in zip(full, levels(world.decided(**change)), strict=True)), change.keys()


def the_public_never_receives_more_than_an_authorised_official(world: World) -> None:
    public = replace(
        world.asked,
        processed_by="City Clerk",
        requester=replace(world.asked.requester, name=NAME, category="general_public", affiliation=None),
        purpose=replace(world.asked.purpose, kind="public_records"),
    )
    duty = world.asked.purpose.duty
    official = replace(
        public,
        requester=replace(
            public.requester, category="city_official", affiliated_until=None, capacity="official"
        ),
        purpose=replace(public.purpose, kind="official_business", statement="as stated", duty=duty),
        authorization=Request.parse({**MINIMAL, "authorization": DUAL}).authorization,
        agreement=Request.parse({**MINIMAL, "agreement": [signed(*DUTIES)]}).agreement,
    )
    theirs = levels(determine(public, world.case, world.policies))
    inside = levels(determine(official, world.case, world.policies))
    assert all(a >= b for a, b in zip(theirs, inside, strict=True))


MINIMAL = {
    "id": "PRR-1",
    "received": "2026-11-02",
    "decided_on": "2026-11-10",
    "requester": {"category": "general_public"},
}


def nobody_receives_secrets_nor_what_is_unknown(world: World) -> None:
    for document in world.decided().documents:
        for found, decision in document.findings:
            if found.entity in ("PASSWORD", "CARD_SECURITY_CODE", UNKNOWN):
                assert decision.action >= Action.redact
            if found.entity == "CREDIT_CARD":
                assert decision.action >= Action.mask
        if document.record_type == "grimoire" or document.obstacles:
            assert document.outcome is Action.withhold


def enforcement_receives_a_judge_s_scope_at_most(world: World) -> None:
    asked = world.asked
    category = resolve(asked, world.policies).category
    if category != "federal_immigration_authority" and asked.purpose.kind != "immigration_enforcement":
        return
    orders = [
        basis
        for basis in asked.legal_basis
        if basis.kind in JUDGES and not list(shortfalls(basis, asked, world.policies))
    ]
    result = world.decided()
    if not orders:
        assert result.decision.action >= Action.refer
        assert "City Attorney" in result.referrals
    for document in result.documents:
        for found, decision in document.findings:
            names = {name for name, numbers in world.case.persons.items() if found.subject in numbers}
            assert decision.action >= Action.redact or any(
                covers(
                    order,
                    world.policies,
                    entity=found.entity,
                    document=document.name,
                    subjects=frozenset(names),
                )
                for order in orders
            )


def what_an_attorney_must_read_is_referred_until_one_did(world: World) -> None:
    asked = world.asked
    if not any(policy.id == "california" for policy in world.policies.policies):
        return
    names = [review for review in asked.review if review.name == "Ann Law" and asked.requester.name]
    for facts, document in zip(world.case.documents, world.decided().documents, strict=True):
        if facts.traits and not any(r.role == "city_attorney" for r in names):
            assert document.outcome >= Action.refer
            assert all(decision.action >= Action.refer for _, decision in document.findings)


def what_is_removed_has_a_ground_or_asks_the_clerk(world: World) -> None:
    for document in world.decided().documents:
        for _, decision in document.findings:
            if decision.action in (Action.mask, Action.redact):
                assert decision.marking
                assert decision.citations or decision.referrals == ("City Clerk",)
            if decision.action >= Action.refer:
                assert decision.referrals


def nothing_is_more_lenient_than_what_it_stands_in(world: World) -> None:
    result = world.decided()
    for document in result.documents:
        assert result.outcome >= document.outcome >= result.decision.action
        if result.decision.action >= Action.refer:
            assert all(decision.action >= result.decision.action for _, decision in document.findings)


def the_same_gives_the_same_bytes_in_whatever_order(world: World) -> None:
    result = world.decided()
    assert world.decided().canonical() == result.canonical()
    turned = replace(world.case, documents=world.case.documents[::-1])
    again = determine(world.asked, turned, world.policies)
    assert replace(again, documents=again.documents[::-1]).as_dict() | {"referrals": ()} == (
        result.as_dict() | {"referrals": ()}
    )
    assert set(again.referrals) == set(result.referrals)


def what_protects_a_person_never_releases_more(world: World) -> None:
    """An election, a victim more, a phrase that is left open, a trait more."""
    full = levels(world.decided())
    elected = Request.parse({**MINIMAL, "elections": [{"person": NAME, "statute": "Penal Code § 293"}]})
    bare = tuple(
        replace(facts, findings=tuple(replace(found, incident="") for found in facts.findings))
        for facts in world.case.documents
    )
    shown = tuple(Trait(kind, "page:1") for kind in TRAITS)
    traced = tuple(replace(facts, traits=shown) for facts in world.case.documents)
    stricter = (
        replace(world, case=replace(world.case, documents=traced)).decided(),
        world.decided(elections=(*world.asked.elections, *elected.elections)),
        replace(world, case=replace(world.case, victims=frozenset({ASKER, NAMED, 7, 8}))).decided(),
        replace(world, case=replace(world.case, documents=bare)).decided(),
    )
    for result in stricter:
        assert all(a <= b for a, b in zip(full, levels(result), strict=True))


def a_fact_of_an_incident_stands_beside_no_public_name(world: World) -> None:
    """Whoever is hurt or a victim by a fact that is released loses their name, unless a basis unlocks it."""
    public = replace(world.asked.requester, category="general_public", affiliation=None)
    asked = replace(world.asked, legal_basis=(), requester=public)
    result = determine(asked, world.case, world.policies)
    decided = [pair for document in result.documents for pair in document.findings]
    told = {
        found.subject
        for found, decision in decided
        if found.incident == "named" and decision.action is Action.release
    }
    assert None not in told
    for found, decision in decided:
        if found.entity == "PERSON" and found.subject in told:
            assert decision.action >= Action.redact


PROPERTIES = (
    what_protects_a_person_never_releases_more,
    a_fact_of_an_incident_stands_beside_no_public_name,
    supplying_never_makes_stricter_and_removing_never_laxer,
    the_public_never_receives_more_than_an_authorised_official,
    nobody_receives_secrets_nor_what_is_unknown,
    enforcement_receives_a_judge_s_scope_at_most,
    what_an_attorney_must_read_is_referred_until_one_did,
    what_is_removed_has_a_ground_or_asks_the_clerk,
    nothing_is_more_lenient_than_what_it_stands_in,
    the_same_gives_the_same_bytes_in_whatever_order,
)


def holds(check: Callable[[World], None], examples: int, start: int = 0) -> None:
    @seed(start)
    @settings(max_examples=examples, database=None, suppress_health_check=list(HealthCheck))
    @given(worlds)
    def run(world: World) -> None:
        check(world)

    run()


@pytest.mark.parametrize("check", PROPERTIES, ids=lambda check: check.__name__)
def test_holds(check):
    holds(check, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_all_hold_at_length(part):
    def every(world: World) -> None:
        for check in PROPERTIES:
            check(world)

    holds(every, MANY // PARTS, start=part + 1)
