"""What is let go of the store's file."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import psutil
import pytest

from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can let go of mapped pages")
@pytest.mark.parametrize("is_link", [False, True])
def test_what_was_read_of_the_store_is_let_go_and_can_be_read_again(
    tmp_path: Path, is_link: bool
) -> None:
    def mapped() -> int:
        return psutil.Process().memory_info().shared

    directory = tmp_path / "a library"  # the system lists mapped files with their spaces
    if is_link:
        (tmp_path / "elsewhere").mkdir()
        directory.symlink_to("elsewhere")
    database = Database(directory)
    index = EmbeddingIndex(database, "0123456789abcdef", 512)
    vectors = np.random.default_rng(1).standard_normal((1_000, 512)).astype(np.float32)
    with database.transaction():
        index.put(range(1, 1_001), vectors)
    ids, first = index.read()
    before = mapped()
    database.release_memory()
    assert before - mapped() > vectors.nbytes
    again, second = index.read()
    assert np.array_equal(ids, again)
    assert np.array_equal(first, second)
    database.close()
    database.release_memory()  # there is nothing any more, and nothing happens
