"""The commands on a library."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

from inphotos.cli.output import Output, duration
from inphotos.encoders import registry
from inphotos.encoders.specs import COMPACT
from inphotos.errors import FolderError, display_path
from inphotos.events import Control, IndexSummary, ModelReady, PhotoFailed, Progress
from inphotos.indexing.order import Order
from inphotos.library import Library, StrictnessKind
from inphotos.manners import on_mains
from inphotos.settings import DEFAULT_MODEL, library_directory, models_directory

DONE = 0
NOTHING = 1

#: What a summary has beyond the contract of the JSON document; it is told on stderr.
_TOLD_APART = (
    "unreadable",
    "placeholders",
    "relocated",
    "missing",
    "unkept",
    "unkept_reason",
)


def index(options: argparse.Namespace, out: Output) -> int:
    """Add folders and bring the index up to date."""
    may_run = on_mains if options.mains_only else None
    with open_library(options) as library, interruptible(may_run) as control:
        if library.model_error is not None:
            raise library.model_error
        chosen = [_added(library, folder) for folder in options.folders] or None
        known = [folder.path for folder in library.folders()]
        if not known:
            raise FolderError("The library has no folder yet; name one: inphotos index FOLDER.")
        if options.exclude is not None:
            patterns = [pattern for pattern in options.exclude if pattern]
            for folder in chosen or known:
                library.exclude(folder, patterns)
        if options.retry:
            library.upkeep.retry()
        summary = None
        order = Order(accept_removals=options.accept_removals)
        for event in library.index(control, chosen, order):
            if isinstance(event, Progress):
                out.progress(event)
            elif isinstance(event, PhotoFailed):
                out.message(f"{display_path(event.path)}: {event.reason}")
            elif isinstance(event, ModelReady):
                library.use_model(event.name)
                out.message(f"From now on the photos are searched with {event.name}.")
            elif isinstance(event, IndexSummary):
                summary = event
        model, following = library.model_name, library.following
    assert summary is not None
    _print_summary(summary, out)
    if summary.indexed and model == COMPACT and not following:
        is_here = registry.at_hand(DEFAULT_MODEL, models_directory()) == DEFAULT_MODEL
        advice = f"use {DEFAULT_MODEL} --when-ready" if is_here else f"download {DEFAULT_MODEL}"
        out.message(
            f"They were encoded with the model that comes with InPhotos, which knows everyday "
            f"things; the full one knows far more: 'inphotos models {advice}'."
        )
    return DONE if summary.found or summary.removed else NOTHING


def distance(options: argparse.Namespace, out: Output) -> int:
    """Compare two photos."""
    with open_library(options, reading=True) as library:
        result = library.distance(*options.photos)
    document = dataclasses.asdict(result)
    same_kind = document.pop("same_kind")
    if out.as_json:
        out.document({**document, "same_kind": same_kind} if options.explain else document)
    else:
        verdict = "the same kind of picture" if result.match else "different kinds of picture"
        out.text(
            f"cosine similarity {result.cosine:.4f}, L2 distance {result.l2:.4f}: {verdict} "
            f"(the same kind from {same_kind:.4f} up)"
        )
    return DONE


def compact(options: argparse.Namespace, out: Output) -> int:
    """Remove what photos that have left the library leave behind."""
    with open_library(options) as library, interruptible() as control:
        for event in library.upkeep.compact(control):
            if isinstance(event, Progress):
                out.progress(event)
            else:
                freed = event
    if out.as_json:
        out.document(dataclasses.asdict(freed))
    else:
        out.text(
            f"Removed {freed.photos:,} photos that have left the library, {freed.embeddings:,} "
            f"embeddings and {freed.thumbnails:,} thumbnails; {freed.bytes / 1e6:,.1f} MB freed."
        )
    return DONE


def status(options: argparse.Namespace, out: Output) -> int:
    """Describe the library."""
    with open_library(options, reading=True) as library:
        state = library.status()
        missing_model, following = library.model_error, library.following
    if out.as_json:
        document = dataclasses.asdict(state)
        del document["converted_bytes"]  # not in the contract; 'inphotos doctor' tells it
        document["folders"] = [
            {"path": folder.path, "photos": folder.photos, "online": folder.online}
            for folder in state.folders
        ]
        out.document(document)
        return DONE
    dimensions = f", {state.dimensions} numbers" if state.dimensions else ""
    out.text(f"library   {display_path(state.library)} ({state.bytes / 1e6:,.1f} MB)")
    converted = f"; prepared models take {state.converted_bytes / 1e6:,.1f} MB"
    out.text(f"model     {state.model}{dimensions}{converted if state.converted_bytes else ''}")
    if following:
        out.text(f"next      {following}, once 'inphotos index' has encoded all photos for it")
    out.text(f"photos    {state.photos:,} ({state.indexed:,} can be found with this model)")
    out.text(f"failed    {state.failed:,} could not be read")
    out.text(f"missing   {state.missing:,} have vanished and wait for your word")
    for folder in state.folders:
        away = "" if folder.online else ", offline"
        away += f", {folder.missing:,} missing" if folder.missing else ""
        for pattern in folder.exclusions:
            away += f", without {display_path(pattern)}"
        out.text(f"folder    {display_path(folder.path)} ({folder.photos:,} photos{away})")
    if missing_model is not None:
        out.message(str(missing_model))
    return DONE


def forget(options: argparse.Namespace, out: Output) -> int:
    """Take a folder out of the library."""
    with open_library(options) as library:
        photos = library.forget_folder(options.folder)
    if out.as_json:
        out.document({"folder": str(options.folder), "forgotten": photos})
    else:
        folder = display_path(options.folder)
        out.text(f"Forgot {folder} and {photos:,} photos; the photos themselves are untouched.")
    return DONE


@contextlib.contextmanager
def interruptible(may_run: Callable[[], bool] | None = None) -> Iterator[Control]:
    """Let Ctrl-C and SIGTERM cancel the work inside at its next step, a second time at once.

    Args:
        may_run: tells whether there is the power that the work is to wait for.
    """
    control = Control(may_run=may_run)
    if threading.current_thread() is not threading.main_thread():
        yield control
        return
    previous: dict[int, Any] = {
        number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)
    }

    def _cancel(number: int, _frame: object) -> None:
        signal.signal(number, previous[number])
        control.cancel()

    for number in previous:
        signal.signal(number, _cancel)
    try:
        yield control
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def open_library(options: argparse.Namespace, *, reading: bool = False) -> Library:
    """Open the library that the options name.

    Args:
        options: of the command.
        reading: it is only asked, so that it may be open in another process.
    """
    library = Library.open(
        library_directory(options.library),
        model=options.model,
        work=options.command,
        reading=reading,
    )
    strictness = getattr(options, "strictness", None)  # of the commands that read scores
    if strictness is not None:
        for kind in get_args(StrictnessKind):
            library.choices.set_strictness(kind, strictness, remember=False)
    return library


def _added(library: Library, folder: Path) -> Path:
    """Return the library's folder that covers ``folder``, added if need be."""
    known = {status.path for status in library.folders()}
    absolute = folder.expanduser().absolute()
    # One that is away is not to be refused as "not there".
    return absolute if absolute in known else library.add_folder(folder).path


def _print_summary(summary: IndexSummary, out: Output) -> None:
    if out.as_json:
        document: dict[str, Any] = dataclasses.asdict(summary)
        for name in _TOLD_APART:
            del document[name]
        document["failed"] = [{"path": path, "reason": why} for path, why in summary.failed]
        document["offline"] = document.pop("offline_photos")
        document["photos_per_second"] = round(summary.photos_per_second, 2)
        document["seconds"] = round(summary.seconds, 2)
        out.document(document)
    else:
        parts = [f"{summary.indexed:,} indexed", f"{summary.unchanged:,} unchanged"]
        parts += [f"{summary.moved:,} moved"] if summary.moved else []
        parts += [f"{summary.removed:,} gone"] if summary.removed else []
        parts += [f"{len(summary.failed):,} unreadable"] if summary.failed else []
        out.text(
            f"{summary.found:,} photos found: {', '.join(parts)} "
            f"({duration(summary.seconds)}, {summary.photos_per_second:.1f} photos/s)"
        )
    for folder in summary.offline:
        out.message(
            f"{display_path(folder)} cannot be reached; its photos are kept "
            f"until it is there again or you run 'inphotos forget'."
        )
    for folder in summary.relocated:
        out.message(f"Found again under another path: {display_path(folder)}.")
    if summary.missing:
        out.message(
            f"{summary.missing:,} photos have vanished, and are kept as missing; if that is as it "
            f"should be, run 'inphotos index --accept-removals'."
        )
    if summary.placeholders:
        out.message(
            f"{len(summary.placeholders):,} photos are in the cloud only and were not opened, "
            f"{display_path(summary.placeholders[0])} for one; let your cloud program keep them "
            f"on this computer to have them indexed."
        )
    if summary.unkept:
        out.message(
            f"The thumbnails of {summary.unkept:,} photos could not be kept "
            f"({summary.unkept_reason}); they are made again when the photos are looked at."
        )
    for directory in summary.unreadable:
        out.message(f"The folder {display_path(directory)} cannot be read; it was left out.")
    if not summary.found and not summary.offline:
        names = ", ".join(display_path(folder) for folder in summary.folders)
        out.message(f"There are no photos in {names}.")
