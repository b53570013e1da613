"""The packages that InPhotos is made of: versions and licences, from what is installed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from inphotos import __version__

#: What InPhotos asks for directly, should it not be installed as a package itself.
_DIRECT = ("PyQt6", "numpy", "objectbox", "pillow", "torch", "transformers")

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|copyright)", re.IGNORECASE)

#: Longer texts are cut: some packages bring the licences of hundreds of others.
MOST_CHARACTERS = 400_000


@dataclass(frozen=True, slots=True)
class Package:
    """A package as it is installed.

    Attributes:
        name, version: as it calls itself.
        licence: the name of its licence, "" where it does not say.
    """

    name: str
    version: str
    licence: str


def versions(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the packages of these names that are installed, each with its version."""
    found = []
    for name in names:
        try:
            found.append((name, distribution(name).version))
        except PackageNotFoundError:
            continue
    return found


def packages() -> list[Package]:
    """Return all packages that InPhotos needs, directly or not, by name; InPhotos goes first.

    Reads some files for each of them, which takes a part of a second.
    """
    wanted = ["inphotos", *_DIRECT]
    found: dict[str, Package] = {}
    while wanted:
        name = wanted.pop()
        if _key(name) in found:
            continue
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue
        found[_key(name)] = _package(installed)
        # What is needed for an extra only was not asked for.
        needs = [need for need in installed.requires or () if "extra ==" not in need]
        wanted += [match[0] for need in needs if (match := _NAME.match(need))]
    own = found.pop("inphotos", Package("inphotos", __version__, "GPL-3.0-or-later"))
    return [own, *sorted(found.values(), key=lambda package: package.name.casefold())]


def licence_text(name: str) -> str:
    """Return the texts of the licences that a package brings, "" where it brings none."""
    try:
        installed = distribution(name)
    except PackageNotFoundError:
        return ""
    texts = []
    for file in installed.files or ():
        in_metadata = ".dist-info" in file.parts[0]
        if in_metadata and (_LICENCE_FILE.search(file.name) or "licenses" in file.parts):
            try:
                texts.append(file.read_text(encoding="utf-8").strip())
            except (OSError, UnicodeDecodeError):
                continue
    return f"\n\n{'─' * 40}\n\n".join(texts)[:MOST_CHARACTERS]


def _package(installed: Distribution) -> Package:
    metadata = installed.metadata
    said = _field(installed, "License-Expression")
    if not said:
        classifiers = [
            each.rpartition(" :: ")[2]
            for each in metadata.get_all("Classifier") or ()
            if each.startswith("License ::")
        ]
        said = ", ".join(classifiers) or _field(installed, "License")
    # Some write the whole text there.
    return Package(metadata["Name"], installed.version, said.strip().split("\n")[0][:80])


def _field(installed: Distribution, name: str) -> str:
    return str((installed.metadata.get_all(name) or [""])[0])


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
