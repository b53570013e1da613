"""Numbers and sizes as the user's language writes them."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, QLocale

_MEGABYTE = 1_000_000


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("numbers", text)


def number(value: float, decimals: int = 0) -> str:
    """Return a number as the user's language writes it, such as ``1,234`` or ``3.4``."""
    return _locale().toString(float(value), "f", decimals)


def plain(value: float) -> str:
    """Return a number with the decimals that it has, such as ``2.8`` or ``1200``."""
    locale = _locale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(float(value), "g", 6)


def size(count: int) -> str:
    """Return a number of bytes such as ``609 MB``."""
    if count < _MEGABYTE / 10:
        return tr("{size} kB").format(size=number(max(1, count / 1000)))
    if count < 10 * _MEGABYTE:
        return tr("{size} MB").format(size=number(count / _MEGABYTE, 1))
    if count < 1000 * _MEGABYTE:
        return tr("{size} MB").format(size=number(count / _MEGABYTE))
    return tr("{size} GB").format(size=number(count / _MEGABYTE / 1000, 1))


def is_english() -> bool:
    """Tell whether the window speaks English, as it does where the system has no language."""
    return _locale().language() == QLocale.Language.English


def _locale() -> QLocale:
    locale = QLocale()
    # A system without a language counts in English, but does not keep thousands apart.
    return QLocale(QLocale.Language.English) if locale.language() == QLocale.Language.C else locale
