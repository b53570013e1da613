"""Opens an address for reading: the only code of InPhotos that makes a connection.

Only encrypted connections are made (but for a server on this very machine, as tests have it), and
nothing goes along with a request but the name of this program: no cookies, no token, and nothing of
the user's. Proxies and certificates are those of the environment (HTTPS_PROXY, ALL_PROXY, NO_PROXY,
SSL_CERT_FILE, SSL_CERT_DIR).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from inphotos import __version__
from inphotos.errors import DownloadError

#: Seconds without a byte after which a connection counts as dead.
TIMEOUT: Final = 10.0

_MOST_REDIRECTIONS: Final = 5

# What arrives must be the bytes that are hashed and counted, hence no compression: nor can a few
# bytes become many that way.
_HEADERS: Final = {"user-agent": f"inphotos/{__version__}", "accept-encoding": "identity"}


def is_safe(url: str, *, local: bool) -> bool:
    """Tell whether nobody on the way could read or change what comes from an address.

    Args:
        url: the address.
        local: one on this machine will do without encryption.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https" and host and parts.username is None:
        return True
    return local and parts.scheme == "http" and _is_this_machine(host)


@contextmanager
def opened(url: str, *, start: int = 0, elsewhere: bool) -> Iterator[Any]:
    """Open an address for reading from byte ``start`` on.

    This is not ``hf_hub_download``, for two reasons seen in huggingface_hub 2.4: it throws a
    broken download away instead of resuming it in the next run, and it reads in blocks of 10 MB,
    so that on a slow line neither progress nor a cancellation is noticed for minutes. Without its
    xet client the hub serves every file over plain HTTP, which resumes by byte range.

    Args:
        url: the address, which is safe.
        start: where in the content to begin.
        elsewhere: it may be served by another host, as the hub's large files are.

    Yields:
        The response to read raw; it may also say that something went wrong.

    Raises:
        DownloadError: the server sends us on to where we do not go, or compresses.
        Exception: those of the HTTP client, for which huggingface_hub has httpx or httpx2.
    """
    headers = {**_HEADERS, "range": f"bytes={start}-"} if start else dict(_HEADERS)
    at = url
    # A client of our own: the hub's library would send cookies, and a number for each request.
    with _client() as client:
        for _ in range(_MOST_REDIRECTIONS + 1):
            with client.stream("GET", at, headers=headers) as response:
                target = response.headers.get("location", "")
                if response.status_code not in (301, 302, 303, 307, 308) or not target:
                    if response.headers.get("content-encoding", "identity") != "identity":
                        reason = "compressed files, which were not asked for"
                        raise _astray(url, reason)
                    yield response
                    return
            client.cookies.clear()
            at = _next(url, at, target, elsewhere=elsewhere)
    reason = "one redirection after the other"
    raise _astray(url, reason)


def _client() -> Any:
    from huggingface_hub import get_session

    return type(get_session())(timeout=TIMEOUT, follow_redirects=False)


def _next(url: str, at: str, target: str, *, elsewhere: bool) -> str:
    """Return where a redirection leads.

    Raises:
        DownloadError: to a place that is not as safe, or to another host where none may be.
    """
    try:
        there = urljoin(at, target)
        same_host = urlsplit(there).netloc == urlsplit(url).netloc
    except ValueError:
        there, same_host = "", False
    if not is_safe(there, local=urlsplit(url).scheme == "http"):
        reason = "a redirection to an address that is not encrypted"
        raise _astray(url, reason)
    if not (elsewhere or same_host):
        reason = "a redirection to another server"
        raise _astray(url, reason)
    return there


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _astray(url: str, reason: str) -> DownloadError:
    server = urlsplit(url).netloc
    return DownloadError(
        f"{server} answers with {reason}, so nothing more was fetched; fetch "
        f"the files elsewhere and use 'inphotos models add PATH'."
    )
