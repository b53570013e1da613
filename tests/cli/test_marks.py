"""The command that marks photos."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from metadata_files import xmp

Run = Callable[..., int]
Answer = Callable[..., Any]


def test_photos_are_marked_found_and_unmarked(
    run: Run, answer: Answer, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer("index", photos)
    a, b = photos / "a.jpg", photos / "b.png"
    (first, second) = answer("mark", a, b, "--favorite", "--rating", 4, "--tag", "new year")
    assert first == {"path": str(a), "favorite": True, "rating": 4, "tags": ["new year"]}
    assert second["path"] == str(b)
    found = answer("search", 'is:favorite tag:"New Year" rating:4+')
    assert {row["path"] for row in found["results"]} == {str(a), str(b)}
    answer("mark", b, "--no-favorite", "--rating", "none", "--untag", "NEW YEAR", "--tag", "x")
    document = answer("info", b)
    assert (document["favorite"], document["user_rating"], document["tags"]) == (False, None, ["x"])
    capfd.readouterr()
    assert run("info", a) == 0
    lines = capfd.readouterr().out.splitlines()
    assert {"favorite     yes", "rating       4 of 5", "tags         new year"} <= set(lines)
    assert run("mark", b, "--untag", "x") == 0
    assert capfd.readouterr().out == f"{b}: no marks\n"


def test_a_rating_of_the_file_is_told_until_the_user_gives_one(
    answer: Answer, photos: Path
) -> None:
    (photos / "a.jpg.xmp").write_bytes(xmp(xmp_Rating=2))
    answer("index", photos)
    document = answer("info", photos / "a.jpg")
    assert (document["rating"], document["user_rating"]) == (2, None)
    (row,) = answer("mark", photos / "a.jpg", "--favorite")
    assert row["rating"] == 2
    (row,) = answer("mark", photos / "a.jpg", "--rating", "5")
    assert row["rating"] == 5


def test_sidecars_are_written_once_that_is_wanted(
    run: Run, answer: Answer, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer("index", photos)
    assert run("mark", "--sidecars") == 0
    assert run("mark", photos / "a.jpg", "--rating", "3") == 0
    assert b'xmp:Rating="3"' in (photos / "a.jpg.xmp").read_bytes()
    (photos / "a.jpg.xmp").write_bytes(b"?")
    capfd.readouterr()
    assert run("mark", photos / "a.jpg", "--rating", "4") == 0
    assert "a.jpg.xmp makes no sense" in capfd.readouterr().err
    assert run("mark", photos / "b.png", "--rating", "4", "--no-sidecars") == 0
    assert not (photos / "b.png.xmp").exists()


def test_wrong_use_is_told_in_a_sentence_and_changes_nothing(
    run: Run, answer: Answer, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer("index", photos)
    for words, sentence in (
        ((photos / "a.jpg", photos / "zzz.jpg", "--favorite"), "zzz.jpg is not in the library"),
        ((photos / "a.jpg",), "Say how to mark the photos"),
        (("--favorite",), "Name the photos to mark"),
        ((), "Name the photos to mark"),
    ):
        capfd.readouterr()
        assert run("mark", *words) == 2
        captured = capfd.readouterr()
        assert (captured.out, len(captured.err.splitlines())) == ("", 1)
        assert sentence in captured.err
    with pytest.raises(SystemExit):
        run("mark", photos / "a.jpg", "--rating", "6")
    assert "neither a number from 0 to 5 nor 'none'" in capfd.readouterr().err
    assert answer("search", "is:favorite")["results"] == []
