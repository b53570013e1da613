"""Moved, copied, touched and edited photos: what is known of them is kept, what is not, is made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import MakePhoto
from library_runs import CountingEncoder, found, ids, rows, run, shown, vector

from inphotos.events import PhotosFound
from inphotos.indexing.order import Order
from inphotos.library import Library
from inphotos.library.equipped import EquippedModel
from inphotos.photos.decode import content_digest

Paths = Callable[[], list[Path]]


def copy_anew(source: Path, target: Path) -> None:
    """Copy as most programs do: the copy has a time of its own."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())
    touch(target)


def touch(path: Path) -> None:
    later = path.stat().st_mtime_ns + 5_000_000_000
    os.utime(path, ns=(later, later))


def test_a_moved_photo_keeps_its_row_and_is_not_even_read(
    known: Library, photos: Path, outcomes: list
) -> None:
    before = ids(known)
    (photos / "a.jpg").rename(photos / "trip" / "renamed.jpg")
    summary = run(known)
    assert (summary.moved, summary.indexed, summary.removed, summary.missing) == (1, 0, 0, 0)
    assert outcomes == []
    after = ids(known)
    assert after[photos / "trip" / "renamed.jpg"] == before[photos / "a.jpg"]
    assert photos / "a.jpg" not in after


def test_a_moved_directory_keeps_its_rows(known: Library, photos: Path, outcomes: list) -> None:
    before = ids(known)
    (photos / "trip").rename(photos / "holiday")
    summary = run(known)
    assert (summary.moved, summary.removed) == (2, 0)
    assert outcomes == []
    assert ids(known)[photos / "holiday" / "d.jpg"] == before[photos / "trip" / "d.jpg"]
    assert photos / "holiday" / "d.jpg" in found(known)


def test_a_photo_moved_to_another_folder_keeps_its_row(
    known: Library, photos: Path, tmp_path: Path, outcomes: list
) -> None:
    before = ids(known)
    other = tmp_path / "other"
    other.mkdir()
    known.add_folder(other)
    (photos / "a.jpg").rename(other / "a.jpg")
    assert run(known).moved == 1
    assert outcomes == []
    assert ids(known)[other / "a.jpg"] == before[photos / "a.jpg"]
    assert [folder.photos for folder in known.folders()] == [4, 1]


def test_a_photo_renamed_onto_another_one_replaces_it(
    known: Library, photos: Path, outcomes: list
) -> None:
    before = ids(known)
    (photos / "trip" / "d.jpg").replace(photos / "a.jpg")
    summary = run(known)
    assert (summary.moved, summary.removed, summary.missing) == (1, 1, 0)
    assert outcomes == []
    assert ids(known)[photos / "a.jpg"] == before[photos / "trip" / "d.jpg"]
    assert len(found(known)) == 4


def test_two_photos_that_swap_names_swap_rows(
    known: Library, photos: Path, tmp_path: Path, outcomes: list
) -> None:
    before = ids(known)
    (photos / "a.jpg").rename(tmp_path / "aside")
    (photos / "trip" / "d.jpg").rename(photos / "a.jpg")
    (tmp_path / "aside").rename(photos / "trip" / "d.jpg")
    summary = run(known)
    assert (summary.moved, summary.removed) == (2, 0)
    assert outcomes == []
    after = ids(known)
    assert after[photos / "a.jpg"] == before[photos / "trip" / "d.jpg"]
    assert after[photos / "trip" / "d.jpg"] == before[photos / "a.jpg"]


def test_two_photos_that_swap_contents_are_read_and_not_encoded(
    known: Library, photos: Path, encoder: CountingEncoder, decoded: Paths
) -> None:
    before = ids(known)
    first, second = photos / "a.jpg", photos / "trip" / "d.jpg"
    one, other = first.read_bytes(), second.read_bytes()
    vectors = vector(known, first), vector(known, second)
    first.write_bytes(other)
    second.write_bytes(one)
    touch(first)
    touch(second)
    summary = run(known)
    assert (summary.moved, summary.indexed) == (2, 0)
    assert decoded() == encoder.given == []
    assert ids(known) == {**before, first: before[second], second: before[first]}
    assert np.array_equal(vector(known, first), vectors[1])
    assert np.array_equal(vector(known, second), vectors[0])


@pytest.mark.parametrize("keeps_time", [True, False])
def test_a_photo_moved_across_file_systems_keeps_its_row(
    known: Library,
    photos: Path,
    keeps_time: bool,
    encoder: CountingEncoder,
    decoded: Paths,
    only_read: Paths,
) -> None:
    before = ids(known)
    target = photos / "trip" / "moved.jpg"
    (shutil.copy2 if keeps_time else copy_anew)(photos / "a.jpg", target)
    assert target.stat().st_ino != (photos / "a.jpg").stat().st_ino
    (photos / "a.jpg").unlink()
    summary = run(known)
    assert (summary.moved, summary.indexed, summary.removed) == (1, 0, 0)
    assert decoded() == encoder.given == []
    assert only_read() == [target]
    assert ids(known)[target] == before[photos / "a.jpg"]


def test_a_copy_is_a_photo_of_its_own_and_is_not_encoded_again(
    known: Library, photos: Path, encoder: CountingEncoder, decoded: Paths
) -> None:
    before = ids(known)
    copy_anew(photos / "a.jpg", photos / "copy.jpg")
    summary = run(known)
    assert (summary.moved, summary.indexed, summary.unchanged) == (0, 1, 5)
    assert decoded() == encoder.given == []
    after = ids(known)
    assert {path: after[path] for path in before} == before
    assert after[photos / "copy.jpg"] not in before.values()
    assert np.array_equal(vector(known, photos / "copy.jpg"), vector(known, photos / "a.jpg"))
    assert known.details(photos / "a.jpg").copies == (photos / "copy.jpg",)
    assert known.details(photos / "copy.jpg").width == 96


def test_copies_that_come_together_are_encoded_once(
    known: Library, photos: Path, make_photo: MakePhoto, encoder: CountingEncoder
) -> None:
    make_photo(photos / "new.jpg", size=(100, 70))
    for n in range(20):  # more than a batch
        copy_anew(photos / "new.jpg", photos / f"copy {n}.jpg")
    assert run(known).indexed == 21
    assert len(encoder.given) == 1
    assert len(found(known)) == 26


def test_a_second_name_of_one_file_is_a_copy(
    known: Library, photos: Path, encoder: CountingEncoder
) -> None:
    os.link(photos / "a.jpg", photos / "link.jpg")
    summary = run(known)
    assert (summary.moved, summary.indexed) == (0, 1)
    assert encoder.given == []
    assert len(found(known)) == 6


def test_a_touched_photo_is_read_and_neither_decoded_nor_encoded(
    known: Library, photos: Path, encoder: CountingEncoder, decoded: Paths, only_read: Paths
) -> None:
    before = ids(known)
    touch(photos / "a.jpg")
    summary = run(known)
    assert (summary.unchanged, summary.indexed, summary.moved) == (5, 0, 0)
    assert decoded() == encoder.given == []
    assert only_read() == [photos / "a.jpg"]
    assert ids(known) == before
    run(known)
    assert only_read() == []


def test_the_model_is_not_loaded_for_what_needs_no_encoding(
    tmp_path: Path, photos: Path, tiny_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        library.add_folder(photos)
        run(library)
    loaded = []
    monkeypatch.setattr(EquippedModel, "encoder", lambda self: loaded.append(self))
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        touch(photos / "a.jpg")
        copy_anew(photos / "b.png", photos / "copy.png")
        (photos / "c.webp").rename(photos / "moved.webp")
        assert run(library).found == 6
        assert library.status().indexed == 6
    assert loaded == []


def test_an_edited_photo_keeps_its_id_and_loses_what_every_model_made_of_it(
    tmp_path: Path, photos: Path, tiny_clip: Path, tiny_mobilenet: Path, make_photo: MakePhoto
) -> None:
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        library.add_folder(photos)
        run(library)
        before = ids(library)
    with Library.open(tmp_path / "library", model=str(tiny_mobilenet)) as library:
        run(library)
        make_photo(photos / "a.jpg", seed=77, size=(64, 64))
        touch(photos / "a.jpg")
        assert run(library).indexed == 1
        assert ids(library) == before
        assert library.details(photos / "a.jpg").width == 64
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        assert library.status().indexed == 4
        assert library._used.index.vector(before[photos / "a.jpg"]) is None


def test_a_photo_edited_into_another_one_is_a_copy_of_it(
    known: Library, photos: Path, encoder: CountingEncoder
) -> None:
    before = ids(known)
    (photos / "a.jpg").write_bytes((photos / "trip" / "d.jpg").read_bytes())
    touch(photos / "a.jpg")
    summary = run(known)
    assert (summary.indexed, summary.moved, summary.removed) == (1, 0, 0)
    assert encoder.given == []
    assert ids(known) == before
    assert np.array_equal(vector(known, photos / "a.jpg"), vector(known, photos / "trip" / "d.jpg"))


def test_a_copy_stays_when_the_original_is_deleted(known: Library, photos: Path) -> None:
    copy_anew(photos / "a.jpg", photos / "copy.jpg")
    run(known)
    before = ids(known)
    (photos / "a.jpg").unlink()
    summary = run(known)
    assert (summary.removed, summary.moved) == (1, 0)
    del before[photos / "a.jpg"]
    assert ids(known) == before
    assert found(known) == set(before)


def test_a_photo_that_is_moved_and_copied_at_once_is_itself_and_a_copy(
    known: Library, photos: Path, encoder: CountingEncoder
) -> None:
    before = ids(known)
    copy_anew(photos / "a.jpg", photos / "copy.jpg")
    (photos / "a.jpg").rename(photos / "moved.jpg")
    summary = run(known)
    assert (summary.moved, summary.indexed, summary.removed) == (1, 1, 0)
    assert encoder.given == []
    after = ids(known)
    assert after[photos / "moved.jpg"] == before[photos / "a.jpg"]
    assert len(after) == len(set(after.values())) == 6


def test_a_photo_set_aside_while_a_new_one_takes_its_name_keeps_its_row(
    known: Library, photos: Path, make_photo: MakePhoto, encoder: CountingEncoder
) -> None:
    before = ids(known)
    kept = vector(known, photos / "a.jpg")
    (photos / "a.jpg").rename(photos / "a original.jpg")
    make_photo(photos / "a.jpg", seed=5, size=(120, 80))
    touch(photos / "a.jpg")
    summary = run(known)
    assert (summary.moved, summary.indexed, summary.removed) == (1, 1, 0)
    assert len(encoder.given) == 1
    after = ids(known)
    assert after[photos / "a original.jpg"] == before[photos / "a.jpg"]
    assert after[photos / "a.jpg"] not in before.values()
    assert np.array_equal(vector(known, photos / "a original.jpg"), kept)
    assert not np.allclose(vector(known, photos / "a.jpg"), kept, atol=1e-4)


def test_a_new_file_under_the_old_name_that_cannot_be_read_takes_nothing_along(
    known: Library, photos: Path
) -> None:
    before = ids(known)
    (photos / "a.jpg").rename(photos / "moved.jpg")
    (photos / "a.jpg").write_text("no photo")
    summary = run(known)
    assert [path for path, _ in summary.failed] == [photos / "a.jpg"]
    assert ids(known)[photos / "moved.jpg"] == before[photos / "a.jpg"]
    assert photos / "moved.jpg" in found(known)


def test_copies_made_before_many_photos_were_edited_are_not_encoded(
    library: Library,
    photos: Path,
    make_photo: MakePhoto,
    encoder: CountingEncoder,
) -> None:
    count = 20  # two batches
    for n in range(count):
        make_photo(photos / f"{n:02}.png", size=(40, 40), compress_level=0)
    library.add_folder(photos)
    run(library)
    encoder.given.clear()
    former = {n: vector(library, photos / f"{n:02}.png") for n in range(count)}
    for n in range(count):
        copy_anew(photos / f"{n:02}.png", photos / "before" / f"{n:02}.png")
        make_photo(photos / f"{n:02}.png", size=(40, 40), seed=1000 + n, compress_level=0)
        touch(photos / f"{n:02}.png")
    assert run(library).indexed == 2 * count
    assert len(encoder.given) == count
    for n in range(count):
        assert np.array_equal(vector(library, photos / "before" / f"{n:02}.png"), former[n])


def test_more_overwritten_photos_than_are_kept_at_hand_cost_only_work(
    known: Library, photos: Path, make_photo: MakePhoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inphotos.indexing import reading, records

    monkeypatch.setattr(records, "_MOST_OVERWRITTEN", 0)
    monkeypatch.setattr(reading, "BATCH", 1)
    kept = vector(known, photos / "a.jpg")
    copy_anew(photos / "a.jpg", photos / "copy.jpg")
    make_photo(photos / "a.jpg", seed=5, size=(120, 80))
    os.utime(photos / "a.jpg", (4_000_000_000, 4_000_000_000))  # the newest is read first
    assert run(known).indexed == 2
    assert np.allclose(vector(known, photos / "copy.jpg"), kept, atol=1e-4)


def test_numbers_of_files_alone_prove_nothing(
    library: Library, photos: Path, make_photo: MakePhoto, only_read: Paths
) -> None:
    """FAT has no numbers of files: Linux makes them up, and anew at each mount."""
    paths = [photos / f"{n}.png" for n in range(2)]
    for n, path in enumerate(paths):
        make_photo(path, size=(40, 40), seed=n, compress_level=0)
        os.utime(path, (1_000_000_000, 1_000_000_000))
    library.add_folder(photos)
    run(library)
    before, vectors = ids(library), [vector(library, path) for path in paths]
    first, second = (rows(library)[before[path]] for path in paths)
    assert first.size == second.size
    library._catalog.put([replace(first, inode=second.inode), replace(second, inode=first.inode)])
    moved = [path.rename(photos / f"moved {path.name}") for path in paths]
    assert run(library).moved == 2
    assert only_read() == sorted(moved)
    for path, former, kept in zip(moved, paths, vectors, strict=True):
        assert ids(library)[path] == before[former]
        assert np.array_equal(vector(library, path), kept)


def test_a_photo_that_was_stored_unread_makes_room_for_one_that_moved_there(
    known: Library, photos: Path
) -> None:
    before = ids(known)
    copy_anew(photos / "a.jpg", photos / "moved.jpg")
    interrupted = known.index()
    while not isinstance(next(interrupted), PhotosFound):
        pass
    interrupted.close()
    assert photos / "moved.jpg" in shown(known)
    (photos / "a.jpg").unlink()
    assert run(known).moved == 1
    assert ids(known)[photos / "moved.jpg"] == before[photos / "a.jpg"]
    assert len(known.browse(top=9).results) == 5


def test_a_photo_that_is_back_is_not_taken_for_the_origin_of_its_copy(
    known: Library, photos: Path
) -> None:
    before = ids(known)
    known.exclude(photos, ["a.jpg"])
    run(known)
    copy_anew(photos / "a.jpg", photos / "trip" / "copy.jpg")
    known.exclude(photos, [])
    run(known)
    after = ids(known)
    assert after[photos / "a.jpg"] == before[photos / "a.jpg"]
    assert after[photos / "trip" / "copy.jpg"] not in before.values()


def test_photos_of_one_size_are_told_apart_by_their_content(
    known: Library, photos: Path, make_photo: MakePhoto, encoder: CountingEncoder
) -> None:
    for n in range(3):
        make_photo(photos / f"{n}.png", size=(40, 40), seed=n, compress_level=0)
    run(known)
    encoder.given.clear()
    before = ids(known)
    (photos / "0.png").unlink()
    make_photo(photos / "new.png", size=(40, 40), seed=9, compress_level=0)
    summary = run(known)
    assert (summary.moved, summary.indexed, summary.removed) == (0, 1, 1)
    assert len(encoder.given) == 1
    assert ids(known)[photos / "new.png"] not in before.values()
    [row] = [r for r in rows(known).values() if r.path == photos / "new.png"]
    assert row.content == content_digest((photos / "new.png").read_bytes())


def test_a_photo_moved_between_directories_of_which_one_is_looked_at_keeps_its_row(
    known: Library, photos: Path, outcomes: list
) -> None:
    before = ids(known)
    (photos / "a.jpg").rename(photos / "trip" / "a.jpg")
    assert run(known, Order(scope={photos: ["trip"]})).moved == 1
    assert outcomes == []
    assert ids(known)[photos / "trip" / "a.jpg"] == before[photos / "a.jpg"]
    assert len(shown(known)) == 5
