"""What the user has chosen, kept in a file that may hold anything."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from inphotos.settings import DEFAULT_MODEL, THUMBNAIL_CACHE_BYTES, Settings, write_atomically


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    chosen = Settings(model="demo", thumbnail_cache_bytes=1 << 20)
    chosen.save(tmp_path / "settings.json")
    assert Settings.load(tmp_path / "settings.json") == chosen


@pytest.mark.parametrize("text", ["", "{not json", "[1]", "7", '"model"', "[" * 90_000])
def test_a_file_without_settings_gives_the_defaults(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text(text)
    assert Settings.load(tmp_path / "settings.json") == Settings()
    assert Settings.load(tmp_path / "none.json") == Settings()


@pytest.mark.parametrize("value", ["4 GB", True, 1.5, None, [1]])
def test_a_value_of_another_type_has_its_default_and_the_others_stay(
    tmp_path: Path, value: object
) -> None:
    stored = {"model": "demo", "thumbnail_cache_bytes": value, "of a later version": 1}
    (tmp_path / "settings.json").write_text(json.dumps(stored))
    assert Settings.load(tmp_path / "settings.json") == Settings("demo", THUMBNAIL_CACHE_BYTES)
    (tmp_path / "settings.json").write_text(json.dumps({"model": value}))
    loaded = Settings.load(tmp_path / "settings.json")
    assert loaded.model == (value if isinstance(value, str) else DEFAULT_MODEL)


@pytest.mark.skipif(os.name != "posix", reason="directories cannot be synchronised there")
@pytest.mark.parametrize("durable", [True, False])
def test_bytes_are_on_the_disk_ahead_of_the_name_and_that_ahead_of_what_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, durable: bool
) -> None:
    synchronised: list[tuple[str, bool]] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        kind = "names" if stat.S_ISDIR(os.fstat(handle).st_mode) else "bytes"
        synchronised.append((kind, (tmp_path / "file").exists()))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    write_atomically(tmp_path / "file", b"content", durable=durable)
    assert synchronised == ([("bytes", False), ("names", True)] if durable else [])
