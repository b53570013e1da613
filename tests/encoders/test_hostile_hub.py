"""Fetching a model from a server, or by way of a network, that means harm or is out of order."""

from __future__ import annotations

import gzip
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hub_server import Faults, HubServer

from inphotos.encoders import download as download_module
from inphotos.encoders import registry, web
from inphotos.encoders.download import download
from inphotos.encoders.registry import ModelSpec
from inphotos.errors import DownloadError
from inphotos.events import Control

NAME = "clip-vit-b-32-openai"
WEIGHTS = "model.safetensors"
PORT_OF_NOBODY = 9


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download_module, "_RETRY_SECONDS", 0.01)


@pytest.fixture
def spec() -> ModelSpec:
    (found,) = [spec for spec in registry.known() if spec.name == NAME]
    return found


@pytest.fixture
def partial(models_directory: Path) -> Path:
    """Where the files arrive."""
    return models_directory / f".partial-{NAME}"


def fetch(spec: ModelSpec, models_directory: Path, hub: HubServer) -> None:
    for _ in download(spec, models_directory, Control(), hub.url):
        pass


def begin(partial: Path, hub: HubServer, size: int) -> None:
    """Leave the beginning of the weights, as a download does that was cut off."""
    partial.mkdir(parents=True)
    (partial / WEIGHTS).write_bytes((hub.directory / WEIGHTS).read_bytes()[:size])


def is_whole(models_directory: Path) -> bool:
    return registry.verify(NAME, models_directory) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://hub.example",
        "http://127.0.0.1.example:1",
        "http://localhost.example",
        "ftp://127.0.0.1",
        "file:///etc",
        "hub.example",
        "https://",
        "https://someone@hub.example",
        "http://[::1",
    ],
)
def test_a_hub_without_encryption_is_not_asked(
    spec: ModelSpec, models_directory: Path, address: str
) -> None:
    with pytest.raises(DownloadError, match="no address that begins with https://"):
        list(download(spec, models_directory, Control(), address))


def test_what_is_safe_is_encrypted_or_on_this_machine() -> None:
    assert web.is_safe("https://hub.example/a", local=False)
    for local in ("http://127.0.0.1:1/a", "http://[::1]:1", "http://localhost"):
        assert web.is_safe(local, local=True)
        assert not web.is_safe(local, local=False)


@pytest.mark.parametrize(
    "target",
    [
        "http://192.0.2.1/weights",
        "ftp://127.0.0.1/weights",
        "file:///etc/passwd",
        "//192.0.2.1/weights",
        "http://[::1",
    ],
)
def test_files_are_not_fetched_from_where_there_is_no_encryption(
    spec: ModelSpec, models_directory: Path, hub: HubServer, target: str
) -> None:
    hub.faults.elsewhere = {f"/{hub.repo}/resolve": target}

    with pytest.raises(DownloadError, match="a redirection to an address that is not encrypted"):
        fetch(spec, models_directory, hub)


def test_an_encrypted_connection_is_not_left_for_another_on_the_way() -> None:
    for target in ("http://hub.example/b", "http://127.0.0.1/b", "//user@hub.example/b"):
        with pytest.raises(DownloadError, match="not encrypted"):
            web._next("https://hub.example/a", "https://hub.example/a", target, elsewhere=True)
    files = "https://cdn.example/b"
    assert web._next("https://hub.example/a", "https://c.example", files, elsewhere=True) == files


def test_what_belongs_to_a_model_is_asked_of_the_hub_alone(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.elsewhere = {"/api/": f"http://127.0.0.1:{PORT_OF_NOBODY}/api"}

    with pytest.raises(DownloadError, match="a redirection to another server"):
        fetch(spec, models_directory, hub)


def test_redirections_in_a_circle_are_left(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.elsewhere = {"/cdn/": f"/cdn/{WEIGHTS}"}

    with pytest.raises(DownloadError, match="one redirection after the other"):
        fetch(spec, models_directory, hub)


def test_nothing_goes_along_with_a_request(
    spec: ModelSpec, models_directory: Path, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")

    fetch(spec, models_directory, hub)

    assert hub.requests
    allowed = {"host", "accept", "accept-encoding", "connection", "user-agent", "range"}
    assert all(set(headers) <= allowed for _, _, headers in hub.requests)


def test_the_proxy_of_the_environment_is_used(
    spec: ModelSpec, models_directory: Path, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", hub.url)

    with pytest.raises(DownloadError, match=r"hub\.example cannot be reached"):
        list(download(spec, models_directory, Control(), "https://hub.example"))

    assert [method for method, _, _ in hub.requests] == ["CONNECT"]


def test_a_proxy_of_nonsense_is_no_answer_of_the_hub(
    spec: ModelSpec, models_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "gopher://127.0.0.1:70")

    with pytest.raises(DownloadError, match=r"hub\.example cannot be reached"):
        list(download(spec, models_directory, Control(), "https://hub.example"))


def _names(*names: str) -> Callable[[dict[str, Any]], object]:
    """Tell of more files, with such names."""

    def told(info: dict[str, Any]) -> object:
        more = [{**info["siblings"][0], "rfilename": name} for name in names]
        return {**info, "siblings": [*info["siblings"], *more]}

    return told


def test_only_files_that_are_known_by_name_are_fetched(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.told = _names(
        "../escaped", "/etc/cron.d/evil", "sub/config.json", "modeling.py", "pytorch_model.bin"
    )

    fetch(spec, models_directory, hub)

    there = {path.name for path in (models_directory / NAME).iterdir()}
    assert there == {path.name for path in hub.directory.iterdir()} | {"manifest.json"}
    assert not (models_directory / "escaped").exists()


def _as_pickle(info: dict[str, Any]) -> object:
    siblings = [
        {**each, "rfilename": each["rfilename"].replace(WEIGHTS, "pytorch_model.bin")}
        for each in info["siblings"]
    ]
    return {**info, "siblings": siblings}


def test_a_pickle_is_not_fetched_of_a_model_that_has_none(
    models_directory: Path, hub: HubServer
) -> None:
    (spec,) = [spec for spec in registry.known() if spec.name == "clip-vit-b-32"]
    hub.repo, hub.revision = spec.repo, spec.revision
    hub.faults.told = _as_pickle

    with pytest.raises(DownloadError, match="has no weights that InPhotos reads"):
        fetch(spec, models_directory, hub)

    assert hub.served == {}


def test_weights_without_a_sha_256_are_refused(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    hub.faults.told = _every(lfs=None, blobId="0" * 40)

    with pytest.raises(DownloadError, match="something else than model files"):
        fetch(spec, models_directory, hub)


def _every(**values: object) -> Callable[[dict[str, Any]], object]:
    def told(info: dict[str, Any]) -> object:
        return {**info, "siblings": [{**sibling, **values} for sibling in info["siblings"]]}

    return told


@pytest.mark.parametrize(
    "told",
    [
        lambda _: [],
        lambda _: None,
        lambda _: "x" * 5_000_000,
        lambda info: {**info, "sha": 7},
        lambda info: {**info, "siblings": [7]},
        lambda info: {**info, "siblings": {"rfilename": 7}},
        _every(size="1"),
        _every(size=-1),
        _every(size=True),
        _every(size=1 << 40),
        _every(blobId="../x", lfs=None),
        _every(blobId=None, lfs=None),
        _every(lfs={"sha256": "x"}),
        _every(lfs=[1]),
    ],
)
def test_a_listing_of_nonsense_is_refused(
    spec: ModelSpec,
    models_directory: Path,
    hub: HubServer,
    told: Callable[[dict[str, Any]], object],
) -> None:
    hub.faults.told = told

    with pytest.raises(DownloadError, match="something else than model files"):
        fetch(spec, models_directory, hub)

    assert hub.served == {}


def _more(body: bytes) -> bytes:
    return body + bytes(100_000)


@pytest.mark.parametrize(
    ("faults", "sentence"),
    [
        (Faults(headers={"Content-Length": "10"}), "something else than model files"),
        (Faults(headers={"Content-Length": "99999999999"}), "something else than model files"),
        (Faults(headers={"Content-Length": ""}, body=_more), "something else than model files"),
        (Faults(body=lambda body: body[:-9], headers={"X": "closed"}), "cannot be reached"),
        (Faults(body=lambda body: b"<html>" + body[6:]), "arrived with other content"),
        (Faults(body=gzip.compress, headers={"Content-Encoding": "gzip"}), "compressed files"),
    ],
    ids=["short", "long", "endless", "cut", "page", "packed"],
)
def test_a_server_that_lies_about_a_file_gives_no_model(
    spec: ModelSpec, models_directory: Path, hub: HubServer, faults: Faults, sentence: str
) -> None:
    hub.faults = faults
    largest = (hub.directory / WEIGHTS).stat().st_size

    with pytest.raises(DownloadError, match=sentence):
        fetch(spec, models_directory, hub)

    assert not (models_directory / NAME).exists()
    kept = list((models_directory / f".partial-{NAME}").iterdir())
    assert sum(path.stat().st_size for path in kept) <= largest
    hub.faults = Faults()
    fetch(spec, models_directory, hub)
    assert is_whole(models_directory)


@pytest.mark.parametrize(
    "given",
    ["bytes 0-9/10", "bytes 5-{last}/{size}", "bytes {start}-{last}/*", "items {start}-", "", "x"],
)
def test_a_part_that_was_not_asked_for_is_refused(
    spec: ModelSpec, models_directory: Path, hub: HubServer, partial: Path, given: str
) -> None:
    begin(partial, hub, 1000)
    size = (hub.directory / WEIGHTS).stat().st_size
    value = given.format(start=1000, last=size - 1, size=size)
    hub.faults.headers = {"Content-Range": value}

    with pytest.raises(DownloadError, match="something else than model files"):
        fetch(spec, models_directory, hub)

    assert (partial / WEIGHTS).stat().st_size == 1000


def test_a_part_that_is_not_there_is_fetched_with_the_rest(
    spec: ModelSpec, models_directory: Path, hub: HubServer, partial: Path
) -> None:
    begin(partial, hub, 1000)
    hub.faults.no_ranges = 416

    fetch(spec, models_directory, hub)

    assert is_whole(models_directory)


def test_a_file_that_changes_between_two_parts_is_thrown_away(
    spec: ModelSpec, models_directory: Path, hub: HubServer, partial: Path
) -> None:
    begin(partial, hub, 1000)
    (partial / WEIGHTS).write_bytes(bytes(1000))

    with pytest.raises(DownloadError, match="arrived with other content"):
        fetch(spec, models_directory, hub)

    assert not (partial / WEIGHTS).exists()
    fetch(spec, models_directory, hub)
    assert is_whole(models_directory)


def test_a_server_that_hardly_sends_is_given_up(
    spec: ModelSpec, models_directory: Path, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download_module, "_LEAST_IN_SECONDS", 0.5)
    monkeypatch.setattr(download_module, "_LEAST_BYTES", 1 << 20)
    hub.faults.block_seconds = 0.1

    with pytest.raises(DownloadError, match="sends too slowly"):
        fetch(spec, models_directory, hub)


def test_what_lies_where_files_arrive_is_not_followed(
    spec: ModelSpec, models_directory: Path, hub: HubServer, partial: Path, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.write_text("precious")
    partial.mkdir(parents=True)
    (partial / "config.json").symlink_to(precious)
    (partial / WEIGHTS).symlink_to(tmp_path / "made-elsewhere")
    (partial / "vocab.json").mkdir()

    fetch(spec, models_directory, hub)

    assert precious.read_text() == "precious"
    assert not (tmp_path / "made-elsewhere").exists()
    assert is_whole(models_directory)


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
def test_only_the_owner_can_read_what_arrives(
    spec: ModelSpec, models_directory: Path, hub: HubServer
) -> None:
    before = os.umask(0)
    try:
        fetch(spec, models_directory, hub)
    finally:
        os.umask(before)

    there = [models_directory, *models_directory.rglob("*")]
    assert [path for path in there if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
