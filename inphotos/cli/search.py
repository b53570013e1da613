"""The commands that find photos."""

from __future__ import annotations

import argparse
import locale
import time
from collections.abc import Iterator
from typing import Any

from inphotos.cli.commands import DONE, NOTHING, open_library
from inphotos.cli.output import Output
from inphotos.errors import display_path
from inphotos.search.query import Concept, Filter, Query
from inphotos.search.ranking import Result, Results


def search(options: argparse.Namespace, out: Output) -> int:
    """Find photos by a query."""
    with open_library(options) as library:
        results = library.search(
            options.query,
            top=options.top,
            offset=options.offset,
            min_score=options.min_score,
            sort=options.sort,
            explain=options.explain,
            fold=options.fold,
            day_first=_is_day_first(),
        )
    for problem in results.problems:
        out.message(problem.message)
    return _print_results(results, options, out, explain=options.explain, fold=options.fold)


def similar(options: argparse.Namespace, out: Output) -> int:
    """Find photos like another one."""
    with open_library(options) as library:
        results = library.similar(options.photo, top=options.top, offset=options.offset)
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
            "results": [
                {"rank": r.rank, "path": str(r.path), "score": r.score, "match": r.match}
                | ({"alike": r.alike} if fold else {})
                for r in results.results
            ],
        }
        if explain and results.parsed is not None:
            document["explain"] = _explanation(results, results.parsed)
        out.document(document)
    else:
        if explain and results.parsed is not None:
            for line in _explanation_lines(results, results.parsed):
                out.text(line)
        for result in results.results:
            out.text(_line(result))
    if not results.results and (results.total == 0 or options.offset):
        out.message(_why_nothing(results))
    return DONE if results.results else NOTHING


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
    if results.total:
        return f"There are no more than {results.total:,} photos; choose a lower --offset."
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
            yield f"{'or' if at else 'concept':9} {display_path(_subject(concept))}{counts}"
    for group in query.conditions:
        for at, filter_ in enumerate(group):
            yield f"{'or' if at else 'filter':9} {display_path(_demand(filter_))}"
    for problem in results.problems:
        yield f"{'problem':9} {display_path(problem.message)}"


def _explanation(results: Results, query: Query) -> dict[str, Any]:
    return {
        "concepts": [
            {
                "text": concept.text or None,
                "photo": None if concept.photo is None else str(concept.photo),
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
        "similarities": [list(result.parts) for result in results.results],
    }


def _subject(concept: Concept) -> str:
    return concept.text if concept.photo is None else f"like {concept.photo}"


def _demand(filter_: Filter) -> str:
    label = filter_.label
    return f"not {label}" if filter_.negated and not label.startswith("not ") else label


def _is_day_first() -> bool:
    """Tell whether the user's language writes the day before the month, as in 31/12/2023."""
    former = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "")
        written = time.strftime("%x", time.strptime("2023-12-31", "%Y-%m-%d"))
    except locale.Error:  # the system does not know the locale that it asks for
        return False
    finally:
        locale.setlocale(locale.LC_TIME, former)
    return 0 <= written.find("31") < written.find("12")
