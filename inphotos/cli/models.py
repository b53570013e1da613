"""The commands on models."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from typing import Any

from inphotos.cli import runtime_table
from inphotos.cli.commands import DONE, NOTHING, interruptible
from inphotos.cli.output import Output
from inphotos.encoders import registry
from inphotos.encoders.chosen import chosen
from inphotos.encoders.runtimes import installed
from inphotos.errors import LibraryBusyError, ModelError, display_path
from inphotos.library import Library
from inphotos.library.choices import model_of
from inphotos.library.runtimes import ModelRuntimes, remove_unused
from inphotos.photos.decoder_service import DecoderService
from inphotos.settings import library_directory, models_directory


def list_models(options: argparse.Namespace, out: Output) -> int:
    """List the known models and those on this machine."""
    in_use = _chosen(options)
    here = {model.name: model for model in registry.installed(models_directory())}
    specs = {spec.name: spec for spec in registry.known()}
    rows: list[dict[str, Any]] = []
    for name in [*specs, *(name for name in here if name not in specs)]:
        spec, model = specs.get(name), here.get(name)
        entry = model or spec
        assert entry is not None
        rows.append(
            {
                "name": name,
                "installed": model is not None,
                "in_use": name == in_use,
                "dimensions": entry.dimension,
                "text": entry.has_text,
                "bytes": spec.bytes if spec else None,
                "licence": spec.licence if spec else "",
                "about": entry.about,
                "runtime": runtime_table.name_of(chosen(model).image) if model else "",
            }
        )
    if out.as_json:
        out.document(rows)
        return DONE
    for row in rows:
        where = row["runtime"] if row["installed"] else _size(row["bytes"])
        mark = "*" if row["in_use"] else " "
        out.text(f"{mark} {row['name']:22} {where:15} {row['dimensions']:5}  {row['about']}")
    out.message(
        "* is the library's model; 'inphotos models use NAME' changes it. Beside models that are "
        "installed stands what runs them; 'inphotos models tune NAME' measures that."
    )
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
    out.message(f"'inphotos models use {spec.name} --when-ready' lets the library go over to it.")
    return _print_name(spec.name, "downloaded", out)


def add(options: argparse.Namespace, out: Output) -> int:
    """Copy in a model's directory that was fetched elsewhere."""
    model = registry.add(options.path, models_directory(), options.name)
    return _print_name(model.name, "added", out)


def use(options: argparse.Namespace, out: Output) -> int:
    """Let the library use a model from now on."""
    directory = library_directory(options.library)
    with Library.open(directory, work=options.command) as library:
        if options.when_ready and library.prepare_model(options.name):
            out.message(
                f"The photos are searched with {library.model_name} until 'inphotos index' has "
                f"encoded all of them for {library.following}."
            )
            return _print_name(library.following, "next", out)
        if not options.when_ready:
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
    remove_unused()
    return _print_name(options.name, "removed", out)


def tune(options: argparse.Namespace, out: Output) -> int:
    """Measure what runs a model quickest on this machine, and use that."""
    wanted = "" if options.runtime == "auto" else options.runtime
    if wanted:
        installed(wanted)
    with interruptible() as control, _runtimes(options, out) as runtimes:
        for progress in runtimes.tune(control, wanted):
            out.progress(progress)
        state = runtimes.state()
    if out.as_json:
        out.document(runtime_table.document(state))
        return DONE
    for line in runtime_table.lines(state):
        out.text(line)
    found = state.verdict.images if state.verdict is not None else ()
    if wanted and any(c.runtime == wanted and not c.passed for c in found):
        out.message(
            f"{wanted} does not find the same photos as full precision; "
            f"'inphotos models tune --runtime auto' goes back."
        )
    return DONE


@contextlib.contextmanager
def _runtimes(options: argparse.Namespace, out: Output) -> Iterator[ModelRuntimes]:
    """Yield the ways of running a model, with the photos of the library where that is free."""
    name = options.name or options.model
    directory = library_directory(options.library)
    if (directory / "library.json").is_file():
        try:
            with Library.open(directory, model=name, work=options.command) as library:
                if library.runtimes is None:
                    assert library.model_error is not None
                    raise library.model_error
                yield library.runtimes
                return
        except LibraryBusyError:
            out.message("The library is in use; pictures that come with InPhotos are compared.")
    model = registry.resolve(name or _chosen(options), models_directory())
    decoders = DecoderService()
    runtimes = ModelRuntimes(model, decoders, lambda _: ())
    try:
        yield runtimes
    finally:
        runtimes.close()
        decoders.close()


def _chosen(options: argparse.Namespace) -> str:
    if options.model:
        return str(options.model)
    return model_of(library_directory(options.library))


def _print_name(name: str, done: str, out: Output, status: int = DONE) -> int:
    if out.as_json:
        out.document({"model": name, done: status == DONE})
    elif status == DONE:
        out.text(f"{display_path(name)}: {done}")
    return status


def _size(count: int | None) -> str:
    return f"{count / 1e6:,.0f} MB" if count else "not here"
