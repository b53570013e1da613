"""The photos of one directory: the part of a scan whose speed counts.

A rescan of photos that have not changed costs little more than asking the system for each file's
size and time, because nothing here makes an object per file beyond the one it gives out.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from operator import attrgetter
from typing import NamedTuple, overload

from inphotos.photos.exclusions import NO_MEDIA
from inphotos.photos.formats import COMPANION_SUFFIXES, READABLE, SUFFIXES
from inphotos.photos.placeholders import STUB_SUFFIXES, is_placeholder, photo_of_stub

_RAW_SUFFIXES = frozenset(READABLE["RAW"])

#: Suffixes as nearly all photos have them, found without looking for the dot. RAW files are left
#: to the longer way, which notes that there are some.
_COMMON_ENDINGS = frozenset(
    written
    for suffix in SUFFIXES - _RAW_SUFFIXES
    if len(suffix) == 4
    for written in (suffix, suffix.upper())
)

_SIDECAR_SUFFIX = ".xmp"

#: Suffixes of the files that stand for a photo in the cloud.
_STUB_ENDINGS = frozenset((*STUB_SUFFIXES, ".icloud"))

#: ``st_mode >> 12`` of a regular file: cheaper than a call of ``stat.S_ISREG`` for each.
_REGULAR = 0o10

_INT64_MAX = 2**63 - 1

#: The systems that mark placeholders in a file's attributes, which must then be looked at.
_MARKS_PLACEHOLDERS = os.name == "nt" or hasattr(os, "chflags")

_name_of = attrgetter("name")


class FoundFile(NamedTuple):
    """A photo's file as it is on disk.

    Attributes:
        name: without directories; may hold bytes that are not UTF-8 (lone surrogates).
        size: bytes.
        mtime_ns: time of the last change, nanoseconds since 1970, within 64 bits.
        inode: the file's number in its file system; 0 where the listing does not tell (Windows).
    """

    name: str
    size: int
    mtime_ns: int
    inode: int


class FoundFiles(Sequence[FoundFile]):
    """Files as the system told of them, each made into a ``FoundFile`` when it is asked for.

    In a rescan hardly any is: making them took a fourth of it.

    Attributes:
        names: in order.
        infos: what the system told of each.
    """

    __slots__ = ("infos", "names")

    def __init__(self, names: Sequence[str], infos: Sequence[os.stat_result]) -> None:
        self.names = names
        self.infos = infos

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[FoundFile]:
        return map(_found, self.names, self.infos)

    @overload
    def __getitem__(self, at: int) -> FoundFile: ...

    @overload
    def __getitem__(self, at: slice) -> FoundFiles: ...

    def __getitem__(self, at: int | slice) -> FoundFile | FoundFiles:
        if isinstance(at, slice):
            return FoundFiles(self.names[at], self.infos[at])
        return _found(self.names[at], self.infos[at])


def _found(name: str, info: os.stat_result) -> FoundFile:
    return FoundFile(name, info.st_size, info.st_mtime_ns, info.st_ino)


class Sidecar(NamedTuple):
    """The XMP file of a photo.

    Attributes:
        name: without directories; ``x.jpg.xmp`` or ``x.xmp`` for the photo ``x.jpg``.
        size: bytes.
        mtime_ns: time of the last change, nanoseconds since 1970.
    """

    name: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The photos of one directory.

    Attributes:
        directory: its path from the folder's root on, with the system's separator; "" for the
            root itself.
        files: its photos, by name.
        digest: 16 bytes (BLAKE2b) over the names, sizes and times of the photos and of their
            sidecars. While it stays the same nothing has changed. Inode numbers are no part of
            it: some file systems give new ones at each mount.
        sidecars: the XMP file of each photo that has one, by the photo's name.
    """

    directory: str
    files: Sequence[FoundFile]
    digest: bytes
    sidecars: Mapping[str, Sidecar]


@dataclass(slots=True)
class Content:
    """What one directory holds, before anything is decided on links and patterns.

    Attributes:
        count: entries of any kind.
        photos: regular files with a photo's name, by name.
        links: symbolic links with a photo's name that do not lead to a directory.
        folders: names of the directories, and whether each is a symbolic link.
        sidecars: XMP files, not looked at yet.
        placeholders: names of the photos that are only in the cloud.
        has_raw: whether RAW files are among ``photos``.
        no_media: whether the directory asks to be left out.
        vanished: whether a file was in the list but could not be found any more.
        broken: whether the system failed to tell about some entry.
    """

    count: int = 0
    photos: Sequence[FoundFile] = ()
    links: list[os.DirEntry[str]] = field(default_factory=list)
    folders: list[tuple[str, bool]] = field(default_factory=list)
    sidecars: list[os.DirEntry[str]] = field(default_factory=list)
    placeholders: list[str] = field(default_factory=list)
    has_raw: bool = False
    no_media: bool = False
    vanished: bool = False
    broken: bool = False


def read_directory(path: str) -> Content:
    """List one directory and ask for the size and time of its photos; open no file.

    Raises:
        OSError: the directory cannot be listed.
    """
    with os.scandir(path) as listing:
        entries = list(listing)
    content = Content(len(entries))
    named = [entry for entry in entries if entry.name[-4:] in _COMMON_ENDINGS]
    if len(named) != len(entries):
        for entry in entries:
            name = entry.name
            if name[-4:] in _COMMON_ENDINGS:
                continue
            suffix = name[name.rfind(".") :].lower()
            if suffix in SUFFIXES:
                content.has_raw = content.has_raw or suffix in _RAW_SUFFIXES
                named.append(entry)
            else:
                _sort_in(content, entry, suffix)
    named.sort(key=_name_of)
    # Hidden files and AppleDouble files ("._x.jpg") stand together in a sorted list.
    hidden = slice(bisect_left(named, ".", key=_name_of), bisect_left(named, "/", key=_name_of))
    del named[hidden]
    _ask_for_photos(content, named)
    return content


def _sort_in(content: Content, entry: os.DirEntry[str], suffix: str) -> None:
    """Note an entry whose name is not a photo's."""
    name = entry.name
    if _is_directory(content, entry):
        content.folders.append((name, entry.is_symlink()))
    elif suffix == _SIDECAR_SUFFIX and not name.startswith("."):
        content.sidecars.append(entry)
    elif suffix in _STUB_ENDINGS and (photo := photo_of_stub(name)) is not None:
        content.placeholders.append(photo)
    elif name == NO_MEDIA:
        content.no_media = True


def _is_directory(content: Content, entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link in a loop or to a share that does not answer is the link's trouble.
        content.broken = content.broken or not entry.is_symlink()
        return False


def _ask_for_photos(content: Content, named: list[os.DirEntry[str]]) -> None:
    if not _MARKS_PLACEHOLDERS:
        try:
            infos = [entry.stat(follow_symlinks=False) for entry in named]
        except OSError:
            pass
        else:
            if all([info.st_mode >> 12 == _REGULAR for info in infos]):  # noqa: C419 - half the time
                content.photos = FoundFiles([entry.name for entry in named], infos)
                return
    _ask_one_by_one(content, named)


def _ask_one_by_one(content: Content, named: list[os.DirEntry[str]]) -> None:
    """Ask for each photo where links, directories, failures or placeholders may be among them."""
    photos: list[FoundFile] = []
    content.photos = photos
    for entry in named:
        if _is_directory(content, entry):
            content.folders.append((entry.name, entry.is_symlink()))
            continue
        if entry.is_symlink():
            content.links.append(entry)
            continue
        try:
            info = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            content.vanished = True
        except OSError:
            content.broken = True
        else:
            if info.st_mode >> 12 != _REGULAR:
                continue
            if is_placeholder(info, entry.name):
                content.placeholders.append(entry.name)
            else:
                photos.append(_found(entry.name, info))


def make_listing(
    directory: str,
    photos: Sequence[FoundFile],
    content: Content,
    placeholders: Collection[str] = (),
) -> Listing:
    """Make the listing of a directory from the photos that count.

    A RAW file beside a JPEG or HEIF file of the same name but for the suffix, upper or lower case,
    is the same shot: it counts as one photo, which is the JPEG, for as long as that is there.

    Args:
        directory: its path from the folder's root on.
        photos: its photos, by name, RAW files with their companions.
        content: what was found there; the sidecars are looked at here.
        placeholders: photos that are only in the cloud and still keep their RAW files company.
    """
    shots: dict[str, str] = {}
    files = photos
    if content.has_raw:
        shots = _companions([*(photo.name for photo in photos), *placeholders])
        files = [photo for photo in photos if photo.name not in shots]
    sidecars: Mapping[str, Sidecar] = {}
    if content.sidecars and files:
        sidecars = _attach_sidecars(files, shots, content)
    try:
        digest = _digest(files, sidecars)
    except OverflowError:  # a time beyond the year 2262, which some file systems can hold
        files = [file._replace(mtime_ns=_within_64_bits(file.mtime_ns)) for file in files]
        digest = _digest(files, sidecars)
    return Listing(directory, files, digest, sidecars)


def _companions(names: Sequence[str]) -> dict[str, str]:
    """Return the RAW files that are passed over, each with the photo that stands for the shot."""
    parts = [(name, *os.path.splitext(name.lower())) for name in names]  # noqa: PTH122 - no Path per file
    shown = {stem: name for name, stem, suffix in parts if suffix in COMPANION_SUFFIXES}
    return {
        name: shown[stem]
        for name, stem, suffix in parts
        if suffix in _RAW_SUFFIXES and stem in shown
    }


def _attach_sidecars(
    files: Sequence[FoundFile], shots: Mapping[str, str], content: Content
) -> dict[str, Sidecar]:
    """Find each photo's own sidecar.

    ``x.jpg.xmp`` (darktable, digiKam) belongs to one file and goes before ``x.xmp`` (Adobe's
    programs), which belongs to the shot; last comes that of the RAW file of the same shot.
    """
    by_base: dict[str, os.DirEntry[str]] = {}
    for entry in content.sidecars:
        base = entry.name[: -len(_SIDECAR_SUFFIX)]
        by_base.setdefault(base.lower(), entry)
    # Names as they are written go before names that differ in case.
    by_base |= {entry.name[: -len(_SIDECAR_SUFFIX)]: entry for entry in content.sidecars}
    raw_of = {photo: raw for raw, photo in shots.items()}
    found: dict[str, Sidecar] = {}
    for file in files:
        stem = os.path.splitext(file.name)[0]  # noqa: PTH122 - no Path per file
        bases = (file.name, stem, raw_of.get(file.name, ""))
        keys = (key for base in bases for key in (base, base.lower()))
        own = next((by_base[key] for key in keys if key in by_base), None)
        sidecar = None if own is None else _ask_for_sidecar(content, own)
        if sidecar is not None:
            found[file.name] = sidecar
    return found


def _ask_for_sidecar(content: Content, entry: os.DirEntry[str]) -> Sidecar | None:
    try:
        info = entry.stat()
    except FileNotFoundError:  # a dangling link, or gone since the listing
        return None
    except OSError:
        content.broken = content.broken or not entry.is_symlink()
        return None
    if info.st_mode >> 12 != _REGULAR or is_placeholder(info, entry.name):
        return None
    return Sidecar(entry.name, info.st_size, _within_64_bits(info.st_mtime_ns))


def _within_64_bits(time_ns: int) -> int:
    return max(-_INT64_MAX, min(time_ns, _INT64_MAX))


def _columns(files: Sequence[FoundFile]) -> tuple[Sequence[str], Sequence[int], Sequence[int]]:
    """Return the names, sizes and times of files, without making any."""
    if isinstance(files, FoundFiles):
        infos = files.infos
        return files.names, [i.st_size for i in infos], [i.st_mtime_ns for i in infos]
    names, sizes, times, _ = zip(*files, strict=True)
    return names, sizes, times


def _digest(files: Sequence[FoundFile], sidecars: Mapping[str, Sidecar]) -> bytes:
    digest = blake2b(digest_size=16)
    if files:
        names, sizes, times = _columns(files)
        # The numbers take 16 bytes each file, the names hold no zero byte: nothing is ambiguous.
        digest.update(array("q", (len(files), *sizes, *times)))
        digest.update("\0".join(names).encode("utf-8", "surrogatepass"))
    if sidecars:
        digest.update(b"\0\0")
        digest.update(repr(sorted(sidecars.items())).encode("utf-8", "surrogatepass"))
    return digest.digest()
