"""Which file systems a folder reaches, and which of them other computers change unseen."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePath

import psutil

#: Types of file systems that are served by another computer, or by the host of a virtual one.
#: Those in user space (FUSE) show what something else stores.
# fmt: off
_REMOTE = frozenset(
    {
        "9p", "acfs", "afp", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs",
        "fuse", "gfs2", "gpfs", "lustre", "macfuse", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2",
        "orangefs", "osxfuse", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs",
        "vmhgfs", "webdav",
    }
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Mount:
    """A file system where it is mounted.

    Attributes:
        place: the directory, or the drive's letter on Windows.
        kind: the system's name of its type, such as ``ext4``.
        is_remote: whether it can change without this system noticing.
    """

    place: str
    kind: str
    is_remote: bool


def at_or_below(folder: Path) -> frozenset[Mount]:
    """Return the file system that ``folder`` is on, and those mounted below it."""
    true_folder = PurePath(os.path.realpath(folder))
    above: Mount | None = None
    below = set()
    for mount in _all():
        place = PurePath(mount.place)
        if place != true_folder and place.is_relative_to(true_folder):
            below.add(mount)
        # Of several at one place the last covers the others.
        elif true_folder.is_relative_to(place) and (
            above is None or len(place.parts) >= len(PurePath(above.place).parts)
        ):
            above = mount
    return frozenset(below if above is None else {above, *below})


def everywhere() -> frozenset[Mount]:
    """Return all file systems."""
    return frozenset(_all())


def is_remote(folder: Path, reached: frozenset[Mount]) -> bool:
    """Tell whether ``folder`` itself is on a remote file system.

    Args:
        folder: the folder.
        reached: what :func:`at_or_below` said of it.
    """
    true_folder = PurePath(os.path.realpath(folder))
    if str(true_folder).startswith("\\\\"):  # a share of Windows without a letter
        return True
    return any(
        mount.is_remote for mount in reached if true_folder.is_relative_to(PurePath(mount.place))
    )


def _all() -> list[Mount]:
    try:
        found = psutil.disk_partitions(all=True)
    except (OSError, psutil.Error):
        return []
    return [
        Mount(each.mountpoint, each.fstype, _is_remote(each.fstype, each.opts)) for each in found
    ]


def _is_remote(kind: str, options: str) -> bool:
    kind = kind.lower()
    return (
        kind in _REMOTE
        or kind.startswith("fuse.")
        or "remote" in options.lower().split(",")  # Windows
    )
