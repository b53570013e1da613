"""How scores are read in one library: lines drawn by its photos, kept, and moved by the user."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from inphotos.encoders import registry
from inphotos.encoders.base import Encoder, Model, Thresholds, normalize
from inphotos.errors import CancelledError
from inphotos.events import Control, Progress
from inphotos.library import Library
from inphotos.photos.decoder_service import DecoderService
from inphotos.search.calibration import (
    LEAST_PHOTOS,
    Calibration,
    everyday_captions,
    read_lines,
    separating,
)
from inphotos.search.query import Example

PRIOR = Thresholds(strong=0.3, maybe=0.2, same_kind=0.7)
DEMO = Path(__file__).parents[2] / "inphotos" / "data" / "demo"


@pytest.fixture
def decoders() -> Iterator[DecoderService]:
    service = DecoderService()
    yield service
    service.close()


@pytest.fixture
def tiny(tiny_clip: Path, tmp_path: Path) -> Model:
    return registry.resolve(str(tiny_clip), tmp_path)


@pytest.fixture
def tiny_encoder(tiny: Model) -> Encoder:
    return registry.load(tiny)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of two of the bundled pictures of each scene, indexed with the demo model."""
    directory = tmp_path_factory.mktemp("drawn")
    chosen: dict[str, int] = {}
    rows = json.loads((DEMO / "pictures" / "captions.json").read_text(encoding="utf-8"))
    (directory / "photos").mkdir()
    for row in rows:
        if row["scene"] in ("dog", "castle", "volcano"):
            continue
        chosen[row["scene"]] = chosen.get(row["scene"], 0) + 1
        if chosen[row["scene"]] <= 2:
            shutil.copy(DEMO / "pictures" / row["file"], directory / "photos")
    with Library.open(directory / "library", model="demo") as library:
        library.add_folder(directory / "photos")
        for _ in library.index():
            pass
        yield library


def scores(seed: int, count: int, *, mean: float = 0.3) -> np.ndarray:
    return np.random.default_rng(seed).normal(mean, 0.02, count).astype(np.float32)


def test_lines_lie_where_the_photos_answer_to_their_best_captions() -> None:
    dim = read_lines(scores(1, 2000, mean=0.2), 2000, PRIOR).thresholds
    bright = read_lines(scores(1, 2000, mean=0.4), 2000, PRIOR).thresholds
    assert dim.maybe < dim.strong < bright.maybe < bright.strong
    assert bright.maybe == pytest.approx(0.4 - 0.02, abs=0.01)
    assert bright.same_kind == PRIOR.same_kind


def test_the_fewer_photos_the_more_counts_what_is_known_of_the_model() -> None:
    away = [
        abs(read_lines(scores(2, count, mean=0.5), count, PRIOR).thresholds.maybe - PRIOR.maybe)
        for count in (5, 50, 500)
    ]
    assert away == sorted(away)
    assert away[0] < 0.06


def test_more_photos_have_to_score_higher() -> None:
    best = scores(3, 2000)
    lines = [read_lines(best, total, PRIOR).thresholds.maybe for total in (100, 10_000, 1_000_000)]
    assert lines == sorted(lines)
    assert lines[0] < lines[-1]


def test_photos_that_a_model_does_not_know_do_not_pull_a_measured_line_down() -> None:
    measured = replace(PRIOR, measured=True)
    low = read_lines(scores(7, 2000, mean=0.02), 2000, measured).thresholds
    assert low.maybe == pytest.approx(0.15)
    assert low.strong == pytest.approx(0.2)
    assert read_lines(scores(7, 2000, mean=0.02), 2000, PRIOR).thresholds.strong < 0.1


def test_strictness_moves_all_lines_and_at_most_to_the_same_picture() -> None:
    reading = read_lines(scores(4, 500), 500, PRIOR)
    lenient, strict = reading.moved(-1, -1), reading.moved(1, 1)
    assert reading.moved(0, 0) == reading.thresholds
    assert lenient.maybe < reading.thresholds.maybe < strict.maybe
    assert lenient.strong < reading.thresholds.strong < strict.strong
    assert lenient.same_kind < reading.thresholds.same_kind < strict.same_kind == 1.0


def test_few_pairs_of_different_scenes_pass_for_one_kind() -> None:
    chance = np.random.default_rng(5)
    centres = normalize(chance.standard_normal((20, 32)).astype(np.float32))
    noise = 0.1 * chance.standard_normal((200, 32)).astype(np.float32)
    scenes = [str(at % 20) for at in range(200)]
    vectors = normalize(np.repeat(centres[None], 10, axis=0).reshape(200, 32) + noise)
    threshold = separating(vectors, scenes)
    likeness = vectors @ vectors.T
    different = np.array(scenes)[:, None] != np.array(scenes)[None, :]
    assert (likeness[different] > threshold).mean() == pytest.approx(0.01, abs=0.003)


def test_what_is_derived_is_kept(
    tiny: Model, tiny_encoder: Encoder, decoders: DecoderService, tmp_path: Path
) -> None:
    directory = tmp_path / "calibration"
    first = Calibration(tiny, directory)
    assert not first.is_derived
    events = list(first.derive(lambda: tiny_encoder, decoders, Control()))
    assert all(isinstance(event, Progress) for event in events)
    assert events[-1].done == events[-1].total
    again = Calibration(tiny, directory)
    assert again.is_derived
    photos = normalize(np.random.default_rng(6).standard_normal((60, 16)).astype(np.float32))
    sample = _sampling(photos)
    assert again.reading(60, sample) == first.reading(60, sample)
    assert again.reading(60, sample).thresholds.same_kind != tiny.thresholds.same_kind


@pytest.mark.parametrize("damage", ["cut", "other", "objects"])
def test_a_damaged_file_is_derived_anew(
    tiny: Model, tiny_encoder: Encoder, decoders: DecoderService, tmp_path: Path, damage: str
) -> None:
    directory = tmp_path / "calibration"
    for _ in Calibration(tiny, directory).derive(lambda: tiny_encoder, decoders, Control()):
        pass
    (file,) = directory.iterdir()
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:1000])
    elif damage == "other":
        file.write_bytes(b"not an archive")
    else:
        with file.open("wb") as stream:
            np.savez(stream, captions=np.array([{}]), same_kind=np.array(0.5), version=np.array(""))
    assert not Calibration(tiny, directory).is_derived


def test_cancelled_it_keeps_nothing(
    tiny: Model, tiny_encoder: Encoder, decoders: DecoderService, tmp_path: Path
) -> None:
    calibration, control = Calibration(tiny, tmp_path / "calibration"), Control()
    steps = calibration.derive(lambda: tiny_encoder, decoders, control)
    next(steps)
    control.cancel()
    with pytest.raises(CancelledError):
        list(steps)
    assert not calibration.is_derived
    assert not (tmp_path / "calibration").exists()


def test_with_few_photos_the_model_is_read_as_it_says(tiny: Model, tmp_path: Path) -> None:
    def sample(count: int) -> np.ndarray:
        raise AssertionError("too few to look at")

    reading = Calibration(tiny, tmp_path).reading(LEAST_PHOTOS - 1, sample)
    assert reading.thresholds == tiny.thresholds


def test_a_reading_holds_until_the_library_has_changed_by_a_tenth(
    tiny: Model, tiny_encoder: Encoder, decoders: DecoderService, tmp_path: Path
) -> None:
    calibration = Calibration(tiny, tmp_path / "calibration")
    for _ in calibration.derive(lambda: tiny_encoder, decoders, Control()):
        pass
    asked: list[int] = []

    def sample(count: int) -> np.ndarray:
        asked.append(count)
        return normalize(np.random.default_rng(count).standard_normal((count, 16)).astype("f4"))

    first = calibration.reading(100, sample)
    assert calibration.reading(109, sample) is first
    assert calibration.reading(112, sample) is not first
    assert asked == [100, 112]


def test_a_model_of_photos_only_with_a_measured_threshold_needs_nothing(
    tiny_mobilenet: Path, tmp_path: Path
) -> None:
    model = registry.resolve(str(tiny_mobilenet), tmp_path)
    calibration = Calibration(model, tmp_path / "calibration")
    assert calibration.is_derived
    assert calibration.reading(1000, _sampling(np.zeros((0, 16)))).thresholds == model.thresholds


def test_captions_are_many_different_and_short() -> None:
    captions = everyday_captions()
    assert len(captions) == len(set(captions)) > 250
    assert all(caption == caption.strip() and len(caption) < 60 for caption in captions)


@pytest.mark.parametrize(
    "query", ["a cat", "sunset over the sea", "snowy mountains", "pumpkins", "hot air balloons"]
)
def test_a_query_that_has_a_photo_is_not_told_that_it_has_none(drawn: Library, query: str) -> None:
    results = drawn.search(query)
    assert results.verdict in ("strong", "maybe")
    assert results.results[0].match == results.verdict


@pytest.mark.parametrize(
    "query", ["a dog", "castle", "an erupting volcano", "wedding dress", "tax return", "asdf jkl"]
)
def test_a_query_without_a_photo_is_told_so_and_gets_the_closest(
    drawn: Library, query: str
) -> None:
    results = drawn.search(query)
    assert results.verdict == "none"
    assert len(results.results) == 20
    assert {result.match for result in results.results} == {"none"}


def test_the_verdict_is_the_same_on_every_page_and_in_every_order(drawn: Library) -> None:
    first = drawn.search("a cat", top=5)
    assert drawn.search("a cat", top=5, offset=50).verdict == first.verdict != "none"
    assert drawn.search("a cat", top=5, sort="name").verdict == first.verdict
    assert drawn.search("name:*", top=5).verdict is None


def test_strictness_is_kept_and_decides(drawn: Library) -> None:
    assert drawn.search("a cat").verdict == "strong"
    drawn.choices.set_strictness("words", 1.0)
    try:
        assert drawn.search("a cat").verdict == "none"
        with_more = drawn.search("a cat").lines
    finally:
        drawn.choices.set_strictness("words", 0.0)
    assert with_more is not None
    assert with_more.maybe > drawn.search("a cat").lines.maybe  # type: ignore[union-attr]
    assert json.loads((drawn.directory / "settings.json").read_text())["strictness_for_words"] == 0


def test_strictness_of_photos_moves_what_is_the_same_kind(drawn: Library, tmp_path: Path) -> None:
    first, second = (DEMO / "pictures" / f"cat-0{n}.jpg" for n in (1, 2))
    usual = drawn.distance(first, second)
    drawn.choices.set_strictness("photos", 1.0, remember=False)
    try:
        strict = drawn.distance(first, second)
        alike = drawn.similar(first)
    finally:
        drawn.choices.set_strictness("photos", 0.0, remember=False)
    assert usual.match
    assert not strict.match
    assert strict.same_kind == 1.0
    assert alike.lines is not None
    assert alike.lines.maybe == alike.lines.strong == 1.0


def test_strictness_changes_no_order(drawn: Library) -> None:
    example = (Example(DEMO / "pictures" / "sunset-over-the-sea-05.jpg"),)
    usual = drawn.search("sunset over the sea", examples=example, top=99).results
    drawn.choices.set_strictness("words", 1.0, remember=False)
    drawn.choices.set_strictness("photos", -1.0, remember=False)
    try:
        strict = drawn.search("sunset over the sea", examples=example, top=99).results
    finally:
        drawn.choices.set_strictness("words", 0.0, remember=False)
        drawn.choices.set_strictness("photos", 0.0, remember=False)
    assert [(r.photo_id, r.score) for r in strict] == [(r.photo_id, r.score) for r in usual]
    assert [r.match for r in strict] != [r.match for r in usual]


def _sampling(photos: np.ndarray) -> Callable[[int], np.ndarray]:
    return lambda count: photos[:count]
