"""Indexing folders into a library, with real photos, a real store and a small model."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import MakePhoto, as_ordinary_user
from library_runs import found, run, shown

from inphotos.errors import CancelledError, DiskFullError, FolderError, ModelNotInstalledError
from inphotos.events import Control, IndexSummary, PhotoFailed, PhotosIndexed, Progress
from inphotos.indexing import reading
from inphotos.library import Library
from inphotos.photos import decode


def test_indexes_what_is_there(library: Library, photos: Path) -> None:
    library.add_folder(photos)
    summary = run(library)
    assert (summary.found, summary.indexed, summary.unchanged) == (5, 5, 0)
    assert summary.failed == ()
    assert found(library) == shown(library) == set(photos.rglob("*.*"))
    for result in library.browse(top=10).results:
        assert library.thumbnails.find(result.content, 512) is not None
        assert (result.width, result.height) == (96, 64)


def test_a_second_run_reads_nothing(
    library: Library, photos: Path, outcomes: list[tuple[Path, object]]
) -> None:
    library.add_folder(photos)
    run(library)
    outcomes.clear()
    summary = run(library)
    assert (summary.indexed, summary.unchanged) == (0, 5)
    assert outcomes == []


def test_reports_progress_batches_and_a_summary(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 2)
    (photos / "broken.jpg").write_text("no photo")
    library.add_folder(photos)
    events = list(library.index())
    phases = [event.phase for event in events if isinstance(event, Progress)]
    assert phases[:2] == ["scanning", "loading"]
    assert set(phases[2:]) == {"indexing"}
    done = [event.done for event in events if isinstance(event, Progress) and event.total]
    assert done == sorted(done)
    assert done[-1] == 6
    ids = [id_ for event in events if isinstance(event, PhotosIndexed) for id_ in event.photo_ids]
    assert len(ids) == len(set(ids)) == 5
    [failure] = [event for event in events if isinstance(event, PhotoFailed)]
    assert failure.path == photos / "broken.jpg"
    assert isinstance(events[-1], IndexSummary)


def test_a_changed_photo_is_encoded_again_and_keeps_its_place(
    library: Library, photos: Path, make_photo: MakePhoto
) -> None:
    library.add_folder(photos)
    run(library)
    before = {r.path: r for r in library.browse(top=9).results}
    make_photo(photos / "a.jpg", seed=99, size=(120, 64))
    summary = run(library)
    assert (summary.indexed, summary.unchanged) == (1, 4)
    after = {r.path: r for r in library.browse(top=9).results}
    changed = after[photos / "a.jpg"]
    assert changed.photo_id == before[photos / "a.jpg"].photo_id
    assert changed.content != before[photos / "a.jpg"].content
    assert library.similar(photos / "a.jpg", top=9).total == 5


def test_a_deleted_photo_leaves_the_results_and_returns_without_encoding(
    library: Library, photos: Path, tmp_path: Path, outcomes: list[tuple[Path, object]]
) -> None:
    library.add_folder(photos)
    run(library)
    shutil.move(photos / "a.jpg", tmp_path / "a.jpg")
    assert run(library).removed == 1
    assert photos / "a.jpg" not in shown(library) | found(library)
    assert library.status().missing == 0
    outcomes.clear()
    shutil.move(tmp_path / "a.jpg", photos / "a.jpg")
    assert run(library).unchanged == 5
    assert outcomes == []
    assert photos / "a.jpg" in shown(library) & found(library)


def test_a_moved_folder_keeps_its_embeddings(
    library: Library, photos: Path, outcomes: list[tuple[Path, object]]
) -> None:
    library.add_folder(photos)
    run(library)
    ids = {r.photo_id for r in library.browse(top=9).results}
    outcomes.clear()
    (photos / "trip").rename(photos / "holiday")
    summary = run(library)
    assert (summary.moved, summary.indexed, summary.removed) == (2, 0, 0)
    assert outcomes == []
    assert {r.photo_id for r in library.browse(top=9).results} == ids
    assert photos / "holiday" / "d.jpg" in found(library)


def test_unreadable_photos_are_listed_with_reasons_and_stop_nothing(
    library: Library, photos: Path, outcomes: list[tuple[Path, object]]
) -> None:
    (photos / "text.jpg").write_text("no photo")
    (photos / "empty.jpg").write_bytes(b"")
    (photos / "phone.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(64))
    library.add_folder(photos)
    summary = run(library)
    assert summary.indexed == 5
    assert {path.name: why for path, why in summary.failed} == {
        "text.jpg": "it is not a picture, whatever its name says",
        "empty.jpg": "the file is empty",
        "phone.heic": "the file is damaged or of a rare kind",
    }
    assert len(library.failures()) == 3
    assert shown(library) == found(library)
    outcomes.clear()
    again = run(library)
    assert outcomes == []
    assert again.failed == summary.failed


def test_a_failure_is_tried_again_when_the_decoder_has_learnt_more(
    library: Library,
    photos: Path,
    monkeypatch: pytest.MonkeyPatch,
    outcomes: list[tuple[Path, object]],
) -> None:
    (photos / "text.jpg").write_text("no photo")
    library.add_folder(photos)
    run(library)
    outcomes.clear()
    from inphotos.indexing import changes, look

    for module in (changes, reading, look):
        monkeypatch.setattr(module, "DECODER_VERSION", decode.DECODER_VERSION + 1)
    run(library)
    assert [path for path, _ in outcomes] == [photos / "text.jpg"]


def test_a_repaired_photo_is_a_failure_no_more(
    library: Library, photos: Path, make_photo: MakePhoto
) -> None:
    (photos / "late.jpg").write_bytes(b"")
    library.add_folder(photos)
    run(library)
    make_photo(photos / "late.jpg")
    assert run(library).failed == ()
    assert photos / "late.jpg" in found(library)


def test_a_cancelled_run_keeps_its_batches_and_the_next_goes_on(
    library: Library,
    photos: Path,
    monkeypatch: pytest.MonkeyPatch,
    outcomes: list[tuple[Path, object]],
) -> None:
    monkeypatch.setattr(reading, "BATCH", 2)
    library.add_folder(photos)
    control = Control()
    with pytest.raises(CancelledError):
        for event in library.index(control):
            if isinstance(event, PhotosIndexed):
                control.cancel()
    kept = library.status().indexed
    assert 2 <= kept < 5  # the next batch too, if its encoding had begun
    outcomes.clear()
    summary = run(library)
    assert summary.indexed == len(outcomes) == 5 - kept
    assert found(library) == set(photos.rglob("*.*"))


def test_searching_finds_what_is_committed_while_indexing_goes_on(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 2)
    library.add_folder(photos)
    counts = [len(found(library)) for event in library.index() if isinstance(event, PhotosIndexed)]
    assert counts == [2, 4, 5]


def test_a_folder_that_is_away_loses_nothing(library: Library, photos: Path) -> None:
    library.add_folder(photos)
    run(library)
    photos.rename(photos.with_name("elsewhere"))
    summary = run(library)
    assert summary.offline == (photos,)
    assert summary.offline_photos == 5
    assert summary.removed == 0
    assert len(found(library)) == 5
    assert not library.folders()[0].online
    photos.mkdir()  # a mount point without its drive
    assert run(library).offline == (photos,)
    assert len(found(library)) == 5


def test_a_directory_that_may_not_be_read_is_told_and_loses_nothing(
    open_folder: Path, tiny_clip: Path, make_photo: MakePhoto
) -> None:
    make_photo(open_folder / "photos" / "a.jpg")
    closed = open_folder / "photos" / "closed"
    make_photo(closed / "b.jpg")
    with Library.open(open_folder / "library", model=str(tiny_clip)) as library:
        library.add_folder(open_folder / "photos")
        assert run(library).unreadable == ()
        closed.chmod(0)
        with as_ordinary_user(open_folder):
            summary = run(library)
        assert summary.unreadable == (closed,)
        assert summary.removed == 0
        assert len(found(library)) == 2


def test_each_model_has_an_index_of_its_own(
    tmp_path: Path, photos: Path, tiny_clip: Path, tiny_mobilenet: Path, make_photo: MakePhoto
) -> None:
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        library.add_folder(photos)
        assert run(library).indexed == 5
    with Library.open(tmp_path / "library", model=str(tiny_mobilenet)) as library:
        assert library.status().indexed == 0
        make_photo(photos / "a.jpg", seed=5)
        assert run(library).indexed == 5
        assert library.similar(photos / "a.jpg", top=9).total == 5
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        # What it knew of the photo that has changed meanwhile is not served any more.
        assert library.status().indexed == 4
        assert run(library).indexed == 1
        assert library.status().indexed == 5


def test_a_model_that_is_not_here_is_asked_for_by_a_search(tmp_path: Path, photos: Path) -> None:
    with Library.open(tmp_path / "library", model="clip-vit-b-32") as library:
        library.add_folder(photos)
        assert run(library).indexed == 0
        with pytest.raises(ModelNotInstalledError, match="models download"):
            library.search("dog")


def test_a_full_disk_ends_the_run_and_keeps_what_was_done(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inphotos.store import database

    monkeypatch.setattr(reading, "BATCH", 2)
    library.add_folder(photos)
    with pytest.raises(DiskFullError, match="no room left"):
        for event in library.index():
            if isinstance(event, PhotosIndexed):
                monkeypatch.setattr(database, "MIN_FREE_BYTES", 1 << 62)
    monkeypatch.undo()
    assert library.status().indexed == 2
    assert run(library).indexed == 3


def test_originals_are_not_touched(library: Library, photos: Path) -> None:
    def state() -> dict[Path, tuple[bytes, int]]:
        return {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in photos.rglob("*.*")}

    before = state()
    library.add_folder(photos)
    run(library)
    library.search("anything")
    library.similar(photos / "a.jpg")
    library.forget_folder(photos)
    assert state() == before


def test_odd_names_go_all_the_way(library: Library, tmp_path: Path, make_photo: MakePhoto) -> None:
    folder = tmp_path / "a 'quoted' \"folder\" 😀"
    names = [os.fsdecode(b"caf\xe9.jpg"), "new\nline.jpg", "%s{}$HOME.jpg", "-rf.jpg"]
    for name in names:
        make_photo(folder / name)
    library.add_folder(folder)
    assert run(library).indexed == 4
    assert {path.name for path in found(library)} == set(names)


@pytest.mark.parametrize("content", [None, "notes.txt"])
def test_a_folder_without_photos_is_no_error(
    library: Library, tmp_path: Path, content: str | None
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    if content:
        (folder / content).write_text("words")
    library.add_folder(folder)
    summary = run(library)
    assert (summary.found, summary.indexed) == (0, 0)


def test_only_the_named_folders_are_visited(
    library: Library, photos: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    make_photo(tmp_path / "other" / "x.jpg")
    library.add_folder(photos)
    library.add_folder(tmp_path / "other")
    list(library.index(folders=[tmp_path / "other"]))
    assert shown(library) == {tmp_path / "other" / "x.jpg"}
    with pytest.raises(FolderError, match="not in the library"):
        list(library.index(folders=[tmp_path]))
