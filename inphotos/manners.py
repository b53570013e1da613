"""Working in the background without being a nuisance: power, processor and disk."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
import time
from pathlib import Path
from typing import Final

#: Ten steps of niceness leave about a tenth of a busy core to the background. The I/O priority of
#: a Linux thread follows from it unless it is set.
_NICE: Final = 10

_LOWEST_BEST_EFFORT: Final = 7
_SESSION_TRIES: Final = 10
_THREAD_PRIORITY_BELOW_NORMAL: Final = -1
_QOS_CLASS_UTILITY: Final = 0x11

_here = threading.local()

_last_answer: tuple[float, bool] | None = None


def on_mains(max_age_seconds: float = 5.0) -> bool:
    """Tell whether the machine runs on mains power; never raises.

    A machine without a battery does, and so does one that does not say.

    Args:
        max_age_seconds: so long an answer is given again before the system is asked anew.
    """
    global _last_answer
    now = time.monotonic()
    last = _last_answer
    if last is not None and now - last[0] < max_age_seconds:
        return last[1]
    answer = _ask_battery()
    _last_answer = (now, answer)
    return answer


def lower_priority() -> None:
    """Give this process background priority for the processor and the disk.

    To be called early: threads that exist are lowered too, but where the system refuses anything,
    nothing happens. Linux was tried out; Windows and macOS were not.
    """
    import psutil  # here, as the window loads this module before it is painted

    process = psutil.Process()
    with contextlib.suppress(psutil.Error, OSError):
        if sys.platform == "win32":
            process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
            process.ionice(psutil.IOPRIO_LOW)
        elif sys.platform == "linux":
            # Niceness belongs to each thread there.
            for thread in process.threads():
                _make_nice(thread.id)
            process.ionice(psutil.IOPRIO_CLASS_BE, _LOWEST_BEST_EFFORT)
            _lower_session()
        else:
            process.nice(max(_NICE, process.nice()))


def lower_thread_priority() -> None:
    """Give the calling thread background priority, and none of the others of this process.

    On Linux the threads that it starts from then on inherit that, those of torch's operators
    included; on Windows and macOS they do not. Nothing happens where the system refuses. Linux was
    tried out; Windows and macOS were not.
    """
    _here.lowered = True
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "win32":
            kernel32 = ctypes.WinDLL("kernel32")
            kernel32.GetCurrentThread.restype = ctypes.c_void_p
            kernel32.SetThreadPriority.argtypes = (ctypes.c_void_p, ctypes.c_int)
            kernel32.SetThreadPriority(kernel32.GetCurrentThread(), _THREAD_PRIORITY_BELOW_NORMAL)
        elif sys.platform == "darwin":
            ctypes.CDLL(None).pthread_set_qos_class_self_np(_QOS_CLASS_UTILITY, 0)
        elif sys.platform == "linux":
            _make_nice(threading.get_native_id())


def is_lowered() -> bool:
    """Tell whether :func:`lower_thread_priority` was called for the calling thread."""
    return getattr(_here, "lowered", False)


def _ask_battery() -> bool:
    import psutil

    # Third-party code that reads what drivers write: whatever is odd there must not end the work.
    with contextlib.suppress(Exception):
        battery = psutil.sensors_battery()
        return battery is None or battery.power_plugged is not False
    return True


def _make_nice(thread: int) -> None:
    if sys.platform == "linux":
        nice = max(_NICE, os.getpriority(os.PRIO_PROCESS, thread))
        os.setpriority(os.PRIO_PROCESS, thread, nice)


def _lower_session() -> None:
    """Lower the session of a process that leads one: see sched(7), "The autogroup feature".

    Niceness counts within a session only there, and a decoder process has one of its own.
    """
    if sys.platform != "linux" or os.getsid(0) != os.getpid():
        return
    for _ in range(_SESSION_TRIES):
        try:
            Path("/proc/self/autogroup").write_text(str(_NICE))
        except BlockingIOError:  # ordinary users get one change in 0.1 s, all together
            time.sleep(0.1)
        else:
            return
