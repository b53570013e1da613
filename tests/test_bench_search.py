"""The script that measures the search."""

from __future__ import annotations

import re
from pathlib import Path

import bench_search
import drawn_library
import numpy as np
import pytest


def test_measures_the_search_whole_queries_and_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--photos", "300", "--dimension", "16", "--queries", "3", "--rest", "0"]
    arguments += ["--library", str(tmp_path / "library")]
    assert bench_search.main(arguments) == 0
    said = capsys.readouterr().out
    recalls = dict(re.findall(r"^  (\S.*?) +recall@50 (\S+),", said, re.MULTILINE))
    assert recalls.keys() == {"numpy", "rounded", *(f"graph {n}" for n in bench_search.WIDTHS)}
    wider_than_the_library = f"graph {bench_search.WIDTHS[-1]}"
    assert [recalls[way] for way in ("numpy", "rounded", wider_than_the_library)] == ["1.0000"] * 3
    for name in ("no filter", *bench_search.FILTERS, "the same again", "after each writing"):
        assert re.search(rf"^  {re.escape(name)} +p50 .* p95 ", said, re.MULTILINE), name
    for sort, group in bench_search.ORDERS:
        assert re.search(rf"^  {sort} +by {group} +p50 ", said, re.MULTILINE)
    assert re.search(r"^  at rest +\d+ MiB resident", said, re.MULTILINE)
    assert bench_search.main(arguments) == 0  # on the library that is there now
    assert "storing, 300" not in capsys.readouterr().err


@pytest.mark.parametrize("shape", drawn_library.SHAPES)
def test_the_drawn_vectors_lie_as_those_of_a_model_do(shape: drawn_library.Shape) -> None:
    world = drawn_library.World(64, shape)
    photos, words = world.photos(600), world.words(200)
    assert photos.shape == (600, 64)
    np.testing.assert_allclose(np.linalg.norm(photos, axis=1), 1, atol=1e-5)
    between = (photos @ photos.T)[np.triu_indices(600, 1)]
    assert 0.35 < np.median(between) < 0.6
    assert (words @ photos.T).max(axis=1).mean() < np.median(between) + 0.1
    same = drawn_library.World(64, shape).photos(600)
    np.testing.assert_array_equal(photos, same)
