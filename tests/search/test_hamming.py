"""Groups of hashes, against the same worked out one pair at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inphotos.search import hamming
from inphotos.search.hamming import MOST_BITS, HashGroups


def slow(hashes: list[int], radius: int, unlike: frozenset[tuple[int, int]] = frozenset()):
    """Return the representatives, as the class says that it finds them."""
    found: list[int] = []
    for n, hash_ in enumerate(hashes):
        first = [
            m
            for m in range(n)
            if found[m] == m and (hash_ ^ hashes[m]).bit_count() <= radius and (m, n) not in unlike
        ]
        found.append(first[0] if first else n)
    return found


@st.composite
def clustered(draw: st.DrawFn) -> list[int]:
    """Hashes of which many are near each other."""
    centres = draw(st.lists(st.integers(0, (1 << 64) - 1), min_size=1, max_size=4))
    flips = st.lists(st.integers(0, 63), max_size=18)
    members = draw(st.lists(st.tuples(st.sampled_from(centres), flips), min_size=1, max_size=60))
    return [centre ^ sum({1 << bit for bit in bits}) for centre, bits in members]


@settings(deadline=None, max_examples=60)
@given(clustered(), st.integers(0, MOST_BITS), st.integers(1, 9), st.integers(2, 8), st.randoms())
def test_groups_are_those_of_the_definition(
    hashes: list[int], radius: int, batch: int, bands: int, chance: object
) -> None:
    pairs = [(m, n) for n in range(len(hashes)) for m in range(n)]
    unlike = frozenset(pair for pair in pairs if chance.random() < 0.3)  # type: ignore[attr-defined]

    def agree(firsts, others, bits):
        for first, other, count in zip(firsts, others, bits, strict=True):
            assert (hashes[first] ^ hashes[other]).bit_count() == count <= radius
        found = [(int(a), int(b)) not in unlike for a, b in zip(firsts, others, strict=True)]
        return np.array(found, np.bool_)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hamming, "_BATCH", batch)  # so that representatives are looked up, too
        patch.setattr(hamming, "_PIECE", 7)
        if bands > 2:  # whatever would be the quickest for so few
            patch.setattr(hamming, "_MAKING", -1e9)
            patch.setattr(hamming, "_FEWEST_BANDS", bands)
            patch.setattr(hamming, "_MOST_BANDS", bands)
        groups = HashGroups(radius)
        cut = len(hashes) // 2
        for part in (hashes[:cut], hashes[cut:]):  # also those that come later
            groups.add(np.array(part, np.uint64), agree)
        assert groups.representatives.tolist() == slow(hashes, radius, unlike)
        plain = HashGroups(radius)
        plain.add(np.array(hashes, np.uint64))
    assert plain.representatives.tolist() == slow(hashes, radius)


def test_no_group_grows_from_neighbour_to_neighbour() -> None:
    pan = [(1 << n) - 1 for n in range(60)]  # each differs in one bit from the next
    groups = HashGroups(10)
    groups.add(np.array(pan, np.uint64))
    for hash_, first in zip(pan, groups.representatives.tolist(), strict=True):
        assert (hash_ ^ pan[first]).bit_count() <= 10
    assert len(set(groups.representatives.tolist())) == 6


@pytest.mark.parametrize("kind", ["equal", "crowded"])
def test_very_many_that_are_alike_take_few_comparisons(kind: str) -> None:
    count = 50_000
    chance = np.random.default_rng(1)
    hashes = np.full(count, 0x0123_4567_89AB_CDEF, np.uint64)
    if kind == "crowded":  # within 4 bits of the first one, and most of them different
        for _ in range(4):
            hashes[1:] ^= np.uint64(1) << chance.integers(0, 64, count - 1).astype(np.uint64)
    asked = 0

    def agree(firsts, others, bits):
        nonlocal asked
        asked += len(firsts)
        return np.ones(len(firsts), np.bool_)

    groups = HashGroups(10)
    groups.add(hashes, agree)
    assert not groups.representatives.any()
    # As often as a photo is found by way of a band, that is a few times.
    assert asked < 100 * count


def test_many_with_the_same_key_are_all_found() -> None:
    """Those of a key fill many rows, some of which come later."""
    chance = np.random.default_rng(4)
    hashes = chance.integers(0, 1 << 40, 3_000).astype(np.uint64)  # the highest bands are equal
    hashes[2_000:] = hashes[:1_000] ^ np.uint64(0b1011)
    groups = HashGroups(3)
    groups.add(hashes[:1_500])
    groups.add(hashes[1_500:])
    assert groups.representatives.tolist() == slow(hashes.tolist(), 3)


def test_what_was_broken_off_leaves_nothing() -> None:
    class EnoughError(Exception):
        pass

    checks = 0

    def check() -> None:
        nonlocal checks
        checks += 1
        if checks == 5:
            raise EnoughError

    hashes = np.random.default_rng(5).integers(0, 1 << 20, 3_000).astype(np.uint64)
    groups, whole = HashGroups(6), HashGroups(6)
    groups.add(hashes[:10])
    with pytest.raises(EnoughError):
        groups.add(hashes[10:], check=check)
    assert len(groups.representatives) == 10
    groups.add(hashes[10:])
    whole.add(hashes)
    assert groups.representatives.tolist() == whole.representatives.tolist()
