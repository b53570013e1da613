"""Listing and folding photos that are alike on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from photos_alike import write_album

Run = Callable[..., int]
Answer = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    """An indexed folder with copies, near-duplicates, a burst, and photos that are alone."""
    made = tmp_path / "photos"
    write_album(made)
    assert run("-q", "index", made) == 0
    return made


def names(group: dict[str, Any]) -> list[str]:
    return [Path(photo["path"]).name for photo in group["photos"]]


def test_lists_the_groups_by_kind(folder: Path, answer: Answer) -> None:
    document = answer("duplicates")
    assert list(document) == ["groups", "photos", "bytes"]
    copies, near, burst = document["groups"]
    assert [group["kind"] for group in document["groups"]] == ["copies", "near", "burst"]
    assert sorted(names(copies)) == ["copy 1.jpg", "copy 2.jpg", "copy 3.jpg"]
    assert sorted(names(near)) == [
        "near bright.png",
        "near cut.webp",
        "near large.jpg",
        "near small.jpg",
    ]
    assert sorted(names(burst)) == ["burst 0.jpg", "burst 1.jpg", "burst 2.jpg"]
    assert document["photos"] == 10
    assert document["bytes"] == 2 * (folder / "copy 1.jpg").stat().st_size


def test_the_best_photo_comes_first(folder: Path, answer: Answer) -> None:
    [near] = answer("duplicates", "--kind", "near")["groups"]
    assert names(near)[0] == "near bright.png"  # as large as another one, and the most bytes
    assert names(near)[-1] == "near small.jpg"
    first = near["photos"][0]
    assert list(first) == ["path", "width", "height", "bytes", "taken"]
    assert (first["width"], first["height"]) == (960, 640)
    assert first["bytes"] == (folder / "near bright.png").stat().st_size
    [burst] = answer("duplicates", "--kind", "bursts")["groups"]
    assert {photo["taken"] for photo in burst["photos"]} == {
        f"2023-07-01T12:00:0{second}" for second in range(3)
    }


def test_people_read_it_too(folder: Path, run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("duplicates", "--kind", "copies") == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "copies, 3 photos"
    assert all(line.startswith("    480 x 320 ") for line in lines[1:4])
    assert {line.rpartition("  ")[2] for line in lines[1:4]} == {
        str(folder / name) for name in ("copy 1.jpg", "copy 2.jpg", "sub/copy 3.jpg")
    }
    assert lines[4].startswith("1 groups, 3 photos; copies of the same content take 0.")


def test_says_so_when_nothing_is_alike(
    tmp_path: Path, photos: Path, run: Run, answer: Answer, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("duplicates") == 1
    assert "No photos of the library are alike." in capfd.readouterr().err
    assert run("-q", "index", photos) == 0
    capfd.readouterr()
    assert run("duplicates", "--kind", "copies") == 1
    assert answer("duplicates", "--kind", "copies") == {"groups": [], "photos": 0, "bytes": 0}


def test_duplicates_are_copies_and_near_duplicates(folder: Path, answer: Answer) -> None:
    found = {Path(row["path"]).name[:4] for row in answer("search", "is:duplicate")["results"]}
    assert found == {"copy", "near"}
    assert answer("search", "is:duplicate")["total"] == 7


def test_a_search_can_be_folded(
    folder: Path, run: Run, answer: Answer, capfd: pytest.CaptureFixture[str]
) -> None:
    plain = answer("search", "boat")
    assert plain["total"] == 12
    assert list(plain["results"][0]) == ["rank", "path", "score", "match"]
    folded = answer("search", "boat", "--fold")
    assert folded["total"] == 5
    assert sorted(row["alike"] for row in folded["results"]) == [1, 1, 3, 3, 4]
    pages = [answer("search", "boat", "--fold", "--top", 2, "--offset", n) for n in (0, 2, 4)]
    assert [row for page in pages for row in page["results"]] == folded["results"]
    assert run("search", "boat", "--fold") == 0
    assert "  (+ 3 alike)" in capfd.readouterr().out
    filtered = answer("search", "boat ext:jpg", "--fold")
    assert sorted(row["alike"] for row in filtered["results"]) == [1, 1, 2, 3, 3]
    listed = answer("search", "folder:sub OR name:near*", "--fold")
    assert sorted(row["alike"] for row in listed["results"]) == [1, 4]
