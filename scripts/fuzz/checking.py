"""Takes files through everything that the product does with them, and sees what must hold."""

from __future__ import annotations

import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from fuzz.cases import Case
from fuzz.seeds import write_photo
from inphotos.errors import PhotoError
from inphotos.library.sidecars import MarkedFile, SidecarWriter
from inphotos.photos.decoded import Decoded, Known
from inphotos.photos.decoder_process import SECONDS_PER_PHOTO
from inphotos.photos.decoder_service import DecoderService
from inphotos.photos.view_reader import ViewReader
from inphotos.photos.worker import MEMORY_BYTES
from inphotos.pixels import PixelSpec, Region
from inphotos.store.marks import Mark

#: As CLIP wants it.
_SPEC = PixelSpec(224, (224, 224))

_VIEW_EDGE = 1600

#: Reading the answer, ending the process and starting another, on a machine that has much to do.
_GRACE_SECONDS = 30.0

#: What the parent may take beside what it begins with: some answers, and the files themselves.
_PARENT_BYTES = 400 << 20

_CONTROL_EVERY = 100

#: One in so many is also tried in ways that hardly differ from others.
_SOME = 3

#: All the reasons that there are, in the product's own words.
REASONS = re.compile(
    r"the file is (?:empty|damaged|cut off|damaged or of a rare kind|larger than 1 GiB)"
    r"|it is not a picture, whatever its name says"
    r"|it claims \d+ x \d+ pixels, more than the 400 megapixels that are allowed"
    r"|the RAW files of this camera cannot be read"
)
_MEMORY = "it takes more memory than a photo may"
_CRASHED = "the decoder crashed on it"
_SLOW = re.compile(r"decoding took longer than \d+ seconds")
_SIDECAR_REASON = re.compile(
    r"photo\.jpg\.xmp (?:makes no sense, and is left as it is|cannot be read)"
)

#: How cases end, in the order of the summary.
OUTCOMES = ("decoded", "refused", "too much memory", "too slow", "crashed")


@dataclass(slots=True)
class Findings:
    """What came of many files.

    Attributes:
        outcomes: how many of each kind ended how, by (kind, outcome).
        reasons: how often each was given, numbers left out.
        violations: what must not be, each with the number of its file, or -1.
        slowest: seconds and number of the file that took longest.
        worker_bytes: the most memory that a decoder process was seen to take.
        parent_bytes: the most memory that this process took beyond what it began with.
    """

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    violations: list[tuple[int, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)
    worker_bytes: int = 0
    parent_bytes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def violate(self, number: int, what: str) -> None:
        """Note what must not be."""
        with self.lock:
            self.violations.append((number, what))

    def add(self, kind: str, outcome: str, reason: str) -> None:
        """Count how a file ended."""
        with self.lock:
            self.outcomes[kind, outcome] += 1
            if reason:
                self.reasons[re.sub(r"\d+", "N", reason)] += 1


class Checker:
    """Tries files, several at the same time; use it as a context manager.

    Attributes:
        findings: of all that were tried.
        keep: where files that fail are kept, None for nowhere.
    """

    def __init__(self, folder: Path, workers: int, keep: Path | None) -> None:
        """Prepare.

        Args:
            folder: an empty one, for the files.
            workers: how many files are tried at the same time.
            keep: where files that fail are kept, None for nowhere.
        """
        self.findings = Findings()
        self.keep = keep
        self._workers = workers
        self._folder = folder
        self._temporary = folder / "temporary"
        self._control = write_photo(folder / "control.jpg")
        self._decoders = DecoderService(workers)
        self._views = ViewReader()
        self._hash: int | None = None
        self._others: set[psutil.Process] = set()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Hold for the block what must hold for all files together."""
        self._temporary.mkdir()
        former = os.environ.get("TMPDIR")
        os.environ["TMPDIR"] = str(self._temporary)  # of the decoders too
        handles, self._others = _handles(), set(psutil.Process().children())
        over = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(over,), daemon=True)
        watcher.start()
        try:
            self._check_control(-1)
            yield
            self._check_control(-1)
        finally:
            self._decoders.close()
            self._views.close()
            over.set()
            watcher.join()
            if former is None:
                del os.environ["TMPDIR"]
            else:
                os.environ["TMPDIR"] = former
        self._check_left_over(handles)

    def try_all(self, cases: Iterator[Case], until: float) -> Iterator[int]:
        """Try cases and yield, after each, how many are done.

        Args:
            cases: are taken as they are needed.
            until: of ``time.monotonic``; none is begun after it.
        """
        done = 0
        room = threading.Semaphore(2 * self._workers)
        counted = threading.Condition()

        def attempt(case: Case) -> None:
            nonlocal done
            try:
                self.attempt(case)
            except Exception as error:  # whatever escapes is what is looked for
                self.findings.violate(case.number, f"{type(error).__name__} escaped: {error}")
            finally:
                room.release()
                with counted:
                    done += 1

        with ThreadPoolExecutor(self._workers) as pool:
            for case in cases:
                if time.monotonic() > until:
                    break
                room.acquire()
                pool.submit(attempt, case)
                yield done
        yield done

    def attempt(self, case: Case) -> None:
        """Decode a file in each of the ways of the product, and check what comes of it."""
        folder = self._folder / f"{case.number:06}"
        folder.mkdir()
        photo = folder / f"photo{case.suffix}"
        photo.write_bytes(case.data)
        if case.sidecar is not None:
            photo.with_name(f"{photo.name}.xmp").write_bytes(case.sidecar)
        stood = _state(folder)
        outcome, reason = self._decode(case, photo)
        self.findings.add(case.kind, outcome, reason)
        if _state(folder) != stood:
            self.findings.violate(case.number, "a file in the folder has changed")
        if case.sidecar is not None:
            self._edit_sidecar(case, photo)
        if case.number % _CONTROL_EVERY == 0:
            self._check_control(case.number)
        if self.keep is not None and any(n == case.number for n, _ in self.findings.violations):
            self._keep(case)
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()

    def _decode(self, case: Case, photo: Path) -> tuple[str, str]:
        """Decode for the index, and for the screen; return how it ended, and the worst reason."""
        chosen = Region(0.1, 0.2, 0.5, 0.5) if case.number % 7 == 0 else None
        started = time.monotonic()
        answer = self._decoders.decode(photo, _SPEC, region=chosen)
        self._time(case, started)
        outcome, reason = self._judge(case, answer)
        if isinstance(answer, Decoded) and case.number % _SOME == 0:
            self._check_known(case, photo, answer)
        if not isinstance(answer, Decoded) and case.number % _SOME:
            return outcome, reason  # for the screen it goes the same way
        started = time.monotonic()
        try:
            self._views.read(photo, _VIEW_EDGE)
        except PhotoError as error:
            seen, why = self._judge(case, error)
            if OUTCOMES.index(seen) > OUTCOMES.index(outcome):
                outcome, reason = seen, why
        self._time(case, started)
        return outcome, reason

    def _judge(self, case: Case, answer: object) -> tuple[str, str]:
        if isinstance(answer, Decoded):
            return "decoded", ""
        if not isinstance(answer, PhotoError):
            self.findings.violate(case.number, f"an answer of the kind {type(answer).__name__}")
            return "refused", ""
        reason = answer.reason
        if reason == _MEMORY:
            return "too much memory", reason
        if reason == _CRASHED:
            return "crashed", reason
        if _SLOW.fullmatch(reason):
            return "too slow", reason
        if not REASONS.fullmatch(reason):
            self.findings.violate(case.number, f"a reason that is not ours: {reason!r}")
        return "refused", reason

    def _check_known(self, case: Case, photo: Path, decoded: Decoded) -> None:
        """Ask again as for a copy; its metadata must be the same and nothing is decoded."""
        answer = self._decoders.decode(photo, _SPEC, known=[decoded.content])
        if not isinstance(answer, Known) or answer.metadata != decoded.metadata:
            self.findings.violate(case.number, "the same file was read differently")

    def _edit_sidecar(self, case: Case, photo: Path) -> None:
        """Write a mark to the hostile sidecar: it is changed as a whole, or left as it is."""
        sidecar = photo.with_name(f"{photo.name}.xmp")
        writer = SidecarWriter()
        writer.add([MarkedFile(photo, Mark(), Mark(rating=4, tags=("tag <&> one",)))])
        started = time.monotonic()
        problems = writer.write()
        self._time(case, started)
        if not problems:
            if b"tag &lt;&amp;&gt; one" not in sidecar.read_bytes():
                self.findings.violate(case.number, "the mark is not in the sidecar")
            return
        if sidecar.read_bytes() != case.sidecar:
            self.findings.violate(case.number, "a sidecar that makes no sense was changed")
        if not _SIDECAR_REASON.fullmatch(problems[0].reason):
            self.findings.violate(case.number, f"not ours: {problems[0].reason!r}")

    def _time(self, case: Case, started: float) -> None:
        taken = time.monotonic() - started
        with self.findings.lock:
            self.findings.slowest = max(self.findings.slowest, (taken, case.number))
        if taken > SECONDS_PER_PHOTO + _GRACE_SECONDS:
            self.findings.violate(case.number, f"it took {taken:.0f} seconds")

    def _check_control(self, number: int) -> None:
        """See that a sound photo is decoded, and to the same picture as before."""
        answer = self._decoders.decode(self._control, _SPEC)
        found = answer.phash if isinstance(answer, Decoded) else None
        if self._hash is None:
            self._hash = found
        if found is None or found != self._hash:
            self.findings.violate(number, "a sound photo is no longer decoded as it was")

    def _watch(self, over: threading.Event) -> None:
        """Note how much memory this process and the decoders take."""
        own = psutil.Process()
        began = own.memory_info().rss
        while not over.wait(0.2):
            grown = own.memory_info().rss - began
            self.findings.parent_bytes = max(self.findings.parent_bytes, grown)
            for child in set(own.children()) - self._others:
                with suppress(psutil.Error):
                    used = int(child.memory_info().rss)
                    self.findings.worker_bytes = max(self.findings.worker_bytes, used)

    def _check_left_over(self, handles: int) -> None:
        findings = self.findings
        if children := set(psutil.Process().children()) - self._others:
            findings.violate(-1, f"{len(children)} processes are left")
        if _handles() > handles:
            findings.violate(-1, f"{_handles() - handles} file handles are left open")
        if left := [path.name for path in self._temporary.rglob("*")]:
            findings.violate(-1, f"temporary files are left: {left[:5]}")
        if findings.worker_bytes > MEMORY_BYTES:
            findings.violate(-1, f"a decoder took {findings.worker_bytes >> 20} MiB")
        if findings.parent_bytes > _PARENT_BYTES:
            findings.violate(-1, f"the parent took {findings.parent_bytes >> 20} MiB more")

    def _keep(self, case: Case) -> None:
        assert self.keep is not None
        self.keep.mkdir(parents=True, exist_ok=True)
        photo = self.keep / f"{case.number:06}{case.suffix}"
        photo.write_bytes(case.data)
        if case.sidecar is not None:
            photo.with_name(f"{photo.name}.xmp").write_bytes(case.sidecar)


def _handles() -> int:
    process = psutil.Process()
    return process.num_fds() if hasattr(process, "num_fds") else process.num_handles()


def _state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()}
