"""Tells screenshots from photos, by their names, sizes and what they lack."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

#: What systems call a screenshot, in the languages that their users speak; without case and
#: accents, as :func:`inphotos.search.language.conditions.fold` leaves it.
_WORDS = re.compile(
    r"screen[ _-]?shots?|screen ?cap|screen_recording|bildschirmfoto|captura de |capture d.ecran|"
    r"capture_d|schermata|istantanea schermo|schermafbeelding|schermafdruk|skarmavbild|skarmklipp|"
    r"skjermbilde|skærmbillede|kuvakaappaus|zrzut ekranu|snimek obrazovky|kepernyokep|"
    r"ekran goruntusu|ekran resmi|снимок экрана|скриншот|знімок екрана|スクリーンショット|"
    r"截屏|截图|屏幕快照|螢幕截圖|스크린샷"
)

#: Suffixes that screenshots come in.
SUFFIXES = frozenset({"png", "webp", "heic"})

#: Pixels of screens in use, the longer side first: phones, tablets, computers.
_SCREENS = (
    *((1334, 750), (1792, 828), (2208, 1242), (2436, 1125), (2532, 1170), (2556, 1179)),
    *((2622, 1206), (2688, 1242), (2778, 1284), (2796, 1290), (2868, 1320), (1136, 640)),
    *((1280, 720), (1600, 720), (1920, 1080), (2160, 1080), (2220, 1080), (2280, 1080)),
    *((2312, 1080), (2316, 1080), (2340, 1080), (2376, 1080), (2400, 1080), (2408, 1080)),
    *((2560, 1440), (2960, 1440), (3040, 1440), (3088, 1440), (3120, 1440), (3200, 1440)),
    *((2992, 1344), (2048, 1536), (2160, 1620), (2224, 1668), (2266, 1488), (2360, 1640)),
    *((2388, 1668), (2420, 1668), (2732, 2048), (2752, 2064), (1366, 768), (1280, 800)),
    *((1440, 900), (1600, 900), (1680, 1050), (1920, 1200), (2304, 1440), (2560, 1600)),
    *((2560, 1664), (2880, 1800), (2880, 1864), (3024, 1964), (3456, 2234), (3440, 1440)),
    *((3840, 2160), (4480, 2520), (5120, 2880), (6016, 3384), (1024, 768), (1280, 1024)),
)
_SIDES = 1 << 16
_SCREEN_NUMBERS = np.array([long * _SIDES + short for long, short in _SCREENS], np.int64)


def says_screenshot(text: str) -> bool:
    """Tell whether a folded name says that it is a screenshot."""
    return _WORDS.search(text) is not None


def has_screen_size(
    width: npt.NDArray[np.int32], height: npt.NDArray[np.int32]
) -> npt.NDArray[np.bool_]:
    """Tell which pictures are exactly as large as a screen."""
    longer = np.maximum(width, height).astype(np.int64)
    return np.isin(longer * _SIDES + np.minimum(width, height), _SCREEN_NUMBERS)
