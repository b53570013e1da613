"""The comparison of ways to index: the same files for all, and ratios the right way round."""

from __future__ import annotations

from pathlib import Path

import bench_pipeline
import numpy as np
import pytest
from bench_decode import cheapest_decodes
from conftest import MakePhoto

from inphotos.events import IndexSummary
from inphotos.photos.decode import Decoded, decode
from inphotos.pixels import PixelSpec


def test_no_two_copies_are_the_same_and_all_show_the_same_picture(
    tmp_path: Path, make_photo: MakePhoto
) -> None:
    photo = make_photo(tmp_path / "a.jpg")
    folder = bench_pipeline.copies([photo], tmp_path / "many", 3)
    made = [decode(path, PixelSpec(32, (32, 32))) for path in sorted(folder.iterdir())]
    assert len({one.content for one in made}) == 3
    first, *others = (one.pixels for one in made if isinstance(one, Decoded))
    assert all(np.array_equal(first, other) for other in others)


def test_a_way_that_takes_three_times_as_long_makes_inphotos_three_times_as_fast() -> None:
    report = bench_pipeline.summary(
        {
            "inphotos": {"photos": 100, "wall": 5.0, "processor": 8.0},
            "plain": {"photos": 10, "wall": 1.5, "processor": 2.0},
            "limit": {"photos": 10, "wall": 0.4, "processor": 0.8, "decoding": 0.5},
        }
    )
    assert report["ways"]["plain"]["inphotos_is_faster_by"] == pytest.approx(3)
    assert report["ways"]["inphotos"]["photos_per_second"] == pytest.approx(20)
    assert report["ways"]["limit"]["decoding_milliseconds"] == pytest.approx(50)
    assert report["share_of_the_limit"] == pytest.approx(0.8)


def test_every_way_indexes_a_folder(tmp_path: Path, make_photo: MakePhoto, tiny_clip: Path) -> None:
    photo = make_photo(tmp_path / "a.jpg", size=(200, 150))
    folder = bench_pipeline.copies([photo], tmp_path / "few", 3)
    for name, way in bench_pipeline.WAYS.items():
        figures = way(str(tiny_clip), folder)
        assert figures["photos"] == 3, name
        assert figures["wall"] > 0, name


def test_a_run_that_finds_nothing_ends_with_its_summary() -> None:
    summary = IndexSummary("m", (), 0, 0, 0, 0, 0, 0, (), 0, (), (), (), (), 2.0)
    assert bench_pipeline.indexed(iter([summary]))["wall"] == 2.0


def test_the_cheapest_decodes_give_what_the_decoder_gives(
    tmp_path: Path, make_photo: MakePhoto
) -> None:
    spec = PixelSpec(32, (32, 32))
    photo = make_photo(tmp_path / "a.jpg", size=(1600, 1200))
    ours = decode(photo, spec)
    assert isinstance(ours, Decoded)
    assert ours.pixels is not None
    for name, way in cheapest_decodes(spec).items():
        difference = np.abs(way(photo).astype(int) - ours.pixels.astype(int))
        assert difference.mean() < 4, name
