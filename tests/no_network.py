"""Keeps the tests from the network: their own process, and Python programs that they start.

Python tells an audit hook of every connection and every look-up of a name before it is made; a hook
can refuse it and cannot be taken off again. Programs that are started get the hook by
``sitecustomize`` in the folder ``no_network_at_start``, which Python imports at its start. Sockets
of native code are not seen here: see ``test_isolation.py`` for those.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from pathlib import Path
from typing import Any

#: Names the file that attempts are noted in, so that a test fails even if the error is caught.
ATTEMPTS = "INPHOTOS_TEST_NETWORK_ATTEMPTS"

_NAMES = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_ADDRESSES = {"socket.bind", "socket.connect", "socket.sendto", "socket.sendmsg"}
#: What Python programs find it in.
START = Path(__file__).parent / "no_network_at_start"


_is_installed = False


class NetworkError(Exception):
    """A test wanted to reach the network."""


def install() -> None:
    """Refuse the network to this process from now on, and to Python programs that it starts."""
    global _is_installed
    if _is_installed:  # this process was started by another test process
        return
    _is_installed = True
    former = os.environ.get("PYTHONPATH", "")
    if str(START) not in former.split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join([str(START), *([former] if former else [])])
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _NAMES:
        host = arguments[0]
    elif event in _ADDRESSES:
        address = arguments[1]
        # A path is a socket of this machine; none goes to where it is connected already.
        host = address[0] if isinstance(address, tuple) else None
    else:
        return
    if _is_elsewhere(host):
        noted = os.environ.get(ATTEMPTS)
        if noted:
            with open(noted, "a") as file:  # noqa: PTH123
                file.write(f"{event} {host}\n")
        raise NetworkError(f"{event} {host}")


def _is_elsewhere(host: Any) -> bool:
    if host is None or host in ("localhost", b"localhost"):
        return False
    try:
        return not ipaddress.ip_address(
            host.decode() if isinstance(host, bytes) else host
        ).is_loopback
    except ValueError:
        return True
