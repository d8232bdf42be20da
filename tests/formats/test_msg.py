"""Outlook messages: made here as compound files (MS-CFB), released as e-mail."""

import struct

import pytest

from redact.errors import FormatError
from redact.formats import format_of
from redact.formats.family import read_family
from redact.formats.interface import Replacement
from redact.formats.msg import Msg
from tests.formats.planting import MARKING, Planted, carry_out, decoded, left, unread, write

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file of version 3; paths use slashes."""
    folders = {path[:at] for path in streams for at, c in enumerate(path) if c == "/"}
    order = ["", *sorted(folders), *sorted(streams)]
    mini, starts, minifat = b"", {}, []
    for path in sorted(streams):
        content = streams[path]
        sectors = -(-len(content) // 64)
        assert len(content) < 4096
        starts[path] = len(mini) // 64 if content else END
        minifat += [*range(len(minifat) + 1, len(minifat) + sectors), END][:sectors] if sectors else []
        mini += content.ljust(sectors * 64, b"\0")
    directory = b""
    for path in order:
        inside = [p for p in order[1:] if p.rpartition("/")[0] == path] if path not in streams else []
        siblings = [p for p in order[1:] if p.rpartition("/")[0] == path.rpartition("/")[0]] if path else []
        after = siblings[siblings.index(path) + 1 :] if path else []
        name = (path.rpartition("/")[2] or "Root Entry").encode("utf-16-le")
        kind = 5 if not path else 2 if path in streams else 1
        start, size = (0, len(mini)) if not path else (starts.get(path, 0), len(streams.get(path, b"")))
        directory += struct.pack(
            "<64sHBBIII16sIQQIQ",
            name, len(name) + 2, kind, 1, FREE, order.index(after[0]) if after else FREE,
            order.index(inside[0]) if inside else FREE, b"", 0, 0, 0, start, size,
        )  # fmt: skip
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    mini = mini.ljust(-(-len(mini) // 512) * 512, b"\0")
    table = struct.pack(f"<{len(minifat)}I", *minifat)
    table = table.ljust(-(-len(table) // 512) * 512, b"\xff")
    chains: list[int] = []
    begins = []
    for part in (mini, directory, table):
        begins.append(len(chains))
        count = len(part) // 512
        chains += [*range(len(chains) + 1, len(chains) + count), END]
    fats = -(-(len(chains) + 3) // 127)
    fat_at = len(chains)
    chains += [FAT] * fats
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(fats * 512, b"\xff")
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        bytes.fromhex("D0CF11E0A1B11AE1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, fats, begins[1], 0, 4096,
        begins[2], len(table) // 512, END, 0,
    ) + struct.pack("<109I", *range(fat_at, fat_at + fats), *[FREE] * (109 - fats))  # fmt: skip
    return head + mini + directory + table + fat


def properties(header: int, entries: list[tuple[int, int, bytes]]) -> bytes:
    """Return a property stream: id, type and value of eight bytes each."""
    return bytes(header) + b"".join(struct.pack("<HHI8s", kind, id, 6, value) for id, kind, value in entries)


def strings(prefix: str, values: dict[int, str]) -> tuple[dict[str, bytes], list[tuple[int, int, bytes]]]:
    streams = {f"{prefix}__substg1.0_{id:04X}001F": text.encode("utf-16-le") for id, text in values.items()}
    entries = [(id, 0x001F, struct.pack("<II", 2 * len(text) + 2, 0)) for id, text in values.items()]
    return streams, entries


ATTACHED = "__attach_version1.0_#00000001/"
INNER = f"{ATTACHED}__substg1.0_3701000D/"


def attached_message(v: Planted) -> dict[str, bytes]:
    """The streams of a message that is attached to another, with an attachment of its own."""
    inside, entries = strings(
        INNER,
        {
            0x0037: f"Inner SSN {v('inner subject')}",
            0x0C1A: f"Sender {v('inner sender')}",
            0x0C1F: "c@example.org",
            0x0E04: f"To {v('inner recipient')}",
            0x1000: f"Inner body SSN {v('inner body')}",
            0x0E1D: f"SSN {v('inner property')}",
        },
    )
    file, file_entries = strings(f"{INNER}__attach_version1.0_#00000000/", {0x3707: "b.txt"})
    content = f"SSN {v('inner attachment')}".encode()
    file[f"{INNER}__attach_version1.0_#00000000/__substg1.0_37010102"] = content
    file_entries += [
        (0x3701, 0x0102, struct.pack("<II", len(content), 0)),
        (0x3705, 0x0003, struct.pack("<II", 1, 0)),
    ]
    head = struct.pack("<8sIIII", b"", 0, 1, 0, 1)
    return {
        **inside, **file,
        f"{INNER}__properties_version1.0": head + properties(0, entries),
        f"{INNER}__attach_version1.0_#00000000/__properties_version1.0": properties(8, file_entries),
        f"{ATTACHED}__properties_version1.0": properties(8, [(0x3705, 3, struct.pack("<II", 5, 0))]),
    }  # fmt: skip


def planted_outlook(more: dict[str, bytes] | None = None) -> tuple[bytes, Planted]:
    v = Planted()
    top, entries = strings(
        "",
        {
            0x0037: f"About SSN {v('subject')}",
            0x007D: f"Received: x ({v('transport header')})\r\nFrom: a@example.org\r\n",
            0x0C1A: f"Sender {v('sender')}",
            0x0C1F: f"{v('sender address')}@example.org",
            0x0E02: f"Blind {v('bcc')}",
            0x0E04: f"Someone {v('to')}",
            0x1000: f"Body SSN {v('body')}\r\n",
            0x0E1D: f"SSN {v('another property')}",
            0x1035: f"<{v('message id')}@example.org>",
        },
    )
    html = f"<html><body><p>SSN {v('html')}</p><!-- {v('html comment')} --></body></html>".encode()
    top["__substg1.0_10130102"] = html
    entries.append((0x1013, 0x0102, struct.pack("<II", len(html), 0)))
    recipient, recipient_entries = strings(
        "__recip_version1.0_#00000000/",
        {0x3001: f"Name {v('recipient')}", 0x39FE: f"{v('address')}@example.org"},
    )
    attached, attached_entries = strings("__attach_version1.0_#00000000/", {0x3707: f"{v('file name')}.txt"})
    content = f"SSN {v('attachment')}".encode()
    attached["__attach_version1.0_#00000000/__substg1.0_37010102"] = content
    attached_entries += [
        (0x3701, 0x0102, struct.pack("<II", len(content), 0)),
        (0x3705, 0x0003, struct.pack("<II", 1, 0)),
    ]
    streams = {
        **top, **recipient, **attached,
        "__properties_version1.0": properties(32, entries),
        "__recip_version1.0_#00000000/__properties_version1.0": properties(8, recipient_entries),
        "__attach_version1.0_#00000000/__properties_version1.0": properties(8, attached_entries),
        "__nameid_version1.0/__substg1.0_00020102": b"",
        **(more or {}),
    }  # fmt: skip
    # Recipients and attachments are counted in the header of the property stream.
    head = struct.pack("<8sIIII8s", b"", 1, 1, 1, 1, b"")
    streams["__properties_version1.0"] = head + streams["__properties_version1.0"][32:]
    return compound(streams), v


def planted_object() -> dict[str, bytes]:
    """The properties of an attachment that is an object of another program."""
    return {f"{ATTACHED}__properties_version1.0": properties(8, [(0x3705, 3, struct.pack("<II", 6, 0))])}


def test_every_place_is_searched_and_nothing_is_left() -> None:
    data, planted = planted_outlook()
    assert isinstance(format_of(data, "a.bin"), Msg)
    document = Msg().read(data, "a.msg")
    assert document.obstacles == ()
    assert unread(document, planted) == ["attachment"]
    assert planted("attachment").encode() in document.members[0].data
    written = write(Msg(), data, "a.msg", members={"attachment:1": Replacement(b"clean", ".txt")})
    assert left(written.data, planted) == []
    assert format_of(written.data, "a.eml").name == "email"
    assert (
        write(Msg(), data, "a.msg", members={"attachment:1": Replacement(b"clean", ".txt")}).data
        == written.data
    )
    text = next(r.text for r in Msg().reread(written.data) if r.reader == "email.parser")
    assert f"Body SSN [{MARKING}]" in text and f"Subject: About SSN [{MARKING}]" in text


def test_an_attached_message_is_a_member_with_its_own() -> None:
    v = Planted()
    data, outer = planted_outlook(attached_message(v))
    family = read_family(data, "a.msg")
    assert [(f.document.name, f.document.format) for f in family] == [
        ("a.msg", "outlook"),
        ("a.msg/attachment:1", "text"),
        ("a.msg/attachment:2", "email"),
        ("a.msg/attachment:2/attachment:1", "text"),
    ]
    assert all(f.document.obstacles == () for f in family)
    texts = [s.text for f in family.members[1] for s in f.document.segments]
    for place in v.values:
        if place != "inner property":
            assert any(v(place) in text for text in texts), place
    assert v("inner property") in family.document.segment("other-properties").text
    written = carry_out(family).data
    assert written is not None
    assert left(written, outer) == left(written, v) == []
    assert any(b"Inner body SSN [" in part for part in decoded(written))


def test_attached_objects_and_damaged_files_are_withheld() -> None:
    data, _ = planted_outlook({f"{INNER}CONTENTS": b"x", **planted_object()})
    assert [o.code for o in Msg().read(data, "a.msg").obstacles] == ["embedded-object"]
    with pytest.raises(FormatError):
        Msg().read(planted_outlook()[0][:1500], "a.msg")
