"""A store that is whole is never called damaged, and what is damaged in one is not followed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from objectbox import c
from objectbox.exceptions import DbFullError

from inphotos.errors import DiskFullError
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.folders import Folder
from inphotos.store.pages import PageFile, Walked
from inphotos.store.rows import Layout, Property, decoded, layouts_in_model, row_keys, sound_rows
from inphotos.store.salvage import Salvage
from inphotos.store.survey import survey


def test_a_store_is_whole_after_each_of_its_commits(tmp_path: Path) -> None:
    database = Database(tmp_path)
    data = tmp_path / "store" / "data.mdb"
    catalog = Catalog(database)
    # What a commit has freed is listed under its number, in the order of these numbers; that of
    # their bytes is another from 256 on.
    for number in range(260):
        with database.transaction():
            catalog.folders.add(Folder(0, Path(f"/photos/{number}")))
        if number > 245:
            assert survey(data).is_whole
    assert PageFile(data).commits[0].number > 256
    database.close()


def test_a_row_with_half_a_field_is_not_read(tmp_path: Path) -> None:
    database = Database(tmp_path)
    with database.transaction():
        Catalog(database).folders.add(Folder(0, Path("/photos")))
    database.close()
    file = PageFile(tmp_path / "store" / "data.mdb")
    [folder] = [
        layout
        for layout in layouts_in_model(tmp_path / "store" / "model.json")
        if layout.name == "Folder"
    ]
    # As of an older version, whose rows have one property less.
    text = Property("text", len(folder.properties) + 1, 9)
    layout = Layout(folder.name, folder.number, (*folder.properties, text))
    commit = file.commits[0]
    [entries] = file.walk(commit.root, Walked(np.zeros(file.pages, np.bool_)), commit.last_page)
    numbers, ids = row_keys(entries)
    row, ids = entries.only(numbers == folder.number), ids[numbers == folder.number]
    data = file.data.copy()
    assert sound_rows(data, row, ids, layout).tolist() == [True]
    assert [values["text"] for values in decoded(data, row, layout)] == [None]
    start = int(row.starts[0])
    table = start + int(data[start : start + 4].view("<u4")[0])
    vtable = table - int(data[table : table + 4].view("<i4")[0])
    data[vtable] += 1
    assert sound_rows(data, row, ids, layout).tolist() == [False]


def test_a_full_disk_ends_a_salvage_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(tmp_path)
    with database.transaction():
        Catalog(database).folders.add(Folder(0, Path("/photos")))
    database.close()
    closed: list[object] = []
    close = c.obx_txn_close

    def refuse(transaction: object) -> None:
        close(transaction)  # as the library does, which ends it in any case
        raise DbFullError("Could not commit tx")

    with monkeypatch.context() as patch:
        patch.setattr(c, "obx_txn_success", refuse)
        patch.setattr(c, "obx_txn_close", closed.append)
        patch.setattr("objectbox.transaction.obx_txn_success", refuse)
        patch.setattr("objectbox.transaction.obx_txn_close", closed.append)
        with pytest.raises(DiskFullError):
            list(Salvage(tmp_path, tmp_path / "store").run(tmp_path / "store.salvaged"))
    assert closed == []  # a second time, it would damage the memory of the process
