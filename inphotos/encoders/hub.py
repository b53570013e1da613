"""What a repository on the Hugging Face hub holds at one revision, and where to fetch it.

What the hub says is checked like any other input: which files are taken is known beforehand, and
their sizes and digests are what the fetched ones are compared with.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from inphotos.encoders import directory, web
from inphotos.encoders.specs import ModelSpec
from inphotos.errors import DownloadError

_PUBLIC_ENDPOINT: Final = "https://huggingface.co"
#: By these variables users of the hub's own library keep it from the network.
_OFFLINE: Final = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
_YES: Final = ("1", "ON", "YES", "TRUE")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLOCK = 2**20

#: The answer lists the files of one repository, in kilobytes.
_LARGEST_ANSWER: Final = 4 * 2**20

#: The largest file beside the weights, a vocabulary of many languages, has 34 MB.
_LARGEST_SMALL_FILE: Final = 256 * 2**20


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
    if any(os.environ.get(name, "").upper() in _YES for name in _OFFLINE):
        raise DownloadError(
            "Downloads are switched off by the environment variable HF_HUB_OFFLINE."
        )
    if not web.is_safe(address, local=True):
        raise DownloadError(
            f"{address} is no address that begins with https://; correct the environment variable "
            f"HF_ENDPOINT."
        )
    info = _info(spec, address)
    try:
        revision, files = _read(info, spec, address)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise not_a_hub(address) from error
    return Listing(tuple(sorted(files, key=lambda file: file.size)), revision)


def _info(spec: ModelSpec, address: str) -> Any:
    """Return what the hub says of a model, which may be anything."""
    url = f"{address}/api/models/{spec.repo}/revision/{quote(spec.revision, safe='')}?blobs=true"
    answer = b""
    try:
        with web.opened(url, elsewhere=False) as response:
            if response.status_code != 200:
                raise refused(spec, address, response.status_code)
            for block in response.iter_raw():
                answer += block
                if len(answer) > _LARGEST_ANSWER:
                    raise not_a_hub(address)
    except DownloadError:
        raise
    # Errors of the HTTP client: all mean no answer.
    except Exception as error:
        raise unreachable(address) from error
    try:
        return json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise not_a_hub(address) from error


def _read(info: Any, spec: ModelSpec, address: str) -> tuple[str, list[HubFile]]:
    """Return the commit and the files that are wanted of it.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: that is not what a hub says.
        DownloadError: there are no weights among them.
    """
    revision = info["sha"]
    if not _COMMIT.fullmatch(revision) or (
        _COMMIT.fullmatch(spec.revision) and revision != spec.revision
    ):
        raise ValueError("another commit")
    siblings = {sibling["rfilename"]: sibling for sibling in info["siblings"]}
    names = _wanted(spec, set(siblings)) & siblings.keys()
    place = f"{address}/{spec.repo}/resolve/{revision}"
    return revision, [_file(siblings[name], f"{place}/{name}") for name in sorted(names)]


def _file(sibling: dict[str, Any], url: str) -> HubFile:
    name, size = sibling["rfilename"], sibling["size"]
    sha256 = sibling["lfs"]["sha256"] if sibling.get("lfs") else ""
    git_sha1 = sibling.get("blobId") or ""
    if type(size) is not int or size < 0:
        raise ValueError("no size")
    is_weights = name in (directory.SAFETENSORS, directory.PICKLE)
    if not is_weights and size > _LARGEST_SMALL_FILE:
        raise ValueError("a small file that is large")
    if is_weights and not sha256:
        raise ValueError("weights that are known by git's digest only")
    if not (_SHA256.fullmatch(sha256) if sha256 else _COMMIT.fullmatch(git_sha1)):
        raise ValueError("no digest")
    return HubFile(name=name, url=url, size=size, sha256=sha256, git_sha1=git_sha1)


def unreachable(address: str) -> DownloadError:
    """Describe that there is no answer."""
    return DownloadError(
        f"{address} cannot be reached; check the connection and try again, or fetch the files "
        f"elsewhere and use 'inphotos models add PATH'."
    )


def too_slow(address: str) -> DownloadError:
    """Describe that a server sends next to nothing."""
    return DownloadError(
        f"{address} sends too slowly, so the download has stopped; what has arrived is kept, try "
        f"again later."
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
    if directory.PICKLE in present and spec.is_pickled:
        return wanted | {directory.PICKLE}
    raise DownloadError(f"{spec.repo} has no weights that InPhotos reads; choose another model.")
