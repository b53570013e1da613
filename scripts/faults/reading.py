"""Photos, folders and drives that cannot be read, go away, come back or are something else."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import subprocess
from collections.abc import Callable

from faults.disk import failing
from faults.injection import obey_permissions
from faults.trials import ALL, Trial, after_batches, before_reading
from faults.world import Run, World, draw

_ONE = "new/07.jpg"


def _forbid_photo(world: World) -> None:
    obey_permissions()
    before_reading(lambda: (world.photos / _ONE).chmod(0))


def _forbid_folder(world: World) -> None:
    obey_permissions()
    before_reading(lambda: (world.photos / "new").chmod(0))


def _permit(world: World) -> None:
    (world.photos / "new").chmod(0o755)
    (world.photos / _ONE).chmod(0o644)


def _library_read_only(world: World) -> None:
    obey_permissions()

    def forbid() -> None:
        for path in (world.library, *world.library.rglob("*")):
            path.chmod(0o500 if path.is_dir() else 0o400)

    after_batches(1, forbid)


def _library_writable(world: World) -> None:
    for path in (world.library, *world.library.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def _always_read_only(world: World) -> None:
    for path in (world.library, *world.library.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)


def _delete_library(world: World) -> None:
    after_batches(1, lambda: shutil.rmtree(world.library))


def _restore_library(world: World) -> None:
    shutil.rmtree(world.library, ignore_errors=True)
    shutil.copytree(world.place / "template" / "library", world.library)


def _move_folder(world: World) -> None:
    after_batches(1, lambda: world.photos.rename(world.trial / "elsewhere"))


def _move_back(world: World) -> None:
    (world.trial / "elsewhere").rename(world.photos)


def _move_below(world: World) -> None:
    after_batches(1, lambda: (world.photos / "new").rename(world.photos / "other"))


def _mount_photos(world: World) -> None:
    drive = world.trial / "drive"
    world.photos.rename(drive)
    world.photos.mkdir()
    _plug_in(world)


def _plug_in(world: World) -> None:
    drive = world.trial / "drive"
    subprocess.run(["mount", "--bind", str(drive), str(world.photos)], check=True)


def _pull_out(world: World) -> None:
    after_batches(1, lambda: subprocess.run(["umount", "-l", str(world.photos)], check=True))


def _mount_library(world: World) -> None:
    drive = world.trial / "drive"
    world.library.rename(drive)
    world.library.mkdir()
    subprocess.run(["mount", "--bind", str(drive), str(world.library)], check=True)


def _pull_out_library(world: World) -> None:
    after_batches(1, lambda: subprocess.run(["umount", "-l", str(world.library)], check=True))


def _plug_in_library(world: World) -> None:
    drive = world.trial / "drive"
    subprocess.run(["mount", "--bind", str(drive), str(world.library)], check=True)


def _restless(world: World) -> None:
    """Let photos vanish, grow and become others between the scan and the decode."""

    def change() -> None:
        new = world.photos / "new"
        (new / "01.jpg").unlink()
        with (new / "02.jpg").open("ab") as file:
            file.write(bytes(100_000))
        draw(new / "03.jpg", 5_555)
        (new / "04.jpg").write_bytes(b"")
        (new / "05.jpg").unlink()
        (new / "05.jpg").mkdir()
        (new / "06.jpg").rename(new / "46.jpg")

    before_reading(change)


def _special(world: World) -> None:
    """Let a pipe, a socket, a device and a link in a loop take the place of photos."""

    def change() -> None:
        for number in range(1, 5):
            (world.photos / "new" / f"{number:02}.jpg").unlink()
        _make_special(world)

    before_reading(change)


def _make_special(world: World) -> None:
    new = world.photos / "new"
    os.mkfifo(new / "01.jpg")
    with socket.socket(socket.AF_UNIX) as made:
        os.chdir(new)
        made.bind("02.jpg")
    (new / "03.jpg").symlink_to("03.jpg")
    try:
        os.mknod(new / "04.jpg", 0o20644, os.makedev(1, 5))  # /dev/zero
    except PermissionError:
        os.mkfifo(new / "04.jpg")


def _special_from_the_start(world: World) -> None:
    for number in range(1, 5):
        (world.photos / "new" / f"{number:02}.jpg").unlink()
    _make_special(world)
    os.chdir("/")


def _loops(world: World) -> None:
    (world.photos / "new" / "up").symlink_to("..")
    (world.photos / "new" / "self").symlink_to("self")
    (world.photos / "known" / "over").symlink_to(world.photos / "new")
    os.mkfifo(world.photos / "new" / "pipe.jpg")


def _mounted_loop(world: World) -> None:
    inside = world.photos / "new" / "loop"
    inside.mkdir()
    subprocess.run(["mount", "--bind", str(world.photos), str(inside)], check=True)


def _unmounted_loop(world: World) -> None:
    subprocess.run(["umount", "-l", str(world.photos / "new" / "loop")], check=True)


def _failed(number: int) -> Callable[[World, Run], str]:
    def check(world: World, _: Run) -> str:
        failed = world.state().failed
        return "" if failed == number else f"{failed} photos count as unreadable"

    return check


TRIALS = (
    Trial(
        "photo-eio",
        r"07\.jpg: the disk gave an error \(Input/output error\)",
        status=0,
        inside=failing("read", _ONE, number=errno.EIO),
        least=ALL - 1,
        need="calls",
    ),
    Trial(
        "photo-stat-eio",
        r"new may not be read|cannot be read",
        status=0,
        inside=failing("stat", _ONE, number=errno.EIO),
        least=ALL - 1,
        need="calls",
    ),
    Trial(
        "folder-eio",
        r"The folder .*/new .*cannot be read|may not be read",
        status=0,
        inside=failing("list", "{trial}/photos/new", number=errno.EIO),
        need="calls",
    ),
    Trial(
        "root-eio",
        r"cannot be reached",
        status=1,
        inside=failing("list", "{trial}/photos", number=errno.EIO),
        need="calls",
    ),
    Trial(
        "library-eio",
        r"The library .* cannot be",
        inside=failing("open", "library.json", number=errno.EIO),
        need="calls",
    ),
    Trial(
        "store-open-eio",
        r"The library .* cannot be",
        inside=failing("create", "data.mdb", number=errno.EIO),
        need="calls",
    ),
    Trial(
        "marks-eio",
        r"marks\.jsonl cannot be read \(Input/output error\) and is left as it is",
        command=lambda world: ["mark", world.favourite, "--rating", "4"],
        inside=failing("read", "marks.jsonl", number=errno.EIO),
        need="calls",
    ),
    Trial(
        "searches-eio",
        r"cannot be (read|written)",
        command=lambda _: ["searches", "save", "sea", "the sea"],
        inside=failing("read", "searches.json", number=errno.EIO),
        need="calls",
    ),
    Trial(
        "photo-forbidden",
        r"07\.jpg: its permissions forbid reading it",
        status=0,
        inside=_forbid_photo,
        after=_permit,
        least=ALL - 1,
    ),
    Trial(
        "folder-forbidden",
        "its permissions forbid reading it",
        status=0,
        inside=_forbid_folder,
        after=_permit,
    ),
    Trial(
        "library-turned-read-only",
        r"cannot be written|cannot be used",
        inside=_library_read_only,
        after=_library_writable,
    ),
    Trial(
        "library-read-only",
        r"cannot be written \(Permission denied\)",
        before=_always_read_only,
        inside=lambda _: obey_permissions(),
        after=_library_writable,
    ),
    Trial(
        "library-read-only-file",
        r"cannot be (written|used|read)",
        before=lambda world: (world.library / "library.json").chmod(0),
        inside=lambda _: obey_permissions(),
        after=_library_writable,
    ),
    Trial(
        "library-deleted",
        r"The library .* is no longer where it was",
        inside=_delete_library,
        after=_restore_library,
    ),
    Trial(
        "folder-moved",
        r"cannot be reached; its photos are kept",
        status=0,
        inside=_move_folder,
        after=_move_back,
    ),
    Trial("folder-inside-moved", "", status=0, inside=_move_below),
    Trial(
        "drive-unplugged",
        r"cannot be reached; its photos are kept",
        status=0,
        before=_mount_photos,
        inside=_pull_out,
        after=_plug_in,
        need="mounts",
    ),
    Trial(
        "library-unplugged",
        "",
        status=2,
        before=_mount_library,
        inside=_pull_out_library,
        after=_plug_in_library,
        need="mounts",
    ),
    Trial(
        "files-change",
        r"04\.jpg: the file is empty",
        status=0,
        inside=_restless,
        finally_=ALL - 3,
        least=ALL - 6,
    ),
    Trial(
        "special-files",
        r"01\.jpg: it is not a file",
        status=0,
        inside=_special,
        finally_=ALL - 4,
        least=ALL - 4,
    ),
    Trial(
        "special-files-at-first",
        "",
        status=0,
        before=_special_from_the_start,
        finally_=ALL - 4,
        least=ALL - 4,
        check=_failed(0),
    ),
    Trial("directory-loops", "", status=0, before=_loops, least=ALL),
    Trial(
        "mounted-loop",
        "",
        status=0,
        before=_mounted_loop,
        after=_unmounted_loop,
        least=ALL,
        need="mounts",
    ),
)
