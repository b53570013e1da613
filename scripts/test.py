#!/usr/bin/env python3
"""Check this checkout as CI does: python3 scripts/test.py [arguments of pytest].

Installs what the checks need into .venv, then runs lint, types, import rules and tests. Every step
runs, whatever the others said; the exit status is 0 only when all of them passed.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

if sys.version_info < (3, 11):  # noqa: UP036 - a sentence instead of an old Python's SyntaxError
    sys.exit(
        "InPhotos needs Python 3.11 or newer, and this is Python %d.%d: start it with a newer "  # noqa: UP031
        "one, such as python3.12." % sys.version_info[:2]
    )

from setup_env import LOG, PYTHON, ROOT, VENV, ensure_environment
from system_packages import SetupError, ensure_window_libraries

# Each takes seconds and says nothing of interest unless it fails.
QUIET_STEPS = {
    "ruff check": ["ruff", "check"],
    "ruff format": ["ruff", "format", "--check"],
    "mypy": ["mypy"],
    "lint-imports": ["lint-imports"],
}


def main(arguments: list[str]) -> int:
    """Set up what is missing, run every step and sum up."""
    # Tests need no screen. Set here too, because it decides which system libraries Qt needs.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    started = time.monotonic()
    try:
        ensure_environment(frozenset({"test"}))
        ensure_window_libraries(VENV, LOG)
        with ThreadPoolExecutor(1) as beside:
            # They fill the time in which a core has no test to run.
            quiet = beside.submit(run_quiet_steps)
            failed = [] if run_tests(arguments) else ["pytest"]
            said = quiet.result()
        for name in QUIET_STEPS:
            print(f"{name:14}{'FAILED' if name in said else 'ok'}\n{said.get(name, '')}".rstrip())
        failed += said
    except SetupError as error:
        print(f"The tests cannot start: {error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    seconds = time.monotonic() - started
    print(f"Failed: {', '.join(failed)}" if failed else "All passed", f"({seconds:.0f} s)")
    return 1 if failed else 0


def run_quiet_steps() -> dict[str, str]:
    """Run the steps that say nothing of interest; return what those said that failed, by name."""
    said = {name: run_quietly(command) for name, command in QUIET_STEPS.items()}
    return {name: words for name, words in said.items() if words}


def run_quietly(command: list[str]) -> str:
    """Run a step; return what it said where it failed, "" where it did not."""
    program = PYTHON.with_name(command[0])
    result = subprocess.run(
        [str(program), *command[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return "" if result.returncode == 0 else result.stdout or f"status {result.returncode}"


def run_tests(arguments: list[str]) -> bool:
    """Run pytest on all cores, with its own output as it comes."""
    started = time.monotonic()
    # One process for each core, and one thread in each: threads of torch would get in each other's
    # way. Files come in the order of tests/conftest.py, those that take long first. Arguments may
    # say otherwise, such as "-n 0" to use a debugger.
    on_all_cores = ["-n", "logical", "--dist", "loadfile", "--no-loadscope-reorder"]
    environment = {"OMP_NUM_THREADS": "1", **os.environ}
    command = [str(PYTHON), "-m", "pytest", *on_all_cores, *arguments]
    status = subprocess.call(command, cwd=ROOT, env=environment)
    verdict = "ok" if status == 0 else "FAILED"
    print(f"{'pytest':14}{verdict:8}{time.monotonic() - started:5.1f} s", flush=True)
    return status == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
