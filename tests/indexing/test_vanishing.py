"""Photos, directories and drives that are no longer there, and that come back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import MakePhoto
from library_runs import CountingEncoder, found, ids, missing, rows, run, settled, shown

from inphotos.events import PhotoFailed, PhotosFound, PhotosIndexed
from inphotos.indexing import reading
from inphotos.indexing.order import Order
from inphotos.library import Library
from inphotos.photos import volumes
from inphotos.photos.mounts import Volume


@pytest.fixture
def many(tmp_path: Path, make_photo: MakePhoto) -> Path:
    """A folder with ten photos, half of them in a directory."""
    folder = tmp_path / "many"
    for n in range(10):
        make_photo(folder / ("trip" if n % 2 else "") / f"{n}.jpg")
    return folder


@pytest.fixture
def known(
    library: Library, many: Path, encoder: CountingEncoder, outcomes: list[tuple[Path, object]]
) -> Library:
    """A library that knows the ten photos."""
    library.add_folder(many)
    assert run(library).indexed == 10
    encoder.given.clear()
    outcomes.clear()
    return library


def test_a_few_deleted_photos_leave_the_library(known: Library, many: Path) -> None:
    (many / "0.jpg").unlink()
    (many / "trip" / "1.jpg").unlink()
    summary = run(known)
    assert (summary.removed, summary.missing) == (2, 0)
    assert len(shown(known)) == len(found(known)) == 8
    assert not missing(known)


def test_many_that_vanish_at_once_are_kept_as_missing(known: Library, many: Path) -> None:
    before = ids(known)
    shutil.rmtree(many / "trip")
    summary = run(known)
    assert (summary.removed, summary.missing) == (0, 5)
    assert ids(known) == before
    assert found(known) == set(before)
    assert missing(known) == {path for path in before if path.parent.name == "trip"}
    status = known.status()
    assert (status.photos, status.missing, status.folders[0].missing) == (10, 5, 5)
    assert known.details(many / "trip" / "1.jpg").state == "missing"
    again = run(known)
    assert (again.removed, again.missing) == (0, 5)


def test_missing_photos_that_are_back_are_here_without_being_read(
    known: Library, many: Path, outcomes: list, tmp_path: Path
) -> None:
    before = ids(known)
    (many / "trip").rename(tmp_path / "aside")
    run(known)
    (tmp_path / "aside").rename(many / "trip")
    summary = run(known)
    assert (summary.unchanged, summary.missing, summary.moved) == (10, 0, 0)
    assert outcomes == []
    assert ids(known) == before
    assert not missing(known)


def test_missing_photos_found_under_another_path_have_moved(
    known: Library, many: Path, tmp_path: Path, outcomes: list
) -> None:
    before = ids(known)
    (many / "trip").rename(tmp_path / "aside")
    run(known)
    (tmp_path / "aside").rename(many / "holiday")
    summary = run(known)
    assert (summary.moved, summary.missing) == (5, 0)
    assert outcomes == []
    assert set(ids(known).values()) == set(before.values())


def test_missing_photos_leave_when_the_user_agrees(known: Library, many: Path) -> None:
    shutil.rmtree(many / "trip")
    run(known)
    assert known.upkeep.accept_removals() == 5
    assert known.status().missing == 0
    assert len(shown(known)) == len(found(known)) == 5
    assert known.upkeep.accept_removals() == 0
    assert run(known).missing == 0


def test_agreeing_leaves_photos_alone_that_are_back(
    known: Library, many: Path, tmp_path: Path
) -> None:
    (many / "trip").rename(tmp_path / "aside")
    run(known)
    (many / "trip").mkdir()
    (tmp_path / "aside" / "1.jpg").rename(many / "trip" / "1.jpg")
    assert known.upkeep.accept_removals() == 4
    assert known.status().photos == 6
    run(known)
    assert not missing(known)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_run_that_accepts_removals_keeps_nothing(
    known: Library, many: Path, is_known: bool
) -> None:
    shutil.rmtree(many / "trip")
    if is_known:
        run(known)
    summary = run(known, Order(accept_removals=True))
    assert (summary.removed, summary.missing) == (5, 0)
    assert len(shown(known)) == 5


def test_a_folder_that_was_emptied_is_emptied_when_the_user_agrees(
    known: Library, many: Path
) -> None:
    shutil.rmtree(many)
    many.mkdir()
    assert run(known).offline == (many,)
    assert len(shown(known)) == 10
    summary = run(known, Order(accept_removals=True))
    assert (summary.removed, summary.offline) == (10, ())
    assert shown(known) == set()
    after = run(known)
    assert (after.offline, after.found) == ((), 0)


def test_what_is_excluded_leaves_without_a_vote_and_returns_without_being_read(
    known: Library, many: Path, outcomes: list
) -> None:
    before = ids(known)
    known.exclude(many, ["trip/"])
    summary = run(known)
    assert (summary.removed, summary.missing, summary.found) == (5, 0, 5)
    assert len(shown(known)) == 5
    known.exclude(many, [])
    assert run(known).unchanged == 10
    assert outcomes == []
    assert ids(known) == before


def test_a_directory_that_asks_to_be_left_out_leaves_without_a_vote(
    known: Library, many: Path, outcomes: list
) -> None:
    before = ids(known)
    (many / "trip" / ".nomedia").touch()
    assert run(known).removed == 5
    (many / "trip" / ".nomedia").unlink()
    assert run(known).unchanged == 10
    assert outcomes == []
    assert ids(known) == before


@pytest.mark.parametrize("rescans", ["looks at the directory", "does not"])
def test_what_was_missing_and_is_excluded_now_waits_for_nobody(
    known: Library, many: Path, tmp_path: Path, rescans: str
) -> None:
    kept = tmp_path / "aside"
    (many / "trip").rename(kept)
    run(known)
    known.exclude(many, ["1.jpg", "3.jpg", "5.jpg", "7.jpg", "9.jpg"])
    run(known)
    assert len(missing(known)) == 5
    kept.rename(many / "trip")
    if rescans == "looks at the directory":
        run(known, Order(scope={many: ["trip"]}))
    summary = run(known)
    assert (summary.missing, len(shown(known))) == (0, 5)


@pytest.mark.parametrize("share", ["a few", "the whole directory"])
def test_photos_that_are_only_in_the_cloud_now_stay(
    known: Library, many: Path, outcomes: list, share: str
) -> None:
    before = ids(known)
    photos = sorted((many / "trip").iterdir())
    for photo in photos if share == "the whole directory" else photos[:1]:
        photo.rename(photo.with_name(photo.name + ".nextcloud"))
    summary = run(known)
    assert (summary.removed, summary.missing) == (0, 0)
    assert set(summary.placeholders) <= set(photos)
    assert ids(known) == before
    assert not missing(known)
    for photo in photos:
        stub = photo.with_name(photo.name + ".nextcloud")
        if stub.exists():
            stub.rename(photo)
    assert run(known).unchanged == 10
    assert outcomes == []


def test_missing_photos_that_turn_out_to_be_in_the_cloud_are_missing_no_more(
    known: Library, many: Path
) -> None:
    photos = sorted((many / "trip").iterdir())
    for photo in photos:
        photo.unlink()
    run(known)
    assert missing(known) == set(photos)
    for photo in photos:
        photo.with_name(photo.name + ".nextcloud").write_bytes(b"")
    summary = run(known)
    assert (summary.missing, len(summary.placeholders)) == (0, 5)
    assert len(shown(known)) == 10


def test_photos_that_were_never_read_are_not_kept_when_they_vanish(
    library: Library, many: Path
) -> None:
    library.add_folder(many)
    interrupted = library.index()
    while not isinstance(next(interrupted), PhotosFound):
        pass
    interrupted.close()
    (many / "trip").rename(many / "holiday")
    summary = run(library)
    assert (summary.missing, summary.indexed) == (0, 10)
    assert len(shown(library)) == 10


def test_a_drive_that_goes_away_during_a_run_loses_nothing(
    library: Library,
    many: Path,
    tmp_path: Path,
    encoder: CountingEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from inphotos.photos import decoders

    monkeypatch.setattr(reading, "BATCH", 2)
    monkeypatch.setattr(decoders, "LOOK_AHEAD", 2)
    library.add_folder(many)
    failures, summary = [], None
    for event in library.index():
        if isinstance(event, PhotosIndexed) and many.exists():
            many.rename(tmp_path / "unplugged")
        failures += [event] if isinstance(event, PhotoFailed) else []
        summary = event
    assert summary.offline == (many,)
    assert (summary.failed, summary.removed, summary.missing, failures) == ((), 0, 0, [])
    assert summary.offline_photos == 10
    assert len(shown(library)) == 10
    done = len(encoder.given)
    assert 2 <= done < 10
    (tmp_path / "unplugged").rename(many)
    assert run(library).indexed == 10 - done
    assert len(encoder.given) == 10
    assert len(found(library)) == 10
    assert settled(library) == {"", "trip"}


def test_what_vanished_from_a_drive_that_goes_away_is_decided_later(
    known: Library, many: Path, tmp_path: Path, make_photo: MakePhoto, encoder: CountingEncoder
) -> None:
    before = ids(known)
    (many / "0.jpg").unlink()
    moved = many / "trip" / "moved.jpg"
    moved.write_bytes((many / "trip" / "1.jpg").read_bytes())
    (many / "trip" / "1.jpg").unlink()
    for event in known.index():
        if many.exists() and getattr(event, "phase", "") == "scanning":
            last_look = event
    assert last_look.done == 9
    assert ids(known)[moved] == before[many / "trip" / "1.jpg"]
    # The same once more, and this time the drive goes before the moved photo is read.
    moved.write_bytes((many / "2.jpg").read_bytes())
    (many / "2.jpg").unlink()
    new = make_photo(many / "new.jpg")
    work = known.index()
    while not isinstance(next(work), PhotosFound):
        pass
    many.rename(tmp_path / "unplugged")
    *_, summary = work
    assert summary.offline == (many,)
    assert (summary.removed, summary.missing) == (0, 0)
    assert (many / "2.jpg") in shown(known)
    (tmp_path / "unplugged").rename(many)
    run(known)
    assert shown(known) == set(many.rglob("*.jpg"))
    assert ids(known)[moved] == before[many / "2.jpg"]
    assert new in found(known)


def test_a_copy_takes_nothing_from_a_drive_inside_a_folder_that_is_away(
    known: Library, many: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    drive = tmp_path / "drive"
    photo = make_photo(drive / "b.jpg")
    (many / "link").symlink_to(drive)
    run(known)
    before = ids(known)
    shutil.copy2(photo, many / "copy.jpg")
    drive.rename(tmp_path / "unplugged")
    for order in (Order(scope={many: [""]}), Order()):
        summary = run(known, order)
        assert (summary.moved, summary.removed, summary.missing) == (0, 0, 0)
    after = ids(known)
    assert {path: after[path] for path in before} == before
    assert after[many / "copy.jpg"] not in before.values()


def test_a_folder_on_a_drive_that_is_mounted_elsewhere_is_found_again(
    known: Library, many: Path, tmp_path: Path, outcomes: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ids(known)
    # The table of what is mounted where is the system's, so a test can only make one up.
    mount = tmp_path / "media"
    now = mount / known._catalog.folders.all()[0].below
    now.parent.mkdir(parents=True)
    many.rename(now)
    monkeypatch.setattr(volumes, "mounted", lambda: [Volume(identity="", mount=mount)])
    summary = run(known)
    assert summary.relocated == (now,)
    assert (summary.offline, summary.unchanged) == ((), 10)
    assert outcomes == []
    assert ids(known) == {now / path.relative_to(many): id_ for path, id_ in before.items()}
    assert known.folders()[0].path == now
    assert now / "0.jpg" in found(known)


def test_gone_photos_are_remembered_until_the_library_is_compacted(
    known: Library, many: Path, tmp_path: Path, encoder: CountingEncoder
) -> None:
    before = ids(known)
    shutil.move(many / "0.jpg", tmp_path / "0.jpg")
    run(known)
    list(known.upkeep.compact(spare_seconds=3600))
    assert rows(known)[before[many / "0.jpg"]].state == "gone"
    *_, compacted = known.upkeep.compact()
    assert (compacted.photos, compacted.embeddings, compacted.thumbnails) == (1, 1, 2)
    assert before[many / "0.jpg"] not in rows(known)
    for path in before:
        content = rows(known)[before[path]].content if path != many / "0.jpg" else None
        assert content is None or known.thumbnails.find(content, 512) is not None
    shutil.move(tmp_path / "0.jpg", many / "0.jpg")
    assert run(known).indexed == 1
    assert len(encoder.given) == 1
    assert found(known) == set(before)


def test_answers_are_the_same_after_compaction(known: Library, many: Path) -> None:
    for n in (0, 2):
        (many / f"{n}.jpg").unlink()
    run(known)
    before = known.search("red boat", top=20)
    list(known.upkeep.compact())
    after = known.search("red boat", top=20)
    assert after.results == before.results
    assert after.total == before.total == 8


def test_a_forgotten_folder_that_is_added_again_is_indexed_anew(
    tmp_path: Path, many: Path, photos: Path, tiny_clip: Path
) -> None:
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        library.add_folder(photos)
        library.add_folder(many)
        run(library)
        library.forget_folder(many)
    for photo in list((many / "trip").iterdir()):
        photo.rename(many / f"x{photo.name}")  # so that they come in another order
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        library.add_folder(many)
        for event in library.index():
            if isinstance(event, PhotosFound):
                assert library.status().indexed == 5  # and none with what was forgotten
        assert library.status().indexed == 15
