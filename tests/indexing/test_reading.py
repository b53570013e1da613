"""What is read when, in which order, and what is not looked at again."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from conftest import MakePhoto
from library_runs import CountingEncoder, found, ids, missing, rows, run, settled, shown
from photo_files import dng

from inphotos.errors import CancelledError, PhotoError
from inphotos.events import Control, PhotosFound, PhotosIndexed
from inphotos.indexing import reading
from inphotos.indexing.order import Order
from inphotos.library import Library
from inphotos.photos import decoders
from inphotos.photos.decode import Decoded
from inphotos.photos.decoder_process import DecoderProcess
from inphotos.store.catalog import Catalog

Paths = Callable[[], list[Path]]


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The directories whose photos were asked for, from the catalog, to be compared."""
    asked: list[str] = []
    plain = Catalog.in_directories

    def recording(self, directory_ids):
        asked.extend(sorted(Path(self.folders.directory_path(n)).name for n in directory_ids))
        return plain(self, directory_ids)

    monkeypatch.setattr(Catalog, "in_directories", recording)
    return asked


def test_new_photos_can_be_browsed_before_any_of_them_is_read(
    library: Library, photos: Path, outcomes: list
) -> None:
    library.add_folder(photos)
    seen = None
    for event in library.index():
        if isinstance(event, PhotosFound):
            assert event.count == 5
            assert outcomes == []
            seen = library.browse(top=9).results
            assert found(library) == set()
    assert seen is not None
    assert {result.path for result in seen} == set(photos.rglob("*.*"))
    assert {(result.content, result.width) for result in seen} == {("", 0)}
    dates = [result.path.stat().st_mtime_ns // 1_000_000 for result in seen]
    assert dates == sorted(dates, reverse=True)


def test_a_rescan_compares_only_what_has_changed(
    known: Library, photos: Path, make_photo: MakePhoto, compared: list[str]
) -> None:
    assert settled(known) == {"", "trip"}
    run(known)
    assert compared == []
    make_photo(photos / "trip" / "new.jpg")
    run(known)
    assert compared == ["trip"]
    compared.clear()
    run(known)
    assert compared == []


def test_a_directory_is_settled_only_when_all_of_it_was_read(
    library: Library, photos: Path, encoder: CountingEncoder
) -> None:
    library.add_folder(photos)
    work = library.index()
    while not isinstance(next(work), PhotosFound):
        pass
    work.close()
    assert settled(library) == set()
    run(library)
    assert settled(library) == {"", "trip"}


def test_a_model_that_is_used_for_the_first_time_compares_everything(
    known: Library, photos: Path, tiny_mobilenet: Path, compared: list[str]
) -> None:
    known.use_model(str(tiny_mobilenet))
    assert run(known).indexed == 5
    assert sorted(compared) == ["photos", "trip"]
    compared.clear()
    assert run(known).indexed == 0
    assert compared == []


def test_without_a_model_photos_are_read_and_can_be_browsed(
    tmp_path: Path, photos: Path, tiny_clip: Path, decoded: Paths
) -> None:
    with Library.open(tmp_path / "library", model="clip-vit-b-32") as library:
        assert library.model is None
        library.add_folder(photos)
        summary = run(library)
        assert (summary.found, summary.indexed, summary.failed) == (5, 0, ())
        for result in library.browse(top=9).results:
            assert result.width == 96
            assert library.thumbnails.find(result.content, 512) is not None
        assert library.details(photos / "a.jpg").metadata is not None
        assert len(decoded()) == 5
        run(library)
        assert decoded() == []
        (photos / "a.jpg").rename(photos / "b.jpg")
        assert run(library).moved == 1
        before = ids(library)
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        assert run(library).indexed == 5
        assert ids(library) == before
        assert found(library) == set(before)


def sidecar(path: Path, title: str) -> Path:
    path.write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description><dc:title><rdf:Alt>'
        f'<rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    return path


def test_a_changed_sidecar_is_read_and_nothing_is_decoded_or_encoded(
    known: Library,
    photos: Path,
    encoder: CountingEncoder,
    decoded: Paths,
    only_read: Paths,
) -> None:
    def title() -> str:
        metadata = known.details(photos / "a.jpg").metadata
        assert metadata is not None
        return metadata.title

    assert title() == ""
    before = ids(known)
    for text in ("First", "Second one"):
        sidecar(photos / "a.jpg.xmp", text)
        summary = run(known)
        assert (summary.unchanged, summary.indexed) == (5, 0)
        assert only_read() == [photos / "a.jpg"]
        assert title() == text
    (photos / "a.jpg.xmp").unlink()
    run(known)
    assert title() == ""
    assert decoded() == encoder.given == []
    assert ids(known) == before


def test_a_photo_that_moves_and_gets_a_sidecar_is_read_for_it(
    known: Library, photos: Path, decoded: Paths, only_read: Paths
) -> None:
    before = ids(known)
    (photos / "a.jpg").rename(photos / "moved.jpg")
    sidecar(photos / "moved.xmp", "Moved")
    assert run(known).moved == 1
    assert (decoded(), only_read()) == ([], [photos / "moved.jpg"])
    metadata = known.details(photos / "moved.jpg").metadata
    assert metadata is not None
    assert metadata.title == "Moved"
    assert ids(known)[photos / "moved.jpg"] == before[photos / "a.jpg"]


def test_a_raw_file_gives_way_to_its_jpeg_and_comes_back_without_it(
    library: Library, photos: Path, make_photo: MakePhoto, decoded: Paths
) -> None:
    raw = photos / "shot.dng"
    raw.write_bytes(dng(np.full((80, 120, 3), 90, np.uint8)))
    library.add_folder(photos)
    assert run(library).indexed == 6
    before = ids(library)
    jpeg = make_photo(photos / "shot.jpg")
    summary = run(library)
    assert (summary.indexed, summary.removed, summary.missing) == (1, 1, 0)
    assert shown(library) == {*before, jpeg} - {raw}
    decoded()
    jpeg.unlink()
    assert run(library).indexed == 0
    assert decoded() == []
    assert ids(library) == before


def fail_in_passing(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let the disk fail when a photo is read; only a real broken disk does so otherwise."""
    plain = DecoderProcess.decode

    def decode(self, request, seconds):
        if request.path == path:
            return PhotoError(path, "the disk gave an error", lasting=False)
        return plain(self, request, seconds)

    monkeypatch.setattr(DecoderProcess, "decode", decode)


def test_a_known_photo_that_cannot_be_read_just_now_is_kept_and_tried_again(
    known: Library, photos: Path, monkeypatch: pytest.MonkeyPatch, encoder: CountingEncoder
) -> None:
    before = ids(known)
    path = photos / "a.jpg"
    os.utime(path, (1_500_000_000, 1_500_000_000))
    with monkeypatch.context() as patch:
        fail_in_passing(patch, path)
        for _ in range(2):
            summary = run(known)
            assert summary.failed == ((path, "the disk gave an error"),)
            assert (summary.removed, summary.missing) == (0, 0)
            assert ids(known) == before
            assert path in found(known)
            assert known.failures() == ()
    assert run(known).failed == ()
    assert ids(known) == before
    assert rows(known)[before[path]].mtime_ns == 1_500_000_000 * 10**9
    assert encoder.given == []


def test_a_copy_takes_nothing_from_a_photo_that_cannot_be_read_just_now(
    known: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ids(known)
    path = photos / "a.jpg"
    (photos / "copy.jpg").write_bytes(path.read_bytes())
    os.utime(path, (1_500_000_000, 1_500_000_000))
    with monkeypatch.context() as patch:
        fail_in_passing(patch, path)
        run(known)
    run(known)
    after = ids(known)
    assert after[path] == before[path]
    assert after[photos / "copy.jpg"] not in before.values()


def test_a_new_photo_that_cannot_be_read_just_now_is_tried_again(
    known: Library, photos: Path, make_photo: MakePhoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_photo(photos / "new.jpg")
    with monkeypatch.context() as patch:
        fail_in_passing(patch, path)
        run(known)
        assert [failure.path for failure in known.failures()] == [path]
        assert "" not in settled(known)
    assert run(known).indexed == 1
    assert known.failures() == ()
    assert path in found(known)


def test_a_photo_deleted_between_the_scan_and_its_reading_is_no_failure(
    known: Library, photos: Path, make_photo: MakePhoto
) -> None:
    path = make_photo(photos / "short-lived.jpg")
    for event in known.index():
        if isinstance(event, PhotosFound):
            path.unlink()
        summary = event
    assert summary.failed == ()
    summary = run(known)
    assert (summary.missing, summary.failed) == (0, ())
    assert path not in shown(known)


def test_failures_are_read_again_when_the_user_asks(
    known: Library, photos: Path, outcomes: list
) -> None:
    (photos / "text.jpg").write_text("no photo")
    run(known)
    outcomes.clear()
    run(known)
    assert outcomes == []
    assert known.upkeep.retry([photos / "a.jpg"]) == 0
    assert known.upkeep.retry() == 1
    run(known)
    assert [path for path, _ in outcomes] == [photos / "text.jpg"]


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """One photo is in the works at a time, so that their order can be told."""
    monkeypatch.setattr(decoders, "LOOK_AHEAD", 1)
    monkeypatch.setattr(reading, "BATCH", 1)


def test_the_newest_photos_are_read_first(
    library: Library, photos: Path, one_by_one: None, outcomes: list
) -> None:
    paths = sorted(photos.rglob("*.*"))
    for n, path in enumerate(paths):
        os.utime(path, (1_000_000_000 + n, 1_000_000_000 + n))
    library.add_folder(photos)
    run(library)
    assert [path for path, _ in outcomes] == paths[::-1]


def test_the_photos_that_the_user_sees_are_read_first(
    library: Library, photos: Path, one_by_one: None, outcomes: list
) -> None:
    paths = sorted(photos.rglob("*.*"))
    for n, path in enumerate(paths):
        os.utime(path, (1_000_000_000 + n, 1_000_000_000 + n))
    library.add_folder(photos)
    visible: list[Path] = []

    def looked_at() -> list[int]:
        stored = ids(library)
        return [stored[path] for path in visible] + [99_999]

    for event in library.index(order=Order(looked_at=looked_at)):
        if isinstance(event, PhotosFound):
            visible[:] = [paths[1], paths[0]]
        elif isinstance(event, PhotosIndexed) and len(outcomes) == 2:
            visible[:] = [paths[2]]  # the user scrolls on
    assert [path for path, _ in outcomes] == [paths[n] for n in (1, 0, 2, 4, 3)]


def test_what_may_have_moved_is_read_before_what_the_user_sees(
    known: Library, photos: Path, make_photo: MakePhoto, one_by_one: None, outcomes: list
) -> None:
    new = make_photo(photos / "new.jpg")
    moved = photos / "moved.jpg"
    moved.write_bytes((photos / "a.jpg").read_bytes())
    (photos / "a.jpg").unlink()
    os.utime(moved, (1_000_000_000, 1_000_000_000))
    list(known.index(order=Order(looked_at=lambda: [ids(known)[new]])))
    assert [path for path, _ in outcomes] == [moved, new]


def test_only_the_named_directories_are_looked_at(
    known: Library, photos: Path, make_photo: MakePhoto
) -> None:
    inside = make_photo(photos / "trip" / "new.jpg")
    outside = make_photo(photos / "new.jpg")
    (photos / "b.png").unlink()
    summary = run(known, Order(scope={photos: ["trip"]}))
    assert (summary.found, summary.indexed) == (3, 1)
    assert inside in found(known)
    assert outside not in shown(known)
    assert photos / "b.png" in shown(known)
    run(known)
    assert outside in found(known)


def test_folders_that_are_not_named_are_left_alone(
    known: Library, photos: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    make_photo(tmp_path / "other" / "x.jpg")
    known.add_folder(tmp_path / "other")
    (photos / "a.jpg").unlink()
    summary = run(known, Order(scope={tmp_path / "other": None}))
    assert (summary.found, summary.indexed, summary.removed) == (1, 1, 0)
    assert photos / "a.jpg" in shown(known)


def test_new_directories_below_a_named_one_are_looked_at(
    known: Library, photos: Path, make_photo: MakePhoto
) -> None:
    new = make_photo(photos / "trip" / "day 1" / "morning" / "new.jpg")
    run(known, Order(scope={photos: ["trip"]}))
    assert new in found(known)


def test_directories_removed_below_a_named_one_are_noticed(
    known: Library, photos: Path, tmp_path: Path
) -> None:
    (photos / "trip").rename(tmp_path / "aside")
    run(known, Order(scope={photos: [""]}))
    assert missing(known) == {photos / "trip" / "d.jpg", photos / "trip" / "e.jpg"}


def test_a_named_directory_that_is_gone_is_noticed(
    known: Library, photos: Path, tmp_path: Path
) -> None:
    (photos / "trip").rename(tmp_path / "aside")
    run(known, Order(scope={photos: ["trip"]}))
    assert missing(known) == {photos / "trip" / "d.jpg", photos / "trip" / "e.jpg"}


def test_a_cancelled_run_goes_on_where_it_was(
    known: Library, photos: Path, make_photo: MakePhoto, encoder: CountingEncoder, one_by_one: None
) -> None:
    for n in range(6):
        make_photo(photos / f"{n}.png")
    control = Control()
    with pytest.raises(CancelledError):
        for event in known.index(control):
            if isinstance(event, PhotosIndexed):
                control.cancel()
    assert len(shown(known)) == 11
    done = len(encoder.given)
    assert 0 < done < 6
    assert run(known).indexed == 6 - done
    assert len(encoder.given) == 6
    assert len(found(known)) == 11


def test_a_second_model_is_cancelled_and_goes_on_with_copies_and_touched_photos(
    tmp_path: Path, photos: Path, tiny_clip: Path, tiny_mobilenet: Path, one_by_one: None
) -> None:
    (photos / "copy.jpg").write_bytes((photos / "a.jpg").read_bytes())
    for n, name in enumerate(("a.jpg", "copy.jpg")):
        os.utime(photos / name, (4_000_000_000 + n, 4_000_000_000 + n))  # the copy comes first
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        library.add_folder(photos)
        run(library)
    with Library.open(tmp_path / "library", model=str(tiny_mobilenet)) as library:
        work = library.index()
        while not isinstance(next(work), PhotosIndexed):
            pass
        work.close()
        assert library.status().indexed == 1
        os.utime(photos / "a.jpg", (4_000_000_009, 4_000_000_009))
        assert run(library).indexed == 5
        assert library.status().indexed == 6


def test_ids_that_are_given_out_can_be_found(
    library: Library, photos: Path, outcomes: list
) -> None:
    (photos / "text.jpg").write_text("no photo")
    library.add_folder(photos)
    for event in library.index():
        if isinstance(event, PhotosIndexed):
            assert set(event.photo_ids) <= library._used.index.ids()
    assert sum(isinstance(outcome, Decoded) for _, outcome in outcomes) == 5
