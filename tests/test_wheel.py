"""The wheel holds all that the application needs at run time."""

import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling is not installed")
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_every_tracked_file_of_the_package_is_in_the_wheel(tmp_path: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "inphotos"], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    # A file that is deleted but not committed yet is no concern of the wheel.
    tracked = {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}
    assert "inphotos/LICENSE" in tracked

    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*command, "--directory", str(tmp_path)], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert tracked - names == set()
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"inphotos"}
