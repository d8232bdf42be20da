"""``explain --replay``: a recorded determination comes out the same, or it is said what changed."""

import sys

import pytest

from redact.cli import main
from tests.test_batch import REQUEST
from tests.test_gate import MEMO


@pytest.mark.parametrize(("request_text", "code"), [(REQUEST, 0), (REQUEST.replace("11-10", "11-11"), 1)])
def test_a_determination_is_decided_again(tmp_path, monkeypatch, capsys, request_text, code):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REDACT_AUDIT_LOG", str(tmp_path / "audit.sqlite"))
    (tmp_path / "memo.txt").write_text(MEMO)
    (tmp_path / "request.toml").write_text(REQUEST)

    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["redact", *arguments])
        with pytest.raises(SystemExit) as exit:
            main()
        return int(exit.value.code or 0)

    run("release", "request.toml", "memo.txt", "--out", "out")
    (tmp_path / "request.toml").write_text(request_text)
    assert run("explain", "request.toml", "--replay", "out/determination.json") == code
    assert capsys.readouterr().out.endswith("identical\n" if code == 0 else "changed\n")
