"""What runs a library's model: as it was measured on this machine, or as the user wants it."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from inphotos.encoders import converted, registry, runtimes, verdict
from inphotos.encoders.base import Encoder, Model
from inphotos.encoders.chosen import VARIABLE, Chosen, chosen, usable
from inphotos.encoders.runtimes import REFERENCE
from inphotos.encoders.specs import DEMO
from inphotos.encoders.tuning import kept
from inphotos.encoders.tuning.tuner import CHECKED, RANGES, Tuner, is_due
from inphotos.encoders.verdict import DIFFERENT, SLOW, Override, Verdict
from inphotos.errors import (
    CancelledError,
    InPhotosError,
    RuntimeUnavailableError,
    TuningError,
)
from inphotos.events import Control, Progress
from inphotos.manners import is_lowered, lower_thread_priority
from inphotos.photos.decoded import Decoded
from inphotos.photos.decoder_service import DecoderService
from inphotos.pixels import Pixels
from inphotos.settings import models_directory

if TYPE_CHECKING:
    from inphotos.library.tuned_encoder import TunedEncoder

#: With fewer photos to encode nothing is measured, nor where encoding all of them takes less time:
#: measuring would take longer than it saves.
LEAST_PHOTOS: Final = 200
LEAST_SECONDS: Final = 10.0

#: Photos that follow one another are often of one scene, so not each is taken to judge by.
_LONGEST_STRIDE: Final = 4

_WANTED: Final = CHECKED + RANGES

Item = TypeVar("Item")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RuntimeState:
    """How a model is run.

    Attributes:
        chosen: what runs its towers; None in it stands for torch on the best device.
        override: what the user wants in any case.
        verdict: what was measured, None where nothing was.
        demanded: the environment says what runs it.
        measuring: measuring goes on in the background now.
    """

    chosen: Chosen
    override: Override
    verdict: Verdict | None
    demanded: bool
    measuring: bool


class ModelRuntimes:
    """The encoder of one model, and the ways of running it. May be used by any thread.

    While photos are indexed for which nothing was measured yet, that is done beside it, on some of
    them, and the encoder is exchanged as soon as there is a verdict.
    """

    def __init__(
        self, model: Model, decoders: DecoderService, photos: Callable[[int], Sequence[Path]]
    ) -> None:
        """Prepare; nothing is loaded or measured yet.

        Args:
            model: what is run.
            decoders: decodes photos to judge by.
            photos: gives the paths of at most so many of the user's photos, evenly chosen.
        """
        self._model = model
        self._decoders = decoders
        self._photos = photos
        self._made: TunedEncoder | None = None
        self._making = threading.Lock()
        self._collecting = threading.Lock()
        self._expected = self._encoded = 0
        self._seconds = 0.0
        self._sample: dict[bytes, Pixels] | None = {}
        self._control = Control()
        self._thread: threading.Thread | None = None

    @property
    def encoder(self) -> Encoder:
        """Runs the model, always as was chosen last."""
        with self._making:
            if self._made is None:
                # Here, since it needs libraries that showing photos does not.
                from inphotos.library.tuned_encoder import TunedEncoder

                self._made = TunedEncoder(self._model, self._on_encoded)
            return self._made

    def state(self) -> RuntimeState:
        """Return how the model is run.

        Raises:
            ModelError: the environment demands what cannot be used.
        """
        thread = self._thread
        return state_of(self._model, measuring=thread is not None and thread.is_alive())

    def expect(self, photos: int) -> None:
        """Take note of how many photos there are to be read in this run."""
        self._expected = photos

    def tune(self, control: Control, wanted: str | None = None) -> Iterator[Progress]:
        """Measure now, and run the model as that says from now on.

        Args:
            control: lets the user cancel.
            wanted: a runtime that is to run it in any case, even one that does not find the same
                photos; "" for the one that is found to be quickest; None for what was wanted
                before.

        Raises:
            CancelledError: by way of ``control``; nothing has changed then.
            ModelError: the runtime that is wanted cannot run here, or nothing could be measured.
        """
        runtime = runtimes.installed(wanted) if wanted else None
        self._stop()
        yield Progress("tuning", 0)
        pictures, own = self._pictures(control)
        yield from Tuner(self._model, pictures, own=own, wanted=runtime).run(control)
        if wanted is None:
            self._exchange()
        else:
            self._prefer(wanted)

    def prefer(self, wanted: str, control: Control) -> Iterator[Progress]:
        """Run the model by a runtime from now on; it is measured where that was not done yet.

        The arguments and errors are those of :meth:`tune`.
        """
        if wanted and (usable(self._model, "image", wanted) is None or not self._runs(wanted)):
            yield from self.tune(control, wanted)
        else:
            self._prefer(wanted)

    def stop(self) -> None:
        """End what goes on in the background soon; may be called by any thread."""
        self._control.cancel()

    def wait(self) -> None:
        """Wait for what goes on in the background."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def close(self) -> None:
        """End what goes on in the background, wait for it, and give the model's memory back."""
        self._sample = None
        self._stop()
        if self._made is not None:
            self._made.close()

    def _exchange(self) -> None:
        with self._making:
            made = self._made
        if made is not None:
            made.exchange()

    def _prefer(self, wanted: str) -> None:
        override = Override()
        if wanted:
            towers: tuple[converted.Tower, ...] = ("image", "text")
            names = [wanted if usable(self._model, t, wanted) else "" for t in towers]
            override = Override(names[0], names[1] if self._model.has_text else "")
            if not override.image or not self._runs(wanted):
                kept.tidy(self._model)
                raise RuntimeUnavailableError(wanted)
        try:
            verdict.save_override(self._model, override)
        except OSError as error:
            raise TuningError(self._model.name, error.strerror or str(error)) from error
        kept.tidy(self._model)
        self._exchange()

    def _runs(self, name: str) -> bool:
        """Tell whether a runtime is known to run here."""
        found = verdict.load(self._model) or Verdict()
        return name == REFERENCE.name or any(
            c.runtime == name and c.problem in ("", DIFFERENT, SLOW) for c in found.images
        )

    def _pictures(self, control: Control) -> tuple[list[Pixels], bool]:
        """Return pictures to judge by, and whether they are the user's."""
        pictures = self._decoded(self._photos(_WANTED), control)
        own = len(pictures) >= CHECKED
        if not own:
            pictures = self._decoded(evenly(_bundled(), _WANTED), control)
        if len(pictures) < CHECKED:
            raise TuningError(self._model.name, "there are too few pictures to compare by")
        return pictures, own

    def _decoded(self, paths: Sequence[Path], control: Control) -> list[Pixels]:
        pictures: dict[bytes, Pixels] = {}
        for path in paths:
            control.checkpoint()
            outcome = self._decoders.decode(path, self._model.pixels)
            if isinstance(outcome, Decoded) and outcome.pixels is not None:
                pictures.setdefault(outcome.pixels.tobytes(), outcome.pixels)
        return list(pictures.values())

    # In the background

    def _on_encoded(self, batch: Sequence[Pixels], seconds: float) -> None:
        """Collect pictures of those that are indexed, and begin to measure once they suffice."""
        with self._collecting:
            sample = self._sample
            if sample is None or self._expected < LEAST_PHOTOS:
                return
            if not self._encoded and not self._is_wanted():
                self._sample = None
                return
            self._collect(batch, sample)
            self._seconds += seconds
            if len(sample) < _WANTED:
                return
            self._sample = None
            if self._seconds / self._encoded * self._expected < LEAST_SECONDS:
                return
            self._control = Control()
            self._thread = threading.Thread(
                target=self._measure, args=(list(sample.values()), is_lowered()), daemon=True
            )
            self._thread.start()

    def _collect(self, batch: Sequence[Pixels], sample: dict[bytes, Pixels]) -> None:
        stride = max(1, min(_LONGEST_STRIDE, self._expected // _WANTED))
        for at, picture in enumerate(batch, self._encoded):
            if at % stride == 0 and len(sample) < _WANTED:
                # A copy: the array may be part of memory that is used again.
                sample.setdefault(picture.tobytes(), picture.copy())
        self._encoded += len(batch)

    def _is_wanted(self) -> bool:
        """Tell whether nobody knows yet what runs the model best."""
        demanded = os.environ.get(VARIABLE) or verdict.load_override(self._model) != Override()
        return not demanded and is_due(self._model)

    def _measure(self, pictures: list[Pixels], background: bool) -> None:
        if background:
            lower_thread_priority()
        tuner = Tuner(self._model, pictures, own=True, background=background)
        try:
            for _ in tuner.run(self._control):
                pass
        except CancelledError:
            return
        except InPhotosError as error:
            _log.warning("%s", error)
            return
        self._exchange()

    def _stop(self) -> None:
        self.stop()
        self.wait()


def state_of(model: Model, *, measuring: bool = False) -> RuntimeState:
    """Return how a model is run.

    Raises:
        ModelError: the environment demands what cannot be used.
    """
    return RuntimeState(
        chosen(model),
        verdict.load_override(model),
        verdict.load(model),
        bool(os.environ.get(VARIABLE)),
        measuring,
    )


def remove_unused() -> None:
    """Delete converted files of models that are not on this machine any more."""
    kept.remove_unused(registry.installed(models_directory()))


def _bundled() -> list[Path]:
    pictures = registry.bundled_directory(DEMO).parent / "pictures"
    return sorted(pictures.glob("*.jpg"))


def evenly(items: Sequence[Item], count: int) -> list[Item]:
    """Return at most so many of the items, evenly chosen."""
    if len(items) <= count:
        return list(items)
    return [items[at * len(items) // count] for at in range(count)]
