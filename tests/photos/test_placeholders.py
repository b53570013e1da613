"""Photos that are only in the cloud."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from inphotos.photos.placeholders import is_placeholder, photo_of_stub
from inphotos.photos.scan import Scan

#: Windows' attributes of a file that is in OneDrive and pinned to this computer.
_PINNED = 0x0008_0000
_REPARSE_POINT = stat.FILE_ATTRIBUTE_REPARSE_POINT


# Python has these fields on those systems only, so they stand for a file's state there.
@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"st_file_attributes": stat.FILE_ATTRIBUTE_ARCHIVE | 0x0040_0000}, True),
        ({"st_file_attributes": 0x0004_0000}, True),
        ({"st_file_attributes": stat.FILE_ATTRIBUTE_OFFLINE | _REPARSE_POINT}, True),
        ({"st_file_attributes": stat.FILE_ATTRIBUTE_ARCHIVE}, False),
        ({"st_file_attributes": _REPARSE_POINT | _PINNED}, False),
        ({"st_flags": 0x4000_0000}, True),
        ({"st_flags": stat.UF_HIDDEN}, False),
    ],
)
def test_windows_and_macos_mark_what_is_not_here(state: dict[str, int], expected: bool) -> None:
    assert is_placeholder(SimpleNamespace(**state), "a.jpg") is expected


def test_a_file_that_is_here_is_no_placeholder(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"photo")
    assert not is_placeholder(photo.stat(), photo.name)


def test_a_file_without_blocks_on_disk_is_found_like_any_other(tmp_path: Path) -> None:
    photo = tmp_path / "sparse.jpg"
    photo.touch()
    os.truncate(photo, 1 << 20)
    if photo.stat().st_blocks:
        pytest.skip("this file system has no sparse files")
    scan = Scan(tmp_path)
    assert [file.name for listing in scan for file in listing.files] == ["sparse.jpg"]
    assert scan.placeholders == []


@pytest.mark.parametrize(
    ("stub", "photo"),
    [
        (".IMG_1.HEIC.icloud", "IMG_1.HEIC"),
        ("a.jpg.nextcloud", "a.jpg"),
        ("a.jpg.owncloud", "a.jpg"),
        ("a b.png.cloud", "a b.png"),
        ("a.jpg.odrive", "a.jpg"),
    ],
)
def test_the_stubs_of_known_clients_are_named_by_their_photo(
    tmp_path: Path, stub: str, photo: str
) -> None:
    (tmp_path / stub).write_bytes(b"bplist00")
    assert is_placeholder((tmp_path / stub).stat(), stub)
    scan = Scan(tmp_path)
    assert list(scan) == []
    assert scan.placeholders == [tmp_path / photo]


@pytest.mark.parametrize(
    "name",
    ["a.jpg", ".notes.pdf.icloud", "IMG_1.jpg.icloud", ".icloud", "a.cloud", "a.jpg.nextcloud.txt"],
)
def test_other_names_are_no_stubs_of_photos(name: str) -> None:
    assert photo_of_stub(name) is None


def test_a_placeholder_is_never_opened(tmp_path: Path) -> None:
    for name in ("a.jpg", ".b.jpg.icloud", "c.jpg.nextcloud"):
        path = tmp_path / name
        path.write_bytes(b"x")
        os.utime(path, ns=(10**18, 2 * 10**18))  # opened and read, its access time would change
    list(Scan(tmp_path))
    assert {path.stat().st_atime_ns for path in tmp_path.iterdir()} == {10**18}
