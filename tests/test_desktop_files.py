"""InPhotos in the applications menu."""

from __future__ import annotations

import configparser
import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from inphotos import desktop_files
from inphotos.cli import main
from inphotos.errors import InPhotosError
from inphotos.photos.formats import READABLE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux desktops have these")


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path


def test_the_menu_entry_and_the_icons_are_written_and_removed(
    data_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    other = data_home / "applications" / "other.desktop"
    other.parent.mkdir()
    other.touch()
    assert main(["--json", "desktop", "install"]) == 0
    installed = [Path(path) for path in json.loads(capfd.readouterr().out)["installed"]]
    assert all(path.is_file() and data_home in path.parents for path in installed)
    png = data_home / "icons" / "hicolor" / "48x48" / "apps" / "inphotos.png"
    assert png.read_bytes()[16:24] == bytes([0, 0, 0, 48] * 2)  # width and height in the header
    entry = data_home / "applications" / "inphotos.desktop"
    read = configparser.ConfigParser(interpolation=None, strict=True)
    read.read(entry)
    command, argument = shlex.split(read["Desktop Entry"]["Exec"])[0::1][-2:]
    assert argument == "%F"
    assert Path(command).exists() or command == "inphotos"
    if (validate := shutil.which("desktop-file-validate")) is not None:
        assert subprocess.run([validate, entry], check=False).returncode == 0
    assert main(["--json", "desktop", "remove"]) == 0
    assert not any(path.exists() for path in installed)
    assert other.is_file()
    assert main(["desktop", "remove"]) == 1


def test_there_is_a_type_for_every_kind_of_photo() -> None:
    assert set(desktop_files.MIME_TYPES) == set(READABLE)
    assert len(desktop_files.MIME_TYPES["RAW"]) == len(READABLE["RAW"])


@pytest.mark.parametrize(
    ("argument", "quoted"),
    [("/opt/in photos", '"/opt/in photos"'), ("/a%b", '"/a%%b"'), ('/a"$', '"/a\\\\"\\\\$"')],
)
def test_the_command_is_quoted(argument: str, quoted: str) -> None:
    assert desktop_files.quoted(argument) == quoted


def test_a_place_that_cannot_be_written_is_told_of(data_home: Path) -> None:
    (data_home / "applications").write_text("a file")
    with pytest.raises(InPhotosError, match="cannot be changed"):
        desktop_files.install(lambda edge: b"")
