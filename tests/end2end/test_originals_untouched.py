"""No command writes to an original, whatever is done with it, and none needs to."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from album_of_all import BROKEN, READ, State, draw_album, states

from inphotos.cli import main


class Commands:
    """Runs commands on one library, and returns what they say."""

    def __init__(self, library: Path, model: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self._own = ["--library", str(library), "--model", str(model), "--json"]
        self._capfd = capfd

    def __call__(self, *words: object) -> Any:
        self._capfd.readouterr()
        status = main([*self._own, *map(str, words)])
        said = self._capfd.readouterr()
        assert status == 0, (words, said.err)
        return json.loads(said.out)


def go_through_everything(call: Commands, album: Path, place: Path) -> None:
    """Give every command that has to do with photos."""
    summary = call("index", album)
    assert (summary["indexed"], len(summary["failed"])) == (READ, BROKEN)
    photo, other = album / "photo.jpg", album / "trip" / "turned.jpg"
    assert len(call("search", "a boat", "--top", 50)["results"]) == READ
    assert call("search", "rating:>=3")["total"] == 2
    assert call("similar", photo)["results"]
    assert call("distance", photo, other)["cosine"] <= 1
    assert call("info", album / "trip" / "rated.jpg", "--query", "a boat")
    assert call("duplicates")
    call("mark", photo, album / "photo.heic", other, "--favorite", "--rating", 4, "--tag", "sea")
    assert call("search", "tag:sea is:favorite")["total"] == 3
    call("searches", "save", "sea", "tag:sea")
    call("export", place / "copies", "--top", 50, "a boat")
    assert len([p for p in (place / "copies").iterdir() if p.suffix != ".xmp"]) == READ
    (place / "sea.json").write_text(
        json.dumps({"queries": [{"query": "tag:sea", "photos": ["photo.jpg"]}]})
    )
    call("eval", place / "sea.json", "--photos", album)
    call("bench", "decode", "--seconds", 0.001, "--photos", 100, "--on", "library")
    call("doctor")
    call("index", "--retry")
    call("index", "--exclude", "trip", album)
    call("compact")
    call("forget", album)
    call("compact")
    assert call("status")["photos"] == 0


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def album(place: Path) -> Path:
    return draw_album(place / "album")


def changed(before: dict[str, State], after: dict[str, State]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_no_command_changes_anything_about_a_photo(
    album: Path, place: Path, tiny_clip: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = states(album)
    go_through_everything(Commands(place / "library", tiny_clip, capfd), album, place)
    assert states(album) == before


def test_with_sidecars_only_these_are_written_and_only_of_marked_photos(
    album: Path, place: Path, tiny_clip: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    call = Commands(place / "library", tiny_clip, capfd)
    before = states(album)
    call("index", album)
    main(["--library", str(place / "library"), "mark", "--sidecars"])
    trip = album / "trip"
    call("mark", album / "photo.heic", trip / "rated.jpg", trip / "twice.jpg", "--tag", "sea")
    call("index")
    marked = {"photo.heic.xmp", "trip/rated.xmp", "trip/twice.jpg.xmp"}
    folders = {".", "trip"}  # what a file was added to, or replaced in
    assert changed(before, states(album)) - folders == {str(Path(name)) for name in marked}
    assert call("search", "tag:sea")["total"] == 3


@pytest.fixture
def closed(album: Path) -> Iterator[Path]:
    """The album where nobody may write to it: for root, who may do all, on a read-only mount."""
    if os.geteuid() != 0:
        for path in (*album.rglob("*"), album):
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield album
        for path in (album, *album.rglob("*")):
            path.chmod(0o755)
        return
    bind = ["mount", "--bind", album, album]
    if shutil.which("mount") is None or subprocess.run(bind, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", album], check=True)
        yield album
    finally:
        subprocess.run(["umount", album], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="takes the rights of Unix")
def test_everything_works_on_an_album_that_may_not_be_written_to(
    closed: Path, place: Path, tiny_clip: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(OSError, match=r"Permission denied|Read-only"):
        (closed / "new").touch()
    before = states(closed)
    go_through_everything(Commands(place / "library", tiny_clip, capfd), closed, place)
    assert states(closed) == before
