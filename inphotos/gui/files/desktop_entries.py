"""The programs that a Linux desktop opens files of some type with.

After the specifications of freedesktop.org: Desktop Entry 1.5, MIME applications associations 1.0,
and Base Directory 0.8.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

#: For each group of a file, the keys and values in it.
Groups = Mapping[str, Mapping[str, str]]

_ENTRY = "Desktop Entry"
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_FILE_CODES = ("%f", "%F", "%u", "%U")


@dataclass(frozen=True, slots=True)
class Program:
    """A program that is registered with the desktop.

    Attributes:
        name: what the user knows it by.
        icon: name in the icon theme, or a path; may be empty.
        command: program and arguments, with the field codes of the specification.
        file: the desktop entry.
        directory: to start it in; empty for any.
    """

    name: str
    icon: str
    command: tuple[str, ...]
    file: Path
    directory: str = ""

    def starts(self, paths: Sequence[Path]) -> Iterator[list[str]]:
        """Yield the command lines that open files; there is one for each where it takes one."""
        takes_many = any(code in ("%F", "%U") for code in self.command)
        for group in [paths] if takes_many else [[path] for path in paths]:
            yield self._start(group)

    def _start(self, paths: Sequence[Path]) -> list[str]:
        words: list[str] = []
        has_files = False
        for word in self.command:
            if word in _FILE_CODES:
                has_files = True
                words += map(_url if word in ("%u", "%U") else str, paths)
            elif word == "%i":
                words += ["--icon", self.icon] if self.icon else []
            else:
                words.append(self._filled(word, paths[0]))
                has_files = has_files or any(code in word for code in _FILE_CODES)
        return words if has_files else [*words, *map(str, paths)]

    def _filled(self, word: str, path: Path) -> str:
        values = {
            "%f": str(path),
            "%F": str(path),
            "%u": _url(path),
            "%U": _url(path),
            "%c": self.name,
            "%k": str(self.file),
            "%%": "%",
        }
        # Other codes are of older versions, and mean nothing any more.
        return re.sub(r"%.", lambda code: values.get(code[0], ""), word)


def programs_for(types: Sequence[str], environment: Mapping[str, str]) -> list[Program]:
    """Return the programs for files of a type, the one that the user prefers first.

    Args:
        types: names of the MIME type, those that are more general after it.
        environment: says where the desktop's files are, and the user's language.
    """
    home = Path(environment.get("HOME") or Path.home())
    data = _directories(
        environment, "XDG_DATA", home / ".local/share", "/usr/local/share:/usr/share"
    )
    config = _directories(environment, "XDG_CONFIG", home / ".config", "/etc/xdg")
    places = [directory / "applications" for directory in data]
    names = [
        f"{desktop.lower()}-mimeapps.list"
        for desktop in environment.get("XDG_CURRENT_DESKTOP", "").split(":")
        if desktop
    ]
    lists = [
        read_groups(directory / name)
        for directory in (*config, *places)
        for name in (*names, "mimeapps.list")
    ]
    caches = [read_groups(directory / "mimeinfo.cache") for directory in places]
    programs: dict[tuple[str, ...], Program] = {}
    for entry in dict.fromkeys(
        entry for type_ in types for entry in _entries_for(type_, lists, caches)
    ):
        program = _program(entry, places, environment)
        if program is not None:
            # Two entries for one command differ in their menus only.
            programs.setdefault((program.name, program.command[0]), program)
    return list(programs.values())


def read_groups(path: Path) -> Groups:
    """Read a file of groups, keys and values; what cannot be read is empty."""
    groups: dict[str, dict[str, str]] = {}
    group: dict[str, str] = {}
    text = ""
    with contextlib.suppress(OSError):
        text = path.read_text("utf-8", errors="replace")
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            group = groups.setdefault(line[1:-1], {})
        elif "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            group.setdefault(key.strip(), value.strip())
    return groups


def _directories(environment: Mapping[str, str], name: str, home: Path, others: str) -> list[Path]:
    own = environment.get(f"{name}_HOME") or str(home)
    listed = environment.get(f"{name}_DIRS") or others
    return [Path(place) for place in dict.fromkeys([own, *listed.split(":")]) if place]


def _entries_for(type_: str, lists: Sequence[Groups], caches: Sequence[Groups]) -> list[str]:
    """Return the names of the desktop entries for a type, in the order of preference."""
    removed: set[str] = set()
    added: list[str] = []
    for groups in lists:
        # What is removed in one list is so for those that count less.
        found = [
            *_entries(groups, "Default Applications", type_),
            *_entries(groups, "Added Associations", type_),
        ]
        added += (entry for entry in found if entry not in removed)
        removed |= set(_entries(groups, "Removed Associations", type_)) - set(added)
    cached = [entry for groups in caches for entry in _entries(groups, "MIME Cache", type_)]
    return [*added, *(entry for entry in cached if entry not in removed)]


def _entries(groups: Groups, group: str, type_: str) -> list[str]:
    return [entry for entry in groups.get(group, {}).get(type_, "").split(";") if entry]


def _program(name: str, places: Iterable[Path], environment: Mapping[str, str]) -> Program | None:
    """Return the program of a desktop entry, None where there is none to be started."""
    for file in (path for place in places for path in _files(place, name)):
        entry = read_groups(file).get(_ENTRY)
        if entry is not None:
            return _usable(entry, file, environment)  # the first hides the others
    return None


def _files(place: Path, name: str) -> Iterator[Path]:
    """Yield where an entry may be: a dash in its name can stand for a directory."""
    yield place / name
    if "-" in name:
        yield place / name.replace("-", "/", 1)


def _usable(entry: Mapping[str, str], file: Path, environment: Mapping[str, str]) -> Program | None:
    if entry.get("Type") != "Application" or "true" in (entry.get("Hidden"), entry.get("Terminal")):
        return None
    search = environment.get("PATH")
    try:
        # A shell's rules, but for signs that mean nothing without one.
        command = shlex.split(re.sub(r"\\([$`])", r"\1", _unescaped(entry.get("Exec", ""))))
    except ValueError:
        return None
    tried = entry.get("TryExec") or (command[0] if command else "")
    if not command or not shutil.which(tried, path=search):
        return None
    return Program(
        name=_localised(entry, "Name", environment) or file.stem,
        icon=entry.get("Icon", ""),
        command=tuple(command),
        file=file,
        directory=_unescaped(entry.get("Path", "")),
    )


def _localised(entry: Mapping[str, str], key: str, environment: Mapping[str, str]) -> str:
    language = next(
        (value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))),
        "",
    )
    full = language.partition(".")[0].partition("@")[0]
    for wanted in (full, full.partition("_")[0]):
        if wanted and (text := entry.get(f"{key}[{wanted}]")):
            return _unescaped(text)
    return _unescaped(entry.get(key, ""))


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), text)


def _url(path: Path) -> str:
    return "file://" + quote(os.fsencode(path))
