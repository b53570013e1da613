"""A hub on this machine: serves one model directory by the Hugging Face hub's protocol.

It can be told to misbehave in the ways that real networks do; see :class:`Faults`.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

_BLOCK = 4096
_LARGE = (".safetensors", ".bin")


@dataclass
class Faults:
    """What goes wrong; everything works by default.

    Attributes:
        cut_after: bytes of a file after which each response breaks off.
        corrupt: a file that is served with one wrong byte.
        status: answer every request for a path with this beginning by this HTTP status.
        portal: answer every request with a web page, as a network that wants a login does.
        ignore_range: serve whole files only.
        stall_after: bytes of a file after which nothing comes any more, the connection open.
        block_seconds: pause before each 4 KiB.
        other_revision: claim to serve this commit.
        told: changes what is said of the model.
        headers: of every answer with bytes of a file, in place of the right ones.
        body: changes the bytes that are sent of a file.
        no_ranges: status of the answer to whoever asks for a part of a file.
        elsewhere: where whoever asks for what begins like this is sent, by status 302.
    """

    cut_after: int | None = None
    corrupt: str = ""
    status: dict[str, int] = field(default_factory=dict)
    portal: bool = False
    ignore_range: bool = False
    stall_after: int | None = None
    block_seconds: float = 0.0
    other_revision: str = ""
    told: Callable[[dict[str, Any]], object] = lambda info: info
    headers: dict[str, str] = field(default_factory=dict)
    body: Callable[[bytes], bytes] = lambda body: body
    no_ranges: int = 0
    elsewhere: dict[str, str] = field(default_factory=dict)


class HubServer:
    """A hub in a thread, on a free port of 127.0.0.1.

    Attributes:
        faults: may be changed at any time.
        requests: (method, path, headers) of all requests so far.
        served: bytes of each file sent so far.
    """

    def __init__(self, repo: str, revision: str, directory: Path) -> None:
        self.repo = repo
        self.revision = revision
        self.directory = directory
        self.faults = Faults()
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.served: dict[str, int] = {}
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.hub = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def url(self) -> str:
        """The hub's address."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def size(self) -> int:
        """All files together, in bytes."""
        return sum(path.stat().st_size for path in self.directory.iterdir())

    def info(self) -> object:
        """The answer to ``api/models/REPO/revision/REVISION?blobs=true``."""
        info = {
            "id": self.repo,
            "modelId": self.repo,
            "sha": self.faults.other_revision or self.revision,
            "siblings": [_sibling(path) for path in sorted(self.directory.iterdir())],
        }
        return self.faults.told(info)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _sibling(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    sibling = {
        "rfilename": path.name,
        "size": len(content),
        "blobId": hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest(),
    }
    if path.suffix in _LARGE:
        digest = hashlib.sha256(content).hexdigest()
        sibling["lfs"] = {"size": len(content), "sha256": digest, "pointerSize": 134}
    return sibling


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Keep the tests' output clean: a client may leave at any time."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def hub(self) -> HubServer:
        return self.server.hub  # type: ignore[attr-defined,no-any-return]

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_CONNECT(self) -> None:
        self.hub.requests.append((self.command, self.path, {}))
        self._fail(HTTPStatus.FORBIDDEN)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""

    def _answer(self, *, with_body: bool) -> None:
        hub = self.hub
        path = unquote(urlsplit(self.path).path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        hub.requests.append((self.command, path, headers))
        away = [to for start, to in hub.faults.elsewhere.items() if path.startswith(start)]
        faulty = [code for start, code in hub.faults.status.items() if path.startswith(start)]
        resolve = f"/{hub.repo}/resolve/{hub.revision}/"
        if hub.faults.portal:
            self._send(b"<html>Welcome, please log in</html>", "text/html")
        elif away:
            self._redirect(away[0])
        elif faulty:
            self._fail(HTTPStatus(faulty[0]))
        elif path == f"/api/models/{hub.repo}/revision/{hub.revision}":
            self._send(json.dumps(hub.info()).encode(), "application/json")
        elif path.startswith(resolve):
            self._resolve(hub.directory / path.removeprefix(resolve), with_body)
        elif path.startswith("/cdn/"):
            self._serve(hub.directory / path.removeprefix("/cdn/"), with_body)
        else:
            self._fail(HTTPStatus.NOT_FOUND)

    def _resolve(self, file: Path, with_body: bool) -> None:
        """Serve a small file; send the client of a large one elsewhere, as the hub does."""
        if not file.is_file():
            self._fail(HTTPStatus.NOT_FOUND)
        elif file.suffix in _LARGE:
            self._redirect(f"{self.hub.url}/cdn/{file.name}")
        else:
            self._serve(file, with_body)

    def _redirect(self, target: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", target)
        self.send_header("Set-Cookie", "who=you; Path=/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _serve(self, file: Path, with_body: bool) -> None:
        content = bytearray(file.read_bytes())
        if self.hub.faults.corrupt == file.name:
            content[len(content) // 2] ^= 1
        faults, start = self.hub.faults, self._range_start()
        if start and faults.no_ranges:
            self._fail(HTTPStatus(faults.no_ranges))
            return
        headers = {"Content-Length": str(len(content) - start)}
        if start:
            self.send_response(HTTPStatus.PARTIAL_CONTENT)
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        else:
            self.send_response(HTTPStatus.OK)
        for name, value in {**headers, **faults.headers}.items():
            if value:
                self.send_header(name, value)
        self.close_connection = bool(faults.headers)  # a wrong length would spoil what follows
        self.end_headers()
        if with_body:
            self._send_file(file.name, faults.body(bytes(content[start:])))

    def _send_file(self, name: str, body: bytes) -> None:
        hub, sent = self.hub, 0
        while sent < len(body):
            if hub.faults.cut_after is not None and sent >= hub.faults.cut_after:
                self.close_connection = True
                return
            if hub.faults.stall_after is not None and sent >= hub.faults.stall_after:
                hub.closing.wait()
                self.close_connection = True
                return
            hub.closing.wait(hub.faults.block_seconds)
            try:
                self.wfile.write(body[sent : sent + _BLOCK])
            except ConnectionError:  # the client has stopped, as it may
                self.close_connection = True
                return
            served = len(body[sent : sent + _BLOCK])
            sent += served
            hub.served[name] = hub.served.get(name, 0) + served

    def _range_start(self) -> int:
        wanted = self.headers.get("Range", "")
        if self.hub.faults.ignore_range or not wanted.startswith("bytes="):
            return 0
        return int(wanted.removeprefix("bytes=").partition("-")[0])

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _fail(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
