"""Ends a migration at its every step: version_walk.py LIBRARY PLACE, in a process of its own.

For each step a copy of the library is opened in a forked process, which kills itself just before
that file operation; then it is opened again. Prints a line of JSON for each step.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex

#: What Python does to files; ObjectBox's own writing is one transaction.
_OPERATIONS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "shutil.copyfile"}


def main(library: Path, place: Path) -> None:
    """Walk through all steps."""
    at = 0
    while True:
        at += 1
        copy = place / str(at)
        shutil.copytree(library, copy)
        reached = place / f"{at}.reached"
        told = place / f"{at}.told"
        ended = _forked(partial(_open, copy, at, reached))
        _forked(partial(_tell, copy, told))
        step = reached.read_text() if reached.exists() else ""
        result = {"step": step, "killed": os.WIFSIGNALED(ended), "content": told.read_text()}
        sys.stdout.write(json.dumps(result) + "\n")
        shutil.rmtree(copy)
        if not result["killed"]:
            return


def _forked(work: Callable[[], None]) -> int:
    """Run in a process of its own; return how it ended."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitpid(pid, 0)[1]


def _open(library: Path, last: int, reached: Path) -> None:
    count = 0

    def watch(event: str, arguments: tuple) -> None:
        nonlocal count
        writes = (
            event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax")
        )
        if not (writes or event in _OPERATIONS):
            return
        names = [str(name) for name in arguments if isinstance(name, (str, Path))]
        # A directory is emptied by names that are relative to it.
        inside = event in {"os.remove", "os.rmdir"} and arguments[-1] != -1
        if not inside and not any(name.startswith(str(library)) for name in names):
            return
        count += 1
        if count == last:
            step = " ".join([event, *(Path(name).name for name in names[:2])])
            os.write(os.open(reached, os.O_CREAT | os.O_WRONLY), step.encode())
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    Database(library).close()


def _tell(library: Path, told: Path) -> None:
    told.write_text(json.dumps(_content(library)))


def _content(library: Path) -> dict:
    database = Database(library)
    catalog = Catalog(database)
    [folder] = catalog.folders.all()
    [key] = database.schema.embeddings
    ids, vectors = EmbeddingIndex(database, *key).read()
    photos = sorted((p.path.name, p.content, p.reason) for p in catalog.photos(folder.id))
    database.close()
    return {
        "photos": photos,
        "ids": ids.tolist(),
        "vectors": vectors.tolist(),
        "schema": json.loads((library / "library.json").read_text())["schema"],
        "left": [path.name for path in library.glob("store.*")],
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
