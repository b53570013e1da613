"""Which file systems a folder reaches."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from inphotos.photos import filesystems
from inphotos.photos.filesystems import Mount


def test_a_folder_is_on_one_file_system_at_least(tmp_path: Path) -> None:
    reached = filesystems.at_or_below(tmp_path)
    assert [mount for mount in reached if tmp_path.is_relative_to(mount.place)]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems mount other things")
def test_all_file_systems_below_are_found_with_their_kinds() -> None:
    kinds = {mount.place: mount.kind for mount in filesystems.at_or_below(Path("/"))}
    assert kinds["/proc"] == "proc"


def test_a_folder_is_remote_when_its_own_file_system_is(tmp_path: Path) -> None:
    share = Mount(str(tmp_path / "nas"), "nfs4", True)
    disk = Mount(str(tmp_path), "ext4", False)
    assert filesystems.is_remote(tmp_path / "nas" / "photos", frozenset({share}))
    assert not filesystems.is_remote(tmp_path, frozenset({disk, share}))
