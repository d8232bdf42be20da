"""Files and messages that stand encoded inside of text are noticed; ordinary text is not taken for them."""

# Payloads read better unbroken.

import base64
import json

import pytest

from redact.formats.encoded import holds_encoded
from tests.formats.planting import fate

V = "912-48-7001"
FILE = bytes(range(256)) * 3 + V.encode()
BASE64 = base64.encodebytes(FILE).decode()
ONE_LINE = base64.b64encode(FILE).decode()
KEY = f"-----BEGIN RSA PRIVATE KEY-----\n{BASE64}-----END RSA PRIVATE KEY-----\n"


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        (BASE64, True),
        ("> " + BASE64.replace("\n", "\n> "), True),
        (ONE_LINE, True),
        (base64.urlsafe_b64encode(FILE).decode(), True),
        ("begin 644 a.txt\nM" + "4U-.(#DQ,BTT.TW,#`Q)" * 3 + "\n", True),
        ("=ybegin line=128 size=12 name=a.bin\n", True),
        ("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n", True),
        ("src=data:image/png;base64," + ONE_LINE[:60], True),
        ("Subject: =?utf-8?B?U1NOIDkxMi00OC03MDAx?=", True),
        (KEY, False),
        ("https://example.org/ls/click?upn=" + ONE_LINE.replace("/", "-"), False),
        ("=" * 500 + "\n" + "A" * 500 + "\n" + "-_" * 400, False),
        ("sha256: " + "0123456789abcdef" * 4, False),
        ("Subject: =?utf-8?Q?A_caf=C3=A9?=", False),
        ("data: 12, base64, begin 644 more", False),
        ("A line of ordinary words that goes on for quite a while, 24 times.\n" * 9, False),
    ],
)
def test_what_is_taken_for_encoded(text: str, encoded: bool) -> None:
    assert holds_encoded(text) is encoded


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (f"See below.\n{BASE64}", "a.txt"),
        (f"# Title\n\n![x](data:image/png;base64,{ONE_LINE})\n", "a.md"),
        (json.dumps({"file": ONE_LINE}), "a.json"),
        (f"<?xml version='1.0'?><x><binary>{BASE64}</binary></x>", "a.xml"),
        (f"<svg xmlns='x'><image href='data:image/png;base64,{ONE_LINE}'/></svg>", "a.svg"),
        (f"Name,Photo\nSomeone,{ONE_LINE}\n", "a.csv"),
        (f"<html><body><pre>{BASE64}</pre></body></html>", "a.html"),
    ],
)
def test_a_file_inside_of_text_withholds_it(data: str, name: str) -> None:
    assert fate(data.encode(), name, V) == "withheld: encoded"
