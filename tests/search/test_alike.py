"""Groups of photos that are alike, in tables of a real store and with real embeddings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from inphotos.metadata import Metadata
from inphotos.phash import FLAT
from inphotos.search.alike import AlikePhotos
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable, to_ms
from inphotos.store.folders import Directory, Folder
from inphotos.store.index import EmbeddingIndex
from inphotos.store.table import PhotoTable

NOON = to_ms(datetime(2023, 7, 1, 12))
BASE = 0x0F1E_2D3C_4B5A_6978
SAME_KIND = 0.6


def changed(hash_: int, bits: int, start: int = 0) -> int:
    """Return a hash that differs in so many bits."""
    return hash_ ^ (((1 << bits) - 1) << start)


def turned(cosine: float, axis: int = 1) -> np.ndarray:
    """Return a vector with this similarity to the first unit vector."""
    vector = np.zeros(8, np.float32)
    vector[0], vector[axis] = cosine, np.sqrt(1 - cosine**2)
    return vector


@dataclass
class Store:
    """A library's store that photos are put into by name."""

    database: Database
    ids: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.catalog = Catalog(self.database)
        self.details = DetailsTable(self.database)
        self.index = EmbeddingIndex(self.database, "0123456789abcdef", 8)
        self.table = PhotoTable(self.database, self.catalog.folders)
        self.alike = AlikePhotos(self.table)
        with self.database.transaction():
            folder = self.catalog.folders.add(Folder(0, Path("/photos")))
            self.catalog.folders.put_directories(
                [Directory(0, folder.id, path) for path in ("", "b")]
            )

    def put(
        self,
        name: str,
        phash: int = 0,
        *,
        content: str | None = None,
        vector: np.ndarray | None = None,
        second: float | None = None,
        camera: str = "Maker",
        directory: int = 1,
        **photo: object,
    ) -> None:
        fields = {"size": 1000, "width": 600, "height": 400, "taken_ms": NOON, **photo}
        if second is not None:
            fields["taken_ms"] = NOON + round(second * 1000)
        row = Photo(
            self.ids.get(name, 0),
            1,
            directory,
            Path("/photos") / name,
            mtime_ns=1,
            content=name if content is None else content,
            phash=phash,
            **fields,
        )
        with self.database.transaction():
            [self.ids[name]] = self.catalog.put([row])
            if vector is not None:
                self.index.put([self.ids[name]], vector[None])
            if second is not None:
                metadata = Metadata(taken=datetime(2023, 7, 1), taken_source="exif", camera=camera)
                self.details.put([(self.ids[name], metadata, None)])

    def groups(self) -> set[frozenset[str]]:
        """Return the names of the photos of each group of several."""
        self.table.refresh()
        names = {id_: name for name, id_ in self.ids.items()}
        groups: dict[int, set[str]] = {}
        found = self.alike.groups()
        for id_, code in zip(found.ids.tolist(), found.codes.tolist(), strict=True):
            groups.setdefault(code, set()).add(names[id_])
        return {frozenset(group) for group in groups.values() if len(group) > 1}

    def duplicates(self) -> set[str]:
        self.table.refresh()
        found = self.alike.groups()
        names = {id_: name for name, id_ in self.ids.items()}
        return {names[id_] for id_ in found.ids[found.duplicates].tolist()}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = Database(tmp_path / "library")
    yield Store(database)
    database.close()


def sets(*groups: str) -> set[frozenset[str]]:
    return {frozenset(group) for group in groups}


def test_copies_are_a_group_whatever_their_hash(store: Store) -> None:
    store.put("a", FLAT, content="x")
    store.put("b", FLAT, content="x")
    store.put("c", 0, content="y")
    store.put("d", 0, content="y", directory=2)
    store.put("e", 0, content="")
    store.put("f", 0, content="")
    assert store.groups() == sets("ab", "cd")


def test_flat_photos_are_not_alike(store: Store) -> None:
    for name in "abc":
        store.put(name, FLAT)
    assert store.groups() == set()


def test_few_different_bits_are_enough(store: Store) -> None:
    store.put("a", BASE)
    store.put("b", changed(BASE, 6))
    store.put("c", changed(BASE, 10, 20))
    store.put("d", changed(BASE, 11, 40))
    assert store.groups() == sets("ab")  # for more, embeddings have to agree, and there are none


@pytest.mark.parametrize(
    ("bits", "cosine", "alike"),
    [(6, 0.0, True), (10, 0.79, False), (10, 0.81, True), (11, 1, False)],
)
def test_more_bits_need_embeddings_that_agree(
    store: Store, bits: int, cosine: float, alike: bool
) -> None:
    store.alike.compare_with(store.index, SAME_KIND)  # so halfway to 1 is 0.8
    store.put("a", BASE, vector=turned(1.0))
    store.put("b", changed(BASE, bits), vector=turned(cosine))
    assert store.groups() == (sets("ab") if alike else set())


def test_an_embedding_that_comes_later_counts(store: Store) -> None:
    store.alike.compare_with(store.index, SAME_KIND)
    store.put("a", BASE, vector=turned(1.0))
    store.put("b", changed(BASE, 9))
    assert store.groups() == set()
    with store.database.transaction():
        store.index.put([store.ids["b"]], turned(0.9)[None])
    assert store.groups() == sets("ab")
    store.alike.compare_with(None, 1.0)
    assert store.groups() == set()


def test_photos_of_another_shape_are_not_alike(store: Store) -> None:
    store.put("a", BASE, width=600, height=400)
    store.put("b", BASE, width=588, height=400)  # cut
    store.put("c", BASE, width=400, height=600)
    store.put("d", BASE, width=300, height=200)
    assert store.groups() == sets("abd")


def test_how_many_bits_may_differ_is_a_choice(store: Store) -> None:
    for name, bits in (("a", 0), ("b", 4), ("c", 8), ("d", 12)):
        store.put(name, changed(BASE, bits))
    groups = {}
    for bits in (4, 8, 15, 99, -1):
        store.alike.bits = bits
        groups[bits] = store.groups()
    assert groups == {4: set(), 8: sets("ab", "cd"), 15: sets("abc"), 99: sets("abc"), -1: set()}


def test_the_largest_photo_represents_the_others(store: Store) -> None:
    """What is near a member only is not in the group, whichever comes first."""
    store.put("small", changed(BASE, 12), width=60, height=40)
    store.put("middle", changed(BASE, 6), width=300, height=200)
    store.put("large", BASE)
    assert store.groups() == {frozenset({"large", "middle"})}
    found = store.alike.groups()
    rows = store.table.rows_of(np.array([store.ids[n] for n in ("small", "middle", "large")]))
    assert store.alike.best_first(rows).tolist() == rows[::-1].tolist()
    assert found.count() == (1, 2)


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ({}, True),
        ({"second": 2.0}, True),
        ({"second": 2.001}, False),
        ({"camera": "Other"}, False),
        ({"camera": ""}, False),
        ({"directory": 2}, False),
        ({"second": None}, False),  # only the file's time is known
        ({"phash": changed(BASE, 22)}, False),
        ({"phash": FLAT}, False),
        ({"phash": changed(BASE, 19), "width": 400, "height": 600}, True),
    ],
)
def test_a_burst_is_of_one_camera_directory_and_moment(
    store: Store, other: dict[str, object], alike: bool
) -> None:
    store.put("a", BASE, second=0.0)
    store.put("b", **{"phash": changed(BASE, 18), "second": 1.0, **other})
    assert store.groups() == (sets("ab") if alike else set())
    assert store.duplicates() == set()


def test_shots_of_a_burst_look_alike(store: Store) -> None:
    store.alike.compare_with(store.index, SAME_KIND)
    random = [int(n) for n in np.random.default_rng(1).integers(1, 1 << 63, 5)]
    for second, (name, cosine) in enumerate([("a", 1.0), ("b", 0.61), ("c", 0.59), ("d", 0.7)]):
        store.put(name, random[second], second=second, vector=turned(cosine))
    store.put("e", FLAT, second=4)  # nothing says that it is alike
    groups = store.groups()
    assert frozenset("abd") in groups
    assert store.duplicates() == set()


def test_a_slow_pan_becomes_several_bursts(store: Store) -> None:
    store.alike.compare_with(store.index, SAME_KIND)
    chance = np.random.default_rng(2)
    angles = np.radians(np.arange(60) * 3)  # each alike to the next 17: cos 51° is above 0.6
    for shot, angle in enumerate(angles):
        vector = np.zeros(8, np.float32)
        vector[:2] = np.cos(angle), np.sin(angle)
        store.put(f"{shot:02}", int(chance.integers(1, 1 << 63)), second=shot, vector=vector)
    groups = sorted(sorted(group) for group in store.groups())
    assert [(group[0], group[-1]) for group in groups] == [
        ("00", "17"), ("18", "35"), ("36", "53"), ("54", "59"),
    ]  # fmt: skip


def test_a_burst_ends_after_a_minute(store: Store) -> None:
    for shot in range(45):
        store.put(f"{shot:02}", changed(BASE, 7 + shot % 4, shot % 13), second=shot * 2)
        assert shot % 13 + 10 <= 64
    groups = [sorted(group) for group in store.groups()]
    first = next(group for group in groups if "00" in group)
    burst = [name for name in first if int(name) <= 30]
    assert len(burst) == 31


def test_a_burst_takes_in_the_near_duplicates_of_its_shots(store: Store) -> None:
    store.put("a", BASE, second=0)
    store.put("b", changed(BASE, 14), second=1)
    store.put("b edited", changed(BASE, 13), directory=2)
    store.put("a copy", BASE, content="a", directory=2)
    assert store.groups() == {frozenset({"a", "b", "b edited", "a copy"})}
    found = store.alike.groups()
    assert found.kind(np.arange(4)) == "burst"
    assert found.kind(np.array([0, 3])) == "copies"
    assert found.kind(np.array([1, 2])) == "near"
    assert found.count() == (1, 4)


@pytest.mark.parametrize("change", ["gone", "unreadable", "rewritten", "removed"])
def test_groups_follow_what_becomes_of_photos(store: Store, change: str) -> None:
    store.put("a", BASE)
    store.put("b", changed(BASE, 4))
    store.put("c", changed(BASE, 8))  # near b, and not near enough to a, which represents b
    assert store.groups() == sets("ab")
    if change == "removed":
        with store.database.transaction():
            store.catalog.remove([store.ids.pop("a")])
    else:
        fate = {
            "gone": {"state": "gone"},
            "unreadable": {"reason": "the file is damaged", "content": ""},
            "rewritten": {"content": "z"},
        }[change]
        store.put("a", changed(BASE, 30, 20) if change == "rewritten" else BASE, **fate)
    assert store.groups() == sets("bc")


def test_photos_that_come_in_one_by_one_find_their_group(store: Store) -> None:
    for n in range(12):
        store.put(f"x{n}", changed(BASE, n % 4), width=100 + n, height=100 + n)
        store.put(f"y{n}", changed(~BASE & ((1 << 64) - 1), n % 4))
        groups = store.groups()
        if n:
            assert groups == {
                frozenset(f"x{m}" for m in range(n + 1)),
                frozenset(f"y{m}" for m in range(n + 1)),
            }


def test_nothing_is_made_anew_while_nothing_changes(store: Store) -> None:
    store.put("a", BASE)
    store.table.refresh()
    first = store.alike.groups()
    store.table.refresh()
    assert store.alike.groups() is first
    store.put("b", BASE)
    store.table.refresh()
    assert store.alike.groups() is not first
    assert len(first.ids) == 1  # whoever has the former groups keeps them as they were
