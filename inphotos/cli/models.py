"""The commands on models."""

from __future__ import annotations

import argparse
from typing import Any

from inphotos.cli.commands import DONE, NOTHING, interruptible
from inphotos.cli.output import Output
from inphotos.encoders import registry
from inphotos.errors import ModelError, display_path
from inphotos.library import Library
from inphotos.settings import Settings, library_directory, models_directory


def list_models(options: argparse.Namespace, out: Output) -> int:
    """List the known models and those on this machine."""
    chosen = _chosen(options)
    here = {model.name: model for model in registry.installed(models_directory())}
    specs = {spec.name: spec for spec in registry.known()}
    rows: list[dict[str, Any]] = []
    for name in [*specs, *(name for name in here if name not in specs)]:
        spec, model = specs.get(name), here.get(name)
        known = model or spec
        assert known is not None
        rows.append(
            {
                "name": name,
                "installed": model is not None,
                "in_use": name == chosen,
                "dimensions": known.dimension,
                "text": known.has_text,
                "bytes": spec.bytes if spec else None,
                "licence": spec.licence if spec else "",
                "about": known.about,
            }
        )
    if out.as_json:
        out.document(rows)
        return DONE
    for row in rows:
        where = "installed" if row["installed"] else _size(row["bytes"])
        mark = "*" if row["in_use"] else " "
        out.text(f"{mark} {row['name']:22} {where:12} {row['dimensions']:5}  {row['about']}")
    out.message("* is the library's model; 'inphotos models use NAME' changes it.")
    return DONE


def download(options: argparse.Namespace, out: Output) -> int:
    """Fetch a known model; being called by name is the user's consent."""
    # Imported here: the hub's library takes a second to import, and nothing else needs it.
    from inphotos.encoders.download import download as fetch

    spec = next((spec for spec in registry.known() if spec.name == options.name), None)
    if spec is None:
        names = ", ".join(spec.name for spec in registry.known())
        raise ModelError(
            f"There is no model {display_path(options.name)} to download; there are {names}."
        )
    if any(model.name == spec.name for model in registry.installed(models_directory())):
        out.message(f"The model {spec.name} is here already.")
        return _print_name(spec.name, "downloaded", out, status=NOTHING)
    out.message(f"Fetching {spec.repo} at revision {spec.revision[:12]}.")
    with interruptible() as control:
        for progress in fetch(spec, models_directory(), control):
            out.progress(progress)
    return _print_name(spec.name, "downloaded", out)


def add(options: argparse.Namespace, out: Output) -> int:
    """Copy in a model's directory that was fetched elsewhere."""
    model = registry.add(options.path, models_directory(), options.name)
    return _print_name(model.name, "added", out)


def use(options: argparse.Namespace, out: Output) -> int:
    """Let the library use a model from now on."""
    with Library.open(library_directory(options.library)) as library:
        library.use_model(options.name)
        name = library.model_name
        status = library.status()
    left = status.photos - status.indexed
    if left:
        out.message(f"{left:,} photos are to be indexed with it: run 'inphotos index'.")
    return _print_name(name, "used", out)


def verify(options: argparse.Namespace, out: Output) -> int:
    """Compare a model's files with what was fetched or added."""
    damage = registry.verify(options.name, models_directory())
    if damage:
        raise ModelError(
            f"The model {options.name} is damaged ({'; '.join(damage)}); run 'inphotos models "
            f"remove {options.name}' and fetch it again."
        )
    return _print_name(options.name, "verified", out)


def remove(options: argparse.Namespace, out: Output) -> int:
    """Delete a model's files."""
    registry.remove(options.name, models_directory())
    return _print_name(options.name, "removed", out)


def _chosen(options: argparse.Namespace) -> str:
    if options.model:
        return str(options.model)
    return Settings.load(library_directory(options.library) / "settings.json").model


def _print_name(name: str, done: str, out: Output, status: int = DONE) -> int:
    if out.as_json:
        out.document({"model": name, done: status == DONE})
    elif status == DONE:
        out.text(f"{display_path(name)}: {done}")
    return status


def _size(count: int | None) -> str:
    return f"{count / 1e6:,.0f} MB" if count else "not here"
