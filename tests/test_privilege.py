"""Which documents are privileged by their marks or as counsel's advice, and which only speak of privilege."""

import pytest

from redact.document import Segment
from redact.privilege import privileged
from redact.trait import Trait

BODY = "\n\nThe claim of Ms. Villanueva was filed in March.\nStaff has looked at the street.\n"
MARKED = [
    "PRIVILEGED & CONFIDENTIAL",
    "PRIVILEGED AND CONFIDENTIAL\nATTORNEY-CLIENT COMMUNICATION",
    "Privileged and confidential",
    "Attorney–Client Privileged Communication",
    "ATTORNEY WORK PRODUCT -- DO NOT FORWARD",
    "Draft 3, ATTORNEY WORK PRODUCT — do not file",
    "MEMORANDUM — ATTORNEY-CLIENT PRIVILEGED",
    "M E M O R A N D U M                         Privileged",
    "To: Council\nFrom: City Manager\nSubject: prep for Wednesday (PRIVILEGED)",
    "Subject: attorney-client: the Fenwick claim",
    "Privileged. By messenger, not by e-mail.",
    "W-LIST / LOGISTICS (work product)",
    "INVESTIGATION INTERVIEW NOTES — privileged draft",
    "PUBLIC DEFENDER — INTERVIEW (privileged, scanned by mistake)",
    "Subj: PRIVILEGED / armory / please don't reply-all",
    "This memorandum is privileged and confidential.",
    "ＰＲＩＶＩＬＥＧＥＤ",
]
ADVICE = [
    "From: Ann Okonkwo, City Attorney <aokonkwo@vistalinda.gov>\nTo: Council\nSubject: Fenwick\n\n"
    "You asked for legal advice on the claim. A court would likely find the City liable.",
    "From: Public Works <works@vistalinda.gov>\nTo: cityattorney@vistalinda.gov\nSubject: a question\n\n"
    "Can we legally close the street for the weekend?",
    "From: R. Stone, Esq.\nTo: City Manager\nSubject: settlement\n\nI recommend that we settle below 95,000.",
    "From: City Manager\nTo: Public Works\nSubject: pothole\n\nThe City Attorney advised us to say nothing.",
]
SILENT = [
    "Administrative Policy 4.2: Privileged Communications\nEmployees must mark mail to counsel as "
    "'Privileged & Confidential' and shall not forward it.",
    "RECORDS TRAINING\nWhat is attorney-client privilege? When does the work product doctrine apply?",
    "Dear Clerk,\nI know that the City will claim attorney-client privilege over the memo. Please waive it.",
    "From: Public Works <works@vistalinda.gov>\nTo: Clerk\nSubject: hours\n\nThe library opens at nine.\n\n"
    "This e-mail and any attachments may contain confidential and privileged information for the sole use of "
    "the intended recipient. If you are not the intended recipient, notify the sender.",
    "From: Clerk\nTo: Ann Okonkwo, City Attorney\nSubject: room\n\nThe chamber is booked for Thursday.",
    "From: District Attorney's Office\nTo: Records\nSubject: report\n\nPlease send the report for discovery.",
    "It was a privileged position, and she knew it.",
    "Council minutes\nThe City Attorney advised the Council in open session that the item may be continued.",
    "Retention schedule: attorney-client correspondence, closed files, ten years; privilege log, permanent.",
    "Separately, and not privileged: the revised camping fees were adopted on June 24.",
    "",
]


@pytest.mark.parametrize("text", [mark + BODY for mark in MARKED] + ADVICE)
def test_is_privileged(text):
    assert privileged([Segment("page:1", text)]) == Trait("privileged", "page:1")


@pytest.mark.parametrize("text", SILENT)
def test_only_speaks_of_privilege(text):
    assert privileged([Segment("page:1", text)]) is None


def test_a_mark_deep_in_a_thread_counts_where_it_stands_alone():
    thread = (
        "Fine with me.\n" * 40
        + "> PRIVILEGED & CONFIDENTIAL: ATTORNEY-CLIENT COMMUNICATION\n> The claim is weak.\n"
    )
    assert privileged([Segment("body:1", thread)])


def test_the_mark_at_the_head_of_a_later_page_counts():
    pages = [Segment("page:1", "Line.\n" * 50), Segment("page:2", "Draft                PRIVILEGED\nText.")]
    assert privileged(pages) == Trait("privileged", "page:2")


def test_who_writes_and_what_is_written_may_stand_in_different_places():
    mail = [
        Segment("headers", "From: Ann Okonkwo, City Attorney <a@vistalinda.gov>\nTo: Council"),
        Segment("body:1", "My recommendation is to reject the tort claim."),
    ]
    assert privileged(mail) == Trait("privileged", "body:1")
