"""What can be said of this installation and its library, section by section.

A window may hold the library meanwhile. A section is a function that returns a :class:`Section`;
:func:`examine` lists them.
"""

from __future__ import annotations

import platform
from pathlib import Path

import psutil

from inphotos import __version__
from inphotos.encoders import machine, registry, runtimes
from inphotos.encoders.base import Model
from inphotos.encoders.runtimes import KNOWN
from inphotos.encoders.tuning import kept
from inphotos.encoders.tuning.tuner import is_due
from inphotos.errors import ModelError, display_path
from inphotos.library.choices import model_of
from inphotos.library.condition import Section, about_library
from inphotos.library.reports import disk_usage
from inphotos.library.runtimes import RuntimeState, state_of
from inphotos.settings import models_directory
from inphotos.store.locking import is_in_use


def examine(directory: Path, model: str | None = None) -> list[Section]:
    """Return all sections.

    Args:
        directory: the library's.
        model: name or path of a model, by default the library's.
    """
    name = model or model_of(directory)
    return [
        about_machine(),
        about_versions(),
        about_places(directory),
        about_model(name),
        *about_library(directory),
    ]


def about_machine() -> Section:
    """Say what InPhotos runs on."""
    here = machine.this_machine()
    return Section(
        "machine",
        {
            "system": platform.platform(),
            "processor": here.processor,
            "cores": here.cores,
            "instructions": list(machine.instructions()),
            "memory_bytes": psutil.virtual_memory().total,
            "graphics": list(here.devices),
        },
    )


def about_versions() -> Section:
    """Say what is installed of what runs models, and what is not."""
    versions: dict[str, str | int | bool | list[str]] = {
        "inphotos": __version__,
        "python": platform.python_version(),
    }
    versions |= {name: machine.version_of(name) for name in machine.ENGINES}
    missing = {runtime.engine for runtime in KNOWN if not runtimes.is_installed(runtime)}
    advice = [
        f"{package} is not installed, which may run models quicker: pip install inphotos[{engine}]"
        for engine, package in (("openvino", "OpenVINO"), ("onnx", "ONNX Runtime"))
        if engine in missing
    ]
    return Section("versions", versions, advice=advice)


def about_places(directory: Path) -> Section:
    """Say where things are, and how much room they take."""
    return Section(
        "places",
        {
            "library": str(directory),
            "library_bytes": disk_usage(directory),
            "library_in_use": is_in_use(directory),
            "models": str(models_directory()),
            "models_bytes": disk_usage(models_directory()),
            "converted_bytes": kept.bytes_used(),
        },
    )


def about_model(name: str) -> Section:
    """Say how the model is run, and why."""
    try:
        model = registry.resolve(name, models_directory())
        state = state_of(model)
    except ModelError as error:
        return Section("model", {"name": name, "usable": False}, advice=[str(error)])
    problems = _damaged_files(model.name)
    facts: dict[str, str | int | bool | list[str]] = {
        "name": model.name,
        "usable": True,
        "dimensions": model.dimension,
        "reads_text": model.has_text,
    }
    return Section("model", facts, state, _advice(model, state), problems)


def _damaged_files(name: str) -> list[str]:
    try:
        damaged = registry.verify(name, models_directory())
    except ModelError:  # one of the user's own, which has no list of digests
        return []
    return [
        f"The file {display_path(file)} of the model {display_path(name)} is damaged; "
        f"'inphotos models remove {display_path(name)}' and 'inphotos models download "
        f"{display_path(name)}' fetch it again."
        for file in damaged
    ]


def _advice(model: Model, state: RuntimeState) -> list[str]:
    if state.verdict is not None and state.verdict.failure:
        return [
            f"What runs the model quickest could not be measured ({state.verdict.failure}); "
            f"'inphotos models tune' tries again."
        ]
    if is_due(model):
        return [
            f"What runs the model quickest on this machine is not known yet: "
            f"'inphotos models tune {display_path(model.name)}' measures it in about a minute."
        ]
    return []
