"""The list of a model's files with their sizes and digests, written when the model is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from inphotos.encoders.preprocessing import read_json
from inphotos.errors import ModelError, display_path
from inphotos.settings import write_json

NAME: Final = "manifest.json"


def write(directory: Path, digests: Mapping[str, str], source: Mapping[str, str]) -> None:
    """Write the manifest of a model beside its files.

    Args:
        directory: the model's files.
        digests: SHA-256, hexadecimal, by file name.
        source: where they come from, e.g. ``{"repo": …, "revision": …}``.
    """
    entries = {
        name: {"size": (directory / name).stat().st_size, "sha256": digest}
        for name, digest in digests.items()
    }
    write_json(directory / NAME, {**source, "files": entries})


def damage(directory: Path) -> list[str]:
    """Compare the files with the manifest, byte for byte.

    Returns:
        One phrase for each file that is missing or changed, e.g. ``"vocab.json is missing"``.

    Raises:
        ModelError: there is no manifest, or it cannot be read.
    """
    entries = read_json(directory / NAME).get("files")
    if not isinstance(entries, dict) or not entries:
        raise ModelError(f"{display_path(directory / NAME)} lists no files.")
    return [
        f"{display_path(name)} {fault}"
        for name, entry in sorted(entries.items())
        if (fault := _fault(directory / Path(name).name, entry))
    ]


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fault(path: Path, entry: Any) -> str:
    if not path.is_file():
        return "is missing"
    if not isinstance(entry, dict) or path.stat().st_size != entry.get("size"):
        return "has another size"
    return "" if sha256(path) == entry.get("sha256") else "has changed"
