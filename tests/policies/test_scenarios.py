"""Seven cases as a clerk meets them, decided whole."""

from dataclasses import replace

from redact.determination import Case, Facts, determine
from redact.document import Obstacle
from redact.posts import check_post
from tests.policies.cases import (
    ASKER,
    CONTACT,
    DUAL,
    NAME,
    ask,
    basis,
    decide,
    finding,
    stack,
    staff,
)

SUSPECT, VICTIM, WITNESS, PATIENT = 11, 12, 13, 14


def told(result):
    """Each document's outcome, and the action on each of its findings by entity and place."""
    return [
        (
            document.outcome.name,
            [(found.entity, decision.action.name) for found, decision in document.findings],
        )
        for document in result.documents
    ]


REPORT = Facts(
    "report.pdf",
    (
        finding("PERSON", VICTIM, 0),
        finding("VICTIM_STATUS", VICTIM, 20),
        finding("HOME_ADDRESS", VICTIM, 40),
        finding("US_SSN", VICTIM, 60),
        finding("US_DRIVER_LICENSE", SUSPECT, 80, "page:2"),
        finding("PERSON", SUSPECT, 100, "page:2"),
        finding("PERSON", WITNESS, 0, "page:3"),
        finding("WITNESS_STATUS", WITNESS, 20, "page:3"),
    ),
    "police_report",
)
"""Officials, times, places and charges are no findings: what Gov. Code 7923.615 wants released stays."""


class TestJournalistAndPoliceReport:
    POLICIES = stack("california", "cerritos", "pasadena")
    EXPECTED = (
        "redact",
        [
            ("PERSON", "redact"),
            ("VICTIM_STATUS", "redact"),
            ("HOME_ADDRESS", "redact"),
            ("US_SSN", "redact"),
            ("US_DRIVER_LICENSE", "redact"),
            ("PERSON", "release"),
            ("PERSON", "redact"),
            ("WITNESS_STATUS", "redact"),
        ],
    )

    def test_it_goes_to_the_city_clerk_first(self):
        asked = ask(requester={"category": None, "affiliation": "media"}, processed_by="")
        result = determine(asked, Case((REPORT,)), self.POLICIES)
        assert (result.outcome.name, result.referrals) == ("refer", ("City Clerk",))

    def test_the_clerk_releases_it_redacted_and_the_arrested_person_named(self):
        asked = ask(requester={"category": None, "affiliation": "media"})
        result = determine(asked, Case((REPORT,)), self.POLICIES)
        assert told(result) == [self.EXPECTED]
        assert result.referrals == ()
        assert all(
            d.citations and d.marking for _, d in result.documents[0].findings if d.action.name == "redact"
        )

    def test_an_elected_name_is_withheld_where_nothing_else_protects_it(self):
        complaint = Facts("complaint.pdf", (finding("PERSON", VICTIM),))
        asked = ask()
        assert told(determine(asked, Case((complaint,)), self.POLICIES))[0][0] == "release"
        elected = ask(elections=[{"person": "Maria Named", "statute": "Penal Code § 293"}])
        case = Case((complaint,), {"Maria Named": frozenset({VICTIM})})
        assert told(determine(elected, case, self.POLICIES))[0] == ("redact", [("PERSON", "redact")])


PAPER = {"kind": "administrative_warrant", "citation": "Form I-200", "issuer": "Carl Brandt"}


class TestImmigrationAuthority:
    POLICIES = stack("california", "pasadena", "pasadena-police")

    def asked(self, **changes):
        purpose = {"kind": "immigration_enforcement", "statement": "locate a person"}
        return ask("federal_immigration_authority", **{"purpose": purpose, "contact": CONTACT, **changes})

    def test_an_administrative_warrant_gets_nothing(self):
        result = determine(self.asked(legal_basis=[PAPER]), Case((REPORT,)), self.POLICIES)
        assert (result.outcome.name, result.referrals) == ("withhold", ("City Attorney",))
        assert {action for _, actions in told(result) for _, action in actions} == {"withhold"}
        assert "not sufficient" in result.decision.missing[0]

    def test_a_judge_s_order_gets_its_scope(self):
        order = basis("court_order", scope={"subjects": ["Maria Named"], "entities": ["HOME_ADDRESS"]})
        case = Case((REPORT,), {"Maria Named": frozenset({VICTIM})})
        ((outcome, actions),) = told(determine(self.asked(legal_basis=[PAPER, order]), case, self.POLICIES))
        assert outcome == "redact"
        assert [entity for entity, action in actions if action == "release"] == ["HOME_ADDRESS"]


class TestFormerEmployeeAndPersonnelFile:
    POLICIES = stack("california", "cerritos")
    FILE = Facts(
        "file.pdf",
        (
            finding("US_SSN", ASKER, 0),
            finding("PERSONNEL_RECORD", ASKER, 20),
            finding("HEALTH_INFORMATION", ASKER, 40),
            finding("PERSON", SUSPECT, 0, "page:2"),
            finding("PERSONNEL_RECORD", SUSPECT, 20, "page:2"),
            finding("HOME_ADDRESS", None, 40, "page:2"),
            finding("PASSWORD", ASKER, 60, "page:2"),
        ),
        "personnel_file",
    )

    def test_declared_as_staff_they_are_the_public(self):
        asked = ask("city_employee", requester={"affiliation": "former_employee"}, processed_by="")
        result = determine(asked, Case((self.FILE,), {NAME: frozenset({ASKER})}), self.POLICIES)
        assert result.requester.category == "general_public"
        assert (result.outcome.name, result.referrals) == ("refer", ("City Clerk",))

    def test_with_proof_of_identity_they_receive_their_own_and_nobody_else_s(self):
        asked = ask("record_subject", requester={"affiliation": "former_employee"})
        result = determine(asked, Case((self.FILE,), {NAME: frozenset({ASKER})}), self.POLICIES)
        assert told(result) == [
            (
                "redact",
                [
                    ("US_SSN", "release"),
                    ("PERSONNEL_RECORD", "release"),
                    ("HEALTH_INFORMATION", "release"),
                    ("PERSON", "redact"),
                    ("PERSONNEL_RECORD", "redact"),
                    ("HOME_ADDRESS", "redact"),
                    ("PASSWORD", "redact"),
                ],
            )
        ]


class TestDirectorAndHealthInformation:
    POLICIES = stack("california", "cerritos")
    RECORD = Facts(
        "claim.pdf",
        (
            finding("HEALTH_INFORMATION", PATIENT, 0),
            finding("PERSON", PATIENT, 20),
            finding("US_SSN", PATIENT, 40),
            finding("PUBLIC_ASSISTANCE_STATUS", PATIENT, 60),
        ),
        "medical_record",
    )

    def test_with_agreement_and_two_approvals_the_minimum_is_released(self):
        result = determine(staff("hipaa_or_medical"), Case((self.RECORD,)), self.POLICIES)
        assert told(result)[0][1] == [
            ("HEALTH_INFORMATION", "release"),
            ("PERSON", "release"),
            ("US_SSN", "redact"),
            ("PUBLIC_ASSISTANCE_STATUS", "redact"),
        ]
        assert result.referrals == ("City Attorney",)

    def test_the_director_approves_no_request_of_their_own(self):
        own = [DUAL[0], {"role": "department_director", "name": NAME, "on": "2026-11-01"}]
        result = determine(staff("hipaa_or_medical", authorization=own), Case((self.RECORD,)), self.POLICIES)
        assert result.outcome.name == "withhold"
        assert any("requester's own" in item for item in result.decision.missing)

    def test_without_the_agreement_the_block_names_it(self):
        result = determine(staff("hipaa_or_medical", agreement=[]), Case((self.RECORD,)), self.POLICIES)
        assert (result.outcome.name, result.referrals[0]) == ("withhold", "HR/RM")
        assert result.decision.missing == ("a signed Confidentiality Agreement covering hipaa_or_medical",)


class TestVictimAndOwnVisaRecords:
    POLICIES = stack("california", "pasadena", "pasadena-police")

    def test_their_own_status_and_name_and_no_contact_data_of_others(self):
        file = Facts(
            "certification.pdf",
            (
                finding("PERSON", ASKER, 0),
                finding("IMMIGRATION_STATUS", ASKER, 20),
                finding("VICTIM_STATUS", ASKER, 40),
                finding("ALIEN_NUMBER", ASKER, 60),
                finding("HOME_ADDRESS", SUSPECT, 0, "page:2"),
                finding("PHONE_NUMBER", WITNESS, 20, "page:2"),
                finding("WITNESS_STATUS", WITNESS, 40, "page:2"),
            ),
            "police_report",
        )
        asked = ask("record_subject", purpose={"kind": "benefit_assistance"}, processed_by="Police")
        result = determine(asked, Case((file,), {NAME: frozenset({ASKER})}), self.POLICIES)
        assert [action for _, action in told(result)[0][1]] == ["release"] * 4 + ["redact"] * 3
        assert result.referrals == ()

    def test_the_suspect_s_copy_keeps_victim_and_witness_out(self):
        asked = ask("record_subject")
        case = Case((REPORT,), {NAME: frozenset({SUSPECT})})
        actions = told(determine(asked, case, self.POLICIES))[0][1]
        assert [entity for entity, action in actions if action == "release"] == [
            "US_DRIVER_LICENSE",
            "PERSON",
        ]


class TestMailboxOfThousands:
    POLICIES = stack("california", "cerritos")

    def test_every_message_is_accounted_for_and_none_waits_for_another(self):
        clean = [Facts(f"mail/{n:04}.eml") for n in range(4000)]
        hits = [Facts(f"mail/hit-{n:04}.eml", (finding("US_SSN", n),)) for n in range(990)]
        broken = [
            Facts(f"mail/bad-{n}.eml", obstacles=(Obstacle("encrypted", "it is encrypted"),))
            for n in range(10)
        ]
        result = determine(ask(), Case((*clean, *hits, *broken)), self.POLICIES)
        outcomes = [document.outcome.name for document in result.documents]
        assert len(outcomes) == 5000
        assert (outcomes.count("release"), outcomes.count("redact"), outcomes.count("withhold")) == (
            4000,
            990,
            10,
        )
        assert result.outcome.name == "withhold"


class TestDraftPost:
    def test_confidential_information_blocks_and_the_rest_is_advice(self):
        policies = stack("ramsey")
        assert decide(ask(), policies, "US_SSN").action.name == "redact"
        blocked = check_post("His number is 512-33-4417.", [finding("US_SSN")], policies, "Cerritos")
        advised = check_post("What a stupid meeting.", [], policies, "Cerritos")
        assert blocked.blocked and not advised.blocked


def test_the_documents_of_one_request_share_what_is_known_of_a_person():
    """A witness in one document is protected in every other of the request."""
    memo = replace(REPORT, name="memo.pdf", findings=(finding("PERSON", WITNESS),))
    apart = determine(ask(), Case((memo,)), stack("california"))
    together = determine(ask(), Case((memo, REPORT)), stack("california"))
    assert told(apart)[0][1] == [("PERSON", "release")]
    assert told(together)[0][1] == [("PERSON", "redact")]
