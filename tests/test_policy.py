"""Policy files: what is refused when they are loaded, so that nothing half-understood decides anything."""

import pytest

from redact.errors import PolicyError
from redact.policy import PolicyStack, bundled
from redact.rule import Action

HEAD = 'id = "town"\ntitle = "Town"\nsource = "Ordinance 1"\nstatus = "adopted"\n'
EXEMPTION = (
    '[[exemption]]\nid = "town-x"\ncitation = "x"\nsubject = "x"\nmarking = "x"\nchecked = "verified"\n'
)


def rule(**changes):
    keys = {
        "id": '"T-1"',
        "clause": '"1"',
        "why": '"because"',
        "entities": '["US_SSN"]',
        "action": '"redact"',
        "exemption": '"town-x"',
    }
    keys |= changes
    return "[[rule]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items() if value is not None)


def load(tmp_path, text):
    path = tmp_path / "town.toml"
    path.write_text(text, encoding="utf-8")
    return PolicyStack.load([path])


def test_a_city_is_one_file(tmp_path):
    stack = load(tmp_path, HEAD + EXEMPTION + rule())
    assert stack.policies[0].rule[0].action is Action.redact
    assert stack.versions.keys() == {"vocabulary", "floor", "town"}
    assert len(stack.policies[0].version) == 12


def test_a_file_that_is_no_text(tmp_path):
    (tmp_path / "town.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(PolicyError, match="not well formed"):
        PolicyStack.load([tmp_path / "town.toml"])


RELEASE = {"action": '"release"', "exemption": None}
REFER = {"action": '"refer"', "refer_to": '"City Clerk"', "exemption": None}
REFUSED = [
    # what is wrong, the file, what the refusal says
    ("no TOML", "id = ", "not well formed"),
    ("unknown key", HEAD + "colour = 1\n", "colour"),
    ("no title", HEAD.replace('title = "Town"\n', ""), "title"),
    ("unknown status", HEAD.replace("adopted", "whispered"), "status"),
    ("rules are no table", HEAD + "rule = 3\n", "rule"),
    ("a rule is no table", HEAD + "rule = [3]\n", "rule"),
    ("unknown action", HEAD + rule(action='"shred"'), "must be one of release, mask"),
    ("action is no word", HEAD + rule(action="[1]"), "must be one of"),
    ("unknown entity", HEAD + EXEMPTION + rule(entities='["HOROSCOPE"]'), "unknown entity 'HOROSCOPE'"),
    ("no entity", HEAD + EXEMPTION + rule(entities="[]"), "name the entities"),
    ("unknown category", HEAD + EXEMPTION + rule(requesters='["neighbour"]'), "unknown requester category"),
    ("unknown exemption", HEAD + rule(), "unknown exemption 'town-x'"),
    ("unknown record type", HEAD + EXEMPTION + rule(record_types='["grimoire"]'), "unknown record type"),
    ("unknown basis", HEAD + EXEMPTION + rule(legal_basis='["rumour"]'), "legal_basis"),
    ("unknown purpose", HEAD + EXEMPTION + rule(purposes='["fun"]'), "purposes"),
    ("insufficient basis", HEAD + rule(**RELEASE, legal_basis='["detainer"]'), "never unlocks"),
    ("redaction without ground", HEAD + rule(exemption=None), "needs an exemption"),
    ("referral to nobody", HEAD + rule(action='"refer"', exemption=None), "refer_to"),
    ("until what", HEAD + EXEMPTION + rule(until="true"), "until what?"),
    ("release until", HEAD + rule(**RELEASE, until="true", statement="true"), "punish"),
    ("referral on supply", HEAD + rule(**REFER, statement="true"), "only make it laxer"),
    ("empty group", HEAD + rule(**RELEASE, authorizations="[[]]"), "names no role"),
    ("redacted request", HEAD + EXEMPTION + rule(applies_to='"request"', entities="[]"), "not redacted"),
    ("entities of a request", HEAD + rule(applies_to='"request"', action='"release"'), "findings only"),
    ("same id twice", HEAD + EXEMPTION + rule() + rule(), "used twice"),
    ("a category anew", HEAD + '[[category]]\nid = "court"\ntitle = "tennis"\n', "declared twice"),
    ("lapses to nowhere", HEAD + '[[category]]\nid = "x"\ntitle = "x"\nlapses_to = "y"\n', "unknown"),
    ("group of nobody", HEAD + '[[group]]\nid = "g"\ntitle = "g"\nmembers = ["y"]\n', "unknown category"),
    ("the floor's own id", HEAD.replace("town", "floor", 1), "same id"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refusals(tmp_path, text, says):
    with pytest.raises(PolicyError) as refusal:
        load(tmp_path, text)
    assert says in str(refusal.value)


STACKS = [
    ([], "at least one"),
    (["california", "california"], "named twice"),
    (["atlantis"], "no policy 'atlantis'"),
    (["Maria Named"], "no such policy"),
    (["nowhere.toml"], "cannot read"),
    (["floor"], "no policy 'floor'"),
]


@pytest.mark.parametrize(("names", "says"), STACKS)
def test_stacks_that_are_refused(names, says):
    with pytest.raises(PolicyError) as refusal:
        PolicyStack.load(names)
    assert says in str(refusal.value)
    assert "Maria" not in str(refusal.value)


@pytest.mark.parametrize("name", bundled())
def test_each_policy_that_comes_with_the_program_stands_alone(name):
    (policy,) = PolicyStack.load([name]).policies
    assert policy.rule
    for each in policy.rule:
        assert each.clause and each.why.endswith(".")


def test_they_all_stand_together():
    stack = PolicyStack.load(bundled())
    assert [policy.id for policy in stack.policies] == list(bundled())


def test_rules_name_categories_once_groups_are_resolved():
    stack = PolicyStack.load(["california"])
    named = {who for policy in (*stack.policies, stack.floor) for r in policy.rule for who in r.requesters}
    assert named <= stack.categories.keys()
