"""Encoding one batch while the one before it is committed."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from conftest import MakePhoto
from library_runs import CountingEncoder, found, ids, run

from inphotos.errors import ModelError
from inphotos.events import PhotosIndexed
from inphotos.indexing import encoding, reading
from inphotos.indexing.encoding import EncodingLine
from inphotos.indexing.records import Record
from inphotos.library import Library
from inphotos.library.equipped import EquippedModel
from inphotos.pixels import Pixels
from inphotos.store.catalog import Photo


class GatedEncoder(CountingEncoder):
    """An encoder that waits before every batch but the first until it is let on."""

    def __init__(self, encoder: CountingEncoder) -> None:
        super().__init__(encoder._encoder)
        self.gate = threading.Event()
        self.batches = 0

    def encode_images(self, images):
        self.batches += 1
        if self.batches > 1:
            assert self.gate.wait(30)
        return super().encode_images(images)


class TwoLevelEncoder:
    """Gives each picture two levels of its first pixel as an embedding; refuses black ones."""

    model = None

    def encode_images(self, batch: Sequence[Pixels]) -> np.ndarray:
        if any(picture[0, 0, 0] == 0 for picture in batch):
            raise ModelError("The model does not like it.")
        return np.array([picture[0, 0, :2] for picture in batch], np.float32)

    def encode_texts(self, texts: Sequence[str]) -> np.ndarray:
        raise NotImplementedError


def record(content: str, red: int, green: int) -> Record:
    photo = Photo(0, 1, 1, Path(f"/photos/{content}.jpg"), 1, 1, content=content)
    return Record(photo, pixels=np.array([[[red, green, 0]]], np.uint8))


def wait_until_due(line: EncodingLine) -> None:
    end = time.monotonic() + 30
    while not line.is_due:
        assert time.monotonic() < end
        time.sleep(0.01)


def test_batches_come_out_in_the_order_in_which_they_went_in() -> None:
    with EncodingLine() as line:
        line.put([record("a", 3, 4)], TwoLevelEncoder())
        line.put([record("b", 4, 3), record("c", 5, 0)], TwoLevelEncoder())
        first, second = line.take(), line.take()
    assert [r.photo.content for r in (*first.records, *second.records)] == ["a", "b", "c"]
    assert np.allclose(first.vectors[0], (0.6, 0.8))
    assert np.allclose(second.vectors[0], (0.8, 0.6))
    assert np.allclose(second.vectors[1], (1, 0))


def test_equal_photos_of_a_batch_are_encoded_once() -> None:
    with EncodingLine() as line:
        line.put([record("a", 3, 4), record("a", 0, 0)], TwoLevelEncoder())
        vectors = line.take().vectors
    assert np.array_equal(vectors[0], vectors[1])


def test_the_line_knows_what_is_on_its_way_and_when_it_is_due() -> None:
    with EncodingLine() as line:
        assert not line.is_due
        line.put([record("a", 3, 4)], TwoLevelEncoder())
        assert "a" in line
        assert "b" not in line
        wait_until_due(line)
        line.take()
        assert "a" not in line
        assert not line.is_due


def test_a_batch_that_cannot_be_encoded_raises_where_it_is_taken_out() -> None:
    with EncodingLine() as line:
        line.put([record("a", 0, 0)], TwoLevelEncoder())
        line.put([record("b", 3, 4)], TwoLevelEncoder())
        with pytest.raises(ModelError):
            line.take()
        assert np.allclose(line.take().vectors[0], (0.6, 0.8))


@pytest.fixture
def many(photos: Path, make_photo: MakePhoto) -> Path:
    """The five photos and seven more."""
    for number in range(7):
        make_photo(photos / f"more{number}.png", size=(20 + number, 20))
    return photos


@pytest.fixture
def gated(library: Library, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch):
    """The encoder of the library, which has to be let on; batches are of two photos."""
    monkeypatch.setattr(reading, "BATCH", 2)
    gated = GatedEncoder(encoder)
    monkeypatch.setattr(EquippedModel, "encoder", lambda self: gated)
    return gated


def test_a_batch_is_committed_while_the_next_one_is_encoded(
    library: Library, many: Path, gated: GatedEncoder
) -> None:
    library.add_folder(many)
    indexed: list[int] = []
    for event in library.index():
        if isinstance(event, PhotosIndexed):
            assert set(event.photo_ids) <= library._used.index.ids()  # committed before it is told
            if not indexed:
                assert not gated.gate.is_set()
            indexed += event.photo_ids
            gated.gate.set()
    assert sorted(indexed) == sorted(ids(library).values())
    assert len(indexed) == 12


def test_nothing_is_encoded_while_whoever_takes_the_events_rests(
    library: Library, many: Path, gated: GatedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_REST_SECONDS", 0.0)  # every pause is a rest
    gated.gate.set()
    library.add_folder(many)
    given = []
    for event in library.index():
        if isinstance(event, PhotosIndexed):
            given.append((gated.batches, len(given) + 1))
    # What was on its way when the first event was kept is done; from then on it is in turns.
    assert given[0][0] <= given[0][1] + encoding._MOST - 1
    assert all(begun == number for begun, number in given[encoding._MOST :])


def test_a_copy_of_a_photo_that_is_being_encoded_is_not_encoded_again(
    library: Library, many: Path, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 1)
    for photo in sorted(many.glob("more*.png")):
        photo.with_name(f"{photo.stem}-copy.png").write_bytes(photo.read_bytes())
    library.add_folder(many)
    assert run(library).indexed == 19
    assert len(encoder.given) == 12
    assert found(library) == set(many.rglob("*.*"))


def test_a_run_whose_encoder_fails_keeps_what_was_committed(
    library: Library, many: Path, gated: GatedEncoder
) -> None:
    library.add_folder(many)
    committed: list[int] = []

    def fail(images):
        raise ModelError("The model cannot be run any more.")

    with pytest.raises(ModelError, match="cannot be run"):
        for event in library.index():
            if isinstance(event, PhotosIndexed):
                committed += event.photo_ids
                gated.encode_images = fail
                gated.gate.set()
    assert committed
    assert set(committed) == library._used.index.ids()


def test_work_that_is_given_up_leaves_no_thread_behind(
    library: Library, many: Path, gated: GatedEncoder
) -> None:
    library.add_folder(many)
    work = library.index()
    while not isinstance(next(work), PhotosIndexed):
        pass
    gated.gate.set()
    work.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("encoding")]
    assert 0 < len(library._used.index.ids()) < 12
