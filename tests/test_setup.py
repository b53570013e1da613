"""The scripts that set up a checkout: what they decide, and what they say."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
import setup_env
import system_packages
from progress import activity_of, run_logged
from run import opens_window
from system_packages import SetupError

SCRIPTS = Path(setup_env.__file__).parent


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout; pip and venv are stood in for, because they need a network."""
    venv = tmp_path / ".venv"
    venv.mkdir()
    monkeypatch.setattr(setup_env, "ROOT", tmp_path)
    monkeypatch.setattr(setup_env, "VENV", venv)
    monkeypatch.setattr(setup_env, "PYTHON", venv / "python")
    for name in ("STAMP", "LOCK", "LOG"):
        monkeypatch.setattr(setup_env, name, venv / getattr(setup_env, name).name)
    monkeypatch.setattr(setup_env, "_install_cpu_torch", lambda: None)
    monkeypatch.setattr(setup_env, "_environment_works", lambda: (venv / "python").is_file())
    monkeypatch.setattr(setup_env, "_make_environment", lambda: (venv / "python").touch())
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "inphotos"\n')
    return tmp_path


def answer_as_pip(monkeypatch: pytest.MonkeyPatch, status: int, *lines: str) -> list[str]:
    """Have pip end like this; return the list that its targets are added to."""
    targets: list[str] = []

    def pip(*arguments: str) -> tuple[int, list[str]]:
        targets.append(arguments[-1])
        return status, list(lines)

    monkeypatch.setattr(setup_env, "_pip", pip)
    return targets


@pytest.mark.parametrize("name", ["run.py", "test.py"])
def test_an_old_python_can_read_the_script_far_enough_to_say_that_it_is_old(name: str) -> None:
    ast.parse((SCRIPTS / name).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_change_of_dependencies_asks_for_an_installation_and_a_lint_rule_does_not() -> None:
    before = setup_env.fingerprint({"project": {"dependencies": ["numpy"]}})
    linted = {"project": {"dependencies": ["numpy"]}, "tool": {"ruff": {"line-length": 80}}}
    assert setup_env.fingerprint(linted) == before
    assert setup_env.fingerprint({"project": {"dependencies": ["numpy>=2"]}}) != before


def test_what_is_ready_is_left_alone(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    targets = answer_as_pip(monkeypatch, 0)
    setup_env.ensure_environment(frozenset({"test"}))
    setup_env.ensure_environment(frozenset({"test"}))
    setup_env.ensure_environment()
    assert targets == [f"{checkout}[test]"]


def test_an_installation_keeps_the_extras_that_were_there(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets = answer_as_pip(monkeypatch, 0)
    setup_env.ensure_environment(frozenset({"test"}))
    (checkout / "pyproject.toml").write_text('[project]\nname = "changed"\n')
    setup_env.ensure_environment()
    assert targets == [f"{checkout}[test]"] * 2


def test_an_environment_without_its_python_is_not_ready(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_as_pip(monkeypatch, 0)
    setup_env.ensure_environment()
    setup_env.PYTHON.unlink()
    setup_env.ensure_environment()
    assert setup_env.PYTHON.is_file()


def test_an_environment_that_was_moved_is_made_anew(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_as_pip(monkeypatch, 0)
    setup_env.ensure_environment()
    moved = setup_env.VENV.rename(checkout / "moved")
    monkeypatch.setattr(setup_env, "VENV", moved)
    for name in ("PYTHON", "STAMP", "LOCK", "LOG"):
        monkeypatch.setattr(setup_env, name, moved / getattr(setup_env, name).name)

    made: list[bool] = []
    monkeypatch.setattr(setup_env, "_make_environment", lambda: made.append(True))
    setup_env.ensure_environment()
    assert made


@pytest.mark.parametrize(
    ("printed", "made_anew"),
    [("Collecting torch\n", False), ("Installing collected packages: torch\n", True)],
)
def test_an_environment_is_made_anew_only_if_the_failure_left_it_half_done(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, printed: str, made_anew: bool
) -> None:
    answer_as_pip(monkeypatch, 1, printed, "ERROR: it broke.\n")
    with pytest.raises(SetupError, match=r"pip could not install InPhotos: it broke \("):
        setup_env.ensure_environment()

    made: list[bool] = []
    monkeypatch.setattr(setup_env, "_make_environment", lambda: made.append(True))
    answer_as_pip(monkeypatch, 0)
    setup_env.ensure_environment()
    assert bool(made) is made_anew


def test_a_failed_update_does_not_pass_for_done(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_as_pip(monkeypatch, 0)
    setup_env.ensure_environment()
    answer_as_pip(monkeypatch, 1)
    with pytest.raises(SetupError):
        setup_env.ensure_environment(frozenset({"test"}))
    targets = answer_as_pip(monkeypatch, 0)
    setup_env.ensure_environment()
    assert targets == []
    setup_env.ensure_environment(frozenset({"test"}))
    assert targets == [f"{checkout}[test]"]


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is another one on Windows")
def test_a_second_run_waits_for_the_first(checkout: Path) -> None:
    second = (
        "import fcntl, sys\n"
        "lock = open(sys.argv[1], 'a')\n"
        "fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
    )
    command = [sys.executable, "-c", second, str(setup_env.LOCK)]
    with setup_env._locked():
        assert b"BlockingIOError" in subprocess.run(command, capture_output=True).stderr
    assert subprocess.run(command).returncode == 0


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(setup_env, "VENV", tmp_path / "file" / ".venv")
    with (
        pytest.raises(SetupError, match=r"that cannot be written .*: use a copy of this folder"),
        setup_env._locked(),
    ):
        pass


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device\n", "is full"),
        ("WARNING: Retrying: NewConnectionError('x')\nERROR: No matching\n", "is there a network"),
        ("ERROR: No matching distribution found for torch==9\n", "distribution found for torch=="),
        ("   OSError: Readme file is gone\n  [end of output]\n", "OSError: Readme file is gone"),
        ("", "it gives no reason"),
    ],
)
def test_a_failure_of_pip_is_said_in_one_sentence(printed: str, sentence: str) -> None:
    explained = setup_env.explain_failure(printed.splitlines(keepends=True), Path("the.log"))
    assert sentence in explained
    assert "\n" not in explained


@pytest.mark.parametrize(
    ("line", "activity"),
    [
        ("Collecting torch==2.13.0 (from inphotos==0.1.0)\n", "looking for torch"),
        (
            "  Downloading https://x.org/torch-2.13.0+cpu-cp311-cp311-any.whl (190.2 MB)\n",
            "downloading torch-2.13.0+cpu (190.2 MB)",
        ),
        ("  Downloading pillow-13.0.0.tar.gz (46.5 MB)\n", "downloading pillow-13.0.0 (46.5 MB)"),
        ("Installing collected packages: numpy, torch\n", "installing 2 packages"),
        ("Setting up libegl1:amd64 (1.6.0-1) ...\n", "setting up libegl1"),
        ("Requirement already satisfied: numpy\n", None),
    ],
)
def test_progress_names_what_is_going_on(line: str, activity: str | None) -> None:
    assert activity_of(line) == activity


def test_a_long_command_goes_to_the_log_and_leaves_stdout_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log"
    code = "import sys; print('Collecting torch'); sys.exit(3)"
    status, lines = run_logged("Installing", [sys.executable, "-c", code], log)
    assert (status, lines) == (3, ["Collecting torch\n"])
    assert "Collecting torch" in log.read_text()
    out, err = capfd.readouterr()
    assert out == ""
    assert "Installing" in err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], True),
        (["demo"], True),
        (["--library", "search", "demo"], True),
        ([str(SCRIPTS)], True),
        (["--json", "search", "a cat"], False),
        (["--library", str(SCRIPTS), "search", "a cat"], False),
        (["--help"], False),
    ],
)
def test_which_arguments_open_the_window(arguments: list[str], expected: bool) -> None:
    assert opens_window(arguments) is expected


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libX11.so.6", "libx11-6"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ],
)
def test_debian_packages_are_named_after_their_libraries(library: str, package: str) -> None:
    assert system_packages.debian_package(library) == package


@pytest.mark.parametrize(
    ("environment", "platforms"),
    [
        ({}, ["xcb"]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ["wayland", "xcb"]),
        ({"QT_QPA_PLATFORM": "offscreen", "WAYLAND_DISPLAY": "wayland-0"}, ["offscreen"]),
        ({"QT_QPA_PLATFORM": "wayland;xcb:option"}, ["wayland", "xcb"]),
    ],
)
def test_the_platforms_that_a_window_could_open_on(
    environment: dict[str, str], platforms: list[str]
) -> None:
    assert system_packages.window_platforms(environment) == platforms


@pytest.mark.parametrize(
    ("installer", "command"),
    [
        ("apt-get", "apt-get install libegl1 libglib2.0-0"),
        ("dnf", "dnf install libEGL.so.1()(64bit) libglib-2.0.so.0()(64bit)"),
        ("pacman", "pacman -S --needed dbus"),
        ("none", ""),
    ],
)
def test_the_command_fits_the_system(
    monkeypatch: pytest.MonkeyPatch, installer: str, command: str
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name == installer else None)
    found = system_packages.install_command(["libEGL.so.1", "libglib-2.0.so.0"])
    assert " ".join(found).startswith(command)


def test_an_ordinary_user_is_told_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    with pytest.raises(SetupError, match="it lacks a library: run `sudo apt-get install libegl1`"):
        system_packages.install(
            ["apt-get", "install", "libegl1"], "it lacks a library", tmp_path / "log"
        )
