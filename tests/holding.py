"""Another process that has a library open, and does there what a test asks for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Lines that it understands: ``put N`` adds photos with embeddings, ``index`` the index of another
#: model. It answers each with a line once that is done.
_PROGRAM = """
import sys
from pathlib import Path
import numpy as np
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex

database = Database(Path(sys.argv[1]), sys.argv[2])
print("open", flush=True)
for line in sys.stdin:
    word, _, number = line.strip().partition(" ")
    if word == "put":
        key = next(iter(database.schema.embeddings))
        index, chance = EmbeddingIndex(database, *key), np.random.default_rng(int(number))
        vectors = chance.standard_normal((int(number), index.dimension)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        with database.transaction():
            photos = [Photo(0, 1, 1, Path(f"/{n}.jpg"), 1, 1, width=1) for n in range(int(number))]
            index.put(Catalog(database).put(photos), vectors)
    elif word == "index":
        database.ensure_index("f" * 16, 4)
    print("done", flush=True)
database.close()
"""


class OtherProcess:
    """It.

    Attributes:
        pid: its id.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.pid = process.pid
        self.wait()

    def begin(self, line: str) -> None:
        """Ask for something."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def wait(self) -> None:
        """Wait until what was asked for is done."""
        assert self._process.stdout is not None
        assert self._process.stdout.readline(), "the other process has ended"

    def do(self, line: str) -> None:
        """Ask for something and wait until it is done."""
        self.begin(line)
        self.wait()

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self._process.kill()
        self._process.wait()


@contextmanager
def held(library: Path, work: str = "window") -> Iterator[OtherProcess]:
    """Have another process open a library during a block."""
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, os.fspath(library), work],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield OtherProcess(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(60)
            finally:
                process.kill()
