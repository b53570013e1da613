"""What ObjectBox keeps under a key of a store's file: rows of entities, in FlatBuffers.

Like :mod:`inphotos.store.pages` this follows no number before it has checked it. Keys of rows are
``0x18000000 + 4 * entity`` (big-endian) and the row's id; the description of an entity has the key
``0`` and the entity's number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from inphotos.store.pages import Bytes, Entries, Ints, Mask, numbers_at

_ROWS = 0x18000000

#: How far from 1 the length of an embedding may be: much less than a flipped bit of an exponent
#: makes of it, and more than any way of running a model.
_LENGTH_TOLERANCE = 0.01

#: ObjectBox's numbers of the types of properties that there are in a library.
_BYTE, _INT, _LONG, DOUBLE, STRING, BYTES, FLOATS = 2, 5, 6, 8, 9, 23, 28
_NUMBERS = {_BYTE: "i1", _INT: "<i4", _LONG: "<i8", DOUBLE: "<f8"}
_ITEM_BYTES = {STRING: 1, BYTES: 1, FLOATS: 4}


#: The largest number that a small one can have; what reads such a row would fail on any other.
_MOST = {"state": 2, "trouble": 3, "is_mount": 1}


@dataclass(frozen=True, slots=True)
class Property:
    """A property of an entity.

    Attributes:
        name: as in the schema.
        number: its id in ObjectBox, from 1.
        type: ObjectBox's number of its type.
        uid: its unique id.
        flags: ObjectBox's.
        index: id and unique id of its index, None when it has none.
    """

    name: str
    number: int
    type: int
    uid: int = 0
    flags: int = 0
    index: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of an entity are written.

    Attributes:
        name: the entity's.
        number: its id in ObjectBox.
        properties: all of them.
        uid: its unique id.
    """

    name: str
    number: int
    properties: tuple[Property, ...]
    uid: int = 0


def layouts_in_model(path: Path) -> list[Layout]:
    """Return what ObjectBox's file of ids says of the entities.

    Raises:
        OSError, ValueError: it cannot be read, or makes no sense.
    """
    try:
        return [
            Layout(
                entity["name"],
                int(entity["id"].split(":")[0]),
                tuple(
                    Property(each["name"], int(each["id"].split(":")[0]), int(each["type"]))
                    for each in entity["properties"]
                ),
            )
            for entity in json.loads(path.read_text(encoding="utf-8"))["entities"]
        ]
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{path} makes no sense") from error


def layouts_in_store(data: Bytes, entries: Entries) -> list[Layout]:
    """Return what the descriptions among these entries say of the entities."""
    keys = entries.heads[:, 0]
    described = entries.only((keys > 0) & (keys < 1 << 32) & (entries.key_sizes == 8))
    found = []
    for start, size in zip(described.starts.tolist(), described.sizes.tolist(), strict=True):
        layout = _described(_Table.root(data[start : start + size].tobytes()))
        if layout is not None:
            found.append(layout)
    return found


def row_keys(entries: Entries) -> tuple[Ints, Ints]:
    """Return the entity's number and the row's id of each entry; 0 where it is not a row."""
    high = entries.heads[:, 0]
    kind = (high >> np.uint64(32)).astype(np.int64) - _ROWS
    is_row = (kind > 0) & (kind < 1 << 16) & (kind % 4 == 0)
    short = (high & np.uint64(0xFFFFFFFF)).astype(np.int64)
    # An id beyond 32 bits takes eight bytes of the key.
    long = short << 32 | (entries.heads[:, 1] >> np.uint64(32)).astype(np.int64)
    ids = np.where(entries.key_sizes == 8, short, np.where(entries.key_sizes == 12, long, 0))
    is_row &= ids > 0
    return np.where(is_row, kind // 4, 0), np.where(is_row, ids, 0)


def sound_rows(data: Bytes, entries: Entries, ids: Ints, layout: Layout) -> Mask:
    """Tell which of the rows of an entity can be read.

    Args:
        data: the file.
        entries: where the rows are.
        ids: theirs, which must be in them too.
        layout: how they are written.
    """
    good = entries.sizes >= 8
    ends = entries.starts + entries.sizes
    tables = entries.starts + _safely(data, entries.starts, 4, good)
    good &= tables + 4 <= ends
    tables = np.where(good, tables, entries.starts)
    vtables = tables - _safely(data, tables, 4, good).astype(np.int32)
    good &= (vtables >= entries.starts) & (vtables + 4 <= ends)
    vtables = np.where(good, vtables, entries.starts)
    vtable_sizes = _safely(data, vtables, 2, good)
    table_sizes = _safely(data, vtables + 2, 2, good)
    good &= vtable_sizes % 2 == 0
    good &= (vtables + vtable_sizes <= ends) & (tables + table_sizes <= ends)
    for property_ in layout.properties:
        slot = 2 + 2 * property_.number
        there = good & (slot + 2 <= vtable_sizes)
        fields = np.where(there, _safely(data, vtables + slot, 2, there), 0)
        there &= fields > 0
        at = tables + fields
        number = _NUMBERS.get(property_.type)
        width = np.dtype(number).itemsize if number is not None else 4
        inside = fields + width <= table_sizes
        good &= inside | ~there
        there &= inside
        if property_.name == "id":
            good &= there & (_safely(data, at, 8, there) == ids)
        elif property_.name in _MOST:
            # As a number without a sign, a negative one is too large.
            good &= ~there | (_safely(data, at, width, there) <= _MOST[property_.name])
        elif number is None:
            good &= _sound_vectors(data, at, ends, there, property_) | ~there
    return good


def _sound_vectors(data: Bytes, at: Ints, ends: Ints, there: Mask, property_: Property) -> Mask:
    """Tell which strings, bytes or embeddings are within their rows, and make sense."""
    starts = at + _safely(data, at, 4, there)
    good = there & (starts + 4 <= ends)
    counts = _safely(data, starts, 4, good)
    item = _ITEM_BYTES.get(property_.type, 1)
    good &= starts + 4 + counts * item <= ends
    if property_.type == FLOATS:
        good[good] = _are_embeddings(data, starts[good] + 4, counts[good])
    elif property_.type == STRING:
        good[good] = [
            _is_text(data[start : start + count])
            for start, count in zip((starts[good] + 4).tolist(), counts[good].tolist(), strict=True)
        ]
    return good


def _are_embeddings(data: Bytes, starts: Ints, counts: Ints) -> Mask:
    """Tell which vectors have the length 1, and as many numbers as most of them."""
    good = np.zeros(len(starts), np.bool_)
    if not len(starts):
        return good
    usual = int(np.bincount(counts).argmax()) if int(counts.max()) < 1 << 16 else 0
    for place in np.flatnonzero(counts == usual).tolist():
        vector = data[starts[place] : starts[place] + 4 * usual].view("<f4").astype(np.float64)
        squares = float(vector @ vector)  # not a number, it compares as false
        # Of a picture without any content a model may make nothing but zeros.
        good[place] = abs(squares - 1) < _LENGTH_TOLERANCE or squares == 0
    return good


def _is_text(content: Bytes) -> bool:
    raw = content.tobytes()
    if raw.isascii():
        return True
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def decoded(data: Bytes, entries: Entries, layout: Layout) -> Iterator[dict[str, Any]]:
    """Yield the rows of an entity, by the names of their properties.

    Args:
        data: the file.
        entries: where the rows are; those that :func:`sound_rows` found sound.
        layout: how they are written.
    """
    for start, size in zip(entries.starts.tolist(), entries.sizes.tolist(), strict=True):
        table = _Table.root(data[start : start + size].tobytes())
        assert table is not None
        yield {each.name: table.value(each.number, each.type) for each in layout.properties}


def model_document(layouts: Iterable[Layout]) -> Mapping[str, Any]:
    """Return ObjectBox's file of ids as its store describes it."""
    entities = sorted(layouts, key=lambda layout: layout.number)
    indexes = [each.index for layout in entities for each in layout.properties if each.index]
    last = entities[-1]
    last_index = max(indexes, default=(0, 0))
    return {
        "modelVersionParserMinimum": 5,
        "modelVersion": 5,
        "version": 1,
        "lastEntityId": f"{last.number}:{last.uid}",
        "lastIndexId": f"{last_index[0]}:{last_index[1]}",
        "lastRelationId": "0:0",
        "entities": [_entity_document(layout) for layout in entities],
        **{f"retired{kind}Uids": [] for kind in ("Entity", "Index", "Property", "Relation")},
    }


def _entity_document(layout: Layout) -> Mapping[str, Any]:
    last = max(layout.properties, key=lambda each: each.number)
    properties = []
    for each in layout.properties:
        document: dict[str, Any] = {
            "id": f"{each.number}:{each.uid}",
            "name": each.name,
            "type": each.type,
        }
        if each.flags:
            document["flags"] = each.flags
        if each.index:
            document["indexId"] = f"{each.index[0]}:{each.index[1]}"
        properties.append(document)
    return {
        "id": f"{layout.number}:{layout.uid}",
        "name": layout.name,
        "lastPropertyId": f"{last.number}:{last.uid}",
        "properties": properties,
    }


def _safely(data: Bytes, at: Ints, size: int, wanted: Mask) -> Ints:
    """Return numbers at these places, 0 where they are not wanted."""
    good = wanted & (at >= 0) & (at + size <= len(data))
    found = np.zeros(len(at), np.int64)
    found[good] = numbers_at(data, at[good], size)
    return found


def _described(table: _Table | None) -> Layout | None:
    """Return the entity that a description is of, None where it makes no sense."""
    try:
        if table is None:
            return None
        properties = tuple(_described_property(each) for each in table.tables(4))
        uid, number = table.unsigned(0, 8), table.unsigned(1, 4)
        name = table.text(3)
    except ValueError:
        return None
    if not (name.isidentifier() and 0 < number < 1 << 16 and properties):
        return None
    return Layout(name, number, properties, uid)


def _described_property(table: _Table) -> Property:
    index = table.unsigned(4, 4), table.unsigned(5, 8)
    return Property(
        table.text(6),
        table.unsigned(1, 4),
        table.unsigned(7, 2),
        table.unsigned(0, 8),
        table.unsigned(9, 4),
        index if index[0] else None,
    )


class _Table:
    """A table of a FlatBuffer; what is outside of the bytes raises a ValueError."""

    def __init__(self, content: bytes, at: int) -> None:
        self._content = content
        self._at = at
        vtable = at - self._read(at, 4, signed=True)
        self._fields = [
            self._read(vtable + offset, 2) for offset in range(4, self._read(vtable, 2), 2)
        ]

    @classmethod
    def root(cls, content: bytes) -> _Table | None:
        """Return the table that a buffer is of, None where it makes no sense."""
        try:
            return cls(content, int.from_bytes(content[:4], "little"))
        except ValueError:
            return None

    def unsigned(self, field: int, size: int) -> int:
        """Return a number, 0 where the field is not there."""
        place = self._place(field)
        return self._read(place, size) if place else 0

    def text(self, field: int) -> str:
        """Return a string, empty where the field is not there."""
        start, count = self._vector(field)
        return self._slice(start, count).decode()

    def tables(self, field: int) -> Iterator[_Table]:
        """Yield the tables of a vector of them."""
        start, count = self._vector(field)
        for at in range(start, start + 4 * count, 4):
            yield _Table(self._content, at + self._read(at, 4))

    def value(self, number: int, type_: int) -> Any:
        """Return what a property of this type holds, None where it is not there."""
        place = self._place(number - 1)
        if not place:
            return None
        if type_ in _NUMBERS:
            dtype = np.dtype(_NUMBERS[type_])
            return np.frombuffer(self._slice(place, dtype.itemsize), dtype)[0].item()
        start, count = self._vector(number - 1)
        content = self._slice(start, count * _ITEM_BYTES.get(type_, 1))
        if type_ == STRING:
            return content.decode()
        return np.frombuffer(content, "<f4") if type_ == FLOATS else content

    def _place(self, field: int) -> int:
        offset = self._fields[field] if field < len(self._fields) else 0
        return self._at + offset if offset else 0

    def _vector(self, field: int) -> tuple[int, int]:
        place = self._place(field)
        if not place:
            return 0, 0
        start = place + self._read(place, 4)
        return start + 4, self._read(start, 4)

    def _read(self, at: int, size: int, *, signed: bool = False) -> int:
        return int.from_bytes(self._slice(at, size), "little", signed=signed)

    def _slice(self, at: int, size: int) -> bytes:
        if at < 0 or at + size > len(self._content):
            raise ValueError("a FlatBuffer points outside of itself")
        return self._content[at : at + size]
