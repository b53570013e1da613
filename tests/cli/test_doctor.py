"""``inphotos doctor`` on a library: what it says, mends, and ends with."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.conftest import Answer, Run

from inphotos.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The directory of a library with one folder, closed."""
    (tmp_path / "photos").mkdir()
    with Library.open(tmp_path / "library", model="none") as opened:
        opened.add_folder(tmp_path / "photos")
    return tmp_path / "library"


def test_a_sound_library_has_no_problems(run: Run, answer: Answer, library: Path) -> None:
    document = answer("doctor")
    assert document["library"]["examined"]
    assert document["library"]["problems"] == []
    assert document["library"]["folders"] == [str(library.parent / "photos")]
    assert document["backups"]["count"] == 1
    assert run("doctor") == 0


def test_a_damaged_library_is_found_said_and_mended(
    run: Run, answer: Answer, library: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (library / "store" / "data.mdb").write_bytes(b"no store")
    assert run("doctor") == 1
    assert "!! The library's catalog and index are damaged" in capfd.readouterr().out
    document = answer("doctor", "--repair")
    assert document["repair"]["mended"]
    assert document["repair"]["lost"] == []
    assert document["library"]["folders"] == [str(library.parent / "photos")]
    assert run("doctor") == 0
    assert run("doctor", "--repair") == 0
    assert "Nothing was damaged." in capfd.readouterr().out


def test_a_library_in_use_is_neither_examined_nor_repaired(
    run: Run, answer: Answer, library: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with Library.open(library, model="none"):
        assert not answer("doctor")["library"]["examined"]
        assert run("doctor", "--repair") == 2
    assert "close it and try again" in capfd.readouterr().err


def test_what_a_killed_process_left_does_not_lock_the_library(
    run: Run, answer: Answer, library: Path
) -> None:
    (library / "library.pid").write_text("1")  # another program has its number by now
    assert answer("doctor")["library"]["examined"]
    assert run("doctor", "--repair") == 0
