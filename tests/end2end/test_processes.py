"""The installed command in processes of its own: signals, bytes, disks."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from conftest import MakePhoto, draw_photo
from library_runs import run

from inphotos.cli import main
from inphotos.library import Library
from inphotos.photos.decode import content_digest

#: Answered without a model: what takes seconds to load has no part in what is tested here.
JPEGS = "ext:jpg"

#: The command as it is installed beside this Python.
INPHOTOS = [str(shutil.which("inphotos", path=str(Path(sys.executable).parent)))]


@pytest.fixture
def arguments(tmp_path: Path, tiny_clip: Path) -> list[str]:
    return ["--library", str(tmp_path / "library"), "--model", str(tiny_clip)]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 300 photos, which no test changes."""
    folder = tmp_path_factory.mktemp("many")
    for n in range(300):
        draw_photo(folder / f"{n:03}.jpg", size=(640, 480))
    return folder


@pytest.fixture
def indexed(arguments: list[str]) -> Callable[[Path], None]:
    """Index a folder in this process, which has loaded what that takes."""

    def index(folder: Path) -> None:
        assert main([*arguments, "--quiet", "index", str(folder)]) == 0

    return index


def call(*words: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*INPHOTOS, *map(os.fspath, words)], capture_output=True, check=False)


def document(*words: object) -> dict:
    done = call("--json", *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def started_indexing(arguments: list[str], folder: Path, library: Path) -> subprocess.Popen[bytes]:
    """Start ``index`` and return once the first batches are committed."""
    process = subprocess.Popen(
        [*INPHOTOS, *arguments, "index", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 120
    thumbnails = library / "thumbnails" / "512"
    while len(list(thumbnails.rglob("*.jpg"))) < 40:
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return process


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_loses_one_batch_at_most_and_the_next_goes_on(
    how: signal.Signals, arguments: list[str], many: Path, tmp_path: Path
) -> None:
    process = started_indexing(arguments, many, tmp_path / "library")
    refused = call(*arguments, "compact")
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(how)
    out, err = process.communicate(timeout=60)
    if how is signal.SIGKILL:
        assert process.returncode == -signal.SIGKILL
    else:
        assert process.returncode == 130
        assert b"everything finished so far is kept" in err
        assert b"Traceback" not in err
        assert out == b""
    # A second process is told who has the library, and no decoder outlives the first.
    assert refused.returncode == 2
    assert f"process {process.pid}".encode() in refused.stderr
    assert children
    assert psutil.wait_procs(children, timeout=30)[1] == []
    kept = document(*arguments, "status")["indexed"]
    decoded = len(list((tmp_path / "library" / "thumbnails" / "512").rglob("*.jpg")))
    assert 16 <= kept < 300
    assert decoded - kept <= 16
    with Library.open(tmp_path / "library", model=arguments[-1]) as library:
        summary = run(library)
    assert summary.unchanged == kept
    assert summary.indexed == 300 - kept
    assert document(*arguments, "status")["indexed"] == 300


def test_null_separated_paths_are_byte_for_byte(
    arguments: list[str],
    indexed: Callable[[Path], None],
    tmp_path: Path,
    make_photo: MakePhoto,
) -> None:
    names = {b"caf\xe9.jpg", b"new\nline.jpg", "😀 it's.jpg".encode()}
    for name in names:
        make_photo(tmp_path / "photos" / os.fsdecode(name))
    indexed(tmp_path / "photos")
    done = call(*arguments, "search", JPEGS, "-0")
    paths = done.stdout.split(b"\0")
    assert paths.pop() == b""
    assert {
        Path(os.fsdecode(path)).name.encode("utf-8", "surrogateescape") for path in paths
    } == names
    rows = document(*arguments, "search", JPEGS)["results"]
    assert {os.fsencode(row["path"]) for row in rows} == set(paths)


def test_a_terminal_without_unicode_ends_nothing(
    arguments: list[str],
    indexed: Callable[[Path], None],
    tmp_path: Path,
    make_photo: MakePhoto,
) -> None:
    make_photo(tmp_path / "photos" / "😀.jpg")
    indexed(tmp_path / "photos")
    done = subprocess.run(
        [*INPHOTOS, *arguments, "search", JPEGS],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0
    assert b"\\U0001f600.jpg" in done.stdout


def test_a_reader_that_leaves_early_is_no_error(
    arguments: list[str], indexed: Callable[[Path], None], photos: Path
) -> None:
    indexed(photos)
    process = subprocess.Popen(
        [*INPHOTOS, *arguments, "search", JPEGS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    process.stdout = None
    _, err = process.communicate()
    assert (process.returncode, err) == (0, b"")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 40 MB; needs the right to mount."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=38m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting a small file system needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_ends_with_a_sentence_and_keeps_what_was_done(
    small_disk: Path, tiny_clip: Path, many: Path
) -> None:
    arguments = ["--library", str(small_disk / "library"), "--model", str(tiny_clip)]
    (small_disk / "ballast").write_bytes(bytes(4 << 20))
    done = call(*arguments, "index", many)
    assert done.returncode == 2, done.stdout
    [line] = [line for line in done.stderr.splitlines() if line.startswith(b"inphotos: ")]
    assert b"no room left on the disk" in line
    kept = document(*arguments, "status")["indexed"]
    assert 0 < kept < 300
    (small_disk / "ballast").unlink()
    assert call(*arguments, "search", JPEGS).returncode == 0


def test_a_damaged_library_is_told_in_one_line_and_nothing_else(
    arguments: list[str], indexed: Callable[[Path], None], photos: Path, tmp_path: Path
) -> None:
    indexed(photos)
    (tmp_path / "library" / "store" / "data.mdb").write_bytes(os.urandom(100_000))
    done = call(*arguments, "--json", "status")
    assert (done.returncode, done.stdout) == (2, b"")
    [line] = done.stderr.splitlines()
    assert b"is damaged" in line


def test_without_a_screen_the_window_is_refused_with_a_sentence(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("other systems always have a screen")
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    done = subprocess.run(
        [*INPHOTOS, "--library", str(tmp_path / "library")],
        capture_output=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name not in hidden},
    )
    assert done.returncode == 2
    assert b"There is no screen" in done.stderr


def test_the_window_indexes_its_folder_and_closes_when_it_is_interrupted(
    arguments: list[str], photos: Path, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [*INPHOTOS, *arguments, str(photos)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    # The lock is the window's while it is open, so the bytes of its store tell how far it is.
    data = tmp_path / "library" / "store" / "data.mdb"
    digests = [content_digest(photo.read_bytes()).encode() for photo in photos.rglob("*.*")]
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stderr.read()
        stored = data.read_bytes() if data.exists() else b""
        if all(digest in stored for digest in digests):
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    # Qt's screenless platform says of itself what it cannot do.
    said = [line for line in err.splitlines() if not line.startswith(b"This plugin does not")]
    assert (process.returncode, out, said) == (0, b"", [])
    assert document(*arguments, "status")["indexed"] == 5


def test_a_folder_that_is_not_there_opens_no_window(arguments: list[str], tmp_path: Path) -> None:
    done = call(*arguments, tmp_path / "nothing")
    assert done.returncode == 2
    assert b"There is no folder" in done.stderr


def test_version_and_help() -> None:
    assert call("--version").stdout.startswith(b"InPhotos ")
    for command in ("", "search"):
        done = call(*command.split(), "--help")
        assert done.returncode == 0
        assert b"usage: inphotos" in done.stdout
