"""Makes the sample documents that are not plain text: a police report as PDF, a personnel memo as DOCX, a mailbox.

Every person, place and number is invented; the card number is a published test number.
Run ``python samples/build.py`` from the project's folder; ``python samples/build.py 5000 FILE`` makes a mailbox
of so many messages, for the size of case that a department's e-mail is.
"""

import sys
from email.message import EmailMessage
from pathlib import Path
from random import Random

from docx import Document
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

SAMPLES = Path(__file__).parent
DOCUMENTS = SAMPLES / "journalist" / "documents"

PARTIES = [
    ["Role", "Name", "DOB", "Address", "Phone", "ID"],
    [
        "V-1",
        "Lucia Ferreira-Santos",
        "07/19/1991",
        "418 Alameda Terrace #6",
        "626-555-0147",
        "SSN 512-33-4417",
    ],
    ["S-1", "Antonio Ferreira", "03/14/1984", "unknown", "", "CDL D4471902"],
    ["W-1", "Minh Hoang", "11/02/1968", "418 Alameda Terrace #5", "626-555-0163", ""],
]

NARRATIVE = [
    "On October 21, 2026, at about 2105 hours, Officer K. Lindqvist and I were sent to the 400 block of Alameda "
    "Terrace for a disturbance. A neighbor had called 911.",
    "I spoke with Lucia Ferreira-Santos in the kitchen, away from her husband. She said that Antonio had thrown a "
    "glass at her and cut her arm with a paring knife when she reached for the phone. I saw a shallow cut of about "
    "two inches on her left forearm. She told me she is five months pregnant and takes labetalol for high blood "
    "pressure.",
    "Ferreira-Santos was afraid to press charges. She said that her husband threatens to report her because she "
    "overstayed a tourist visa in 2019 and has a pending U-visa application, receipt EAC2190012345. I told her that "
    "the Department does not ask about immigration status and does not act on it.",
    "Minh Hoang, who lives next door, told me that he heard a woman scream and saw Ferreira through the open door "
    "with a knife in his hand. He asked that his name be kept from Ferreira.",
    "Antonio Ferreira was arrested under Penal Code section 273.5(a) and booked at 2240 hours. Bail was set at $50,000. "
    "Judge Lorna Vickery issued an emergency protective order at 0014 hours.",
]


def police_report() -> None:
    """Write the report as a PDF with text, as a records system would."""
    styles = getSampleStyleSheet()
    story = [
        Paragraph("Vista Linda Police Department", styles["Title"]),
        Paragraph(
            "Incident report 26-11873 &nbsp; PC 273.5(a) &nbsp; Reporting: Ofc. R. Tamayo #418",
            styles["Normal"],
        ),
        Spacer(1, 12),
        Table(PARTIES, style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONTSIZE", (0, 0), (-1, -1), 7.5)]),
        Spacer(1, 12),
        Paragraph("Narrative", styles["Heading2"]),
    ]
    for paragraph in NARRATIVE:
        story += [Paragraph(paragraph, styles["BodyText"]), Spacer(1, 4)]
    SimpleDocTemplate(
        str(DOCUMENTS / "police-report.pdf"),
        pagesize=letter,
        title="Report 26-11873 Ferreira-Santos",
        invariant=1,
    ).build(story)


def personnel_memo() -> None:
    """Write the memo as a word processor would, with a table and a footer."""
    memo = Document()
    memo.core_properties.author = "Joyce Abara"
    memo.core_properties.comments = "Draft; Tamayo grievance"
    memo.add_heading("Confidential personnel memorandum", level=1)
    memo.add_paragraph("To: Janet Kerr, City Manager\nFrom: Joyce Abara, Human Resources Director")
    memo.add_paragraph("Re: Derek Lindholm, Utility Worker II, employee no. 20417")
    body = memo.add_paragraph("Mr. Lindholm was suspended for three days in ")
    body.add_run("September").italic = True
    body.add_run(
        " after he left a service truck unattended. He has told us that he is being treated for depression and asked "
        "for leave under the FMLA. His physician, Dr. Amrita Sethi, certifies that he cannot work nights."
    )
    table = memo.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Item", "On file"
    for item, value in (
        ("Home address", "77 Orchard Lane, Vista Linda"),
        ("Social Security no.", "601-44-9182"),
        ("Direct deposit", "routing 121000358, account 000733190482"),
        ("Salary, step 4", "$71,880"),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = item, value
    memo.add_paragraph("The salary schedule is a public record. The rest of this memorandum is not.")
    memo.sections[0].footer.paragraphs[0].text = "Human Resources, 100 Civic Center Drive"
    memo.save(DOCUMENTS / "personnel-memo.docx")


MESSAGES = 60
"""Messages of the sample mailbox."""
STAFF = "Public Works <works@vistalinda.gov>"
CLERK = "City Clerk <clerk@vistalinda.gov>"
COUNSEL = "Ann Okonkwo, City Attorney <aokonkwo@vistalinda.gov>"
FOOTER = (
    "\n\nThis e-mail and any attachments may contain confidential and privileged information. If you are not the "
    "intended recipient, notify the sender.\n"
)
KINDS = [
    # of a hundred, from, to, subject, text
    (14, STAFF, CLERK, "Daily note", "The street sweeper is back from repair and runs on Tuesdays again."),
    (12, STAFF, CLERK, "Daily note", "The library's new hours go up on Monday. Please change the sign at the door."),
    (10, STAFF, CLERK, "Daily note", "The storm drain on Fenwick Avenue is clear. Crew two worked until four." + FOOTER),
    (10, CLERK, STAFF, "Agenda", "Agenda for Thursday: budget calendar, fleet report, tree planting."),
    (8, CLERK, STAFF, "Room", "The council chamber is booked for the workshop."),
    (5, CLERK, STAFF, "Mail to counsel", "Reminder of Administrative Policy 4.2: mark mail to counsel as privileged, and "
     "do not forward it."),
    (4, CLERK, COUNSEL, "Room", "Your hearing room on Thursday is number four."),
    (9, STAFF, CLERK, "A call", "Resident Harriet Villanueva called about her bill. Her telephone is 626-555-0{n:03}. "
     "Please call her back."),
    (7, STAFF, CLERK, "Refund", "For the refund: Social Security number 601-44-{n:04}, card 4111 1111 1111 1111, CVV 737."),
    (6, STAFF, CLERK, "Breaks", "Gustav Petrosyan has been diagnosed with diabetes and asks for an earlier break. Keep "
     "this between us."),
    (4, COUNSEL, STAFF, "The Fenwick claim", "You asked for legal advice on the claim. In my opinion a court would find "
     "the City liable; I recommend that we settle."),
    (3, STAFF, COUNSEL, "Question", "Are we allowed to close the street while the claim is open? Please treat this as a "
     "request for legal advice."),
    (4, CLERK, STAFF, "PRIVILEGED: Thursday", "Attached is what the City Attorney wrote about the claim. Read and delete."),
    (2, STAFF, CLERK, "Fwd: the claim", "FYI.\n\n> PRIVILEGED & CONFIDENTIAL: ATTORNEY-CLIENT COMMUNICATION\n> The "
     "claim is stronger than it looks."),
    (2, STAFF, CLERK, "News", "The paper writes that the City claimed attorney-client privilege over the memo."),
]  # fmt: skip
"""What people write each other; the values in it differ from message to message."""


def mailbox(path: Path, count: int = MESSAGES) -> None:
    """Write an mbox of ``count`` messages, always the same: plain ones, some with values, counsel's advice, mail
    that only speaks of privilege, attachments, forwarded messages, copies, files of no known format."""
    with path.open("wb") as file:
        for number in range(1, count + 1):
            # Every eighth repeats the one before it, as mailboxes do.
            number -= number % 8 == 0
            file.write(b"From clerk@vistalinda.gov Mon Oct  5 08:00:00 2026\n")
            file.write(_message(number).as_bytes().replace(b"\nFrom ", b"\n>From ") + b"\n\n")


def _message(number: int) -> EmailMessage:
    chance = Random(f"vistalinda {number}")  # noqa: S311
    _, sender, to, subject, text = chance.choices(KINDS, [kind[0] for kind in KINDS])[0]
    message = _mail(number, sender, to, f"{subject} {number}", text)
    attached = chance.randrange(16)
    if attached == 0:
        rows = "name,ssn\r\nHarriet Villanueva,548-90-1123\r\n"
        message.add_attachment(rows, subtype="csv", filename="payments.csv")
    if attached == 1:
        message.add_attachment(b"\x00\x01\x02\x03", "application", "octet-stream", filename="meter.bin")
    if attached == 2:
        _, sender, to, subject, text = chance.choices(KINDS, [kind[0] for kind in KINDS])[0]
        message.add_attachment(_mail(number, sender, to, subject, text, "forwarded-"))
    if attached == 3:
        message.add_alternative(f"<p>{text.format(n=number % 1000)}</p>", subtype="html")
    for place, part in enumerate(message.walk()):
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            part.set_boundary(f"part-{number}-{place}")
    return message


def _mail(number: int, sender: str, to: str, subject: str, text: str, mark: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = f"Mon, 05 Oct 2026 08:{number % 60:02}:00 -0700"
    message["Message-ID"] = f"<{mark}{number}@vistalinda.gov>"
    if number % 10 == 3:
        message["Bcc"] = "Budget Office <budget@vistalinda.gov>"
    message.set_content(text.format(n=number % 1000))
    return message


if __name__ == "__main__":
    if len(sys.argv) == 3:
        mailbox(Path(sys.argv[2]), int(sys.argv[1]))
    else:
        police_report()
        personnel_memo()
        mailbox(SAMPLES / "mailbox" / "documents" / "works.mbox")
