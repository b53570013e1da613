"""A long command shown as one line: for how long it has run and what it is doing now."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

# A terminal's line is redrawn this often, in seconds; without a terminal (a log, CI) a new line
# is written now and then instead.
REDRAW_EVERY = 0.25
LINE_EVERY = 15.0


def run_logged(
    title: str, command: list[str], log: Path, **environment: str
) -> tuple[int, list[str]]:
    """Run `command` to its end; return its exit status and the lines that it printed.

    The same lines are appended to the file `log`. What is shown goes to stderr: stdout belongs to
    the program that is started afterwards.
    """
    lines: list[str] = []
    with log.open("a", encoding="utf-8") as log_file:
        log_file.write(f"\n$ {' '.join(command)}\n")
        process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            # The lock of the set-up is inheritable: should this process be killed, the lock holds
            # until the command that it left behind has ended as well.
            close_fds=False,
        )

        def read() -> None:
            assert process.stdout is not None
            with process.stdout as output:
                for line in output:
                    lines.append(line)
                    # On a full disk the command's own words matter more than the log.
                    with contextlib.suppress(OSError):
                        log_file.write(line)

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        try:
            _show_while(reader, title, lines)
            return process.wait(), lines
        except BaseException:
            process.terminate()
            process.wait()
            raise


def activity_of(line: str) -> str | None:
    """What a line printed by pip or apt-get says is going on; None where it says nothing."""
    if match := re.match(r"Collecting ([\w.\-]+)", line):
        return f"looking for {match[1]}"
    if match := re.match(
        r"\s+Downloading (?:\S*/)?([\w.]+-[\w.+]+?)(?:-\S+|\.tar\S*) (\(.+\))", line
    ):
        return f"downloading {match[1]} {match[2]}"
    if match := re.match(r"Installing collected packages: (.+)", line):
        return f"installing {match[1].count(',') + 1} packages"
    if match := re.match(r"(Unpacking|Setting up) ([\w.+\-]+)", line):
        return f"{match[1].lower()} {match[2]}"
    return None


def _show_while(reader: threading.Thread, title: str, lines: list[str]) -> None:
    """Show the newest activity until the reader of the lines has ended."""
    terminal = sys.stderr.isatty()
    started = time.monotonic()
    next_line = 0.0
    activity = ""
    seen = 0
    while True:
        for line in lines[seen:]:
            activity = activity_of(line) or activity
            seen += 1
        seconds = time.monotonic() - started
        text = f"[{seconds:4.0f} s] {title}{': ' if activity else ''}{activity}"
        if terminal:
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write("\r" + text[:width].ljust(width))
        elif seconds >= next_line:
            sys.stderr.write(text + "\n")
            next_line = seconds + LINE_EVERY
        sys.stderr.flush()
        if not reader.is_alive():
            break
        reader.join(REDRAW_EVERY)
    if terminal:
        sys.stderr.write("\n")
