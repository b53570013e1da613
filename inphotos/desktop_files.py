"""InPhotos in the applications menu of a Linux desktop, and under "Open with" for photos.

Follows the specifications of freedesktop.org: Desktop Entry, Icon Theme, Base Directory.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from inphotos.errors import InPhotosError, display_path

NAME = "inphotos"

#: The usual sizes of icons, pixels.
ICON_EDGES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)

#: MIME types by what reads them, as in ``photos.formats.READABLE``.
MIME_TYPES: dict[str, tuple[str, ...]] = {
    "JPEG": ("image/jpeg",),
    "PNG": ("image/png", "image/apng"),
    "WEBP": ("image/webp",),
    "GIF": ("image/gif",),
    "TIFF": ("image/tiff",),
    "BMP": ("image/bmp",),
    "PPM": (
        "image/x-portable-pixmap",
        "image/x-portable-graymap",
        "image/x-portable-bitmap",
        "image/x-portable-anymap",
    ),
    "JPEG2000": ("image/jp2", "image/jpx"),
    "AVIF": ("image/avif",),
    "HEIF": ("image/heif", "image/heic"),
    "JXL": ("image/jxl",),
    "RAW": (
        "image/x-canon-cr2",
        "image/x-canon-cr3",
        "image/x-nikon-nef",
        "image/x-sony-arw",
        "image/x-adobe-dng",
        "image/x-fuji-raf",
        "image/x-panasonic-rw2",
        "image/x-olympus-orf",
        "image/x-pentax-pef",
        "image/x-samsung-srw",
    ),
}

_ENTRY = """\
[Desktop Entry]
Type=Application
Version=1.4
Name=InPhotos
GenericName=Photo Search
GenericName[de]=Fotosuche
Comment=Find your own photos by describing them, on your own computer
Comment[de]=Eigene Fotos finden, indem man sie beschreibt, auf dem eigenen Rechner
Exec={command} %F
Icon={name}
Terminal=false
StartupNotify=true
StartupWMClass=InPhotos
X-GNOME-SingleWindow=true
Categories=Graphics;Photography;Qt;
Keywords=photos;pictures;images;search;find;
Keywords[de]=Fotos;Bilder;Suche;finden;
MimeType={types};
Actions=demo;

[Desktop Action demo]
Name=Try It on Bundled Pictures
Name[de]=Mit mitgelieferten Bildern ausprobieren
Exec={command} demo
"""


def install(png: Callable[[int], bytes]) -> list[Path]:
    """Put InPhotos into this user's applications menu; again, to bring that up to date.

    Args:
        png: draws the icon in a size (pixels) as a PNG file.

    Returns:
        The files that were written.

    Raises:
        InPhotosError: this is no Linux desktop, or the files cannot be written.
    """
    _check_platform()
    contents = {_entry_path(): entry(command()).encode()}
    contents[_icon_path("scalable", "svg")] = (
        files("inphotos.gui") / "icons" / "inphotos.svg"
    ).read_bytes()
    for edge in ICON_EDGES:
        contents[_icon_path(f"{edge}x{edge}", "png")] = png(edge)
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise _refused(error) from error
    _tell_desktop()
    return list(contents)


def remove() -> list[Path]:
    """Take InPhotos out of this user's applications menu; return the files that were removed.

    Raises:
        InPhotosError: this is no Linux desktop, or they cannot be removed.
    """
    _check_platform()
    icons = [_icon_path(f"{edge}x{edge}", "png") for edge in ICON_EDGES]
    paths = [_entry_path(), _icon_path("scalable", "svg"), *icons]
    removed = [path for path in paths if path.is_file()]
    try:
        for path in removed:
            path.unlink()
    except OSError as error:
        raise _refused(error) from error
    _tell_desktop()
    return removed


def entry(start: str) -> str:
    """Return the desktop entry.

    Args:
        start: the command that starts InPhotos, quoted as :func:`command` does it.
    """
    types = ";".join(kind for kinds in MIME_TYPES.values() for kind in kinds)
    return _ENTRY.format(command=start, name=NAME, types=types)


def command() -> str:
    """Return the command that starts this InPhotos, quoted for a desktop entry."""
    script = Path(sys.executable).with_name(NAME)
    if script.is_file():
        return quoted(str(script))
    return f"{quoted(sys.executable)} -m inphotos"


def quoted(argument: str) -> str:
    """Quote one argument for the key Exec: once for it, and once as a string of the file."""
    for character in ("\\", '"', "`", "$"):
        argument = argument.replace(character, f"\\{character}")
    argument = argument.replace("%", "%%").replace("\\", "\\\\")
    return f'"{argument}"'


def _check_platform() -> None:
    if sys.platform == "win32":
        raise InPhotosError(
            "On Windows, pin InPhotos to the taskbar while it is open; there is nothing to install."
        )
    if sys.platform == "darwin":
        raise InPhotosError(
            "On macOS, keep InPhotos in the Dock while it is open; there is nothing to install."
        )


def _data_home() -> Path:
    given = os.environ.get("XDG_DATA_HOME", "")
    # The specification has what is not absolute be ignored.
    return Path(given) if Path(given).is_absolute() else Path.home() / ".local" / "share"


def _entry_path() -> Path:
    return _data_home() / "applications" / f"{NAME}.desktop"


def _icon_path(size: str, suffix: str) -> Path:
    return _data_home() / "icons" / "hicolor" / size / "apps" / f"{NAME}.{suffix}"


def _tell_desktop() -> None:
    """Let the desktop look again; where it has no such programs, it looks of itself."""
    home = _data_home()
    for call in (
        ["update-desktop-database", "-q", str(home / "applications")],
        ["gtk-update-icon-cache", "-q", "-f", "-t", str(home / "icons" / "hicolor")],
    ):
        program = shutil.which(call[0])
        if program is not None:
            subprocess.run([program, *call[1:]], check=False, capture_output=True)


def _refused(error: OSError) -> InPhotosError:
    where = display_path(error.filename or _data_home())
    return InPhotosError(f"{where} cannot be changed ({error.strerror or error}).")
