"""The command that copies photos out of the library."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from inphotos.cli.commands import DONE, NOTHING, interruptible, open_library
from inphotos.cli.output import Output, duration
from inphotos.cli.search import date_reading
from inphotos.errors import display_path
from inphotos.library import Library
from inphotos.library.exporting import Export, ExportReport, covering_folder

#: Photos that are asked for at a time.
_PAGE = 1000


def export(options: argparse.Namespace, out: Output) -> int:
    """Copy the photos that match a query into a directory."""
    # The library is closed before the copying begins: others may want it, and that takes minutes.
    with open_library(options, reading=True) as library:
        photos = list(_chosen(library, options, out))
        folders = [folder.path for folder in library.folders()]
    work = Export(photos, options.directory)
    if photos:
        with interruptible() as control:
            for progress in work.run(control):
                out.progress(progress)
    _print(work.report, options, out)
    if not photos:
        out.message("No photo matches, so nothing was copied; '--top N' copies the closest ones.")
    elif covering_folder(options.directory, folders) is not None:
        out.message(
            f"{display_path(options.directory)} is in a folder of the library, so the copies will "
            f"be photos of it, too."
        )
    return DONE if work.report.copied or work.report.unchanged else NOTHING


def _chosen(library: Library, options: argparse.Namespace, out: Output) -> Iterator[Path]:
    """Yield the photos that are wanted, the best first."""
    whatever = options.top is not None or options.min_score is not None
    left, offset = options.top, 0
    while left is None or left > 0:
        page = library.search(
            options.query,
            top=_PAGE if left is None else min(left, _PAGE),
            offset=offset,
            min_score=options.min_score,
            **date_reading(),
        )
        if not offset:
            for problem in page.problems:
                out.message(problem.message)
        for result in page.results:
            if result.match == "none" and not whatever:
                return  # the best come first
            yield result.path
        offset += _PAGE
        left = None if left is None else left - _PAGE
        if offset >= page.length:
            return


def _print(report: ExportReport, options: argparse.Namespace, out: Output) -> None:
    if out.as_json:
        out.document(
            {
                "query": options.query,
                "directory": str(options.directory),
                "exported": [{"from": c.source, "to": c.target} for c in report.copied],
                "unchanged": [copied.source for copied in report.unchanged],
                "failed": [{"path": path, "reason": why} for path, why in report.failed],
                "bytes": report.bytes,
                "seconds": round(report.seconds, 2),
            }
        )
        return
    for path, why in report.failed:
        out.message(f"{display_path(path)}: {why}")
    copied = "1 photo" if len(report.copied) == 1 else f"{len(report.copied):,} photos"
    parts = [f"{copied} copied to {display_path(options.directory)}"]
    parts += [f"{len(report.unchanged):,} there already"] if report.unchanged else []
    parts += [f"{len(report.failed):,} could not be copied"] if report.failed else []
    size, seconds = f"{report.bytes / 1e6:,.1f} MB", duration(report.seconds)
    out.text(f"{', '.join(parts)} ({size}, {seconds})")
