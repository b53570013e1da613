"""What is kept is nobody's business but its owner's, whatever the umask is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from inphotos.owner_only import make_directory, open_for_owner, tighten
from inphotos.store.database import Database

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")


@pytest.fixture(autouse=True)
def _open_handed() -> Iterator[None]:
    """A user who lets everybody read and write all that a program does not protect."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(place: Path) -> list[Path]:
    paths = [place, *place.rglob("*")]
    return [path for path in paths if stat.S_IMODE(path.lstat().st_mode) & 0o077]


def test_directories_that_are_missing_on_the_way_are_the_owners_too(tmp_path: Path) -> None:
    make_directory(tmp_path / "a" / "b" / "c")
    make_directory(tmp_path / "a" / "b")

    assert (tmp_path / "a" / "b" / "c").is_dir()
    assert open_to_others(tmp_path / "a") == []


def test_a_new_file_is_the_owners_and_an_old_one_stays_what_it_was(tmp_path: Path) -> None:
    for words in ({}, {"append": True}, {"keep": True}):
        with open_for_owner(tmp_path / "file", **words) as file:
            file.write(b"x")
    (tmp_path / "given").touch(0o644)
    with open_for_owner(tmp_path / "given", append=True) as file:
        file.write(b"y")

    assert (tmp_path / "file").read_bytes() == b"xx"
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "given").stat().st_mode) == 0o644


def test_a_library_that_others_could_read_is_closed_to_them_when_it_is_opened(
    tmp_path: Path,
) -> None:
    library = tmp_path / "library"
    Database(library).close()
    (library / "thumbnails" / "256" / "ab").mkdir(parents=True)
    (library / "thumbnails" / "256" / "ab" / "cd.jpg").touch()
    for path in (library, *library.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)

    Database(library).close()

    assert open_to_others(library) == []


def test_a_library_behind_a_link_is_closed_to_others(tmp_path: Path) -> None:
    Database(tmp_path / "library").close()
    for path in (tmp_path / "library", *(tmp_path / "library").rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    (tmp_path / "link").symlink_to("library")

    Database(tmp_path / "link").close()

    assert open_to_others(tmp_path / "library") == []


def test_what_a_link_leads_to_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").touch(0o644)
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "link").symlink_to(tmp_path / "elsewhere")

    tighten(tmp_path / "kept")

    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "elsewhere").stat().st_mode) == 0o777
    assert stat.S_IMODE((tmp_path / "elsewhere" / "file").stat().st_mode) == 0o644
