"""Whatever happens to the photos on disk, after a scan the library shows exactly them.

Hypothesis makes up histories of two folders: photos come, change, move, are copied and deleted,
drives go away, the application is killed. ``scripts/property_campaign.py`` runs many more of them.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from crash.disk import DIRECTORIES, photos_on_disk, picture, reached
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from library_runs import CountingEncoder

from inphotos.encoders import registry
from inphotos.encoders.base import normalize
from inphotos.events import IndexSummary
from inphotos.indexing.order import Order
from inphotos.indexing.removals import MOST_THAT_VANISH
from inphotos.library import Library
from inphotos.photos.decode import decode
from inphotos.store.catalog import Photo
from inphotos.store.database import Database

#: Histories to try. Without a wish, few and always the same, and the first that fails is shown as
#: it is, because finding a shorter one takes minutes.
WISHED = os.environ.get("INPHOTOS_PROPERTY_EXAMPLES", "")
EXAMPLES = int(WISHED or 15)
STEPS = 20

#: Half of the contents are as long as one another, as uncompressed photos of one camera are.
CONTENTS = 12
NAMES = ("a.png", "b.png", "IMG 1.PNG", os.fsdecode(b"caf\xe9.png"))

HAPPENINGS = (
    "add_or_replace",
    "overwrite_in_place",
    "touch",
    "move",
    "move_across_file_systems",
    "swap",
    "copy_file",
    "copy_over_another",
    "save_aside_and_edit",
    "delete",
    "delete_many",
    "move_directory",
    "toggle_nomedia",
    "toggle_exclusion",
    "mount_or_unmount",
)

numbers = st.integers(0, 10_000)


@dataclass(frozen=True)
class Happening:
    """Something that happens to the folders, and what it may need to know.

    Attributes:
        what: the method that lets it happen.
        which, other: choose among what is there.
        place: number of a folder, directory, name.
        content: which picture.
        flag: one way or the other.
    """

    what: str
    which: int
    other: int
    place: tuple[int, str, str]
    content: int
    flag: bool


happening = st.builds(
    Happening,
    st.sampled_from(HAPPENINGS),
    numbers,
    numbers,
    st.tuples(st.integers(0, 1), st.sampled_from(DIRECTORIES), st.sampled_from(NAMES)),
    st.integers(-1, CONTENTS - 1),
    st.booleans(),
)


class KilledError(Exception):
    """Stands for the end of the process."""


@dataclass(frozen=True)
class Expected:
    """What the model makes of each photo.

    Attributes:
        vectors: embeddings by the digest of the file.
        digests: the digest of the file by its pixels.
    """

    vectors: dict[str, np.ndarray]
    digests: dict[bytes, str]


class LibraryAndDisk(RuleBasedStateMachine):
    """Two folders and their library."""

    encoder: CountingEncoder
    expected: Expected
    model: str

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp(prefix="inphotos-property-"))
        self.roots = [self.base / "folder 0", self.base / "folder 1"]
        self.excluded: list[tuple[str, ...]] = [(), ()]
        self.clock = 1_700_000_000
        self.transactions_left: int | None = None
        self._patches = contextlib.ExitStack()
        self._patches.enter_context(self._killing_transactions())
        self.open()
        for root in self.roots:
            root.mkdir()
            (root / "notes.txt").write_text("so that it is never empty")
            self.library.add_folder(root)

    def teardown(self) -> None:
        self.library.close()
        self._patches.close()
        shutil.rmtree(self.base)

    @initialize(count=st.integers(2, 12), seed=numbers)
    def fill(self, count: int, seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(count):
            place = (chance.randrange(2), chance.choice(DIRECTORIES), chance.choice(NAMES))
            self.write(self.path(place), picture(chance.randrange(-1, CONTENTS)))
        self.index(Order())

    @rule(happenings=st.lists(happening, min_size=1, max_size=5))
    def something_happens(self, happenings: list[Happening]) -> None:
        for happening in happenings:
            getattr(self, happening.what)(happening)

    @rule(happenings=st.lists(happening, min_size=1, max_size=3))
    def something_happens_and_is_seen(self, happenings: list[Happening]) -> None:
        self.something_happens(happenings)
        self.index(Order())

    @rule(action=st.sampled_from(("accept_removals", "compact", "restart", "forget_and_add")))
    def the_user_does_something(self, action: str) -> None:
        getattr(self, action)()

    # What happens on disk

    def add_or_replace(self, given: Happening) -> None:
        if self.is_there(given.place[0]):
            self.write(self.path(given.place), picture(given.content))

    def overwrite_in_place(self, given: Happening) -> None:
        if path := self.file(given.which):
            path.write_bytes(picture(given.content))
            self.touch_now(path)

    def touch(self, given: Happening) -> None:
        if path := self.file(given.which):
            self.touch_now(path)

    def move(self, given: Happening) -> None:
        path = self.file(given.which)
        if path and self.is_there(given.place[0]):
            target = self.path(given.place)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)

    def move_across_file_systems(self, given: Happening) -> None:
        path = self.file(given.which)
        if path and self.is_there(given.place[0]) and path != self.path(given.place):
            self.copy(path, self.path(given.place), keep_time=given.flag)
            path.unlink()

    def swap(self, given: Happening) -> None:
        one, other = self.file(given.which), self.file(given.other)
        if one and other and one != other:
            aside = self.base / "aside"
            one.rename(aside)
            other.rename(one)
            aside.rename(other)

    def copy_file(self, given: Happening) -> None:
        path = self.file(given.which)
        if path and self.is_there(given.place[0]) and path != self.path(given.place):
            self.copy(path, self.path(given.place), keep_time=given.flag)

    def copy_over_another(self, given: Happening) -> None:
        path, other = self.file(given.which), self.file(given.other)
        if path and other and path != other:
            self.copy(path, other, keep_time=given.flag)

    def save_aside_and_edit(self, given: Happening) -> None:
        path = self.file(given.which)
        if path and self.is_there(given.place[0]) and path != self.path(given.place):
            (self.move if given.flag else self.copy_file)(given)
            self.write(path, picture(given.content))

    def delete(self, given: Happening) -> None:
        if path := self.file(given.which):
            path.unlink()

    def delete_many(self, given: Happening) -> None:
        share = 2 + given.other % 3
        for path in self.files()[given.which % share :: share]:
            path.unlink()

    def move_directory(self, given: Happening) -> None:
        number, (to, name, _) = given.which % 2, given.place
        source = self.roots[number] / DIRECTORIES[1 + given.other % 3]
        target = self.roots[to] / (name or "d4")
        is_inside = source == target or source in target.parents
        if self.is_there(number) and self.is_there(to) and source.is_dir() and not is_inside:
            if target.exists() and target not in source.parents:
                shutil.rmtree(target)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                source.rename(target)

    def toggle_nomedia(self, given: Happening) -> None:
        mark = self.roots[given.which % 2] / DIRECTORIES[1 + given.other % 3] / ".nomedia"
        if mark.exists():
            mark.unlink()
        elif mark.parent.is_dir():
            mark.touch()

    def toggle_exclusion(self, given: Happening) -> None:
        number = given.which % 2
        patterns = [(), ("d3/",), ("a.png",)][given.other % 3]
        self.library.exclude(self.roots[number], patterns)
        self.excluded[number] = patterns

    def mount_or_unmount(self, given: Happening) -> None:
        number = given.which % 2
        root = self.roots[number]
        if self.is_there(number):
            root.rename(self.away(number))
            if given.flag:  # the mount point stays
                root.mkdir()
        else:
            with contextlib.suppress(FileNotFoundError):
                root.rmdir()
            self.away(number).rename(root)

    # What the user does

    def accept_removals(self) -> None:
        missing = {photo.id for photo in self.rows() if photo.state == "missing"}
        back = {photo.id for photo in self.rows() if photo.path.exists()}
        assert self.library.upkeep.accept_removals() == len(missing - back)

    def compact(self) -> None:
        before = self.shown()
        list(self.library.upkeep.compact())
        assert self.shown() == before
        assert not any(photo.state == "gone" for photo in self.rows())

    def restart(self) -> None:
        self.library.close()
        self.open()

    def forget_and_add(self) -> None:
        if self.is_there(1):
            self.library.forget_folder(self.roots[1])
            self.excluded[1] = ()
            self.restart()
            self.library.add_folder(self.roots[1])

    @rule(commits=st.integers(0, 6))
    def crash(self, commits: int) -> None:
        self.transactions_left = commits
        with contextlib.suppress(KilledError):
            for _ in self.library.index():
                pass
        self.transactions_left = None
        self.restart()
        self.check_embeddings()

    @rule(events=st.integers(0, 8))
    def abandon(self, events: int) -> None:
        run = self.library.index()
        for _ in range(events):
            if next(run, None) is None:
                break
        run.close()
        self.check_embeddings()

    @rule()
    def scan_and_accept_removals(self) -> None:
        if all(self.is_there(n) or not self.roots[n].exists() for n in range(2)):
            self.index(Order(accept_removals=True))

    @rule(number=st.integers(0, 1), directories=st.sets(st.sampled_from(DIRECTORIES), min_size=1))
    def scan_some_directories(self, number: int, directories: set[str]) -> None:
        root = self.roots[number]
        self.index_and_count(Order(scope={root: directories}))
        self.check_embeddings()
        if self.is_there(number):
            on_disk = self.on_disk(number)
            for directory in directories & self.reached(number):
                shown = {p for p in self.shown() if p.parent == root / directory}
                assert shown == {p for p in on_disk if p.parent == root / directory}

    # What has to hold

    def index(self, order: Order) -> None:
        """Index everything, and compare."""
        before = {photo.id: photo for photo in self.rows() if photo.state != "gone"}
        here = Counter(p.folder_id for p in before.values() if p.state == "here")
        ids = {status.path: folder.id for status, folder in self.folders()}
        self.index_and_count(order)
        after = {photo.id: photo for photo in self.rows() if photo.state != "gone"}
        assert len({photo.path for photo in after.values()}) == len(after)
        missing = [photo for photo in after.values() if photo.state == "missing"]
        for number, root in enumerate(self.roots):
            own = {i: p for i, p in after.items() if p.folder_id == ids[root]}
            former = {i: p for i, p in before.items() if p.folder_id == ids[root]}
            # Where a mount point is empty and no photo is known, nothing tells of a drive.
            is_known_away = not root.exists() or any(not p.reason for p in former.values())
            if not self.is_there(number) and is_known_away:
                assert own == former
                continue
            on_disk = self.on_disk(number)
            shown = {p.path: p.content for p in own.values() if p.state == "here" and not p.reason}
            assert shown == on_disk
            assert len(shown) == sum(p.state == "here" and not p.reason for p in own.values())
            lost = [
                p
                for i, p in former.items()
                if p.state == "here" and p.content and not os.path.lexists(p.path)
                if i not in after or after[i].state == "missing"
            ]
            many = len(lost) > MOST_THAT_VANISH * here[ids[root]] and not order.accept_removals
            kept = {p.id for p in lost if p.id in after}
            assert kept == ({p.id for p in lost} if many else set())
        for photo in missing:
            assert not os.path.lexists(photo.path) or not self.is_online(photo)
            assert photo.id in before
        self.check_moves(before, after)
        self.check_embeddings()
        again = self.index_and_count(order)
        assert (again.indexed, again.moved, again.removed) == (0, 0, 0)
        assert {p.id: p for p in self.rows() if p.state != "gone"} == after

    def index_and_count(self, order: Order) -> IndexSummary:
        """Index, and see that nothing was encoded that had been before."""
        known = {p.content for p in self.rows() if self.vector(p) is not None}
        self.encoder.given.clear()
        *_, summary = self.library.index(order=order)
        assert isinstance(summary, IndexSummary)
        encoded = [self.expected.digests[pixels] for pixels in self.encoder.given]
        assert len(encoded) == len(set(encoded))
        assert not known & set(encoded)
        return summary

    def check_embeddings(self) -> None:
        """Every photo that was read has the embedding of its content, and no other has any."""
        rows = [photo for photo in self.rows() if photo.state != "gone"]
        for photo in rows:
            vector = self.vector(photo)
            if photo.content:
                if vector is None:  # compacted as gone, and back since an unfinished run
                    continue
                assert np.allclose(vector, self.expected.vectors[photo.content], atol=1e-4)
            else:
                assert vector is None

    def check_moves(self, before: dict[int, Photo], after: dict[int, Photo]) -> None:
        """A content that was one photo and is one file now has kept its row."""
        was, now = self.single(before), self.single(after)
        for content, photo in was.items():
            if content in now and now[content].path != photo.path and photo.state == "here":
                is_online = self.is_online(photo) and self.is_online(now[content])
                if is_online and not os.path.lexists(photo.path):
                    assert now[content].id == photo.id

    @staticmethod
    def single(photos: dict[int, Photo]) -> dict[str, Photo]:
        counts = Counter(photo.content for photo in photos.values())
        return {p.content: p for p in photos.values() if p.content and counts[p.content] == 1}

    # Looking at the library

    def open(self) -> None:
        self.library = Library.open(self.base / "library", model=self.model)

    def folders(self):
        stored = self.library._catalog.folders.all()
        return list(zip(self.library.folders(), stored, strict=True))

    def rows(self) -> list[Photo]:
        catalog = self.library._catalog
        return [photo for _, folder in self.folders() for photo in catalog.photos(folder.id)]

    def vector(self, photo: Photo):
        return self.library._used.index.vector(photo.id)

    def shown(self) -> set[Path]:
        return {
            result.path
            for result in self.library.browse(top=1000).results
            if result.presence != "missing"
        }

    def is_online(self, photo: Photo) -> bool:
        return any(
            root in photo.path.parents and self.is_there(n) for n, root in enumerate(self.roots)
        )

    # Looking at the disk

    def away(self, number: int) -> Path:
        return self.base / f"away {number}"

    def is_there(self, number: int) -> bool:
        return not self.away(number).exists()

    def path(self, place: tuple[int, str, str]) -> Path:
        number, directory, name = place
        return self.roots[number] / directory / name

    def files(self) -> list[Path]:
        return sorted(
            path
            for number, root in enumerate(self.roots)
            if self.is_there(number)
            for path in root.rglob("*")
            if path.suffix.lower() == ".png"
        )

    def file(self, which: int) -> Path | None:
        files = self.files()
        return files[which % len(files)] if files else None

    def reached(self, number: int) -> set[str]:
        """Return the directories of a folder that are there and not left out."""
        return reached(self.roots[number], self.excluded[number])

    def on_disk(self, number: int) -> dict[Path, str]:
        """Return the photos of a folder that can be read, with their digests."""
        return photos_on_disk(self.roots[number], self.excluded[number])

    def write(self, path: Path, data: bytes) -> None:
        """Write a photo as most programs do: a new file takes the place of the old one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.base / "fresh"
        fresh.write_bytes(data)
        self.touch_now(fresh)
        fresh.replace(path)

    def copy(self, source: Path, path: Path, *, keep_time: bool) -> None:
        info = source.stat()
        self.write(path, source.read_bytes())
        if keep_time:
            os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))

    def touch_now(self, path: Path) -> None:
        # The clock never stands still, so that a change is always to be seen.
        self.clock += 1
        os.utime(path, (self.clock, self.clock))

    @contextlib.contextmanager
    def _killing_transactions(self) -> Iterator[None]:
        plain = Database.transaction

        def transaction(database: Database):
            if self.transactions_left is not None:
                if self.transactions_left == 0:
                    raise KilledError
                self.transactions_left -= 1
            return plain(database)

        patch = pytest.MonkeyPatch()
        patch.setattr(Database, "transaction", transaction)
        yield
        patch.undo()


@pytest.fixture
def machine(tiny_clip: Path, monkeypatch: pytest.MonkeyPatch) -> type[LibraryAndDisk]:
    """The state machine, with the small CLIP that is loaded once."""
    encoder = registry.load(registry.resolve(str(tiny_clip), Path("nowhere")))
    counting = CountingEncoder(encoder)
    monkeypatch.setattr(registry, "load", lambda model: counting)
    vectors, digests = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "photo.png")
        for number in range(CONTENTS):
            path.write_bytes(picture(number))
            decoded = decode(path, encoder.model.pixels)
            digests[decoded.pixels.tobytes()] = decoded.content
            vectors[decoded.content] = normalize(encoder.encode_images([decoded.pixels]))[0]
    assert len(digests) == CONTENTS
    spread = np.stack(list(vectors.values()))
    distances = np.abs(spread[:, None] - spread[None]).max(axis=2) + np.eye(CONTENTS)
    assert distances.min() > 1e-3  # or photos could not be told apart by their embeddings
    kept = {"encoder": counting, "expected": Expected(vectors, digests), "model": str(tiny_clip)}
    return type("Machine", (LibraryAndDisk,), kept)


@pytest.mark.timeout(0)
def test_the_library_equals_the_disk_after_any_history(machine: type[LibraryAndDisk]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not WISHED,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink] if WISHED else [Phase.generate],
        ),
    )
