"""Reads one property of all rows at once, and all vectors of an index.

ObjectBox keeps each row as one FlatBuffer, and its Python binding only makes objects of them, which
takes seconds for 100,000 rows. Its C library also reads single properties, and hands out the stored
bytes.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
from objectbox import c as library

from inphotos.errors import LibraryError, display_path
from inphotos.store.database import Database

Ids = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]

#: Rows copied out of the store at a time.
_CHUNK = 4096


def places_of(
    wanted: Ids, known: Ids, sorter: npt.NDArray[np.intp] | None = None
) -> npt.NDArray[np.intp]:
    """Return where ids are among others, -1 for those that are not.

    Args:
        wanted: the ids to look for.
        known: where to look, each id once; ascending, unless there is a ``sorter``.
        sorter: puts ``known`` in ascending order.
    """
    if not len(known):
        return np.full(len(wanted), -1, np.intp)
    at = np.minimum(np.searchsorted(known, wanted, sorter=sorter), len(known) - 1)
    if sorter is not None:
        at = sorter[at]
    return np.where(known[at] == wanted, at, -1)


class _Array(ctypes.Structure):
    """What the library's array types have in common: ``struct { T* items; size_t count; }``."""

    _fields_ = [("items", ctypes.c_void_p), ("count", ctypes.c_size_t)]


_query_prop = library.c_fn(
    "obx_query_prop", ctypes.c_void_p, [library.OBX_query_p, ctypes.c_uint32]
)
_prop_close = library.c_fn_rc("obx_query_prop_close", [ctypes.c_void_p])


class _Reader:
    """The library's functions that read properties of one type."""

    def __init__(self, name: str, number: Any, dtype: Any) -> None:
        self._number = number
        self._dtype = np.dtype(dtype)
        self._find = library.c_fn(
            f"obx_query_prop_find_{name}s",
            ctypes.POINTER(_Array),
            [ctypes.c_void_p, ctypes.POINTER(number)],
        )
        self._free = library.c_fn(f"obx_{name}_array_free", None, [ctypes.POINTER(_Array)])

    def read(self, prop: int, null: float) -> npt.NDArray[Any]:
        """Return the values; ``null`` stands where a row has none."""
        found = self._find(prop, ctypes.byref(self._number(null)))
        try:
            count = found.contents.count
            size = count * self._dtype.itemsize
            data = ctypes.string_at(found.contents.items, size) if size else b""
            return np.frombuffer(data, self._dtype)
        finally:
            self._free(found)


#: By ObjectBox's type of the property.
_READERS: dict[int, _Reader] = {
    int(library.OBXPropertyType_Byte): _Reader("int8", ctypes.c_int8, np.int8),
    int(library.OBXPropertyType_Int): _Reader("int32", ctypes.c_int32, np.int32),
    int(library.OBXPropertyType_Long): _Reader("int64", ctypes.c_int64, np.int64),
    int(library.OBXPropertyType_Float): _Reader("float", ctypes.c_float, np.float32),
    int(library.OBXPropertyType_Double): _Reader("double", ctypes.c_double, np.float64),
}

_find_strings = library.c_fn(
    "obx_query_prop_find_strings", ctypes.POINTER(_Array), [ctypes.c_void_p, ctypes.c_char_p]
)
_free_strings = library.c_fn("obx_string_array_free", None, [ctypes.POINTER(_Array)])


class Columns:
    """Columns of one entity, all read at the same moment and in the order of the ids.

    To be had from :func:`columns` and used in the thread that asked for it.
    """

    def __init__(self, entity: Any, query: Any) -> None:
        self._entity = entity
        self._query = query

    def ids(self) -> Ids:
        """Return the ids of all rows, ascending."""
        found = library.obx_query_find_ids(self._query._c_query)
        try:
            count = found.contents.count
            data = ctypes.string_at(found.contents.ids, count * 8) if count else b""
            return np.frombuffer(data, np.int64)
        finally:
            library.obx_id_array_free(found)

    def numbers(self, name: str, null: float = 0) -> npt.NDArray[Any]:
        """Return a column of integers or floating-point numbers, in the type they are kept in.

        Args:
            name: the property.
            null: what stands for a row without a value.
        """
        with self._property(name) as prop:
            return _READERS[int(self._entity._get_property(name)._ob_type)].read(prop, null)

    def strings(self, name: str) -> list[bytes]:
        """Return a column of texts, as UTF-8; empty where a row has none."""
        with self._property(name) as prop:
            found = _find_strings(prop, b"")
            try:
                count = found.contents.count
                if not count:
                    return []
                texts = ctypes.cast(found.contents.items, ctypes.POINTER(ctypes.c_char_p * count))
                strings: list[bytes] = []
                for start in range(0, count, _CHUNK):  # a million at once hold up other threads
                    strings += texts.contents[start : start + _CHUNK]
                return strings
            finally:
                _free_strings(found)

    @contextmanager
    def _property(self, name: str) -> Iterator[int]:
        prop = _query_prop(self._query._c_query, self._entity._get_property_id(name))
        try:
            yield prop
        finally:
            _prop_close(prop)


@contextmanager
def columns(database: Database, entity: Any, condition: Any = None) -> Iterator[Columns]:
    """Open the columns of an entity, inside one read transaction: all are of the same rows.

    Args:
        database: where they are.
        entity: whose rows.
        condition: which rows; None for all.

    Raises:
        LibraryError: the store cannot be read.
    """
    with (
        database.errors(),
        database.store.read_tx(),
        database.store.box(entity).query(condition).build() as query,
    ):
        yield Columns(entity, query)


def scored_ids(query: Any) -> tuple[Ids, Vectors]:
    """Return what a search for nearest neighbours finds.

    Args:
        query: an ObjectBox query with such a condition.

    Returns:
        The ids, and their distances (float32), the nearest first.
    """
    found = library.obx_query_find_ids_with_scores(query._c_query)
    try:
        count = found.contents.count
        data = ctypes.string_at(found.contents.ids_scores, count * 16) if count else b""
        pairs = np.frombuffer(data, [("id", np.int64), ("score", np.float64)])
        return pairs["id"].copy(), pairs["score"].astype(np.float32)
    finally:
        library.obx_id_score_array_free(found)


def read_vectors(
    database: Database, entity: Any, dimension: int, ids: Sequence[int] | None = None
) -> tuple[Ids, Vectors]:
    """Read the vectors of an index.

    Args:
        database: where they are.
        entity: has an ``id`` and a ``vector``.
        dimension: length of each vector.
        ids: whose; None for all. Those without a vector are left out.

    Returns:
        n ids, and the vectors as float32 of shape (n, dimension).

    Raises:
        LibraryError: the store cannot be read, or a vector has another length.
    """
    box = database.store.box(entity)
    with database.errors(), database.store.read_tx():
        if ids is None:
            rows = library.obx_box_get_all(box._c_box)
        else:
            wanted = np.asarray(ids, np.uint64)
            array = library.OBX_id_array(
                wanted.ctypes.data_as(ctypes.POINTER(library.obx_id)), len(wanted)
            )
            rows = library.obx_box_get_many(box._c_box, ctypes.byref(array))
        try:
            # Addresses and sizes, which hold as long as the transaction does.
            count = rows.contents.count
            places = np.frombuffer(
                ctypes.string_at(rows.contents.data, count * 16) if count else b"", np.uint64
            ).reshape(-1, 2)
            places = places[(places != 0).all(axis=1)]
            return _copied(places, entity, dimension, lambda: _damaged(database))
        finally:
            library.obx_bytes_array_free(rows)


def _copied(
    places: npt.NDArray[np.uint64], entity: Any, dimension: int, damaged: Callable[[], Exception]
) -> tuple[Ids, Vectors]:
    ids = np.zeros(len(places), np.int64)
    vectors = np.zeros((len(places), dimension), np.float32)
    for start in range(0, len(places), _CHUNK):
        chunk = places[start : start + _CHUNK]
        there = slice(start, start + len(chunk))
        regular = _copy_alike(chunk, entity, ids[there], vectors[there])
        for at in np.flatnonzero(~regular):
            row = entity._unmarshal(ctypes.string_at(int(chunk[at, 0]), int(chunk[at, 1])))
            if len(row.vector) != dimension:
                raise damaged()
            ids[start + at], vectors[start + at] = row.id, row.vector
    return ids, vectors


def _copy_alike(
    places: npt.NDArray[np.uint64], entity: Any, ids: Ids, vectors: Vectors
) -> npt.NDArray[np.bool_]:
    """Copy the rows that are laid out as the first one is; tell which those are.

    All rows of an index are written by the same builder, and so differ in id and vector only.
    """
    size = int(places[0, 1])
    alike = places[:, 1] == size
    data = np.zeros((len(places), size), np.uint8)
    target, stride = data.ctypes.data, size
    for at, source in enumerate(places[:, 0].tolist()):
        if alike[at]:
            ctypes.memmove(target + at * stride, source, size)
    where = _layout(data[0], entity, vectors.shape[1])
    if where is None:
        return np.zeros(len(places), np.bool_)
    id_at, vector_at = where
    frame = np.ones(size, np.bool_)
    frame[id_at : id_at + 8] = False
    frame[vector_at : vector_at + 4 * vectors.shape[1]] = False
    alike &= (data[:, frame] == data[0, frame]).all(axis=1)
    ids[:] = data[:, id_at : id_at + 8].copy().view(np.int64)[:, 0]
    vectors[:] = data[:, vector_at : vector_at + 4 * vectors.shape[1]].copy().view(np.float32)
    return np.asarray(alike, np.bool_)


def _layout(row: npt.NDArray[np.uint8], entity: Any, dimension: int) -> tuple[int, int] | None:
    """Return at which bytes of a row its id and its vector start, None when they are not there."""
    data = row.tobytes()

    def number(at: int, size: int) -> int:
        if not 0 <= at <= len(data) - size:
            raise ValueError("outside of the row")
        return int.from_bytes(data[at : at + size], "little")

    def field(name: str) -> int:
        # The table starts with its (signed) distance to the list of where its fields are.
        offset = number(listing + entity._get_property(name)._fb_v_offset, 2)
        if not offset:
            raise ValueError("no such field")
        return table + offset

    try:
        table = number(0, 4)
        distance = number(table, 4)
        listing = table - (distance - (1 << 32) if distance >= 1 << 31 else distance)
        id_at, reference = field("id"), field("vector")
        vector = reference + number(reference, 4)
        if number(vector, 4) != dimension:
            return None
        number(id_at, 8)
        number(vector + 4 + 4 * (dimension - 1), 4)
    except ValueError:
        return None
    return id_at, vector + 4


def _damaged(database: Database) -> LibraryError:
    return LibraryError(
        f"The library {display_path(database.directory)} holds an embedding of a wrong length; "
        f"index your folders into a new library."
    )
