"""The commands that find photos."""

from __future__ import annotations

import argparse
import locale
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any, TypedDict

from inphotos.cli.commands import DONE, NOTHING, open_library
from inphotos.cli.output import Output
from inphotos.errors import display_path
from inphotos.search.arrangements import Group
from inphotos.search.language.hemisphere import is_southern
from inphotos.search.query import Concept, Filter, Query, written_region
from inphotos.search.ranking import Result, Results

_NOTHING_MATCHES = "No photo seems to match; these are only the closest ones."

#: Heading of the photos that belong into no other group.
_UNKNOWN: dict[Group, str] = {"day": "No date", "folder": "No folder", "place": "Unknown place"}


def search(options: argparse.Namespace, out: Output) -> int:
    """Find photos by a query, which may be a saved one."""
    with open_library(options, reading=True) as library:
        saved = library.searches.named(options.saved) if options.saved is not None else None
        if options.fold:
            library.find_alike()
        results = library.search(
            options.query if saved is None else saved.text,
            examples=() if saved is None else saved.examples,
            top=options.top,
            offset=options.offset,
            min_score=options.min_score,
            sort=options.sort,
            group=options.group,
            explain=options.explain,
            fold=options.fold,
            **date_reading(),
        )
    for problem in results.problems:
        out.message(problem.message)
    return _print_results(results, options, out, explain=options.explain, fold=options.fold)


def similar(options: argparse.Namespace, out: Output) -> int:
    """Find photos like another one."""
    with open_library(options, reading=True) as library:
        results = library.similar(
            options.photo,
            top=options.top,
            offset=options.offset,
            sort=options.sort,
            group=options.group,
            region=options.region,
        )
    return _print_results(results, options, out)


def _print_results(
    results: Results,
    options: argparse.Namespace,
    out: Output,
    *,
    explain: bool = False,
    fold: bool = False,
) -> int:
    if options.null:
        out.paths(result.path for result in results.results)
    elif out.as_json:
        document: dict[str, Any] = {
            "query": results.query,
            "model": results.model,
            "took_ms": round(results.took_ms, 2),
            "total": results.total,
            "results": [_row(result, options.group, fold=fold) for result in results.results],
        }
        if explain and results.parsed is not None:
            document["explain"] = _explanation(results, results.parsed)
        out.document(document)
    else:
        if explain and results.parsed is not None:
            for line in _explanation_lines(results, results.parsed):
                out.text(line)
        _print_lines(results.results, options.group, out)
    if not results.results and (results.total == 0 or (options.offset and results.length)):
        out.message(_why_nothing(results))
    elif results.verdict == "none":
        out.message(_NOTHING_MATCHES)
    return DONE if results.results else NOTHING


def _row(result: Result, group: Group, *, fold: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "rank": result.rank,
        "path": str(result.path),
        "score": result.score,
        "match": result.match,
    }
    if group != "none":
        row["group"] = result.group
    if fold:
        row["alike"] = result.alike
    return row


def _print_lines(results: Sequence[Result], group: Group, out: Output) -> None:
    """Print a line for each photo, and above those of a group what they have in common."""
    for at, (key, members) in enumerate(groupby(results, key=lambda result: result.group)):
        if at:
            out.text()
        if group != "none":
            out.text(display_path(key) if key else _UNKNOWN[group])
        for result in members:
            out.text(_line(result))


def _line(result: Result) -> str:
    score = "    -" if result.score is None else f"{result.score:.3f}"
    line = f"{result.rank:4}  {score}  {result.match or '-':6}  {display_path(result.path)}"
    if result.alike > 1:
        line += f"  (+ {result.alike - 1:,} alike)"
    if result.presence != "here":
        line += f"  ({result.presence})"
    if result.parts:
        line += f"  ({', '.join(f'{part:.3f}' for part in result.parts)})"
    return line


def _why_nothing(results: Results) -> str:
    if results.length:
        return f"There are no more than {results.length:,} photos; choose a lower --offset."
    if results.parsed is not None and results.parsed.filters:
        return "No photo passes the filters of this query; '--explain' shows how they were read."
    return (
        f"No photo has been indexed with the model {results.model} yet; "
        f"run 'inphotos index FOLDER' first."
    )


def _explanation_lines(results: Results, query: Query) -> Iterator[str]:
    """Yield the parts of a query as they were understood, one on each line."""
    for term in query.terms:
        for at, concept in enumerate(term):
            counts = "" if concept.weight == 1 else f"  (counts {concept.weight:g})"
            yield f"{'or' if at else 'concept':9} {display_path(subject(concept))}{counts}"
    for group in query.conditions:
        for at, filter_ in enumerate(group):
            yield f"{'or' if at else 'filter':9} {display_path(demand(filter_))}"
    for problem in results.problems:
        yield f"{'problem':9} {display_path(problem.message)}"
    if results.lines is not None:
        strong, maybe = results.lines.strong, results.lines.maybe
        above = f"strong from {strong:.3f}, " if math.isfinite(strong) else ""
        yield f"{'lines':9} {above}maybe from {maybe:.3f}"


def _explanation(results: Results, query: Query) -> dict[str, Any]:
    return {
        "concepts": [
            {
                "text": concept.text or None,
                "photo": None if concept.photo is None else str(concept.photo),
                "region": None if concept.region is None else asdict(concept.region),
                "weight": concept.weight,
                "group": concept.group,
            }
            for concept in query.concepts
        ],
        "filters": [
            {
                "name": filter_.name,
                "label": filter_.label,
                "negated": filter_.negated,
                "group": filter_.group,
            }
            for filter_ in query.filters
        ],
        "problems": [
            {"message": problem.message, "suggestion": problem.suggestion or None}
            for problem in results.problems
        ],
        "lines": None
        if results.lines is None
        else {
            "strong": results.lines.strong if math.isfinite(results.lines.strong) else None,
            "maybe": results.lines.maybe,
        },
        "verdict": results.verdict,
        "similarities": [list(result.parts) for result in results.results],
    }


def subject(concept: Concept) -> str:
    """Return what a concept stands for: its words or its photo."""
    if concept.photo is None:
        return concept.text
    part = "" if concept.region is None else written_region(concept.region)
    return f"like {concept.photo}{part}"


def demand(filter_: Filter) -> str:
    """Return what a filter asks for."""
    label = filter_.label
    return f"not {label}" if filter_.negated and not label.startswith("not ") else label


class DateReading(TypedDict):
    """How dates in words are meant where the user lives; see ``Library.search``."""

    day_first: bool
    southern: bool


def date_reading() -> DateReading:
    """Return what the system's settings for language and region say about dates."""
    former = locale.setlocale(locale.LC_TIME)
    try:
        name = locale.setlocale(locale.LC_TIME, "")
        return {"day_first": _is_day_first(), "southern": is_southern(_territory(name))}
    except locale.Error:  # the system does not know the locale that it asks for
        return {"day_first": False, "southern": False}
    finally:
        locale.setlocale(locale.LC_TIME, former)


def _is_day_first() -> bool:
    """Tell whether the user's language writes the day before the month, as in 31/12/2023."""
    written = time.strftime("%x", time.strptime("2023-12-31", "%Y-%m-%d"))
    return 0 <= written.find("31") < written.find("12")


def _territory(name: str) -> str:
    """Return the territory in a locale's name, such as AU in ``en_AU.UTF-8``; empty for none."""
    return name.partition("_")[2].partition(".")[0].partition("@")[0]
