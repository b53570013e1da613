"""The command that measures how good the search is."""

from __future__ import annotations

import argparse
import dataclasses
import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from inphotos.cli.commands import DONE, interruptible
from inphotos.cli.output import Output
from inphotos.errors import CancelledError, display_path
from inphotos.evaluation import sets, tables
from inphotos.evaluation.measures import Estimate
from inphotos.evaluation.run import Evaluation, Report
from inphotos.evaluation.tables import Absent, Answer, Found
from inphotos.events import PhotoFailed, Progress
from inphotos.library import Library

_Row = tuple[str, Sequence[str]]

_CALLED = ("precision@5", "says nothing matches %", "strong are right %", "right are strong %")


def evaluate(options: argparse.Namespace, out: Output) -> int:
    """Ask the queries of an evaluation file, and sum up the answers."""
    report = _report(options, out)
    _tell_troubles(report, out)
    if out.as_json:
        out.document(_document(report, each=options.each))
    else:
        for line in _lines(report, kinds=options.kinds, each=options.each):
            out.text(line)
    return DONE


def _report(options: argparse.Namespace, out: Output) -> Report:
    evaluation_set = sets.read(options.file, options.photos)
    with (
        interruptible() as control,
        _library_directory(options.library) as directory,
        Library.open(directory, model=options.model, work=options.command) as library,
    ):
        try:
            for event in Evaluation(evaluation_set, library, options.top).run(control):
                if isinstance(event, Report):
                    return event
                if isinstance(event, Progress):
                    out.progress(event)
                elif isinstance(event, PhotoFailed):
                    out.message(f"{display_path(event.path)}: {event.reason}")
        except CancelledError as error:
            if options.library is not None:
                raise
            raise CancelledError(
                "Stopped before there was anything to tell; "
                "with --library DIR the photos would have stayed indexed."
            ) from error
    raise AssertionError("an evaluation that is not stopped ends with its report")


@contextmanager
def _library_directory(chosen: Path | None) -> Iterator[Path]:
    """Give the directory to keep the library in, one that goes away afterwards by default.

    The user's own library ($INPHOTOS_LIBRARY, the platform's directory) has no business here.
    """
    if chosen is not None:
        yield chosen.expanduser().absolute()
        return
    with tempfile.TemporaryDirectory(prefix="inphotos-eval-") as directory:
        yield Path(directory)


def _tell_troubles(report: Report, out: Output) -> None:
    for query, sentence in report.troubles:
        out.message(f"{display_path(query)}: {sentence}")
    for name in report.missing:
        out.message(f"{display_path(name)} is not among the photos.")
    if report.unnamed:
        out.message(
            f"{report.unnamed:,} of the {report.photos:,} photos are named by no query; "
            f"they were searched as well."
        )


def _document(report: Report, *, each: bool) -> dict[str, Any]:
    model = report.model
    document: dict[str, Any] = {
        "file": str(report.set.file),
        "form": report.set.form,
        "directory": str(report.set.photos),
        "model": model.name,
        "fingerprint": model.fingerprint,
        "thresholds": dataclasses.asdict(model.thresholds),
        "top": report.top,
        "seconds": round(report.seconds, 2),
        "photos": report.photos,
        "unnamed": report.unnamed,
        "missing": list(report.missing),
        "failed": [{"path": name, "reason": reason} for name, reason in report.unreadable],
        "troubles": [{"query": query, "message": said} for query, said in report.troubles],
        "with_photos": _part(report.answers, tables.found, with_photos=True),
        "without_photos": _part(report.answers, tables.absent, with_photos=False),
        "photo_to_photo": _part(report.similar, tables.found, with_photos=True),
    }
    if each:
        document["each"] = [_answer(answer) for answer in (*report.answers, *report.similar)]
    return document


def _part(
    answers: Sequence[Answer],
    sum_up: Callable[[Sequence[Answer]], Found | Absent],
    *,
    with_photos: bool,
) -> dict[str, Any] | None:
    chosen = [answer for answer in answers if bool(answer.right) == with_photos]
    if not chosen:
        return None
    kinds = tables.by_kind(chosen, sum_up)
    return {
        **_numbers(sum_up(chosen)),
        "kinds": {kind: _numbers(table) for kind, table in kinds.items() if kind},
    }


def _numbers(table: Found | Absent) -> dict[str, Any]:
    return {name: _number(value) for name, value in dataclasses.asdict(table).items()}


def _number(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _number(inner) for name, inner in value.items()}
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None  # JSON knows no infinity
    return value


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "query": answer.query,
        "kind": answer.kind,
        "right": answer.right,
        "ranks": list(answer.ranks),
        "average_precision": _number(answer.average_precision),
        "verdict": answer.verdict,
        "best": answer.best,
        "strong": answer.strong,
        "strong_right": answer.strong_right,
        "maybe": answer.maybe,
        "maybe_right": answer.maybe_right,
    }


def _lines(report: Report, *, kinds: bool, each: bool) -> Iterator[str]:
    yield f"{display_path(report.set.file)}: {report.photos:,} photos, model {report.model.name}"
    if report.top is not None:
        yield f"Only the first {report.top:,} photos of each answer count."
    shows = [answer for answer in report.answers if answer.right]
    lacks = [answer for answer in report.answers if not answer.right]
    if shows:
        yield from _table("Queries that have photos", _found_rows(shows, kinds=kinds))
        yield from _table(
            "What is said of them and of their photos", _called_rows(shows, kinds=kinds)
        )
    if lacks:
        yield from _table("Queries that have no photo", _absent_rows(lacks, kinds=kinds))
    if report.similar:
        yield from _table("Photos like a photo", _found_rows(report.similar, kinds=False))
        same_kind = "The same kind of picture (strong)"
        yield from _table(same_kind, _same_kind_rows(report.similar))
    if each:
        yield ""
        for answer in (*report.answers, *report.similar):
            yield _line(answer)


def _found_rows(answers: Sequence[Answer], *, kinds: bool) -> Iterator[_Row]:
    yield "", ("queries", "recall@1 %", "recall@5 %", "recall@10 %", "median rank", "mAP")
    for name, table in _with_kinds(answers, tables.found, kinds=kinds):
        yield (
            name,
            (
                f"{table.queries:,}",
                _percent(table.recall_at_1),
                _percent(table.recall_at_5),
                _percent(table.recall_at_10),
                "-" if table.median_rank is None else f"{table.median_rank:g}",
                _share(table.mean_average_precision),
            ),
        )


def _called_rows(answers: Sequence[Answer], *, kinds: bool) -> Iterator[_Row]:
    yield "", (*_CALLED, "or maybe %")
    for name, table in _with_kinds(answers, tables.found, kinds=kinds):
        yield name, (*_called(table), _percent(table.right_are_matches))


def _same_kind_rows(answers: Sequence[Answer]) -> Iterator[_Row]:
    yield "", _CALLED
    yield "all", _called(tables.found(answers))


def _called(table: Found) -> Sequence[str]:
    return (
        _share(table.precision_at_5),
        _percent(table.says_nothing),
        _percent(table.strong_are_right),
        _percent(table.right_are_strong),
    )


def _absent_rows(answers: Sequence[Answer], *, kinds: bool) -> Iterator[_Row]:
    yield "", ("queries", "says nothing matches %", "says maybe %", "says strong %")
    for name, table in _with_kinds(answers, tables.absent, kinds=kinds):
        estimates = (table.says_nothing, table.says_maybe, table.says_strong)
        yield name, [f"{table.queries:,}", *(_percent(estimate) for estimate in estimates)]


def _with_kinds(
    answers: Sequence[Answer], sum_up: Callable[[Sequence[Answer]], Any], *, kinds: bool
) -> Iterator[tuple[str, Any]]:
    yield "all", sum_up(answers)
    if kinds:
        for kind, table in tables.by_kind(answers, sum_up).items():
            yield display_path(kind) or "(no kind)", table


def _table(title: str, rows: Iterator[_Row]) -> Iterator[str]:
    """Yield a title and rows in columns as wide as what is in them."""
    cells = [[name, *values] for name, values in rows]
    widths = [max(len(row[at]) for row in cells) for at in range(len(cells[0]))]
    yield ""
    yield title
    for row in cells:
        first = row[0].ljust(widths[0])
        rest = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  " + "  ".join([first, *rest])


def _percent(estimate: Estimate) -> str:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "-"
    low, high = estimate.low * 100, estimate.high * 100
    decimals = 0 if high - low >= 2 else 1  # or a narrow interval might leave out its own rate
    return f"{estimate.value * 100:.1f} ({low:.{decimals}f}-{high:.{decimals}f})"


def _share(estimate: Estimate) -> str:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "-"
    return f"{estimate.value:.3f} ({estimate.low:.2f}-{estimate.high:.2f})"


def _line(answer: Answer) -> str:
    best = "    -" if answer.best is None else f"{answer.best:.3f}"
    rank = f"{answer.first_rank:g}" if answer.right else "no photo"
    return f"{rank:>8}  {best}  {answer.verdict or '-':6}  {display_path(answer.query)}"
