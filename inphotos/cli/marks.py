"""The command that marks photos."""

from __future__ import annotations

import argparse

from inphotos.cli.commands import DONE, open_library
from inphotos.cli.output import Output
from inphotos.cli.photo_info import mark_lines
from inphotos.errors import LibraryError, display_path
from inphotos.library import Library


def mark(options: argparse.Namespace, out: Output) -> int:
    """Make photos favourites, rate and tag them."""
    changes = (options.favorite, options.rating, options.tag, options.untag)
    is_nothing = all(change is None for change in changes)
    if options.photos and is_nothing:
        raise LibraryError(
            "Say how to mark the photos: --favorite, --rating, --tag or --untag "
            "('inphotos info PHOTO' shows how one is marked)."
        )
    if not options.photos and not (is_nothing and options.sidecars is not None):
        raise LibraryError("Name the photos to mark: inphotos mark PHOTO --favorite.")
    with open_library(options) as library:
        if options.sidecars is not None:
            library.choices.write_sidecars_beside(options.sidecars)
        # All are looked up before the first is changed.
        _apply(library, library.photo_ids(options.photos), options)
        for problem in library.marks.write_sidecars():
            out.message(str(problem))
        marked = [library.details(photo) for photo in options.photos]
    if out.as_json:
        out.document(
            [
                {
                    "path": str(details.path),
                    "favorite": details.mark.favorite,
                    "rating": details.rating,
                    "tags": list(details.mark.tags),
                }
                for details in marked
            ]
        )
    else:
        for details in marked:
            lines = "; ".join(f"{name} {value}" for name, value in mark_lines(details))
            out.text(f"{display_path(details.path)}: {lines or 'no marks'}")
    return DONE


def _apply(library: Library, ids: list[int], options: argparse.Namespace) -> None:
    marks = library.marks
    if options.favorite is not None:
        marks.set_favorite(ids, options.favorite)
    if options.rating is not None:
        marks.set_rating(ids, None if options.rating == "none" else options.rating)
    if options.untag:
        marks.remove_tags(ids, options.untag)
    if options.tag:
        marks.add_tags(ids, options.tag)
