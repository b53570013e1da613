"""Fetching a model from a hub that works, and from one that does not."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hub_server import HubServer

from inphotos.encoders import download as download_module
from inphotos.encoders import registry, web
from inphotos.encoders.download import download
from inphotos.encoders.registry import ModelSpec
from inphotos.errors import CancelledError, DownloadError
from inphotos.events import Control, Progress

NAME = "clip-vit-b-32-openai"
WEIGHTS = "model.safetensors"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download_module, "_RETRY_SECONDS", 0.05)


@pytest.fixture
def spec() -> ModelSpec:
    (found,) = [spec for spec in registry.known() if spec.name == NAME]
    return found


def fetch(spec: ModelSpec, models_directory: Path, hub: HubServer) -> list[Progress]:
    return list(download(spec, models_directory, Control(), hub.url))


def fetch_until(
    steps: Iterator[Progress], done: int, then: Callable[[], None]
) -> Iterator[Progress]:
    """Pass the steps on and do something, once, when so many bytes have arrived."""
    for progress in steps:
        if progress.done >= done:
            then()
            break
        yield progress
    yield from steps


def fetch_and_cancel(
    spec: ModelSpec, models_directory: Path, hub: HubServer, after_bytes: int
) -> None:
    """Cancel once so much has arrived, and see the download end by that."""
    control = Control()
    steps = download(spec, models_directory, control, hub.url)
    with pytest.raises(CancelledError):
        list(fetch_until(steps, after_bytes, control.cancel))


def test_fetches_a_model_that_can_be_used(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    fetch(spec, models_directory, hub)

    model = registry.resolve(NAME, models_directory)
    assert model.dimension == 16
    assert registry.verify(NAME, models_directory) == []
    assert NAME in [model.name for model in registry.installed(models_directory)]


def test_leaves_nothing_partial_behind(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    fetch(spec, models_directory, hub)

    assert [path.name for path in models_directory.iterdir() if path.is_dir()] == [NAME]


def test_progress_rises_to_the_total(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.block_seconds = 0.01

    steps = fetch(spec, models_directory, hub)

    counts = [step.done for step in steps]
    assert counts == sorted(counts)
    assert len(set(counts)) > 3
    assert steps[-1].done == steps[-1].total == hub.size
    assert all(step.phase == "downloading" for step in steps)
    assert any(step.rate > 0 and step.seconds_left for step in steps)


def test_the_manifest_names_the_revision(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    fetch(spec, models_directory, hub)

    manifest = json.loads((models_directory / NAME / "manifest.json").read_text())
    assert manifest["repo"] == spec.repo
    assert manifest["revision"] == spec.revision
    assert manifest["files"][WEIGHTS]["size"] == (hub.directory / WEIGHTS).stat().st_size


def test_a_model_that_is_here_is_not_asked_for(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    fetch(spec, models_directory, hub)
    before = len(hub.requests)

    assert fetch(spec, models_directory, hub) == []
    assert len(hub.requests) == before


def test_a_damaged_model_is_fetched_anew(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    fetch(spec, models_directory, hub)
    weights = models_directory / NAME / WEIGHTS
    weights.write_bytes(weights.read_bytes()[:-1])

    fetch(spec, models_directory, hub)

    assert registry.verify(NAME, models_directory) == []


def test_a_cancelled_download_goes_on_where_it_was(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    size = (hub.directory / WEIGHTS).stat().st_size
    hub.faults.block_seconds = 0.02
    fetch_and_cancel(spec, models_directory, hub, after_bytes=hub.size - size + size // 3)
    hub.faults.block_seconds = 0.0
    kept = (models_directory / f".partial-{NAME}" / WEIGHTS).stat().st_size
    before = len(hub.requests)

    steps = fetch(spec, models_directory, hub)

    ranges = [headers.get("range") for _, path, headers in hub.requests[before:] if "/cdn/" in path]
    files = [path for _, path, _ in hub.requests[before:] if "/resolve/" in path]
    assert kept >= size // 4
    assert ranges == [f"bytes={kept}-"]
    assert [Path(file).name for file in files] == [WEIGHTS]
    assert next(step.done for step in steps if step.total) >= kept
    assert registry.verify(NAME, models_directory) == []


def test_cancelling_does_not_wait_for_a_dead_connection(
    spec: ModelSpec, models_directory: Path, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing else would end the wait for the next byte.
    monkeypatch.setattr(web, "TIMEOUT", 3600.0)
    hub.faults.stall_after = 8192

    fetch_and_cancel(spec, models_directory, hub, after_bytes=8192)

    assert not hub.closing.is_set()


def test_a_paused_download_waits(spec: ModelSpec, models_directory: Path, hub: HubServer) -> None:
    hub.faults.block_seconds = 0.01
    control = Control()
    steps = download(spec, models_directory, control, hub.url)
    while next(steps).done == 0:
        pass
    control.pause()
    for _ in range(3):
        before = next(steps).done
    for _ in range(3):
        after = next(steps).done
    control.resume()

    assert before == after
    assert list(steps)[-1].done == hub.size


def test_connections_that_break_off_are_taken_up_again(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.cut_after = 40_000

    fetch(spec, models_directory, hub)

    assert registry.verify(NAME, models_directory) == []
    assert sum("/cdn/" in path for _, path, _ in hub.requests) > 1


def test_a_server_without_ranges_is_read_from_the_beginning(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.block_seconds = 0.02
    fetch_and_cancel(spec, models_directory, hub, after_bytes=hub.size // 2)
    hub.faults.block_seconds = 0.0
    hub.faults.ignore_range = True

    steps = fetch(spec, models_directory, hub)

    assert registry.verify(NAME, models_directory) == []
    assert steps[-1].done == hub.size


def test_a_connection_that_always_breaks_off_is_given_up(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.cut_after = 0

    with pytest.raises(DownloadError, match="cannot be reached"):
        fetch(spec, models_directory, hub)


@pytest.mark.parametrize("name", [WEIGHTS, "vocab.json"])
def test_wrong_bytes_are_thrown_away(
    spec: ModelSpec, models_directory: Path, hub: HubServer, name: str
) -> None:
    hub.faults.corrupt = name

    with pytest.raises(DownloadError, match=f"{name} arrived with other content"):
        fetch(spec, models_directory, hub)

    assert not (models_directory / NAME).exists()
    assert not (models_directory / f".partial-{NAME}" / name).exists()
    hub.faults.corrupt = ""
    fetch(spec, models_directory, hub)
    assert registry.verify(NAME, models_directory) == []


def test_an_unknown_revision_is_reported(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.status = {"/api/": 404}

    with pytest.raises(DownloadError, match=r"does not have openai/.* \(HTTP status 404\)"):
        fetch(spec, models_directory, hub)


def test_a_missing_file_is_reported(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.status = {"/cdn/": 404}

    with pytest.raises(DownloadError, match="HTTP status 404"):
        fetch(spec, models_directory, hub)


def test_a_busy_server_is_reported(spec: ModelSpec, models_directory: Path, hub: HubServer) -> None:
    hub.faults.status = {"/": 503}

    with pytest.raises(DownloadError, match="try again later"):
        fetch(spec, models_directory, hub)


def test_a_login_page_is_not_taken_for_a_model(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.portal = True

    with pytest.raises(DownloadError, match="asks for a login"):
        fetch(spec, models_directory, hub)


def test_a_login_page_in_the_middle_spoils_nothing(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.block_seconds = 0.02

    def lose_the_connection() -> None:
        hub.faults.cut_after = 0
        hub.faults.portal = True

    steps = download(spec, models_directory, Control(), hub.url)
    with pytest.raises(DownloadError, match="asks for a login"):
        list(fetch_until(steps, hub.size // 3, lose_the_connection))
    hub.faults.portal, hub.faults.cut_after, hub.faults.block_seconds = False, None, 0.0
    assert (models_directory / f".partial-{NAME}" / WEIGHTS).stat().st_size > 0

    fetch(spec, models_directory, hub)

    assert registry.verify(NAME, models_directory) == []


def test_another_commit_than_the_pinned_one_is_refused(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.other_revision = "0" * 40

    with pytest.raises(DownloadError):
        fetch(spec, models_directory, hub)


def test_an_unreachable_hub_is_reported_with_the_way_out(
    spec: ModelSpec, models_directory: Path
) -> None:
    with socket.socket() as placeholder:  # a port on which nobody listens
        placeholder.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{placeholder.getsockname()[1]}"

        with pytest.raises(DownloadError) as caught:
            list(download(spec, models_directory, Control(), address))

    assert f"{address} cannot be reached" in str(caught.value)
    assert "inphotos models add PATH" in str(caught.value)


def test_a_full_disk_is_noticed_beforehand(
    spec: ModelSpec, models_directory: Path, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(hub.directory)._replace(free=1_000_000)
    monkeypatch.setattr(download_module.shutil, "disk_usage", lambda path: usage)

    with pytest.raises(DownloadError, match="where 1 MB are free"):
        fetch(spec, models_directory, hub)

    assert hub.served == {}


def test_a_second_download_of_the_same_model_is_refused(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.block_seconds = 0.05
    first = download(spec, models_directory, Control(), hub.url)
    next(first)

    with pytest.raises(DownloadError, match="already being downloaded"):
        fetch(spec, models_directory, hub)

    first.close()


def test_leaving_a_download_ends_its_thread(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.block_seconds = 0.02
    steps = download(spec, models_directory, Control(), hub.url)
    while next(steps).done == 0:
        pass

    steps.close()

    assert f"download-{NAME}" not in [thread.name for thread in threading.enumerate()]


def test_no_token_is_sent(
    spec: ModelSpec, models_directory: Path, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")

    fetch(spec, models_directory, hub)

    assert all("authorization" not in headers for _, _, headers in hub.requests)
    assert all(headers["user-agent"].startswith("inphotos/") for _, _, headers in hub.requests)
    assert {path.split("/")[1] for _, path, _ in hub.requests} == {"api", "openai", "cdn"}


def test_the_address_comes_from_the_environment(
    spec: ModelSpec, models_directory: Path, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", f"{hub.url}/")

    list(download(spec, models_directory, Control()))

    assert registry.verify(NAME, models_directory) == []


def test_offline_mode_is_respected(
    spec: ModelSpec, models_directory: Path, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")

    with pytest.raises(DownloadError, match="HF_HUB_OFFLINE"):
        fetch(spec, models_directory, hub)

    assert hub.requests == []
