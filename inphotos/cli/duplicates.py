"""The command that lists photos that are alike."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from inphotos.cli.commands import DONE, NOTHING, open_library
from inphotos.cli.output import Output
from inphotos.errors import display_path
from inphotos.search.alike import AlikeGroup
from inphotos.search.gathering import KINDS, Kind
from inphotos.store.catalog import Photo

#: What the user may ask for, in the plural.
CHOICES: dict[str, Kind] = {"copies": "copies", "near": "near", "bursts": "burst"}

_NAMES: dict[Kind, str] = {"copies": "copies", "near": "near-duplicates", "burst": "burst"}

_EPOCH = datetime(1970, 1, 1)


def duplicates(options: argparse.Namespace, out: Output) -> int:
    """List the groups of photos that are alike."""
    kinds = (CHOICES[options.kind],) if options.kind else KINDS
    with open_library(options, reading=True) as library:
        groups = library.duplicates(kinds)
    photos = sum(len(group.photos) for group in groups)
    taken = _bytes_of_copies(groups)
    if out.as_json:
        out.document(
            {
                "groups": [
                    {"kind": group.kind, "photos": [_document(photo) for photo in group.photos]}
                    for group in groups
                ],
                "photos": photos,
                "bytes": taken,
            }
        )
    else:
        for group in groups:
            out.text(f"{_NAMES[group.kind]}, {len(group.photos):,} photos")
            for photo in group.photos:
                out.text(f"  {_size(photo)}  {display_path(photo.path)}")
        if groups:
            out.text(
                f"{len(groups):,} groups, {photos:,} photos; copies of the same content take "
                f"{taken / 1e6:,.1f} MB more than one of each would."
            )
    if not groups:
        out.message("No photos of the library are alike.")
    return DONE if groups else NOTHING


def _bytes_of_copies(groups: Sequence[AlikeGroup]) -> int:
    """Return what would be freed if one photo of each content were left."""
    taken = 0
    for group in groups:
        sizes = {photo.content: photo.size for photo in group.photos}
        taken += sum(photo.size for photo in group.photos) - sum(sizes.values())
    return taken


def _document(photo: Photo) -> dict[str, Any]:
    return {
        "path": str(photo.path),
        "width": photo.width,
        "height": photo.height,
        "bytes": photo.size,
        "taken": (_EPOCH + timedelta(milliseconds=photo.taken_ms)).isoformat(),
    }


def _size(photo: Photo) -> str:
    return f"{photo.width:5} x {photo.height:<5} {photo.size / 1e6:7.2f} MB"
