"""Indexing where memory, threads, the disk or permissions do not suffice."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest
from library_runs import CountingEncoder, found, run

from inphotos.errors import DecoderError, OutOfMemoryError
from inphotos.library import Library
from inphotos.photos import thumbnails
from inphotos.photos.presence import is_gone


def test_less_is_encoded_at_once_where_memory_is_short(
    library: Library, photos: Path, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, sizes = encoder.encode_images, []

    def encode(pixels):
        sizes.append(len(pixels))
        if len(pixels) > 1:
            raise RuntimeError("[enforce fail at alloc_cpu.cpp:124] can't allocate memory")
        return plain(pixels)

    monkeypatch.setattr(encoder, "encode_images", encode)
    library.add_folder(photos)
    assert run(library).indexed == 5
    assert sizes[0] == 5
    assert len(found(library)) == 5


def test_too_little_memory_for_a_single_photo_is_told(
    library: Library, photos: Path, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def encode(pixels):
        raise MemoryError

    library.add_folder(photos)
    with monkeypatch.context() as patch:
        patch.setattr(encoder, "encode_images", encode)
        with pytest.raises(OutOfMemoryError, match="too little memory"):
            run(library)
    assert run(library).indexed == 5


@pytest.mark.parametrize("allowed", [0, 1])
def test_a_system_without_threads_ends_the_work_with_a_sentence(
    library: Library,
    photos: Path,
    encoder: CountingEncoder,
    monkeypatch: pytest.MonkeyPatch,
    allowed: int,
) -> None:
    started, start = 0, threading.Thread.start

    def refuse(thread: threading.Thread) -> None:
        nonlocal started
        if threading.current_thread() is threading.main_thread():
            started += 1
            if started > allowed:
                raise RuntimeError("can't start new thread")
        start(thread)

    library.add_folder(photos)
    encoder.load_images()
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        if allowed:  # one thread reads, and no other encodes
            assert run(library).indexed == 5
        else:
            with pytest.raises(DecoderError, match="allows no more threads"):
                run(library)
    assert run(library).found == 5
    assert len(found(library)) == 5


def test_a_thumbnail_that_cannot_be_written_costs_no_photo(
    library: Library, photos: Path, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    library.add_folder(photos)
    with monkeypatch.context() as patch:
        patch.setattr(thumbnails, "write_atomically", refuse)
        summary = run(library)
    assert (summary.indexed, summary.unkept) == (5, 5)
    assert summary.unkept_reason == "No space left on device"
    [first, *_] = library.browse(top=9).results
    assert library.thumbnails.get(first.path, first.content, 256) is not None
    assert run(library).unkept == 0


def test_a_file_that_cannot_be_asked_for_is_not_gone(ordinary_user: Path) -> None:
    photo = ordinary_user / "trip" / "a.jpg"
    photo.parent.mkdir()
    assert is_gone(photo)
    photo.write_bytes(b"a photo")
    assert not is_gone(photo)
    photo.parent.chmod(0)
    assert not is_gone(photo)
    photo.parent.chmod(0o700)
    assert is_gone(photo / "below a file")
