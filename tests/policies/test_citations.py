"""Each code of law is about what it is cited for.

A public code file maps 7927.705 to "waiver" and 7927.700 to "salaries": a letter would carry the mistake.
"""

import pytest

from redact.policy import PolicyStack, bundled

EVERY = PolicyStack.load(bundled())

PINNED = {
    # exemption: (the code in its citation, words of its subject)
    "ca-ssn": ("Gov. Code § 7922.200", "social security numbers"),
    "ca-privacy": ("Gov. Code § 7922.000", "outweighs disclosure"),
    "ca-personnel-medical": ("Gov. Code § 7927.700", "personnel, medical or similar files"),
    "ca-driver-records": ("Gov. Code § 7927.705; Veh. Code § 1808.21; 18 U.S.C. § 2721", "driver licence"),
    "ca-assistance": ("Gov. Code § 7927.705; Welf. & Inst. Code § 10850", "public assistance"),
    "ca-employee-contact": ("Gov. Code § 7928.300", "public employees"),
    "ca-victim": ("Gov. Code § 7923.615; Penal Code § 293", "victims"),
    "ca-investigation": ("Gov. Code § 7923.600", "investigatory files"),
    "ca-arrest-address": ("Gov. Code § 7923.620", "address of a person arrested"),
    "ca-closed-session": ("Gov. Code § 7927.705; Gov. Code § 54963", "closed session"),
    "ca-closed-minutes": ("Gov. Code § 54957.2", "minute book"),
    "ca-peace-officer": ("Gov. Code § 7927.705; Penal Code § 832.7", "peace officers"),
    "ca-investigation-barred": ("Gov. Code §§ 7923.600, 7927.705", "disclosure barred by law"),
    "ca-privilege": (
        "Gov. Code § 7927.705; Evid. Code § 954; Code Civ. Proc. § 2018.030",
        "communications of lawyer and client",
    ),
    "floor-security": ("Gov. Code § 7929.210", "information security"),
    "floor-enforcement": ("Gov. Code § 7284.6(a)(1)(D)", "immigration enforcement"),
    "floor-card": ("PCI DSS 3.4.1", "last four digits"),
    "cer-confidential": ("Cerritos Confidentiality Policy 1.03.040.A.1", "customers and employees"),
    "cer-card-data": ("Cerritos Confidentiality Policy 1.03.040.A.2; PCI DSS 3.4.1", "credit card data"),
    "cer-health": ("Cerritos Confidentiality Policy 1.03.040.A.3; 45 C.F.R. § 164.502", "health information"),
    "cer-password": ("Cerritos Confidentiality Policy 1.03.040.A.7", "passwords"),
    "cer-closed-session": ("Cerritos Confidentiality Policy 1.03.030 ¶2", "closed sessions"),
    "cer-operations": ("Cerritos Confidentiality Policy 1.03.030 ¶2", "business or operations"),
    "pas-personal": ("Pasadena AA 2.b", "religion, sexual orientation, national and ethnic origin"),
    "pas-immigration": ("Pasadena AA 2.c.iii", "citizenship and immigration status"),
    "pas-sensitive": ("Pasadena AA 2.d", "sensitive information about residents"),
    "ppd-status": ("Pasadena Police Immigration Status Policy, Procedure 1.B", "citizenship and immigration"),
    "ppd-enforcement": (
        "Pasadena Police Immigration Status Policy, Procedure 2.A",
        "immigration enforcement",
    ),
    "ram-confidential": ("Ramsey Use of Social Media, guideline 1", "private or confidential information"),
}


@pytest.mark.parametrize("exemption", PINNED)
def test_code_and_subject_belong_together(exemption):
    code, subject = PINNED[exemption]
    assert EVERY.exemptions[exemption].citation.startswith(code)
    assert subject in EVERY.exemptions[exemption].subject


def test_every_exemption_is_pinned():
    assert PINNED.keys() == EVERY.exemptions.keys()


FROM_MEMORY = {"7922.200", "7927.700", "7929.210", "7923.620"}
"""Sections that nobody has looked up again: the files must go on saying so until somebody has."""


def test_what_is_from_memory_is_marked_so():
    for exemption in EVERY.exemptions.values():
        if any(section in exemption.citation for section in FROM_MEMORY):
            assert exemption.checked == "memory"
        else:
            assert exemption.checked == "verified"


@pytest.mark.parametrize(("section", "not_about"), [("7927.705", "waiver"), ("7927.700", "salar")])
def test_known_wrong_subjects(section, not_about):
    cited = [e for e in EVERY.exemptions.values() if section in e.citation]
    assert cited
    assert not any(not_about in e.subject.casefold() for e in cited)


def test_every_exemption_is_used_by_a_rule():
    used = {rule.exemption for policy in (*EVERY.policies, EVERY.floor) for rule in policy.rule}
    assert EVERY.exemptions.keys() <= used
