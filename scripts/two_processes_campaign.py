#!/usr/bin/env python3
"""Read a library beside a process that writes it: two_processes_campaign.py --seconds N.

One process adds, replaces, forgets and compacts made-up photos, and closes and opens the library
now and then. Others open it meanwhile, and some of them are killed. Each reader holds what
it sees against what was committed: every photo and every embedding must be of one and the same
commit, counts must agree with rows, an exact search must give the very photos and scores of that
commit, and the index's graph nearly all of them. In the end the library must hold the last commit.

To be run with the Python of the checkout's .venv. Exit status 1 where anything was wrong.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np

from inphotos.errors import LibraryBusyError, LibraryError
from inphotos.events import Control
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.compaction import Compaction
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.folders import Directory, Folder
from inphotos.store.index import EmbeddingIndex
from inphotos.store.snapshot import Snapshot, open_to_read
from inphotos.store.vectors import VectorTable

KEY = ("0123456789abcdef", 32)
MOST_PHOTOS = 400

#: A graph finds nearly all, also when nobody else is about; the writer measures how many.
NEIGHBOURS = 10


def vector_of(photo: int, generation: int) -> np.ndarray:
    """Return the embedding that a photo had as of a commit."""
    made = np.random.default_rng((photo, generation)).standard_normal(KEY[1]).astype(np.float32)
    return made / np.linalg.norm(made)


def main() -> int:
    """Let the processes loose on a library and sum up."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=600, help="how long (default 600)")
    parser.add_argument("--readers", type=int, default=2, help="at a time (default 2)")
    parser.add_argument("--seed", type=int, default=0, help="of what the writer does")
    parser.add_argument("--part", choices=("write", "read"), help=argparse.SUPPRESS)
    parser.add_argument("--library", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.part == "write":
        return Writer(chosen.library, chosen.seed).run(chosen.seconds)
    if chosen.part == "read":
        return read(chosen.library, chosen.seconds, chosen.seed)
    with tempfile.TemporaryDirectory() as place:
        return campaign(Path(place) / "library", chosen)


def campaign(library: Path, chosen: argparse.Namespace) -> int:
    """Run a writer, readers and readers that are killed; return the exit status."""

    def start(part: str, seconds: float, seed: int) -> subprocess.Popen[str]:
        words = ["--part", part, "--library", library, "--seconds", seconds, "--seed", seed]
        command = [sys.executable, __file__, *map(str, words)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    chance = random.Random(chosen.seed)
    Database(library).close()
    writer = start("write", chosen.seconds, chosen.seed)
    end = time.monotonic() + chosen.seconds - 5
    readers = [start("read", chosen.seconds - 10, n) for n in range(chosen.readers)]
    killed = 0
    while time.monotonic() < end:
        doomed = start("read", chosen.seconds, 1000 + killed)
        time.sleep(chance.uniform(0.5, 4))
        doomed.kill()
        doomed.communicate()
        killed += 1
        print(f"\r{end - time.monotonic():.0f} s to go ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    total: Counter[str] = Counter(killed=killed)
    for process in (*readers, writer):
        out, _ = process.communicate(timeout=300)
        if process.returncode:
            total["violations"] += 1
        total.update(json.loads(out.splitlines()[-1]) if out.strip() else {})
    for name, count in sorted(total.items()):
        print(f"{name:28} {count:,}")
    return 1 if total["violations"] else 0


class Writer:
    """Writes commits of which everybody can tell what was in them.

    A photo's size and the seed of its embedding are the number of the commit that wrote it; the
    folder's exclusions name the last commit.
    """

    def __init__(self, library: Path, seed: int) -> None:
        self._library = library
        self._chance = random.Random(seed)
        self._generation = 0
        self.done: Counter[str] = Counter()
        self._open()
        with self._database.transaction():
            folder = self._catalog.folders.add(Folder(0, Path("/photos"), exclusions=("0",)))
            # A mount point stays, also while no photo is in it.
            [self._place] = self._catalog.folders.put_directories(
                [Directory(0, folder.id, "", is_mount=True)]
            )

    def run(self, seconds: float) -> int:
        """Write for so long, then compare what is kept with what was committed."""
        end = time.monotonic() + seconds
        steps = (self._add, self._add, self._replace, self._forget, self._compact, self._reopen)
        while time.monotonic() < end:
            self._chance.choice(steps)()
        self._reopen()
        self.done["violations"] += len(troubles(self._database, Counter()))
        self._database.close()
        print(json.dumps(self.done))
        return 1 if self.done["violations"] else 0

    def _open(self) -> None:
        while True:
            try:
                self._database = Database(self._library, "index")
                break
            except LibraryBusyError:  # one who reads came first, and had it alone
                time.sleep(0.05)
        self._catalog = Catalog(self._database)
        self._index = EmbeddingIndex(self._database, *KEY)

    def _reopen(self) -> None:
        self._database.close()
        self._open()
        self.done["reopened"] += 1

    def _put(self, photos: list[Photo]) -> None:
        """Write photos with their embeddings, and which commit that is."""
        self._generation += 1
        fresh = [Photo(p.id, 1, self._place, p.path, self._generation, 1, width=1) for p in photos]
        with self._database.transaction():
            [folder] = self._catalog.folders.all()
            self._catalog.folders.change(
                Folder(folder.id, folder.path, exclusions=(str(self._generation),))
            )
            ids = self._catalog.put(fresh)
            vectors = [vector_of(id_, self._generation) for id_ in ids]
            self._index.put(ids, np.stack(vectors))
        self.done["commits"] += 1

    def _add(self) -> None:
        if self._catalog.count() < MOST_PHOTOS:
            count = self._chance.randint(1, 40)
            base = self._generation * 100
            self._put([Photo(0, 1, 1, Path(f"/photos/{base + n}.jpg"), 1, 1) for n in range(count)])

    def _replace(self) -> None:
        photos = self._some(20)
        if photos:
            self._put(photos)
            self.done["embeddings replaced"] += len(photos)

    def _forget(self) -> None:
        gone = [p.id for p in self._some(40)]
        with self._database.transaction():
            self._catalog.remove(gone)
        self.done["forgotten"] += len(gone)

    def _compact(self) -> None:
        compaction = Compaction(self._database, self._catalog, DetailsTable(self._database))
        for _ in compaction.run(Control()):
            pass
        self.done["compactions"] += 1

    def _some(self, most: int) -> list[Photo]:
        ids = sorted(self._catalog.all_ids())
        chosen = self._chance.sample(ids, min(most, len(ids)))
        return list(self._catalog.by_ids(chosen).values())


def read(library: Path, seconds: float, seed: int) -> int:
    """Open the library for so long again and again; return whether anything was wrong."""
    chance = random.Random(seed)
    end = time.monotonic() + seconds
    done: Counter[str] = Counter()
    while time.monotonic() < end:
        try:
            database = open_to_read(library, "search")
        except LibraryError as error:
            # The writer may be gone this moment, and another reader be the one that has it.
            done["refused"] += 1
            print(error, repr(error.__cause__), file=sys.stderr)
            continue
        done["snapshots" if isinstance(database, Snapshot) else "opened alone"] += 1
        first = troubles(database, done)
        time.sleep(chance.uniform(0, 0.5))
        for trouble in (*first, *troubles(database, done)):
            done["violations"] += 1
            print(trouble, file=sys.stderr, flush=True)
        database.close()
    print(json.dumps(done))
    return 1 if done["violations"] else 0


def troubles(database: Database, done: Counter[str]) -> list[str]:
    """Return what does not fit in what a library holds, as of one moment."""
    catalog = Catalog(database)
    if KEY not in database.schema.embeddings or not catalog.folders.all():
        return []  # the writer has just begun
    index = EmbeddingIndex(database, *KEY)
    [folder] = catalog.folders.all()
    last = int(folder.exclusions[0])
    photos = catalog.by_ids(sorted(catalog.all_ids()))
    ids, vectors = index.read()
    found = []
    if catalog.count() != len(photos):
        found.append(f"{catalog.count()} photos are counted where {len(photos)} are")
    if index.count() != len(ids) or index.all_ids().tolist() != ids.tolist():
        found.append(f"{index.count()} embeddings are counted where {len(ids)} are")
    if not photos.keys() <= set(ids.tolist()):
        found.append("a photo has no embedding")
    if any(photo.size > last for photo in photos.values()):
        found.append(f"a photo is from after commit {last}")
    by_id = dict(zip(ids.tolist(), vectors, strict=True))
    for id_, photo in photos.items():
        if not np.array_equal(by_id[id_], vector_of(id_, photo.size)):
            found.append(f"photo {id_} has the embedding of another commit than {photo.size}")
    table = VectorTable(index)
    table.refresh()
    if not np.array_equal(table.matrix, vectors):
        found.append("the exact matrix is another one")
    if len(ids) > NEIGHBOURS:
        found += graph_troubles(index, ids, vectors, done)
    done["checks"] += 1
    return found


def graph_troubles(
    index: EmbeddingIndex, ids: np.ndarray, vectors: np.ndarray, done: Counter[str]
) -> list[str]:
    """Hold the graph's answer to one query against the exact one."""
    query = vectors[random.randrange(len(ids))]
    near, scores = index.nearest(query, NEIGHBOURS)
    known = {id_: row for row, id_ in enumerate(ids.tolist())}
    exact = vectors @ query
    best = set(ids[np.argsort(-exact)[:NEIGHBOURS]].tolist())
    done["neighbours asked for"] += NEIGHBOURS
    done["neighbours found"] += len(best & set(near.tolist()))
    if not set(near.tolist()) <= known.keys():
        return ["the graph knows a photo that is not there"]
    wrong = np.abs(exact[[known[id_] for id_ in near.tolist()]] - scores).max(initial=0)
    return [f"the graph's scores are off by {wrong}"] if wrong > 1e-4 else []


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(main())
