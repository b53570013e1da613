"""Finding photos below a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import MakePhoto

from inphotos.errors import FolderError
from inphotos.photos.scan import Scan, check_folder


def names(folder: Path) -> list[str]:
    return [os.path.relpath(found.path, folder) for found in Scan(folder)]


def test_finds_photos_at_every_depth_in_a_stable_order(photos: Path) -> None:
    assert names(photos) == ["a.jpg", "b.png", "c.webp", "trip/d.jpg", "trip/e.jpg"]


def test_reports_size_and_time_of_each_file(photos: Path) -> None:
    found = next(iter(Scan(photos)))
    info = (photos / "a.jpg").stat()
    assert (found.size, found.mtime_ns) == (info.st_size, info.st_mtime_ns)


def test_passes_over_what_is_not_a_photo_or_not_the_users(
    tmp_path: Path, make_photo: MakePhoto
) -> None:
    (tmp_path / "notes.txt").write_text("not a photo")
    (tmp_path / "folder.jpg").mkdir()
    for name in (".hidden.jpg", "._a.jpg", ".cache/a.jpg", "@eaDir/a.jpg", "$RECYCLE.BIN/a.jpg"):
        make_photo(tmp_path / name, format="JPEG")
    make_photo(tmp_path / "UPPER.JPG")
    assert names(tmp_path) == ["UPPER.JPG"]


def test_a_loop_of_links_ends_and_a_folder_reached_twice_counts_once(photos: Path) -> None:
    (photos / "trip" / "loop").symlink_to(photos)
    (photos / "trip" / "self").symlink_to("self")
    (photos / "again").symlink_to(photos / "trip")
    (photos / "dangling.jpg").symlink_to(photos / "nothing.jpg")
    assert len(names(photos)) == 5


def test_names_of_any_bytes_are_found(tmp_path: Path, make_photo: MakePhoto) -> None:
    wanted = ["with space.jpg", "quo\"te's.jpg", "😀 été.jpg", "new\nline.jpg", "-dash.jpg"]
    for name in wanted:
        make_photo(tmp_path / name)
    odd = os.fsdecode(b"caf\xe9-\xff.jpg")
    make_photo(tmp_path / odd)
    assert sorted(names(tmp_path)) == sorted([*wanted, odd])


def test_a_directory_that_may_not_be_listed_is_reported(
    ordinary_user: Path, make_photo: MakePhoto
) -> None:
    make_photo(ordinary_user / "a.jpg")
    make_photo(ordinary_user / "closed" / "b.jpg")
    (ordinary_user / "closed").chmod(0)
    scan = Scan(ordinary_user)
    assert [found.path for found in scan] == [ordinary_user / "a.jpg"]
    assert scan.unreadable == [ordinary_user / "closed"]
    with pytest.raises(FolderError, match="may not be read; check its permissions"):
        check_folder(ordinary_user / "closed")


def test_a_root_that_is_away_is_reported(tmp_path: Path) -> None:
    scan = Scan(tmp_path / "away")
    assert list(scan) == []
    assert scan.unreadable == [tmp_path / "away"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("nothing", "There is no folder"), ("file", "is not a folder"), ("nul\0", "cannot be read")],
)
def test_a_folder_that_cannot_be_used_is_refused_with_a_sentence(
    tmp_path: Path, name: str, sentence: str
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderError, match=sentence):
        check_folder(tmp_path / name)


def test_a_folder_is_made_absolute(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(photos)
    assert check_folder(Path("trip/../trip")) == photos / "trip"
