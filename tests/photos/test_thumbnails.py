"""Keeping thumbnails: found by content, whole or not at all, within a limit."""

from __future__ import annotations

import contextlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inphotos.photos.thumbnails import ThumbnailCache

DAY = 24 * 60 * 60


def digest(number: int) -> str:
    return f"{number:032x}"


def jpeg(size: int) -> bytes:
    return b"\xff\xd8\xff" + bytes(size - 5) + b"\xff\xd9"


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def set_age(path: Path, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(path, (then, then))


@pytest.fixture
def cache(tmp_path: Path) -> ThumbnailCache:
    return ThumbnailCache(tmp_path)


def test_what_is_stored_is_found_by_its_content_only(cache: ThumbnailCache) -> None:
    cache.store(digest(1), {256: jpeg(10), 512: jpeg(20)})
    assert cache.find(digest(1), 256) == cache.path(digest(1), 256)
    assert cache.path(digest(1), 256).read_bytes() == jpeg(10)
    assert cache.path(digest(1), 512).read_bytes() == jpeg(20)
    assert cache.find(digest(2), 256) is None
    assert cache.find("", 256) is None


def test_thumbnails_of_early_versions_are_found_where_they_are(
    cache: ThumbnailCache, tmp_path: Path
) -> None:
    old = tmp_path / "thumbnails" / "512" / "00" / f"{1:030x}.jpg"
    old.parent.mkdir(parents=True)
    old.write_bytes(jpeg(9))
    assert cache.find(digest(1), 512) == old
    assert cache.find(digest(1), 256) == old


def test_the_smallest_that_is_large_enough_is_taken(cache: ThumbnailCache) -> None:
    assert [cache.smallest_for(edge) for edge in (1, 256, 257, 512, 2000)] == [
        256,
        256,
        512,
        512,
        512,
    ]
    cache.store(digest(1), {256: jpeg(10)})
    assert cache.find(digest(1), 257) is None
    assert cache.find_smaller(digest(1), 257) == cache.path(digest(1), 256)
    assert cache.find_smaller(digest(1), 256) is None


def test_a_thumbnail_is_never_replaced_by_another(cache: ThumbnailCache) -> None:
    cache.store(digest(1), {256: jpeg(10)})
    cache.store(digest(1), {256: jpeg(11), 512: jpeg(20)})
    assert cache.path(digest(1), 256).read_bytes() == jpeg(10)
    assert cache.total_bytes == 30


@pytest.mark.parametrize("left", [b"", jpeg(99)[:50], jpeg(99)[:50] + bytes(49), b"\xff"])
def test_a_thumbnail_that_a_power_cut_has_damaged_is_made_again(
    cache: ThumbnailCache, left: bytes
) -> None:
    cache.store(digest(1), {256: jpeg(99)})
    cache.path(digest(1), 256).write_bytes(left)
    assert cache.find(digest(1), 256) is None
    cache.store(digest(1), {256: jpeg(99)})
    assert cache.path(digest(1), 256).read_bytes() == jpeg(99)


def test_a_store_that_fails_leaves_nothing(cache: ThumbnailCache, tmp_path: Path) -> None:
    (tmp_path / "thumbnails").write_text("in the way")
    with pytest.raises(OSError, match="thumbnails"):
        cache.store(digest(1), {256: jpeg(10)})
    assert files(tmp_path) == [tmp_path / "thumbnails"]


def test_removing_takes_both_sizes(cache: ThumbnailCache, tmp_path: Path) -> None:
    cache.store(digest(1), {256: jpeg(10), 512: jpeg(20)})
    cache.store(digest(2), {256: jpeg(7)})
    assert cache.total_bytes == 37
    cache.remove(digest(1))
    cache.remove(digest(1))
    cache.remove("")
    assert files(tmp_path) == [cache.path(digest(2), 256)]
    assert cache.total_bytes == 7


def test_the_count_of_bytes_is_that_of_the_files(tmp_path: Path) -> None:
    ThumbnailCache(tmp_path).store(digest(1), {256: jpeg(10), 512: jpeg(20)})
    later = ThumbnailCache(tmp_path)
    later.store(digest(2), {256: jpeg(5)})
    assert later.total_bytes == 35
    later.store(digest(3), {512: jpeg(8)})
    assert later.total_bytes == 43 == sum(path.stat().st_size for path in files(tmp_path))


def test_what_was_not_used_for_longest_goes_first(cache: ThumbnailCache) -> None:
    for number in range(10):
        cache.store(digest(number), {256: jpeg(100)})
        set_age(cache.path(digest(number), 256), days=20 - number)
    assert cache.find(digest(0), 256) is not None  # used now
    assert cache.evict(1000) == 0
    assert cache.evict(800) == 3
    gone = [n for n in range(10) if not cache.path(digest(n), 256).exists()]
    assert gone == [1, 2, 3]
    assert cache.total_bytes == 700


def test_of_the_same_age_the_large_ones_go_first(cache: ThumbnailCache) -> None:
    noon_before_yesterday = (time.time() // DAY - 2 + 0.5) * DAY
    for number in range(5):
        cache.store(digest(number), {256: jpeg(20), 512: jpeg(80)})
        for edge in (256, 512):
            used = noon_before_yesterday + number
            os.utime(cache.path(digest(number), edge), (used, used))
    assert cache.evict(300) == 3
    assert all(cache.path(digest(n), 256).exists() for n in range(5))
    assert [n for n in range(5) if cache.path(digest(n), 512).exists()] == [3, 4]


def test_storing_keeps_to_the_limit(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path, limit_bytes=1000)
    for number in range(40):
        cache.store(digest(number), {256: jpeg(30), 512: jpeg(70)})
        assert sum(path.stat().st_size for path in files(tmp_path)) <= 1000
    assert cache.total_bytes > 500
    assert cache.find(digest(39), 256) is not None


def test_a_lower_limit_holds_at_once(cache: ThumbnailCache) -> None:
    for number in range(10):
        cache.store(digest(number), {256: jpeg(100)})
    cache.limit(500)
    assert cache.total_bytes <= 500
    cache.store(digest(10), {256: jpeg(400)})
    assert cache.total_bytes <= 500


def test_what_a_crash_left_half_written_goes_too(cache: ThumbnailCache, tmp_path: Path) -> None:
    cache.store(digest(1), {256: jpeg(100)})
    left = cache.path(digest(1), 256).parent / ".tmp-x"
    left.write_bytes(bytes(100))
    set_age(left, days=3)
    assert cache.evict(150) == 1
    assert files(tmp_path) == [cache.path(digest(1), 256)]


def test_use_is_noted_once_a_day(cache: ThumbnailCache) -> None:
    cache.store(digest(1), {256: jpeg(10)})
    path = cache.path(digest(1), 256)
    set_age(path, days=0.5)
    before = path.stat().st_mtime_ns
    cache.find(digest(1), 256)
    assert path.stat().st_mtime_ns == before
    set_age(path, days=1.5)
    cache.find(digest(1), 256)
    assert path.stat().st_mtime_ns > before


def test_storing_finding_and_evicting_at_the_same_time(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path, limit_bytes=2000)

    def work(number: int) -> None:
        cache.store(digest(number % 50), {256: jpeg(50 + number % 50), 512: jpeg(200)})
        found = cache.find(digest(number % 50), 256)
        if found is not None:
            with contextlib.suppress(FileNotFoundError):  # evicted meanwhile
                assert found.read_bytes() in (jpeg(50 + number % 50), jpeg(200))
        if number % 7 == 0:
            cache.remove(digest(number % 50))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(400)))
    cache.evict(2000)
    assert cache.total_bytes == sum(path.stat().st_size for path in files(tmp_path)) <= 2000
