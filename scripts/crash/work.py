"""What a process does with the library until it is killed, and what it says of it."""

from __future__ import annotations

import json
import os
import threading
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from crash.promises import Step
from inphotos.events import ModelReady, PhotosIndexed
from inphotos.library import Library
from inphotos.library.searches import SavedSearch


class Journal:
    """Lines in a file that outlast the process that writes them."""

    def __init__(self, path: Path) -> None:
        """Begin the file anew."""
        self.fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)

    def note(self, *entry: Any) -> None:
        """Write one line."""
        os.write(self.fd, json.dumps(entry).encode() + b"\n")


class Work:
    """The steps of one process. Each is acknowledged when the product has said that it is done."""

    def __init__(self, directory: Path, journal: Journal) -> None:
        """Open the library in ``directory``."""
        self._journal = journal
        self._library = Library.open(directory)
        journal.note("opened")

    def do(self, steps: Sequence[Step]) -> None:
        """Do all steps, and close the library."""
        for number, step in enumerate(steps):
            self._journal.note("begun", number)
            result = getattr(self, step.what)(*step.values)
            self._journal.note("done", number, result)
        self._library.close()
        self._journal.note("closed")

    def index(self) -> None:
        """Bring the library up to date."""
        for event in self._library.index():
            # Without a model photos are only read; which one an event is about is not said while
            # another one is prepared.
            model = None if self._library.following else self._library.model
            if isinstance(event, PhotosIndexed) and model is not None:
                self._journal.note("indexed", event.photo_ids, model.fingerprint)

    def index_while_searching(self) -> None:
        """Bring it up to date, while another thread searches as the window does."""
        stop, trouble = threading.Event(), []

        def search() -> None:
            try:
                while not stop.is_set():
                    self.search()
            except Exception:
                trouble.append(traceback.format_exc())

        thread = threading.Thread(target=search)
        thread.start()
        try:
            self.index()
        finally:
            stop.set()
            thread.join()
        if trouble:
            raise RuntimeError(trouble[0])

    def search(self) -> None:
        """Search, browse, and find what is alike: all that is kept beside the store is made."""
        self._library.search("a photo of a dog", top=20)
        self._library.browse(top=20, fold=True)
        self._library.find_alike()

    def add(self, folder: str) -> None:
        """Add a folder, which takes over those inside of it."""
        self._library.add_folder(Path(folder))

    def forget(self, folder: str) -> None:
        """Forget a folder."""
        self._library.forget_folder(Path(folder))

    def exclude(self, folder: str, patterns: Sequence[str]) -> None:
        """Exclude photos of a folder."""
        self._library.exclude(Path(folder), patterns)

    def compact(self) -> None:
        """Remove what is left behind."""
        for _ in self._library.upkeep.compact():
            pass

    def accept_removals(self) -> None:
        """Let go of what is missing."""
        self._library.upkeep.accept_removals()

    def retry(self) -> None:
        """Have what could not be read tried again."""
        self._library.upkeep.retry()

    def use_model(self, name: str) -> None:
        """Switch to another model."""
        self._library.use_model(name)

    def go_over(self, name: str) -> None:
        """Switch to another model as the window does, once all photos are encoded for it."""
        if self._library.prepare_model(name):
            for event in self._library.index():
                if isinstance(event, ModelReady):
                    self._library.use_model(event.name)

    def choose(self, name: str, value: Any) -> None:
        """Change a setting."""
        choices = self._library.choices
        match name:
            case "fold":
                choices.fold_alike(value)
            case "gentle":
                choices.index_gently(value)
            case "only_on_mains":
                choices.index_only_on_mains(value)
            case "near_duplicate_bits":
                choices.allow_near_duplicate_bits(value)

    def mark(self, contents: Sequence[str], kind: str, value: Any) -> list[str]:
        """Mark photos; return the contents of those that the library knows."""
        photos = list(self._photos(contents))
        ids = [photo.id for photo in photos]
        marks = self._library.marks
        match kind:
            case "favorite":
                marks.set_favorite(ids, value)
            case "rating":
                marks.set_rating(ids, value)
            case "tag":
                marks.add_tags(ids, [value])
        return [photo.content for photo in photos]

    def save_search(self, name: str, text: str) -> None:
        """Save a search."""
        self._library.searches.save(SavedSearch(name, text))
        self._library.searches.write()

    def remove_search(self, name: str) -> None:
        """Remove a saved search, if it is there."""
        if self._library.searches.find(name):
            self._library.searches.remove(name)
        self._library.searches.write()

    def remember(self, text: str) -> None:
        """Note what was searched for."""
        self._library.history.add(text)
        self._library.history.write()

    def _photos(self, contents: Sequence[str]) -> Iterator[Any]:
        for content in contents:
            yield from self._library._catalog.of_content(content)[:1]


def read_journal(path: Path) -> list[list[Any]]:
    """Return the entries of a journal, without one that was being written at the end."""
    lines = path.read_bytes().split(b"\n")[:-1]
    return [json.loads(line) for line in lines if line.startswith(b"[")]
