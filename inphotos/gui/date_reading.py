"""How dates are written, and when summer is, where the user lives."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QLocale

from inphotos.search.language.hemisphere import is_southern


@dataclass(frozen=True, slots=True)
class DateReading:
    """How dates in words are meant.

    Attributes:
        day_first: 4/7/2023 is the 4th of July; otherwise the 7th of April.
        southern: the seasons are those of the southern half of the earth.
    """

    day_first: bool
    southern: bool

    @classmethod
    def of(cls, locale: QLocale) -> DateReading:
        """Return how dates are meant in a language and territory."""
        written = locale.dateFormat(QLocale.FormatType.ShortFormat)
        return cls(
            day_first=0 <= written.find("d") < written.find("M"),
            southern=is_southern(QLocale.territoryToCode(locale.territory())),
        )
