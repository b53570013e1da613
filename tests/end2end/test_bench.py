"""'inphotos bench' in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

_NOTE_CONNECTIONS = """
import sys
def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        print(event, arguments, file=sys.stderr, flush=True)
sys.addaudithook(note)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Every Python process says so when it opens a connection; temporary files lie in a place."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "sitecustomize.py").write_text(_NOTE_CONNECTIONS)
    (tmp_path / "temporary").mkdir()
    path = [str(tmp_path / "own"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "TMPDIR": str(tmp_path / "temporary"),
        "PYTHONPATH": os.pathsep.join(path),
    }


@pytest.fixture
def command(tmp_path: Path, tiny_clip: Path) -> list[str]:
    inphotos = shutil.which("inphotos", path=str(Path(sys.executable).parent))
    assert inphotos is not None
    own = ["--library", str(tmp_path / "library"), "--model", str(tiny_clip)]
    return [inphotos, *own, "bench", "--seconds", "0.001", "--size", "0.1", "--photos", "100"]


def test_it_measures_and_leaves_nothing_behind(
    command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    words = [*command, "decode", "search", "-q", "--json"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    document = json.loads(done.stdout)
    assert done.returncode == 0
    # Being busy is no fault, and told in the document too.
    assert (done.stderr, document["model"]) == ("", str(command[4]))
    parts = [table["part"] for table in document["parts"]]
    assert parts == ["decode", "search"]
    assert left_behind(tmp_path) == []
    assert not (tmp_path / "library").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
@pytest.mark.parametrize("part", ["decode", "memory"])
def test_ctrl_c_ends_it_and_leaves_nothing_behind(
    command: list[str], environment: dict[str, str], tmp_path: Path, part: str
) -> None:
    words = [*command, part, "--seconds", "600", "--size", "12"]
    with subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert "Measuring" in process.stderr.readline()
        started = psutil.Process(process.pid)
        while not [path for path in (tmp_path / "temporary").rglob("IMG_*") if path.is_file()]:
            assert process.poll() is None
        children = started.children(recursive=True)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (130, "")
    assert "Stopped before everything was measured." in err
    assert "Traceback" not in err
    assert psutil.wait_procs(children, timeout=30)[1] == []
    assert left_behind(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL to send")
def test_a_killed_run_leaves_no_process_behind(
    command: list[str], environment: dict[str, str]
) -> None:
    words = [*command, "decode", "--seconds", "600"]
    with subprocess.Popen(
        words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        children: list[psutil.Process] = []
        # One that decodes without care, and another decoder at least.
        while len(children) < 2:
            assert process.poll() is None
            children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
    assert psutil.wait_procs(children, timeout=30)[1] == []


def left_behind(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "temporary").iterdir() if "inphotos" in path.name]
