"""The command that describes this machine and this installation."""

from __future__ import annotations

import argparse
from typing import Any

from inphotos.cli import runtime_table
from inphotos.cli.commands import DONE
from inphotos.cli.output import Output
from inphotos.encoders.converted import Tower
from inphotos.errors import display_path
from inphotos.library.checkup import Section, examine
from inphotos.settings import library_directory

_TOWERS: dict[Tower, str] = {"image": "pictures", "text": "words"}


def doctor(options: argparse.Namespace, out: Output) -> int:
    """Describe the machine, versions, places and the model, and give advice."""
    sections = examine(library_directory(options.library), options.model)
    if out.as_json:
        out.document({section.name: _document(section) for section in sections})
        return DONE
    for section in sections:
        out.text(section.name.capitalize())
        for name, value in section.facts.items():
            out.text(f"  {name.removesuffix('_bytes').replace('_', ' '):15} {_shown(name, value)}")
        _print_runtimes(section, out)
    advice = [sentence for section in sections for sentence in section.advice]
    for sentence in advice:
        out.text(f"! {sentence}")
    return DONE


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
    return {**document, "advice": section.advice}


def _shown(name: str, value: str | int | bool | list[str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value) or "none"
    if name.endswith("_bytes"):
        return f"{int(value) / 1e6:,.1f} MB"
    return display_path(str(value)) if value != "" else "not installed"
