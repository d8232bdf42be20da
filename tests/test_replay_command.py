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
