"""What a fault is: how it is brought about, and what the product has to make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from faults.world import KNOWN, NEW, Run, World

#: What has to be there for a trial: nothing, the library that lets calls fail, the right to mount.
Need = Literal["", "calls", "mounts"]

ALL = KNOWN + NEW

Action = Callable[[World], object]


def nothing(_: World) -> None:
    """Do nothing."""


@dataclass(frozen=True)
class Trial:
    """One fault.

    Attributes:
        name: short, for ``--only``.
        says: a pattern that a line on stderr has to match; "" when nothing need be said.
        status: the exit status, or those that are possible.
        command: what is run, but for the options that all commands have.
        before: changes the world ahead of the command, in the campaign's process.
        inside: is called in the command's process before it begins.
        after: mends the world, in the campaign's process.
        least: photos that can be found afterwards, before the next run.
        finally_: photos that are there after the next run.
        check: says what else is wrong after the command, "" for nothing.
        need: what has to be there.
    """

    name: str
    says: str
    status: int | tuple[int, ...] = 2
    command: Callable[[World], list[object]] = lambda world: ["index"]  # noqa: ARG005
    before: Action = nothing
    inside: Action = nothing
    after: Action = nothing
    least: int = KNOWN
    finally_: int = ALL
    check: Callable[[World, Run], str] = lambda world, run: ""  # noqa: ARG005
    need: Need = ""


def after_batches(count: int, action: Callable[[], object]) -> None:
    """Let something happen in this process right after so many batches have been committed."""
    from inphotos.indexing import reading
    from inphotos.indexing.records import Records
    from inphotos.photos import decoders

    # Or all photos would have been read by then.
    reading.BATCH = decoders.LOOK_AHEAD = 4
    real, stored = Records.store, 0

    def store(self: Records, *arguments: object) -> list[int]:
        nonlocal stored
        ids = real(self, *arguments)  # type: ignore[arg-type]
        stored += 1
        if stored == count:
            action()
        return ids

    Records.store = store  # type: ignore[method-assign, assignment]


def before_reading(action: Callable[[], object]) -> None:
    """Let something happen in this process between the scan and the first photo that is read."""
    from inphotos.indexing.reading import Reader

    real = Reader.read

    def read(self: Reader, *arguments: object) -> object:
        action()
        return real(self, *arguments)  # type: ignore[arg-type]

    Reader.read = read  # type: ignore[method-assign, assignment]
