"""Copying the photos that match a query on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., int]
Answer = Callable[..., Any]


@pytest.fixture
def indexed(photos: Path, run: Run) -> Path:
    """An indexed folder with five photos, two of them in a folder inside it."""
    assert run("-q", "index", photos) == 0
    return photos


def test_a_filter_copies_all_that_pass_it(indexed: Path, answer: Answer, tmp_path: Path) -> None:
    out = tmp_path / "out"
    document = answer("export", out, "folder:trip")
    assert list(document) == [
        "query",
        "directory",
        "exported",
        "unchanged",
        "failed",
        "bytes",
        "seconds",
    ]
    assert sorted(path.name for path in out.iterdir()) == ["d.jpg", "e.jpg"]
    assert {row["from"]: row["to"] for row in document["exported"]} == {
        str(indexed / "trip" / name): str(out / name) for name in ("d.jpg", "e.jpg")
    }
    assert document["bytes"] == sum(path.stat().st_size for path in out.iterdir())
    again = answer("export", out, "folder:trip")
    assert again["exported"] == []
    assert sorted(again["unchanged"]) == sorted(row["from"] for row in document["exported"])


def test_words_copy_what_matches_and_top_the_best(
    indexed: Path, answer: Answer, tmp_path: Path
) -> None:
    found = answer("search", "a boat", "--strictness=-1")["results"]
    matches = [row["path"] for row in found if row["match"] != "none"]
    document = answer("export", tmp_path / "out", "a boat", "--strictness=-1")
    assert [row["from"] for row in document["exported"]] == matches
    best = answer("export", tmp_path / "best", "a boat", "--top", 2)
    assert [row["from"] for row in best["exported"]] == [row["path"] for row in found[:2]]
    score = found[2]["score"]
    least = answer("export", tmp_path / "least", "a boat", "--min-score", score)
    assert [row["from"] for row in least["exported"]] == [row["path"] for row in found[:3]]


def test_nothing_is_done_where_nothing_matches(
    indexed: Path, run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("export", tmp_path / "out", "folder:nowhere") == 1
    assert "nothing was copied" in capfd.readouterr().err
    assert not (tmp_path / "out").exists()


def test_photos_that_cannot_be_copied_are_listed(
    indexed: Path, run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (indexed / "trip" / "d.jpg").unlink()
    assert run("export", tmp_path / "out", "folder:trip") == 0
    said = capfd.readouterr()
    assert f"{indexed / 'trip' / 'd.jpg'}: the file is not there" in said.err
    assert said.out.startswith(f"1 photo copied to {tmp_path / 'out'}, 1 could not be copied (")


def test_says_that_copies_in_a_folder_of_the_library_are_photos_of_it(
    indexed: Path, run: Run, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("export", indexed / "best", "folder:trip") == 0
    assert "the copies will be photos of it, too" in capfd.readouterr().err


def test_a_directory_that_is_none_is_told_in_a_sentence(
    indexed: Path, run: Run, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("-q", "export", indexed / "a.jpg", "folder:trip") == 2
    assert "choose another folder" in capfd.readouterr().err
