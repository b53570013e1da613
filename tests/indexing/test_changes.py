"""The files on disk compared with the catalog."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from inphotos.indexing.changes import Changes, FolderScan, compare
from inphotos.photos.decode import DECODER_VERSION, content_digest
from inphotos.photos.scan import FoundFile
from inphotos.store.catalog import Folder, Photo

FOLDER = Folder(1, Path("/photos"))
KNOWN = Photo(7, 1, Path("/photos/a.jpg"), 10, 20, content="aa", decoder=DECODER_VERSION)


def on_disk(*files: FoundFile, unreadable: tuple[Path, ...] = ()) -> list[FolderScan]:
    return [FolderScan(FOLDER, files, unreadable)]


def difference(files: list[FolderScan], *known: Photo, encoded: set[int] | None = None) -> Changes:
    return compare(files, known, {7} if encoded is None else encoded)


def same(photo: Photo) -> FoundFile:
    return FoundFile(photo.path, photo.size, photo.mtime_ns)


def test_an_unchanged_photo_is_not_read() -> None:
    changes = difference(on_disk(same(KNOWN)), KNOWN)
    assert (changes.unchanged, changes.to_read, changes.gone) == (1, [], [])


def test_a_new_photo_is_read() -> None:
    new = FoundFile(Path("/photos/b.jpg"), 1, 2)
    changes = difference(on_disk(same(KNOWN), new), KNOWN)
    assert changes.to_read == [Photo(0, 1, new.path, 1, 2)]


def test_a_photo_that_another_model_encoded_is_read_for_this_one() -> None:
    changes = difference(on_disk(same(KNOWN)), KNOWN, encoded=set())
    assert changes.to_read == [KNOWN]
    assert not changes.rewritten


def test_a_changed_photo_keeps_its_id_and_is_read() -> None:
    for file in (FoundFile(KNOWN.path, 11, 20), FoundFile(KNOWN.path, 10, 21)):
        changes = difference(on_disk(file), KNOWN)
        assert [photo.id for photo in changes.to_read] == [7]
        assert changes.rewritten == {7}


def test_a_photo_that_is_no_longer_there_is_gone_once() -> None:
    assert difference(on_disk(), KNOWN).gone == [KNOWN]
    assert difference(on_disk(), replace(KNOWN, gone=True)).gone == []


def test_a_photo_in_a_directory_that_cannot_be_listed_is_not_gone() -> None:
    photo = replace(KNOWN, path=Path("/photos/trip/a.jpg"))
    assert difference(on_disk(unreadable=(Path("/photos/trip"),)), photo).gone == []


def test_a_photo_that_is_back_unchanged_is_not_read_again() -> None:
    changes = difference(on_disk(same(KNOWN)), replace(KNOWN, gone=True))
    assert changes.revived == [KNOWN]
    assert changes.to_read == []


def test_a_failure_is_tried_again_only_by_a_later_decoder() -> None:
    failed = replace(KNOWN, reason="damaged", content="")
    assert difference(on_disk(same(failed)), failed, encoded=set()).to_read == []
    older = replace(failed, decoder=DECODER_VERSION - 1)
    assert difference(on_disk(same(older)), older, encoded=set()).to_read == [older]


def test_a_renamed_photo_is_recognised_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "new.jpg").write_bytes(b"0123456789")
    known = replace(KNOWN, content=content_digest(b"0123456789"))
    moved = FoundFile(tmp_path / "new.jpg", 10, 99)
    changes = difference(on_disk(moved), known)
    assert (changes.moved, changes.gone, changes.to_read) == (1, [], [])
    assert changes.revived == [replace(known, path=moved.path, mtime_ns=99)]


def test_a_photo_of_the_same_size_but_other_bytes_is_new(tmp_path: Path) -> None:
    (tmp_path / "new.jpg").write_bytes(b"9876543210")
    known = replace(KNOWN, content=content_digest(b"0123456789"))
    changes = difference(on_disk(FoundFile(tmp_path / "new.jpg", 10, 99)), known)
    assert changes.moved == 0
    assert changes.gone == [known]
    assert [photo.id for photo in changes.to_read] == [0]


def test_one_gone_photo_explains_one_new_file_only(tmp_path: Path) -> None:
    files = []
    for name in ("b.jpg", "c.jpg"):
        (tmp_path / name).write_bytes(b"0123456789")
        files.append(FoundFile(tmp_path / name, 10, 99))
    changes = difference(on_disk(*files), replace(KNOWN, content=content_digest(b"0123456789")))
    assert changes.moved == 1
    assert len(changes.to_read) == 1


def test_the_newest_photos_are_read_first() -> None:
    files = [FoundFile(Path(f"/photos/{n}.jpg"), 1, n) for n in (2, 3, 1)]
    read = difference(on_disk(*files)).to_read
    assert [photo.mtime_ns for photo in read] == [3, 2, 1]
