"""The commands on saved searches."""

from __future__ import annotations

import argparse
from typing import Any

from inphotos.cli.commands import DONE, NOTHING, open_library
from inphotos.cli.output import Output
from inphotos.cli.search import date_reading
from inphotos.errors import display_path
from inphotos.library import SavedSearch
from inphotos.search.query import parse


def list_searches(options: argparse.Namespace, out: Output) -> int:
    """List the saved searches, with the number of photos that match where it is asked for."""
    rows: list[dict[str, Any]] = []
    with open_library(options, reading=True) as library:
        for saved in library.searches.all:
            row: dict[str, Any] = {"name": saved.name, "query": saved.text}
            if options.count:
                count = library.count(saved.text, **date_reading())
                row |= {"photos": count.photos, "at_least": count.at_least}
            rows.append(row)
    if out.as_json:
        out.document(rows)
    else:
        width = max((len(display_path(row["name"])) for row in rows), default=0)
        for row in rows:
            number = f"{_number(row):>8}  " if options.count else ""
            name = display_path(row["name"]).ljust(width)
            out.text(f"{number}{name}  {display_path(row['query'])}")
    if not rows:
        out.message("No search is saved yet; 'inphotos searches save NAME QUERY' saves one.")
    return DONE if rows else NOTHING


def save(options: argparse.Namespace, out: Output) -> int:
    """Save a query under a name."""
    problems = parse(options.query).problems
    with open_library(options) as library:
        replaced = library.searches.find(options.name) is not None
        saved = library.searches.save(SavedSearch(options.name, options.query))
        library.searches.write()
    for problem in problems:
        out.message(problem.message)
    if out.as_json:
        out.document({"name": saved.name, "query": saved.text, "replaced": replaced})
    else:
        former = ", in the place of the former one" if replaced else ""
        out.text(f"Saved {display_path(saved.name)}{former}.")
    return DONE


def remove(options: argparse.Namespace, out: Output) -> int:
    """Remove a saved query."""
    with open_library(options) as library:
        removed, _ = library.searches.remove(options.name)
        library.searches.write()
    if out.as_json:
        out.document({"name": removed.name, "query": removed.text})
    else:
        out.text(f"Removed {display_path(removed.name)}; no photo is touched.")
    return DONE


def _number(row: dict[str, Any]) -> str:
    return f"{row['photos']:,}{'+' if row['at_least'] else ''}"
