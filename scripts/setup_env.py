"""The checkout's own Python environment, .venv: found ready, brought up to date, or made.

Shared by run.py and test.py. Only the standard library: nothing is installed yet when this runs.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from progress import run_logged
from system_packages import SetupError, forget_window_libraries, install

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "inphotos-setup.json"
LOCK = VENV / "inphotos-setup.lock"
LOG = VENV / "inphotos-setup.log"

# PyTorch's builds without CUDA: 200 MB where those on PyPI bring several GB for Linux.
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
PROBE_SECONDS = 3.0
# A finished environment on Linux, with a little to spare.
NEEDED_BYTES = 2_000_000_000


class Stamp(NamedTuple):
    """What .venv holds.

    key: the fingerprint that it was made for, empty while an installation is under way.
    extras: the optional dependencies that are in it.
    place: where it was made; its programs name their Python by path, so it cannot be moved.
    """

    key: str
    extras: frozenset[str]
    place: str


def ensure_environment(extras: frozenset[str] = frozenset()) -> None:
    """Make .venv ready, with these extras at least. Raises SetupError.

    When it is ready already this reads two small files, and neither writes nor needs a network.
    """
    wanted = Stamp(fingerprint(_metadata()), extras, str(VENV))
    if is_ready(_read_stamp(), wanted):
        return
    with _locked():
        # Another run may have finished the work while this one waited for the lock.
        if not is_ready(_read_stamp(), wanted):
            try:
                _install(wanted)
            except OSError as error:
                raise SetupError(f"the set-up in {VENV} failed: {error}") from error


def fingerprint(metadata: dict[str, Any]) -> str:
    """What an installation depends on, hashed: it is made anew when this changes.

    Of pyproject.toml only what pip reads counts, so that a changed lint rule costs nobody an
    installation.
    """
    parts = [
        sys.implementation.cache_tag,
        sysconfig.get_platform(),
        metadata.get("build-system"),
        metadata.get("project"),
        metadata.get("tool", {}).get("hatch"),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def is_ready(found: Stamp | None, wanted: Stamp) -> bool:
    """Whether the environment behind `found` does for `wanted` as it is."""
    return (
        found is not None
        and found.key == wanted.key
        and found.extras >= wanted.extras
        and found.place == wanted.place
        and PYTHON.is_file()
    )


def explain_failure(lines: list[str], log: Path) -> str:
    """One sentence on why pip failed, from what it printed."""
    text = "".join(lines)
    if "No space left on device" in text or "[Errno 28]" in text:
        return f"the disk of {VENV} or that of {tempfile.gettempdir()} is full"
    signs_of_no_network = (
        "NewConnectionError",
        "Failed to establish a new connection",
        "Failed to resolve",
        "Name or service not known",
        "Temporary failure in name resolution",
        "Read timed out",
        "ConnectTimeoutError",
        "Connection refused",
        "ProxyError",
        "SSLError",
    )
    if any(sign in text for sign in signs_of_no_network):
        return f"the packages could not be downloaded: is there a network? (pip's words: {log})"
    # pip's own line, else the exception of a package's build, which pip shows indented.
    reasons = re.findall(r"^ERROR: (.+)", text, re.MULTILINE) or re.findall(
        r"^\s+(\w+Error: .+)", text, re.MULTILINE
    )
    reason = reasons[-1].strip().rstrip(".") if reasons else "it gives no reason"
    return f"pip could not install InPhotos: {reason} (all of its words: {log})"


def _metadata() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _read_stamp() -> Stamp | None:
    try:
        stored = json.loads(STAMP.read_text(encoding="utf-8"))
        return Stamp(stored["key"], frozenset(stored["extras"]), stored["place"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_stamp(stamp: Stamp) -> None:
    stored = {**stamp._asdict(), "extras": sorted(stamp.extras)}
    unfinished = STAMP.with_suffix(".new")
    unfinished.write_text(json.dumps(stored), encoding="utf-8")
    unfinished.replace(STAMP)


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    """Hold .venv against other runs; the operating system lets go should this one be killed."""
    try:
        VENV.mkdir(exist_ok=True)
        lock = LOCK.open("a", encoding="utf-8")
    except OSError as error:
        raise SetupError(
            f"InPhotos is installed into {VENV}, and that cannot be written ({error.strerror}): "
            "use a copy of this folder that belongs to you"
        ) from error
    with lock:
        if not _try_lock(lock.fileno(), wait=False):
            print("Another run is setting up this folder: waiting for it.", file=sys.stderr)
            _try_lock(lock.fileno(), wait=True)
        os.set_inheritable(lock.fileno(), True)
        yield


def _try_lock(descriptor: int, *, wait: bool) -> bool:
    if sys.platform == "win32":
        import msvcrt

        # LK_LOCK gives up after ten seconds, which is no end to wait for here.
        while True:
            with contextlib.suppress(OSError):
                msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
                return True
            if not wait:
                return False
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _install(wanted: Stamp) -> None:
    """Bring .venv to what is wanted, from whatever state it is in."""
    found = _read_stamp()
    extras = wanted.extras | (found.extras if found else frozenset())
    spoilt = found is not None and (not found.key or found.place != wanted.place)
    if spoilt or not _environment_works():
        _make_environment()
        found = None

    _write_stamp(wanted._replace(key="", extras=extras))
    forget_window_libraries(VENV)
    LOG.write_text("", encoding="utf-8")
    _install_cpu_torch()
    target = str(ROOT) + (f"[{','.join(sorted(extras))}]" if extras else "")
    status, lines = _pip("install", "--editable", target)
    if status != 0:
        # pip resolves and downloads everything before it changes anything, so after a failure up
        # to there the environment is as good as it was.
        if not any(line.startswith("Installing collected packages") for line in lines):
            if found is None:
                STAMP.unlink()
            else:
                _write_stamp(found)
        raise SetupError(explain_failure(lines, LOG))
    _write_stamp(wanted._replace(extras=extras))


def _environment_works() -> bool:
    """Whether .venv has a Python of this version with pip: also one that a person made."""
    question = "import pip, sys; print(sys.implementation.cache_tag)"
    try:
        answer = subprocess.run(
            [str(PYTHON), "-c", question], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return answer.stdout.strip() == sys.implementation.cache_tag


def _make_environment() -> None:
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        # Debian and its kin keep these two out of the package python3.
        package = f"python3.{sys.version_info.minor}-venv"
        command = ["apt-get", "install", package] if shutil.which("apt-get") else []
        install(command, "this Python lacks its modules venv and ensurepip", LOG)
    for entry in VENV.iterdir():
        # The lock is held on that very file: a new one in its place would lock nobody out.
        if entry not in (LOCK, LOG):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
    free = shutil.disk_usage(VENV).free
    if free < NEEDED_BYTES:
        raise SetupError(
            f"InPhotos needs about {NEEDED_BYTES / 1e9:.0f} GB in {VENV}, "
            f"and the disk has only {free / 1e9:.1f} GB left"
        )
    # The interpreter running this can be the one in .venv that has just been removed.
    python = getattr(sys, "_base_executable", sys.executable)
    status, lines = run_logged("Making .venv", [python, "-m", "venv", str(VENV)], LOG)
    if status != 0:
        raise SetupError(f"Python could not make {VENV}: {''.join(lines[-1:]).strip()}")


def _pip(*arguments: str) -> tuple[int, list[str]]:
    command = [str(PYTHON), "-m", "pip", "--no-input", "--disable-pip-version-check", *arguments]
    return run_logged("Installing", command, LOG, PIP_PROGRESS_BAR="off")


def _install_cpu_torch() -> None:
    """On Linux without an NVIDIA card take torch from PyTorch's CPU builds, if they answer.

    Where they do not, or where pip is told to look somewhere else than PyPI, pip decides as usual.
    """
    nvidia = Path("/proc/driver/nvidia").exists() or shutil.which("nvidia-smi")
    if sys.platform != "linux" or nvidia or _pip_has_own_sources() or not _cpu_index_answers():
        return
    requirements: list[str] = _metadata()["project"]["dependencies"]
    torch = next(line for line in requirements if line.startswith("torch"))
    _pip("install", "--no-deps", "--index-url", CPU_INDEX, torch)


def _pip_has_own_sources() -> bool:
    settings = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    return any(name in settings for name in ("index-url", "find-links", "no-index"))


def _cpu_index_answers() -> bool:
    import urllib.request

    answers: list[bool] = []

    def ask() -> None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{CPU_INDEX}/torch/", timeout=PROBE_SECONDS).close()
            answers.append(True)

    # In a thread, because looking up a name knows no timeout.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(PROBE_SECONDS)
    return bool(answers)
