"""Copying photos into a directory."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import as_ordinary_user
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inphotos.errors import CancelledError
from inphotos.events import Control, Progress
from inphotos.library.export_names import cleaned, key_of
from inphotos.library.exporting import (
    Export,
    ExportError,
    ExportReport,
    NoRoomError,
    covering_folder,
)


def write(path: Path, content: bytes = b"photo", seconds: int = 1_600_000_000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (seconds, seconds))
    return path


def export(photos: list[Path], directory: Path) -> ExportReport:
    work = Export(photos, directory)
    list(work.run())
    return work.report


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_names_and_times_are_kept(tmp_path: Path) -> None:
    photo = write(tmp_path / "in" / "Göteborg 1.JPG", seconds=1_234_567_890)
    report = export([photo, photo], tmp_path / "new" / "out")
    assert [c.target for c in report.copied] == [tmp_path / "new" / "out" / "Göteborg 1.JPG"]
    assert names(tmp_path / "new" / "out") == ["Göteborg 1.JPG"]
    assert report.copied[0].target.read_bytes() == b"photo"
    assert report.copied[0].target.stat().st_mtime == 1_234_567_890
    assert report.bytes == 5


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    photos = [write(tmp_path / f"{n}" / "IMG.jpg", bytes([n])) for n in range(3)]
    out = tmp_path / "out"
    write(out / "img.JPG", b"of somebody else")
    report = export(photos, out)
    assert [c.target.name for c in report.copied] == ["IMG (2).jpg", "IMG (3).jpg", "IMG (4).jpg"]
    assert [c.target.read_bytes() for c in report.copied] == [b"\0", b"\1", b"\2"]
    assert (out / "img.JPG").read_bytes() == b"of somebody else"


def test_what_is_there_already_is_not_copied_again(tmp_path: Path) -> None:
    photos = [write(tmp_path / f"{n}" / "IMG.jpg", bytes([n])) for n in range(3)]
    out = tmp_path / "out"
    export(photos, out)
    before = {path: path.stat().st_ino for path in out.iterdir()}
    report = export([*photos, write(tmp_path / "copy" / "IMG.jpg", b"\1")], out)
    assert report.copied == []
    assert [c.target.name for c in report.unchanged] == [
        "IMG.jpg",
        "IMG (2).jpg",
        "IMG (3).jpg",
        "IMG (2).jpg",
    ]
    assert {path: path.stat().st_ino for path in out.iterdir()} == before


@settings(
    max_examples=30,
    deadline=None,  # forcing files to a busy disk can take long
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a.jpg", "A.jpg", "a (2).jpg", "a.JPG", "ä.jpg", "a\u0308.jpg", "a"]),
            st.integers(0, 3),
        ),
        max_size=9,
    ),
    st.sets(st.sampled_from(["a.jpg", "a (2).JPG", "a (3).jpg", "Ä.jpg"])),
)
def test_nothing_is_lost_and_nothing_overwritten(
    tmp_path: Path, wanted: list[tuple[str, int]], there: set[str]
) -> None:
    shutil.rmtree(tmp_path / "in", ignore_errors=True)
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
    photos = [
        write(tmp_path / "in" / str(at) / name, b"%d" % content)
        for at, (name, content) in enumerate(wanted)
    ]
    for name in there:
        write(tmp_path / "out" / name, b"before")
    first = export(photos, tmp_path / "out")
    assert not first.failed
    for copied in first.copied + first.unchanged:
        assert copied.target.read_bytes() == copied.source.read_bytes()
    for name in there:
        assert (tmp_path / "out" / name).read_bytes() == b"before"
    # No two are one and the same file where case and composition do not count.
    found = names(tmp_path / "out")
    assert max(Counter(map(key_of, found)).values(), default=1) == 1
    assert len(found) == len(there) + len(first.copied)
    assert export(photos, tmp_path / "out").copied == []
    assert names(tmp_path / "out") == found


def test_sidecars_go_along_under_the_name_of_the_copy(tmp_path: Path) -> None:
    photo = write(tmp_path / "in" / "IMG.jpg", b"mine")
    write(tmp_path / "in" / "IMG.jpg.xmp", b"of darktable")
    write(tmp_path / "in" / "IMG.xmp", b"of others", seconds=1_111_111_111)
    write(tmp_path / "in" / "IMG.mov", b"no sidecar")
    out = tmp_path / "out"
    write(out / "IMG.jpg", b"another")
    write(out / "img (2).xmp", b"of a photo that has gone")
    report = export([photo], out)
    assert [c.target.name for c in report.copied] == ["IMG (3).jpg"]
    assert names(out) == [
        "IMG (3).jpg",
        "IMG (3).jpg.xmp",
        "IMG (3).xmp",
        "IMG.jpg",
        "img (2).xmp",
    ]
    assert (out / "IMG (3).jpg.xmp").read_bytes() == b"of darktable"
    assert (out / "IMG (3).xmp").stat().st_mtime == 1_111_111_111


def test_a_sidecar_that_has_changed_since_is_left_alone(tmp_path: Path) -> None:
    photo = write(tmp_path / "in" / "IMG.jpg")
    write(tmp_path / "in" / "IMG.xmp", b"one star")
    export([photo], tmp_path / "out")
    write(tmp_path / "out" / "IMG.xmp", b"five stars")
    assert len(export([photo], tmp_path / "out").unchanged) == 1
    assert names(tmp_path / "out") == ["IMG.jpg", "IMG.xmp"]
    assert (tmp_path / "out" / "IMG.xmp").read_bytes() == b"five stars"


def test_photos_that_cannot_be_read_are_named_and_the_others_copied(open_folder: Path) -> None:
    good = write(open_folder / "good.jpg")
    closed = write(open_folder / "closed.jpg")
    closed.chmod(0)
    pipe = open_folder / "pipe.jpg"
    os.mkfifo(pipe)
    with as_ordinary_user(open_folder):
        report = export([closed, open_folder / "gone.jpg", pipe, good], open_folder / "out")
    assert dict(report.failed) == {
        closed: "its permissions forbid reading it",
        open_folder / "gone.jpg": "the file is not there",
        pipe: "it is not a file",
    }
    assert names(open_folder / "out") == ["good.jpg"]


def test_cancelling_leaves_whole_copies_only(tmp_path: Path) -> None:
    first = write(tmp_path / "first.jpg", b"1")
    large = write(tmp_path / "large.jpg", bytes(3 << 20))
    control, work = Control(), Export([first, large], tmp_path / "out")
    seen: list[Progress] = []
    with pytest.raises(CancelledError):
        for progress in work.run(control):
            seen.append(progress)
            if progress.done > 1:  # in the midst of the large one
                assert len(names(tmp_path / "out")) == 2
                control.cancel()
    assert names(tmp_path / "out") == ["first.jpg"]
    assert [c.source for c in work.report.copied] == [first]
    assert seen[-1].done < seen[-1].total == 1 + (3 << 20)


def test_the_last_progress_is_complete(tmp_path: Path) -> None:
    photos = [write(tmp_path / f"{n}.jpg", bytes(n + 1)) for n in range(3)]
    export(photos[:1], tmp_path / "out")
    *_, last = Export(photos, tmp_path / "out").run()
    assert (last.phase, last.done, last.total) == ("exporting", 6, 6)


def test_without_room_nothing_is_copied(tmp_path: Path) -> None:
    huge = tmp_path / "huge.jpg"
    with huge.open("wb") as file:
        file.truncate(1 << 42)  # takes no room itself
    with pytest.raises(NoRoomError) as told:
        export([huge], tmp_path / "out")
    assert str(told.value).startswith("There is no room for the photos in ")
    assert "4,398,046.5 MB are needed, and" in str(told.value)
    assert names(tmp_path / "out") == []


def test_a_directory_that_cannot_be_written_is_told_in_a_sentence(open_folder: Path) -> None:
    photo = write(open_folder / "a.jpg")
    out = open_folder / "out"
    out.mkdir()
    out.chmod(0o555)
    with as_ordinary_user(open_folder), pytest.raises(ExportError, match="Permission denied"):
        export([photo], out)
    with pytest.raises(ExportError, match=r"cannot be copied to .*choose another folder"):
        export([photo], photo)


def test_a_name_that_becomes_too_long_is_shortened(tmp_path: Path) -> None:
    name = "n" * 251 + ".jpg"
    photos = [write(tmp_path / f"{n}" / name, bytes([n])) for n in range(2)]
    report = export(photos, tmp_path / "out")
    assert [len(c.target.name) for c in report.copied] == [255, 240]
    assert report.copied[1].target.read_bytes() == b"\1"
    assert export(photos, tmp_path / "out").copied == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG 1.jpg", "IMG 1.jpg"),
        ("12:30 what?.jpg", "12_30 what_.jpg"),
        ("line\nbreak.jpg", "line_break.jpg"),
        ("aux.jpg", "_aux.jpg"),
        ("auxiliary.jpg", "auxiliary.jpg"),
        ("dots.. ", "dots"),
        ("\udcff.jpg", "_.jpg"),
        ("é" * 200 + ".jpg", "é" * 118 + ".jpg"),
        ("...", "photo"),
    ],
)
def test_names_are_cleaned_for_file_systems_that_refuse_them(name: str, expected: str) -> None:
    assert cleaned(name) == expected


def test_tells_in_which_folder_the_copies_would_be(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "photos")
    folders = [tmp_path / "others", tmp_path / "photos"]
    assert covering_folder(tmp_path / "link" / "new", folders) == tmp_path / "photos"
    assert covering_folder(tmp_path / "photos-2", folders) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_copies_end_where_the_disk_takes_no_more(tmp_path: Path) -> None:
    import resource

    first = write(tmp_path / "in" / "first.jpg", b"1")
    large = write(tmp_path / "in" / "large.jpg", bytes(60_000))
    work = Export([first, large], tmp_path / "out")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        with pytest.raises(ExportError, match=r"cannot be copied to .* \(File too large\)"):
            list(work.run())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert names(tmp_path / "out") == ["first.jpg"]
    assert work.report.failed == []
