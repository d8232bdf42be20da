"""Policy authoring: checking policies, comparing them, and what becomes of every clause of the texts."""

import ast
import importlib
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redact.authoring import as_table, check, coverage, diff, in_words
from redact.authoring.coverage import _requirements
from redact.authoring.diff import _Asked, _meaning, copies
from redact.authoring.region import Box, Space, meet
from redact.errors import PolicyError
from redact.legal_basis import shortfalls
from redact.parties import Requester
from redact.policy import PolicyStack, bundled
from redact.purpose import Purpose
from redact.request import Request
from redact.requester import resolve
from redact.rule import Action

ROOT = Path(__file__).parents[1]
ALL = PolicyStack.load(bundled())
STACKS = [
    ["california", "cerritos"],
    ["california", "pasadena"],
    ["california", "pasadena", "pasadena-police"],
    ["california", "ramsey"],
    list(bundled()),
]

HEAD = """
id = "town"
title = "A town"
source = "its code"
status = "adopted"
effective = 2020-01-01
[[exemption]]
id = "town-law"
citation = "Gov. Code § 7922.000"
subject = "privacy"
marking = "Gov. 7922.000"
checked = "verified"
"""

Town = Callable[..., PolicyStack]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """Return a stack of one policy with the rules that are given, each as TOML."""

    def load(*rules: str, head: str = HEAD, name: str = "town") -> PolicyStack:
        path = tmp_path / f"{name}.toml"
        clauses = (f'clause = "1"\nwhy = "because"\n{rule}' for rule in rules)
        path.write_text("\n".join([head, *(f"[[rule]]\n{rule}" for rule in clauses)]))
        return PolicyStack.load([str(path)])

    return load


REDACT = 'action = "redact"\nexemption = "town-law"'
EVERYTHING = f'id = "ALL"\nentities = ["*"]\n{REDACT}'


def codes(stack: PolicyStack) -> list[tuple[str, str]]:
    return [(p.code, p.rule) for p in check(stack) if p.policy != "floor"]


# --- check: the policies that come with the program ------------------------------------------------------


@pytest.mark.parametrize("names", STACKS)
def test_the_bundled_policies_have_no_errors(names: list[str]) -> None:
    assert [p for p in check(PolicyStack.load(names)) if p.severity == "error"] == []


def test_a_policy_of_a_city_alone_lacks_a_statute() -> None:
    told = [p.message for p in check(PolicyStack.load(["ramsey"])) if p.code == "no-statute"]
    assert told
    for message in told:
        entities = message.partition(":")[0].split(", ")
        assert len(set(entities)) == len(entities)


# --- check: shadowed and unreachable rules ---------------------------------------------------------------

ORDER = 'legal_basis = ["court_order"]'
SHADOWED = [
    pytest.param(
        ['id = "A"\nentities = ["*"]\naction = "release"'], 'entities = ["RELIGION"]', id="a wider rule"
    ),
    pytest.param(
        [
            'id = "A"\nentities = ["RELIGION", "PERSON"]\nrequesters = ["city"]\naction = "release"',
            'id = "A2"\nentities = ["RELIGION"]\nrequesters = ["outside"]\naction = "release"',
        ],
        'entities = ["RELIGION"]',
        id="two rules that cover it between them",
    ),
    pytest.param(
        [
            'id = "A"\nentities = ["PERSON"]\nprotected = true\naction = "release"',
            'id = "A2"\nentities = ["PERSON"]\nprotected = false\naction = "release"',
        ],
        'entities = ["PERSON"]',
        id="protected or not",
    ),
    pytest.param(
        [
            f'id = "A"\nentities = ["PERSON"]\n{ORDER}\naction = "release"',
            f'id = "A2"\nentities = ["PERSON"]\n{ORDER}\nuntil = true\n{REDACT}',
        ],
        'entities = ["PERSON"]',
        id="with the order or without",
    ),
    pytest.param(
        ['id = "A"\nentities = ["PERSON"]\nlegal_basis = ["court_order", "subpoena"]\naction = "release"'],
        f'entities = ["PERSON"]\n{ORDER}',
        id="an order or more does, an order alone comes after",
    ),
    pytest.param(
        ['id = "A"\nentities = ["PERSON"]\nenforcement = true\naction = "release"'],
        'entities = ["PERSON"]\nrequesters = ["federal_immigration_authority"]',
        id="that authority is always enforcement",
    ),
]
NOT_SHADOWED = [
    pytest.param(
        ['id = "A"\nentities = ["PERSON"]\naction = "release"'],
        'entities = ["RELIGION"]',
        id="another entity",
    ),
    pytest.param(
        ['id = "A"\nentities = ["PERSON"]\nrequesters = ["city"]\naction = "release"'],
        'entities = ["PERSON"]',
        id="a narrower rule",
    ),
    pytest.param(
        [f'id = "A"\nentities = ["PERSON"]\n{ORDER}\naction = "release"'],
        'entities = ["PERSON"]',
        id="only with an order",
    ),
    pytest.param(
        [f'id = "A"\nentities = ["PERSON"]\n{ORDER}\naction = "release"'],
        'entities = ["PERSON"]\nlegal_basis = ["court_order", "subpoena"]',
        id="an order alone first, more after",
    ),
    pytest.param(
        ['id = "A"\nentities = ["PERSON"]\npurposes = ["other"]\nduties = ["payroll"]\naction = "release"'],
        'entities = ["PERSON"]\npurposes = ["other"]',
        id="only for a duty",
    ),
    pytest.param(
        ['id = "A"\napplies_to = "document"\nrecord_types = ["police_report"]\naction = "release"'],
        'entities = ["PERSON"]',
        id="about documents",
    ),
]


@pytest.mark.parametrize(("above", "rule"), SHADOWED)
def test_a_shadowed_rule_is_found(town: Town, above: list[str], rule: str) -> None:
    stack = town(*above, f'id = "B"\n{rule}\n{REDACT}')
    assert ("shadowed", "B") in codes(stack)
    message = next(p.message for p in check(stack) if p.code == "shadowed")
    assert "A" in message and "above it" in message


@pytest.mark.parametrize(("above", "rule"), NOT_SHADOWED)
def test_a_rule_that_can_decide_is_not_called_shadowed(town: Town, above: list[str], rule: str) -> None:
    assert not [
        c for c in codes(town(*above, f'id = "B"\n{rule}\n{REDACT}')) if c[0] in ("shadowed", "unreachable")
    ]


def test_a_rule_that_contradicts_itself_is_unreachable(town: Town) -> None:
    rule = (
        'id = "B"\nentities = ["PERSON"]\nrequesters = ["federal_immigration_authority"]\n'
        'enforcement = false\naction = "release"'
    )
    assert ("unreachable", "B") in codes(town(rule, EVERYTHING))


def test_a_block_that_only_names_what_else_is_missing_is_not_shadowed(town: Town) -> None:
    first = (
        'id = "A"\napplies_to = "request"\nuntil = true\nstatement = true\n'
        'action = "withhold"\nrefer_to = "HR/RM"'
    )
    second = first.replace('"A"', '"B"').replace(
        "statement = true", 'statement = true\nrequesters = ["city"]'
    )
    assert "shadowed" not in {code for code, _ in codes(town(first, second))}
    refers = '"withhold"', '"refer"'
    assert "shadowed" not in {code for code, _ in codes(town(first, second.replace(*refers)))}
    assert ("shadowed", "B") in codes(town(first.replace(*refers), second))


# --- check: the rest -------------------------------------------------------------------------------------


def test_entities_without_a_rule_are_named_with_the_categories_that_lack_one(town: Town) -> None:
    stack = town(f'id = "A"\nentities = ["PERSON"]\nrequesters = ["outside"]\n{REDACT}')
    messages = [p.message for p in check(stack) if p.code == "no-rule"]
    assert any(m.startswith("PERSON: no rule for city_employee, city_official in every") for m in messages)
    assert any("RELIGION" in m and "general_public" in m for m in messages)
    assert not any("PASSWORD" in m for m in messages), "the floor has a rule for it"
    assert "no-rule" not in {p.code for p in check(town(EVERYTHING))}


def test_a_conditional_rule_alone_leaves_a_situation_without_a_rule(town: Town) -> None:
    stack = town(f'id = "A"\nentities = ["*"]\n{ORDER}\naction = "release"')
    assert "no-rule" in {p.code for p in check(stack)}


def test_withholding_from_the_public_needs_a_statute(town: Town) -> None:
    local = HEAD.replace("Gov. Code § 7922.000", "Town Policy 3")
    assert ("no-statute", "ALL") in codes(town(EVERYTHING, head=local))
    assert "no-statute" not in {code for code, _ in codes(town(EVERYTHING))}
    internal = f'id = "CITY"\nentities = ["*"]\nrequesters = ["city"]\n{REDACT}'
    assert "no-statute" not in {code for code, _ in codes(town(internal, head=local))}


def test_unknown_roles_ids_unused_and_unchecked_exemptions_and_status(town: Town) -> None:
    role = (
        'id = "A B"\nentities = ["PERSON"]\nauthorizations = [["city_attorny"], ["supervisor"]]\n'
        'action = "release"'
    )
    head = HEAD.replace('"verified"', '"memory"').replace("effective = 2020-01-01", "")
    found = codes(town(role, head=head))
    assert {("unknown-role", "A B"), ("id", "A B"), ("citation", ""), ("unused", ""), ("status", "")} <= set(
        found
    )
    proposed = codes(town(EVERYTHING, head=HEAD.replace('"adopted"', '"proposed"')))
    assert ("status", "") in proposed
    assert codes(town(EVERYTHING)) == []


TRAIT = (
    'id = "{}"\napplies_to = "document"\ntraits = ["{}"]\nuntil = true\nreviewed_by = ["city_attorney"]\n'
    'action = "refer"\nrefer_to = "City Attorney"'
)


def test_rules_about_what_a_document_shows_are_checked_like_all(town: Town) -> None:
    privilege, informant = TRAIT.format("A", "privileged"), TRAIT.format("B", "informant")
    assert codes(town(privilege, informant, EVERYTHING)) == []
    nobody = town(privilege.replace("city_attorney", "city_attorny"), EVERYTHING)
    assert ("unknown-role", "A") in codes(nobody)
    stops = 'id = "S"\napplies_to = "document"\naction = "withhold"\nrefer_to = "City Clerk"'
    assert ("shadowed", "C") in codes(town(stops, stops.replace('"S"', '"C"'), EVERYTHING))
    for wrong in (privilege.replace('"document"', '"request"'), privilege.replace("until = true\n", "")):
        with pytest.raises(PolicyError, match="rule A: "):
            town(wrong, EVERYTHING)


def test_a_change_of_what_a_document_shows_is_told(town: Town) -> None:
    changes = diff(town(TRAIT.format("A", "privileged"), EVERYTHING), town(EVERYTHING, name="other"))
    assert changes and all(change.entities == ("(a document)",) and change.laxer for change in changes)


def test_a_change_of_controlled_copies_is_told(town: Town) -> None:
    copy = '[copy]\nrequesters = ["city"]\nclause = "1"\nwhy = "ours"\n'
    bare, open_ended = town(EVERYTHING), town(EVERYTHING, head=HEAD + copy, name="a")
    month = town(EVERYTHING, head=HEAD + copy + "days = 30\n", name="b")
    assert copies(bare, bare) == []
    assert "controlled copy for city_employee: none -> 30 days" in copies(bare, month)
    assert "controlled copy for city_official: 30 days -> as the request says" in copies(month, open_ended)
    assert not [line for line in copies(bare, month) if "general_public" in line]


def test_an_office_that_the_audit_log_would_refuse_is_found(town: Town) -> None:
    rule = 'id = "A"\nentities = ["PERSON"]\naction = "refer"\nrefer_to = "{}"'
    assert ("id", "A") in codes(town(rule.format("Risk: second floor")))
    assert ("id", "A") not in codes(town(rule.format("HR/RM")))


def test_errors_come_first(town: Town) -> None:
    severities = [p.severity for p in check(town(EVERYTHING, EVERYTHING.replace('"ALL"', '"B"')))]
    assert severities == sorted(severities, key=lambda severity: severity != "error")
    assert "error" in severities


# --- regions ---------------------------------------------------------------------------------------------

DIMENSIONS = {"entity": ["PERSON", "RELIGION"], "statement": [True, False], "protected": [True, False]}
boxes = st.fixed_dictionaries(
    {},
    optional={
        name: st.sets(st.sampled_from(values), min_size=1).map(frozenset)
        for name, values in DIMENSIONS.items()
    },
)


@given(boxes, st.lists(boxes, max_size=4))
@settings(max_examples=300)
def test_subtracting_boxes_leaves_exactly_the_points_that_lie_in_none(whole: Box, holes: list[Box]) -> None:
    left = Space(ALL).subtract((whole,), holes)
    for entity in DIMENSIONS["entity"]:
        for statement in (True, False):
            for protected in (True, False):
                point = {"entity": entity, "statement": statement, "protected": protected}
                at: Box = {name: frozenset({value}) for name, value in point.items()}
                expected = meet(at, whole) and not any(meet(at, hole) for hole in holes)
                assert any(meet(at, box) for box in left) is expected


# --- diff ------------------------------------------------------------------------------------------------

OPEN = 'id = "OPEN"\nentities = ["RELIGION"]\nrequesters = ["court"]\naction = "release"'


def test_the_same_policies_make_no_difference() -> None:
    assert diff(ALL, PolicyStack.load(bundled())) == []


def test_a_renamed_rule_makes_no_difference(town: Town) -> None:
    assert diff(town(EVERYTHING), town(EVERYTHING.replace('"ALL"', '"EVERY"'), name="other")) == []


def test_a_rule_that_releases_more_is_told_with_entity_and_category(town: Town) -> None:
    changes = diff(town(EVERYTHING), town(OPEN, EVERYTHING, name="other"))
    assert {change.entities for change in changes} == {("RELIGION",)}
    assert {change.categories for change in changes} == {("court",)}
    assert all(c.laxer and c.old.action is Action.redact and c.new.action is Action.release for c in changes)
    (line,) = in_words(changes)
    assert line.startswith("redact -> release: RELIGION for court (no authority")
    assert line.endswith("ALL -> OPEN")
    back = diff(town(OPEN, EVERYTHING, name="other"), town(EVERYTHING))
    assert len(back) == len(changes) and not any(change.laxer for change in back)


def test_a_change_of_grounds_is_told_though_the_action_stays(town: Town) -> None:
    other = HEAD.replace("7922.000", "7927.700")
    changes = diff(town(EVERYTHING), town(EVERYTHING, head=other, name="other"))
    assert changes and not any(change.laxer for change in changes)
    assert in_words(changes)[0].startswith("redact, otherwise cited or referred")


def test_a_new_block_of_the_request_is_told_once_and_not_for_each_entity(town: Town) -> None:
    block = (
        'id = "BLOCK"\napplies_to = "request"\nrequesters = ["general_public"]\npurposes = ["litigation"]\n'
        'action = "refer"\nrefer_to = "City Attorney"'
    )
    changes = diff(town(EVERYTHING), town(block, EVERYTHING, name="other"))
    assert {c.entities for c in changes} == {("(the request)",)}
    assert [c.situation for c in changes] == ["purpose litigation"]


def test_a_condition_that_is_dropped_is_found_where_it_mattered(town: Town) -> None:
    strict = (
        f'id = "A"\nentities = ["PERSON"]\nrequesters = ["city"]\n{ORDER}\nstatement = true\n'
        'action = "release"'
    )
    loose = strict.replace("statement = true\n", "")
    changes = diff(town(strict, EVERYTHING), town(loose, EVERYTHING, name="other"))
    assert changes == [], "each representative request with an order states its purpose"
    stricter = strict.replace(ORDER, 'legal_basis = ["subpoena"]')
    changed = diff(town(strict, EVERYTHING), town(stricter, EVERYTHING, name="other"))
    assert {c.new.action for c in changed} == {Action.redact, Action.release}
    assert {c.situation.partition(",")[0] for c in changed} == {"court_order", "subpoena"}


def test_each_sufficient_kind_of_legal_basis_is_asked_about_as_a_valid_one() -> None:
    asked = _Asked(ALL, ALL)
    request = dict(asked.situations("court"))["no authority"]
    for kind, requirement in ALL.bases.items():
        assert bool(list(shortfalls(asked._valid(kind), request, ALL))) is not requirement.sufficient


def test_what_is_asked_together_fares_alike() -> None:
    """One of each group stands for it: every other member must be decided just so."""
    old, new = PolicyStack.load(["california"]), PolicyStack.load(["california", "cerritos"])
    asked = _Asked(old, new)
    groups = asked.categories()
    assert sorted(c for group in groups for c in group) == sorted(ALL.categories)
    for first, *others in groups:
        for other in others:
            pairs = zip(asked.situations(first), asked.situations(other), strict=True)
            for (situation, one), (_, two) in list(pairs)[::7]:
                tables = [asked.table(request, new) for request in (one, two)]
                assert tables[0] and tables[1]
                decided = [_meaning(table.decide_request()) for table in tables if table]
                assert decided[0] == decided[1], (first, other, situation)


# --- coverage --------------------------------------------------------------------------------------------

CLAUSES = coverage()


def test_every_clause_of_the_source_texts_has_one_state() -> None:
    assert len(CLAUSES) == len(_requirements()) == 71
    assert len({(one.doc, one.clause) for one in CLAUSES}) == 71
    for one in CLAUSES:
        assert bool(one.rules) == (one.state == "enforced")
        assert bool(one.by) == (one.state == "supported")
        assert bool(one.reason) == (one.state == "out_of_reach")


def test_most_clauses_are_enforced_and_few_are_out_of_reach() -> None:
    states = [one.state for one in CLAUSES]
    assert states.count("enforced") >= 45
    assert states.count("out_of_reach") <= 4


def test_the_rules_that_enforce_a_clause_exist() -> None:
    known = {rule.id for policy in (ALL.floor, *ALL.policies) for rule in policy.rule}
    known |= {f"category {category}" for category in ALL.categories}
    known |= {f"[copy] of {policy.id}" for policy in ALL.policies if policy.copy}
    assert {rule for one in CLAUSES for rule in one.rules} <= known


@pytest.mark.parametrize("name", sorted({name for one in CLAUSES for name in one.by}))
def test_what_supports_a_clause_exists(name: str) -> None:
    module, _, attribute = name.partition(":")
    assert hasattr(importlib.import_module(module), attribute)


@pytest.mark.parametrize("test", sorted({test for one in CLAUSES for test in one.tests}))
def test_the_tests_that_show_a_clause_exist(test: str) -> None:
    file, _, function = test.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_supported_clause_names_its_tests() -> None:
    assert [one.clause for one in CLAUSES if one.state == "supported" and not one.tests] == []


def test_a_clause_that_loses_its_last_rule_is_an_error() -> None:
    with pytest.raises(PolicyError, match=r"CER 1\.03\.\S+: no rule cites it"):
        coverage(PolicyStack.load([name for name in bundled() if name != "cerritos"]))


@pytest.mark.parametrize(
    ("clause", "rule"),
    [
        ("1.03.040.B.1", "CER-AGREEMENT"),
        ("1.03.040.B.13", "CER-AGREEMENT"),
        ("1.03.040.B.9", "CER-MEDICAL-DUTY"),
        ("1.03.040.A.7", "FLOOR-SECRETS"),
        ("1.03.020.D", "category general_public"),
        ("PROC.2.B", "FLOOR-ENFORCEMENT"),
        ("PROC.3.B", "PPD-CONTACT"),
        ("2.b-disclose", "PAS-PERSONAL"),
        ("CONSTR", "PPD-1373"),
    ],
)
def test_ranges_and_citations_from_other_files_are_understood(clause: str, rule: str) -> None:
    assert rule in next(one.rules for one in CLAUSES if one.clause == clause)


def test_the_table_has_a_row_for_each_clause() -> None:
    rows = as_table(CLAUSES).splitlines()
    assert len(rows) == 2 + 71
    assert all(row.count("|") == 6 for row in rows)


def test_the_table_in_the_documentation_is_this_one() -> None:
    assert (ROOT / "docs/coverage.md").read_text(encoding="utf-8").endswith("\n\n" + as_table(CLAUSES))


# --- clauses that are kept by what the program does not do -----------------------------------------------


def test_a_decision_never_asks_for_a_requesters_race_religion_orientation_origin_or_status() -> None:
    """PAS-AA 1; PAS-PD POL.1-5: nothing in the request file takes a protected trait of the requester."""
    asked = {field.name for field in fields(Requester)} | {field.name for field in fields(Purpose)}
    traits = (
        "race",
        "religion",
        "orientation",
        "gender",
        "origin",
        "nation",
        "ethnic",
        "immigra",
        "citizen",
        "birth",
    )
    assert not [name for name in asked for trait in traits if trait in name]


@pytest.mark.parametrize("affiliation", ["employee", "contractor", "elected_official", "appointed_official"])
def test_who_has_left_is_the_general_public_whatever_agreement_was_signed(affiliation: str) -> None:
    """CER-AGR-O 1-4, CER-AGR-E 1-4: the duties survive; what was shared in office is not shared any more."""
    request = Request.parse(
        {
            "id": "R",
            "received": date(2026, 11, 2),
            "requester": {
                "name": "Pat Doe",
                "affiliation": affiliation,
                "affiliated_until": date(2026, 10, 31),
            },
            "agreement": [{"duties": ["payroll"], "signed_on": date(2020, 1, 1)}],
        },
        today=date(2026, 11, 10),
    )
    assert resolve(request, ALL).category == "general_public"
