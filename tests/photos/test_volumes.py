"""Knowing a folder again when its drive is away or comes back in another place."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inphotos.photos.mounts import Volume, network_identity, parse_mountinfo
from inphotos.photos.volumes import find_elsewhere, is_reachable, mounted, volume_of

Mount = Callable[..., Path]
Sample = list[tuple[str, int, int]]

_TIME = 1_600_000_000_000_000_000
_SECOND = 1_000_000_000
_HOUR = 3600 * _SECOND


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mount something in a directory: ``mount("name", "-t", "tmpfs", "tmpfs")``; needs root."""
    places: list[Path] = []

    def mount_one(name: str, *arguments: object) -> Path:
        place = tmp_path / name
        place.mkdir(parents=True, exist_ok=True)
        command = ["mount", *map(str, arguments), str(place)]
        if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("mounting a file system needs root")
        places.append(place)
        return place

    yield mount_one
    for place in reversed(places):
        subprocess.run(["umount", str(place)], capture_output=True)


def unmount(place: Path) -> None:
    subprocess.run(["umount", str(place)], check=True)


def tmpfs(mount: Mount, name: str) -> Path:
    return mount(name, "-t", "tmpfs", "-o", "size=1m", "tmpfs")


def fill(folder: Path, count: int, *, mtime_ns: int = _TIME, size: int = 10) -> Sample:
    """Write photos; return them as a sample."""
    folder.mkdir(parents=True, exist_ok=True)
    sample: Sample = []
    for number in range(count):
        path = folder / f"{number}.jpg"
        path.write_bytes(bytes(size + number))
        os.utime(path, ns=(mtime_ns, mtime_ns))
        sample.append((path.name, size + number, mtime_ns))
    return sample


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """The image of an ext4 file system with an identity of its own."""
    image = tmp_path / "disk.img"
    make = shutil.which("mkfs.ext4") or shutil.which("mkfs.ext4", path="/usr/sbin:/sbin")
    if make is None:
        pytest.skip("mkfs.ext4 is not here")
    image.write_bytes(b"")
    os.truncate(image, 4 << 20)
    subprocess.run([make, "-q", "-U", "random", str(image)], check=True)
    return image


def attach(mount: Mount, name: str, image: Path) -> tuple[Path, str]:
    """Mount the image of a disk; return where, and the volume's identity."""
    place = mount(name, "-o", "loop", image)
    volume = volume_of(place)
    assert volume is not None
    assert volume.mount == place
    if not volume.identity:
        pytest.skip("this system does not tell the identity of a disk (udev, or Linux 6.9)")
    return place, volume.identity


def test_a_folder_is_reachable_while_it_can_be_listed(tmp_path: Path) -> None:
    fill(tmp_path / "photos", 1)
    assert is_reachable(tmp_path / "photos", had_photos=True)
    assert not is_reachable(tmp_path / "nothing", had_photos=True)
    assert not is_reachable(tmp_path / "photos" / "0.jpg", had_photos=True)


def test_an_empty_folder_is_a_drive_away_only_when_it_had_photos(tmp_path: Path) -> None:
    assert is_reachable(tmp_path, had_photos=False)
    assert not is_reachable(tmp_path, had_photos=True)


def test_a_folder_that_may_not_be_read_is_not_reachable(ordinary_user: Path) -> None:
    fill(ordinary_user / "closed", 1)
    (ordinary_user / "closed").chmod(0)
    assert not is_reachable(ordinary_user / "closed", had_photos=True)


def test_an_unmounted_drive_is_not_reachable(mount: Mount) -> None:
    place = tmpfs(mount, "drive")
    fill(place, 1)
    assert is_reachable(place, had_photos=True)
    unmount(place)
    assert not is_reachable(place, had_photos=True)


def test_a_path_lies_on_the_innermost_volume(mount: Mount, tmp_path: Path) -> None:
    place = tmpfs(mount, "drive with space\\and\nmore")
    fill(place / "trips", 1)
    (tmp_path / "link").symlink_to(place / "trips")
    for path in (place, place / "trips" / "0.jpg", tmp_path / "link"):
        assert volume_of(path) == Volume("", place)
    assert Volume("", place).below(tmp_path / "link") == "trips"
    assert Volume("", place).below(place) == ""
    outside = volume_of(tmp_path)
    assert outside is not None
    assert outside.mount in (tmp_path, *tmp_path.parents)
    assert volume_of(place / "nothing") is None
    assert Volume("", place) in mounted()
    unmount(place)
    assert Volume("", place) not in mounted()


def test_a_disk_keeps_its_identity_wherever_it_is_mounted(
    mount: Mount, disk: Path, tmp_path: Path
) -> None:
    place, identity = attach(mount, "one", disk)
    assert identity.startswith("uuid:")
    assert len(identity) == len("uuid:") + 36
    unmount(place)
    _, again = attach(mount, "two", disk)
    assert again == identity
    with disk.open("rb") as image:  # the kernel and udev tell what the superblock says
        image.seek(0x400 + 0x68)
        assert identity.replace("-", "") == "uuid:" + image.read(16).hex()


def test_a_part_of_a_disk_is_not_taken_for_all_of_it(mount: Mount, disk: Path) -> None:
    place, identity = attach(mount, "disk", disk)
    fill(place / "sub", 1)
    part = volume_of(mount("part", "--bind", place / "sub"))
    assert part is not None
    assert part.identity == f"{identity}/sub"


def test_a_folder_on_a_known_disk_is_found_in_another_place(mount: Mount, disk: Path) -> None:
    place, identity = attach(mount, "one", disk)
    fill(place / "trips", 3)
    unmount(place)
    assert find_elsewhere(place / "trips", "trips", identity, []) is None
    now, _ = attach(mount, "two", disk)
    assert find_elsewhere(place / "trips", "trips", identity, []) == now / "trips"
    assert find_elsewhere(place, "", identity, []) == now
    assert find_elsewhere(place / "other", "other", identity, []) is None


def test_another_disk_with_the_same_photos_is_not_taken_for_the_one_that_is_away(
    mount: Mount, disk: Path, tmp_path: Path
) -> None:
    now, identity = attach(mount, "two", disk)
    sample = fill(now / "trips", 5)
    assert find_elsewhere(tmp_path / "one/trips", "trips", identity, sample) == now / "trips"
    assert find_elsewhere(tmp_path / "one/trips", "trips", "uuid:other", sample) is None
    assert find_elsewhere(tmp_path / "one/trips", "trips", "", sample) == now / "trips"


def test_a_volume_without_identity_is_known_by_its_photos(mount: Mount, tmp_path: Path) -> None:
    folder = tmp_path / "one" / "trips"
    now = tmpfs(mount, "two") / "trips"
    sample = fill(now, 20)
    assert find_elsewhere(folder, "trips", "", sample) == now
    assert find_elsewhere(folder, "trips", "uuid:once-known", sample) == now
    assert find_elsewhere(folder, "trips", "", []) is None
    for number in range(2):
        (now / f"{number}.jpg").unlink()
    assert find_elsewhere(folder, "trips", "", sample) == now
    (now / "2.jpg").unlink()
    assert find_elsewhere(folder, "trips", "", sample) is None


def test_of_a_small_sample_all_photos_have_to_be_there(mount: Mount, tmp_path: Path) -> None:
    folder = tmp_path / "one"
    now = tmpfs(mount, "two")
    sample = fill(now, 2)
    assert find_elsewhere(folder, "", "", sample) == now
    (now / "1.jpg").write_bytes(b"other")
    assert find_elsewhere(folder, "", "", sample) is None
    assert find_elsewhere(folder, "", "", [*sample, ("3.jpg", 1, _TIME)]) is None


@pytest.mark.parametrize(
    ("off", "is_same"),
    [
        (0, True),
        (2 * _SECOND, True),
        (-2 * _SECOND, True),
        (_HOUR, True),
        (-9 * _HOUR + _SECOND, True),
        (26 * _HOUR, True),
        (5 * _SECOND, False),
        (_HOUR // 2, False),
        (27 * _HOUR, False),
        (24 * 365 * _HOUR, False),
    ],
)
def test_times_are_compared_as_coarsely_as_fat_keeps_them(
    mount: Mount, tmp_path: Path, off: int, is_same: bool
) -> None:
    now = tmpfs(mount, "two")
    sample = [(path, size, _TIME + off) for path, size, _ in fill(now, 3)]
    assert find_elsewhere(tmp_path / "one", "", "", sample) == (now if is_same else None)


def test_of_two_copies_of_the_photos_neither_is_chosen(mount: Mount, tmp_path: Path) -> None:
    one, two = tmpfs(mount, "one"), tmpfs(mount, "two")
    sample = fill(one, 5)
    assert find_elsewhere(tmp_path / "gone", "", "", sample) == one
    fill(two, 5)
    assert find_elsewhere(tmp_path / "gone", "", "", sample) is None


def test_one_folder_that_is_mounted_twice_is_chosen(mount: Mount, tmp_path: Path) -> None:
    one = tmpfs(mount, "one")
    sample = fill(one, 5)
    two = mount("two", "--bind", one)
    assert find_elsewhere(tmp_path / "gone", "", "", sample) in (one, two)
    assert find_elsewhere(one, "", "", sample) == two


def test_the_table_of_mounts_is_read_as_the_kernel_writes_it() -> None:
    lines = [
        "36 35 98:0 / /mnt/photos rw,noatime master:1 - nfs4 nas:/volume1/photos/ rw,vers=4.2",
        "37 35 0:50 / /mnt/a\\040share rw shared:2 - cifs //Me@NAS/Our\\040Photos rw",
        "38 35 0:51 /2019 /mnt/part rw - nfs nas:/volume1/photos rw",
        "39 35 0:52 / /mnt/ssh rw - fuse.sshfs me@host:/photos rw",
        "40 35 0:53 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw",
        "41 35 0:5 / /proc rw - proc proc rw",
        "42 35 0:54 / /tmp rw - tmpfs tmpfs rw",
        "43 35 0:55 / / rw - overlay overlay rw,lowerdir=/a",
        "",
    ]
    assert list(parse_mountinfo(lines)) == [
        Volume("nfs:nas:/volume1/photos", Path("/mnt/photos")),
        Volume("cifs://nas/our photos", Path("/mnt/a share")),
        Volume("nfs:nas:/volume1/photos/2019", Path("/mnt/part")),
        Volume("sshfs:me@host:/photos", Path("/mnt/ssh")),
        Volume("", Path("/tmp")),
        Volume("", Path("/")),
    ]


@pytest.mark.parametrize(
    ("kind", "source", "identity"),
    [
        ("smbfs", "//me@nas/photos", "cifs://nas/photos"),
        ("cifs", "//nas/Photos/", "cifs://nas/photos"),
        ("nfs", "nas:/export", "nfs:nas:/export"),
        ("ext4", "/dev/sda1", ""),
        ("fuse.portal", "portal", ""),
    ],
)
def test_a_share_is_known_by_its_server_and_not_by_who_logs_in(
    kind: str, source: str, identity: str
) -> None:
    assert network_identity(kind, source) == identity
