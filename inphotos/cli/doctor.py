"""The command that describes this machine and the library, and mends the library."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from inphotos.cli import runtime_table
from inphotos.cli.commands import DONE, NOTHING, interruptible
from inphotos.cli.output import Output
from inphotos.encoders.converted import Tower
from inphotos.errors import display_path
from inphotos.library.checkup import examine
from inphotos.library.condition import Section, about_library
from inphotos.library.repair import Repair, Repaired
from inphotos.settings import library_directory

_TOWERS: dict[Tower, str] = {"image": "pictures", "text": "words"}


def doctor(options: argparse.Namespace, out: Output) -> int:
    """Describe the machine, versions, places, the model and the library, and what is wrong.

    Mends the library before, where that is wanted.
    """
    directory = library_directory(options.library)
    repaired = None
    if options.repair:
        repair = Repair(directory)
        with interruptible() as control:
            for progress in repair.run(control):
                out.progress(progress)
        repaired = repair.outcome
        sections = about_library(directory)
    else:
        sections = examine(directory, options.model)
    problems = [sentence for section in sections for sentence in section.problems]
    status = NOTHING if problems else DONE
    if out.as_json:
        document = {section.name: _document(section) for section in sections}
        if repaired is not None:
            document["repair"] = asdict(repaired)
        out.document(document)
        return status
    if repaired is not None:
        _print_repaired(repaired, out)
    for section in sections:
        out.text(section.name.capitalize())
        for name, value in section.facts.items():
            out.text(f"  {name.removesuffix('_bytes').replace('_', ' '):15} {_shown(name, value)}")
        _print_runtimes(section, out)
    advice = [sentence for section in sections for sentence in section.advice]
    for sentence in advice:
        out.text(f"! {sentence}")
    for sentence in problems:
        out.text(f"!! {sentence}")
    return status


def _print_repaired(repaired: Repaired, out: Output) -> None:
    out.text("Repair")
    for sentence in repaired.mended or ["Nothing was damaged."]:
        out.text(f"  {sentence}")
    for path in repaired.aside:
        out.text(f"  Kept: {display_path(path)}")
    for sentence in repaired.lost:
        out.text(f"  Lost: {sentence}")
    for sentence in repaired.next:
        out.text(f"  {sentence}")


def _print_runtimes(section: Section, out: Output) -> None:
    state = section.runtimes
    if state is None:
        return
    for tower, what in _TOWERS.items():
        if tower == "image" or section.facts["reads_text"]:
            runtime = runtime_table.name_of(getattr(state.chosen, tower))
            out.text(f"  {what + ' by':15} {runtime} ({runtime_table.why(state, tower)})")
    for line in runtime_table.lines(state):
        out.text(f"  {line}")


def _document(section: Section) -> dict[str, Any]:
    document: dict[str, Any] = dict(section.facts)
    if section.runtimes is not None:
        document["runtimes"] = runtime_table.document(section.runtimes)
    return {**document, "advice": section.advice, "problems": section.problems}


def _shown(name: str, value: str | int | bool | list[str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value) or "none"
    if name.endswith("_bytes"):
        return f"{int(value) / 1e6:,.1f} MB"
    return display_path(str(value)) if value != "" else "not installed"
