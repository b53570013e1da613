"""The command that puts InPhotos into the applications menu."""

from __future__ import annotations

import argparse

from inphotos import desktop_files
from inphotos.cli.output import Output
from inphotos.errors import display_path


def install(_options: argparse.Namespace, out: Output) -> int:
    """Put InPhotos into this user's applications menu."""
    from inphotos.gui.icons import application_png

    _tell(out, "installed", [str(path) for path in desktop_files.install(application_png)])
    return 0


def remove(_options: argparse.Namespace, out: Output) -> int:
    """Take InPhotos out of this user's applications menu."""
    removed = desktop_files.remove()
    _tell(out, "removed", [str(path) for path in removed])
    return 0 if removed else 1


def _tell(out: Output, what: str, paths: list[str]) -> None:
    if out.as_json:
        out.document({what: paths})
        return
    for path in paths:
        out.text(f"{what}  {display_path(path)}")
    if not paths:
        out.message("InPhotos was not in the applications menu.")
