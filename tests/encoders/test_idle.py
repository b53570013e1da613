"""Things that come and go with the demand, and the towers among them."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from inphotos.encoders import registry
from inphotos.encoders.encoder import TowerEncoder
from inphotos.encoders.idle import Kept


class Large:
    """What is kept."""


class Loader:
    """Makes them and remembers them, without keeping them."""

    def __init__(self) -> None:
        self.made: list[weakref.ref[Large]] = []

    def __call__(self) -> Large:
        large = Large()
        self.made.append(weakref.ref(large))
        return large

    @property
    def alive(self) -> int:
        return sum(made() is not None for made in self.made)


def wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("it did not happen")


def use(kept: Kept[Large]) -> None:
    with kept.lent():
        pass


def test_nothing_is_loaded_before_it_is_wanted() -> None:
    loader = Loader()
    kept = Kept(loader, 60)

    assert (kept.is_loaded, loader.made) == (False, [])


def test_it_is_loaded_once_for_all_threads() -> None:
    loader = Loader()
    kept = Kept(loader, 60)
    together = threading.Barrier(8)

    def wanted(_: int) -> Large:
        together.wait()
        with kept.lent() as large:
            return large

    with ThreadPoolExecutor(8) as pool:
        assert len(set(map(id, pool.map(wanted, range(8))))) == 1
    assert len(loader.made) == 1
    kept.drop()


def test_it_is_dropped_when_idle_and_comes_back() -> None:
    loader = Loader()
    kept = Kept(loader, 0.01)
    use(kept)

    wait_until(lambda: loader.alive == 0)
    assert not kept.is_loaded
    with kept.lent() as large:
        assert isinstance(large, Large)
    assert len(loader.made) == 2
    kept.drop()


def test_it_is_kept_as_long_as_it_is_used() -> None:
    loader = Loader()
    kept = Kept(loader, 0.01)
    with kept.lent() as outer:
        use(kept)
        time.sleep(0.05)
        kept.drop()
        with kept.lent() as inner:
            assert inner is outer
    assert len(loader.made) == 1
    del outer, inner

    wait_until(lambda: loader.alive == 0)


def test_a_use_puts_the_drop_off() -> None:
    kept = Kept(Loader(), 3600)
    use(kept)
    first = kept._timer
    use(kept)

    assert kept._timer is first  # one timer looks, however often it is used
    assert kept.is_loaded
    kept.drop()


def test_dropping_leaves_no_timer_behind() -> None:
    loader = Loader()
    kept = Kept(loader, 3600)
    before = set(threading.enumerate())
    use(kept)
    kept.drop()

    # Threads of earlier tests may end meanwhile; there is to be no new one.
    wait_until(lambda: before.issuperset(threading.enumerate()))
    assert loader.alive == 0


def test_a_timer_keeps_nothing_that_nobody_else_does() -> None:
    loader = Loader()
    kept = Kept(loader, 3600)
    before = threading.active_count()
    use(kept)
    del kept

    assert loader.alive == 0
    wait_until(lambda: threading.active_count() == before)


def test_an_error_while_loading_leaves_nothing_behind() -> None:
    def fail() -> Large:
        raise ValueError("no")

    kept = Kept(fail, 60)
    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            use(kept)
    assert not kept.is_loaded


def test_idle_towers_are_dropped_and_come_back(tiny_clip: Path) -> None:
    model = registry.resolve(str(tiny_clip), tiny_clip.parent)
    encoder = TowerEncoder(model, images_idle_seconds=0.01, texts_idle_seconds=3600)
    batch = [np.full((32, 32, 3), 100, np.uint8)]
    images, texts = encoder.encode_images(batch), encoder.encode_texts(["a cat"])

    wait_until(lambda: encoder.loaded == (False, True))
    np.testing.assert_array_equal(encoder.encode_images(batch), images)
    encoder.close()
    assert encoder.loaded[1] is False
    np.testing.assert_array_equal(encoder.encode_texts(["a cat"]), texts)
    encoder.close()
