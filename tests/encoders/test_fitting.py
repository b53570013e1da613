"""Batches that do not fit a device's memory."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
import torch

from inphotos.encoders.runtimes.fitting import Fitting
from inphotos.encoders.runtimes.torch_runtime import _is_full

Array = npt.NDArray[np.float32]


class Device:
    """A network on a device with room for some items at once.

    Attributes:
        tried: the sizes of the batches that it was asked to run.
        freed: how often what it keeps was given back.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self.tried: list[int] = []
        self.freed = 0

    def run(self, batch: Array) -> Array:
        self.tried.append(len(batch))
        if len(batch) > self.room:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return batch * 2

    def free(self) -> None:
        self.freed += 1


class Processor:
    """The same network where there is memory for everything."""

    def __init__(self) -> None:
        self.loaded = 0
        self.tried: list[int] = []

    def load(self) -> Processor:
        self.loaded += 1
        return self

    def __call__(self, batch: Array) -> Array:
        self.tried.append(len(batch))
        return batch * 2


def fitting(device: Device, processor: Processor) -> Fitting:
    return Fitting(device.run, is_full=_is_full, free=device.free, elsewhere=processor.load)


def batch(count: int) -> Array:
    return np.arange(count * 3, dtype=np.float32).reshape(count, 3)


def test_what_fits_is_run_at_once() -> None:
    device = Device(room=16)
    run = fitting(device, Processor())

    np.testing.assert_array_equal(run(batch(16)), batch(16) * 2)
    assert (device.tried, device.freed, run.largest) == ([16], 0, None)


def test_a_batch_that_does_not_fit_is_halved_until_it_does() -> None:
    device = Device(room=5)
    run = fitting(device, Processor())

    np.testing.assert_array_equal(run(batch(16)), batch(16) * 2)
    assert device.tried == [16, 8, 4, 4, 4, 4]
    assert device.freed == 2


def test_later_batches_begin_with_the_size_that_fitted() -> None:
    device = Device(room=5)
    run = fitting(device, Processor())
    run(batch(16))
    device.tried.clear()

    np.testing.assert_array_equal(run(batch(10)), batch(10) * 2)
    assert device.tried == [4, 4, 2]


def test_memory_that_becomes_short_halves_the_rest_of_the_batch() -> None:
    device = Device(room=8)
    run = fitting(device, Processor())
    run(batch(16))
    device.room = 3
    device.tried.clear()

    np.testing.assert_array_equal(run(batch(6)), batch(6) * 2)
    assert device.tried == [6, 3, 3]


def test_a_device_without_room_for_one_is_given_up_for_good() -> None:
    device, processor = Device(room=0), Processor()
    run = fitting(device, processor)

    np.testing.assert_array_equal(run(batch(4)), batch(4) * 2)
    assert run.given_up
    assert device.tried == [4, 2, 1]
    np.testing.assert_array_equal(run(batch(9)), batch(9) * 2)
    assert (processor.tried, processor.loaded, len(device.tried)) == ([4, 9], 1, 3)


def test_apple_says_it_in_words() -> None:
    assert _is_full(RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)"))


def test_other_errors_are_passed_on() -> None:
    def broken(batch: Array) -> Array:
        raise RuntimeError("CUDA error: device-side assert triggered")

    processor = Processor()
    run = Fitting(broken, is_full=_is_full, free=lambda: None, elsewhere=processor.load)

    with pytest.raises(RuntimeError, match="device-side"):
        run(batch(4))
    assert processor.loaded == 0
