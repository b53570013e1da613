"""What a repository on the Hugging Face hub holds at one revision, and where to fetch it.

With :mod:`inphotos.encoders.download`, the only code of InPhotos that opens a connection.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from inphotos import __version__
from inphotos.encoders import directory
from inphotos.encoders.specs import ModelSpec
from inphotos.errors import DownloadError

_PUBLIC_ENDPOINT: Final = "https://huggingface.co"
_COMMIT = re.compile(r"[0-9a-f]{40}")
_BLOCK = 2**20

#: Seconds without a byte after which a connection counts as dead.
TIMEOUT: Final = 10.0

# The transfer must arrive as the bytes that are hashed and counted, hence no compression.
_HEADERS = {"user-agent": f"inphotos/{__version__}", "accept-encoding": "identity"}


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository.

    Attributes:
        name: within the repository; never has a directory part.
        url: where it is served.
        size: in bytes.
        sha256: of its content, for large files (git LFS), else empty.
        git_sha1: git's name for its content (SHA-1 of a header and the content), else empty.
    """

    name: str
    url: str
    size: int
    sha256: str
    git_sha1: str

    def matches(self, path: Path, stopping: Callable[[], bool]) -> str | None:
        """Hash a fetched file and compare it with what the hub says.

        Args:
            path: the file on this machine.
            stopping: asked every megabyte; when true the answer no longer matters.

        Returns:
            The file's SHA-256, hexadecimal, or None if the content is not the published one.
        """
        sha256 = hashlib.sha256()
        git_sha1 = hashlib.sha1(f"blob {self.size}\0".encode(), usedforsecurity=False)
        with path.open("rb") as file:
            while (block := file.read(_BLOCK)) and not stopping():
                sha256.update(block)
                if not self.sha256:
                    git_sha1.update(block)
        if self.sha256:
            return sha256.hexdigest() if sha256.hexdigest() == self.sha256 else None
        return sha256.hexdigest() if git_sha1.hexdigest() == self.git_sha1 else None


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a model that InPhotos needs, small ones first.

    Attributes:
        revision: the commit they belong to.
    """

    files: tuple[HubFile, ...]
    revision: str

    @property
    def size(self) -> int:
        """All files together, in bytes."""
        return sum(file.size for file in self.files)


def endpoint() -> str:
    """Return the hub's address: $HF_ENDPOINT (a mirror), else the public one."""
    return (os.environ.get("HF_ENDPOINT") or _PUBLIC_ENDPOINT).rstrip("/")


def listing(spec: ModelSpec, address: str) -> Listing:
    """Ask the hub which files the model has at its revision.

    Raises:
        DownloadError: it cannot be reached, has no such revision or answers nonsense.
    """
    from huggingface_hub import HfApi, hf_hub_url
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

    api = HfApi(endpoint=address, token=False, headers=_HEADERS)
    try:
        info = api.model_info(
            spec.repo, revision=spec.revision, files_metadata=True, timeout=TIMEOUT
        )
    except OfflineModeIsEnabled as error:
        raise DownloadError(
            "Downloads are switched off by the environment variable HF_HUB_OFFLINE."
        ) from error
    except HfHubHTTPError as error:
        raise refused(spec, address, error.response.status_code) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise not_a_hub(address) from error
    # httpx's or httpx2's errors, depending on huggingface_hub's version: all mean no answer.
    except Exception as error:
        raise unreachable(address) from error
    revision = info.sha or ""
    if not _COMMIT.fullmatch(revision) or (
        _COMMIT.fullmatch(spec.revision) and revision != spec.revision
    ):
        raise not_a_hub(address)
    files = [
        HubFile(
            name=sibling.rfilename,
            url=hf_hub_url(spec.repo, sibling.rfilename, revision=revision, endpoint=address),
            size=-1 if sibling.size is None else sibling.size,
            sha256=sibling.lfs.sha256 if sibling.lfs else "",
            git_sha1=sibling.blob_id or "",
        )
        for sibling in info.siblings or []
        if sibling.rfilename in _wanted(spec, {s.rfilename for s in info.siblings or []})
    ]
    if any(file.size < 0 or not (file.sha256 or file.git_sha1) for file in files):
        raise not_a_hub(address)
    return Listing(tuple(sorted(files, key=lambda file: file.size)), revision)


@contextmanager
def stream(url: str, start: int) -> Iterator[Any]:
    """Open a file of the hub for reading from byte ``start`` on.

    This is not ``hf_hub_download``, for two reasons seen in huggingface_hub 2.4: it throws a
    broken download away instead of resuming it in the next run, and it reads in blocks of 10 MB,
    so that on a slow line neither progress nor a cancellation is noticed for minutes. Without its
    xet client the hub serves every file over plain HTTP, which resumes by byte range.

    Yields:
        The response, of huggingface_hub's HTTP client (its proxies, certificates, redirects).
    """
    from huggingface_hub import get_session

    headers = {**_HEADERS, "range": f"bytes={start}-"} if start else _HEADERS
    with get_session().stream(
        "GET", url, headers=headers, timeout=TIMEOUT, follow_redirects=True
    ) as response:
        yield response


def unreachable(address: str) -> DownloadError:
    """Describe that there is no answer."""
    return DownloadError(
        f"{address} cannot be reached; check the connection and try again, or fetch the files "
        f"elsewhere and use 'inphotos models add PATH'."
    )


def refused(spec: ModelSpec, address: str, status: int) -> DownloadError:
    """Describe an HTTP status that is an error."""
    if status in (401, 403, 404):
        return DownloadError(
            f"{address} does not have {spec.repo} at revision {spec.revision} "
            f"(HTTP status {status}); update InPhotos or choose another model."
        )
    return DownloadError(
        f"{address} cannot serve {spec.repo} at the moment (HTTP status {status}); try again later."
    )


def not_a_hub(address: str) -> DownloadError:
    """Describe an answer that is something else, e.g. the login page of a hotel's network."""
    return DownloadError(
        f"{address} answers with something else than model files; check whether this network "
        f"asks for a login, or fetch the files elsewhere and use 'inphotos models add PATH'."
    )


def _wanted(spec: ModelSpec, present: set[str]) -> set[str]:
    wanted = {*directory.SMALL_FILES, *directory.DOCUMENTS}
    if directory.SAFETENSORS in present:
        return wanted | {directory.SAFETENSORS}
    if directory.PICKLE in present and spec.family == "clip":
        return wanted | {directory.PICKLE}
    raise DownloadError(f"{spec.repo} has no weights that InPhotos reads; choose another model.")
