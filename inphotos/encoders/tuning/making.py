"""Makes what a runtime reads, as far as it reads anything but a model's own files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from inphotos.encoders import conversion, converted
from inphotos.encoders.base import Model
from inphotos.encoders.runtimes import Runtime
from inphotos.pixels import Pixels


class Making:
    """Converts one model, tower by tower; what several runtimes need is made once."""

    def __init__(self, model: Model, samples: Sequence[Pixels]) -> None:
        """Prepare.

        Args:
            model: what is converted.
            samples: pictures that the ranges of numbers are taken from.
        """
        self._model = model
        self._samples = samples

    def attempts(self, tower: converted.Tower, runtime: Runtime) -> Iterator[Callable[[], None]]:
        """Yield ways of making what a runtime reads of a tower, the quicker to run first.

        The next is for where the embeddings that came of the last were not close enough. A runtime
        that reads the model's own files has one way, which does nothing.
        """
        if runtime.engine == "torch":
            yield _nothing
        elif runtime.engine == "onnx":
            yield lambda: self._make_onnx(tower, runtime)
        elif runtime.precision != "int8":
            yield lambda: self._save_full(tower, runtime)
        elif tower == "text":
            yield lambda: self._save(conversion.compress_texts(self._full_text), tower, runtime)
        else:
            yield lambda: self._save_quantised(runtime, smooth=False)
            yield lambda: self._save_quantised(runtime, smooth=True)

    def forget(self) -> None:
        """Give back the memory of what several runtimes need."""
        self.__dict__.pop("_full_image", None)

    def _make_onnx(self, tower: converted.Tower, runtime: Runtime) -> None:
        from inphotos.encoders import onnx_conversion  # an extra, unlike OpenVINO

        onnx_conversion.make(self._model, tower, runtime)

    @cached_property
    def _full_image(self) -> Any:
        return conversion.convert_images(self._model)

    @property
    def _full_text(self) -> Any:
        # Not kept: compressing works in place.
        return conversion.convert_texts(self._model)

    def _save_full(self, tower: converted.Tower, runtime: Runtime) -> None:
        if not converted.is_there(self._model, tower, runtime):  # two runtimes read it
            full = self._full_image if tower == "image" else self._full_text
            self._save(full, tower, runtime)

    def _save_quantised(self, runtime: Runtime, *, smooth: bool) -> None:
        made = conversion.quantise_images(self._full_image, self._samples, smooth=smooth)
        self._save(made, "image", runtime)

    def _save(self, made: Any, tower: converted.Tower, runtime: Runtime) -> None:
        conversion.save(made, self._model, tower, runtime)


def _nothing() -> None:
    return
