"""Finding photos below a folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import MakePhoto

from inphotos.errors import FolderError
from inphotos.photos.exclusions import Exclusions
from inphotos.photos.scan import Listing, Scan, Sidecar, check_folder


def names_of(scan: Scan) -> list[str]:
    return [
        f"{listing.directory}/{file.name}".lstrip("/") for listing in scan for file in listing.files
    ]


def names(folder: Path) -> list[str]:
    return names_of(Scan(folder))


def listing_of(folder: Path) -> Listing:
    [listing] = Scan(folder)
    return listing


def write(path: Path, data: bytes = b"photo") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_finds_photos_at_every_depth_in_a_stable_order(photos: Path) -> None:
    assert names(photos) == ["a.jpg", "b.png", "c.webp", "trip/d.jpg", "trip/e.jpg"]


def test_reports_size_time_and_number_of_each_file(photos: Path) -> None:
    found = next(iter(Scan(photos))).files[0]
    info = (photos / "a.jpg").stat()
    assert found == ("a.jpg", info.st_size, info.st_mtime_ns, info.st_ino)


def test_directories_come_by_name_parents_first_and_only_those_with_photos(tmp_path: Path) -> None:
    for name in ("b/x.jpg", "b/c/x.jpg", "a/deep/x.jpg", "x.jpg"):
        write(tmp_path / name)
    (tmp_path / "empty").mkdir()
    scan = Scan(tmp_path)
    assert [listing.directory for listing in scan] == ["", "a/deep", "b", "b/c"]
    assert scan.visited == {"", "a", "a/deep", "b", "b/c", "empty"}
    assert scan.entries == 9


def test_suffixes_count_in_any_case(tmp_path: Path) -> None:
    wanted = ["A.JPG", "b.Jpeg", "c.tiFF", "d.HEIC", "e.Nef", "f.jp2"]
    for name in [*wanted, "jpg", "a.jpgx", "notes.txt", "b."]:
        write(tmp_path / name)
    assert names(tmp_path) == wanted


def test_passes_over_what_is_not_a_photo_or_not_the_users(
    tmp_path: Path, make_photo: MakePhoto
) -> None:
    (tmp_path / "notes.txt").write_text("not a photo")
    (tmp_path / "folder.jpg").mkdir()
    os.mkfifo(tmp_path / "pipe.jpg")
    for name in (".hidden.jpg", "._a.jpg", ".cache/a.jpg", "@eaDir/a.jpg", "$RECYCLE.BIN/a.jpg"):
        make_photo(tmp_path / name, format="JPEG")
    for name in (".Trash-1000/a.jpg", "System Volume Information/a.jpg", "node_modules/a.jpg"):
        make_photo(tmp_path / name, format="JPEG")
    make_photo(tmp_path / "UPPER.JPG")
    make_photo(tmp_path / "!first.jpg")
    assert names(tmp_path) == ["!first.jpg", "UPPER.JPG"]


def test_photos_in_a_directory_with_a_photos_name_are_found(tmp_path: Path) -> None:
    write(tmp_path / "folder.jpg" / "a.jpg")
    write(tmp_path / "b.jpg")
    assert names(tmp_path) == ["b.jpg", "folder.jpg/a.jpg"]


def test_a_folder_that_is_hidden_itself_is_listed_when_the_user_chose_it(tmp_path: Path) -> None:
    write(tmp_path / ".private" / "a.jpg")
    write(tmp_path / ".private" / ".nomedia")
    assert names(tmp_path / ".private") == ["a.jpg"]


def test_nomedia_leaves_out_a_directory_and_all_below_it(tmp_path: Path) -> None:
    for name in ("a.jpg", "app/b.jpg", "app/sub/c.jpg", "app/.nomedia"):
        write(tmp_path / name)
    assert names(tmp_path) == ["a.jpg"]
    assert names_of(Scan(tmp_path, directories=["app/sub"])) == []


def test_the_users_patterns_leave_out_directories_and_photos(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.png", "old/b.jpg", "trip/old/c.jpg", "trip/d.jpg", "trip/raw/e.jpg"):
        write(tmp_path / name)
    write(tmp_path / "trip" / "f.png.icloud")
    scan = Scan(tmp_path, Exclusions(("old/", "*.png", "trip/raw")))
    assert names_of(scan) == ["a.jpg", "trip/d.jpg"]
    assert scan.placeholders == []


def test_a_loop_of_links_ends_and_a_folder_reached_twice_counts_once(photos: Path) -> None:
    (photos / "trip" / "loop").symlink_to(photos)
    (photos / "trip" / "self").symlink_to("self")
    (photos / "again").symlink_to(photos / "trip")
    (photos / "dangling.jpg").symlink_to(photos / "nothing.jpg")
    (photos / "round.jpg").symlink_to("round.jpg")
    scan = Scan(photos)
    assert names_of(scan) == ["a.jpg", "b.png", "c.webp", "trip/d.jpg", "trip/e.jpg"]
    assert scan.unreadable == []


def test_links_out_of_the_folder_count_once_for_each_target(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "a.jpg")
    folder = tmp_path / "photos"
    write(folder / "b.jpg")
    for name in ("link1.jpg", "link2.jpg"):
        (folder / name).symlink_to(outside)
    (folder / "inside.jpg").symlink_to(folder / "b.jpg")
    assert names(folder) == ["b.jpg", "link1.jpg"]
    for name in ("dir1", "dir2"):
        (folder / name).symlink_to(tmp_path / "outside")
    scan = Scan(folder)
    assert names_of(scan) == ["b.jpg", "link1.jpg", "dir1/a.jpg"]
    assert scan.repeated == {"dir2"}


def test_a_link_is_followed_to_a_hidden_place_that_is_not_searched_itself(tmp_path: Path) -> None:
    write(tmp_path / ".annex" / "objects" / "a.jpg")
    (tmp_path / "a.jpg").symlink_to(tmp_path / ".annex" / "objects" / "a.jpg")
    (tmp_path / "all").symlink_to(tmp_path / ".annex" / "objects")
    assert names(tmp_path) == ["a.jpg", "all/a.jpg"]


def test_a_link_to_the_directory_around_the_folder_does_not_repeat_the_folder(
    tmp_path: Path,
) -> None:
    write(tmp_path / "photos" / "a.jpg")
    write(tmp_path / "b.jpg")
    (tmp_path / "photos" / "up").symlink_to(tmp_path)
    assert names(tmp_path / "photos") == ["a.jpg", "up/b.jpg"]


def test_overlapping_folders_find_each_photo_once(photos: Path) -> None:
    seen: set[tuple[int, int]] = set()
    assert names_of(Scan(photos / "trip", seen=seen)) == ["d.jpg", "e.jpg"]
    around = Scan(photos, seen=seen)
    assert names_of(around) == ["a.jpg", "b.png", "c.webp"]
    assert around.repeated == {"trip"}
    again = Scan(photos / "trip", seen=seen)
    assert names_of(again) == []
    assert again.repeated == {""}


def test_names_of_any_bytes_are_found(tmp_path: Path, make_photo: MakePhoto) -> None:
    wanted = ["with space.jpg", "quo\"te's.jpg", "😀 été.jpg", "new\nline.jpg", "-dash.jpg"]
    for name in wanted:
        make_photo(tmp_path / name)
    odd = os.fsdecode(b"caf\xe9-\xff.jpg")
    make_photo(tmp_path / odd)
    assert sorted(names(tmp_path)) == sorted([*wanted, odd])


def test_a_time_beyond_64_bits_of_nanoseconds_is_cut_off(tmp_path: Path) -> None:
    write(tmp_path / "a.jpg")
    os.utime(tmp_path / "a.jpg", (11_000_000_000, 11_000_000_000))
    if (tmp_path / "a.jpg").stat().st_mtime < 11_000_000_000:
        pytest.skip("this file system does not hold the year 2318")
    assert listing_of(tmp_path).files[0].mtime_ns == 2**63 - 1


def test_the_digest_stays_until_a_photo_changes(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        write(tmp_path / name)
        os.utime(tmp_path / name, ns=(10**18, 10**18))
    digests = [listing_of(tmp_path).digest]
    assert len(digests[0]) == 16

    shutil.copy2(tmp_path / "a.jpg", tmp_path / "new")  # another inode, all else the same
    (tmp_path / "new").replace(tmp_path / "a.jpg")
    write(tmp_path / "notes.txt")
    assert listing_of(tmp_path).digest == digests[0]

    write(tmp_path / "a.jpg", b"other size")
    os.utime(tmp_path / "a.jpg", ns=(10**18, 10**18))
    digests.append(listing_of(tmp_path).digest)
    os.utime(tmp_path / "a.jpg", ns=(10**18, 10**18 + 100))
    digests.append(listing_of(tmp_path).digest)
    (tmp_path / "a.jpg").rename(tmp_path / "c.jpg")
    digests.append(listing_of(tmp_path).digest)
    write(tmp_path / "d.jpg")
    digests.append(listing_of(tmp_path).digest)
    assert len(set(digests)) == len(digests)


def test_each_photo_has_its_own_sidecar(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg", "b.png", "c.jpg", "D.JPG", "e.jpg"):
        write(tmp_path / name)
    for name in ("a.jpg.xmp", "a.xmp", "b.xmp", "d.XMP", "lonely.xmp", "._e.xmp"):
        write(tmp_path / name, name.encode())
    found = listing_of(tmp_path).sidecars
    assert {photo: sidecar.name for photo, sidecar in found.items()} == {
        "a.jpg": "a.jpg.xmp",
        "b.jpg": "b.xmp",
        "b.png": "b.xmp",
        "D.JPG": "d.XMP",
    }
    info = (tmp_path / "a.jpg.xmp").stat()
    assert found["a.jpg"] == Sidecar("a.jpg.xmp", info.st_size, info.st_mtime_ns)


def test_sidecars_that_differ_in_case_belong_to_the_photo_of_the_same_case(tmp_path: Path) -> None:
    for name in ("a.jpg", "A.jpg", "a.xmp", "A.xmp"):
        write(tmp_path / name)
    found = listing_of(tmp_path).sidecars
    assert {photo: sidecar.name for photo, sidecar in found.items()} == {
        "a.jpg": "a.xmp",
        "A.jpg": "A.xmp",
    }


def test_the_sidecar_of_a_raw_file_belongs_to_the_photo_of_the_same_shot(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.nef", "a.nef.xmp", "b.nef", "b.nef.xmp"):
        write(tmp_path / name)
    listing = listing_of(tmp_path)
    assert [file.name for file in listing.files] == ["a.jpg", "b.nef"]
    assert {photo: sidecar.name for photo, sidecar in listing.sidecars.items()} == {
        "a.jpg": "a.nef.xmp",
        "b.nef": "b.nef.xmp",
    }


def test_an_edited_sidecar_changes_the_digest(tmp_path: Path) -> None:
    write(tmp_path / "a.jpg")
    digests = [listing_of(tmp_path).digest]
    write(tmp_path / "a.xmp", b"five")
    digests.append(listing_of(tmp_path).digest)
    os.utime(tmp_path / "a.xmp", ns=(10**18, 10**18))
    digests.append(listing_of(tmp_path).digest)
    write(tmp_path / "a.xmp", b"longer")
    digests.append(listing_of(tmp_path).digest)
    assert len(set(digests)) == len(digests)
    write(tmp_path / "other.xmp")
    assert listing_of(tmp_path).digest == digests[-1]


def test_photos_in_the_cloud_are_named_and_not_given_out(tmp_path: Path) -> None:
    for name in ("a.jpg", ".b.jpg.icloud", "c.heic.nextcloud", ".notes.txt.icloud", "d.cloud"):
        write(tmp_path / name)
    scan = Scan(tmp_path)
    assert names_of(scan) == ["a.jpg"]
    assert sorted(scan.placeholders) == [tmp_path / "b.jpg", tmp_path / "c.heic"]


def test_a_raw_file_is_passed_over_while_its_jpeg_is_in_the_cloud(tmp_path: Path) -> None:
    write(tmp_path / ".a.jpg.icloud")
    write(tmp_path / "a.nef")
    assert names(tmp_path) == []


def test_a_directory_that_may_not_be_listed_is_reported(
    ordinary_user: Path, make_photo: MakePhoto
) -> None:
    make_photo(ordinary_user / "a.jpg")
    make_photo(ordinary_user / "closed" / "b.jpg")
    make_photo(ordinary_user / "blind" / "c.jpg")
    (ordinary_user / "closed").chmod(0)
    (ordinary_user / "blind").chmod(0o400)  # names can be read, nothing else
    scan = Scan(ordinary_user, known=["", "blind", "blind/sub", "closed", "closed/sub"])
    assert names_of(scan) == ["a.jpg"]
    assert scan.absent == set()
    assert scan.unreadable == [ordinary_user / "blind", ordinary_user / "closed"]
    assert scan.visited == {""}
    with pytest.raises(FolderError, match="may not be read; check its permissions"):
        check_folder(ordinary_user / "closed")


def test_a_root_that_is_away_is_reported(tmp_path: Path) -> None:
    for directories in (None, ["trip"]):
        scan = Scan(tmp_path / "away", directories=directories)
        assert list(scan) == []
        assert scan.unreadable == [tmp_path / "away"]
        assert scan.absent == set()


def test_the_checkpoint_can_end_a_scan_between_directories(photos: Path) -> None:
    calls: list[int] = []

    def stop_at_the_second() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(Scan(photos, checkpoint=stop_at_the_second))
    assert len(calls) == 2


def test_single_directories_are_listed_with_what_is_new_below_them(tmp_path: Path) -> None:
    for name in ("a.jpg", "trip/b.jpg", "trip/old/c.jpg", "trip/new/d.jpg", "trip/new/sub/e.jpg"):
        write(tmp_path / name)
    scan = Scan(tmp_path, directories=["trip"], known=["", "trip", "trip/old"])
    assert names_of(scan) == ["trip/b.jpg", "trip/new/d.jpg", "trip/new/sub/e.jpg"]
    assert scan.visited == {"trip", "trip/new", "trip/new/sub"}
    assert scan.absent == set()


def test_directories_that_went_are_told_from_those_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path / "trip" / "hidden" / ".nomedia")
    write(tmp_path / "trip" / "left out" / "a.jpg")
    known = ["", "trip", "trip/deleted", "trip/deleted/sub", "trip/hidden", "trip/left out"]
    exclusions = Exclusions(("left out",))
    scan = Scan(tmp_path, exclusions, directories=["trip", "trip/hidden"], known=known)
    assert list(scan) == []
    assert scan.absent == {"trip/deleted", "trip/hidden", "trip/left out"}
    asked = Scan(tmp_path, exclusions, directories=["trip/deleted", "trip/left out"], known=known)
    assert list(asked) == []
    assert asked.absent == {"trip/deleted", "trip/left out"}
    assert scan.unreadable == asked.unreadable == []


def test_a_known_link_whose_target_is_away_is_not_taken_for_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    write(folder / "a.jpg")
    write(tmp_path / "drive" / "b.jpg")
    (folder / "link").symlink_to(tmp_path / "drive")
    first = Scan(folder)
    assert names_of(first) == ["a.jpg", "link/b.jpg"]
    (tmp_path / "drive").rename(tmp_path / "away")
    for directories in (None, ["link"]):
        scan = Scan(folder, directories=directories, known=first.visited)
        list(scan)
        assert scan.unreadable == [folder / "link"]
        assert scan.absent == set()


@pytest.fixture
def with_drive(tmp_path: Path) -> Iterator[Path]:
    """A folder with a file system mounted on its directory ``drive``; needs the right to mount."""
    drive = tmp_path / "photos" / "drive"
    drive.mkdir(parents=True)
    write(tmp_path / "photos" / "a.jpg")
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(drive)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting a file system needs root")
    write(drive / "sub" / "b.jpg")
    yield tmp_path / "photos"
    subprocess.run(["umount", str(drive)], capture_output=True)


@pytest.mark.parametrize("directories", [None, ["", "drive"], ["drive/sub"]])
@pytest.mark.parametrize("remains", [True, False])
def test_a_drive_mounted_inside_the_folder_may_be_away(
    with_drive: Path, remains: bool, directories: list[str] | None
) -> None:
    first = Scan(with_drive)
    assert names_of(first) == ["a.jpg", "drive/sub/b.jpg"]
    assert first.mounts == {"drive"}
    subprocess.run(["umount", str(with_drive / "drive")], check=True)
    if not remains:
        (with_drive / "drive").rmdir()
    scan = Scan(with_drive, directories=directories, known=first.visited, known_mounts=first.mounts)
    list(scan)
    assert scan.unreadable == [with_drive / "drive"]
    assert scan.absent == set()
    assert scan.mounts == set()


def test_a_drive_that_is_the_folder_may_be_away(with_drive: Path) -> None:
    first = Scan(with_drive / "drive")
    assert names_of(first) == ["sub/b.jpg"]
    assert first.mounts == {""}
    subprocess.run(["umount", str(with_drive / "drive")], check=True)
    write(with_drive / "drive" / "the drive is not mounted.txt")
    away = Scan(with_drive / "drive", known=first.visited, known_mounts=first.mounts)
    assert list(away) == []
    assert away.unreadable == [with_drive / "drive"]
    write(with_drive / "drive" / "c.jpg")
    replaced = Scan(with_drive / "drive", known=first.visited, known_mounts=first.mounts)
    assert names_of(replaced) == ["c.jpg"]
    assert replaced.mounts == set()
    assert replaced.unreadable == []


def test_a_drive_that_goes_during_the_scan_is_not_taken_for_deleted(with_drive: Path) -> None:
    write(with_drive / "drive" / "z" / "c.jpg")
    scan = Scan(with_drive)
    listings = iter(scan)
    assert [next(listings).directory, next(listings).directory] == ["", "drive/sub"]
    subprocess.run(["umount", "--lazy", str(with_drive / "drive")], check=True)
    assert list(listings) == []
    assert scan.unreadable == [with_drive / "drive"]
    assert scan.absent == set()


def just_after_listing(
    directory: Path, happens: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let something happen to the files between a directory's listing and the look at each."""
    listed = os.scandir

    @contextlib.contextmanager
    def scandir(path: str) -> Iterator[Iterator[os.DirEntry[str]]]:
        with listed(path) as entries:
            found = list(entries)
        if path == str(directory):
            happens()
        yield iter(found)

    monkeypatch.setattr(os, "scandir", scandir)


def test_a_drive_that_goes_while_a_directory_is_listed_is_not_taken_for_empty(
    with_drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unmount = ["umount", "--lazy", str(with_drive / "drive")]
    place = with_drive / "drive" / "sub"
    just_after_listing(place, lambda: subprocess.run(unmount, check=True), monkeypatch)
    scan = Scan(with_drive)
    assert names_of(scan) == ["a.jpg"]
    assert scan.unreadable == [with_drive / "drive"]
    assert "drive/sub" not in scan.visited


def test_a_photo_deleted_while_its_directory_is_listed_is_gone(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    just_after_listing(photos / "trip", (photos / "trip" / "d.jpg").unlink, monkeypatch)
    scan = Scan(photos, directories=["trip"])
    assert names_of(scan) == ["trip/e.jpg"]
    assert scan.visited == {"trip"}
    assert scan.unreadable == []


def test_a_directory_deleted_during_the_scan_is_gone(photos: Path) -> None:
    scan = Scan(photos)
    listings = iter(scan)
    next(listings)
    shutil.rmtree(photos / "trip")
    assert list(listings) == []
    assert scan.absent == {"trip"}
    assert scan.unreadable == []


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


def test_files_of_a_listing_are_found_by_their_place(photos: Path) -> None:
    listing = next(iter(Scan(photos)))
    files = list(listing.files)
    assert [listing.files[at] for at in range(len(listing.files))] == files
    assert list(listing.files[1:]) == files[1:]
    info = (photos / files[0].name).stat()
    assert files[0][1:] == (info.st_size, info.st_mtime_ns, info.st_ino)
