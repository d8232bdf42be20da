"""Families in the river: an archive with mail with attachments, each released, redacted or withheld."""

import io
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage

from redact import Action, Source
from tests.test_gate import CLEAN, MEMO, MINUTES, SSN, everything


def mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "records@city.gov", "clerk@city.gov"
    message["Subject"] = "Files"
    message.set_content("Please find the files attached.\n")
    message.add_attachment(MEMO.encode(), maintype="text", subtype="plain", filename="memo.txt")
    message.add_attachment(MINUTES.encode(), maintype="text", subtype="plain", filename="minutes.txt")
    message.add_attachment(b"\0\1\2", maintype="application", subtype="octet-stream", filename="noise.bin")
    return message.as_bytes()


def archive(**entries: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, content in entries.items():
            file.writestr(name.replace("_", "."), content)
    return data.getvalue()


def test_every_document_of_a_family_is_decided_and_counted(gate, asking, tmp_path):
    submitted = Source("case.zip", archive(mail_eml=mail(), hours_txt=CLEAN.encode()))
    package = gate.release(asking(), [submitted], tmp_path / "out")
    assert [(d.name, d.determination.outcome) for d in package.documents] == [
        ("case.zip", Action.release),
        ("case.zip/entry:1", Action.release),
        ("case.zip/entry:1/attachment:1", Action.redact),
        ("case.zip/entry:1/attachment:2", Action.withhold),
        ("case.zip/entry:1/attachment:3", Action.withhold),
        ("case.zip/entry:2", Action.release),
    ]
    with zipfile.ZipFile(tmp_path / "out/documents/case.zip") as released:
        contents = {name: released.read(name) for name in released.namelist()}
    assert CLEAN.encode() in contents.values()
    [message] = [data for name, data in contents.items() if name.endswith(".eml")]
    attached = [
        str(part.get_content())
        for part in message_from_bytes(message, policy=policy.default).iter_attachments()
    ]
    assert "Rates rise in June." in attached[0]
    assert "Withheld" in attached[1] and "Withheld" in attached[2]
    unpacked = b"\n".join([*contents.values(), *(a.encode() for a in attached), everything(tmp_path / "out")])
    assert SSN.encode() not in unpacked and b"375,000" not in unpacked


def test_what_lies_in_a_withheld_document_is_withheld_with_it(gate, asking, tmp_path, monkeypatch):
    monkeypatch.setattr("redact.formats.email.Eml.write", lambda *arguments: 1 / 0)
    package = gate.release(asking(), [Source("mail.eml", mail())], tmp_path / "out")
    assert all(d.released is None for d in package.documents)
    assert not any((tmp_path / "out/documents").iterdir())
