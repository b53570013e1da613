"""What is mounted where, and which volume it is: the part that differs between systems."""

from __future__ import annotations

import ctypes
import os
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: File systems that hold no photos of anyone.
_PSEUDO = frozenset(
    (
        "autofs",
        "binfmt_misc",
        "bpf",
        "cgroup",
        "cgroup2",
        "configfs",
        "debugfs",
        "devfs",
        "devpts",
        "devtmpfs",
        "efivarfs",
        "fusectl",
        "fuse.gvfsd-fuse",
        "fuse.lxcfs",
        "fuse.portal",
        "hugetlbfs",
        "mqueue",
        "nsfs",
        "proc",
        "pstore",
        "ramfs",
        "rpc_pipefs",
        "securityfs",
        "selinuxfs",
        "squashfs",
        "sysfs",
        "tracefs",
    )
)

#: File systems that begin anew at each mount or are made up of others: nothing to know them by.
_NAMELESS = frozenset({"tmpfs", "overlay", "aufs", "unionfs"})

#: File systems on a server, by the prefix of their identity. Their source names the server.
_NETWORK = {
    "nfs": "nfs:",
    "nfs4": "nfs:",
    "cifs": "cifs:",
    "smb3": "cifs:",
    "smbfs": "cifs:",
    "fuse.sshfs": "sshfs:",
    "davfs": "dav:",
    "fuse.rclone": "rclone:",
}

#: ``FS_IOC_GETFSUUID`` of <linux/fs.h>, Linux 6.9: a length and up to 16 bytes.
_GET_UUID = 0x8011_1500


@dataclass(frozen=True, slots=True)
class Volume:
    """A file system in the place where it is mounted.

    Attributes:
        identity: the same wherever and whenever it is mounted, such as ``uuid:…``,
            ``nfs:server:/export`` or ``cifs://server/share``; "" when there is no telling.
        mount: the directory where it is mounted.
    """

    identity: str
    mount: Path

    def below(self, path: Path) -> str:
        """Return the path of something on this volume as seen from its mount point, "" for that."""
        relative = os.path.relpath(os.path.realpath(path), self.mount)
        return "" if relative == os.curdir else relative


def volume_of(path: Path) -> Volume | None:
    """Return the volume that an existing file or folder lies on; None when it cannot be reached."""
    try:
        real = os.path.realpath(path, strict=True)
    except OSError:
        return None
    drive = os.path.splitdrive(real)[0]
    if drive.startswith("\\\\"):  # a share that Windows opens without a drive letter
        return Volume("cifs:" + drive.replace("\\", "/").lower(), Path(drive))
    # Below a changed root directory (chroot) the table may lack what is mounted on the root.
    best = Volume("", Path(Path(real).anchor))
    for volume in _table():
        # Where several are mounted on one directory the last one is seen.
        if _is_within(real, str(volume.mount)) and len(str(volume.mount)) >= len(str(best.mount)):
            best = volume
    return best


def mounted() -> list[Volume]:
    """Return the volumes that may hold photos, where they are mounted; asks no server anything."""
    shown: dict[Path, Volume] = {}
    for volume in _table():
        shown[volume.mount] = volume
    return list(shown.values())


def _is_within(path: str, directory: str) -> bool:
    path, directory = os.path.normcase(path), os.path.normcase(directory)
    return path == directory or path.startswith(os.path.join(directory, ""))  # noqa: PTH118


if sys.platform == "linux":

    def _table() -> Iterator[Volume]:
        # Decoded as Python decodes names of files: mount points are such names.
        text = os.fsdecode(Path("/proc/self/mountinfo").read_bytes())
        return parse_mountinfo(text.split("\n"))

elif sys.platform == "win32":

    def _table() -> Iterator[Volume]:
        import psutil

        for partition in psutil.disk_partitions(all=True):
            if partition.fstype:  # no card in the reader otherwise
                yield Volume(_windows_identity(partition.mountpoint), Path(partition.mountpoint))

    def _windows_identity(mount: str) -> str:
        """Return the share behind a drive letter, or the serial number of the volume."""
        name = ctypes.create_unicode_buffer(1024)
        length = ctypes.c_ulong(len(name))
        drive = mount.rstrip("\\")
        if ctypes.WinDLL("mpr").WNetGetConnectionW(drive, name, ctypes.byref(length)) == 0:
            return "cifs:" + name.value.replace("\\", "/").lower()
        serial = ctypes.c_ulong(0)
        kernel = ctypes.WinDLL("kernel32")
        known = kernel.GetVolumeInformationW(
            mount, None, 0, ctypes.byref(serial), None, None, None, 0
        )
        return f"serial:{serial.value:08x}" if known and serial.value else ""

else:

    def _table() -> Iterator[Volume]:
        import psutil

        for partition in psutil.disk_partitions(all=True):
            if partition.fstype not in _PSEUDO:
                identity = network_identity(partition.fstype, partition.device)
                if not identity and partition.device.startswith("/dev/"):
                    identity = _macos_identity(partition.mountpoint)
                yield Volume(identity, Path(partition.mountpoint))

    def _macos_identity(mount: str) -> str:
        """Return the UUID that ``getattrlist`` gives for a volume (ATTR_VOL_UUID)."""
        request = struct.pack("=HHIIIII", 5, 0, 0, 0x8000_0000 | 0x0004_0000, 0, 0, 0)
        answer = ctypes.create_string_buffer(20)
        library = ctypes.CDLL(None, use_errno=True)
        if library.getattrlist(os.fsencode(mount), request, answer, len(answer), 0) != 0:
            return ""
        return _uuid_text(answer.raw[4:20])


def parse_mountinfo(lines: Iterable[str]) -> Iterator[Volume]:
    """Read ``/proc/self/mountinfo`` (proc(5)), but for pseudo file systems, in its order.

    A mount of a part of a file system (a bind mount, a subvolume) is a volume of its own, with the
    path of that part in its identity.
    """
    for line in lines:
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) < 5 or len(kinds) < 2 or kinds[0] in _PSEUDO:
            continue
        root, mount, source = _unescape(fields[3]), _unescape(fields[4]), _unescape(kinds[1])
        identity = network_identity(kinds[0], source)
        if not identity and kinds[0] not in _NAMELESS and source.startswith("/dev/"):
            identity = _linux_identity(source, mount)
        if identity and root != "/":
            identity += root
        yield Volume(identity, Path(mount))


def network_identity(kind: str, source: str) -> str:
    """Return the identity of a file system on a server, without the user who logs in.

    Args:
        kind: the type of the file system, as the system calls it.
        source: what is mounted, such as ``//user@server/share`` or ``server:/export``.
    """
    prefix = _NETWORK.get(kind)
    if prefix is None:
        return ""
    source = source.rstrip("/")
    if prefix == "cifs:":
        source = re.sub(r"^//[^/@]*@", "//", source).lower()
    return prefix + source


def _unescape(text: str) -> str:
    """Undo the octal escapes of spaces, tabs, line breaks and backslashes."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def _linux_identity(device: str, mount: str) -> str:
    """Return the UUID of a device's file system by udev's links, or else by asking the kernel.

    FAT and NTFS have shorter names (``uuid:1234-abcd``), which only the links tell.
    """
    real = os.path.realpath(device)
    by_uuid = Path("/dev/disk/by-uuid")
    if by_uuid.is_dir():
        for link in by_uuid.iterdir():
            if os.path.realpath(link) == real:
                return "uuid:" + link.name.lower()
    return _asked_uuid(mount)


def _asked_uuid(mount: str) -> str:
    if sys.platform != "linux":
        return ""
    import fcntl  # Windows has no such module

    try:
        place = os.open(mount, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return ""
    try:
        answer = fcntl.ioctl(place, _GET_UUID, bytes(17))
    except OSError:  # an older kernel, or a file system without one
        return ""
    finally:
        os.close(place)
    return _uuid_text(answer[1:17]) if answer[0] == 16 else ""


def _uuid_text(raw: bytes) -> str:
    """Write 16 bytes as UUIDs are written; "" for none."""
    if not any(raw):
        return ""
    return "uuid:" + re.sub(r"^(.{8})(.{4})(.{4})(.{4})", r"\1-\2-\3-\4-", raw.hex())
