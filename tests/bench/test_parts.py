"""Each part of a benchmark, on little."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from bench.steps import finish
from conftest import MakePhoto

from inphotos.bench import (
    children,
    decoding,
    encoding,
    memory,
    pictures,
    sample,
    searching,
    storing,
    world,
)
from inphotos.bench.sample import PHOTOS, NoPhotosError, Sample
from inphotos.encoders import converted, registry
from inphotos.encoders.base import Model
from inphotos.errors import BenchmarkError, CancelledError
from inphotos.events import Control
from inphotos.library import Library
from inphotos.photos.decode import Decoded, decode
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database

NO_TIME = 1e-9


@pytest.fixture
def model(tiny_clip: Path, tmp_path: Path) -> Model:
    return registry.resolve(str(tiny_clip), tmp_path)


@pytest.fixture
def few(photos: Path, model: Model) -> Sample:
    """The five photos of a folder."""
    paths = tuple(sorted(path for path in photos.rglob("*") if path.is_file()))
    decoded = [decode(path, model.pixels) for path in paths]
    return Sample(paths, tuple(d for d in decoded if isinstance(d, Decoded)), drawn=False)


def test_drawn_photos_are_like_a_cameras(tmp_path: Path) -> None:
    paths = list(pictures.draw(tmp_path, 3, 1.0, Control()))
    seen = [decode(path, None) for path in paths]
    assert all(isinstance(photo, Decoded) for photo in seen)
    assert len({photo.content for photo in seen}) == 3
    for path, photo in zip(paths, seen, strict=True):
        assert photo.width * photo.height == pytest.approx(1e6, rel=0.02)
        assert photo.metadata.taken is not None
        assert photo.metadata.camera == "InPhotos Drawn"
        assert photo.metadata.latitude == pytest.approx(48, abs=2)
        assert 1.5 < 8 * path.stat().st_size / 1e6 < 6  # bits for each pixel


def test_photos_are_chosen_all_over_the_library_and_only_those_that_are_here(
    tmp_path: Path, make_photo: MakePhoto, model: Model
) -> None:
    folder, directory = tmp_path / "photos", tmp_path / "library"
    for n in range(5 * PHOTOS):
        make_photo(folder / f"{n:03}.jpg")
    with Library.open(directory, model="none") as library:
        library.add_folder(folder)
        list(library.index())
    gone = sorted(folder.iterdir())[::2]
    for path in gone:
        path.unlink()
    chosen = finish(sample.of_library(directory, model, Control()))
    assert len(chosen.paths) == len(set(chosen.paths)) == len(chosen.decoded) == PHOTOS
    assert not set(chosen.paths) & set(gone)
    numbers = sorted(int(path.stem) for path in chosen.paths)
    assert numbers[0] < PHOTOS
    assert numbers[-1] >= 4 * PHOTOS
    assert chosen.in_words.startswith(f"{PHOTOS} of the library's photos, 0.0 megapixels")
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(NoPhotosError, match="--on drawn"):
        finish(sample.of_library(directory, model, Control()))


def test_decoding_is_compared_with_full_decodes_and_told_by_steps(
    few: Sample, model: Model
) -> None:
    table = finish(decoding.measure(few, model.pixels, NO_TIME, Control()))
    compared = [row for row in table.rows if row.ratio is not None]
    assert compared[0].ratio == 1.0
    assert all(row.unit == "photos/s" and row.spread.low > 0 for row in compared)
    steps = [row for row in table.rows if row.unit == "core ms/photo"]
    assert sum(row.more["share"] for row in steps) == pytest.approx(1.0)
    assert table.seconds_per_photo == pytest.approx(1 / compared[-1].spread.median, rel=0.01)


def test_what_cannot_be_decoded_in_full_leaves_out_the_comparison(
    few: Sample, model: Model, tmp_path: Path
) -> None:
    odd = tmp_path / "odd.jpg"
    odd.write_text("no picture at all")
    mixed = Sample((odd, *few.paths), few.decoded, drawn=False)
    table = finish(decoding.measure(mixed, model.pixels, NO_TIME, Control()))
    assert table.rows
    assert all(row.ratio is None for row in table.rows)
    assert "cannot be decoded in full" in table.notes[0]


def test_encoding_says_which_runtimes_would_have_to_be_prepared(model: Model) -> None:
    table = finish(encoding.measure(model, NO_TIME, Control()))
    by_what = {row.what: row for row in table.rows}
    photos, query = by_what["torch-fp32, photos in batches of 16"], by_what["torch-fp32, one query"]
    assert (photos.ratio, query.unit) == (1.0, "ms")
    assert all(what.startswith("torch") for what in by_what)
    assert table.seconds_per_photo == pytest.approx(1 / photos.spread.median, rel=0.5)
    assert any("openvino-int8" in note and "converted" in note for note in table.notes)


def test_encoding_compares_what_is_there_and_counts_on_what_is_in_use(model: Model) -> None:
    pytest.importorskip("openvino")
    program = (
        "import sys; from pathlib import Path; "
        "from inphotos.encoders import conversion, registry, runtimes; "
        "model = registry.resolve(sys.argv[1], Path('none')); "
        "full = conversion.convert_images(model); "
        "conversion.save(full, model, 'image', runtimes.named('openvino-fp32'))"
    )
    children.run(children.python("-c", program, model.name), Control())
    choice = converted.directory(model) / "choice.json"
    choice.write_text('{"image": "openvino-fp32"}')
    table = finish(encoding.measure(model, NO_TIME, Control()))
    rows = {row.what.partition(",")[0]: row for row in table.rows if row.unit == "photos/s"}
    assert set(rows) >= {"torch-fp32", "openvino-fp32"}
    assert rows["torch-fp32"].note == ""
    assert rows["openvino-fp32"].note == "in use"
    assert rows["openvino-fp32"].ratio is not None
    in_use = rows["openvino-fp32"].spread
    assert 1 / in_use.high <= table.seconds_per_photo <= 1 / in_use.low


def test_storing_commits_batches_as_the_indexer_does(
    few: Sample, model: Model, tmp_path: Path
) -> None:
    table = finish(storing.measure(tmp_path, few.decoded, model, NO_TIME, Control()))
    [row] = table.rows
    assert row.spread.median == pytest.approx(1 / table.seconds_per_photo, rel=0.2)
    with Library.open(tmp_path / "stored", model=model.name) as library:
        status = library.status()
        assert status.photos == status.indexed == 4 * 4 * 16
        newest = library.browse(top=1).results[0]
        assert library.thumbnails.find(f"{status.photos - 1:032x}", 256) is not None
        assert newest.path.name == f"IMG_{status.photos - 1:07}.jpg"


def test_a_search_is_compared_with_an_exact_scan(model: Model, tmp_path: Path) -> None:
    [table] = finish(searching.measure(tmp_path, None, model, 700, NO_TIME, Control()))
    assert table.title == "Searching among 700 made-up photos"
    scan, index, first, again = table.rows
    assert scan.ratio == 1.0
    assert index.ratio is not None
    assert index.more["recall@50"] > 0.9
    for row in (scan, index, first, again):
        assert row.spread.low <= row.spread.median <= row.more["p95"] <= row.spread.high


def test_the_users_library_is_asked_and_stays_as_it_is(
    model: Model, tiny_mobilenet: Path, tmp_path: Path, photos: Path
) -> None:
    directory = tmp_path / "library"
    with Library.open(directory, model=model.name) as library:
        library.add_folder(photos)
        list(library.index())
    before = contents(directory)
    found = searching.measure(tmp_path, directory, model, 10, NO_TIME, Control())
    own, _ = finish(found)
    assert own.title == "Searching among 5 photos of the library"
    assert own.rows[1].more["recall@5"] == 1.0
    other = registry.resolve(str(tiny_mobilenet), tmp_path)
    place = tmp_path / "other"
    own, made = finish(searching.measure(place, directory, other, 10, NO_TIME, Control()))
    assert own.rows == ()
    assert "no embeddings of the model" in own.notes[0]
    assert len(made.rows) == 2  # it reads no words
    assert contents(directory) == before


def contents(directory: Path) -> dict[str, bytes]:
    """Return all files of a library but those that tell who has it open."""
    passing = {"library.pid", "library.lock", "lock.mdb", "model.json.bak"}
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and path.name not in passing
    }


def test_making_photos_up_can_be_stopped(model: Model, tmp_path: Path) -> None:
    control = Control()
    with pytest.raises(CancelledError):
        for done in world.fill(tmp_path / "made", model, 5_000, control):
            assert done == 500
            control.cancel()
    database = Database(tmp_path / "made")
    assert Catalog(database).count() == 500
    database.close()


def test_memory_is_that_of_all_processes(few: Sample, model: Model, tmp_path: Path) -> None:
    table = finish(memory.measure(tmp_path, few.paths, model, Control()))
    indexing, idle = table.rows
    # A Python alone takes 10.
    assert 50 < idle.spread.median <= indexing.spread.median
    with Library.open(tmp_path / "remembered", model=model.name) as library:
        assert library.status().indexed == 5


def test_a_process_that_fails_is_told_in_a_sentence(
    tmp_path: Path, few: Sample, model: Model
) -> None:
    with pytest.raises(BenchmarkError, match=r"failed .*: out of luck"):
        children.run(children.python("-c", "raise SystemExit('out of luck')"), Control())
    with pytest.raises(BenchmarkError, match=r"failed .*There is no model nonsense"):
        finish(memory.measure(tmp_path, few.paths, replace(model, name="nonsense"), Control()))


def test_the_window_says_when_it_is_painted_and_opens_no_library(tmp_path: Path) -> None:
    words = ("-m", "inphotos.cli.first_paint", str(tmp_path / "library"))
    began = time.time()
    ended = children.run(children.python(*words), Control())
    assert began < float(ended.said) < began + ended.seconds
    assert not (tmp_path / "library").exists()


def test_a_cancelled_process_is_ended_with_those_that_it_started() -> None:
    program = (
        "import subprocess, sys, time; "
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']); "
        "print('ready', flush=True); time.sleep(600)"
    )
    with children.child(children.python("-c", program)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        started = children.tree(process.pid)
        assert len(started) == 2
    _, alive = psutil.wait_procs(started, timeout=30)
    assert alive == []
    control = Control()
    control.cancel()
    with pytest.raises(CancelledError):
        children.run(children.python("-c", "import time; time.sleep(600)"), control)
