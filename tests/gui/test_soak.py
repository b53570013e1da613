"""The script that uses the window for an hour, used for seconds; and how it tells what grows."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import soak
from gui.helpers import OpenWindow, until_idle, until_watching
from pytestqt.qtbot import QtBot
from soaking import user
from soaking.album import Album
from soaking.counting import MEASURES
from soaking.trends import Measure, trend

CACHES = Measure("caches", slack=10, per_hour=4)


def test_what_fills_at_first_and_what_comes_and_goes_does_not_grow() -> None:
    minutes = [60.0 * n for n in range(61)]
    chance = random.Random(1)
    filling = [min(n, 20) * 50 + chance.uniform(-8, 8) for n in range(61)]
    filling[45] += 400  # a moment at which a lot went on
    found = trend(CACHES, minutes, filling)
    assert not found.grows
    assert found.most > 1300
    assert found.allowed == 12


def test_what_becomes_a_little_more_each_minute_grows() -> None:
    minutes = [60.0 * n for n in range(61)]
    chance = random.Random(1)
    leaking = [200 + 0.5 * n + chance.uniform(-4, 4) for n in range(61)]
    found = trend(CACHES, minutes, leaking)
    assert found.grows
    assert found.per_hour == pytest.approx(30, abs=5)


def test_an_album_stays_as_large_as_it_was(tmp_path: Path) -> None:
    album = Album(tmp_path / "photos", 20, random.Random(1))
    contents: set[bytes] = set()
    for _ in range(60):
        album.change()
        photos = list(album.folder.rglob("*.jpg"))
        assert 17 <= len(photos) <= 23
        contents.update(photo.read_bytes()[-16:] for photo in photos)
    assert album.done.total() == 60
    assert set(album.done) == {"added", "changed", "moved", "deleted"}
    assert len(contents) == 20 + album.done["added"] + album.done["changed"]
    assert not list(album.folder.rglob("*.part"))


def test_the_window_is_used_in_every_way_and_counted(
    qtbot: QtBot,
    open_window: OpenWindow,
    tmp_path: Path,
    tiny_clip: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(user, "STEP_MS", 5)
    chance = random.Random(1)
    album = Album(tmp_path / "photos", 20, chance)
    window = open_window(model=str(tiny_clip), folders=[album.folder])
    until_idle(qtbot, window, photos=len(list(album.folder.rglob("*.jpg"))))
    until_watching(qtbot, window, album.folder)
    samples, busy = soak.soak(
        window,
        album,
        chance,
        seconds=8,
        library=tmp_path / "library",
        temporary=tmp_path / "temporary",
    )
    trends = soak.judge(samples)
    soak.report(samples, trends, busy, album)
    assert samples[-1].seconds >= 8
    assert len(busy.acts) >= 3
    values = dict(zip((it.name for it in MEASURES), samples[-1].values, strict=True))
    for name in ("memory but for pictures, MB", "threads", "library, MB", "widgets", "Qt objects"):
        assert values[name] > 1
    told = capsys.readouterr().out
    assert all(measure.name in told for measure in MEASURES)
    # What is gross shows even in seconds: what is opened again and again is closed again, too.
    first, last = (
        dict(zip((it.name for it in MEASURES), s.values, strict=True))
        for s in (
            samples[0],
            samples[-1],
        )
    )
    assert last["threads"] <= first["threads"] + 20
    assert last["open files"] <= first["open files"] + 60
