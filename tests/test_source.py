"""Sources: which files a request takes, and what they are called."""

import os

import pytest

from redact import sources
from redact.errors import InputError


def test_every_file_below_a_folder_once_in_the_order_of_their_names(tmp_path):
    for name in ("b.txt", "a/c.txt", "a/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [s.name for s in sources([tmp_path, tmp_path / "b.txt"])] == ["a/b.txt", "a/c.txt", "b.txt"]


def test_names_in_another_coding_are_released_as_far_as_they_can_be_read(gate, asking, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (b"r\xe9sum\xe9.txt", b"r\xe8sum\xe8.txt"):
        try:
            (folder / os.fsdecode(name)).write_text("The library opens at nine.\n")
        except OSError:
            pytest.skip("this file system has names in UTF-8 alone")
    package = gate.release(asking(), sources([folder]), tmp_path / "out")
    assert [account.released is not None for account in package.accounts] == [True, True]
    assert len(list((tmp_path / "out/documents").iterdir())) == 2


def test_what_does_not_exist_or_holds_nothing_is_refused(tmp_path):
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(InputError):
            sources([path])
