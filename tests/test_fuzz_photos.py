"""A small round of the fuzzing of the decoders, and an indexer among hostile files."""

from __future__ import annotations

import json
from pathlib import Path

import fuzz_photos
import pytest
from conftest import draw_photo
from fuzz.checking import REASONS

from inphotos.cli import main
from inphotos.photos.formats import is_photo


def test_nothing_escapes_from_three_hundred_hostile_files(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert fuzz_photos.main(["--files", "300", "--seed", "7"]) == 0
    said = capsys.readouterr().out
    assert "300 files in" in said
    assert "\n0 violations" in said


def test_the_indexer_lists_what_it_cannot_read_and_finds_the_rest(
    tmp_path: Path, tiny_clip: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    photos = tmp_path / "photos"
    fuzz_photos.write_folder(photos, 200, seed=11)
    draw_photo(photos / "sound.jpg")
    before = {path: path.read_bytes() for path in photos.iterdir()}

    def run(*words: str) -> dict:
        command = ["--library", str(tmp_path / "library"), "--model", str(tiny_clip), "--json"]
        assert main([*command, *words]) == 0
        return json.loads(capfd.readouterr().out)

    summary = run("index", str(photos))
    failed = {failure["path"]: failure["reason"] for failure in summary["failed"]}
    assert summary["found"] == sum(is_photo(path.name) for path in before)
    assert summary["indexed"] + len(failed) == summary["found"]
    assert all(REASONS.fullmatch(reason) for reason in failed.values())
    status = run("status")
    assert (status["failed"], status["indexed"]) == (len(failed), summary["indexed"])
    found = {row["path"] for row in run("search", "a cat", "--top", "300")["results"]}
    assert str(photos / "sound.jpg") in found
    assert found == {str(path) for path in before if is_photo(path.name)} - failed.keys()
    assert {path: path.read_bytes() for path in photos.iterdir()} == before
    again = run("index")
    assert (again["indexed"], again["unchanged"]) == (0, summary["found"])
    assert {failure["path"] for failure in again["failed"]} == failed.keys()
