"""The tests themselves reach no network."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from no_network import ATTEMPTS, NetworkError

TRY = """
import socket
try:
    socket.create_connection(("192.0.2.1", 80), timeout=1)
except Exception as error:
    print(type(error).__name__)
"""


@pytest.fixture
def attempts() -> Path:
    """What was noted of attempts, which do not make the test fail once they are taken out."""
    return Path(os.environ[ATTEMPTS])


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
        lambda: socket.getaddrinfo("hub.example", 443),
        lambda: socket.gethostbyname("hub.example"),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
        lambda: socket.socket(socket.AF_INET6).connect(("2001:db8::1", 80)),
        lambda: socket.socket().bind(("0.0.0.0", 0)),
    ],
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_test_cannot_reach_the_network(attempt: Callable[[], object], attempts: Path) -> None:
    with pytest.raises(NetworkError):
        attempt()

    assert len(attempts.read_text().splitlines()) == 1
    attempts.unlink()


def test_a_program_that_a_test_starts_cannot_either(attempts: Path) -> None:
    done = subprocess.run([sys.executable, "-c", TRY], capture_output=True, text=True, check=True)

    assert done.stdout == "NetworkError\n"
    assert attempts.read_text() == "socket.getaddrinfo 192.0.2.1\n"
    attempts.unlink()


def test_this_machine_can_be_reached(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()
    if hasattr(socket, "AF_UNIX"):
        with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
            server.bind(str(tmp_path / "s"))
            server.listen()
            client.connect(str(tmp_path / "s"))
