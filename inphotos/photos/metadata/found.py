"""What one source of metadata says, before the sources are weighed against each other."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from inphotos.metadata import clean_text
from inphotos.photos.metadata.dates import Moment

#: What cameras and programs write into the description of every photo.
_BOILERPLATE = re.compile(
    r"(?:\w+ )?(?:digital (?:still )?camera|dsc)|exif[_ ]?jpeg[_ ]?(?:picture)?|<?digimax.*"
    r"|dcim\\.*|default|untitled|binary comment|user comments?|applemark|lead technologies.*"
    r"|file written by adobe photoshop.*|created with (?:the )?gimp"
    # What phones by Huawei and Honor call their modes.
    r"|cof|hdr(?:pl)?|rhdr|sdr|dav|nor|ptr|vsc|dig|bsh|blt|burst|btf|rbt|edf|fbt|mde|oznor\w*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Found:
    """What one source says of a photo.

    Attributes:
        taken: when it was taken; the first that is known counts.
        values: other fields of ``Metadata`` by name.
    """

    taken: list[Moment] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def add(self, name: str, value: object) -> None:
        """Set a field that is not known yet, if there is something to set."""
        if value not in (None, "", ()):
            self.values.setdefault(name, value)

    def add_position(
        self, latitude: float | None, longitude: float | None, altitude: float | None
    ) -> None:
        """Set where the photo was taken, unless that cannot be."""
        if latitude is None or longitude is None or abs(latitude) > 90:
            return
        if abs(longitude) > 180:
            return
        # Receivers without a fix write zeros; no one photographs that spot in the Atlantic.
        if latitude or longitude:
            self.add("latitude", latitude)
            self.add("longitude", longitude)
            self.add("altitude", altitude)

    def add_date(self, moment: Moment | None) -> None:
        """Add a date that counts if those before it are not known."""
        if moment is not None:
            self.taken.append(moment)


def finite(value: float | None) -> float | None:
    """Return the number unless it is none (NaN) or without end."""
    return value if value is not None and math.isfinite(value) else None


def sexagesimal(parts: Iterable[float]) -> float:
    """Return degrees of degrees, minutes and seconds."""
    return sum(part / unit for part, unit in zip(parts, (1, 60, 3600), strict=False))


def written_text(text: str) -> str:
    """Return a title or description as its writer meant it, empty if no one wrote it."""
    text = clean_text(text)
    return "" if _BOILERPLATE.fullmatch(text) else text


def flat(paths: Iterable[str], between: str) -> list[str]:
    """Return the keywords in those that have levels: ``animals|dog`` gives both.

    Args:
        paths: the keywords with those above them.
        between: the sign between two levels.
    """
    # digiKam keeps its colour and pick labels among the user's keywords.
    wanted = (path for path in paths if not path.startswith("_Digikam_"))
    return [word for path in wanted for part in path.split(between) if (word := part.strip())]


def stars_of_percent(percent: float) -> int | None:
    """Return the stars that Windows writes as 1, 25, 50, 75 or 99 percent."""
    if not 0 <= percent <= 100:
        return None
    return 0 if percent == 0 else 1 + min(4, round(percent / 25))
