#!/usr/bin/env python3
"""Break what InPhotos runs on while it runs, and look at what it makes of that.

    python scripts/fault_campaign.py [--only PART ...] [--list]

Each trial begins with the same small library, runs a command of the product while something fails
(a disk without room, a file that cannot be read, a drive that is pulled out, memory or handles that
run out, a clock that jumps) and then, with the fault gone, brings the library up to date. It has to
end with the right exit status and one clear sentence, to have lost nothing, and the next run has to
finish the work. Prints a table of what came of each and ends with 1 where that did not hold.

Calls fail by a library that is built with the C compiler and preloaded; drives are mounted in a
name space of mounts of their own. Where there is no compiler, or no right to mount, the trials that
need them are left out and counted. Linux only.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from faults import disk, injection, machine, reading
from faults.trials import Trial
from faults.world import Run, State, World

_INSIDE = "INPHOTOS_CAMPAIGN_PLACE"
_TRIALS = (*disk.TRIALS, *reading.TRIALS, *machine.TRIALS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trials and print what came of them; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--only", nargs="+", metavar="PART", default=[""], help="trials with that in their name"
    )
    parser.add_argument("--list", action="store_true", help="name the trials")
    options = parser.parse_args(arguments)
    chosen = [t for t in _TRIALS if any(part in t.name for part in options.only)]
    if options.list:
        print("\n".join(trial.name for trial in chosen))
        return 0
    if not sys.platform.startswith("linux"):
        print("The campaign needs Linux.", file=sys.stderr)
        return 1
    if _INSIDE not in os.environ:
        return _start_inside(arguments or sys.argv[1:])
    return _run(chosen, Path(os.environ[_INSIDE]))


def _start_inside(arguments: Sequence[str]) -> int:
    """Run this script again where mounts are its own and calls can be made to fail."""
    with tempfile.TemporaryDirectory(prefix="inphotos-faults-") as place:
        environment = {
            **os.environ,
            _INSIDE: place,
            "HOME": f"{place}/home",
            "XDG_DATA_HOME": f"{place}/trial/data",
            "XDG_CONFIG_HOME": f"{place}/trial/config",
            "INPHOTOS_MODELS": f"{place}/trial/models",
            "INPHOTOS_RUNTIME": "torch-fp32",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "TMPDIR": place,
        }
        preloaded = injection.build(Path(place))
        if preloaded is not None:
            environment["LD_PRELOAD"] = str(preloaded)
        command = [sys.executable, str(Path(__file__).resolve()), *arguments]
        return subprocess.call([*_own_mounts(), *command], env=environment)


def _own_mounts() -> list[str]:
    """Return what gives a command mounts of its own; nothing where that is not possible."""
    if shutil.which("unshare") is None:
        return []
    rights = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    command = ["unshare", *rights, "--mount", "--propagation", "private", "--"]
    probe = [*command, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    works = subprocess.run(probe, capture_output=True, check=False).returncode == 0
    return command if works else []


def _run(trials: Sequence[Trial], place: Path) -> int:
    _load_the_product()
    can_mount = os.geteuid() == 0 and subprocess.call(["mountpoint", "-q", "/proc"]) == 0
    able = {"": True, "calls": injection.is_loaded(), "mounts": can_mount}
    world = World(place)
    world.prepare()
    violations, left_out = 0, 0
    for number, trial in enumerate(trials, 1):
        if not able[trial.need]:
            left_out += 1
            continue
        print(f"[{number}/{len(trials)}] {trial.name}", file=sys.stderr, flush=True)
        started = time.monotonic()
        said, problems = _try(trial, world)
        violations += bool(problems)
        verdict = "ok" if not problems else "VIOLATION"
        print(f"{trial.name:26} {verdict:9} {time.monotonic() - started:5.1f} s  {said}")
        for problem in problems:
            print(f"{'':26} - {problem}")
        sys.stdout.flush()
    tried = len(trials) - left_out
    print(f"{tried} trials, {violations} with a violation; {left_out} left out (no way to fail).")
    return 1 if violations or not tried else 0


def _load_the_product() -> None:
    """Load what takes long once for all processes, which are forked from this one."""
    import torch

    import inphotos.cli.commands
    import inphotos.encoders.runtimes.torch_runtime
    import inphotos.indexing.indexer
    import inphotos.library  # noqa: F401

    torch.set_num_threads(1)


def _try(trial: Trial, world: World) -> tuple[str, list[str]]:
    """Let one thing fail; return what was said of it, and what is wrong."""
    world.renew()
    trial.before(world)
    run = world.run(*trial.command(world), inside=lambda: trial.inside(world))
    problems = _wrong_words(trial, run)
    wrong = trial.check(world, run)
    problems += [wrong] if wrong else []
    trial.after(world)
    kept = trial.least > 0
    problems += _wrong_state(world.state(), trial.least, "afterwards", kept)
    again = world.run("index", *([world.photos] if trial.least == 0 else []))
    if again.status != 0:
        problems.append(f"the next run ended with {again.status}: {again.err.strip()[-300:]}")
    problems += _wrong_state(world.state(), trial.finally_, "after the next run", kept)
    problems += [f"left behind: {name}" for name in world.left_behind()]
    lines = [line for line in run.err.splitlines() if "photos found" not in line]
    state = f"{run.status}: " + (" | ".join(lines[-2:]) or "(nothing said)")
    return state.replace(str(world.trial), "…"), problems


def _wrong_words(trial: Trial, run: Run) -> list[str]:
    problems = []
    possible = trial.status if isinstance(trial.status, tuple) else (trial.status,)
    if run.status not in possible:
        problems.append(f"ended with {run.status}, not {trial.status}: {run.err.strip()[-600:]}")
    for word in ("Traceback", "Something went wrong", "Exception ignored", "terminate called"):
        if word in run.err:
            problems.append(f"says {word!r}: {run.err.strip()[-600:]}")
    told = [line for line in run.err.splitlines() if line.startswith("inphotos: ")]
    if len(told) > 1 or (run.status == 2 and not told):
        problems.append(f"{len(told)} sentences instead of one: {told}")
    if trial.says and not any(re.search(trial.says, line) for line in run.err.splitlines()):
        problems.append(f"does not say {trial.says!r}: {run.err.strip()[-300:]}")
    return problems


def _wrong_state(state: State, least: int, when: str, kept: bool) -> list[str]:
    if state.problem:
        return [f"{when}: {state.problem}"]
    problems = []
    if state.indexed < least:
        problems.append(f"{when}: {state.indexed} photos can be found, not {least}")
    if state.twice or state.unequal:
        problems.append(f"{when}: {state.twice} photos twice, {state.unequal} out of step")
    if kept and (len(state.marked) != 1 or state.searches != ("boats",)):
        problems.append(f"{when}: lost marks or searches: {state.marked} {state.searches}")
    return problems


if __name__ == "__main__":
    sys.exit(main())
