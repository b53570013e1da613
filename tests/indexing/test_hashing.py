"""Perceptual hashes of photos, when they are read and afterwards."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from library_runs import rows, run
from photos_alike import picture
from PIL import Image

from inphotos.errors import CancelledError
from inphotos.events import Control
from inphotos.indexing import hashing
from inphotos.library import Library
from inphotos.phash import FLAT, NOT_HASHED, phash


@pytest.fixture
def folder(tmp_path: Path, library: Library) -> Path:
    """An indexed folder with four photos, of which one is flat and two are copies."""
    made = tmp_path / "photos"
    made.mkdir()
    for seed in (1, 2):
        picture(seed).save(made / f"{seed}.jpg", quality=95)
    shutil.copyfile(made / "1.jpg", made / "copy.jpg")
    Image.new("RGB", (90, 60), "navy").save(made / "flat.png")
    library.add_folder(made)
    run(library)
    return made


def hashes(library: Library) -> dict[str, int]:
    return {photo.path.name: photo.phash for photo in rows(library).values()}


def forget_hashes(library: Library) -> None:
    """Make the library one whose photos were read before there were hashes."""
    with library._database.transaction():
        library._catalog.put([replace(p, phash=NOT_HASHED) for p in rows(library).values()])


def test_photos_are_hashed_when_they_are_read(library: Library, folder: Path) -> None:
    known = hashes(library)
    assert (known["1.jpg"] ^ phash(picture(1))).bit_count() <= 2
    assert known["1.jpg"] == known["copy.jpg"] != known["2.jpg"]
    assert known["flat.png"] == FLAT
    shutil.copyfile(folder / "2.jpg", folder / "late copy.jpg")  # read, and not decoded
    (folder / "1.jpg").rename(folder / "moved.jpg")
    picture(3).save(folder / "flat.png")  # another picture under the same name
    run(library)
    now = hashes(library)
    assert now["late copy.jpg"] == known["2.jpg"]
    assert now["moved.jpg"] == known["1.jpg"]
    assert (now["flat.png"] ^ phash(picture(3))).bit_count() <= 2


def test_a_photo_that_cannot_be_read_any_more_has_no_hash(library: Library, folder: Path) -> None:
    (folder / "2.jpg").write_bytes(b"")
    run(library)
    assert hashes(library)["2.jpg"] == NOT_HASHED


def test_photos_of_old_libraries_are_hashed_from_their_thumbnails(
    library: Library, folder: Path, decoded, only_read
) -> None:
    known = hashes(library)
    forget_hashes(library)
    decoded(), only_read()
    for original in folder.iterdir():
        original.rename(original.with_name(f"{original.name}.away"))  # they are not opened
    run(library)
    now = hashes(library)
    assert decoded() == only_read() == []
    for name, hash_ in known.items():
        assert (now[name] ^ hash_).bit_count() <= 2
        assert (now[name] == FLAT) == (hash_ == FLAT)


def test_a_thumbnail_that_is_not_there_is_waited_for(library: Library, folder: Path) -> None:
    known = hashes(library)
    forget_hashes(library)
    by_name = {photo.path.name: photo for photo in rows(library).values()}
    small = library._thumbnails.path(by_name["1.jpg"].content, 256)
    small.unlink()  # the large one serves as well
    library._thumbnails.path(by_name["flat.png"].content, 256).write_bytes(b"\xff\xd8\xffcut off")
    library._thumbnails.remove(by_name["2.jpg"].content)
    run(library)
    now = hashes(library)
    assert (now["1.jpg"] ^ known["1.jpg"]).bit_count() <= 2
    assert now["flat.png"] == FLAT
    assert now["2.jpg"] == NOT_HASHED
    assert library.thumbnails.get(folder / "2.jpg", by_name["2.jpg"].content, 256)
    run(library)
    assert (hashes(library)["2.jpg"] ^ known["2.jpg"]).bit_count() <= 2


def test_what_is_hashed_when_it_is_cancelled_stays(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_hashes(library)
    monkeypatch.setattr(hashing, "_CHUNK", 1)
    control = Control()
    with pytest.raises(CancelledError):
        for event in library.index(control):
            if hashes(library)["1.jpg"] != NOT_HASHED:
                assert event
                control.cancel()
    known = hashes(library)
    assert 0 < list(known.values()).count(NOT_HASHED) < 4
    run(library)
    assert NOT_HASHED not in hashes(library).values()
