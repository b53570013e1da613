"""The command that measures how fast this machine is."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

from inphotos.bench import machine
from inphotos.bench.results import Doing, Estimate, Report, Row, Table
from inphotos.bench.run import Bench, Order
from inphotos.cli.commands import DONE, interruptible
from inphotos.cli.output import Output, duration
from inphotos.errors import CancelledError, display_path
from inphotos.settings import library_directory


def bench(options: argparse.Namespace, out: Output) -> int:
    """Measure, and print tables or one JSON document."""
    order = Order(
        library=library_directory(options.library),
        model=options.model,
        parts=tuple(options.parts),
        on=options.on,
        photos=options.photos,
        seconds=options.seconds,
        megapixels=options.size,
    )
    report = _report(order, out)
    for warning in report.warnings:
        out.message(warning)
    if out.as_json:
        out.document(_document(report))
    else:
        for line in _lines(report):
            out.text(line)
    return DONE


def _report(order: Order, out: Output) -> Report:
    with interruptible() as control:
        try:
            for event in Bench(order).run(control):
                if isinstance(event, Report):
                    return event
                out.status(_in_words(event))
        except CancelledError as error:
            raise CancelledError("Stopped before everything was measured.") from error
    raise AssertionError("a benchmark that is not stopped ends with its report")


def _in_words(doing: Doing) -> str:
    left = doing.seconds_left
    # Once it has taken longer than was thought, nobody knows.
    wait = f" (about {duration(left)} left)" if left is not None and left >= 1 else ""
    return f"Measuring: {display_path(doing.what)}{wait}"


def _document(report: Report) -> dict[str, Any]:
    return {
        "machine": dict(report.machine),
        "warnings": list(report.warnings),
        "model": report.model,
        "photos": report.photos,
        "seconds": round(report.seconds, 1),
        "estimate": None if report.estimate is None else dataclasses.asdict(report.estimate),
        "parts": [_table_document(table) for table in report.tables],
    }


def _table_document(table: Table) -> dict[str, Any]:
    return {
        "part": table.part,
        "title": table.title,
        "seconds_per_photo": table.seconds_per_photo,
        "notes": list(table.notes),
        "rows": [
            {
                "what": row.what.strip(),
                "ratio": row.ratio,
                "unit": row.unit,
                **dataclasses.asdict(row.spread),
                **row.more,
                "note": row.note,
            }
            for row in table.rows
        ],
    }


def _lines(report: Report) -> Iterator[str]:
    yield machine.in_words(report.machine)
    sets = " ".join(report.machine["instruction_sets"])
    if sets:
        yield f"instruction sets: {sets}"
    yield f"model: {display_path(report.model)}" + (
        f"; photos: {report.photos}" if report.photos else ""
    )
    for table in report.tables:
        yield ""
        yield display_path(table.title)
        if table.rows:
            yield from _aligned([_HEAD, *(_cells(row) for row in table.rows)])
        for note in table.notes:
            yield f"  {display_path(note)}"
    if report.estimate is not None:
        yield ""
        yield _sentence(report.estimate)


_HEAD = ("ratio", "median", "", "lowest-highest", "", "")


def _cells(row: Row) -> Sequence[str]:
    spread = row.spread
    alone = spread.low == spread.high
    more = [f"{name} {_number(value)}" for name, value in row.more.items()]
    return (
        "" if row.ratio is None else f"{_number(row.ratio)}x",
        _number(spread.median),
        row.unit,
        "" if alone else f"{_number(spread.low)}-{_number(spread.high)}",
        row.what,
        ", ".join([*more, row.note] if row.note else more),
    )


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows in columns: the first, second and fourth of numbers, the others of words."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(width) if at in (0, 1, 3) else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield ("  " + "  ".join(cells)).rstrip()


def _number(value: float) -> str:
    """Return a figure with three digits that count."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _sentence(found: Estimate) -> str:
    shares = sorted(found.shares.items(), key=lambda share: -share[1])
    names = {"decode": "decoding", "encode": "encoding", "store": "storing"}
    parts = ", ".join(f"{names[part]} {share:.0%}" for part, share in shares)
    return f"{found.photos:,} photos like these take about {duration(found.seconds)} here: {parts}."
