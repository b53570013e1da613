"""Decoder processes that are started as the product starts them."""

from __future__ import annotations

import subprocess

import pytest

from inphotos.photos import decoder_process


@pytest.fixture(autouse=True)
def _plain_decoders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder_process, "subprocess", subprocess)
