"""What is done to sound files: each mutation takes bytes and chance, and gives other bytes."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Sequence
from random import Random

from fuzz.seeds import Seed
from fuzz.structure import Part, cut, join, leaves

#: Numbers at which arithmetic goes wrong.
_ODD = (0, 1, 2, 3, 127, 128, 255, 256, 4095, 20_000, 20_001, 32_767, 32_768, 65_535, 65_536)
_HUGE = (2**24 - 1, 2**24, 2**28, 2**31 - 1, 2**31, 2**32 - 2, 2**32 - 1)

_MOST_BYTES = 4 << 20

#: TIFF tags that say how large something is, where it is or how it is packed.
_TIFF_SIZES = (256, 257, 258, 259, 262, 273, 277, 278, 279, 317, 322, 323, 324, 325, 330, 339)

Mutation = Callable[[Seed, Random], bytes]


def mutated(seed: Seed, seeds: Sequence[Seed], chance: Random) -> tuple[str, bytes]:
    """Return what was done to a seed, in words, and the bytes.

    Args:
        seed: the file to begin with.
        seeds: all of them, to take parts from.
        chance: decides; the same one gives the same bytes.
    """
    if chance.random() < 0.08:
        other = chance.choice(seeds)
        return "spliced", _spliced(seed.data, other.data, chance)
    if chance.random() < 0.06:
        same = chance.choice([other for other in seeds if other.kind == seed.kind])
        return "parts of two", _grafted(seed, same, chance)
    name, mutation = chance.choice(_MUTATIONS)
    data = mutation(seed, chance)
    # One wrong thing is found early by a decoder; a second one may be behind it.
    while chance.random() < 0.25:
        more, mutation = chance.choice(_MUTATIONS)
        data = mutation(Seed(seed.kind, seed.suffix, data), chance)
        name = name if more in name else f"{name}, {more}"
    return name, data[:_MOST_BYTES]


def _flipped(seed: Seed, chance: Random) -> bytes:
    data = bytearray(seed.data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64)) if data else 0):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _overwritten(seed: Seed, chance: Random) -> bytes:
    data = bytearray(seed.data)
    for _ in range(chance.choice((1, 2, 4))):
        start = chance.randrange(len(data) + 1)
        size = chance.choice((1, 2, 4, 8, 64, 512))
        filler = chance.choice((bytes(size), b"\xff" * size, chance.randbytes(size)))
        data[start : start + size] = filler[: len(data) - start]
    return bytes(data)


def _numbers(seed: Seed, chance: Random) -> bytes:
    """Put odd numbers at places where there may be lengths, mostly near the start."""
    data = bytearray(seed.data)
    for _ in range(chance.choice((1, 1, 2, 3))):
        form = chance.choice(("<H", ">H", "<I", ">I", ">Q", "<Q"))
        size = struct.calcsize(form)
        if len(data) < size:
            break
        reach = len(data) - size + 1
        start = chance.randrange(min(reach, 256) if chance.random() < 0.6 else reach)
        number = chance.choice((*_ODD, *_HUGE, 2**63, 2**64 - 1)) & (256**size - 1)
        struct.pack_into(form, data, start, number)
    return bytes(data)


def _truncated(seed: Seed, chance: Random) -> bytes:
    return seed.data[: chance.randrange(len(seed.data) + 1)]


def _removed(seed: Seed, chance: Random) -> bytes:
    start = chance.randrange(len(seed.data) + 1)
    return seed.data[:start] + seed.data[start + chance.choice((1, 2, 7, 64, 512)) :]


def _inserted(seed: Seed, chance: Random) -> bytes:
    start = chance.randrange(len(seed.data) + 1)
    filler = chance.randbytes(chance.choice((1, 2, 8, 256)))
    return seed.data[:start] + filler + seed.data[start:]


def _repeated(seed: Seed, chance: Random) -> bytes:
    start = chance.randrange(len(seed.data) + 1)
    piece = seed.data[start : start + chance.choice((2, 16, 128, 1024))]
    times = chance.choice((2, 3, 50, 1000))
    return seed.data[:start] + piece * times + seed.data[start + len(piece) :]


def _emptied(seed: Seed, chance: Random) -> bytes:
    return chance.choice((b"", seed.data[:1], bytes(len(seed.data)), chance.randbytes(500)))


def _appended(seed: Seed, chance: Random) -> bytes:
    tails = (b"PK\3\4" + bytes(26), b"<script>alert(1)</script>", chance.randbytes(4000), seed.data)
    return seed.data + chance.choice(tails)


def _rearranged(seed: Seed, chance: Random) -> bytes:
    """Change whole parts of the format, with lengths and checksums kept right."""
    parts = cut(seed.kind, seed.data)
    for _ in range(chance.choice((1, 1, 2, 3))):
        within = _some_level(parts, chance)
        if not within:
            break
        at = chance.randrange(len(within))
        deed = chance.randrange(4)
        if deed == 0:
            within[at:at] = [within[at].copy() for _ in range(chance.choice((1, 2, 20, 300)))]
        elif deed == 1:
            del within[at]
        elif deed == 2:
            other = chance.randrange(len(within))
            within[at], within[other] = within[other], within[at]
        else:
            within[at] = _nested(within[at], chance.choice((1, 50, 2000)))
    return join(seed.kind, parts)


def _inner(seed: Seed, chance: Random) -> bytes:
    """Damage the content of a part, with lengths and checksums kept right."""
    parts = cut(seed.kind, seed.data)
    for _ in range(chance.choice((1, 1, 2))):
        leaf = chance.choice(leaves(parts) or [Part(b"", b"")])
        deed = chance.choice((_flipped, _overwritten, _numbers, _truncated, _repeated, _emptied))
        leaf.content = deed(Seed(seed.kind, seed.suffix, leaf.content), chance)[:_MOST_BYTES]
    return join(seed.kind, parts)


def _resized(seed: Seed, chance: Random) -> bytes:
    """Let the header claim another size of the picture."""
    width, height = chance.choice((*_ODD, *_HUGE)), chance.choice((*_ODD, *_HUGE))
    claim = _CLAIMS.get(seed.kind)
    return _numbers(seed, chance) if claim is None else claim(seed, width, height, chance)


def _claim_png(seed: Seed, width: int, height: int, chance: Random) -> bytes:
    parts = cut("PNG", seed.data)
    for part in parts:
        if part.name in (b"IHDR", b"fcTL") and len(part.content) >= 12:
            start = 0 if part.name == b"IHDR" else 4
            head = bytearray(part.content)
            struct.pack_into("!II", head, start, width, height)
            if part.name == b"IHDR" and chance.random() < 0.3 and len(head) >= 13:
                head[8] = chance.choice((1, 2, 4, 8, 16, 3))
                head[9] = chance.choice((0, 2, 3, 4, 6, 7))
                head[12] = chance.choice((0, 1, 2))
            part.content = bytes(head)
    return join("PNG", parts)


def _claim_jpeg(seed: Seed, width: int, height: int, chance: Random) -> bytes:
    parts = cut("JPEG", seed.data)
    for part in parts:
        if part.name and 0xC0 <= part.name[0] <= 0xCF and part.name[0] not in (0xC4, 0xC8, 0xCC):
            head = bytearray(part.content)
            if len(head) >= 6:
                struct.pack_into("!HH", head, 1, height & 0xFFFF, width & 0xFFFF)
            if len(head) >= 8 and chance.random() < 0.3:
                head[chance.choice((0, 5, 7))] = chance.choice((0, 1, 2, 4, 8, 12, 0x41, 0xFF))
            part.content = bytes(head)
    return join("JPEG", parts)


def _claim_webp(seed: Seed, width: int, height: int, _: Random) -> bytes:
    parts = cut("WEBP", seed.data)
    for part in parts:
        head = bytearray(part.content)
        if part.name == b"VP8X" and len(head) >= 10:
            head[4:10] = struct.pack("<I", width)[:3] + struct.pack("<I", height)[:3]
        elif part.name == b"VP8L" and len(head) >= 5:
            bits = (width & 0x3FFF) | (height & 0x3FFF) << 14
            head[1:5] = struct.pack("<I", bits | head[4] & 0xF0 << 24 & 0xFFFFFFFF)
        elif part.name == b"VP8 " and len(head) >= 10:
            struct.pack_into("<HH", head, 6, width & 0xFFFF, height & 0xFFFF)
        part.content = bytes(head)
    return join("WEBP", parts)


def _claim_boxes(seed: Seed, width: int, height: int, chance: Random) -> bytes:
    parts = cut(seed.kind, seed.data)
    for leaf in leaves(parts):
        if leaf.name == b"ispe" and len(leaf.content) >= 12:
            leaf.content = leaf.content[:4] + struct.pack("!II", width, height)
        elif leaf.name == b"ihdr" and len(leaf.content) >= 8:
            leaf.content = struct.pack("!II", height, width) + leaf.content[8:]
        if leaf.name in (b"jp2c", b"jxlc", b"") and chance.random() < 0.7:
            leaf.content = _claim_codestream(leaf.content, width, height, chance)
    return join(seed.kind, parts)


def _claim_codestream(data: bytes, width: int, height: int, chance: Random) -> bytes:
    head = bytearray(data)
    if data.startswith(b"\xff\x4f\xff\x51") and len(data) > 24:
        struct.pack_into("!II", head, 8, width, height)
    elif data.startswith(b"\xff\x0a") and len(data) > 12:
        head[2:12] = chance.randbytes(10)
    return bytes(head)


def _claim_tiff(seed: Seed, width: int, height: int, chance: Random) -> bytes:
    """Rewrite entries of the directories, wherever they seem to be."""
    data = bytearray(seed.data)
    order = ">" if data[:2] == b"MM" else "<"
    sizes = chance.sample(_TIFF_SIZES, chance.choice((1, 2, 3)))
    for tag, number in (*zip((256, 257), (width, height), strict=True), *((t, 0) for t in sizes)):
        pattern = struct.pack(f"{order}H", tag) + b"[\0-\x10]{2}"
        for match in list(re.finditer(pattern, data, re.DOTALL))[:4]:
            if match.start() + 12 > len(data):
                continue
            if chance.random() < 0.3:
                struct.pack_into(f"{order}I", data, match.start() + 4, chance.choice(_HUGE))
            value = (number or chance.choice((*_ODD, *_HUGE))) & 0xFFFFFFFF
            struct.pack_into(f"{order}I", data, match.start() + 8, value)
    return bytes(data)


def _claim_fixed(seed: Seed, width: int, height: int, chance: Random) -> bytes:
    data = bytearray(seed.data)
    if seed.kind == "GIF" and len(data) > 30:
        struct.pack_into("<HH", data, 6, width & 0xFFFF, height & 0xFFFF)
        place = data.find(b",", 13)
        if place > 0 and place + 9 <= len(data) and chance.random() < 0.7:
            struct.pack_into("<HH", data, place + 5, width & 0xFFFF, height & 0xFFFF)
    elif seed.kind == "BMP" and len(data) > 26:
        struct.pack_into("<II", data, 18, width, height)
    elif seed.kind == "PPM":
        numbers = b"%d %d" % (width, height)
        return re.sub(rb"\d+ \d+", numbers, bytes(data), count=1)
    return bytes(data)


_CLAIMS: dict[str, Callable[[Seed, int, int, Random], bytes]] = {
    "PNG": _claim_png,
    "JPEG": _claim_jpeg,
    "WEBP": _claim_webp,
    **dict.fromkeys(("HEIF", "AVIF", "JXL", "JPEG2000"), _claim_boxes),
    **dict.fromkeys(("TIFF", "RAW"), _claim_tiff),
    **dict.fromkeys(("GIF", "BMP", "PPM"), _claim_fixed),
}


def _spliced(first: bytes, second: bytes, chance: Random) -> bytes:
    return first[: chance.randrange(len(first) + 1)] + second[chance.randrange(len(second) + 1) :]


def _grafted(seed: Seed, other: Seed, chance: Random) -> bytes:
    """Put parts of another file of the kind among those of a file."""
    parts, graft = cut(seed.kind, seed.data), leaves(cut(other.kind, other.data))
    for _ in range(chance.choice((1, 2, 5))):
        within = _some_level(parts, chance)
        within.insert(chance.randrange(len(within) + 1), chance.choice(graft).copy())
    return join(seed.kind, parts)


def _some_level(parts: list[Part], chance: Random) -> list[Part]:
    """Return the list of parts at one level or another."""
    deeper = [part.inside for part in parts if part.inside]
    return _some_level(chance.choice(deeper), chance) if deeper and chance.random() < 0.5 else parts


def _nested(part: Part, depth: int) -> Part:
    """Return a part inside of itself, many times."""
    if part.inside is None:
        return part
    for _ in range(min(depth, 400)):
        part = Part(part.name, part.content, [part])
    return part


_MUTATIONS: tuple[tuple[str, Mutation], ...] = (
    ("bits flipped", _flipped),
    ("bytes overwritten", _overwritten),
    ("odd numbers", _numbers),
    ("odd numbers", _numbers),
    ("cut off", _truncated),
    ("bytes removed", _removed),
    ("bytes inserted", _inserted),
    ("repeated", _repeated),
    ("emptied", _emptied),
    ("something behind it", _appended),
    ("parts rearranged", _rearranged),
    ("parts rearranged", _rearranged),
    ("parts damaged", _inner),
    ("parts damaged", _inner),
    ("parts damaged", _inner),
    ("another size claimed", _resized),
    ("another size claimed", _resized),
)
