"""What runs a model is chosen by measurement, by a process of its own."""

from __future__ import annotations

import dataclasses
import os
import signal
import threading
from pathlib import Path

import numpy as np
import psutil
import pytest

from inphotos.encoders import converted, registry, runtimes, verdict
from inphotos.encoders.base import Model, normalize
from inphotos.encoders.chosen import VARIABLE, chosen
from inphotos.encoders.tuning import kept, measuring, quality, tuner
from inphotos.encoders.tuning.tuner import Tuner, is_due
from inphotos.encoders.verdict import DIFFERENT, SLOW, Candidate, Override
from inphotos.errors import CancelledError, ModelError, RuntimeUnavailableError, TuningError
from inphotos.events import Control
from inphotos.pixels import Pixels


def pictures(count: int) -> list[Pixels]:
    chance = np.random.default_rng(count)
    return list(chance.integers(0, 256, (count, 32, 32, 3), dtype=np.uint8))


def names(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


@pytest.fixture
def clip(tiny_clip: Path) -> Model:
    return registry.resolve(str(tiny_clip), tiny_clip.parent)


@pytest.fixture
def found(measured: Path, clip: Model) -> verdict.Verdict:
    stored = verdict.load(clip)
    assert stored is not None
    return stored


class TestMeasuring:
    def test_every_runtime_has_its_numbers_or_a_reason(self, found: verdict.Verdict) -> None:
        for rows in (found.images, found.texts):
            assert {row.runtime for row in rows} == {
                r.name for r in runtimes.KNOWN if runtimes.is_installed(r)
            }
            for row in rows:
                if row.passed:
                    assert row.speed > 0
                    assert row.cosine >= quality.LEAST_COSINE
                    assert row.same >= quality.LEAST_SAME
                elif row.problem == DIFFERENT:
                    assert row.cosine < quality.LEAST_COSINE or row.same < quality.LEAST_SAME
        assert (found.pictures, found.own, found.failure) == (64, True, "")

    def test_what_was_taken_passed_and_runs_from_then_on(
        self, clip: Model, found: verdict.Verdict
    ) -> None:
        for tower in ("image", "text"):
            taken = found.taken(tower)
            assert taken is not None
            assert taken.passed
        now = chosen(clip)
        assert (now.image and now.image.name, now.text and now.text.name) == (
            found.image,
            found.text,
        )
        batch = pictures(5)
        reference = runtimes.image_tower(clip, runtimes.REFERENCE)(batch)
        actual = registry.load(clip).encode_images(batch)
        assert (normalize(reference) * normalize(actual)).sum(axis=1).mean() > 0.99
        assert not is_due(clip)

    def test_only_what_was_taken_is_kept(
        self, measured: Path, clip: Model, found: verdict.Verdict
    ) -> None:
        files = set()
        for tower, name in (("image", found.image), ("text", found.text)):
            runtime = runtimes.named(name)
            assert runtime is not None
            if runtime.engine != "torch":
                files.add(converted.path(clip, tower, runtime).name)
        compiled = converted.compiled_directory(clip).name
        there = names(converted.directory(clip)) - {compiled}
        left = {name for name in there if not name.endswith(".bin")}
        assert left == files | {verdict.CHOICE}
        assert names(converted.root()) == {clip.fingerprint}

    def test_what_finds_other_photos_is_not_taken(
        self, clip: Model, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        int8 = runtimes.named("openvino-int8")
        assert int8 is not None
        monkeypatch.setattr(measuring, "candidates", lambda: (int8,))
        monkeypatch.setattr(quality, "LEAST_COSINE", 1.0 - 1e-9)
        steps: list[tuple[int, int]] = []

        result = measuring.measure(
            clip, pictures(20), own=True, report=lambda *step: steps.append(step)
        )

        (reference, image), (_, text) = result.images, result.texts
        assert (image.problem, text.problem) == (DIFFERENT, DIFFERENT)
        assert 0 < image.same <= 1
        assert (result.image, result.text) == (reference.runtime, reference.runtime)
        assert steps == [(done, 4) for done in range(5)]

    def test_among_the_quick_the_most_precise_is_taken(self) -> None:
        def row(name: str, speed: float, problem: str = "") -> Candidate:
            return Candidate(name, speed, 1.0, 1.0, problem)

        slow = row("torch-fp32", 20)
        assert measuring.best([slow, row("openvino-int8", 80)]) == "openvino-int8"
        assert measuring.best([slow, row("openvino-int8", 80, DIFFERENT)]) == "torch-fp32"
        assert measuring.best([slow, row("onnx-int8", 21)]) == "torch-fp32"
        assert measuring.best([slow, row("openvino-fp32", 19.5)]) == "openvino-fp32"
        assert (
            measuring.best([slow, row("openvino-bf16", 78), row("openvino-int8", 80)])
            == "openvino-bf16"
        )
        assert measuring.best([slow, row("torch-bf16", 90, SLOW)]) == "torch-fp32"


class TestQuality:
    def test_the_same_is_the_same_however_long_or_short(self) -> None:
        raw = np.random.default_rng(0).normal(size=(64, 16)).astype(np.float32)
        tiny = raw * np.float32(1e-35)
        assert quality.mean_cosine(raw, tiny) == pytest.approx(1.0)
        assert quality.same_neighbours(raw, tiny) == 1.0
        assert quality.same_ranking(raw[:8], tiny[:8], raw) == 1.0

    def test_noise_shows_in_proportion(self) -> None:
        chance = np.random.default_rng(0)
        raw = chance.normal(size=(64, 16)).astype(np.float32)
        shares = [
            quality.same_neighbours(raw, raw + scale * chance.normal(size=raw.shape))
            for scale in (0.01, 0.3, 30)
        ]
        assert shares[0] > 0.95 > shares[1] > shares[2]
        assert shares[2] == pytest.approx(10 / 63, abs=0.06)  # as by chance

    def test_which_of_two_copies_is_nearer_makes_no_difference(self) -> None:
        raw = np.repeat(np.eye(4, 16, dtype=np.float32), 8, axis=0)
        shuffled = raw + np.random.default_rng(0).normal(0, 1e-8, raw.shape)
        assert quality.same_neighbours(raw, shuffled.astype(np.float32)) == 1.0

    def test_what_is_no_number_is_as_far_off_as_can_be(self) -> None:
        raw = np.ones((12, 4), np.float32)
        broken = np.full_like(raw, np.nan)
        assert quality.mean_cosine(raw, broken) == 0.0
        assert quality.same_neighbours(raw, broken) == 0.0


class TestWhatElseMayHappen:
    def test_another_machine_measures_anew_and_meanwhile_runs_as_before(
        self, clip: Model, found: verdict.Verdict
    ) -> None:
        assert found.machine is not None
        other = dataclasses.replace(found.machine, processor="another one")
        dataclasses.replace(found, machine=other).save(converted.directory(clip) / verdict.CHOICE)
        assert is_due(clip)
        assert chosen(clip).image == runtimes.named(found.image)

    @pytest.mark.parametrize("content", ["", "[]", '{"image": 3, "images": [{"x": 1}, 2]}', "\0"])
    def test_a_verdict_that_is_damaged_is_none(self, clip: Model, content: str) -> None:
        directory = converted.directory(clip)
        directory.mkdir(parents=True)
        (directory / verdict.CHOICE).write_text(content)
        assert chosen(clip).image is None
        assert is_due(clip)

    def test_a_model_that_cannot_be_run_is_not_tried_again(
        self, tiny_clip: Path, tmp_path: Path, measured: Path
    ) -> None:
        weights = tmp_path / "broken"
        weights.mkdir()
        for file in tiny_clip.iterdir():
            (weights / file.name).write_bytes(file.read_bytes())
        data = (weights / "model.safetensors").read_bytes()
        (weights / "model.safetensors").write_bytes(data.replace(b"vision_model.enc", b"x" * 16))
        model = registry.resolve(str(weights), tmp_path)
        verdict.Verdict(image="torch-fp32").save(converted.directory(model) / verdict.CHOICE)

        with pytest.raises(TuningError, match=r"\(The weights .* it runs as before"):
            list(Tuner(model, pictures(12), own=True).run(Control()))

        assert not is_due(model)
        failed = verdict.load(model)
        assert failed is not None
        assert failed.failure
        assert failed.image == "torch-fp32"
        assert names(converted.directory(model)) == {verdict.CHOICE}
        assert not [name for name in names(converted.root()) if name.startswith(kept.WORKPLACE)]

    @pytest.mark.parametrize("how", ["cancelled", "killed"])
    def test_what_is_interrupted_leaves_the_old_choice_and_no_debris(
        self, how: str, measured: Path, clip: Model, found: verdict.Verdict
    ) -> None:
        control = Control()
        steps = Tuner(clip, pictures(12), own=True).run(control)
        next(steps)
        (child,) = [p for p in psutil.Process().children() if tuner.__package__ in p.cmdline()]

        if how == "cancelled":
            threading.Timer(0.1, control.cancel).start()
            with pytest.raises(CancelledError):
                list(steps)
            assert verdict.load(clip) == found
        else:
            os.kill(child.pid, signal.SIGKILL)
            with pytest.raises(TuningError):
                list(steps)
            after = verdict.load(clip)
            assert after is not None
            assert dataclasses.replace(after, failure="") == found

        assert not child.is_running()
        assert names(converted.root()) == {clip.fingerprint}

    def test_a_process_whose_parent_is_gone_ends(self, measured: Path, clip: Model) -> None:
        steps = Tuner(clip, pictures(12), own=True).run(Control())
        next(steps)
        (child,) = [p for p in psutil.Process().children() if tuner.__package__ in p.cmdline()]
        steps.close()
        assert not child.is_running()
        assert names(converted.root()) == {clip.fingerprint}

    def test_a_disk_without_room_is_left_alone(
        self, clip: Model, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # A full disk cannot be had in a test.
        monkeypatch.setattr(tuner.shutil, "disk_usage", lambda _: type("", (), {"free": 1000}))
        with pytest.raises(TuningError, match="too little room on the disk"):
            list(Tuner(clip, pictures(12), own=True).run(Control()))
        assert names(converted.root()) == {clip.fingerprint}


class TestWishes:
    def test_a_wish_goes_before_the_verdict_and_the_environment_before_both(
        self, clip: Model, found: verdict.Verdict, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        verdict.save_override(clip, Override("torch-int8", ""))
        now = chosen(clip)
        assert now.image == runtimes.named("torch-int8")
        assert now.text == runtimes.named(found.text)
        monkeypatch.setenv(VARIABLE, "torch-fp32")
        assert chosen(clip).image == chosen(clip).text == runtimes.REFERENCE
        monkeypatch.delenv(VARIABLE)
        verdict.save_override(clip, Override())
        assert chosen(clip).image == runtimes.named(found.image)

    def test_what_the_environment_demands_in_vain_is_said(
        self, clip: Model, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(VARIABLE, "abacus")
        with pytest.raises(ModelError, match="There is no runtime abacus; there are torch-fp32"):
            chosen(clip)
        monkeypatch.setenv(VARIABLE, "openvino-int8")
        with pytest.raises(ModelError, match="is not prepared for openvino-int8"):
            chosen(clip)
        monkeypatch.setattr(runtimes, "is_installed", lambda _: False)
        with pytest.raises(RuntimeUnavailableError):
            chosen(clip)


def test_files_of_models_that_are_gone_are_removed_and_others_kept(
    measured: Path, clip: Model, found: verdict.Verdict, tmp_path: Path
) -> None:
    used = kept.bytes_used()
    for name, directory in (("gone", tmp_path / "nowhere"), ("elsewhere", tmp_path)):
        found = dataclasses.replace(found, directory=str(directory))
        found.save(converted.root() / name / verdict.CHOICE)
    (converted.root() / "nobody's").mkdir()
    assert kept.bytes_used() > used
    kept.remove_unused([clip])
    assert names(converted.root()) == {clip.fingerprint, "elsewhere"}
    kept.remove_unused([])  # its directory is still where it was
    assert clip.fingerprint in names(converted.root())
