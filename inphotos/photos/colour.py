"""Any colours that a file can hold to 8-bit sRGB."""

from __future__ import annotations

import functools
import io
import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image, ImageCms, ImageStat

from inphotos.photos import headers
from inphotos.photos.headers import CodePoints

_Floats = npt.NDArray[np.float32]

#: Adobe RGB (1998), which has no code points: cameras announce it in EXIF without a profile.
_ADOBE_RGB: CodePoints = (-1, -1)

_PQ, _HLG, _LINEAR = 16, 18, 8

#: Chromaticities (x, y) of red, green and blue by H.273's number; all have D65 as white.
_PRIMARIES: dict[int, tuple[tuple[float, float], ...]] = {
    1: ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060)),  # BT.709, sRGB
    9: ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),  # BT.2020, BT.2100
    11: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),  # DCI-P3, taken for Display P3
    12: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),  # Display P3
    _ADOBE_RGB[0]: ((0.640, 0.330), (0.210, 0.710), (0.150, 0.060)),
}
_D65 = (0.3127, 0.3290)

#: The luminance of a white sheet of paper in HDR, cd/m² (ITU-R BT.2408).
_HDR_WHITE = 203.0
#: Where the tone curve leaves the straight line, as a fraction of SDR white.
_KNEE = 0.6

#: Profiles whose result differs by no more than this from doing nothing are sRGB (levels of 255).
_SAME = 2

_ICC_MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}
_GREY_MODES = ("1", "L", "LA", "La")

#: Mean level above which what is visible of a transparent picture would vanish on white.
_TOO_BRIGHT_FOR_WHITE = 224

#: Greatest values of the samples that 16-bit files hold: 8, 12 or 16 bits of them are in use.
_TOPS = (255, 4095, 65535)


@dataclass(frozen=True, slots=True)
class ColourSpace:
    """What the numbers of a picture mean.

    Attributes:
        icc: an ICC profile.
        code_points: H.273 code points; they count where both are given.
    """

    icc: bytes | None = None
    code_points: CodePoints | None = None


def colour_space(image: Image.Image, kind: str, data: bytes) -> ColourSpace:
    """Find out what a file says about its colours.

    Args:
        image: the opened file.
        kind: what it is, as :func:`formats.kind_of` says.
        data: the file.
    """
    icc = image.info.get("icc_profile") or None
    points = headers.icc_code_points(icc) if icc else None
    if kind in ("AVIF", "HEIF"):
        points = headers.heif_code_points(data)
    elif kind == "PNG":
        points = headers.png_code_points(data)
    elif icc is None and _says_adobe_rgb(image):
        points = _ADOBE_RGB
    # A profile says more than code points, but of HDR only what a printer would make of it.
    if icc and points and points[1] not in (_PQ, _HLG):
        points = None
    return ColourSpace(icc, points)


def to_srgb(image: Image.Image, space: ColourSpace) -> Image.Image:
    """Bring a picture of any mode to mode RGB in sRGB, transparency over a neutral ground.

    Args:
        image: any mode; large pictures are to be scaled down before.
        space: what its numbers mean. A profile that is broken or of another colour model than the
            picture is ignored.
    """
    image = _flat(_eight_bit(image))
    if space.code_points is not None:
        return _from_code_points(image.convert("RGB"), *space.code_points)
    if space.icc is not None:
        mode = image.mode if image.mode in _ICC_MODES.values() else "RGB"
        transform = _transform(space.icc, mode)
        if transform is not None:
            converted = ImageCms.applyTransform(image.convert(mode), transform)
            assert converted is not None  # it is None only when the picture is changed in place
            return converted
    return image.convert("RGB")


def _says_adobe_rgb(image: Image.Image) -> bool:
    """Tell whether EXIF's interoperability index is R03, as DCF 2.0 has it for Adobe RGB."""
    try:
        index = image.getexif().get_ifd(ExifTags.IFD.Interop).get(ExifTags.Interop.InteropIndex)
    except Exception:  # Pillow raises a dozen kinds on damaged EXIF data, which is no loss here
        return False
    return isinstance(index, str) and index.startswith("R03")


def _eight_bit(image: Image.Image) -> Image.Image:
    """Bring grey pictures of 16 or 32 bits or of floating-point numbers to mode L."""
    if not image.mode.startswith("I") and image.mode != "F":
        return image
    values = np.asarray(image).astype(np.float32)
    finite = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(finite.min()), float(finite.max())
    tops = (1.0,) if image.mode == "F" else _TOPS
    if low >= 0 and high <= tops[-1]:
        low, high = 0.0, next(top for top in tops if high <= top)
    else:  # no fixed range: what is there counts, but for a few extreme values
        low, high = (float(value) for value in np.percentile(finite, (0.1, 99.9)))
    scaled = (finite - low) * (255.0 / max(high - low, 1e-6))
    return Image.fromarray(scaled.clip(0, 255).astype(np.uint8), "L")


def _flat(image: Image.Image) -> Image.Image:
    """Lay a transparent picture on white, or on grey where it would not be seen on white."""
    if not image.has_transparency_data:
        return image
    mode = "L" if image.mode in _GREY_MODES else "RGB"
    with_alpha = image.convert(mode + "A")
    alpha, opaque = with_alpha.getchannel("A"), with_alpha.convert(mode)
    visible = ImageStat.Stat(opaque.convert("L"), alpha.point(lambda level: 255 * (level > 127)))
    is_bright = visible.count[0] > 0 and visible.mean[0] > _TOO_BRIGHT_FOR_WHITE
    flat = Image.new(mode, image.size, "grey" if is_bright else "white")
    flat.paste(opaque, mask=alpha)
    return flat


@functools.lru_cache(maxsize=8)
def _transform(icc: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return the way from a profile to sRGB, or None if there is none or nothing to do."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        if _ICC_MODES.get(profile.profile.xcolor_space.strip()) != mode:
            return None
        transform = ImageCms.buildTransform(
            profile, ImageCms.createProfile("sRGB"), mode, "RGB", ImageCms.Intent.PERCEPTUAL
        )
        probe = _probe(mode)
        converted = ImageCms.applyTransform(probe, transform)
    except (OSError, ValueError, TypeError, ImageCms.PyCMSError):
        return None  # a broken profile is worth less than the picture
    change = np.asarray(converted, np.int16) - np.asarray(probe.convert("RGB"), np.int16)
    return transform if int(np.abs(change).max()) > _SAME else None


def _probe(mode: str) -> Image.Image:
    """Return a picture of colours all over the range of ``mode``."""
    levels = (0, 32, 64, 128, 192, 255)
    colours = list(itertools.product(levels, repeat=len(Image.new(mode, (1, 1)).getbands())))
    return Image.frombytes(mode, (len(colours), 1), bytes(itertools.chain(*colours)))


def _from_code_points(image: Image.Image, primaries: int, transfer: int) -> Image.Image:
    """Bring RGB pixels of other primaries, or of HDR, to sRGB.

    HDR keeps its tones up to ``_KNEE`` of the reference white; above that they are bent so that
    infinite brightness would be white: with t = (x - k) / (1 - k), y = k + (1 - k) t / (1 + t).
    Each channel for itself, so that what is brighter than white becomes paler, as on film.
    """
    is_hdr = transfer in (_PQ, _HLG)
    if not is_hdr and transfer != _LINEAR and primaries not in _PRIMARIES.keys() - {1}:
        return image
    levels = np.linspace(0, 1, 256, dtype=np.float32)
    linear = _linear(levels, transfer)[np.asarray(image)]
    if transfer == _HLG:
        # BT.2100's system gamma of 1.2, for the 1000 cd/m² that 1.0 stands for here.
        luminance = linear @ np.array([0.2627, 0.6780, 0.0593], np.float32)
        linear *= (1000 / _HDR_WHITE) * np.maximum(luminance, 1e-6)[..., np.newaxis] ** 0.2
    linear = linear @ _to_srgb_matrix(primaries).T
    if is_hdr:
        beyond = np.maximum(linear - _KNEE, 0) / (1 - _KNEE)
        linear = np.minimum(linear, _KNEE) + (1 - _KNEE) * beyond / (1 + beyond)
    linear = linear.clip(0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return Image.fromarray((encoded * 255 + 0.5).astype(np.uint8), "RGB")


def _linear(levels: _Floats, transfer: int) -> _Floats:
    """Undo a transfer function; 1.0 is SDR white (PQ: ``_HDR_WHITE``; HLG: the peak, scene light).

    Formulas: PQ and HLG from ITU-R BT.2100 tables 4 and 5, the rest from IEC 61966-2-1, by which
    screens show BT.709 pictures as well.
    """
    if transfer == _PQ:
        power = levels ** np.float32(32 / 2523)
        light = np.maximum(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power)
        return np.asarray(light ** (8192 / 1305) * (10_000 / _HDR_WHITE), np.float32)
    if transfer == _HLG:
        a, b, c = 0.17883277, 0.28466892, 0.55991073
        bright = (np.exp((levels - c) / a) + b) / 12
        return np.where(levels <= 0.5, levels**2 / 3, bright).astype(np.float32)
    if transfer == _LINEAR:
        return levels
    if transfer == _ADOBE_RGB[1]:
        return np.power(levels, np.float32(563 / 256))
    bright = ((levels + 0.055) / 1.055) ** 2.4
    return np.where(levels <= 0.04045, levels / 12.92, bright).astype(np.float32)


@functools.cache
def _to_srgb_matrix(primaries: int) -> _Floats:
    """Return the 3 x 3 matrix from linear RGB of these primaries to linear sRGB."""
    to_xyz = _xyz_matrix(_PRIMARIES.get(primaries, _PRIMARIES[1]))
    return (np.linalg.inv(_xyz_matrix(_PRIMARIES[1])) @ to_xyz).astype(np.float32)


def _xyz_matrix(chromaticities: tuple[tuple[float, float], ...]) -> npt.NDArray[np.float64]:
    """Return the matrix from linear RGB to CIE XYZ (SMPTE RP 177)."""
    columns = np.array([[x / y, 1.0, (1 - x - y) / y] for x, y in chromaticities]).T
    x, y = _D65
    white = np.array([x / y, 1.0, (1 - x - y) / y])
    return np.asarray(columns * np.linalg.solve(columns, white))
