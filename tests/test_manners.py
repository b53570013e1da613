"""Power, and the priority of work in the background."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from inphotos.manners import lower_thread_priority, on_mains

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="measured on Linux only")


def put_in_battery(monkeypatch: pytest.MonkeyPatch, power_plugged: bool | None) -> None:
    battery = SimpleNamespace(percent=50.0, secsleft=3600, power_plugged=power_plugged)
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery)


@pytest.mark.parametrize(("plugged", "answer"), [(True, True), (False, False), (None, True)])
def test_a_machine_with_a_battery_is_on_mains_unless_it_says_no(
    monkeypatch: pytest.MonkeyPatch, plugged: bool | None, answer: bool
) -> None:
    put_in_battery(monkeypatch, plugged)
    assert on_mains(0) is answer


def test_a_machine_without_a_battery_is_on_mains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", lambda: None)
    assert on_mains(0)


def test_a_machine_that_cannot_be_asked_is_on_mains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(psutil, "sensors_battery")  # as on systems that psutil does not know
    assert on_mains(0)


def test_an_answer_is_kept_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_battery(monkeypatch, False)
    assert not on_mains(0)
    put_in_battery(monkeypatch, True)
    assert not on_mains(1000)
    assert on_mains(0)


LOWER = """
import os, threading, psutil
from pathlib import Path
from inphotos.manners import lower_priority

ready, go_on = threading.Event(), threading.Event()
nice = []

def work():
    ready.set()
    go_on.wait()
    nice.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

thread = threading.Thread(target=work)
thread.start()
ready.wait()
lower_priority()
lower_priority()
go_on.set()
thread.join()
autogroup = Path("/proc/self/autogroup")
group = autogroup.read_text().split()[-1] if autogroup.exists() else "10"
print(os.getpriority(os.PRIO_PROCESS, 0), *nice, psutil.Process().ionice().value, group)
"""


@linux_only
def test_a_background_process_is_nice_in_all_its_threads_and_on_the_disk() -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    said = subprocess.run(
        [sys.executable, "-c", LOWER],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        start_new_session=True,
    )
    assert said.stdout.split() == ["10", "10", "7", "10"], said.stderr


@linux_only
def test_one_thread_is_lowered_with_those_that_it_starts_and_no_other() -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)
    found: list[int] = []

    def note() -> None:
        found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    def work() -> None:
        lower_thread_priority()
        note()
        inner = threading.Thread(target=note)
        inner.start()
        inner.join()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [max(10, before)] * 2
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before
