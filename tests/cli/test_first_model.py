"""The model that a library begins with, on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hub_server import HubServer
from tiny_models import make_tiny_clip

from inphotos.cli import main
from inphotos.encoders import registry
from inphotos.settings import DEFAULT_MODEL


def run(library: Path, *words: object) -> int:
    return main(["--library", str(library), *map(str, words)])


def answer(capfd: pytest.CaptureFixture[str], library: Path, *words: object) -> Any:
    capfd.readouterr()
    run(library, "--json", *words)
    return json.loads(capfd.readouterr().out)


def test_photos_are_searchable_before_any_download(
    tmp_path: Path, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    library = tmp_path / "library"
    assert run(library, "index", photos) == 0
    told = capfd.readouterr().err
    assert "knows everyday things; the full one knows far more" in told
    assert f"inphotos models download {DEFAULT_MODEL}" in told
    assert run(library, "index") == 0
    assert "far more" not in capfd.readouterr().err  # nothing was encoded
    found = answer(capfd, library, "search", "a dog")
    assert found["model"] == "compact"
    listed = answer(capfd, library, "models", "list")
    assert [row["name"] for row in listed if row["in_use"]] == ["compact"]
    assert answer(capfd, library, "status")["model"] == "compact"


def test_a_download_says_how_to_go_over_to_it(
    tmp_path: Path,
    photos: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    library, default = tmp_path / "library", registry.known()[0]
    run(library, "index", photos)
    files = make_tiny_clip(tmp_path / "published", dimension=default.dimension)
    with HubServer(default.repo, default.revision, files) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        assert run(library, "models", "download", default.name) == 0
    assert f"inphotos models use {default.name} --when-ready" in capfd.readouterr().err
    assert answer(capfd, library, "status")["model"] == "compact"
    assert run(library, "models", "use", default.name, "--when-ready") == 0
    assert answer(capfd, library, "search", "a dog")["model"] == "compact"
    assert run(library, "index") == 0
    assert answer(capfd, library, "search", "a dog")["model"] == default.name
