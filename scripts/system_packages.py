"""What Qt's window needs of the operating system, and how to get it.

PyQt6 from PyPI brings Qt itself, but on Linux not the libraries that Qt is linked to. A desktop
has nearly all of them; a server or a container has none.
"""

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from progress import run_logged

# Debian names a package after its library. These are the exceptions among those that Qt needs.
DEBIAN_EXCEPTIONS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
}
# Arch cannot install by a library's name, so this is all that a window needs, and a font.
ARCH_PACKAGES = [
    "dbus",
    "fontconfig",
    "freetype2",
    "glib2",
    "libglvnd",
    "libx11",
    "libxkbcommon-x11",
    "ttf-dejavu",
    "xcb-util-cursor",
    "xcb-util-image",
    "xcb-util-keysyms",
    "xcb-util-renderutil",
    "xcb-util-wm",
]


class SetupError(Exception):
    """One sentence, without its full stop, on what keeps InPhotos from starting."""


def ensure_window_libraries(venv: Path, log: Path) -> None:
    """See to it that a window can open; SetupError says what to install where it cannot.

    A good outcome is remembered in .venv, because looking takes a tenth of a second.
    """
    platforms = window_platforms(os.environ)
    remembered = venv / f"inphotos-window-{'-'.join(platforms)}"
    if sys.platform != "linux" or remembered.exists():
        return
    if missing := missing_libraries(venv, platforms):
        names = (
            ", ".join(missing) if len(missing) < 4 else f"{missing[0]} and {len(missing) - 1} more"
        )
        install(install_command(missing), f"the window needs system libraries ({names})", log)
        if missing := missing_libraries(venv, platforms):
            raise SetupError(f"the window still lacks system libraries: {', '.join(missing)}")
    # An environment that another user made may be read-only: the next start looks again.
    with contextlib.suppress(OSError):
        remembered.touch()


def forget_window_libraries(venv: Path) -> None:
    """Have the next window look again: a new Qt may need other libraries."""
    for remembered in venv.glob("inphotos-window-*"):
        remembered.unlink()


def window_platforms(environment: Mapping[str, str]) -> list[str]:
    """The Qt platforms of which one is enough: the one asked for, or the desktop's own and X11."""
    if named := environment.get("QT_QPA_PLATFORM"):
        return [name.partition(":")[0] for name in named.split(";")]
    return ["wayland", "xcb"] if environment.get("WAYLAND_DISPLAY") else ["xcb"]


def missing_libraries(venv: Path, platforms: list[str]) -> list[str]:
    """The names of the libraries, such as libEGL.so.1, without which none of `platforms` opens."""
    missing: set[str] = set()
    for package in venv.glob("lib/python*/site-packages/PyQt6"):
        modules = [package / f"Qt{name}.abi3.so" for name in ("Core", "Gui", "Widgets")]
        for platform in platforms:
            plugin = package / f"Qt6/plugins/platforms/libq{platform}.so"
            missing = _unresolved([*modules, plugin])
            if not missing:
                break
    return sorted(missing)


def _unresolved(files: Iterable[Path]) -> set[str]:
    try:
        answer = subprocess.run(
            ["ldd", *map(str, files)], capture_output=True, text=True, check=False
        )
    except OSError:  # no ldd: then the window itself will say what it lacks
        return set()
    return set(re.findall(r"^\s*(\S+) => not found", answer.stdout, re.MULTILINE))


def install_command(libraries: Iterable[str]) -> list[str]:
    """The command that installs these libraries here, empty where no installer is known."""
    if shutil.which("apt-get"):
        return ["apt-get", "install", *sorted({debian_package(name) for name in libraries})]
    for installer in ("dnf", "zypper"):
        if shutil.which(installer):
            # An RPM says which libraries it provides, so these need no list of packages.
            return [installer, "install", *(f"{name}()(64bit)" for name in sorted(libraries))]
    if shutil.which("pacman"):
        return ["pacman", "-S", "--needed", *ARCH_PACKAGES]
    return []


def debian_package(library: str) -> str:
    """The package of a library: libxcb-icccm.so.4 is in libxcb-icccm4, libX11.so.6 in libx11-6."""
    if library in DEBIAN_EXCEPTIONS:
        return DEBIAN_EXCEPTIONS[library]
    name, _, version = library.lower().replace("_", "-").partition(".so.")
    return f"{name}{'-' if name[-1].isdigit() else ''}{version}"


def install(command: list[str], why: str, log: Path) -> None:
    """Run the command where that needs nobody's password; else raise SetupError with it."""
    if not command:
        raise SetupError(f"{why}: install them with your system's package manager")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not is_root or command[0] != "apt-get":
        raise SetupError(f"{why}: run `{'' if is_root else 'sudo '}{shlex.join(command)}`")
    print(f"Installing with apt-get: {why}", file=sys.stderr)
    for step in (["apt-get", "update"], [*command, "--yes", "--no-install-recommends"]):
        status, lines = run_logged(" ".join(step[:2]), step, log, DEBIAN_FRONTEND="noninteractive")
    if status != 0:
        reason = "".join(lines[-1:]).strip().removeprefix("E: ")
        raise SetupError(f"{why}, and `{shlex.join(command)}` failed: {reason}")
