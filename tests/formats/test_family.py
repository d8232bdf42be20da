"""A family is read to any depth, and every document of it is released or accounted for."""

import pytest

from redact.errors import FormatError
from redact.formats import family
from redact.formats.family import read_family
from tests.formats.planting import carry_out, left
from tests.formats.test_containers import archive, planted_message


def test_a_family_is_named_by_places_and_every_member_is_accounted_for() -> None:
    message, _ = planted_message()
    data = archive({"a.eml": message, "b.txt": b"SSN 900-11-2222", "c.zip": archive({"d.txt": b"x"})})
    found = read_family(data, "case.zip")
    assert [(member.document.name, member.document.format) for member in found] == [
        ("case.zip", "zip"),
        ("case.zip/entry:1", "email"),
        ("case.zip/entry:1/attachment:1", "text"),
        ("case.zip/entry:1/attachment:2", "png"),
        ("case.zip/entry:1/attachment:3", "email"),
        ("case.zip/entry:2", "text"),
        ("case.zip/entry:3", "zip"),
        ("case.zip/entry:3/entry:1", "text"),
    ]


def test_nothing_planted_at_any_depth_is_left() -> None:
    message, planted = planted_message()
    found = read_family(archive({"outer.zip": archive({"a.eml": message})}), "case.zip")
    written = carry_out(found)
    assert written.data is not None
    assert left(written.data, planted) == []
    again = [member.document for member in read_family(written.data, "case.zip")]
    assert [d.format for d in again] == ["zip", "zip", "email", "text", "png", "email"]
    assert again[4].segments == ()


def test_depth_and_number_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"x"
    for _ in range(family.DEEPEST + 2):
        data = archive({"a.zip": data})
    deepest = list(read_family(data, "a.zip"))
    assert len(deepest) == family.DEEPEST + 2
    assert [o.code for o in deepest[-1].document.obstacles] == ["too-deep"]
    monkeypatch.setattr(
        family._Budget,
        "__init__",
        lambda self: (setattr(self, "documents", 2), setattr(self, "size", 10**6))[0],
    )
    few = list(read_family(archive({f"{n}.txt": b"x" for n in range(4)}), "a.zip"))
    assert [bool(member.document.obstacles) for member in few] == [False, False, True, True, True]


def test_an_unreadable_member_is_an_obstacle_and_an_unreadable_file_an_error() -> None:
    broken = archive({"word/document.xml": b"<", "[Content_Types].xml": b"<"})
    (_, member) = read_family(archive({"a.docx": broken}), "a.zip")
    assert [o.code for o in member.document.obstacles] == ["unreadable"]
    with pytest.raises(FormatError):
        read_family(broken, "a.docx")
