"""``explain --replay``: a recorded determination comes out the same, or it is said what changed."""

import pytest

from tests.test_batch import REQUEST
from tests.test_gate import MEMO


@pytest.mark.parametrize(("request_text", "code"), [(REQUEST, 0), (REQUEST.replace("11-10", "11-11"), 1)])
def test_a_determination_is_decided_again(tmp_path, monkeypatch, command, request_text, code):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "memo.txt").write_text(MEMO)
    (tmp_path / "request.toml").write_text(REQUEST)
    command("release", "request.toml", "memo.txt", "--out", "out")
    (tmp_path / "request.toml").write_text(request_text)
    ended = command("explain", "request.toml", "--replay", "out/determination.json")
    assert ended.code == code
    assert ended.out.endswith("identical\n" if code == 0 else "changed\n")


BROKEN = [
    # what the file holds; None: there is none; what is said
    (None, "there.json cannot be read: No such file or directory; check the path"),
    (b"", "not a determination.json of this request"),
    (b"{", "not a determination.json of this request"),
    (b"null", "not a determination.json of this request"),
    (b"[1, 2]", "not a determination.json of this request"),
    (b'{"documents": 5}', "not a determination.json of this request"),
    (b'{"request": "PRR-1", "documents": [{}], "persons": [], "arrested": []}', "not a determination.json"),
    (b'{"request": "PRR-OTHER", "documents": [], "persons": [], "arrested": []}', "not a determination.json"),
    (b"[" * 100_000, "not a determination.json of this request"),
    (b"\xff\xfe\x00", "there.json cannot be read as plain text; save it as UTF-8 text"),
]


@pytest.mark.parametrize("option", ["--replay", "--determination"])
@pytest.mark.parametrize(("content", "says"), BROKEN)
def test_a_file_that_is_none_is_told_in_one_line(tmp_path, monkeypatch, command, content, says, option):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "request.toml").write_text(REQUEST)
    if content is not None:
        (tmp_path / "there.json").write_bytes(content)
    ended = command("explain", "request.toml", option, "there.json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("redact: ") and ended.err.count("\n") == 1 and says in ended.err


def test_a_folder_is_none_either(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "request.toml").write_text(REQUEST)
    ended = command("explain", "request.toml", "--replay", ".")
    assert ended.code == 2 and ended.err.count("\n") == 1
