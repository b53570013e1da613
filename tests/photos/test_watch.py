"""What changes in real folders is noticed, and nothing else."""

from __future__ import annotations

import ctypes
import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import MakePhoto

from inphotos.photos.disturbances import MAX_DIRECTORIES
from inphotos.photos.inotify import InotifyTree
from inphotos.photos.observed import ObservedTree
from inphotos.photos.watch import Disturbance, FolderWatcher

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")

# Of watchdog on Linux, where it serves these tests only: it means no harm by it.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")

QUIET = 0.1
PATIENCE = 60.0


class Seen:
    """Everything a watcher delivered."""

    def __init__(self) -> None:
        self.directories: set[tuple[Path, str]] = set()
        self.roots: set[Path] = set()
        self.deliveries = 0
        self._condition = threading.Condition()

    def __call__(self, disturbance: Disturbance) -> None:
        with self._condition:
            self.deliveries += 1
            self.roots |= disturbance.roots
            for root, names in disturbance.directories.items():
                self.directories |= {(root, name) for name in names}
            self._condition.notify_all()

    def wait_for(self, answer: Callable[[], bool]) -> None:
        with self._condition:
            assert self._condition.wait_for(answer, PATIENCE), (self.directories, self.roots)

    def wait_for_directories(self, root: Path, *names: str) -> None:
        self.wait_for(lambda: self.directories >= {(root, name) for name in names})

    def wait_for_root(self, root: Path) -> None:
        self.wait_for(lambda: root in self.roots)

    def clear(self) -> None:
        with self._condition:
            self.directories.clear()
            self.roots.clear()


def wait_until(answer: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not answer():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture(params=[pytest.param(InotifyTree, marks=linux_only), ObservedTree])
def watcher(request: pytest.FixtureRequest, seen: Seen) -> Iterator[FolderWatcher]:
    """A watcher for each way of watching; watchdog's works on every system."""
    watcher = FolderWatcher(seen, quiet_seconds=QUIET, poll_seconds=0.1, open_tree=request.param)
    yield watcher
    watcher.close()


@pytest.fixture
def linux_watcher(seen: Seen) -> Iterator[FolderWatcher]:
    if sys.platform != "linux":
        pytest.skip("inotify is Linux's")
    watcher = FolderWatcher(seen, quiet_seconds=QUIET, poll_seconds=0.1)
    yield watcher
    watcher.close()


def start(watcher: FolderWatcher, seen: Seen, *roots: Path) -> None:
    """Watch, and forget about what the test itself has just prepared."""
    watcher.watch(roots)
    wait_until(lambda: watcher.is_set_up)
    for root in roots:
        sentinel(seen, root)
    seen.clear()


def sentinel(seen: Seen, root: Path) -> None:
    """Cause one change in a directory of its own and wait until it is noticed."""
    place = root / f"sentinel{time.monotonic_ns()}"
    place.mkdir()
    seen.wait_for_directories(root, place.name)


def noticed(seen: Seen) -> set[str]:
    """The directories seen but for the sentinels and the folder, where those are made."""
    return {name for _, name in seen.directories if name and not name.startswith("sentinel")}


def test_a_photo_that_comes_changes_or_goes_disturbs_its_directory(
    watcher: FolderWatcher, seen: Seen, photos: Path, make_photo: MakePhoto
) -> None:
    start(watcher, seen, photos)
    for change in (
        lambda: make_photo(photos / "trip" / "new.jpg"),
        lambda: make_photo(photos / "trip" / "new.jpg", seed=2),
        lambda: (photos / "trip" / "new.jpg").rename(photos / "trip" / "other.jpg"),
        lambda: (photos / "trip" / "other.jpg").unlink(),
    ):
        change()
        seen.wait_for_directories(photos, "trip")
        assert seen.directories == {(photos, "trip")}
        seen.clear()
    assert not seen.roots


def test_a_moved_photo_disturbs_where_it_was_and_where_it_is(
    watcher: FolderWatcher, seen: Seen, photos: Path
) -> None:
    (photos / "other").mkdir()
    start(watcher, seen, photos)
    (photos / "trip" / "d.jpg").rename(photos / "other" / "d.jpg")
    seen.wait_for_directories(photos, "trip", "other")
    assert seen.directories == {(photos, "trip"), (photos, "other")}


@pytest.mark.parametrize("name", ["d.xmp", "d.jpg.XMP", ".nomedia"])
def test_sidecars_and_the_mark_of_no_photos_count(
    watcher: FolderWatcher, seen: Seen, photos: Path, name: str
) -> None:
    start(watcher, seen, photos)
    (photos / "trip" / name).write_bytes(b"<x/>")
    seen.wait_for_directories(photos, "trip")


def test_other_files_and_hidden_places_disturb_nothing(
    watcher: FolderWatcher, seen: Seen, photos: Path, make_photo: MakePhoto
) -> None:
    for name in ("texts", ".hidden", "@eaDir", "trip/node_modules"):
        (photos / name).mkdir()
    start(watcher, seen, photos)
    (photos / "texts" / "notes.txt").write_text("hello")
    (photos / "texts" / ".d.jpg.part").write_text("hello")
    make_photo(photos / ".hidden" / "x.jpg")
    make_photo(photos / "@eaDir" / "deep" / "x.jpg")
    make_photo(photos / "trip" / "node_modules" / "x.jpg")
    sentinel(seen, photos)
    assert noticed(seen) == set()


def test_reading_photos_disturbs_nothing(watcher: FolderWatcher, seen: Seen, photos: Path) -> None:
    start(watcher, seen, photos)
    for path in photos.rglob("*.jpg"):
        path.read_bytes()
        path.stat()
    list(os.scandir(photos / "trip"))
    sentinel(seen, photos)
    assert noticed(seen) == set()


def test_directories_made_and_filled_at_once_are_all_told_of(
    watcher: FolderWatcher, seen: Seen, photos: Path, make_photo: MakePhoto
) -> None:
    start(watcher, seen, photos)
    make_photo(photos / "x" / "y" / "z" / "new.jpg")
    seen.wait_for_directories(photos, "", "x", "x/y", "x/y/z")
    seen.clear()
    make_photo(photos / "x" / "y" / "z" / "later.jpg")
    seen.wait_for_directories(photos, "x/y/z")


def test_a_directory_moved_in_is_told_of_with_all_it_holds(
    watcher: FolderWatcher, seen: Seen, photos: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    make_photo(tmp_path / "outside" / "deep" / "x.jpg")
    start(watcher, seen, photos)
    (tmp_path / "outside").rename(photos / "inside")
    seen.wait_for_directories(photos, "", "inside", "inside/deep")
    seen.clear()
    make_photo(photos / "inside" / "deep" / "later.jpg")
    seen.wait_for_directories(photos, "inside/deep")


def test_a_renamed_directory_is_told_of_by_its_new_name(
    watcher: FolderWatcher, seen: Seen, photos: Path, make_photo: MakePhoto
) -> None:
    make_photo(photos / "trip" / "deep" / "x.jpg")
    start(watcher, seen, photos)
    (photos / "trip").rename(photos / "journey")
    seen.wait_for_directories(photos, "", "journey", "journey/deep")
    seen.clear()
    make_photo(photos / "journey" / "deep" / "later.jpg")
    seen.wait_for_directories(photos, "journey/deep")
    assert noticed(seen) == {"journey/deep"}


def test_a_directory_that_goes_disturbs_its_parent(
    watcher: FolderWatcher, seen: Seen, photos: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    make_photo(photos / "year" / "june" / "x.jpg")
    make_photo(photos / "year" / "july" / "x.jpg")
    start(watcher, seen, photos)
    (photos / "year" / "june").rename(tmp_path / "away")
    seen.wait_for_directories(photos, "year")
    seen.clear()
    shutil.rmtree(photos / "year" / "july")
    seen.wait_for_directories(photos, "year")
    seen.clear()
    make_photo(photos / "year" / "july" / "again.jpg")
    seen.wait_for_directories(photos, "year", "year/july")


def test_a_directory_that_was_moved_away_is_watched_no_more(
    linux_watcher: FolderWatcher, seen: Seen, photos: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    start(linux_watcher, seen, photos)
    (photos / "trip").rename(tmp_path / "away")
    seen.wait_for_directories(photos, "")
    seen.clear()
    make_photo(tmp_path / "away" / "x.jpg")
    sentinel(seen, photos)
    assert noticed(seen) == set()


def test_what_the_user_left_out_is_not_told_of(
    watcher: FolderWatcher, seen: Seen, photos: Path, make_photo: MakePhoto
) -> None:
    make_photo(photos / "private" / "deep" / "x.jpg")
    asked = set()

    def is_wanted(root: Path, directory: str) -> bool:
        asked.add((root, directory))
        return directory != "private"

    watcher.watch([photos], is_wanted)
    wait_until(lambda: watcher.is_set_up)
    make_photo(photos / "private" / "deep" / "y.jpg")
    make_photo(photos / ".hidden" / "y.jpg")
    sentinel(seen, photos)
    make_photo(photos / "private" / "later" / "y.jpg")
    make_photo(photos / "trip" / "y.jpg")
    seen.wait_for_directories(photos, "trip")
    assert {name for name in noticed(seen) if name != "trip"} == set()
    assert (photos, "private") in asked
    assert not {name for _, name in asked if name.startswith((".hidden", "private/"))}


def test_a_rule_that_fails_leaves_nothing_out(
    watcher: FolderWatcher, seen: Seen, photos: Path, make_photo: MakePhoto
) -> None:
    def is_wanted(root: Path, directory: str) -> bool:
        raise ValueError(directory)

    watcher.watch([photos], is_wanted)
    wait_until(lambda: watcher.is_set_up)
    make_photo(photos / "trip" / "y.jpg")
    seen.wait_for_directories(photos, "trip")


def test_more_directories_than_are_kept_become_a_scan_of_the_whole_folder(
    watcher: FolderWatcher, seen: Seen, photos: Path, tmp_path: Path
) -> None:
    for number in range(MAX_DIRECTORIES + 1):
        (tmp_path / "many" / str(number)).mkdir(parents=True)
    start(watcher, seen, photos)
    (tmp_path / "many").rename(photos / "many")
    seen.wait_for_root(photos)


def test_many_files_in_one_directory_are_one_delivery_of_one_name(
    linux_watcher: FolderWatcher, seen: Seen, photos: Path
) -> None:
    start(linux_watcher, seen, photos)
    for number in range(3000):
        (photos / "trip" / f"{number}.jpg").write_bytes(b"\xff\xd8\xff")
    seen.wait_for_directories(photos, "trip")
    assert seen.directories == {(photos, "trip")}
    assert not seen.roots


def test_changes_that_never_end_are_delivered_all_the_same(photos: Path, seen: Seen) -> None:
    watcher = FolderWatcher(seen, quiet_seconds=1000, longest_wait=0.2, poll_seconds=1000)
    try:
        watcher.watch([photos])
        wait_until(lambda: watcher.is_set_up)
        (photos / "trip" / "x.jpg").write_bytes(b"")
        seen.wait_for_directories(photos, "trip")
    finally:
        watcher.close()


def test_a_folder_that_is_not_there_yet_is_waited_for(
    watcher: FolderWatcher, seen: Seen, tmp_path: Path, make_photo: MakePhoto
) -> None:
    root = tmp_path / "later"
    watcher.watch([root])
    wait_until(lambda: watcher.is_set_up)
    assert not seen.roots
    make_photo(root / "trip" / "x.jpg")
    seen.wait_for_root(root)
    start(watcher, seen, root)
    make_photo(root / "trip" / "y.jpg")
    seen.wait_for_directories(root, "trip")


def test_a_folder_that_goes_and_returns_is_scanned_and_watched_again(
    watcher: FolderWatcher, seen: Seen, photos: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    start(watcher, seen, photos)
    photos.rename(tmp_path / "away")
    seen.wait_for_root(photos)
    seen.clear()
    (tmp_path / "away").rename(photos)
    seen.wait_for_root(photos)
    seen.clear()
    make_photo(photos / "trip" / "x.jpg")
    seen.wait_for_directories(photos, "trip")


def test_a_folder_that_is_deleted_and_made_anew_is_watched_again(
    watcher: FolderWatcher, seen: Seen, photos: Path, make_photo: MakePhoto
) -> None:
    start(watcher, seen, photos)
    shutil.rmtree(photos)
    seen.wait_for_root(photos)
    seen.clear()
    make_photo(photos / "trip" / "x.jpg")
    seen.wait_for_root(photos)
    start(watcher, seen, photos)
    make_photo(photos / "trip" / "y.jpg")
    seen.wait_for_directories(photos, "trip")


def test_a_folder_behind_a_link_is_watched_and_so_is_what_the_link_leads_to_next(
    watcher: FolderWatcher, seen: Seen, photos: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    link = tmp_path / "link"
    link.symlink_to(photos)
    make_photo(tmp_path / "second" / "x.jpg")
    start(watcher, seen, link)
    make_photo(photos / "trip" / "x.jpg")
    seen.wait_for_directories(link, "trip")
    link.unlink()
    link.symlink_to(tmp_path / "second")
    seen.wait_for_root(link)
    start(watcher, seen, link)
    make_photo(tmp_path / "second" / "deep" / "x.jpg")
    seen.wait_for_directories(link, "deep")


def test_linked_directories_inside_are_watched_under_their_names(
    linux_watcher: FolderWatcher, seen: Seen, photos: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    make_photo(tmp_path / "outside" / "deep" / "x.jpg")
    (photos / "a_link").symlink_to(tmp_path / "outside")
    (photos / "b_link").symlink_to(tmp_path / "outside")
    (tmp_path / "outside" / "loop").symlink_to(tmp_path / "outside")
    start(linux_watcher, seen, photos)
    make_photo(tmp_path / "outside" / "y.jpg")
    seen.wait_for_directories(photos, "a_link", "b_link")
    assert noticed(seen) == {"a_link", "b_link"}
    make_photo(tmp_path / "outside" / "deep" / "y.jpg")
    seen.wait_for_directories(photos, "a_link/deep")
    (photos / "a_link").unlink()
    seen.wait_for_directories(photos, "b_link/deep")
    seen.clear()
    make_photo(tmp_path / "outside" / "deep" / "z.jpg")
    seen.wait_for_directories(photos, "b_link/deep")
    assert noticed(seen) == {"b_link/deep"}
    (photos / "c_link").symlink_to(tmp_path / "outside")
    seen.wait_for_directories(photos, "c_link")
    shutil.rmtree(tmp_path / "outside")
    seen.clear()
    sentinel(seen, photos)


def test_names_that_are_not_utf_8_are_told_of_as_they_are(
    linux_watcher: FolderWatcher, seen: Seen, photos: Path, make_photo: MakePhoto
) -> None:
    name = os.fsdecode(b"sp\xe4t")
    start(linux_watcher, seen, photos)
    (photos / name).mkdir()
    make_photo(photos / "plain.jpg").rename(photos / name / os.fsdecode(b"\xff.jpg"))
    seen.wait_for_directories(photos, name)


def test_a_directory_that_becomes_readable_is_watched(
    seen: Seen, ordinary_user: Path, make_photo: MakePhoto
) -> None:
    closed = make_photo(ordinary_user / "closed" / "deep" / "x.jpg").parents[1]
    closed.chmod(0)
    watcher = FolderWatcher(seen, quiet_seconds=QUIET, open_tree=InotifyTree)
    try:
        start(watcher, seen, ordinary_user)
        closed.chmod(0o700)
        seen.wait_for_directories(ordinary_user, "closed", "closed/deep")
    finally:
        closed.chmod(0o700)
        watcher.close()


def test_a_directory_that_changed_before_its_watch_was_set_is_told_of(
    linux_watcher: FolderWatcher, seen: Seen, photos: Path, make_photo: MakePhoto
) -> None:
    old = time.time() - 1000
    for path in (photos / "trip", photos):
        os.utime(path, (old, old))
    asked, go_on = threading.Event(), threading.Event()

    def is_wanted(root: Path, directory: str) -> bool:
        asked.set()
        return go_on.wait(PATIENCE)

    linux_watcher.watch([photos], is_wanted)
    assert asked.wait(PATIENCE)
    assert not linux_watcher.is_set_up
    make_photo(photos / "trip" / "early.jpg")
    go_on.set()
    seen.wait_for_directories(photos, "trip")
    assert seen.directories == {(photos, "trip")}


def test_lost_events_lead_to_a_scan_of_the_whole_folder(
    linux_watcher: FolderWatcher, seen: Seen, photos: Path, make_photo: MakePhoto
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def is_wanted(root: Path, directory: str) -> bool:
        if directory == "slow":
            asked.set()
            go_on.wait(PATIENCE)
        return True

    linux_watcher.watch([photos], is_wanted)
    wait_until(lambda: linux_watcher.is_set_up)
    (photos / "slow").mkdir()
    assert asked.wait(PATIENCE)
    kept = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    if kept > 200_000:
        pytest.skip("this system keeps too many events to lose any")
    for number in range(kept // 2 + 1):
        os.utime(photos / "a.jpg", (number, number))
        os.utime(photos / "b.png", (number, number))
    go_on.set()
    seen.wait_for_root(photos)
    seen.clear()
    make_photo(photos / "trip" / "x.jpg")
    seen.wait_for_directories(photos, "trip")


LIMITED = """
import sys, threading, time
from pathlib import Path
from inphotos.photos.watch import FolderWatcher

scans = []
enough = threading.Event()

def take(disturbance):
    scans.extend(disturbance.roots)
    if len(scans) >= 3:
        enough.set()

watcher = FolderWatcher(take, quiet_seconds=0.01, poll_seconds=0.01, rescan_seconds=0.05)
root = Path(sys.argv[1])
watcher.watch([root])
assert enough.wait(60), scans
assert set(scans) == {root}, scans
limit = Path("/proc/sys/user/max_inotify_watches")
[problem] = watcher.problems
print(problem.reason)
limit.write_text("1000")
deadline = time.monotonic() + 60
while watcher.problems:
    assert time.monotonic() < deadline
    time.sleep(0.01)
watcher.close()
"""


def test_a_folder_beyond_the_systems_limit_is_scanned_now_and_then_and_the_user_told(
    photos: Path,
) -> None:
    for number in range(20):
        (photos / str(number)).mkdir()
    limited = ["unshare", "--user", "--map-root-user", "sh", "-c"]
    if shutil.which("unshare") is None or subprocess.run([*limited, "true"]).returncode:
        pytest.skip("limits of one's own need a user namespace")
    script = 'echo 10 > /proc/sys/user/max_inotify_watches && exec "$@"'
    done = subprocess.run(
        [*limited, script, "sh", sys.executable, "-c", LIMITED, str(photos)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.returncode == 0, done.stderr
    assert f"{photos} has more folders than this system lets programs watch" in done.stdout


class Drive:
    """An empty file system at a place of its own."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.is_in = False

    def plug_in(self) -> None:
        mount = ["mount", "-t", "tmpfs", "tmpfs", str(self.place)]
        if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("mounting a file system needs root")
        self.is_in = True

    def pull_out(self) -> None:
        # It is busy for the moments in which it is looked at.
        wait_until(lambda: subprocess.run(["umount", str(self.place)]).returncode == 0)
        self.is_in = False


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Drive]:
    drive = Drive(tmp_path / "media" / "drive")
    drive.place.mkdir(parents=True)
    yield drive
    if drive.is_in:
        drive.pull_out()


def test_a_drive_that_comes_and_goes_is_noticed(
    watcher: FolderWatcher, seen: Seen, make_photo: MakePhoto, drive: Drive
) -> None:
    watcher.watch([drive.place])
    wait_until(lambda: watcher.is_set_up)
    for _ in range(2):
        drive.plug_in()
        seen.wait_for_root(drive.place)
        seen.clear()
        make_photo(drive.place / "x.jpg")
        seen.wait_for_root(drive.place)  # it was empty, as the directory of a drive that is away
        start(watcher, seen, drive.place)
        make_photo(drive.place / "trip" / "x.jpg")
        seen.wait_for_directories(drive.place, "trip")
        seen.clear()
        drive.pull_out()
        seen.wait_for_root(drive.place)
        seen.clear()


def test_a_drive_below_the_folder_is_noticed(
    linux_watcher: FolderWatcher, seen: Seen, make_photo: MakePhoto, drive: Drive
) -> None:
    root = drive.place.parent
    start(linux_watcher, seen, root)
    drive.plug_in()
    seen.wait_for_root(root)
    seen.clear()
    make_photo(drive.place / "trip" / "x.jpg")
    seen.wait_for_directories(root, "drive/trip")
    drive.pull_out()
    seen.wait_for_root(root)


def test_a_folder_that_is_away_is_looked_for_when_something_is_mounted(
    watcher: FolderWatcher, seen: Seen, tmp_path: Path, drive: Drive
) -> None:
    away = tmp_path / "media" / "other" / "photos"
    watcher.watch([away])
    wait_until(lambda: watcher.is_set_up)
    time.sleep(0.3)  # a few looks, in which nothing may happen
    assert seen.roots == set()
    drive.plug_in()
    seen.wait_for_root(away)


@pytest.fixture
def dead_drive(tmp_path: Path) -> Iterator[Path]:
    """A file system whose server never answers, as a network drive out of reach."""
    place = tmp_path / "dead"
    place.mkdir()
    try:
        server = os.open("/dev/fuse", os.O_RDWR)
    except OSError:
        pytest.skip("there is no /dev/fuse here")
    options = f"fd={server},rootmode=40000,user_id=0,group_id=0".encode()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"dead", os.fsencode(place), b"fuse", 0, options):
        os.close(server)
        pytest.skip("mounting a file system needs root")
    yield place
    os.close(server)  # whoever waits for an answer gets an error
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_dead_network_drive_holds_up_nothing_else(
    dead_drive: Path, photos: Path, seen: Seen, make_photo: MakePhoto
) -> None:
    watcher = FolderWatcher(seen, quiet_seconds=QUIET, poll_seconds=0.1)
    watcher.watch([dead_drive, photos])
    wait_until(lambda: watcher.is_watching(photos))
    make_photo(photos / "trip" / "x.jpg")
    seen.wait_for_directories(photos, "trip")
    assert not watcher.is_set_up
    watcher.close()


def test_a_folder_with_a_network_drive_in_it_is_scanned_now_and_then(
    dead_drive: Path, seen: Seen
) -> None:
    watcher = FolderWatcher(seen, quiet_seconds=0.01, poll_seconds=0.01, rescan_seconds=0.05)
    try:
        watcher.watch([dead_drive.parent], lambda root, name: name != dead_drive.name)
        for _ in range(3):
            seen.wait_for_root(dead_drive.parent)
            seen.clear()
        assert watcher.problems == ()
    finally:
        watcher.close()


def test_folders_that_are_watched_no_more_are_silent(
    watcher: FolderWatcher, seen: Seen, photos: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    other = tmp_path / "other"
    make_photo(other / "x.jpg")
    start(watcher, seen, photos, other)
    watcher.watch([other])
    make_photo(photos / "trip" / "x.jpg")
    sentinel(seen, other)
    assert {root for root, _ in seen.directories} == {other}


def test_a_folder_that_stays_keeps_its_watch(
    linux_watcher: FolderWatcher, seen: Seen, photos: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    make_photo(tmp_path / "other" / "x.jpg")
    start(linux_watcher, seen, photos)
    linux_watcher.watch([tmp_path / "other", photos])
    assert linux_watcher.is_watching(photos)
    wait_until(lambda: linux_watcher.is_set_up)
    make_photo(photos / "trip" / "x.jpg")
    make_photo(tmp_path / "other" / "x.jpg")
    seen.wait_for_directories(photos, "trip")
    seen.wait_for_directories(tmp_path / "other", "")


def test_an_error_of_who_is_told_is_logged_and_the_next_change_told(
    photos: Path, seen: Seen, caplog: pytest.LogCaptureFixture
) -> None:
    def take(disturbance: Disturbance) -> None:
        seen(disturbance)
        if seen.deliveries == 1:
            raise ValueError("the first one")

    watcher = FolderWatcher(take, quiet_seconds=QUIET)
    try:
        with caplog.at_level(logging.ERROR):
            start(watcher, seen, photos)
            sentinel(seen, photos)
    finally:
        watcher.close()
    assert "could not be dealt with" in caplog.text


def test_who_is_told_may_close_the_watcher(photos: Path, seen: Seen) -> None:
    closed = threading.Event()

    def take(disturbance: Disturbance) -> None:
        watcher.close()
        closed.set()

    watcher = FolderWatcher(take, quiet_seconds=QUIET)
    watcher.watch([photos])
    wait_until(lambda: watcher.is_set_up)
    (photos / "x.jpg").touch()
    assert closed.wait(PATIENCE)
    watcher.close()


def test_a_closed_watcher_is_silent_and_leaves_no_thread(
    watcher: FolderWatcher, seen: Seen, photos: Path
) -> None:
    start(watcher, seen, photos)
    deliveries = seen.deliveries
    (photos / "x.jpg").touch()
    watcher.close()
    watcher.close()
    assert seen.deliveries in (deliveries, deliveries + 1)
    wait_until(lambda: not [t for t in threading.enumerate() if t.name.startswith("watch-")])
    with pytest.raises(RuntimeError, match="closed"):
        watcher.watch([photos])
