"""Favourites, ratings and tags of a library's photos."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from conftest import MakePhoto, as_ordinary_user
from library_runs import ids, run
from metadata_files import array, xmp
from PIL import Image

from inphotos.events import IndexSummary
from inphotos.indexing.indexer import Order
from inphotos.library import Library, Mark
from inphotos.photos.metadata import read_metadata

ALL = Mark(True, 4, ("Sea", "sun"))


@pytest.fixture
def known(library: Library, photos: Path) -> Library:
    """A library that holds the five photos, of which ``a.jpg`` is marked."""
    library.add_folder(photos)
    run(library)
    library.marks.restore({ids(library)[photos / "a.jpg"]: ALL})
    return library


def mark_of(library: Library, path: Path) -> Mark:
    return library.marks.of(ids(library)[path])


def find(library: Library, text: str) -> set[str]:
    return {result.path.name for result in library.search(text, top=100).results}


def reopened(library: Library, tiny_clip: Path) -> Library:
    library.close()
    return Library.open(library.directory, model=str(tiny_clip))


def test_marks_are_changed_one_by_one_and_taken_back(known: Library, photos: Path) -> None:
    marks, known_ids = known.marks, ids(known)
    a, b, c = (known_ids[photos / name] for name in ("a.jpg", "b.png", "c.webp"))
    before = marks.set_favorite([a, b], False)
    assert before == {a: ALL, b: Mark()}
    assert marks.set_rating([b, c], 3) == {b: Mark(), c: Mark()}
    marks.add_tags([a, b], [" SEA ", "new\nyear", ""])
    assert marks.of(a).tags == ("Sea", "sun", "new year")
    assert marks.of(b) == Mark(rating=3, tags=("SEA", "new year"))
    marks.remove_tags([a, b], ["sea"])
    assert marks.of(a) == Mark(False, 4, ("sun", "new year"))
    assert marks.tags() == {"sun": 1, "new year": 2}
    assert marks.restore(before).keys() == before.keys()
    assert (marks.of(a), marks.of(b), marks.of(c)) == (ALL, Mark(), Mark(rating=3))
    assert marks.set_favorite([10_000], True) == {}


def test_marks_outlast_the_library_being_killed(
    known: Library, photos: Path, tiny_clip: Path, tmp_path: Path
) -> None:
    # As the disk is right after the change: nothing is left to be written by a proper end.
    shutil.copytree(known.directory, tmp_path / "copy", ignore=shutil.ignore_patterns("*.lock"))
    with Library.open(tmp_path / "copy", model=str(tiny_clip)) as again:
        assert mark_of(again, photos / "a.jpg") == ALL
        assert find(again, "is:favourite") == find(again, "tag:SUN") == {"a.jpg"}


def test_marks_follow_a_photo_that_moves_and_one_that_is_edited(
    known: Library, photos: Path, make_photo: MakePhoto
) -> None:
    (photos / "a.jpg").rename(photos / "trip" / "moved.jpg")
    run(known)
    assert mark_of(known, photos / "trip" / "moved.jpg") == ALL
    make_photo(photos / "trip" / "moved.jpg", seed=99)
    run(known)
    assert mark_of(known, photos / "trip" / "moved.jpg") == ALL
    assert find(known, "is:favorite rating:4") == {"moved.jpg"}


def test_marks_come_back_with_a_forgotten_folder_under_another_name(
    known: Library, photos: Path, tmp_path: Path, tiny_clip: Path
) -> None:
    known.forget_folder(photos)
    assert find(known, "is:favorite") == set()
    photos.rename(tmp_path / "elsewhere")
    with reopened(known, tiny_clip) as library:
        library.add_folder(tmp_path / "elsewhere")
        run(library)
        assert mark_of(library, tmp_path / "elsewhere" / "a.jpg") == ALL
        # Ids that are used again bring nobody another photo's marks.
        assert find(library, "is:favorite") == find(library, "tag:sea") == {"a.jpg"}


def test_marks_outlast_compaction_a_drive_that_is_away_and_another_model(
    known: Library, photos: Path, tmp_path: Path, tiny_mobilenet: Path
) -> None:
    kept = (photos / "a.jpg").read_bytes()
    (photos / "a.jpg").unlink()
    run(known, Order(accept_removals=True))
    assert list(known.upkeep.compact())
    assert find(known, "is:favorite") == set()
    (photos / "back.jpg").write_bytes(kept)
    run(known)
    assert find(known, "is:favorite") == {"back.jpg"}
    photos.rename(tmp_path / "unplugged")
    run(known)
    assert find(known, "is:favorite") == {"back.jpg"}
    (tmp_path / "unplugged").rename(photos)
    known.use_model(str(tiny_mobilenet))
    run(known)
    assert find(known, "is:favorite") == {"back.jpg"}


def test_copies_have_the_same_marks(known: Library, photos: Path) -> None:
    shutil.copy(photos / "a.jpg", photos / "copy.jpg")
    run(known)
    paths = ids(known)
    assert known.marks.of(paths[photos / "copy.jpg"]) == ALL
    known.marks.set_rating([paths[photos / "copy.jpg"]], 1)
    assert known.marks.of(paths[photos / "a.jpg"]).rating == 1
    assert find(known, "rating:1") == {"a.jpg", "copy.jpg"}


def test_the_users_rating_goes_before_the_files_until_it_is_taken_away(
    known: Library, photos: Path
) -> None:
    (photos / "b.png.xmp").write_bytes(xmp(array("dc:subject", "Kite"), xmp_Rating=3))
    run(known)
    b, c = (ids(known)[photos / name] for name in ("b.png", "c.webp"))
    marks = known.marks
    assert (marks.of(b).rating, marks.own_rating(b), marks.rating(b)) == (None, 3, 3)
    assert (marks.own_rating(c), marks.rating(c)) == (0, 0)
    marks.set_rating([b], 5)
    assert (marks.own_rating(b), marks.rating(b)) == (3, 5)
    assert find(known, "rating:>=4") == {"a.jpg", "b.png"}
    marks.set_rating([b], 0)
    assert find(known, "rating:0") == {"b.png"}
    marks.set_rating([b], None)
    assert (find(known, "rating:3"), find(known, "rating:>=0")) == ({"b.png"}, {"a.jpg", "b.png"})
    assert known.marks.tags() == {"Kite": 1, "Sea": 1, "sun": 1}
    assert known.marks.keywords([b, c]) == {b: ("Kite",), c: ()}
    assert find(known, "tag:kite OR tag:s*") == {"a.jpg", "b.png"}


def test_a_mark_waits_for_no_writer_of_the_store(known: Library, photos: Path) -> None:
    writing, marked = threading.Event(), threading.Event()

    def write_for_long() -> None:
        with known._database.transaction():
            known._catalog.put(list(known._catalog.by_ids([1]).values()))
            writing.set()
            assert marked.wait(60)

    writer = threading.Thread(target=write_for_long)
    writer.start()
    try:
        assert writing.wait(60)
        b = ids(known)[photos / "b.png"]
        known.marks.set_favorite([b], True)
        assert find(known, "is:favorite") == {"a.jpg", "b.png"}
    finally:
        marked.set()
        writer.join()


def test_photos_are_marked_while_an_index_run_is_under_way(
    library: Library, photos: Path, make_photo: MakePhoto
) -> None:
    for n in range(30):
        make_photo(photos / f"more{n}.jpg")
    library.add_folder(photos)
    seen = 0
    for event in library.index():
        new = [r.photo_id for r in library.browse(top=100).results]
        seen += 0 if isinstance(event, IndexSummary) else len(new) > 0
        library.marks.set_favorite(new, True)
    assert seen
    assert len(find(library, "is:favorite")) == len(ids(library)) == 35


@pytest.fixture
def beside(known: Library) -> Library:
    known.choices.write_sidecars_beside(True)
    return known


def from_sidecar(photo: Path) -> tuple[int | None, tuple[str, ...]]:
    metadata = read_metadata(
        b"", "JPEG", photo, 0, photo.with_name(f"{photo.name}.xmp").read_bytes()
    )
    return metadata.rating, metadata.keywords


def test_sidecars_are_written_only_where_they_are_wanted_and_photos_never(
    known: Library, photos: Path, tiny_clip: Path
) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in photos.rglob("*.*")}
    b = ids(known)[photos / "b.png"]
    known.marks.set_rating([b], 5)
    assert known.marks.write_sidecars() == ()
    assert not list(photos.rglob("*.xmp"))
    known.choices.write_sidecars_beside(True)
    with reopened(known, tiny_clip) as library:
        assert library.choices.write_sidecars
        library.marks.set_rating([b], 2)
        library.marks.add_tags([b], ["Sea"])
        library.marks.set_favorite([b], True)
        assert library.marks.write_sidecars() == ()
    assert from_sidecar(photos / "b.png") == (2, ("Sea",))
    (sidecar,) = photos.rglob("*.xmp")
    assert b'favorite="1"' in sidecar.read_bytes()
    assert sidecar.stat().st_mode == (photos / "b.png").stat().st_mode
    for path, (content, time) in before.items():
        assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, time)


def test_what_is_left_to_write_is_written_as_the_library_closes(
    beside: Library, photos: Path
) -> None:
    beside.marks.set_rating([ids(beside)[photos / "b.png"]], 1)
    beside.close()
    assert from_sidecar(photos / "b.png") == (1, ())


def test_a_sidecar_of_ours_is_read_again_and_then_left_alone(beside: Library, photos: Path) -> None:
    Image.new("RGB", (8, 8)).save(photos / "own.jpg", xmp=xmp(array("dc:subject", "own")))
    run(beside)
    own = ids(beside)[photos / "own.jpg"]
    beside.marks.add_tags([own], ["mine"])
    beside.marks.write_sidecars()
    assert from_sidecar(photos / "own.jpg") == (None, ("own", "mine"))
    summary = run(beside)
    assert (summary.indexed, summary.unchanged) == (0, 6)
    assert beside.details(photos / "own.jpg").tags == ("own", "mine")
    after = (photos / "own.jpg.xmp").stat().st_mtime_ns
    beside.marks.remove_tags([own], ["mine"])
    beside.marks.write_sidecars()
    run(beside)
    assert beside.details(photos / "own.jpg").tags == ("own",)
    assert (photos / "own.jpg.xmp").stat().st_mtime_ns > after
    assert find(beside, "tag:mine") == set()


def test_a_sidecar_that_is_there_goes_on_and_one_that_is_shared_is_copied(
    beside: Library, photos: Path, make_photo: MakePhoto
) -> None:
    text = xmp("<dc:title><rdf:Alt><rdf:li>Kept</rdf:li></rdf:Alt></dc:title>", xmp_Rating=1)
    (photos / "b.xmp").write_bytes(text)
    (photos / "c.xmp").write_bytes(text)
    (photos / "c.xmp").chmod(0o640)
    make_photo(photos / "b.jpg")
    run(beside)
    paths = ids(beside)
    beside.marks.set_rating([paths[photos / "b.png"], paths[photos / "c.webp"]], 5)
    assert beside.marks.write_sidecars() == ()
    assert (photos / "b.xmp").read_bytes() == text  # it is that of b.jpg, too
    assert not (photos / "c.webp.xmp").exists()
    assert (photos / "c.xmp").stat().st_mode & 0o777 == 0o640
    run(beside)
    for name, rating in (("b.png", 5), ("b.jpg", 1), ("c.webp", 5)):
        metadata = beside.details(photos / name).metadata
        assert metadata is not None
        assert (metadata.title, metadata.rating) == ("Kept", rating)


def test_what_a_killed_process_was_writing_beside_a_photo_is_cleared_away(
    beside: Library,
    photos: Path,
    tmp_path: Path,
    tiny_clip: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unfinished: list[Path] = []

    def interrupted(path: Path, _: Path) -> None:
        unfinished.append(path)
        shutil.copy(path, tmp_path / "copy")
        raise OSError("killed")

    chosen = [ids(beside)[photos / "b.png"]]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", interrupted)
        beside.marks.set_favorite(chosen, True)
        assert len(beside.marks.write_sidecars()) == 1
    before = {*photos.rglob("*")}
    (left,) = unfinished
    assert left.parent == photos
    shutil.copy(tmp_path / "copy", left)  # a process that is killed clears nothing away
    strange = [photos / name for name in (".tmp-abcdefgh", f"{left.name}.xmp", left.name[:-1])]
    for path in strange:
        path.touch()
    with reopened(beside, tiny_clip) as library:
        library.marks.set_rating(chosen, 3)
        assert library.marks.write_sidecars() == ()
    assert {*photos.rglob("*")} == before | {*strange, photos / "b.png.xmp"}


def test_a_damaged_sidecar_is_left_alone_and_told_of(beside: Library, photos: Path) -> None:
    (photos / "b.png.xmp").write_bytes(b"<x:xmpmeta")
    (photos / "c.webp.xmp").symlink_to(photos / "a.jpg")
    before = (photos / "a.jpg").read_bytes()
    paths = ids(beside)
    chosen = [paths[photos / name] for name in ("b.png", "c.webp")]
    beside.marks.set_favorite(chosen, True)
    first, second = map(str, beside.marks.write_sidecars())
    assert "b.png.xmp makes no sense, and is left as it is" in first
    assert "leads to a file of another kind" in second
    assert (photos / "b.png.xmp").read_bytes() == b"<x:xmpmeta"
    assert (photos / "a.jpg").read_bytes() == before
    assert all(beside.marks.of(each).favorite for each in chosen)


def test_a_folder_that_may_not_be_written_costs_the_sidecar_only(
    open_folder: Path, tiny_clip: Path, make_photo: MakePhoto
) -> None:
    photos, away = make_photo(open_folder / "photos" / "a.jpg").parent, open_folder / "away"
    with Library.open(open_folder / "library", model=str(tiny_clip)) as library:
        library.add_folder(photos)
        run(library)
        library.choices.write_sidecars_beside(True)
        (a,) = ids(library).values()
        with as_ordinary_user(open_folder):
            photos.chmod(0o500)
            library.marks.set_favorite([a], True)
            (problem,) = library.marks.write_sidecars()
            photos.rename(away)
            library.marks.set_rating([a], 2)
            (second,) = library.marks.write_sidecars()
            away.chmod(0o700)
        assert str(problem) == (
            f"The XMP file of {photos / 'a.jpg'} was not written: Permission denied. "
            f"The library has kept the change."
        )
        assert second.reason == "No such file or directory"
        assert library.marks.of(a) == Mark(True, 2)
        assert [path.name for path in away.iterdir()] == ["a.jpg"]
