"""What the indexer does while it runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from library_runs import CountingEncoder, run

from inphotos.encoders import registry
from inphotos.indexing import reading
from inphotos.library import Library
from inphotos.photos.decode import Decoded, Known


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, object]]:
    """What came out of the decoders: (path, outcome)."""
    seen: list[tuple[Path, object]] = []
    plain = reading.DecoderPool.decode_all

    def recording(self, jobs, control=None):
        for job, outcome in plain(self, jobs, control):
            seen.append((job.path, outcome))
            yield job, outcome

    monkeypatch.setattr(reading.DecoderPool, "decode_all", recording)
    return seen


@pytest.fixture
def encoder(tiny_clip: Path, monkeypatch: pytest.MonkeyPatch) -> CountingEncoder:
    """The encoder that libraries load, which remembers what it is given."""
    plain = registry.load
    counting = CountingEncoder(plain(registry.resolve(str(tiny_clip), Path("nowhere"))))

    def load(model):
        is_it = model.fingerprint == counting.model.fingerprint
        return counting if is_it else plain(model)

    monkeypatch.setattr(registry, "load", load)
    return counting


def _paths(outcomes: list[tuple[Path, object]], kind: type) -> list[Path]:
    return sorted(path for path, outcome in outcomes if isinstance(outcome, kind))


@pytest.fixture
def decoded(outcomes: list[tuple[Path, object]]):
    """Return which photos were decoded since it was last asked."""

    def _decoded() -> list[Path]:
        paths = _paths(outcomes, Decoded)
        outcomes[:] = [pair for pair in outcomes if not isinstance(pair[1], Decoded)]
        return paths

    return _decoded


@pytest.fixture
def only_read(outcomes: list[tuple[Path, object]]):
    """Return which photos were read and not decoded since it was last asked."""

    def _only_read() -> list[Path]:
        paths = _paths(outcomes, Known)
        outcomes[:] = [pair for pair in outcomes if not isinstance(pair[1], Known)]
        return paths

    return _only_read


@pytest.fixture
def known(
    library: Library,
    photos: Path,
    encoder: CountingEncoder,
    outcomes: list[tuple[Path, object]],
) -> Library:
    """A library that knows the five photos."""
    library.add_folder(photos)
    assert run(library).indexed == 5
    encoder.given.clear()
    outcomes.clear()
    return library
