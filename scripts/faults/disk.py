"""Disks without room, at every kind of write."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
from pathlib import Path

from faults.injection import set_rules
from faults.trials import ALL, Action, Trial
from faults.world import Run, World

_NO_ROOM = "no room left on the disk of the library"


def failing(call: str, part: str, *, skip: int = 0, number: int = errno.ENOSPC) -> Action:
    """Return what lets a call fail on paths with this part (``{trial}`` is the trial's place)."""
    return lambda world: set_rules(f"{call} {number} {skip} {part.format(trial=world.trial)}")


def _limit_files(world: World) -> None:
    """Let no file grow much beyond the store as it is; works without any rights."""
    most = (world.library / "store" / "data.mdb").stat().st_size + 40_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _small_disk(world: World) -> None:
    """Put the library on a file system of its own that has 60 KB of room."""
    aside = world.trial / "aside"
    world.library.rename(aside)
    world.library.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(world.library)]
    subprocess.run(mount, check=True)
    shutil.copytree(aside, world.library, dirs_exist_ok=True)
    free = shutil.disk_usage(world.library).free
    (world.library / "store" / "ballast").write_bytes(bytes(free - 60_000))


def _no_reserve(_: World) -> None:
    """Leave out the look at the free room, as where another program takes it at that moment."""
    from inphotos.store import database

    database.MIN_FREE_BYTES = 0


def _larger_disk(world: World) -> None:
    mount = ["mount", "-o", "remount,size=200m", str(world.library)]
    subprocess.run(mount, check=True)
    (world.library / "store" / "ballast").unlink()


def _small_target(world: World) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "t", str(world.target)], check=True)


def _unmount_target(world: World) -> None:
    subprocess.run(["umount", "-l", str(world.target)], check=True)


def _few_copies(world: World, _: Run) -> str:
    whole = {p.stat().st_size for p in world.photos.rglob("*.jpg")}
    copies = list(world.target.iterdir())
    return "" if all(c.stat().st_size in whole for c in copies) else "half a copy is there"


def _sidecars_wanted(world: World) -> None:
    run = world.run("mark", "--sidecars", world.favourite, "--tag", "sea")
    if run.status != 0:
        raise RuntimeError(run.err)


def _rating_is_kept(world: World, _: Run) -> str:
    run = world.run("info", world.favourite)
    own = world.favourite.with_name("03.jpg.xmp").read_text(encoding="utf-8")
    if "sea" not in own or "</" not in own:
        return "the former XMP file is damaged"
    return "" if "4" in run.out else "the rating is not in the library"


def _new_library(world: World) -> None:
    shutil.rmtree(world.library)


def _model_to_add(world: World) -> None:
    from inphotos.encoders.registry import bundled_directory

    shutil.copytree(bundled_directory("demo"), world.trial / "model")


def _no_model(world: World, _: Run) -> str:
    models = world.trial / "models"
    found = [p for p in models.iterdir() if p.name != ".converted"] if models.exists() else []
    return f"half a model is there: {found}" if found else ""


def _one_photo_less(world: World) -> None:
    (world.photos / "known" / "07.jpg").unlink()
    if world.run("index").status != 0:
        raise RuntimeError("the photo cannot be taken out")


def _prepare_on_full_disk(world: World) -> None:
    del os.environ["INPHOTOS_RUNTIME"]
    failing("write", "{trial}/models/")(world)


def _vectors_gone(world: World) -> None:
    shutil.rmtree(world.library / "vectors", ignore_errors=True)
    shutil.rmtree(world.library / "alike", ignore_errors=True)


def _to_full_device(_: World) -> None:
    handle = os.open(Path("/dev/full"), os.O_WRONLY)
    os.dup2(handle, 1)


TRIALS = (
    Trial("store-write", _NO_ROOM, inside=failing("write", "data.mdb", skip=6), need="calls"),
    Trial("store-sync", _NO_ROOM, inside=failing("sync", "data.mdb", skip=2), need="calls"),
    Trial(
        "store-eio",
        r"The library .* cannot be (written|used)",
        inside=failing("write", "data.mdb", skip=6, number=errno.EIO),
        need="calls",
    ),
    Trial("store-limit", "cannot be written", inside=_limit_files),
    Trial(
        "store-small-disk",
        _NO_ROOM,
        before=_small_disk,
        inside=_no_reserve,
        after=_larger_disk,
        need="mounts",
    ),
    Trial(
        "new-library",
        _NO_ROOM,
        command=lambda world: ["index", world.photos],
        before=_new_library,
        inside=failing("write", "{trial}/library/"),
        least=0,
        need="calls",
    ),
    Trial(
        "opening-model-json",
        "",
        command=lambda _: ["status"],
        status=0,
        inside=failing("write", "model.json"),
        need="calls",
    ),
    Trial(
        "opening-all",  # searching needs no room
        "",
        command=lambda _: ["search", "a boat"],
        status=0,
        inside=failing("write", "{trial}/library/"),
        need="calls",
    ),
    Trial(
        "thumbnails",
        r"humbnails? .*(No space|no room)",
        status=0,
        inside=failing("write", "/thumbnails/"),
        least=ALL,
        need="calls",
    ),
    Trial("alike-notes", "", status=0, inside=failing("tear", "/alike/"), least=ALL, need="calls"),
    Trial(
        "calibration",
        "",
        status=0,
        inside=failing("write", "/calibration/"),
        least=ALL,
        need="calls",
    ),
    Trial(
        "rounded-vectors",
        "",
        status=0,
        command=lambda _: ["search", "a boat"],
        before=_vectors_gone,
        inside=failing("write", "/vectors/"),
        need="calls",
    ),
    Trial(
        "rounded-verdict",
        "",
        status=0,
        command=lambda _: ["search", "a boat"],
        before=_vectors_gone,
        inside=failing("write", "/vectors/.tmp-"),
        need="calls",
    ),
    Trial(
        "alike-groups",
        "No photos of the library are alike",
        status=1,
        command=lambda _: ["duplicates"],
        before=_vectors_gone,
        inside=failing("write", "/alike/.tmp-"),
        need="calls",
    ),
    Trial(
        "saved-search",
        _NO_ROOM,
        command=lambda _: ["searches", "save", "sea", "the sea"],
        inside=failing("write", "{trial}/library/.tmp-"),
        need="calls",
    ),
    Trial(
        "marks",
        _NO_ROOM,
        command=lambda world: ["mark", world.photos / "known" / "05.jpg", "--favorite"],
        inside=failing("tear", "marks.jsonl"),
        need="calls",
    ),
    Trial(
        "settings",
        _NO_ROOM,
        command=lambda world: ["mark", world.favourite, "--sidecars", "--tag", "sea"],
        inside=failing("write", "{trial}/library/.tmp-"),
        need="calls",
    ),
    Trial(
        "sidecar",
        "The XMP file of .* was not written: No space left",
        command=lambda world: ["mark", world.favourite, "--rating", "4"],
        status=0,
        before=_sidecars_wanted,
        inside=failing("write", "/known/.inphotos-sidecar-"),
        check=_rating_is_kept,
        need="calls",
    ),
    Trial(
        "export-write",
        "no room left in",
        command=lambda world: ["export", world.target, "folder:known"],
        inside=failing("write", ".inphotos", skip=3),
        check=_few_copies,
        need="calls",
    ),
    Trial(
        "export-sync",
        "no room left in",
        command=lambda world: ["export", world.target, "folder:known"],
        inside=failing("sync", ".inphotos", skip=3),
        check=_few_copies,
        need="calls",
    ),
    Trial(
        "export-small-disk",
        "no room for the photos in",
        command=lambda world: ["export", world.target, "folder:known"],
        before=_small_target,
        after=_unmount_target,
        check=_few_copies,
        need="mounts",
    ),
    Trial(
        "model-added",
        r"(No space left|no room)",
        command=lambda world: ["models", "add", world.trial / "model"],
        before=_model_to_add,
        inside=failing("write", "{trial}/models/"),
        check=_no_model,
        need="calls",
    ),
    Trial(
        "model-prepared",
        r"could not be (measured|prepared)|No space left|no room",
        command=lambda _: ["models", "tune", "--runtime", "openvino-fp32"],
        inside=_prepare_on_full_disk,
        need="calls",
    ),
    Trial(
        "forget",
        _NO_ROOM,
        command=lambda world: ["forget", world.photos],
        inside=failing("write", "data.mdb"),
        need="calls",
    ),
    Trial(
        "compact",
        _NO_ROOM,
        command=lambda _: ["compact"],
        before=_one_photo_less,
        inside=failing("write", "data.mdb"),
        least=ALL - 1,
        finally_=ALL - 1,
        need="calls",
    ),
    Trial(
        "result",
        r"result cannot be written \(No space left",
        command=lambda _: ["--json", "status"],
        inside=_to_full_device,
    ),
)
